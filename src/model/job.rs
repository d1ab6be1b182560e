//! What the plan asks to be made.

/// One page or file to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// The page of an entry, by its index in the library.
    Entry(usize),
    /// The home page, with the entry that gives its words.
    Home(Option<usize>),
    /// One page of a list, from 1.
    Listing(ListingOf, usize),
    /// The index of a taxonomy, by its place in the library.
    Taxonomy(usize),
    /// The ways to narrow down the listing of a kind, by its place in the theme, by a taxonomy, by its place in the
    /// library.
    Facet(usize, usize),
    /// The search page.
    SearchPage,
    /// The search index and its reader.
    SearchIndex,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A page that leads on: from a site path, to one.
    Redirect(String, String),
    /// The list of all pages for search engines.
    Sitemap,
    /// The rules for crawlers.
    Robots,
    /// A file of the library, by its path from the root.
    Asset(String),
    /// A file of the theme, by its place there.
    Static(usize),
    /// An icon of the theme, by its place there.
    Icon(usize),
    /// What a device needs to know to keep the site among its programs.
    Manifest,
}

/// What a listing lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListingOf {
    /// The entries of a kind, by its place in the theme.
    Kind(usize),
    /// The same in the other order that it has.
    Other(usize),
    /// The entries of a kind, by its place, that have a term: the taxonomy's place in the library, and the term's
    /// there.
    Filter(usize, usize, usize),
    /// The entries of a term: the taxonomy's place in the library, and the term's there.
    Term(usize, usize),
}
