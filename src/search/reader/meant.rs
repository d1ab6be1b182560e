//! Which terms a question means, and what a misspelt word was meant to be.

use super::{
    Index,
    asked::{Asked, Clause},
    dictionary::{Term, add_terms, files_of},
    places::Word,
};
use crate::search::format;
use std::{cmp::Reverse, collections::BTreeMap, rc::Rc};

/// A misspelt word may be one of so many.
const MOST_MEANT: usize = 4;

/// The clauses that mean something, and the question with its misspelt words set right.
pub(super) struct Meant {
    pub(super) clauses: Vec<Clause>,
    pub(super) corrected: Option<String>,
}

/// A form that is like a misspelt word.
struct Alike {
    form: String,
    away: usize,
    often: u8,
}

impl Index<'_> {
    /// The clauses with their terms, words that nothing has replaced by what was meant.
    pub(super) fn meant(&self, mut clauses: Vec<Clause>, asked: &Asked, text: &str) -> Result<Meant, String> {
        for clause in &mut clauses {
            let open = clause.word.is_some() && clause.word == asked.open;
            for form in [&clause.form].into_iter().chain(&clause.also) {
                add_terms(&mut clause.terms, self.terms(form, open)?);
            }
        }
        let is_missing = |clause: &Clause| clause.word.is_some() && clause.terms.is_empty();
        let missing: Vec<usize> =
            (0..clauses.len()).filter(|place| clauses.get(*place).is_some_and(is_missing)).collect();
        let mut changes: Vec<(&Word, String)> = Vec::new();
        for place in missing {
            let Some(clause) = clauses.get(place) else { continue };
            let word = clause.word.and_then(|word| asked.words.get(word));
            let best = self.best(&clauses, place)?;
            if let Some(((form, term), word)) = best.zip(word) {
                changes.push((word, form));
                clauses.get_mut(place).into_iter().for_each(|clause| clause.terms = vec![Rc::clone(&term)]);
            }
        }
        clauses.retain(|clause| !clause.terms.is_empty());
        Ok(Meant { clauses, corrected: corrected(text, changes) })
    }

    /// Of what the misspelt word of a clause may have meant, that which stands with the other words on the best page.
    fn best(&self, clauses: &[Clause], place: usize) -> Result<Option<(String, Rc<Term>)>, String> {
        let Some(clause) = clauses.get(place) else { return Ok(None) };
        let mut best: Option<(String, Rc<Term>, f64)> = None;
        for form in self.alike(&clause.form)? {
            for term in self.terms(&form, false)? {
                let others = clauses.iter().filter(|other| !other.terms.is_empty());
                let others = others.map(|other| (other.terms.as_slice(), other.times));
                let own = std::slice::from_ref(&term);
                let scored = self.scored(others.chain([(own, clause.times)]), false, false)?;
                let pages = term.own.postings().filter_map(|(part, _)| self.root.page(part));
                let score = pages.filter_map(|page| scored.scores.get(page)).fold(0.0, |most, score| score.max(most));
                if best.as_ref().is_none_or(|(.., known)| score > *known) {
                    best = Some((form.clone(), term, score));
                }
            }
        }
        Ok(best.map(|(form, term, _)| (form, term)))
    }

    /// The forms most like a misspelt word, the most frequent first.
    fn alike(&self, form: &str) -> Result<Vec<String>, String> {
        let letters = form.chars().count();
        if letters < 4 {
            return Ok(Vec::new());
        }
        let once = self.within(form, 1, (letters - 1) >> 1)?;
        if !once.is_empty() || letters < 8 { Ok(once) } else { self.within(form, 2, letters / 3) }
    }

    /// The forms at most `most` letters away that share so many with the word at its beginning or its end.
    fn within(&self, form: &str, most: usize, shared: usize) -> Result<Vec<String>, String> {
        let mut found: BTreeMap<String, Alike> = BTreeMap::new();
        for is_backward in [false, true] {
            let turned = |form: &str| if is_backward { form.chars().rev().collect() } else { form.to_owned() };
            let firsts = if is_backward { &self.root.ends } else { &self.root.starts };
            let word: String = turned(form);
            let units: Vec<u16> = word.encode_utf16().collect();
            let start: String = word.chars().take(shared).collect();
            for place in files_of(firsts, &start, MOST_MEANT) {
                let file = if is_backward { self.files.ends(place)? } else { self.files.starts(place)? };
                for known in file.iter().filter(|known| known.form.starts_with(&start)) {
                    let away = distance(&units, &known.form.encode_utf16().collect::<Vec<_>>(), most);
                    if away <= most {
                        let form = turned(&known.form);
                        found.insert(form.clone(), Alike { form, away, often: known.often });
                    }
                }
            }
        }
        let mut found: Vec<Alike> = found.into_values().collect();
        found.sort_by(|a, b| {
            (a.away, Reverse(a.often)).cmp(&(b.away, Reverse(b.often))).then_with(|| format::order(&a.form, &b.form))
        });
        let least = found.first().map(|alike| alike.away);
        let nearest = found.into_iter().filter(|alike| Some(alike.away) == least);
        Ok(nearest.take(MOST_MEANT).map(|alike| alike.form).collect())
    }
}

/// A question with other words in some places; `None` where nothing changes.
fn corrected(text: &str, mut changes: Vec<(&Word, String)>) -> Option<String> {
    if changes.is_empty() {
        return None;
    }
    changes.sort_by_key(|(word, _)| Reverse(word.start));
    let mut units: Vec<u16> = text.encode_utf16().collect();
    for (word, to) in changes {
        let rest = units.get(word.end..).unwrap_or_default().to_vec();
        units.truncate(word.start);
        units.extend(to.encode_utf16().chain(rest));
    }
    Some(String::from_utf16_lossy(&units))
}

/// How many letters are missing, added, wrong or swapped with the next: optimal string alignment; `most` + 1 at most.
pub(super) fn distance(a: &[u16], b: &[u16], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, own) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
        for (j, other) in b.iter().enumerate() {
            let changed = at(&last, j) + usize::from(own != other);
            let mut away = changed.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let is_swapped = i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(own);
            if is_swapped {
                away = away.min(at(&before, j - 1) + 1);
            }
            row.push(away);
        }
        if row.iter().all(|away| *away > most) {
            return most + 1;
        }
        (before, last) = (last, row);
    }
    last.last().copied().unwrap_or_default()
}
