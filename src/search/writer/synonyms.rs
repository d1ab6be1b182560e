//! Names that mean one thing: short forms and what they stand for.
//!
//! They come from glossaries: registers that no field names, whose terms therefore only explain words. All names of a
//! term are indexed as one more word, a *concept*, wherever one of them stands; a question that has one of the names
//! asks for the concept in its place. Two terms that share a name are one concept.

use super::super::{language::Language, words};
use crate::model::{Field, FieldType, Library, Register};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The word of a name, as a number: every form of it has the same.
pub(super) type NameWord = u32;

/// Stands for a word that is in no name.
pub(super) const NO_NAME: NameWord = NameWord::MAX;

/// The concepts of a library in one language.
#[derive(Default)]
pub(super) struct Synonyms {
    /// How many concepts there are.
    pub(super) concepts: usize,
    /// The names: the words of each, and its concept. A longer name comes before those that it begins with.
    pub(super) names: Vec<(Vec<NameWord>, usize)>,
    /// The forms in which the words of names are written in registers.
    pub(super) forms: BTreeMap<String, NameWord>,
    by_stem: FxHashMap<String, NameWord>,
    /// By first word: the places of names.
    by_first: FxHashMap<NameWord, Vec<usize>>,
}

impl Synonyms {
    pub(super) fn new(library: &Library, code: &str, language: &Language) -> Self {
        let mut synonyms = Self::default();
        let mut concept_of: BTreeMap<Vec<NameWord>, usize> = BTreeMap::new();
        let mut merged: Vec<usize> = Vec::new();
        for term in glossaries(library).flat_map(|register| &register.terms) {
            let label = term.labels.get(code);
            let names = [term.id.as_str(), label].into_iter().chain(term.synonyms.iter().map(String::as_str));
            let names: BTreeSet<Vec<NameWord>> = names.map(|name| synonyms.words_of(name, language)).collect();
            let concept = merged.len();
            merged.push(concept);
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                let known = *concept_of.entry(name).or_insert(concept);
                let (known, own) = (root(&merged, known), root(&merged, concept));
                if let Some(parent) = merged.get_mut(known.max(own)) {
                    *parent = known.min(own);
                }
            }
        }
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for (name, concept) in concept_of {
            let next = places.len();
            let place = *places.entry(root(&merged, concept)).or_insert(next);
            synonyms.names.push((name, place));
        }
        synonyms.concepts = places.len();
        synonyms.names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        for (place, (name, _)) in synonyms.names.iter().enumerate() {
            synonyms.by_first.entry(name.first().copied().unwrap_or(NO_NAME)).or_default().push(place);
        }
        synonyms
    }

    fn words_of(&mut self, name: &str, language: &Language) -> Vec<NameWord> {
        let mut found = Vec::new();
        words::each(name, |form, _| {
            let next = self.by_stem.len() as NameWord;
            let word = *self.by_stem.entry(language.stem(form).into_owned()).or_insert(next);
            self.forms.insert(form.to_owned(), word);
            found.push(word);
        });
        found
    }

    /// The word of names that a stem is.
    pub(super) fn word(&self, stem: &str) -> NameWord {
        self.by_stem.get(stem).copied().unwrap_or(NO_NAME)
    }

    /// The word of names that a form is.
    pub(super) fn of_form(&self, form: &str, language: &Language) -> NameWord {
        if self.by_stem.is_empty() { NO_NAME } else { self.word(&language.stem(form)) }
    }

    /// The name that a run of words begins with, the longest: how many words it has, and its concept.
    pub(super) fn starting(&self, words: impl Iterator<Item = NameWord> + Clone) -> Option<(usize, usize)> {
        let first = words.clone().next()?;
        let names = self.by_first.get(&first)?.iter().filter_map(|place| self.names.get(*place));
        let mut fitting = names.filter(|(name, _)| words.clone().take(name.len()).eq(name.iter().copied()));
        fitting.next().map(|(name, concept)| (name.len(), *concept))
    }
}

fn root(merged: &[usize], mut concept: usize) -> usize {
    while let Some(parent) = merged.get(concept).copied().filter(|parent| *parent != concept) {
        concept = parent;
    }
    concept
}

/// The registers that no field names.
fn glossaries(library: &Library) -> impl Iterator<Item = &Register> {
    let mut named = BTreeSet::new();
    for field in library.theme.kinds.iter().flat_map(|kind| &kind.fields) {
        note(field, &mut named);
    }
    library.registers.values().filter(move |register| !named.contains(register.name.as_str()))
}

fn note<'a>(field: &'a Field, named: &mut BTreeSet<&'a str>) {
    match &field.field_type {
        FieldType::Reference(register) => {
            named.insert(register);
        }
        FieldType::Group(inner) => inner.iter().for_each(|field| note(field, named)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Labels, Register, Term};
    use std::sync::Arc;

    fn library() -> Library {
        let term = |id: &str, label: &str, synonyms: &[&str]| Term {
            id: id.into(),
            labels: Labels::same(label),
            synonyms: synonyms.iter().map(|name| (*name).to_owned()).collect(),
            ..Term::default()
        };
        let terms = vec![
            term("LAC", "looked-after children", &["children in care"]),
            term("NEET", "not in education", &[]),
            term("CLA", "children looked after", &["children in care"]),
        ];
        let registers = [("words".to_owned(), Register::new("words", "", terms))].into_iter().collect();
        Library { registers: Arc::new(registers), ..Library::default() }
    }

    fn concept(text: &str) -> Option<(usize, usize)> {
        let language = Language::new("en");
        let synonyms = Synonyms::new(&library(), "en", &language);
        let mut stems = Vec::new();
        words::each(text, |form, _| stems.push(synonyms.word(&language.stem(form))));
        synonyms.starting(stems.iter().copied())
    }

    #[test]
    fn names_of_one_thing_are_one_concept() {
        let lac = concept("LAC").unwrap().1;
        assert_eq!(concept("Looked-after child and more"), Some((3, lac)));
        assert_eq!(concept("children in care"), Some((3, lac)));
        assert_eq!(concept("children looked after"), Some((3, lac)), "terms that share a name are one");
        assert_ne!(concept("NEET").unwrap().1, lac);
        assert_eq!(concept("children"), None);
        assert_eq!(concept("and LAC"), None);
    }
}
