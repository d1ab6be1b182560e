//! Word documents (.docx) read into a tree that knows nothing of Word, nor of kinds of page.
//!
//! Whatever a document holds that a page can't is told in a remark with its place, and its words are kept where it has
//! any.

mod blocks;
mod controls;
mod drawing;
mod fields;
mod inline;
mod lists;
mod markdown;
mod numbering;
mod package;
mod runs;
mod signs;
mod styles;
mod table;
mod told;
mod tree;
mod xml;

pub use blocks::first_words;
pub use markdown::{ALERT, Around, CARD, CHART, anchors, markdown};
pub use tree::{Alignment, Block, Control, Inline, Manuscript, Marks, Picture, Remark, Repeats, Role, Spot, words};

use super::office::{Package, Relations};
use numbering::Numbering;
use std::collections::{BTreeMap, HashMap};
use styles::Styles;
use xml::{attribute, child};

/// The document of these bytes.
///
/// # Errors
/// What it is instead of a Word document, or what is wrong with it: sentences that say what to do.
pub fn read(bytes: &[u8]) -> Result<Manuscript, String> {
    let (mut package, main) = package::open(bytes)?;
    let relations = package.relations(&main);
    let part_of =
        |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|found| found.target.clone());
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for kind in ["styles", "numbering", "footnotes", "endnotes", "comments"] {
        if let Some(text) = part_of(kind).map(|path| package.text(&path)).transpose()?.flatten() {
            texts.insert(kind, text);
        }
    }
    let text = package.text(&main)?.ok_or("It is damaged: its text is missing.")?;
    let document = parsed(&text)?;
    let others: BTreeMap<&str, roxmltree::Document<'_>> =
        texts.iter().map(|(kind, text)| Ok((*kind, parsed(text)?))).collect::<Result<_, String>>()?;
    let root = |kind: &str| others.get(kind).map(roxmltree::Document::root_element);
    let body = child(document.root_element(), "body")
        .ok_or("It is damaged: it has no text. Open it in Word and save it again.")?;

    let notes_relations = ["footnotes", "endnotes"].map(|kind| part_of(kind).map(|path| package.relations(&path)));
    let [of_footnotes, of_endnotes] = notes_relations.map(Option::unwrap_or_default);
    let mut reader = Reader {
        styles: root("styles").map(Styles::new).unwrap_or_default(),
        numbering: root("numbering").map(Numbering::new).unwrap_or_default(),
        relations,
        package: &mut package,
        made: Manuscript::default(),
        known: HashMap::new(),
        places: HashMap::new(),
        fields: Vec::new(),
        spot: Spot::default(),
        of_note: None,
        named: Vec::new(),
        commented: HashMap::new(),
        begun: blocks::Begun::default(),
        after: Vec::new(),
        changes: 0,
        contents: false,
        folded: 0,
    };
    reader.properties();
    let blocks = reader.container(body);
    reader.made.blocks = blocks;
    // Notes come last, so that they can be numbered as they are named; what they name themselves follows.
    let mut done = 0;
    while let Some((place, source, id)) = reader.next_note(done) {
        done += 1;
        let found = root(source).and_then(|root| {
            root.children()
                .find(|note| attribute(*note, "id") == Some(id.as_str()) && attribute(*note, "type").is_none())
        });
        let own = if source == "footnotes" { &of_footnotes } else { &of_endnotes };
        let outer = std::mem::replace(&mut reader.relations, own.clone());
        reader.of_note = reader.named.get(place).cloned();
        let said = found.map(|note| reader.container(note)).unwrap_or_default();
        reader.relations = outer;
        if let Some(note) = reader.made.notes.get_mut(place) {
            *note = said;
        }
    }
    reader.comments(root("comments"));
    reader.remainder();
    reader.made.remarks.sort_by_key(|remark| remark.place.number);
    Ok(reader.made)
}

fn parsed(text: &str) -> Result<roxmltree::Document<'_>, String> {
    xml::parsed(text).map_err(|why| format!("It is damaged: {why}. Open it in Word and save it again."))
}

/// Whoever reads a document.
struct Reader<'p, 'b> {
    package: &'p mut Package<'b>,
    styles: Styles,
    numbering: Numbering,
    /// Those of the part that is being read.
    relations: Relations,
    made: Manuscript,
    /// Pictures by the path of their part.
    known: HashMap<String, Option<usize>>,
    /// Notes by where they are and their id, with their place.
    places: HashMap<(&'static str, String), usize>,
    /// The fields that are open.
    fields: Vec<fields::Field>,
    /// Where the reader is.
    spot: Spot,
    /// Where the note is named that is being read.
    of_note: Option<Spot>,
    /// Where each note is named, by its place.
    named: Vec<Spot>,
    /// Where the words are that comments are on, by id.
    commented: HashMap<String, Spot>,
    /// What belongs to the paragraph to come.
    begun: blocks::Begun,
    /// What stands after the paragraph that is open: boxes of text.
    after: Vec<Block>,
    /// How many changes were tracked.
    changes: usize,
    /// Whether a table of contents was left out.
    contents: bool,
    /// How many tables lie within each other where the reader is.
    folded: usize,
}

impl Reader<'_, '_> {
    /// What the document says of itself.
    fn properties(&mut self) {
        let root = self.package.relations("");
        let part = |kind: &str| root.values().find(|relation| relation.kind == kind).map(|found| found.target.clone());
        let core = part("core-properties").and_then(|path| self.package.text(&path).ok().flatten());
        if let Some(core) = core.as_deref().and_then(|text| roxmltree::Document::parse(text).ok()) {
            let said = |wanted: &str| {
                let said = child(core.root_element(), wanted).and_then(|node| node.text());
                said.unwrap_or_default().trim().to_owned()
            };
            (self.made.title, self.made.subject, self.made.address) =
                (said("title"), said("subject"), said("identifier"));
        }
        let own = part("custom-properties").and_then(|path| self.package.text(&path).ok().flatten());
        if let Some(own) = own.as_deref().and_then(|text| roxmltree::Document::parse(text).ok()) {
            let form = own.root_element().children().find(|node| attribute(*node, "name") == Some(FORM));
            self.made.form = form
                .and_then(|node| {
                    node.descendants().find_map(|inner| inner.text().map(str::trim).filter(|text| !text.is_empty()))
                })
                .map(str::to_owned);
        }
    }

    fn next_note(&self, done: usize) -> Option<(usize, &'static str, String)> {
        let found = self.places.iter().find(|(_, place)| **place == done)?;
        let ((source, id), place) = found;
        Some((*place, source, id.clone()))
    }
}

/// The property of a document that says of which kind of page it is the form.
pub const FORM: &str = "Casebook form";

/// What stands in the name of a control between the labels of a group and of a field in it.
pub const OF: &str = ": ";

/// The tag of a control for the field that this way leads to, `sources/title`: no longer than Word keeps tags, and
/// another one for every way.
pub fn tag(way: &str) -> String {
    const LONGEST: usize = 64;
    if way.chars().count() <= LONGEST {
        return way.to_owned();
    }
    let hash = blake3::hash(way.as_bytes()).to_hex();
    let start: String = way.chars().take(LONGEST - 17).collect();
    format!("{start}~{}", hash.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests;
