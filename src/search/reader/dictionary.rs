//! The dictionary: forms, terms, and where these stand.

use super::{
    super::format::{self, Bytes},
    Index,
};
use std::{
    cell::OnceCell,
    cmp::{Ordering, Reverse},
    rc::Rc,
};

/// A beginning of a word stands for so many words at most, the most frequent, from so many shards.
const MOST_COMPLETED: usize = 24;
const MOST_SHARDS: usize = 3;

/// Parts in order, and the level of a term in each.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) parts: Vec<u32>,
    pub(super) levels: Vec<u8>,
}

impl List {
    /// The page of each posting that has one, and its level.
    pub(super) fn postings(&self) -> impl Iterator<Item = (usize, u8)> {
        self.parts.iter().map(|part| *part as usize).zip(self.levels.iter().copied())
    }

    /// Two lists as one, in the order of parts.
    fn merged(&self, other: &Self) -> Self {
        let mut both: Vec<(usize, u8)> = self.postings().chain(other.postings()).collect();
        both.sort_by_key(|(part, _)| *part);
        both.into_iter().map(|(part, level)| (part as u32, level)).unzip().into()
    }
}

impl From<(Vec<u32>, Vec<u8>)> for List {
    fn from((parts, levels): (Vec<u32>, Vec<u8>)) -> Self {
        Self { parts, levels }
    }
}

/// A term, as a shard has it.
#[derive(Debug)]
pub(super) struct Term {
    /// Its forms in the shard.
    pub(super) forms: Vec<String>,
    /// In how many parts it stands.
    pub(super) count: usize,
    /// The parts that it stands in; of a very common term the best.
    pub(super) own: List,
    /// Parts that it does not stand in, beside parts that it does.
    pub(super) lent: List,
    /// The file with the others.
    tail: Option<usize>,
    whole: OnceCell<List>,
}

/// A shard of the dictionary: forms in order, each with its term.
pub(super) struct Shard(Vec<(String, Rc<Term>)>);

impl Shard {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, String> {
        let [form_count, term_count] = [bytes.count(8)?, bytes.count(8)?];
        let forms = bytes.words(form_count)?;
        let term_of = bytes.numbers(form_count)?;
        let counts = bytes.numbers(term_count)?;
        let lent = bytes.numbers(term_count)?;
        let mut own = Vec::with_capacity(term_count);
        let mut tails = Vec::with_capacity(term_count);
        for count in &counts {
            let tail = bytes.number()?.checked_sub(1);
            own.push(if tail.is_some() { bytes.number()? } else { *count });
            tails.push(tail.map(|tail| tail as usize));
        }
        let own = lists(bytes, &own)?;
        let lent = lists(bytes, &lent)?;
        let mut of_terms = vec![Vec::new(); term_count];
        for (form, term) in forms.iter().zip(&term_of) {
            of_terms.get_mut(*term as usize).ok_or_else(no_term)?.push(form.clone());
        }
        let parts = counts.into_iter().zip(own).zip(lent).zip(tails).zip(of_terms);
        let term = |((((count, own), lent), tail), forms)| {
            Rc::new(Term { forms, count: count as usize, own, lent, tail, whole: OnceCell::new() })
        };
        let terms: Vec<Rc<Term>> = parts.map(term).collect();
        let of = |place: u32| terms.get(place as usize).map(Rc::clone).ok_or_else(no_term);
        let forms = forms.into_iter().zip(term_of).map(|(form, place)| Ok((form, of(place)?)));
        Ok(Self(forms.collect::<Result<_, String>>()?))
    }
}

fn no_term() -> String {
    "a word of it has no term".to_owned()
}

fn lists(bytes: &mut Bytes<'_>, lengths: &[u32]) -> Result<Vec<List>, String> {
    let parts: Vec<Vec<u32>> =
        lengths.iter().map(|length| bytes.steps(*length as usize)).collect::<Result<_, String>>()?;
    let levels = bytes.levels(parts.iter().map(Vec::len).sum())?;
    let mut levels = levels.into_iter();
    let list = |parts: Vec<u32>| List { levels: levels.by_ref().take(parts.len()).collect(), parts };
    Ok(parts.into_iter().map(list).collect())
}

/// The files, by place, that can hold words beginning with `start`, at most so many.
pub(super) fn files_of(firsts: &[String], start: &str, most: usize) -> Vec<usize> {
    let after = firsts.partition_point(|first| format::order(first, start) != Ordering::Greater);
    let first = after.saturating_sub(1);
    let begins = |(place, known): &(usize, &String)| *place == first || known.starts_with(start);
    firsts.iter().enumerate().skip(first).filter(begins).map(|(place, _)| place).take(most).collect()
}

/// Adds terms to those that are there, each once.
pub(super) fn add_terms(terms: &mut Vec<Rc<Term>>, more: impl IntoIterator<Item = Rc<Term>>) {
    for term in more {
        if !terms.iter().any(|known| Rc::ptr_eq(known, &term)) {
            terms.push(term);
        }
    }
}

impl Index<'_> {
    /// The terms of a form; where `open`, of the forms that it is the beginning of.
    pub(super) fn terms(&self, form: &str, open: bool) -> Result<Vec<Rc<Term>>, String> {
        let places = files_of(&self.root.terms, form, if open { MOST_SHARDS } else { 1 });
        let shards: Vec<_> = places.into_iter().map(|place| self.files.shard(place)).collect::<Result<_, String>>()?;
        let forms = || shards.iter().flat_map(|shard| &shard.0);
        if let Some((_, term)) = forms().find(|(known, _)| known == form) {
            return Ok(vec![Rc::clone(term)]);
        }
        let mut begun = Vec::new();
        if open {
            add_terms(
                &mut begun,
                forms().filter(|(known, _)| known.starts_with(form)).map(|(_, term)| Rc::clone(term)),
            );
            begun.sort_by_key(|term| Reverse(term.count));
            begun.truncate(MOST_COMPLETED);
        }
        Ok(begun)
    }

    /// Where a term stands; of a very common one only the best, unless all are needed.
    pub(super) fn postings<'t>(&self, term: &'t Term, exact: bool) -> Result<&'t List, String> {
        let Some(tail) = term.tail.filter(|_| exact) else { return Ok(&term.own) };
        if term.whole.get().is_none() {
            let whole = term.own.merged(&*self.files.tail(tail)?);
            return Ok(term.whole.get_or_init(|| whole));
        }
        Ok(term.whole.get_or_init(List::default))
    }
}
