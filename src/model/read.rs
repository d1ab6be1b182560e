//! What a job reads of the library, so that it runs again only when one of these things changed.

use super::ListingOf;
use std::hash::{BuildHasher, Hash};

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
}

fn number(of: impl Hash) -> u64 {
    rustc_hash::FxBuildHasher.hash_one(of)
}
