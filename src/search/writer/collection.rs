//! The words of all pages: which there are, and how much each part of a page has of them.

use super::{
    super::{format, language::Language, words},
    page::{Page, Part},
    synonyms::{NO_NAME, NameWord, Synonyms},
};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// A word of the title or a tag counts as much as so many of a text of usual length, however long the page is.
const TITLE: Weight = Weight { name: 3.0, text: 0.0 };
const TAG: Weight = Weight { name: 2.0, text: 0.0 };
/// A word of a heading counts as much as so many of the text, and one of the summary as much as one.
const HEADING: Weight = Weight { name: 0.0, text: 2.0 };
const TEXT: Weight = Weight { name: 0.0, text: 1.0 };

/// What words are worth: those that name a page, and those of its text, which tell the less the more there are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    pub(super) name: f32,
    pub(super) text: f32,
}

impl std::ops::AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.name += other.name;
        self.text += other.text;
    }
}

/// A term, by its place among the terms of a vocabulary.
pub(super) type Term = u32;

/// The forms of words that occur, in order, and which of them are one term.
pub(super) struct Vocabulary {
    pub(super) forms: Vec<Box<str>>,
    /// By form: its term. Terms are in the order of their first forms.
    pub(super) term_of: Vec<Term>,
    /// How many terms there are.
    pub(super) terms: usize,
    /// By form: the word of names that it is.
    pub(super) names: Vec<NameWord>,
}

/// How much a part of a page has of each term, and how long it is.
#[derive(Default)]
pub(super) struct Counts {
    /// Terms in order.
    pub(super) terms: Vec<(Term, Weight)>,
    /// The weighted number of the words of its text, without those that say nothing.
    pub(super) length: f32,
}

/// The words of all pages.
pub(super) struct Collection {
    pub(super) vocabulary: Vocabulary,
    /// By part, in the order of pages.
    pub(super) parts: Vec<Counts>,
}

/// How many pages are read in one go; small enough for all threads to have work, large enough to share words.
const CHUNK: usize = 256;

