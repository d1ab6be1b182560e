//! Words and phrases that there is something to say of, and finding them in a text.

use super::words::{Token, tokens};
use crate::{
    diagnostic::Code,
    model::{Better, Register, Wording, cell_values},
};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many bytes of a word that stands for all with its beginning are looked up.
const STEM: usize = 4;

/// The words of one language that there is something to say of.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// Phrases by their first word.
    phrases: FxHashMap<String, Vec<Phrase>>,
    /// Beginnings of words by their first bytes.
    stems: FxHashMap<[u8; STEM], Vec<Stem>>,
    advice: Vec<Advice>,
}

/// What there is to say of a word.
#[derive(Debug)]
pub(super) struct Advice {
    pub code: Code,
    pub say: Vec<String>,
    pub why: String,
    /// The words of phrases, small: without one of them on the page something else is meant.
    with: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Phrase {
    /// The words after the first, small, each with what stands before it.
    rest: Vec<(String, String)>,
    /// All words as they are written, where that matters.
    exact: Option<Vec<String>>,
    says: Says,
}

/// What a phrase means for the words in it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Says {
    /// There is something to say of it.
    Advice(usize),
    /// None of its words is meant.
    Free,
    /// Nor is it what there is something to say of, here or elsewhere on the page.
    Frees(usize),
}

#[derive(Debug)]
struct Stem {
    beginning: String,
    instead: String,
    advice: usize,
}

/// What is found in a text.
#[derive(Debug, Default)]
pub(super) struct Findings<'a> {
    pub found: Vec<Found<'a>>,
    /// The advice that phrases with another meaning take back for the whole page.
    pub freed: Vec<usize>,
}

/// Something found: where, how long, and what there is to say of it.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// The places of its tokens.
    pub tokens: Range<usize>,
    pub advice: &'a Advice,
    /// The number of the advice.
    pub number: usize,
    /// What a program can put there instead, where there is one thing to say.
    pub instead: Option<String>,
}

impl Advice {
    /// What to say instead, or to do: that stands in brackets in the list.
    pub fn in_words(&self) -> String {
        let told = |say: &&String| say.starts_with('(');
        let words: Vec<String> = self.say.iter().filter(|say| !told(say)).map(|say| format!("“{say}”")).collect();
        let told = self.say.iter().filter(told).map(|say| cased(say.trim_matches(['(', ')']), words.is_empty()));
        let told: Vec<String> = told.collect();
        match (words.is_empty(), told.is_empty()) {
            (false, false) => format!("Write {}, or {}.", words.join(" or "), told.join(", or ")),
            (false, true) => format!("Write {}.", words.join(" or ")),
            _ => format!("{}.", told.join(", or ")),
        }
    }
}

