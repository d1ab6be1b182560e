//! Taxonomies: entries by the terms that their facets name.

use super::Labels;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the theme says of a taxonomy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxonomyDeclaration {
    /// Its name, which the `facet` of a field gives.
    pub name: String,
    /// What readers call one term.
    pub label: Labels,
    /// What readers call the whole.
    pub plural: Labels,
    /// Its folder in the site.
    pub path: String,
    /// Its place among the taxonomies; the least comes first.
    #[serde(default)]
    pub order: i64,
    /// How its terms are ordered.
    #[serde(default)]
    pub sort: TermOrder,
    /// How its index shows them.
    #[serde(default)]
    pub index: Index,
    /// The taxonomy that this one is worked out from, by the `column` of its terms' rows: a council's region.
    #[serde(default)]
    pub from: Option<String>,
    /// The column of the register that gives this taxonomy's terms.
    #[serde(default)]
    pub column: Option<String>,
    /// True where every term of the register has a page, with entries or without.
    #[serde(default)]
    pub empty: bool,
    /// How much two entries that share a term have in common, where most taxonomies have 1; 0 is nothing.
    #[serde(default = "usual_weight")]
    pub weight: f64,
    /// True where what is similar should be found at another term first: what other councils do.
    #[serde(default)]
    pub apart: bool,
    /// True where each of its terms has a feed.
    #[serde(default)]
    pub feeds: bool,
    /// What its terms are to search engines.
    pub schema: Option<TermSchema>,
}

fn usual_weight() -> f64 {
    1.0
}

/// What the terms of a taxonomy are in the words of schema.org.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermSchema {
    /// The type: `GovernmentOrganization`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Properties of that type, each with the column of the register that holds it.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

/// The order of a taxonomy's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermOrder {
    /// By label.
    #[default]
    Label,
    /// The greatest first: years.
    Newest,
}

/// The shape of a taxonomy's index page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Index {
    /// One list.
    #[default]
    List,
    /// Under letters.
    Letters,
}

/// A taxonomy with the terms that entries use, and the others of its register where those have pages too.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// What the theme says of it.
    pub declaration: TaxonomyDeclaration,
    /// The terms, in the taxonomy's order.
    pub terms: Vec<TaxonomyTerm>,
}

/// A term of a taxonomy.
#[derive(Clone, Debug)]
pub struct TaxonomyTerm {
    /// Its id; the last part of its address.
    pub id: String,
    /// What readers see.
    pub labels: Labels,
    /// Its register and index there, where it comes from one.
    pub term: Option<(String, usize)>,
    /// The entries that name it, or a term that it took the place of, newest first: indexes in the library.
    pub entries: Vec<usize>,
}

impl Taxonomy {
    /// The address of its index: `/themes/`.
    pub fn url(&self) -> String {
        format!("/{}/", self.declaration.path)
    }

    /// The address of a term: `/themes/mentoring/`.
    pub fn term_url(&self, id: &str) -> String {
        format!("/{}/{}/", self.declaration.path, crate::markdown::slug(id))
    }

    /// The address of the filters of a kind's listing, which is at `listing`, by this taxonomy.
    pub fn facet_url(&self, listing: &str) -> String {
        format!("{listing}{}/", self.declaration.path)
    }

    /// The address of a kind's listing narrowed down to a term.
    pub fn filter_url(&self, listing: &str, id: &str) -> String {
        format!("{listing}{}/{}/", self.declaration.path, crate::markdown::slug(id))
    }
}
