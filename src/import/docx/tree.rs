//! What a Word document says, without Word: blocks, running text, pictures, and what could not be taken.

use std::{collections::BTreeMap, sync::Arc};

/// A document, read.
#[derive(Clone, Debug, Default)]
pub struct Manuscript {
    /// Its text.
    pub blocks: Vec<Block>,
    /// What its footnotes and endnotes say; an [`Inline::Note`] names one by its place.
    pub notes: Vec<Vec<Block>>,
    /// Its pictures; an [`Inline::Picture`] names one by its place.
    pub pictures: Vec<Picture>,
    /// The title in its properties.
    pub title: String,
    /// The subject in its properties: what kind of thing our own documents are.
    pub subject: String,
    /// The address of the page that it was made from, for our own documents.
    pub address: String,
    /// The kind of page of the form that it is.
    pub form: Option<String>,
    /// What was left out, changed or taken for something, in the order of the document.
    pub remarks: Vec<Remark>,
    /// Where each of its paragraphs with words is, in their order.
    pub spots: Vec<Spot>,
    /// Where each of its links is first, by address.
    pub links: BTreeMap<String, Spot>,
}

/// Something to tell of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The heading that it stands under, and the first words of its paragraph; both may be empty.
    pub place: Spot,
    /// What was done, as a sentence without its full stop.
    pub text: String,
    /// What to do about it, as sentences; may be empty.
    pub help: String,
}

/// A place in a document that has no lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The heading above it.
    pub heading: String,
    /// The first words of the paragraph.
    pub words: String,
    /// The number of the paragraph; 0 for the whole document.
    pub number: usize,
}

/// A file of a picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name that the document gives it, such as `Picture 1` or `open-door.png`.
    pub name: String,
    /// The ending of such files: `png`, `jpg`, `gif`, `webp` or `svg`.
    pub ending: &'static str,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading: 1 for the first level below the title.
    Heading {
        /// 1 to 9.
        level: u8,
        /// Its bookmarks.
        anchors: Vec<String>,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// What its style says it is.
        role: Role,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A list; one with a start counts from there.
    List {
        /// The first number.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A table, its header first.
    Table {
        /// Rows of cells, all of one length.
        rows: Vec<Vec<Vec<Block>>>,
        /// How each column is set.
        alignments: Vec<Alignment>,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// Lines of code.
    Code(String),
    /// A line across.
    Rule,
    /// Blocks in a control.
    Control(Control, Vec<Block>),
}

/// How a column is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// As text begins.
    #[default]
    Start,
    /// In the middle.
    Middle,
    /// As text ends.
    End,
}

/// What a paragraph is, by its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Text.
    #[default]
    Text,
    /// The title.
    Title,
    /// What stands below the title.
    Subtitle,
    /// A heading of this level.
    Heading(u8),
    /// Words of somebody else.
    Quote,
    /// Code.
    Code,
    /// What stands below a picture or a table.
    Caption,
    /// An entry of the table of contents.
    Contents,
    /// In our own documents: the band at the top, and what else is not of the page.
    Band,
    /// A short value with its label.
    Fact,
    /// The days that it is for.
    Dates,
    /// A box not to be missed.
    Notice,
    /// A box to copy from.
    Copy,
    /// The name of a field, or of what follows.
    Label,
    /// Advice of a form.
    Help,
    /// A term whose meaning follows.
    Term,
    /// The title of a chart.
    ChartTitle,
    /// A line across.
    Rule,
}

/// A field of a form, or another control.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// Its tag; empty where it has none.
    pub tag: String,
    /// What people see it called.
    pub alias: String,
    /// True while nobody has filled it in.
    pub is_empty: bool,
    /// Whether a box is ticked.
    pub ticked: Option<bool>,
    /// The day that was picked: `2027-11-21`.
    pub day: Option<String>,
    /// The value behind the label that was chosen.
    pub value: Option<String>,
    /// For what repeats.
    pub repeats: Repeats,
}

/// What a control has to do with repetition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeats {
    /// Nothing.
    #[default]
    No,
    /// It holds what repeats.
    Section,
    /// It is one of what repeats.
    Item,
}

/// How words are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// Of weight.
    pub strong: bool,
    /// With stress.
    pub emphasis: bool,
    /// Taken back.
    pub struck: bool,
    /// Code.
    pub code: bool,
    /// What a form shows where nobody has written.
    pub placeholder: bool,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words.
    Text(String, Marks),
    /// The end of a line within a paragraph.
    Break,
    /// A link: an address, or `#` with a bookmark.
    Link(String, Vec<Inline>),
    /// A footnote, by its place.
    Note(usize),
    /// A picture, by its place, with what it shows.
    Picture(usize, String),
    /// Words in a control.
    Control(Control, Vec<Inline>),
    /// Something that has no words here: what it is, for a comment in the page.
    Lost(String),
}

/// The words of running text, without anything else.
pub fn words(text: &[Inline]) -> String {
    let mut out = String::new();
    push_words(text, &mut out);
    out
}

fn push_words(text: &[Inline], out: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(words, _) => out.push_str(words),
            Inline::Break => out.push('\n'),
            Inline::Link(_, text) => push_words(text, out),
            Inline::Control(control, text) if !control.is_empty => push_words(text, out),
            Inline::Control(..) | Inline::Note(_) | Inline::Picture(..) | Inline::Lost(_) => {}
        }
    }
}
