//! A kind of entry, as its YAML file in the theme describes it.

use super::{Field, Labels};

/// A kind: where its entries lie, what they hold, and which template shows them.
#[derive(Clone, Debug)]
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
    /// The formats that its pages can be downloaded in.
    pub downloads: Vec<String>,
    /// Its fields, those of every kind first.
    pub fields: Vec<Field>,
    /// The kind's file, for reports.
    pub path: String,
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

impl Kind {
    /// How many entries a page of its listing names, where one of another order names `page_size`: an A to Z is of
    /// use as a whole, so a page of it holds ten times as many.
    pub fn listing_size(&self, page_size: usize) -> usize {
        if self.sort == Order::Title { page_size.saturating_mul(10) } else { page_size }
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