impl Collection {
    pub(super) fn new(pages: &[Page<'_>], language: &Language, synonyms: &Synonyms) -> Self {
        let chunks: Vec<Chunk<'_>> =
            pages.par_chunks(CHUNK).map(|pages| Chunk::new(pages, language, synonyms)).collect();
        let vocabulary = Vocabulary::new(&chunks, language, synonyms);
        let term_of = vocabulary.by_form();
        let parts = chunks.into_par_iter().flat_map_iter(|chunk| chunk.counts(&term_of)).collect();
        drop(term_of);
        Self { vocabulary, parts }
    }
}

impl Vocabulary {
    fn new(chunks: &[Chunk<'_>], language: &Language, synonyms: &Synonyms) -> Self {
        let known: FxHashSet<&str> = chunks.iter().flat_map(|chunk| &chunk.forms).map(AsRef::as_ref).collect();
        let mut forms: Vec<Box<str>> = known.into_iter().map(Into::into).collect();
        forms.extend((0..synonyms.concepts).map(|concept| concept_form(concept).into_boxed_str()));
        forms.par_sort_unstable_by(|a, b| format::order(a, b));
        let stems: Vec<_> = forms.par_iter().map(|form| language.stem(form)).collect();
        let mut by_stem: FxHashMap<&str, Term> = FxHashMap::default();
        let term = |stem| {
            let next = by_stem.len() as Term;
            *by_stem.entry(stem).or_insert(next)
        };
        let term_of = stems.iter().map(AsRef::as_ref).map(term).collect();
        let names = stems.iter().map(|stem| synonyms.word(stem)).collect();
        let terms = by_stem.len();
        drop(stems);
        Self { forms, term_of, terms, names }
    }

    /// The term of each form.
    fn by_form(&self) -> FxHashMap<&str, Term> {
        self.forms.iter().map(AsRef::as_ref).zip(self.term_of.iter().copied()).collect()
    }
}

/// The form under which a concept stands in the dictionary.
pub(super) fn concept_form(concept: usize) -> String {
    format!("{}{concept}", format::CONCEPT)
}

/// What is counted of a part: forms of the chunk, concepts, and the length of the text.
struct Counted {
    forms: Vec<(u32, Weight)>,
    concepts: Vec<(usize, Weight)>,
    length: f32,
}

/// Some pages' words, by forms of their own.
struct Chunk<'a> {
    forms: Vec<Box<str>>,
    by_form: FxHashMap<Box<str>, u32>,
    /// By form: the word of names that it is, and whether it says nothing.
    traits: Vec<(NameWord, bool)>,
    parts: Vec<Counted>,
    language: &'a Language,
    synonyms: &'a Synonyms,
    /// What is counted of the part at hand, by form; and the forms that are.
    counts: Vec<Weight>,
    touched: Vec<u32>,
    concepts: Vec<(usize, Weight)>,
    length: f32,
    /// The forms of the field at hand.
    stream: Vec<u32>,
}

impl<'a> Chunk<'a> {
    fn new(pages: &[Page<'_>], language: &'a Language, synonyms: &'a Synonyms) -> Self {
        let mut chunk = Self {
            forms: Vec::new(),
            by_form: FxHashMap::default(),
            traits: Vec::new(),
            parts: Vec::new(),
            language,
            synonyms,
            counts: Vec::new(),
            touched: Vec::new(),
            concepts: Vec::new(),
            length: 0.0,
            stream: Vec::new(),
        };
        for page in pages {
            for (place, part) in page.parts.iter().enumerate() {
                chunk.part(page, part, place == 0);
            }
        }
        chunk
    }

    /// Counts a part; the first of a page has the page's names too.
    fn part(&mut self, page: &Page<'_>, part: &Part, is_first: bool) {
        if is_first {
            self.field(&page.entry.title, TITLE);
            self.field(&page.entry.summary, TEXT);
            self.field(&page.tags, TAG);
        }
        for section in &part.sections {
            if !section.continues {
                self.field(&section.heading, HEADING);
            }
            self.field(&section.text, TEXT);
        }
        self.touched.sort_unstable();
        let counts = &mut self.counts;
        let count = |form: u32| (form, counts.get_mut(form as usize).map(std::mem::take).unwrap_or_default());
        let forms = self.touched.drain(..).map(count).collect();
        let (concepts, length) = (std::mem::take(&mut self.concepts), std::mem::take(&mut self.length));
        self.parts.push(Counted { forms, concepts, length });
    }

    fn field(&mut self, text: &str, weight: Weight) {
        let mut stream = std::mem::take(&mut self.stream);
        words::each(text, |word, before| {
            let form = self.form(word);
            stream.push(form);
            self.count(form, weight);
            if !self.traits.get(form as usize).is_some_and(|(_, says_nothing)| *says_nothing) {
                self.length += weight.text;
            }
            // What a hyphen joins is also one word: well-being is wellbeing.
            if let Some(before) = before.filter(|before| before.len() + word.len() <= words::LONGEST) {
                let joined = self.form(&format!("{before}{word}"));
                self.count(joined, weight);
            }
        });
        self.name_concepts(&stream, weight);
        stream.clear();
        self.stream = stream;
    }

    fn name_concepts(&mut self, stream: &[u32], weight: Weight) {
        let word = |form: &u32| self.traits.get(*form as usize).map_or(NO_NAME, |(word, _)| *word);
        let mut place = 0;
        while let Some(rest) = stream.get(place..).filter(|rest| !rest.is_empty()) {
            let is_name = rest.first().is_some_and(|form| word(form) != NO_NAME);
            match is_name.then(|| self.synonyms.starting(rest.iter().map(word))).flatten() {
                Some((length, concept)) => {
                    self.concepts.push((concept, weight));
                    place += length;
                }
                None => place += 1,
            }
        }
    }

    fn form(&mut self, word: &str) -> u32 {
        if let Some(form) = self.by_form.get(word) {
            return *form;
        }
        let form = self.forms.len() as u32;
        self.forms.push(word.into());
        self.by_form.insert(word.into(), form);
        let says_nothing = self.language.stop_words.binary_search(&word).is_ok();
        self.traits.push((self.synonyms.word(&self.language.stem(word)), says_nothing));
        self.counts.push(Weight::default());
        form
    }

    fn count(&mut self, form: u32, weight: Weight) {
        if let Some(count) = self.counts.get_mut(form as usize) {
            if *count == Weight::default() {
                self.touched.push(form);
            }
            *count += weight;
        }
    }

    /// The counts by the terms of all pages.
    fn counts(self, term_of: &FxHashMap<&str, Term>) -> impl Iterator<Item = Counts> {
        let term = |form: &str| term_of.get(form).copied();
        let terms: Vec<Option<Term>> = self.forms.iter().map(|form| term(form)).collect();
        let concepts: Vec<Option<Term>> =
            (0..self.synonyms.concepts).map(|concept| term(&concept_form(concept))).collect();
        self.parts.into_iter().map(move |Counted { forms, concepts: named, length }| {
            let of_forms = forms.into_iter().map(|(form, count)| (terms.get(form as usize).copied().flatten(), count));
            let of_concepts =
                named.into_iter().map(|(concept, count)| (concepts.get(concept).copied().flatten(), count));
            let mut counts: Vec<(Term, Weight)> =
                of_forms.chain(of_concepts).filter_map(|(term, count)| Some((term?, count))).collect();
            counts.sort_unstable_by_key(|(term, _)| *term);
            counts.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
            Counts { terms: counts, length }
        })
    }
}
