//! What a download says, whatever its format: the page of an entry as a tree of blocks that nothing needs to read
//! again. It has no markup, no template and no address that is not whole.

use super::{FieldPath, SourceFile, Span};
use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
    path::PathBuf,
    sync::Arc,
};

/// An entry, or a part of one, as it goes on paper.
///
/// It can be hashed: two papers of one hash give the same bytes in every format.
#[derive(Clone, Debug, Hash)]
pub struct Paper {
    /// The file that its words come from.
    pub source: Arc<SourceFile>,
    /// Where the YAML of the front matter stands in it.
    pub front: Span,
    /// The language, as BCP 47 has it.
    pub language: String,
    /// What kind of thing it is, for readers: `Pack`.
    pub kind: String,
    /// The name of the template of its kind, without its ending.
    pub template: String,
    /// The title.
    pub title: String,
    /// The summary; empty where there is none.
    pub summary: String,
    /// The name of the site.
    pub site: String,
    /// The whole address of its page.
    pub address: String,
    /// When it was last changed or else published: `2026-11-21`.
    pub dated: Option<String>,
    /// The same in words: `21 November 2026`; empty where there is none.
    pub dated_words: String,
    /// The days that it is for, in words: `25 October to 1 November 2027`.
    pub days: Option<String>,
    /// What is to be told of these days before anything else, such as that they are not confirmed.
    pub days_note: Option<String>,
    /// What is told before the text, in the order of the kind's fields: short values, each with its label.
    pub facts: Vec<Fact>,
    /// The picture of the page.
    pub picture: Option<PaperPicture>,
    /// The text: the fields that are longer than a fact, in the order of the kind. That of the page stands first, or
    /// after the last field of Markdown.
    pub sections: Vec<Section>,
    /// The files of the pictures, in the order of their first use; a [`PaperPicture`] names one by its place.
    pub files: Vec<PaperFile>,
    /// The words that formats need, in the language: `contents`, `page`.
    pub words: BTreeMap<String, String>,
    /// The tokens of the theme by day, by name without hyphens before it: `action` is `#00605c`.
    pub tokens: Arc<BTreeMap<String, String>>,
}

/// A short value with its label.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Fact {
    /// The name of the field.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What it says; several values are separated as the language does it.
    pub text: Vec<Inline>,
}

/// What one field of the entry says, or its text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Section {
    /// The name of the field; empty for the text of the page.
    pub name: String,
    /// Its heading, of level 2; empty for the text of the page, which has headings of its own.
    pub heading: String,
    /// Its blocks. Headings in them are of level 2 in the text of the page, and of level 3 or below elsewhere.
    pub blocks: Vec<Block>,
}

/// A block of text, and where it comes from.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Block {
    /// Where it comes from.
    pub spot: Spot,
    /// What it is.
    pub content: BlockContent,
}

/// Where a part of a paper stands in its source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// Bytes of the file.
    At(Span),
    /// The value of a field.
    Field(Arc<FieldPath>),
}

/// The kinds of block.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum BlockContent {
    /// A heading within a section: 2 to 6.
    Heading {
        /// The level.
        level: u8,
        /// Its anchor, unique in the paper.
        id: String,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; one with a start is numbered from there.
    List {
        /// The first number.
        start: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// Terms with what they mean.
    Definitions(Vec<Definition>),
    /// A table.
    Table(Table),
    /// A quotation.
    Quote(Vec<Block>),
    /// A box that says something out of turn.
    Alert {
        /// `note`, `tip`, `important`, `warning` or `caution`.
        kind: &'static str,
        /// What it is called.
        label: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Code, or text that keeps its spaces and lines.
    Code(String),
    /// A picture that stands by itself.
    Picture(PaperPicture),
    /// A chart.
    Chart(PaperChart),
    /// One of several things of a kind, to be kept together: a post, an idea, a quotation with its author.
    Card(Card),
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Item {
    /// True or false for a task that is done or is not.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term with its meanings.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// What it means.
    pub meanings: Vec<Vec<Block>>,
}

/// A table whose first row is its header.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Table {
    /// How the cells of each column are set.
    pub alignments: Vec<Alignment>,
    /// The header's cells; as many as there are columns.
    pub header: Vec<Vec<Inline>>,
    /// The rows; each has as many cells as the header.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// As text begins.
    #[default]
    Start,
    /// In the middle.
    Middle,
    /// As text ends: figures.
    End,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct PaperPicture {
    /// Its file's place in the paper.
    pub file: usize,
    /// What it shows; empty where it is decoration.
    pub alt: String,
    /// What stands below it.
    pub caption: Vec<Inline>,
    /// Its width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
}

/// A file that a paper shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFile {
    /// Where it lies on the disk.
    pub disk: PathBuf,
    /// Its path from the root, for reports.
    pub path: String,
    /// True for a drawing (SVG).
    pub drawing: bool,
}

impl Hash for PaperFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Where the library lies on this disk makes no difference to what is made of it.
        let Self { disk: _, path, drawing } = self;
        path.hash(state);
        drawing.hash(state);
    }
}

