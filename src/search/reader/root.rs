//! The file that says where all others are.

use super::super::format::{self, VERSION};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::Value;

/// No index is of more parts.
const MOST_PARTS: usize = 10_000_000;

/// A facet of the index.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Facet {
    /// What filters name it by.
    pub name: String,
    /// What readers see.
    pub label: String,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    state: String,
    pages: usize,
    parts: usize,
    longer: Vec<(usize, usize)>,
    per_file: usize,
    terms: String,
    starts: String,
    ends: String,
    stop: String,
    names: Names,
    facets: Vec<Facet>,
    preface: String,
}

#[derive(Default, Deserialize)]
struct Names {
    words: FxHashMap<String, u32>,
    of: Vec<(Vec<u32>, usize)>,
}

/// What a reader needs to know of an index before it reads anything else.
pub(super) struct Root {
    /// The folder of all other files.
    pub(super) state: String,
    pub(super) pages: usize,
    pub(super) parts: usize,
    /// How many parts a file of texts holds.
    pub(super) per_file: usize,
    /// The first word of each file.
    pub(super) terms: Vec<String>,
    pub(super) starts: Vec<String>,
    pub(super) ends: Vec<String>,
    /// Words that say nothing.
    pub(super) stop: FxHashSet<String>,
    pub(super) facets: Vec<Facet>,
    pub(super) preface: String,
    names: Names,
    /// Where some pages have several parts: the first part of each page and the page of each part.
    numbers: Option<(Vec<usize>, Vec<usize>)>,
}

/// A name of a concept that a run of words begins with.
pub(super) struct Name {
    /// How many words it has.
    pub(super) length: usize,
    /// The form of its concept in the dictionary.
    pub(super) form: String,
}

impl Root {
    pub(super) fn read(file: &[u8]) -> Result<Self, String> {
        let broken = |error: serde_json::Error| format!("the search index can't be read: {error}");
        let value: Value = serde_json::from_slice(file).map_err(broken)?;
        if value.get("version") != Some(&Value::from(VERSION)) {
            return Err("the search index is of another version than its reader".to_owned());
        }
        let written: Written = serde_json::from_value(value).map_err(broken)?;
        let Written { state, pages, parts, longer, per_file, names, facets, preface, .. } = written;
        let is_name = |state: &str| !state.is_empty() && state.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let fits = pages <= parts && parts <= MOST_PARTS && (per_file > 0 || parts == 0) && is_name(&state);
        let numbers = if fits { numbers(pages, parts, &longer) } else { None };
        let Some(numbers) = numbers.map(|numbers| (!longer.is_empty()).then_some(numbers)) else {
            return Err("the search index can't be read: its numbers don't fit each other".to_owned());
        };
        let list = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let [terms, starts, ends] = [&written.terms, &written.starts, &written.ends].map(|text| list(text));
        let stop = written.stop.split(' ').map(str::to_owned).collect();
        Ok(Self { state, pages, parts, per_file, terms, starts, ends, stop, facets, preface, names, numbers })
    }

    /// The page of a part.
    pub(super) fn page(&self, part: usize) -> Option<usize> {
        match &self.numbers {
            Some((_, page_of)) => page_of.get(part).copied(),
            None => (part < self.pages).then_some(part),
        }
    }

    /// The parts of a page.
    pub(super) fn parts_of(&self, page: usize) -> std::ops::Range<usize> {
        let first = |page: usize| match &self.numbers {
            Some((first, _)) => first.get(page).copied().unwrap_or(self.parts),
            None => page,
        };
        first(page)..first(page + 1)
    }

    /// True where some pages have several parts.
    pub(super) fn has_longer(&self) -> bool {
        self.numbers.is_some()
    }

    /// The longest name that a run of words begins with.
    pub(super) fn name_at<'a>(&self, forms: impl Iterator<Item = &'a str> + Clone) -> Option<Name> {
        let id = |form: &str| self.names.words.get(form).copied();
        let first = forms.clone().next().and_then(id)?;
        let of = self.names.of.iter().filter(|(name, _)| name.first() == Some(&first));
        let begins = |name: &[u32]| {
            let mut forms = forms.clone();
            name.iter().all(|word| forms.next().and_then(id) == Some(*word))
        };
        let (name, concept) = of.into_iter().find(|(name, _)| begins(name))?;
        Some(Name { length: name.len(), form: format!("{}{concept}", format::CONCEPT) })
    }
}

/// The first part of each page and the page of each part; `None` where they are not as many as there are parts.
fn numbers(pages: usize, parts: usize, longer: &[(usize, usize)]) -> Option<(Vec<usize>, Vec<usize>)> {
    let counts: FxHashMap<usize, usize> = longer.iter().copied().collect();
    let mut first = Vec::with_capacity(pages + 1);
    let mut page_of = Vec::with_capacity(parts);
    for page in 0..pages {
        first.push(page_of.len());
        let count = counts.get(&page).copied().unwrap_or(1);
        if count == 0 || count > parts - page_of.len() {
            return None;
        }
        page_of.extend(std::iter::repeat_n(page, count));
    }
    first.push(page_of.len());
    (page_of.len() == parts).then_some((first, page_of))
}
