//! A Word document to a page: a form that was filled in, a document of ours that was changed, or any other.
//!
//! Fields are found by the tags of a form's controls, and else by their labels: before a colon, beside each other in a
//! table, or as a heading. What stands under no such heading is the text of the page.

mod answers;
mod cards;
mod chart;
mod days;
mod foreign;
mod groups;
mod inside;
mod internal;
mod links;
mod lost;
mod ours;
mod paragraphs;
mod pictures;
mod sections;
mod title;
mod told;
mod values;

use super::{Draft, Import, Known};
use crate::{
    diagnostic::Label,
    import::docx::{self, Around, Block, Control, Manuscript, Remark},
    model::{Field, Kind, Span},
};
use answers::{Group, Ways};
use inside::gaps;
use serde_yaml::Value;
use std::{cell::RefCell, collections::BTreeMap};

/// What has to be known of the library's files and of its site.
pub struct Place<'a> {
    /// The address of the site.
    pub base: &'a str,
    /// The text of the page at a path.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// The bytes of the file at a path.
    pub bytes: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// The fields that no document of ours shows: a page that comes back keeps them as they are.
const UNSHOWN: [&str; 5] = ["kind", "status", "embargo", "aliases", "verbatim"];

/// What was said beside a document of the page that it becomes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// Its kind.
    pub kind: Option<&'a Kind>,
    /// Its title, whatever the document calls itself.
    pub title: Option<&'a str>,
}

/// The page of a Word document. `name` is what reports call the file.
///
/// # Errors
/// Why no page can be made of it: sentences with what to do.
pub fn word(bytes: &[u8], name: &str, place: &Place<'_>, asked: Said<'_>, known: &Known) -> Result<Import, String> {
    let mut manuscript = docx::read(bytes).map_err(|why| format!("{name} can't be imported. {why}"))?;
    let (kind, said) = kind_of(&manuscript, asked.kind, known)?;
    title::headings(&mut manuscript);
    let mut links = BTreeMap::new();
    docx::anchors(&manuscript.blocks, &mut links);
    let mut writer = Writer {
        at: Label { path: name.to_owned(), span: Span::default(), text: None },
        pictures: Vec::new(),
        anchors: links,
        gaps: gaps(&manuscript.blocks),
        lost: RefCell::default(),
        left: RefCell::default(),
        ways: Ways::of(kind),
        ours: ours::Words::new(known, kind),
        draft: Draft::new(kind, known),
        answers: Group::default(),
        manuscript: &manuscript,
        kind,
        known,
        base: place.base,
        text: place.text,
        is_ours: false,
        notes: said.into_iter().collect(),
    };
    let before = writer.before();
    writer.is_ours = before.is_some();
    let refused = |why: String| format!("{name} can't be imported. {why}");
    writer.still_a_form().map_err(refused)?;
    writer.files(before.as_deref(), place);
    writer.whole(asked.title);
    if let Some(path) = &before {
        writer.take_place(path, place).map_err(refused)?;
    }
    let (page, faults, notes) = writer.finish();
    Ok(Import { pages: page.into_iter().collect(), faults, notes, ..Import::default() })
}

/// The kind of page that a document becomes, and how that is known where nobody asked for it.
fn kind_of<'a>(
    document: &Manuscript,
    asked: Option<&'a Kind>,
    known: &'a Known,
) -> Result<(&'a Kind, Option<String>), String> {
    let kinds = || known.theme.kinds.iter().map(AsRef::as_ref);
    let label = |kind: &Kind| kind.label.get(&known.language).to_owned();
    let of_form = |name: &String| kinds().find(|kind| kind.name == *name);
    if let Some(asked) = asked {
        // An answer such as "Yes" says nothing without its question.
        let other = document.form.as_ref().and_then(of_form).filter(|kind| kind.name != asked.name);
        return other.map_or(Ok((asked, None)), |kind| {
            Err(format!(
                "It is a form for pages of the kind {} ({}), and its answers are of no use to the kind {}. Leave --kind out.",
                kind.name,
                label(kind),
                asked.name
            ))
        });
    }
    if let Some(name) = &document.form {
        let found = of_form(name);
        return found.map(|kind| (kind, Some(format!("It is a form for the kind {} ({}).", kind.name, label(kind))))).ok_or_else(
            || format!("It is a form for pages of the kind “{name}”, which this library does not have. Say with --kind what it is to become. {}", names(known)),
        );
    }
    let is_subject = |kind: &&Kind| kind.label.all().any(|label| label == document.subject);
    let of_subject = kinds().find(is_subject);
    of_subject
        .map(|kind| (kind, Some(format!("It says that it is a page of the kind {} ({}).", kind.name, label(kind)))))
        .ok_or_else(|| {
            format!(
                "The document does not say which kind of page it is to become. Say so with --kind. {}",
                names(known)
            )
        })
}