impl Dictionary {
    /// What the advice on a language and the glossaries of a library say. Names of several words in a glossary are
    /// official: what is part of one stays.
    pub fn new<'a>(wording: &Wording, glossaries: impl IntoIterator<Item = &'a Register>, language: &str) -> Self {
        let mut dictionary = Self::default();
        for (code, list) in [
            (Code::BritishSpelling, &wording.spelling),
            (Code::PlainEnglish, &wording.plain),
            (Code::CareLanguage, &wording.care),
        ] {
            list.iter().for_each(|better| dictionary.add(code, better));
        }
        for term in glossaries.into_iter().flat_map(|register| &register.terms) {
            let label = term.labels.get(language);
            for name in [label].into_iter().chain(term.synonyms.iter().map(String::as_str)) {
                dictionary.free(name);
            }
            if let Some(say) = term.columns.get(SAY) {
                let say = cell_values(say).map(str::to_owned).collect();
                let why = term.description.get(language).to_owned();
                let better = Better { words: vec![term.id.clone()], say, why, ..Better::default() };
                dictionary.add(Code::CareLanguage, &better);
            }
        }
        dictionary
    }

    fn add(&mut self, code: Code, better: &Better) {
        let Better { words, say, why, unless, with } = better;
        let small = |phrase: &String| tokens(phrase).iter().map(|token| token.small(phrase).into_owned()).collect();
        let advice = (!say.is_empty()).then(|| {
            let with = with.iter().map(small).collect();
            self.advice.push(Advice { code, say: say.clone(), why: why.clone(), with });
            self.advice.len() - 1
        });
        for word in words {
            match (word.strip_suffix('*').map(str::to_lowercase), advice) {
                (Some(beginning), Some(advice)) => {
                    let instead = say.first().map(|say| say.trim_end_matches('*').to_owned()).unwrap_or_default();
                    let key = beginning.as_bytes().first_chunk::<STEM>().copied().unwrap_or_default();
                    self.stems.entry(key).or_default().push(Stem { beginning, instead, advice });
                }
                _ => self.phrase(word, advice.map_or(Says::Free, Says::Advice)),
            }
        }
        let meaning = advice.map_or(Says::Free, Says::Frees);
        unless.iter().for_each(|phrase| self.phrase(phrase, meaning));
    }

    fn phrase(&mut self, phrase: &str, says: Says) {
        let words = tokens(phrase);
        let Some(first) = words.first().map(|token| token.small(phrase).into_owned()) else { return };
        let gaps = words.iter().zip(words.iter().skip(1)).map(|(left, right)| gap(phrase, left, right).to_owned());
        let rest = gaps.zip(words.iter().skip(1).map(|token| token.small(phrase).into_owned())).collect();
        let exact = phrase.contains(char::is_uppercase) && matches!(says, Says::Advice(_));
        let exact = exact.then(|| words.iter().map(|token| token.of(phrase).to_owned()).collect());
        // What is said last counts, so it is looked at first.
        self.phrases.entry(first).or_default().insert(0, Phrase { rest, exact, says });
    }

    /// A phrase in which no word is meant. Of one word it would be no more than that word.
    fn free(&mut self, phrase: &str) {
        if tokens(phrase).len() > 1 {
            self.phrase(phrase, Says::Free);
        }
    }

    /// True where there is something to say of this word, written like this.
    pub fn advises_on(&self, word: &str) -> bool {
        let phrases = self.phrases.get(&word.to_lowercase()).map(Vec::as_slice).unwrap_or_default();
        let is_it = |phrase: &&Phrase| {
            phrase.rest.is_empty()
                && phrase.exact.as_deref().is_none_or(|exact| exact.iter().all(|wanted| wanted == word))
        };
        phrases.iter().find(is_it).is_some_and(|phrase| matches!(phrase.says, Says::Advice(_)))
    }

    /// True where a page of these texts means by a word what there is advice on.
    pub fn is_meant<'w>(&self, advice: usize, mut page: impl Iterator<Item = (&'w str, &'w [Token])>) -> bool {
        let with = self.advice.get(advice).map(|advice| advice.with.as_slice()).unwrap_or_default();
        let is_there = |words: &str, tokens: &[Token], phrase: &Vec<String>| {
            let same = |(wanted, token): (&String, &Token)| {
                let small = token.small(words);
                small == wanted.as_str() || small.strip_suffix("'s") == Some(wanted.as_str())
            };
            tokens.windows(phrase.len().max(1)).any(|window| phrase.iter().zip(window).all(same))
        };
        with.is_empty() || page.any(|(words, tokens)| with.iter().any(|phrase| is_there(words, tokens, phrase)))
    }

    /// What is found in a text, in order. The longest phrase counts, and no word is part of two.
    pub fn find<'a>(&'a self, words: &str, tokens: &[Token]) -> Findings<'a> {
        let mut findings = Findings::default();
        let mut next = 0;
        while let Some(token) = tokens.get(next) {
            let (length, says, instead) = self.at(words, tokens.get(next..).unwrap_or_default(), token);
            match says {
                Says::Advice(number) => {
                    let is_common = is_common(words, tokens, next..next + length);
                    let found = self.advice.get(number).filter(|_| is_common);
                    let place = next..next + length;
                    findings.found.extend(found.map(|advice| Found { tokens: place, advice, number, instead }));
                }
                Says::Frees(number) => findings.freed.push(number),
                Says::Free => {}
            }
            next += length.max(1);
        }
        findings
    }

    /// How many words belong to what begins here, what it means, and what can stand there instead.
    fn at(&self, words: &str, tokens: &[Token], token: &Token) -> (usize, Says, Option<String>) {
        let own = token.small(words);
        let bare = own.strip_suffix("'s").unwrap_or(&own);
        let fits = |phrase: &&Phrase| {
            let pairs = tokens.iter().zip(tokens.iter().skip(1));
            let is_any = !matches!(phrase.says, Says::Advice(_));
            let last = phrase.rest.len();
            let mut rest = phrase.rest.iter().zip(pairs).enumerate();
            tokens.len() > last
                && rest.all(|(index, ((between, wanted), (before, token)))| {
                    let small = token.small(words);
                    // No phrase goes on behind a genitive that is not its own.
                    let same = small == wanted.as_str()
                        || index + 1 == last && small.strip_suffix("'s").is_some_and(|small| small == wanted);
                    same && (is_any || joins(gap(words, before, token), between))
                })
                && phrase.exact.as_ref().is_none_or(|exact| {
                    exact
                        .iter()
                        .zip(tokens)
                        .all(|(wanted, token)| token.of(words) == wanted || token.bare(words) == wanted)
                })
        };
        let listed = |word: &str| self.phrases.get(word).map(Vec::as_slice).unwrap_or_default();
        let genitive = if bare == own { &[] } else { listed(bare) };
        let phrases = listed(&own).iter().chain(genitive.iter().filter(|phrase| phrase.rest.is_empty()));
        // Of several that are as long the first counts.
        let longest = phrases.filter(fits).rev().max_by_key(|phrase| phrase.rest.len());
        if let Some(phrase) = longest {
            let advice = match phrase.says {
                Says::Advice(number) => self.advice.get(number),
                _ => None,
            };
            let written = tokens.get(..=phrase.rest.len()).unwrap_or_default();
            let is_loud = phrase.exact.is_none() && written.iter().all(|token| token.capitals);
            let instead = advice.and_then(|advice| match advice.say.as_slice() {
                [one] if advice.code == Code::CareLanguage || one.starts_with('(') => None,
                [one] if is_loud => Some(one.to_uppercase()),
                [one] => Some(cased(one, token.capital)),
                _ => None,
            });
            return (1 + phrase.rest.len(), phrase.says, instead);
        }
        let key = bare.as_bytes().first_chunk::<STEM>();
        let stems = key.and_then(|key| self.stems.get(key)).map(Vec::as_slice).unwrap_or_default();
        let stem =
            stems.iter().filter(|stem| bare.starts_with(&stem.beginning)).max_by_key(|stem| stem.beginning.len());
        let Some(stem) = stem else { return (1, Says::Free, None) };
        // What follows the beginning stays as it is written, capitals and all.
        let written = token.bare(words);
        let rest = bare.get(stem.beginning.len()..).unwrap_or_default();
        let (head, rest) = written.split_at_checked(stem.beginning.len()).unwrap_or((written, rest));
        let is_loud = head.len() > 1 && !head.contains(char::is_lowercase);
        let beginning = if is_loud { stem.instead.to_uppercase() } else { cased(&stem.instead, token.capital) };
        (1, Says::Advice(stem.advice), Some(format!("{beginning}{rest}")))
    }
}

