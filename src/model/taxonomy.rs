//! Taxonomies: entries by the terms that their facets name.

use super::Labels;
use serde::Deserialize;

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

/// A taxonomy with the terms that entries use.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// What the theme says of it.
    pub declaration: TaxonomyDeclaration,
    /// The terms in use, in the taxonomy's order.
    pub terms: Vec<TaxonomyTerm>,
}

/// A term in use.
#[derive(Clone, Debug)]
pub struct TaxonomyTerm {
    /// Its id; the last part of its address.
    pub id: String,
    /// What readers see.
    pub labels: Labels,
    /// Its register and index there, where it comes from one.
    pub term: Option<(String, usize)>,
    /// The entries that name it, newest first: indexes in the library.
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
}
