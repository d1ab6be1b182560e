//! The words of all pages: which there are, and how much each part of a page has of them.

use super::{
    super::{format, language::Language, words},
    page::{Page, Part},
    synonyms::{NO_NAME, NameWord, Synonyms},
};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// A word of the title or a tag counts as much as so many of a text of usual length, however long the page is.
const TITLE: Weight = Weight { name: 3, text: 0 };
const TAG: Weight = Weight { name: 2, text: 0 };
/// A word of a heading counts as much as so many of the text, and one of the summary as much as one.
const HEADING: Weight = Weight { name: 0, text: 2 };
const TEXT: Weight = Weight { name: 0, text: 1 };

/// What words are worth: those that name a page, and those of its text, which tell the less the more there are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    pub(super) name: u16,
    pub(super) text: u16,
}

impl std::ops::AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.name = self.name.saturating_add(other.name);
        self.text = self.text.saturating_add(other.text);
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

/// How many pages are read in one go: few enough for all threads to have work, and many, for they share their words.
const CHUNKS_A_THREAD: usize = 4;
const MOST_PAGES: usize = 2_048;

impl Collection {
    pub(super) fn new(pages: &[Page<'_>], language: &Language, synonyms: &Synonyms) -> Self {
        let size = pages.len().div_ceil(rayon::current_num_threads() * CHUNKS_A_THREAD).clamp(1, MOST_PAGES);
        let chunks: Vec<Chunk<'_>> =
            pages.par_chunks(size).map(|pages| Chunk::new(pages, language, synonyms)).collect();
        let vocabulary = Vocabulary::new(&chunks, language, synonyms);
        let term_of = vocabulary.by_form();
        let parts = chunks.into_par_iter().flat_map_iter(|chunk| chunk.counts(&term_of)).collect();
        drop(term_of);
        Self { vocabulary, parts }
    }
}

impl Vocabulary {
    fn new(chunks: &[Chunk<'_>], language: &Language, synonyms: &Synonyms) -> Self {
        let concepts: Vec<Box<str>> = (0..synonyms.concepts).map(|concept| concept_form(concept).into()).collect();
        let of_chunks = chunks.iter().flat_map(|chunk| &chunk.forms.of);
        let known: FxHashSet<&str> = of_chunks.chain(&concepts).map(AsRef::as_ref).collect();
        let mut forms: Vec<Box<str>> = known.into_iter().map(Into::into).collect();
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

/// Some pages' words, by forms of their own; the first are those of concepts.
struct Chunk<'a> {
    forms: Forms,
    /// By form.
    known: Vec<Known>,
    parts: Vec<Counts>,
    language: &'a Language,
    synonyms: &'a Synonyms,
    /// The forms that the part at hand has.
    touched: Vec<u32>,
    length: f32,
    /// The words of names in the field at hand.
    stream: Vec<NameWord>,
}

/// What is known of a form, and how much of it the part at hand has.
#[derive(Clone, Copy)]
struct Known {
    /// The word of names that it is.
    name: NameWord,
    says_nothing: bool,
    count: Weight,
}

impl<'a> Chunk<'a> {
    fn new(pages: &[Page<'_>], language: &'a Language, synonyms: &'a Synonyms) -> Self {
        let mut chunk = Self {
            forms: Forms::default(),
            known: Vec::new(),
            parts: Vec::with_capacity(pages.len()),
            language,
            synonyms,
            touched: Vec::new(),
            length: 0.0,
            stream: Vec::new(),
        };
        for concept in 0..synonyms.concepts {
            let form = concept_form(concept);
            chunk.forms.place(&form, words::start(&form));
            chunk.known.push(Known { name: NO_NAME, says_nothing: true, count: Weight::default() });
        }
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
        let known = &mut self.known;
        let mut take = |form: &u32| known.get_mut(*form as usize).map(|known| std::mem::take(&mut known.count));
        let terms = self.touched.iter().map(|form| (*form, take(form).unwrap_or_default())).collect();
        self.touched.clear();
        self.parts.push(Counts { terms, length: std::mem::take(&mut self.length) });
    }

    fn field(&mut self, text: &str, weight: Weight) {
        let mut is_named = false;
        let mut saying = 0_u32;
        words::each_with_start(text, |word, start, before| {
            let form = self.form(word, start);
            let Known { name, says_nothing, .. } = self.count(form, weight);
            is_named |= name != NO_NAME;
            self.stream.push(name);
            saying += u32::from(!says_nothing);
            // What a hyphen joins is also one word: well-being is wellbeing.
            if let Some(before) = before.filter(|before| before.len() + word.len() <= words::LONGEST) {
                let joined = format!("{before}{word}");
                let joined = self.form(&joined, words::start(&joined));
                self.count(joined, weight);
            }
        });
        self.length += f32::from(weight.text) * saying as f32;
        if is_named {
            self.name_concepts(weight);
        }
        self.stream.clear();
    }

    fn name_concepts(&mut self, weight: Weight) {
        let stream = std::mem::take(&mut self.stream);
        let mut place = 0;
        while let Some(rest) = stream.get(place..).filter(|rest| !rest.is_empty()) {
            let is_name = rest.first().is_some_and(|word| *word != NO_NAME);
            match is_name.then(|| self.synonyms.starting(rest.iter().copied())).flatten() {
                Some((length, concept)) => {
                    self.count(concept as u32, weight);
                    place += length;
                }
                None => place += 1,
            }
        }
        self.stream = stream;
    }

    fn form(&mut self, word: &str, start: u64) -> u32 {
        let form = self.forms.place(word, start);
        if form as usize == self.known.len() {
            let says_nothing = self.language.stop_words.binary_search(&word).is_ok();
            let name = self.synonyms.of_form(word, self.language);
            self.known.push(Known { name, says_nothing, count: Weight::default() });
        }
        form
    }

    /// Counts a form, and says what was known of it.
    fn count(&mut self, form: u32, weight: Weight) -> Known {
        let nothing = Known { name: NO_NAME, says_nothing: true, count: Weight::default() };
        let Some(known) = self.known.get_mut(form as usize) else { return nothing };
        let before = *known;
        if before.count == Weight::default() {
            self.touched.push(form);
        }
        known.count += weight;
        before
    }

    /// The counts by the terms of all pages.
    fn counts(self, term_of: &FxHashMap<&str, Term>) -> impl Iterator<Item = Counts> {
        let forms = self.forms.of.iter().map(|form| &**form);
        let terms: Vec<Term> = forms.map(|form| term_of.get(form).copied().unwrap_or_default()).collect();
        self.parts.into_iter().map(move |mut counts| {
            for (form, _) in &mut counts.terms {
                *form = terms.get(*form as usize).copied().unwrap_or_default();
            }
            counts.terms.sort_unstable_by_key(|(term, _)| *term);
            counts.terms.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
            counts
        })
    }
}

/// Forms by numbers in the order in which they are first seen.
#[derive(Default)]
struct Forms {
    of: Vec<Box<str>>,
    /// Those of up to 8 bytes, and of up to 16, by their bytes as a number, which is found sooner than a text. No form
    /// has a byte of 0, so no two are the same number.
    short: FxHashMap<u64, u32>,
    medium: FxHashMap<(u64, u64), u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl Forms {
    fn place(&mut self, text: &str, start: u64) -> u32 {
        let last = || text.as_bytes().last_chunk().map(|last| u64::from_le_bytes(*last)).unwrap_or_default();
        // The last bytes alone would not tell how many of them are the first ones too.
        let rest = || last() >> (8 * (16 - text.len()));
        let known = match text.len() {
            ..=8 => self.short.get(&start),
            9..=16 => self.medium.get(&(start, rest())),
            _ => self.long.get(text),
        };
        if let Some(place) = known {
            return *place;
        }
        let next = self.of.len() as u32;
        match text.len() {
            ..=8 => self.short.insert(start, next),
            9..=16 => self.medium.insert((start, rest()), next),
            _ => self.long.insert(text.into(), next),
        };
        self.of.push(text.into());
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        let letters = "aaaaaaaaaaaaaaaaaaaab";
        let all: Vec<&str> = (0..letters.len()).flat_map(|end| [&letters[..end], &letters[20 - end..]]).collect();
        let mut forms = Forms::default();
        let places: Vec<u32> = all.iter().map(|form| forms.place(form, words::start(form))).collect();
        let again: Vec<&str> = places.iter().map(|place| forms.of[*place as usize].as_ref()).collect();
        assert_eq!(again, all);
        assert_eq!(forms.of.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len());
    }
}
