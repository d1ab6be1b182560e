//! What each template has in scope.

use super::{
    Given,
    Sort::{A, Html, Many, Number, Text, YesNo},
    Template, given, maybe,
};

/// The templates by what they are given: all of them first, then each with what it has beside that.
pub const TEMPLATES: &[Template] = &[
    Template { names: EVERY, keys: FRAME },
    Template { names: ENTRIES, keys: ENTRY },
    Template { names: "home.html", keys: HOME },
    Template { names: "listing.html", keys: LISTING },
    Template { names: "taxonomy.html", keys: TAXONOMY },
    Template { names: "term.html", keys: TERM },
    Template { names: "redirect.html", keys: REDIRECT },
    Template { names: COMPONENTS, keys: COMPONENT },
];

/// The name of what all templates have.
pub const EVERY: &str = "Every page";

/// The name of the templates that kinds name.
pub const ENTRIES: &str = "A kind's own template, page.html";

/// The name of the templates of blocks in Markdown, which stand in no page of their own.
pub const COMPONENTS: &str = "components/*.html";

const FRAME: &[Given] = &[
    given("site", A("site"), "the site as a whole"),
    given("lang", Text, "the language of the page, such as `en`"),
    given("dir", Text, "which way that language is written: `ltr` or `rtl`"),
    given("title", Text, "the title of the document, without the site's name"),
    given("description", Text, "what the page is about, in a sentence"),
    maybe("canonical", Text, "the page's whole address; absent where it has none of its own"),
    given(
        "section",
        Text,
        "the folder of a kind, the name of a taxonomy or the id of a page: the current item of the navigation",
    ),
    given("crumbs", Many("crumb"), "the way here, the home page first and this one last"),
    given("alternates", Many("twin"), "the page in each of its languages; empty for one that has no twin"),
    given("noindex", YesNo, "true for what search engines should leave out"),
    given(
        "feeds",
        Many("feed"),
        "the feed of the list that the page shows, where it has one, then that of the library",
    ),
    maybe("structured", Html, "JSON-LD, ready to stand in a `script`; absent on pages that are not to be found"),
    maybe("social", A("social"), "the card that stands for it where somebody shares it; absent without downloads"),
];

const ENTRY: &[Given] = &[given("page", A("page"), "the entry")];

const HOME: &[Given] = &[
    maybe("page", A("page"), "the entry of `content/index.md`, where there is one"),
    given(
        "on_now",
        Many("occasion"),
        "what is on by the clock or begins within a year, at most two, the nearest first; empty where nothing is",
    ),
    given("newest", Many("card"), "the newest entries, at most ten"),
    given("themes", Many("term"), "the terms of the taxonomy `themes` that are in use"),
    given("taxonomies", Many("taxonomy"), "every index of the site"),
];

const LISTING: &[Given] = &[
    given("listing", A("listing"), "one part of the list"),
    given("filters", A("filters"), "the ways to narrow the list down"),
];

const TAXONOMY: &[Given] = &[
    given("taxonomy", A("taxonomy"), "the index"),
    given("terms", Many("term"), "its terms in use"),
    given("groups", Many("letter"), "the same under letters, where the index asks for them; else empty"),
    given("tree", Many("branch"), "the same as a tree, where one is a part of another; else empty"),
    given("others", Many("letter"), "its terms that have a page and no entries"),
    maybe("others_total", Number, "how many those are"),
    maybe("narrowed", A("narrowed"), "on a page with all ways to narrow a list down by one taxonomy: the list"),
];

const TERM: &[Given] = &[
    given("taxonomy", A("taxonomy"), "the index that the term is in"),
    given("term", A("term"), "the term"),
    given("listing", A("listing"), "one part of the list of its entries"),
    given("successors", Many("term"), "the terms that took its place"),
    given("predecessors", Many("term"), "the terms whose place it took, where they have entries"),
    given("nearby", Many("nearby"), "the terms around it, for each index that is worked out from this one"),
];

const REDIRECT: &[Given] = &[
    given("target", Text, "the new address, from the root of the host"),
    given("target_absolute", Text, "the whole of the new address"),
];

const COMPONENT: &[Given] = &[
    given("site", A("site"), "the site as a whole"),
    given("lang", Text, "the language of the page"),
    given("dir", Text, "which way that language is written"),
    given("c", A("group"), "the fields of the block"),
    given("number", Text, "what no other block of the page has, to make ids of"),
];
