//! A Word document to a page: a form that was filled in, a document of ours that was changed, or any other.
//!
//! Fields are found by the tags of a form's controls, and else by their labels: before a colon, beside each other in a
//! table, or as a heading. What stands under no such heading is the text of the page.

mod answers;
mod chart;
mod group;
mod internal;
mod links;
mod lost;
mod ours;
mod sections;
mod title;

use super::{Draft, Import, Known, page::Page};
use crate::{
    diagnostic::{Code, Diagnostic, Label},
    import::docx::{self, Around, Block, Control, Inline, Manuscript, Remark},
    markdown::slug,
    model::{Field, FieldType, Kind, Span},
};
use answers::{Answer, Group, Ways};
use serde_yaml::Value;
use std::{cell::RefCell, collections::BTreeMap};

/// What has to be known of the library's files and of its site.
pub struct Place<'a> {
    /// The address of the site.
    pub base: &'a str,
    /// The text of the page at a path.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// Whether there is a file at a path.
    pub has: &'a dyn Fn(&str) -> bool,
}

/// The fields that no document of ours shows: a page that comes back keeps them as they are.
const UNSHOWN: [&str; 5] = ["kind", "status", "embargo", "aliases", "verbatim"];

/// The page of a Word document. `name` is what reports call the file; `kind` is the kind that was asked for.
///
/// # Errors
/// Why no page can be made of it: sentences with what to do.
pub fn word(bytes: &[u8], name: &str, place: &Place<'_>, kind: Option<&Kind>, known: &Known) -> Result<Import, String> {
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
        is_ours: false,
        notes: said.into_iter().collect(),
    };
    let before = writer.before();
    writer.is_ours = before.is_some();
    let refused = |why: String| format!("{name} can't be imported. {why}");
    writer.still_a_form().map_err(refused)?;
    writer.files(before.as_deref(), place);
    writer.whole(&stem);
    if let Some(path) = &before {
        writer.take_place(path, place).map_err(refused)?;
    }
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
    left: RefCell<Vec<group::Left>>,
    ways: Ways<'a>,
    ours: ours::Words,
    draft: Draft<'a>,
    answers: Group,
    manuscript: &'a Manuscript,
    kind: &'a Kind,
    known: &'a Known,
    base: &'a str,
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
        let front = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map(|(front, _)| front);
        let values: serde_yaml::Mapping = front.and_then(|front| serde_yaml::from_str(front).ok()).unwrap_or_default();
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

    /// Puts the pictures beside the page, but for those that are there already.
    fn files(&mut self, before: Option<&str>, place: &Place<'_>) {
        let folder = before.and_then(|path| path.rsplit_once('/')).map(|(folder, _)| folder);
        let mut alts: BTreeMap<usize, String> = BTreeMap::new();
        described(&self.manuscript.blocks, &mut alts);
        for (number, picture) in self.manuscript.pictures.iter().enumerate() {
            let is_there =
                |folder: &str| picture.name.contains('.') && (place.has)(&format!("{folder}/{}", picture.name));
            if folder.is_some_and(is_there) {
                self.pictures.push(picture.name.clone());
                continue;
            }
            let stem = match picture.name.rsplit_once('.') {
                Some((stem, ending))
                    if ["png", "jpg", "jpeg", "gif", "webp", "svg"].contains(&ending.to_ascii_lowercase().as_str()) =>
                {
                    slug(stem)
                }
                _ => alts.get(&number).map(|alt| shortened(&slug(alt))).unwrap_or_default(),
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
        self.note_left();
        let lost = self.lost.take();
        for remark in self.manuscript.remarks.iter().chain(&lost) {
            let fault = fault(remark, &self.at);
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
    let mut place = Vec::new();
    if !remark.place.heading.is_empty() {
        place.push(format!("under “{}”", remark.place.heading));
    }
    if !remark.place.words.is_empty() {
        place.push(format!("at “{}”", remark.place.words));
    }
    let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
    let help = if remark.help.is_empty() { "Compare the page with the document." } else { &remark.help };
    let mut fault = Diagnostic::new(Code::ImportChanged, format!("{}{place}", remark.text)).help(help);
    fault.place = Some(at_paragraph(at, remark.place.number));
    fault
}

/// A place in a document. It has no lines: its paragraphs are counted instead, which nobody is shown, and by which
/// reports are in its order.
fn at_paragraph(at: &Label, number: usize) -> Label {
    Label { span: Span::new(number, number), ..at.clone() }
}

/// What each picture shows, in the words of its first place.
fn described(blocks: &[Block], out: &mut BTreeMap<usize, String>) {
    each_inline(blocks, &mut |inline| {
        if let Inline::Picture(place, alt) = inline
            && !alt.is_empty()
        {
            out.entry(*place).or_insert_with(|| alt.clone());
        }
    });
}

/// The names of the gaps that are to be filled in, by their labels.
fn gaps(blocks: &[Block]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    each_inline(blocks, &mut |inline| {
        if let Inline::Control(control, _) = inline
            && !control.alias.is_empty()
        {
            out.insert(control.alias.clone(), control.tag.clone());
        }
    });
    out
}

/// Shows every control, of blocks and of words.
fn each_control(blocks: &[Block], see: &mut impl FnMut(&Control)) {
    for block in blocks {
        match block {
            Block::Control(control, inner) => {
                see(control);
                each_control(inner, see);
            }
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| each_control(cell, see)),
            _ => {}
        }
    }
    each_inline(blocks, &mut |inline| {
        if let Inline::Control(control, _) = inline {
            see(control);
        }
    });
}

/// Shows every piece of running text.
fn each_inline(blocks: &[Block], see: &mut impl FnMut(&Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } | Block::Heading { text, .. } => each_in(text, see),
            Block::List { items, .. } => items.iter().for_each(|item| each_inline(item, see)),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| each_inline(cell, see)),
            Block::Quote(blocks) | Block::Control(_, blocks) => each_inline(blocks, see),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn each_in(text: &[Inline], see: &mut impl FnMut(&Inline)) {
    for inline in text {
        see(inline);
        if let Inline::Link(_, text) | Inline::Control(_, text) = inline {
            each_in(text, see);
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
