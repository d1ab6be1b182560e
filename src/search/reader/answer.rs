//! What is asked beside the words, and what comes back.

use serde::{Serialize, Serializer, ser::SerializeMap};
use std::collections::BTreeMap;

/// Values by facet: those of one facet are alternatives, and every facet has to fit.
pub type Filters = BTreeMap<String, Vec<String>>;

/// What is asked beside the words.
#[derive(Clone, Debug)]
pub struct Options {
    /// What to leave out. With filters, be they empty, facets are counted.
    pub filters: Option<Filters>,
    /// How many results to give.
    pub limit: usize,
    /// How many to leave out before them.
    pub offset: usize,
    /// The order of results.
    pub sort: Sort,
}

impl Default for Options {
    fn default() -> Self {
        Self { filters: None, limit: 10, offset: 0, sort: Sort::Relevance }
    }
}

/// An order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What fits best first.
    #[default]
    Relevance,
    /// The newest first.
    Newest,
    /// By title, from A to Z.
    Title,
}

impl Sort {
    /// The orders by name.
    pub const NAMES: [&str; 3] = ["relevance", "newest", "title"];
}

impl std::str::FromStr for Sort {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "relevance" => Ok(Self::Relevance),
            "newest" => Ok(Self::Newest),
            "title" => Ok(Self::Title),
            _ => Err(format!("there is no order called “{name}”")),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// How many pages were found in all.
    pub total: usize,
    /// Those that were asked for.
    pub results: Vec<Found>,
    /// How many of the pages have each value, by facet; of a facet's own filter nothing counts.
    #[serde(serialize_with = "as_object")]
    pub facets: Vec<(String, Vec<Count>)>,
    /// What was looked for instead, where a word was misspelt.
    pub corrected: Option<String>,
    /// Terms near what was asked for, where nothing was found.
    pub near: Vec<Link>,
}

/// A page that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// Its address on the host.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The label of its kind.
    pub kind: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its text around what was asked for.
    pub excerpt: String,
    /// The words in the excerpt that were asked for: where each starts and ends, in UTF-16 code units.
    pub marks: Vec<(usize, usize)>,
    /// The heading that the excerpt stands under, with its address.
    pub section: Option<Link>,
    /// The labels of its terms.
    pub fields: Labels,
}

/// The labels of a page's terms by facet, and its date.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// Facets that the page has terms of, with their labels.
    pub terms: Vec<(String, Vec<String>)>,
    /// Its last change or publication.
    pub date: Option<String>,
}

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (facet, labels) in &self.terms {
            map.serialize_entry(facet, labels)?;
        }
        if let Some(date) = &self.date {
            map.serialize_entry("date", date)?;
        }
        map.end()
    }
}

/// A value of a facet, and how many pages have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    /// What filters name it by.
    pub value: String,
    /// What readers see.
    pub label: String,
    /// How many of the pages that were found have it.
    pub count: u32,
}

/// Something with a title and an address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// What readers see.
    pub title: String,
    /// Its address on the host.
    pub url: Option<String>,
}

fn as_object<S: Serializer>(pairs: &[(String, Vec<Count>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, values)| (name, values)))
}