fn names(known: &Known) -> String {
    let names: Vec<&str> = known.theme.kinds.iter().map(|kind| kind.name.as_str()).collect();
    format!("There are: {}.", names.join(", "))
}

/// Whoever makes the page.
struct Writer<'a> {
    at: Label,
    /// What the page calls each picture.
    pictures: Vec<String>,
    /// Where links within the document lead.
    anchors: BTreeMap<String, String>,
    /// The names of gaps to be filled in, by the labels that readers see.
    gaps: BTreeMap<String, String>,
    /// Links that led nowhere, with what they are on.
    lost: RefCell<Vec<Remark>>,
    /// What could not be read of groups.
    left: RefCell<Vec<values::Left>>,
    ways: Ways<'a>,
    ours: ours::Words,
    draft: Draft<'a>,
    answers: Group,
    manuscript: &'a Manuscript,
    kind: &'a Kind,
    known: &'a Known,
    base: &'a str,
    text: &'a dyn Fn(&str) -> Option<String>,
    /// True for a document of a page that is still there.
    is_ours: bool,
    notes: Vec<String>,
}

impl<'a> Writer<'a> {
    /// The page that a document of ours was made from, where it is still there.
    fn before(&self) -> Option<String> {
        let url = self.manuscript.address.strip_prefix(self.base.trim_end_matches('/'))?;
        let found = self.known.pages.iter().find(|page| page.url == url)?;
        (self.manuscript.form.is_none()).then(|| found.path.clone())
    }

    /// Makes the page a newer version of the one that its document was made from, with what no document shows of it.
    ///
    /// # Errors
    /// What the document lost of it.
    fn take_place(&mut self, path: &str, place: &Place<'_>) -> Result<(), String> {
        self.notes.push(format!("It was made from {path}, and becomes that page again."));
        self.draft.in_place_of(path);
        let text = (place.text)(path).unwrap_or_default();
        let values = days::front_matter(&text);
        self.still_the_page(path, &text, &values)?;
        self.restore(&values);
        for (name, value) in values {
            let Some(field) = name.as_str().and_then(|name| self.kind.field(name)) else { continue };
            if UNSHOWN.contains(&field.name.as_str()) && !self.draft.has(&field.name) {
                self.draft.set(field, value);
            }
        }
        Ok(())
    }

    /// Blocks as Markdown whose headings begin at a level.
    fn markdown(&self, blocks: &[Block], top: u8) -> String {
        let link = |address: &str| self.link(address);
        let block = |control: &Control, blocks: &[Block]| self.block(control, blocks);
        let around = Around { manuscript: self.manuscript, pictures: &self.pictures, link: &link, block: &block };
        docx::markdown(blocks, top, &around)
    }

    /// Gives fields what was answered.
    fn give(&mut self) {
        let answers = std::mem::take(&mut self.answers);
        for (name, slot) in answers.into_slots() {
            let Some(field) = self.kind.field(&name) else { continue };
            self.give_field(field, slot);
        }
    }

    fn text(&mut self, field: &Field, markdown: String) {
        let Some(before) = self.draft.text(&field.name) else {
            if !markdown.trim().is_empty() {
                self.draft.set(field, Value::from(markdown));
            }
            return;
        };
        self.draft.set(field, Value::from(format!("{}\n\n{markdown}", before.trim_end())));
    }
}