/// A chart, with its figures.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct PaperChart {
    /// `bar`, `paired`, `line` or `waffle`.
    pub kind: String,
    /// What it shows, as a sentence.
    pub title: String,
    /// What stands out, for people who can't see it; may be empty.
    pub description: String,
    /// What is counted; may be empty.
    pub unit: String,
    /// The names of its series; none, one or two.
    pub series: Vec<String>,
    /// Of how many parts a waffle is.
    pub out_of: Figure,
    /// Its rows.
    pub rows: Vec<ChartRow>,
    /// Where the figures come from and of when they are: one line.
    pub source: Vec<Inline>,
    /// The same figures as a table, its header included.
    pub table: Table,
}

/// A row of a chart.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ChartRow {
    /// What the figures are of.
    pub label: String,
    /// The figure.
    pub value: Figure,
    /// That of the second series.
    pub second: Option<Figure>,
}

/// A number, and how people write it in the language.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number.
    pub number: f64,
    /// The number in words of the language: `8,750`.
    pub text: String,
}

impl Hash for Figure {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { number, text } = self;
        number.to_bits().hash(state);
        text.hash(state);
    }
}

/// One of several things of a kind.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Card {
    /// The name of the field or of the component.
    pub name: String,
    /// What it is called; empty where nothing in it is a name.
    pub title: Vec<Inline>,
    /// Its other parts, in order.
    pub parts: Vec<CardPart>,
}

/// A part of a card.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct CardPart {
    /// The name of the field.
    pub name: String,
    /// Its label; empty where what it says needs none.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words said with stress.
    Emphasis(Vec<Inline>),
    /// Words of weight.
    Strong(Vec<Inline>),
    /// Words taken back.
    Struck(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link: a whole address, or `#` with the anchor of a heading of the paper.
    Link {
        /// Where it leads.
        address: String,
        /// Its words.
        text: Vec<Inline>,
    },
    /// The end of a line within a paragraph.
    Break,
    /// A footnote. One that is named twice says what it says at its first place only.
    Note {
        /// Its name, unique in the paper.
        id: String,
        /// What it says; nothing where it has been said.
        blocks: Vec<Block>,
    },
    /// Something that whoever uses the text fills in.
    Placeholder {
        /// Its name: `council`.
        name: String,
        /// What to put in, in words.
        label: String,
    },
    /// A picture in a line of text.
    Picture(PaperPicture),
}

/// Takes what is hashed into a hash that is the same in every version of Rust and can't be met by chance.
#[derive(Default)]
struct Fingerprint(blake3::Hasher);

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.finalize().as_bytes().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// Counts the pieces of what is hashed: each has a length, a place or a sort.
#[derive(Default)]
struct Pieces(u64);

impl Hasher for Pieces {
    fn write(&mut self, _: &[u8]) {}

    fn write_usize(&mut self, _: usize) {
        self.0 += 1;
    }

    fn write_isize(&mut self, _: isize) {
        self.0 += 1;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Paper {
    /// Of how many pieces it is, roughly: a cell of a table or a few words are two or three, a paragraph is six.
    pub fn pieces(&self) -> u64 {
        let mut pieces = Pieces::default();
        self.hash(&mut pieces);
        pieces.finish()
    }

    /// A name for all that the paper holds, for keys of recipes: hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let mut hasher = Fingerprint::default();
        self.hash(&mut hasher);
        hasher.0.finalize().to_hex().to_string()
    }

    /// A word that formats need; its key where nobody has written it.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }
}

/// The words of running text, without markup. A placeholder is its label in brackets.
pub fn plain(text: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(text, &mut out);
    out
}

fn push_plain(text: &[Inline], out: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(words) | Inline::Code(words) => out.push_str(words),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => push_plain(inner, out),
            Inline::Link { text, .. } => push_plain(text, out),
            Inline::Break => out.push('\n'),
            Inline::Note { .. } => {}
            Inline::Placeholder { label, .. } => {
                out.push('[');
                out.push_str(label);
                out.push(']');
            }
            Inline::Picture(picture) => out.push_str(&picture.alt),
        }
    }
}
