//! A kind of entry, as its YAML file in the theme describes it.

use super::{Entry, Field, Labels};
use crate::markdown::slug;

/// A kind: where its entries lie, what they hold, and which template shows them.
#[derive(Clone, Debug, Default)]
pub struct Kind {
    /// Its name, singular.
    pub name: String,
    /// The folder below `content/` that holds its entries; `None` for the kind of every other page.
    pub folder: Option<String>,
    /// What readers call one.
    pub label: Labels,
    /// What readers call many.
    pub plural: Labels,
    /// What it is, in a sentence.
    pub description: Labels,
    /// The template of its pages.
    pub template: String,
    /// Its place among the kinds; the least comes first.
    pub place: i64,
    /// How its listing is ordered.
    pub sort: Order,
    /// The words above entries of this kind that are like the one on the page; empty for the usual ones.
    pub similar: Labels,
    /// The field whose value the entries of one series share, such as the same campaign in several years.
    pub series: Option<String>,
    /// What its entries are in the words of schema.org: `Article`, `Event`.
    pub schema: Option<String>,
    /// What is made of each of its pages for people to take away, in the order in which it is offered.
    pub downloads: Vec<Download>,
    /// True where each of its pages has a card of its own for those who share it.
    pub own_card: bool,
    /// Its fields, those of every kind first.
    pub fields: Vec<Field>,
    /// How many of them are those of every kind.
    pub shared: usize,
    /// The kind's file, for reports.
    pub path: String,
}

/// A file that is made of an entry for people to take away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// What it is.
    pub format: Format,
    /// The field that alone goes into it; the whole entry where there is none.
    pub of: Option<String>,
}

impl Download {
    /// Its site path, for the page at a site path.
    pub fn path(&self, url: &str) -> String {
        let name = url.trim_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index");
        let part = self.of.as_deref().map(|of| format!("-{}", slug(of))).unwrap_or_default();
        let large = if self.format == Format::LargePrint { "-large-print" } else { "" };
        format!("{url}{name}{part}{large}.{}", self.format.extension())
    }
}

/// The formats of downloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A document to read and print.
    Pdf,
    /// The same in large print.
    LargePrint,
    /// A document to change, for Word.
    Docx,
    /// Plain text for braille displays and printers.
    Text,
    /// A field of groups as a table.
    Csv,
    /// Dates for calendars.
    Ics,
    /// All the others and the entry's files in one.
    Zip,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::LargePrint, Self::Docx, Self::Text, Self::Csv, Self::Ics, Self::Zip];

    /// Its name in kind files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::LargePrint => "large-print",
            Self::Docx => "docx",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Ics => "ics",
            Self::Zip => "zip",
        }
    }

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf | Self::LargePrint => "pdf",
            Self::Text => "txt",
            other => other.name(),
        }
    }
}

/// The order of a list of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By date of publication or last change, newest first, then by title.
    #[default]
    Newest,
    /// By title, under letters.
    Title,
    /// By the field `start`, latest first.
    Start,
}

impl Order {
    /// How many entries a page of a list in this order names, where most lists name `page_size`: an A to Z is of use
    /// as a whole, so a page of it holds ten times as many.
    pub fn listing_size(self, page_size: usize) -> usize {
        if self == Self::Title { page_size.saturating_mul(10) } else { page_size }
    }

    /// Its name in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Title => "title",
            Self::Start => "start",
        }
    }

    /// The last part of the address of a list that stands in this order beside its usual one.
    pub fn segment(self) -> &'static str {
        if self == Self::Title { "a-z" } else { "newest" }
    }
}

/// A list of fewer entries is taken in at a glance, in whatever order.
const ENOUGH: usize = 8;

impl Kind {
    /// The site path of its listing, where it has a folder: `/topics/`.
    pub fn url(&self) -> Option<String> {
        let folder = self.folder.as_deref()?;
        Some(folder.split('/').fold("/".to_owned(), |url, part| url + &crate::markdown::slug(part) + "/"))
    }

    /// The other order that its listing of these entries has at an address of its own, where that is of use: an A to
    /// Z for a list by date, and the newest first for an A to Z whose entries have different dates.
    pub fn other_order<'a>(&self, entries: impl Iterator<Item = &'a Entry>) -> Option<Order> {
        let dates: Vec<_> = entries.map(Entry::newest).collect();
        let differ = || dates.iter().any(|date| Some(date) != dates.first());
        match self.sort {
            _ if dates.len() < ENOUGH => None,
            Order::Newest | Order::Start => Some(Order::Title),
            Order::Title => differ().then_some(Order::Newest),
        }
    }

    /// How many entries a page of its listing names, where most lists name `page_size`.
    pub fn listing_size(&self, page_size: usize) -> usize {
        self.sort.listing_size(page_size)
    }

    /// Its fields in the order in which they matter to a reader: what it has of its own first.
    pub fn own_first(&self) -> impl Iterator<Item = &Field> {
        let (shared, own) = self.fields.split_at(self.shared.min(self.fields.len()));
        own.iter().chain(shared)
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
