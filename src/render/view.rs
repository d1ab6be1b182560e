//! The library and its lists as whoever makes a page sees them: what is read is noted.

use super::{Lists, lists};
use crate::model::{
    AssetFile, Entry, Facet, Field, Library, ListingOf, Order, PageReference, Read, Reads, Register, Registers, Target,
    Taxonomy, Theme, Value,
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashSet},
};

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Account(RefCell<HashSet<Read, rustc_hash::FxBuildHasher>>);

impl Account {
    pub(super) fn note(&self, read: Read) {
        self.0.borrow_mut().insert(read);
    }

    pub(super) fn add(&self, reads: impl IntoIterator<Item = Read>) {
        self.0.borrow_mut().extend(reads);
    }

    pub(super) fn all(&self) -> Reads {
        self.0.borrow().iter().copied().collect()
    }
}

/// A library. What all pages may read without a note is what none of them can do without: the theme, the settings, the
/// registers, the names of the taxonomies and their terms, the files, and which entry is at which address.
#[derive(Clone, Copy, Debug)]
pub struct View<'r, 'a> {
    library: &'a Library,
    reads: &'r Account,
}

impl<'r, 'a> View<'r, 'a> {
    pub(super) fn new(library: &'a Library, reads: &'r Account) -> Self {
        Self { library, reads }
    }

    /// The library with all that is in it.
    pub fn whole(self) -> &'a Library {
        self.reads.note(Read::Library);
        self.library
    }

    /// The library with all that is in it but texts and ties, which are not to be read.
    pub fn fronts(self) -> &'a Library {
        self.reads.note(Read::Fronts);
        self.library
    }

    /// The theme.
    pub fn theme(self) -> &'a Theme {
        &self.library.theme
    }

    /// The registers.
    pub fn registers(self) -> &'a Registers {
        &self.library.registers
    }

    /// The register of that name.
    pub fn register(self, name: &str) -> Option<&'a Register> {
        self.library.register(name)
    }

    /// The taxonomies with their terms in use. Which entries have a term is a list's to say.
    pub fn taxonomies(self) -> &'a [Taxonomy] {
        &self.library.taxonomies
    }

    /// A file, by its path.
    pub fn asset(self, path: &str) -> Option<&'a AssetFile> {
        self.library.assets.get(path)
    }

    /// The files of the web editor.
    pub fn editor(self) -> &'a [AssetFile] {
        &self.library.editor
    }

    /// True for a file of a folder that is laid over `content/`.
    pub fn is_overlaid(self, path: &str) -> bool {
        self.library.overlaid.contains_key(path)
    }

    /// An entry with its texts.
    pub fn entry(self, index: usize) -> Option<&'a Entry> {
        self.reads.note(Read::Entry(index));
        self.library.entries.get(index).map(|entry| &**entry)
    }

    /// An entry, for what its front matter says of it. Its texts are not to be read.
    pub fn front(self, index: usize) -> Option<&'a Entry> {
        self.reads.note(Read::Front(index));
        self.library.entries.get(index).map(|entry| &**entry)
    }

    /// The entries of an id, by language.
    pub fn twins(self, id: &str) -> Option<&'a BTreeMap<String, usize>> {
        self.library.by_id.get(id)
    }

    /// The entry that a reference names, in the language asked for where there is a twin in it.
    pub fn resolve(self, reference: &PageReference, language: &str) -> Option<usize> {
        self.library.resolve(reference, language)
    }

    /// Where the links of an entry's texts lead.
    pub fn links(self, index: usize) -> &'a [Vec<Target>] {
        self.reads.note(Read::Entry(index));
        self.library.links.get(index).map(|links| links.as_slice()).unwrap_or_default()
    }

    /// The entries that link to an entry or name it.
    pub fn backlinks(self, index: usize) -> &'a [usize] {
        self.of(index, &self.library.backlinks)
    }

    /// The entries of its own kind most like an entry.
    pub fn similar(self, index: usize) -> &'a [usize] {
        self.of(index, &self.library.similar)
    }

    /// The entries of other kinds most like an entry.
    pub fn related(self, index: usize) -> &'a [usize] {
        self.of(index, &self.library.related)
    }

    /// The entries of all years at an address that stays.
    pub fn lasting(self, address: &str) -> Option<&'a [usize]> {
        self.library.lasting.get(address).map(Vec::as_slice)
    }

    /// The entries that are occasions an entry is for.
    pub fn occasions(self, entry: &'a Entry) -> impl Iterator<Item = usize> + 'a {
        self.library.occasions(entry)
    }

    /// The day that a number of days of a field of an entry stands for.
    pub fn due(self, entry: &Entry, field: &Field, days: f64) -> Option<jiff::civil::Date> {
        if let Some(counted_from) = field.days_from.as_deref().and_then(|from| entry.fields.get(from))
            && let Value::Page(reference) = counted_from
            && let Some(index) = self.resolve(reference, &entry.language)
        {
            self.reads.note(Read::Front(index));
        }
        self.library.due(entry, field, days)
    }

    fn of(self, index: usize, all: &'a [Vec<usize>]) -> &'a [usize] {
        self.reads.note(Read::Entry(index));
        all.get(index).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What stands in which list. That a list has anything at all may be read without a note.
#[derive(Clone, Copy, Debug)]
pub struct ListsView<'r, 'a> {
    lists: &'a Lists,
    reads: &'r Account,
}

impl<'r, 'a> ListsView<'r, 'a> {
    pub(super) fn new(lists: &'a Lists, reads: &'r Account) -> Self {
        Self { lists, reads }
    }

    /// All of them.
    pub fn whole(self) -> &'a Lists {
        self.reads.note(Read::Fronts);
        self.lists
    }

    /// The entries of a list, in its order.
    pub fn of(self, list: ListingOf) -> &'a [usize] {
        self.reads.note(Read::List(list));
        match list {
            ListingOf::Kind(kind) => self.lists.of_kind(kind),
            ListingOf::Other(kind) => self.lists.in_other_order(kind).map(|(_, entries)| entries).unwrap_or_default(),
            ListingOf::Filter(kind, taxonomy, term) => self.lists.filtered(kind, taxonomy, term),
            ListingOf::Term(taxonomy, term) => self.lists.of_term(taxonomy, term),
        }
    }

    /// The entries of the series of a kind that goes by this value.
    pub fn in_series(self, kind: usize, language: &str, value: &Value) -> &'a [usize] {
        let name = lists::name(value);
        self.reads.note(Read::series(kind, language, &name));
        self.lists.in_series(kind, language, &name)
    }

    /// What the listing of a kind can be narrowed down by.
    pub fn facets(self, kind: usize) -> &'a [Facet] {
        self.reads.note(Read::Filters(kind));
        self.lists.facets(kind)
    }

    /// The other order that the listing of a kind has.
    pub fn other_order(self, kind: usize) -> Option<Order> {
        self.lists.in_other_order(kind).map(|(order, _)| order)
    }

    /// True where a term has a page.
    pub fn has_page(self, taxonomy: usize, term: usize) -> bool {
        self.lists.has_page(taxonomy, term)
    }

    /// True where a kind has a listing.
    pub fn has_listing(self, library: View<'_, '_>, kind: usize) -> bool {
        self.lists.has_listing(library.library, kind)
    }

    /// The entry whose words introduce the listing of a kind.
    pub fn intro(self, kind: usize) -> Option<usize> {
        self.lists.intro(kind)
    }

    /// The entries that are part of a listing and have no page of their own.
    pub fn introductions(self) -> HashSet<usize> {
        self.lists.introductions()
    }
}
