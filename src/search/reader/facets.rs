//! Facets: what pages have of each, which pages fit a choice, and how many have each value.

use super::{
    super::format::Bytes,
    Index,
    answer::{Count, Filters, Link},
    asked::Asked,
    meant::distance,
    places::placed,
    root::{Facet, Root},
};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::{collections::BTreeMap, rc::Rc};

/// Words are near where no more than this share of their letters differs, and so many letters at most.
const AWAY: f64 = 0.4;
const LETTERS: usize = 3;

/// So many terms are named where nothing was found.
const MOST_NEAR: usize = 5;

/// A value of a facet: what filters name it by, what readers see, and the address of its page.
#[derive(Debug, Deserialize)]
pub(super) struct Value(pub(super) String, pub(super) String, pub(super) Option<String>);

/// What the pages have of a facet.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) values: Vec<Value>,
    /// Sets of values, by their places.
    sets: Vec<Vec<u32>>,
    /// By page: its set.
    of_page: Vec<usize>,
}

impl Column {
    /// All columns of an index.
    pub(super) fn read(bytes: &mut Bytes<'_>, root: &Root) -> Result<Vec<Self>, String> {
        let head = bytes.count(8)?;
        let values: Vec<Vec<Value>> = serde_json::from_slice(bytes.take(head)?).map_err(|error| error.to_string())?;
        if values.len() != root.facets.len() {
            return Err("it has other facets than the index".to_owned());
        }
        values.into_iter().map(|values| Self::of_values(values, bytes, root.pages)).collect()
    }

    fn of_values(values: Vec<Value>, bytes: &mut Bytes<'_>, pages: usize) -> Result<Self, String> {
        let counts = bytes.numbers(pages)?;
        let mut first = 0_i64;
        let mut firsts = Vec::new();
        for _ in counts.iter().filter(|count| **count > 0) {
            // Steps back are odd numbers, steps forward even ones.
            let step = i64::from(bytes.number()?);
            first += if step & 1 == 1 { -((step + 1) / 2) } else { step / 2 };
            let known = usize::try_from(first).ok().filter(|place| *place < values.len());
            known.ok_or_else(|| "a page of it has a value that there is not".to_owned())?;
            firsts.push(first as u32);
        }
        let mut firsts = firsts.into_iter();
        let mut places = BTreeMap::new();
        let mut sets: Vec<Vec<u32>> = Vec::new();
        let mut of_page = Vec::with_capacity(pages);
        for count in counts {
            let mut set: Vec<u32> = if count > 0 { firsts.next().into_iter().collect() } else { Vec::new() };
            for _ in 1..count {
                let step = bytes.number()?;
                let next = set.last().and_then(|last| last.checked_add(step));
                set.push(next.ok_or_else(|| "a page of it has too many values".to_owned())?);
            }
            let place = *places.entry(set.clone()).or_insert(sets.len());
            if place == sets.len() {
                sets.push(set);
            }
            of_page.push(place);
        }
        Ok(Self { values, sets, of_page })
    }

