//! Pages that an import makes, before anything of them is written.

use crate::{
    diagnostic::{Diagnostic, Label},
    front_matter,
    markdown::slug,
    model::{Kind, SourceFile},
    portable,
};
use serde_yaml::Mapping;
use std::sync::Arc;

/// Pages that an import makes, before anything of them is written.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The pages. Where a fault is an error none of them is written.
    pub pages: Vec<Page>,
    /// What there is to say of it.
    pub faults: Vec<Diagnostic>,
    /// What became of the file's parts, a line each, for whoever wants to see it before.
    pub notes: Vec<String>,
    /// The files that faults are in, where they are texts.
    pub texts: Vec<Arc<SourceFile>>,
    /// The name of the sheet that the text shows, where the file is a workbook.
    pub sheet: Option<String>,
}

/// A page that an import makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its file, from the root.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Files beside it: paths from the root, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Where in the imported file it comes from.
    pub from: Label,
    /// What its text is made of.
    pub(super) parts: Parts,
}

/// What the text of a page is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub kind: String,
    pub values: Mapping,
    pub notes: Vec<String>,
    pub body: String,
    /// True where it is a draft because nothing else was said.
    pub is_draft_unasked: bool,
}

impl Page {
    /// The name of its kind.
    pub fn kind(&self) -> &str {
        &self.parts.kind
    }
}

impl Parts {
    pub fn text(&self, kind: &Kind) -> String {
        front_matter::page_with_notes(kind, &self.values, &self.notes, &self.body)
    }
}

/// How long the name of a file gets that is made of a title, in bytes: it is in every link to the page.
const LONGEST_STEM: usize = 80;

/// The name of a file for a page of this title, without its ending.
///
/// # Errors
/// Why there is none, as a sentence without its full stop.
pub fn stem(title: &str) -> Result<String, String> {
    let slug = slug(title);
    let stem = match slug.get(..slug.floor_char_boundary(LONGEST_STEM)) {
        // Whole words, where there is more than one.
        Some(cut) if cut.len() < slug.len() => cut.rsplit_once('-').map_or(cut, |(words, _)| words),
        _ => &slug,
    };
    match portable::name_fault(stem) {
        _ if stem.is_empty() => Err("The title has no letter or figure that a file name can have".to_owned()),
        Some(fault) => Err(format!("The file would be called {stem}.md, and that name {fault}")),
        // That is the page of the folder itself.
        None if stem == "index" => Err("The file would be called index.md, which is the page of its folder".to_owned()),
        None => Ok(stem.to_owned()),
    }
}