/// What stands between two words.
fn gap<'a>(words: &'a str, left: &Token, right: &Token) -> &'a str {
    words.get(left.end..right.start).unwrap_or_default()
}

/// True where two words belong to one phrase: nothing but space or a hyphen parts them, or what the list has there. A
/// hyphen of the list has to be there: a drop-out is a word, and to drop out are two.
fn joins(gap: &str, listed: &str) -> bool {
    let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}');
    let is_wanted = !listed.contains(is_hyphen) || gap.contains(is_hyphen);
    gap == listed || is_wanted && gap.chars().all(|c| c.is_whitespace() || is_hyphen(c))
}

/// The column of a glossary that says what to write instead of a term.
const SAY: &str = "say";

fn cased(word: &str, capital: bool) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// False for what is written like an official name: with a capital where a sentence does not begin, or before another
/// word with one.
fn is_common(words: &str, tokens: &[Token], place: Range<usize>) -> bool {
    let Some((first, rest)) = tokens.get(place.clone()).and_then(<[Token]>::split_first) else { return false };
    if first.capitals || rest.iter().any(|token| token.capitals) {
        // Short forms are listed as they are written; what is shouted is meant all the same.
        return true;
    }
    if rest.iter().any(|token| token.capital) {
        return false;
    }
    if !first.capital {
        return true;
    }
    let before = words.get(..first.start).unwrap_or_default().trim_end_matches(['“', '‘', '"', '\'', '(', '[', ' ']);
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '…', '\n', '–', '•']);
    let is_name = |token: &Token| token.capital && !token.capitals && token.of(words).len() > 1;
    let joined = tokens.get(place.end).is_some_and(|next| {
        let between = words.get(tokens.get(place.end - 1).map_or(0, |last| last.end)..next.start);
        is_name(next) && between.is_some_and(|between| between == " ")
    });
    begins && !joined
}
