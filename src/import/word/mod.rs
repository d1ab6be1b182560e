//! A Word document to a page: a form that was filled in, a document of ours that was changed, or any other.
//!
//! Fields are found by the tags of a form's controls, and else by their labels: before a colon, beside each other in a
//! table, or as a heading. What stands under no such heading is the text of the page.

mod answers;
mod chart;
mod group;
mod links;
mod ours;
mod sections;
mod title;

use super::{Draft, Import, Known, page::Page};
use crate::{
    diagnostic::{Code, Diagnostic, Label},
    import::docx::{self, Around, Block, Control, Inline, Manuscript, Remark, Spot},
    markdown::slug,
    model::{Field, FieldType, Kind, Span},
};
use answers::{Answer, Group, Ways};
use serde_yaml::Value;
use std::{cell::RefCell, collections::BTreeMap};

/// The page of a Word document. `name` is what reports call the file, `base` the address of the site; `kind` is the kind
/// that was asked for.
///
/// # Errors
/// Why no page can be made of it: sentences with what to do.
pub fn word(bytes: &[u8], name: &str, base: &str, kind: Option<&Kind>, known: &Known) -> Result<Import, String> {
    let mut manuscript = docx::read(bytes).map_err(|why| format!("{name} can't be imported. {why}"))?;
    let (kind, said) = kind_of(&manuscript, kind, known)?;
    title::headings(&mut manuscript);
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name).trim_end_matches(".docx").to_owned();
    let mut links = BTreeMap::new();
    docx::anchors(&manuscript.blocks, &mut links);
    let mut writer = Writer {
        at: Label { path: name.to_owned(), span: Span::default(), text: None },
        pictures: Vec::new(),
        anchors: links,
        lost: RefCell::default(),
        ways: Ways::of(kind),
        ours: ours::Words::new(known, kind),
        draft: Draft::new(kind, known),
        answers: Group::default(),
        manuscript: &manuscript,
        kind,
        known,
        base,
        notes: said.into_iter().collect(),
    };
    writer.files();
    writer.whole(&stem);
    let (page, faults, notes) = writer.finish();
    Ok(Import { pages: page.into_iter().collect(), faults, notes, texts: Vec::new() })
}

/// The kind of page that a document becomes, and how that is known where nobody asked for it.
fn kind_of<'a>(
    document: &Manuscript,
    asked: Option<&'a Kind>,
    known: &'a Known,
) -> Result<(&'a Kind, Option<String>), String> {
    if let Some(kind) = asked {
        return Ok((kind, None));
    }
    let kinds = || known.theme.kinds.iter().map(AsRef::as_ref);
    let label = |kind: &Kind| kind.label.get(&known.language).to_owned();
    if let Some(name) = &document.form {
        let found = kinds().find(|kind| kind.name == *name);
        return found.map(|kind| (kind, Some(format!("It is a form for the kind {} ({}).", kind.name, label(kind))))).ok_or_else(
            || format!("It is a form for pages of the kind “{name}”, which this library does not have. Say with --kind what it is to become. {}", names(known)),
        );
    }
    let is_subject = |kind: &&Kind| kind.label.all().any(|label| label == document.subject);
    let of_subject = kinds().find(|kind| !document.address.is_empty() && is_subject(kind));
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
    /// Links that led nowhere, with what they are on.
    lost: RefCell<Vec<String>>,
    ways: Ways<'a>,
    ours: ours::Words,
    draft: Draft<'a>,
    answers: Group,
    manuscript: &'a Manuscript,
    kind: &'a Kind,
    known: &'a Known,
    base: &'a str,
    notes: Vec<String>,
}