    /// The places of a page's values.
    fn of(&self, page: usize) -> &[u32] {
        self.of_page.get(page).and_then(|set| self.sets.get(*set)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Which pages fit the choice in each facet.
pub(super) struct Tests(Rc<Vec<Column>>, Vec<Option<Vec<bool>>>);

impl Tests {
    pub(super) fn fits(&self, page: usize) -> bool {
        (0..self.1.len()).all(|facet| self.fits_in(page, facet))
    }

    fn fits_in(&self, page: usize, facet: usize) -> bool {
        let Some(Some(sets)) = self.1.get(facet) else { return true };
        let set = self.0.get(facet).and_then(|column| column.of_page.get(page));
        set.and_then(|set| sets.get(*set)).is_some_and(|fits| *fits)
    }
}

impl Index<'_> {
    /// What pages can be narrowed down by, in the order in which readers see it.
    pub fn facets(&self) -> &[Facet] {
        &self.root.facets
    }

    /// The values of a facet: what filters name each by, and what readers see.
    ///
    /// # Errors
    /// Why the file that holds them can't be read.
    pub fn values(&self, facet: &str) -> Result<Vec<(String, String)>, String> {
        let columns = self.files.columns(&self.root)?;
        let column = self.root.facets.iter().zip(columns.iter()).find(|(known, _)| known.name == facet);
        let values = column.iter().flat_map(|(_, column)| &column.values);
        Ok(values.map(|Value(value, label, _)| (value.clone(), label.clone())).collect())
    }

    pub(super) fn tests(&self, filters: &Filters) -> Result<Tests, String> {
        let columns = self.files.columns(&self.root)?;
        let test = |(column, facet): (&Column, &Facet)| {
            let wanted = filters.get(&facet.name).filter(|wanted| !wanted.is_empty())?;
            let places = column.values.iter().enumerate().filter(|(_, Value(value, ..))| wanted.contains(value));
            let places: FxHashSet<usize> = places.map(|(place, _)| place).collect();
            let fits = |set: &Vec<u32>| set.iter().any(|value| places.contains(&(*value as usize)));
            Some(column.sets.iter().map(fits).collect())
        };
        let tests = columns.iter().zip(&self.root.facets).map(test).collect();
        Ok(Tests(columns, tests))
    }

    /// How many of the pages that were found have each value, by facet; the facet's own filter does not count.
    pub(super) fn counts(
        &self,
        is_found: impl Fn(usize) -> bool,
        filters: &Filters,
    ) -> Result<Vec<(String, Vec<Count>)>, String> {
        let tests = self.tests(filters)?;
        let columns = &tests.0;
        let mut counts: Vec<Vec<u32>> = columns.iter().map(|column| vec![0; column.values.len()]).collect();
        for page in (0..self.root.pages).filter(|page| is_found(*page)) {
            let mut failed = (0..columns.len()).filter(|facet| !tests.fits_in(page, *facet));
            let (failed, others) = (failed.next(), failed.next());
            let counted = columns.iter().zip(&mut counts).enumerate();
            let counted = counted.filter(|(facet, _)| others.is_none() && failed.is_none_or(|failed| failed == *facet));
            for (_, (column, counts)) in counted {
                for value in column.of(page) {
                    counts.get_mut(*value as usize).into_iter().for_each(|count| *count += 1);
                }
            }
        }
        let facet = |((facet, column), counts): ((&Facet, &Column), Vec<u32>)| {
            let chosen = filters.get(&facet.name).map(Vec::as_slice).unwrap_or_default();
            let values = column.values.iter().zip(counts);
            let values = values.filter(|(Value(value, ..), count)| *count > 0 || chosen.contains(value));
            let count = |(Value(value, label, _), count): (&Value, u32)| Count {
                value: value.clone(),
                label: label.clone(),
                count,
            };
            (facet.name.clone(), values.map(count).collect())
        };
        Ok(self.root.facets.iter().zip(columns.iter()).zip(counts).map(facet).collect())
    }

    /// Terms whose labels have a word like one of those asked for, for whoever found nothing.
    pub(super) fn near(&self, asked: &Asked) -> Result<Vec<Link>, String> {
        let columns = self.files.columns(&self.root)?;
        let units = |text: &str| -> Vec<Vec<u16>> {
            placed(text).iter().map(|word| word.form.encode_utf16().collect()).collect()
        };
        let wanted: Vec<Vec<u16>> = asked.words.iter().map(|word| word.form.encode_utf16().collect()).collect();
        let away = |label: &str| {
            let own = units(label);
            let share = |form: &[u16], word: &[u16]| match distance(form, word, LETTERS) {
                letters if letters > LETTERS => 1.0,
                letters => letters as f64 / form.len().max(word.len()) as f64,
            };
            wanted.iter().flat_map(|form| own.iter().map(|word| share(form, word))).fold(1.0, f64::min)
        };
        let values = columns.iter().skip(1).flat_map(|column| &column.values);
        let mut near: Vec<(f64, &Value)> =
            values.map(|value| (away(&value.1), value)).filter(|(away, _)| *away <= AWAY).collect();
        near.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let link = |(_, Value(_, title, url)): (f64, &Value)| Link { title: title.clone(), url: url.clone() };
        Ok(near.into_iter().take(MOST_NEAR).map(link).collect())
    }
}
