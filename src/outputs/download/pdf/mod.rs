//! PDF, for paper and in large print: a paper as Typst content, set by the theme's Typst files.
//!
//! Nothing that an author writes is ever read as Typst: it goes in as values. A theme's file may show a value in any
//! way, read the files beside it, and nothing else: no disk, no package, no clock.

mod block;
mod desk;
mod extent;
mod fault;
mod figure;
mod glyphs;
mod inline;
mod pages;
mod paper;
mod setting;
mod spots;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod world;

pub(super) use pages::pages;
pub(super) use setting::Setting;

use crate::{
    diagnostic::Diagnostic,
    model::{Ingredient, Paper, Recipe},
};
use spots::Spots;
use std::sync::Arc;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Desk;

/// Names the way in which this version of the program sets documents. What is set in another way is another file.
const VERSION: &str = "pdf 2";

/// After how many other documents what was laid out for one is forgotten: what all share stays.
const MEMORY: usize = 4;

/// How large the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Size {
    /// As print is.
    Normal,
    /// As people with low sight need it.
    Large,
}

/// The recipe of a document. The files of the paper's pictures are its ingredients, in their order.
pub(super) fn recipe(paper: Arc<Paper>, setting: &Arc<Setting>, size: Size) -> Recipe {
    let setting = setting.clone();
    let key = key(&paper, &setting, size);
    let files: Vec<Ingredient> = paper.files.iter().map(|file| Ingredient::File(file.disk.clone())).collect();
    let work = move |files: &[Arc<[u8]>]| {
        let (on, by, files) = (paper.clone(), setting.clone(), files.to_vec());
        let set = desk::on_desk(move || set(&on, &by, size, &files));
        set.unwrap_or_else(|| Err(fault::of(&[], &paper, &setting, &Spots::default())))
    };
    Recipe::new(key, files, work).of_pages(pages)
}

/// What is to be told of a paper before it is set.
pub(super) fn check(paper: &Paper, setting: &Setting) -> Vec<Diagnostic> {
    let mut told = glyphs::check(paper, setting.glyphs());
    told.extend(table::check(paper, setting.glyphs()));
    told
}

fn key(paper: &Paper, setting: &Setting, size: Size) -> String {
    format!("{VERSION} {size:?} {} {}", setting.hash(), paper.fingerprint())
}

fn set(paper: &Paper, setting: &Setting, size: Size, files: &[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> {
    let (document, spots) = laid_out(paper, setting, size, files)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]);
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {size:?}", paper.address)),
        creator: Smart::Custom(Some("Casebook".to_owned())),
        standards: standards.map_err(|error| fault::without_place(setting, error.message().to_string()))?,
        ..PdfOptions::default()
    };
    let made = typst_pdf::pdf(&document, &options).map_err(|errors| fault::of(&errors, paper, setting, &spots));
    typst::comemo::evict(MEMORY);
    made
}

/// The pages of a document, and the places of the paper that they know.
fn laid_out(
    paper: &Paper,
    setting: &Setting,
    size: Size,
    files: &[Arc<[u8]>],
) -> Result<(PagedDocument, Spots), Diagnostic> {
    let (inputs, spots) = paper::inputs(paper, setting.glyphs(), size, files)?;
    let desk = Desk::new(setting, inputs, &paper.template).map_err(|message| fault::without_place(setting, message))?;
    match typst::compile::<PagedDocument>(&desk).output {
        Ok(document) => Ok((document, spots)),
        Err(errors) => Err(fault::of(&errors, paper, setting, &spots)),
    }
}