impl<'a> Writer<'a> {
    /// Puts the pictures beside the page.
    fn files(&mut self) {
        let mut alts: BTreeMap<usize, String> = BTreeMap::new();
        described(&self.manuscript.blocks, &mut alts);
        for (place, picture) in self.manuscript.pictures.iter().enumerate() {
            let stem = match picture.name.rsplit_once('.') {
                Some((stem, ending))
                    if ["png", "jpg", "jpeg", "gif", "webp", "svg"].contains(&ending.to_ascii_lowercase().as_str()) =>
                {
                    slug(stem)
                }
                _ => alts.get(&place).map(|alt| shortened(&slug(alt))).unwrap_or_default(),
            };
            let stem = if stem.is_empty() { "picture".to_owned() } else { stem };
            let name = self.draft.file(&format!("{stem}.{}", picture.ending), picture.bytes.to_vec());
            self.pictures.push(name);
        }
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

    fn finish(mut self) -> (Option<Page>, Vec<Diagnostic>, Vec<String>) {
        let lost = self.lost.take();
        let remarks = self.manuscript.remarks.iter().cloned();
        let all: Vec<Remark> =
            remarks.chain(lost.into_iter().map(|text| Remark { place: Spot::default(), text })).collect();
        for remark in all {
            let fault = fault(&remark, &self.at);
            if !self.draft.faults.contains(&fault) {
                self.draft.faults.push(fault);
            }
        }
        let (page, faults) = self.draft.finish(&self.at);
        (page, faults, self.notes)
    }
}

/// A remark as reports tell it.
fn fault(remark: &Remark, at: &Label) -> Diagnostic {
    let (said, help) = remark.text.split_once(". ").unwrap_or((&remark.text, ""));
    let mut place = Vec::new();
    if !remark.place.heading.is_empty() {
        place.push(format!("under “{}”", remark.place.heading));
    }
    if !remark.place.words.is_empty() {
        place.push(format!("at “{}”", remark.place.words));
    }
    let said = said.trim_end_matches('.');
    let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
    let help = if help.is_empty() { "Compare the page with the document." } else { help };
    let mut fault = Diagnostic::new(Code::ImportChanged, format!("{said}{place}")).help(help);
    fault.place = Some(at.clone());
    fault
}

/// What each picture shows, in the words of its first place.
fn described(blocks: &[Block], out: &mut BTreeMap<usize, String>) {
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } | Block::Heading { text, .. } => described_in(text, out),
            Block::List { items, .. } => items.iter().for_each(|item| described(item, out)),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| described(cell, out)),
            Block::Quote(blocks) | Block::Control(_, blocks) => described(blocks, out),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn described_in(text: &[Inline], out: &mut BTreeMap<usize, String>) {
    for inline in text {
        match inline {
            Inline::Picture(place, alt) if !alt.is_empty() => drop(out.entry(*place).or_insert_with(|| alt.clone())),
            Inline::Link(_, text) | Inline::Control(_, text) => described_in(text, out),
            _ => {}
        }
    }
}

/// The first words of a slug.
fn shortened(slug: &str) -> String {
    const WORDS: usize = 5;
    slug.split('-').take(WORDS).collect::<Vec<_>>().join("-")
}

/// The first picture in blocks, with what it shows.
fn first_picture(blocks: &[Block]) -> Option<(usize, String)> {
    fn in_text(text: &[Inline]) -> Option<(usize, String)> {
        text.iter().find_map(|inline| match inline {
            Inline::Picture(place, alt) => Some((*place, alt.clone())),
            Inline::Link(_, text) | Inline::Control(_, text) => in_text(text),
            _ => None,
        })
    }
    blocks.iter().find_map(|block| match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => in_text(text),
        Block::Quote(blocks) | Block::Control(_, blocks) => first_picture(blocks),
        Block::List { items, .. } => items.iter().find_map(|item| first_picture(item)),
        Block::Table { rows, .. } => rows.iter().flatten().find_map(|cell| first_picture(cell)),
        _ => None,
    })
}

/// True for a field whose value is a picture or another file.
fn is_file(field: &Field) -> bool {
    matches!(field.field_type, FieldType::Image | FieldType::File)
}
