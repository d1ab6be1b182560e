//! Registers and vocabularies: the terms that fields may name.

use super::{Labels, Span};
use std::collections::{BTreeMap, HashMap};

/// Every register of the library, by name.
pub type Registers = BTreeMap<String, Register>;

/// A file of `content/_data/`: terms, and how to find one by any of its names.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The file's name without its ending: `themes`.
    pub name: String,
    /// The file's path from the root.
    pub path: String,
    /// The terms, in the file's order.
    pub terms: Vec<Term>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

/// One term of a register.
#[derive(Clone, Debug, Default)]
pub struct Term {
    /// What front matter says.
    pub id: String,
    /// What readers see.
    pub labels: Labels,
    /// What it means.
    pub description: Labels,
    /// The id of the wider term.
    pub broader: Option<String>,
    /// The ids of the terms that took its place.
    pub replaced_by: Vec<String>,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// Every other column or key, as text.
    pub columns: BTreeMap<String, String>,
    /// Where it stands in the file.
    pub span: Span,
}

/// What separates several values in one cell.
pub const SEPARATOR: char = '|';

/// The values of a cell.
pub fn cell_values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(SEPARATOR).map(str::trim).filter(|value| !value.is_empty())
}

impl Register {
    /// A register of these terms. A second term of one id can't be found; the parser reports it.
    pub fn new(name: impl Into<String>, path: impl Into<String>, terms: Vec<Term>) -> Self {
        let mut register = Self { name: name.into(), path: path.into(), ..Self::default() };
        for (index, term) in terms.iter().enumerate() {
            register.by_id.entry(term.id.clone()).or_insert(index);
            let names = term.labels.all().chain(term.synonyms.iter().map(String::as_str)).chain([term.id.as_str()]);
            for name in names {
                register.by_name.entry(folded(name)).or_insert(index);
            }
        }
        register.terms = terms;
        register
    }

    /// The terms that a term took the place of, directly or through others, in the register's order.
    pub fn predecessors(&self, index: usize) -> Vec<usize> {
        let reaches = |from: &usize| self.successors(*from).contains(&index);
        (0..self.terms.len()).filter(|from| *from != index).filter(reaches).collect()
    }

    /// The terms that took the place of a term, each before those that took its own.
    pub fn successors(&self, index: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let next = |index: usize| {
            let ids = self.terms.get(index).map(|term| term.replaced_by.as_slice()).unwrap_or_default();
            ids.iter().filter_map(|id| self.by_id(id))
        };
        let mut waiting: std::collections::VecDeque<usize> = next(index).collect();
        while let Some(successor) = waiting.pop_front() {
            if successor != index && !found.contains(&successor) {
                found.push(successor);
                waiting.extend(next(successor));
            }
        }
        found
    }

    /// The term of exactly this id.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The term that goes by this name in any spelling: label, synonym, other case, spaces for hyphens.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(&folded(name)).copied()
    }
}

/// A name without case, accents and punctuation, so that variants of one name are equal.
pub fn folded(name: &str) -> String {
    deunicode::deunicode(name).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_by_every_spelling_of_its_names() {
        let term = Term {
            id: "leaving-care".into(),
            labels: Labels::same("Leaving care"),
            synonyms: vec!["care leavers".into()],
            ..Term::default()
        };
        let register = Register::new("themes", "content/_data/themes.yaml", vec![term]);
        for name in ["leaving-care", "Leaving Care", "LEAVING_CARE", "Care-Leavers"] {
            assert_eq!(register.by_name(name), Some(0), "{name}");
        }
        assert_eq!(register.by_id("Leaving care"), None);
        assert_eq!(register.by_name("housing"), None);
    }
}
