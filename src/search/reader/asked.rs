//! What a question asks for.

use super::{
    dictionary::Term,
    places::{Word, length, placed},
    root::Root,
};
use std::rc::Rc;

/// More words than these are not looked for.
pub(super) const MOST_WORDS: usize = 64;

/// What is asked for: words, phrases, and what is not wanted.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) words: Vec<Word>,
    pub(super) phrases: Vec<Vec<String>>,
    pub(super) without: Vec<Without>,
    /// The place of the word that may be a beginning: the last, where nothing stands after it.
    pub(super) open: Option<usize>,
}

/// Words that a page may not have.
#[derive(Debug)]
pub(super) struct Without {
    pub(super) forms: Vec<String>,
    /// True where they may not stand together.
    pub(super) exact: bool,
}

/// What has to be found: a form of the dictionary, with what may stand for it.
pub(super) struct Clause {
    pub(super) form: String,
    /// Other ways to write it.
    pub(super) also: Vec<String>,
    /// How often it was asked for.
    pub(super) times: u32,
    /// The place of the word that it is, where it is one of the question's own.
    pub(super) word: Option<usize>,
    /// The terms that it may mean; filled in later.
    pub(super) terms: Vec<Rc<Term>>,
}

/// A piece of a question: a run without spaces, or what stands in quotation marks.
struct Piece<'a> {
    text: &'a str,
    /// Where it starts, in bytes.
    start: usize,
    is_phrase: bool,
    excluded: bool,
}

impl Asked {
    pub(super) fn new(text: &str) -> Self {
        let mut asked = Self::default();
        let mut room = MOST_WORDS;
        let mut at = 0;
        while let Some(piece) = piece(text, &mut at) {
            let mut found = placed(piece.text);
            found.truncate(room);
            room -= found.len();
            let forms = |found: Vec<Word>| found.into_iter().map(|word| word.form).collect();
            if found.is_empty() {
                continue;
            }
            if piece.excluded {
                asked.without.push(Without { forms: forms(found), exact: piece.is_phrase });
            } else if piece.is_phrase {
                asked.phrases.push(forms(found));
            } else {
                let units = length(text.get(..piece.start).unwrap_or_default());
                let moved = |word: Word| Word { start: word.start + units, end: word.end + units, ..word };
                asked.words.extend(found.into_iter().map(moved));
            }
        }
        let last = asked.words.last().filter(|word| word.end == length(text));
        asked.open = last.map(|_| asked.words.len() - 1);
        asked
    }

    /// What has to be found. Names of a concept are asked for by the concept; words that say nothing only where there
    /// are no others.
    pub(super) fn clauses(&self, root: &Root) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut place = 0;
        while let Some(word) = self.words.get(place) {
            let forms = self.words.iter().skip(place).map(|word| word.form.as_str());
            if let Some(name) = root.name_at(forms) {
                add(&mut clauses, &name.form, None);
                place += name.length;
                continue;
            }
            // Well-being is also wellbeing: either half stands for the whole.
            let before = place.checked_sub(1).and_then(|before| self.words.get(before)).filter(|_| word.joined);
            let after = self.words.get(place + 1).filter(|after| after.joined);
            let joined = [before.map(|before| (before, word)), after.map(|after| (word, after))];
            let joined = joined.into_iter().flatten().map(|(a, b)| format!("{}{}", a.form, b.form));
            if let Some(clause) = add(&mut clauses, &word.form, Some(place)) {
                for form in joined {
                    if !clause.also.contains(&form) {
                        clause.also.push(form);
                    }
                }
            }
            place += 1;
        }
        for form in self.phrases.iter().flatten() {
            add(&mut clauses, form, None);
        }
        let tells = |clause: &Clause| !root.stop.contains(&clause.form);
        if clauses.iter().any(tells) {
            clauses.retain(tells);
        }
        clauses
    }
}

/// Counts a form among the clauses.
fn add<'a>(clauses: &'a mut Vec<Clause>, form: &str, word: Option<usize>) -> Option<&'a mut Clause> {
    let place = clauses.iter().position(|clause| clause.form == form).unwrap_or(clauses.len());
    if place == clauses.len() {
        clauses.push(Clause { form: form.to_owned(), also: Vec::new(), times: 0, word, terms: Vec::new() });
    }
    let clause = clauses.get_mut(place)?;
    clause.times += 1;
    Some(clause)
}

/// The next piece of a question from the place `at` on, which moves behind it.
fn piece<'a>(text: &'a str, at: &mut usize) -> Option<Piece<'a>> {
    let rest = text.get(*at..)?;
    let start = *at + rest.find(|c| !is_space(c))?;
    let rest = text.get(start..)?;
    let after_space = text.get(..start)?.chars().next_back().is_none_or(is_space);
    let unsigned = rest.strip_prefix('-');
    let quoted = unsigned.unwrap_or(rest).strip_prefix(is_quote).filter(|_| after_space);
    if let Some(quoted) = quoted {
        let phrase = quoted.split(is_quote).next().unwrap_or_default();
        let closed = quoted.get(phrase.len()..)?.chars().next().map_or(0, char::len_utf8);
        *at = text.len() - quoted.len() + phrase.len() + closed;
        return Some(Piece { text: phrase, start, is_phrase: true, excluded: unsigned.is_some() });
    }
    let first = rest.chars().next()?.len_utf8();
    let ends = |c: char| is_quote(c) || is_space(c);
    let end = rest.get(first..)?.find(ends).map_or(rest.len(), |end| first + end);
    let run = rest.get(..end)?;
    *at = start + end;
    let excluded = run.strip_prefix(['-', '\u{2212}']).is_some_and(|word| word.starts_with(char::is_alphanumeric));
    Some(Piece { text: run, start, is_phrase: false, excluded })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}')
}

/// What regular expressions in JavaScript take for a space (ECMA-262, WhiteSpace and LineTerminator).
fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}
