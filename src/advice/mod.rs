//! Advice on language: what a good editor would say of a page, by the lists that the theme and the library keep.
//!
//! Nothing here is an error by itself, and nothing is said of the words of others: quotations, code, official names, and
//! pages and fields that repeat a document word for word.

mod abbreviations;
mod addresses;
mod block;
mod contacts;
mod dictionary;
mod figures;
mod html;
mod people;
mod prose;
mod running;
mod sentences;
mod shapes;
mod silence;
mod words;

pub use figures::Figures;
pub use silence::{Silence, silences};

use crate::{
    diagnostic::{Code, Diagnostic, Fix},
    model::{Entry, Field, FieldType, People, Register, Registers, Span, Theme, Wording},
};
use block::Block;
use dictionary::{Dictionary, Findings, Found};
use people::Marks;
use prose::blocks;
use rustc_hash::FxHashSet;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};
use words::{Token, tokens};

/// What advice needs of a theme and of registers, made ready once for all pages.
#[derive(Debug, Default)]
pub struct Adviser {
    theme: Arc<Theme>,
    languages: BTreeMap<String, Language>,
    /// What is said of languages that have no lists, by the words of all that have.
    other: OnceLock<Language>,
    /// The words that names of terms begin with: of councils, of subjects.
    places: FxHashSet<String>,
}

/// Advice on one language, ready for use.
#[derive(Debug, Default)]
struct Language {
    wording: Wording,
    stops: Vec<String>,
    known: BTreeSet<String>,
    picture_names: BTreeSet<String>,
    dictionary: Dictionary,
    marks: Marks,
}

impl Adviser {
    /// The advice that a theme has, with what the glossaries of a library say: registers that no field names.
    pub fn new(theme: Arc<Theme>, registers: &Registers) -> Self {
        let mut named = BTreeSet::new();
        theme.kinds.iter().flat_map(|kind| &kind.fields).for_each(|field| note(field, &mut named));
        let (lists, glossaries): (Vec<&Register>, Vec<&Register>) =
            registers.values().partition(|register| named.contains(register.name.as_str()));
        let words = |register: &&Register| {
            let labels = register.terms.iter().flat_map(|term| term.labels.all());
            labels.filter_map(|label| label.split_whitespace().next()).map(str::to_owned).collect::<Vec<_>>()
        };
        let languages = theme.advice.iter().map(|(code, wording)| {
            let mut wording = wording.clone();
            if wording.people == People::default() {
                wording.people = everybody(&theme);
            }
            (code.clone(), Language::new(wording, code, &glossaries))
        });
        let (languages, places) = (languages.collect(), lists.iter().flat_map(words).collect());
        Self { languages, places, theme, other: OnceLock::new() }
    }

    /// True for a word that the name of a term begins with.
    fn is_place(&self, name: &str) -> bool {
        self.places.contains(name)
    }

    /// What there is to say of the words of an entry.
    pub fn advise(&self, entry: &Entry) -> Vec<Diagnostic> {
        let other = || Language { marks: Marks::new(&everybody(&self.theme)), ..Language::default() };
        let language = self.language(entry).unwrap_or_else(|| self.other.get_or_init(other));
        Look { adviser: self, language, entry, diagnostics: Vec::new() }.all()
    }

    /// The advice on the language of an entry.
    fn language(&self, entry: &Entry) -> Option<&Language> {
        let main = entry.language.split(['-', '_']).next().unwrap_or_default();
        self.languages.get(&entry.language).or_else(|| self.languages.get(main))
    }
}

/// The words of all languages that tell of certain people: a page in a language without lists has names and numbers too.
fn everybody(theme: &Theme) -> People {
    let mut all = People::default();
    theme.advice.values().for_each(|wording| all.add(wording.people.clone()));
    all
}

/// True for what advice alone may say.
pub fn is_advice(code: Code) -> bool {
    (FIRST..LAST).contains(&code.rule().number)
}

/// The numbers of the rules on language in the catalogue, and the first behind them.
const FIRST: u16 = 1001;
const LAST: u16 = 1009;

/// Notes the registers that a field names.
fn note<'a>(field: &'a Field, named: &mut BTreeSet<&'a str>) {
    match &field.field_type {
        FieldType::Reference(register) => {
            named.insert(register);
        }
        FieldType::Group(inner) => inner.iter().for_each(|field| note(field, named)),
        _ => {}
    }
}

impl Language {
    fn new(wording: Wording, code: &str, glossaries: &[&Register]) -> Self {
        let mut known = wording.known.clone();
        for term in glossaries.iter().flat_map(|register| &register.terms) {
            known.insert(term.id.clone());
            known.extend(term.synonyms.iter().cloned());
        }
        Self {
            stops: wording.stops.iter().map(|stop| stop.to_lowercase()).collect(),
            known,
            picture_names: wording.picture_names.iter().map(|name| name.to_lowercase()).collect(),
            dictionary: Dictionary::new(&wording, glossaries.iter().copied(), code),
            marks: Marks::new(&wording.people),
            wording,
        }
    }
}

