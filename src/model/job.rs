//! What the plan asks to be made.

/// One page or file to make.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// The newest entries, for programs that follow the library.
    Feed(FeedOf),
    /// Every entry with its fields, for whoever reuses the library.
    Catalogue,
    /// The days of all entries that have some, for calendars to follow.
    Calendar,
    /// How a browser searches here.
    OpenSearch,
    /// A file of the library, by its path from the root.
    Asset(String),
    /// A file of the theme, by its place there.
    Static(usize),
    /// An icon of the theme, by its place there.
    Icon(usize),
    /// What a device needs to know to keep the site among its programs.
    Manifest,
    /// The web editor.
    Editor,
}

/// What a listing lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// What a feed follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedOf {
    /// The whole library.
    Library,
    /// A kind, by its place in the theme.
    Kind(usize),
    /// A term: the taxonomy's place in the library, and the term's there.
    Term(usize, usize),
}

impl FeedOf {
    /// The file of an Atom feed, beside the page of the list that it follows.
    pub const ATOM: &'static str = "feed.xml";
    /// The file of a JSON Feed, beside the page of the list that it follows.
    pub const JSON: &'static str = "feed.json";
}
