//! What a job reads of the library, so that it runs again only when one of these things changed.

use super::ListingOf;
use rustc_hash::FxBuildHasher;
use std::{
    collections::HashSet,
    hash::{BuildHasher, Hash},
};

/// Something that a job read, beside what every job reads: the theme, the settings, the registers, which entries
/// there are and at which addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// Whatever there is.
    Library,
    /// What lists and other pages show of any entry, and what stands in any list.
    Fronts,
    /// All of an entry, by its index, its texts and ties to others too.
    Entry(usize),
    /// All of an entry but its texts and ties: what other pages show of it.
    Front(usize),
    /// What stands in a list, and in what order.
    List(ListingOf),
    /// The ways to narrow down the listing of a kind, by its place in the theme.
    Filters(usize),
    /// A term, by the places of its taxonomy and its own in the library.
    Term(usize, usize),
    /// A row of a register: [`Read::row`].
    Row(u64),
    /// The place of a row of a register on a map: [`Read::cell`].
    Cell(u64),
    /// The entries of a series: [`Read::series`].
    Series(u64),
}

impl Read {
    /// A row of a register, by its name and the row's index.
    pub fn row(register: &str, index: usize) -> Self {
        Self::Row(number((register, index)))
    }

    /// The place of a row on the map of a register, by the register's name and the row's id.
    pub fn cell(register: &str, id: &str) -> Self {
        Self::Cell(number((register, id)))
    }

    /// The entries of a series in a language, by the place of their kind in the theme and what the series goes by.
    pub fn series(kind: usize, language: &str, value: &str) -> Self {
        Self::Series(number((kind, language, value)))
    }
}

/// What was read, each thing as a number: thousands of jobs have dozens each. That two things have one number is so
/// rare as not to matter, and would do no more than have a job run in vain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(Option<Vec<u64>>);

impl Reads {
    /// Those of whoever has not read anything yet, and so has to in any case.
    pub fn of_new() -> Self {
        Self(None)
    }

    /// True where any of these things was read.
    pub fn any_of(&self, changes: &Changes) -> bool {
        match changes {
            Changes::All => true,
            Changes::Of(things) => match &self.0 {
                None => true,
                // Few things change at once, as a rule.
                Some(read) if things.len() < 8 => things.iter().any(|thing| read.contains(thing)),
                Some(read) => read.iter().any(|read| things.contains(read)),
            },
        }
    }
}

impl FromIterator<Read> for Reads {
    fn from_iter<T: IntoIterator<Item = Read>>(reads: T) -> Self {
        Self(Some(reads.into_iter().map(number).collect()))
    }
}

/// What is otherwise than it was, of all that a job may have read.
#[derive(Clone, Debug)]
pub enum Changes {
    /// Something that every job reads.
    All,
    /// These things, and nothing else.
    Of(HashSet<u64, FxBuildHasher>),
}

impl Default for Changes {
    fn default() -> Self {
        Self::Of(HashSet::default())
    }
}

impl Changes {
    /// Adds a thing.
    pub fn add(&mut self, read: Read) {
        if let Self::Of(things) = self {
            things.insert(number(read));
        }
    }

    /// True where nothing changed.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Of(things) if things.is_empty())
    }
}

fn number(of: impl Hash) -> u64 {
    FxBuildHasher.hash_one(of)
}