/// A look over one page.
struct Look<'a> {
    adviser: &'a Adviser,
    language: &'a Language,
    entry: &'a Entry,
    diagnostics: Vec<Diagnostic>,
}

impl Look<'_> {
    fn all(mut self) -> Vec<Diagnostic> {
        let blocks: Vec<(Block<'_>, Vec<Token>)> = blocks(self.entry, &self.adviser.theme)
            .into_iter()
            .map(|block| {
                let tokens = tokens(&block.words);
                (block, tokens)
            })
            .collect();
        // Whoever they are quoted from, people are to be protected.
        self.people(&blocks);
        if self.entry.says(VERBATIM) == Some(true) {
            return self.diagnostics;
        }
        let own: Vec<&(Block<'_>, Vec<Token>)> = blocks.iter().filter(|(block, _)| !block.quoted).collect();
        let language = self.language;
        let findings = own.iter().map(|(block, tokens)| language.dictionary.find(&block.words, tokens));
        let findings: Vec<Findings<'_>> = findings.collect();
        let mut freed: FxHashSet<usize> = findings.iter().flat_map(|findings| findings.freed.iter().copied()).collect();
        let page = || blocks.iter().map(|(block, tokens)| (block.words.as_str(), tokens.as_slice()));
        let numbers: BTreeSet<usize> = findings.iter().flat_map(|all| &all.found).map(|found| found.number).collect();
        freed.extend(numbers.into_iter().filter(|number| !language.dictionary.is_meant(*number, page())));
        for ((block, tokens), findings) in own.into_iter().zip(findings) {
            let found = findings.found.into_iter().filter(|found| !freed.contains(&found.number));
            self.block(block, tokens, found);
        }
        self.abbreviations(&blocks);
        self.tables();
        self.pictures();
        self.link_words();
        self.diagnostics
    }

    fn block<'a>(&mut self, block: &Block<'_>, tokens: &[Token], found: impl Iterator<Item = Found<'a>>) {
        let quotations = sentences::quotations(&block.words);
        if let Some(most) = self.language.wording.longest_sentence.filter(|most| tokens.len() > *most) {
            for sentence in sentences::sentences(&block.words, &self.language.stops, &quotations) {
                if sentence.words > most {
                    let message = format!("This sentence has {} words", sentence.words);
                    let help =
                        format!("Make two sentences of it, or a list: more than {most} words are hard to follow.");
                    let place = block.place(self.entry, sentence.place);
                    self.report(Code::LongSentence, place, message, help);
                }
            }
        }
        for found in found {
            let Some(first) = tokens.get(found.tokens.start) else { continue };
            let last = tokens.get(found.tokens.end - 1).unwrap_or(first);
            let end = last.start + last.bare(&block.words).len();
            let is_own = !sentences::is_within(&quotations, first.start);
            if is_own && !addresses::is_in_address(&block.words, first.start) {
                self.word(block, first.start..end, found);
            }
        }
    }

    /// Says what to write instead of a word, and mends it where there is nothing to decide.
    fn word(&mut self, block: &Block<'_>, part: std::ops::Range<usize>, found: Found<'_>) {
        let written = block.words.get(part.clone()).unwrap_or_default().to_owned();
        let Found { advice, instead, .. } = found;
        let message = match advice.code {
            Code::BritishSpelling => format!("“{written}” is the American spelling"),
            Code::PlainEnglish => format!("There are plainer words than “{written}”"),
            _ => format!("“{written}” is not how we speak of children and young people"),
        };
        let say = instead.as_ref().map_or_else(|| advice.in_words(), |instead| format!("Write “{instead}”."));
        let why = if advice.why.is_empty() { String::new() } else { format!(" {}", advice.why) };
        let is_free = block.is_free(&part);
        let place = block.place(self.entry, part);
        self.report(advice.code, place, message, format!("{say}{why}"));
        // Where it can't be told to the byte, the place is a whole value.
        let is_exact = place.of(&self.entry.source.text) == written;
        if let (Some(instead), true, Some(fault)) = (instead, is_exact && is_free, self.diagnostics.last_mut()) {
            fault.fix = Some(Fix::of(format!("Replace with “{instead}”"), &self.entry.source.path, place, instead));
        }
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(&self.entry.source.path, span).help(help));
    }

    fn report_beside(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
        (beside, words): (Span, &str),
    ) {
        let path = &self.entry.source.path;
        let fault = Diagnostic::new(code, message).at(path, span).help(help);
        self.diagnostics.push(fault.related(path, beside, words));
    }
}

/// The field that says that a page repeats another document's own words.
const VERBATIM: &str = "verbatim";
