//! Entries by the terms that their facets name.

use crate::model::{Entry, Field, FieldType, Labels, Registers, Taxonomy, TaxonomyTerm, TermOrder, Theme, Value};
use std::collections::{BTreeMap, HashMap};

/// The taxonomies of the theme with the terms that visible entries use; entries by their index in `entries`.
pub(super) fn taxonomies(
    entries: &[Entry],
    theme: &Theme,
    registers: &Registers,
    language: &str,
    visible: impl Fn(&Entry) -> bool,
) -> Vec<Taxonomy> {
    let mut found: HashMap<&str, BTreeMap<String, TaxonomyTerm>> = HashMap::new();
    let listed = entries.iter().enumerate().filter(|(_, entry)| visible(entry) && entry.state.is_listed());
    for (index, entry) in listed {
        for field in &entry.kind.fields {
            let (Some(facet), Some(value)) = (field.facet.as_deref(), entry.fields.get(&field.name)) else { continue };
            let values = match value {
                Value::Many(values) => values.as_slice(),
                single => std::slice::from_ref(single),
            };
            let terms = found.entry(facet).or_default();
            for mut term in values.iter().filter_map(|value| term(field, value, registers)) {
                let known = terms.entry(term.id.clone()).or_insert_with(|| {
                    term.entries.clear();
                    term
                });
                if known.entries.last() != Some(&index) {
                    known.entries.push(index);
                }
            }
        }
    }
    let sorted = |terms: BTreeMap<String, TaxonomyTerm>, order: TermOrder| {
        let mut terms: Vec<TaxonomyTerm> = terms.into_values().collect();
        match order {
            TermOrder::Label => {
                terms.sort_by_cached_key(|term| (term.labels.get(language).to_lowercase(), term.id.clone()))
            }
            TermOrder::Newest => terms.sort_by(|a, b| b.id.cmp(&a.id)),
        }
        for term in &mut terms {
            term.entries.sort_by_key(|index| entries.get(*index).map(newest_first));
        }
        terms
    };
    let taxonomy = |declaration: &crate::model::TaxonomyDeclaration| {
        let terms = found.remove(declaration.name.as_str()).unwrap_or_default();
        Taxonomy { terms: sorted(terms, declaration.sort), declaration: declaration.clone() }
    };
    theme.taxonomies.iter().map(taxonomy).collect()
}

/// What orders entries by date, the newest first, then by title.
fn newest_first(entry: &Entry) -> (std::cmp::Reverse<Option<jiff::civil::Date>>, String, String) {
    (std::cmp::Reverse(entry.newest()), entry.title.to_lowercase(), entry.url.clone())
}

/// The term that a value stands for.
fn term(field: &Field, value: &Value, registers: &Registers) -> Option<TaxonomyTerm> {
    let of = |id: &str, labels: Labels, term| TaxonomyTerm { id: id.to_owned(), labels, term, entries: Vec::new() };
    match (value, &field.field_type) {
        (Value::Term(register, index), _) => {
            let term = registers.get(register)?.terms.get(*index)?;
            Some(of(&term.id, term.labels.clone(), Some((register.clone(), *index))))
        }
        (Value::Choice(index), FieldType::Choice(options)) => {
            let option = options.get(*index)?;
            Some(of(&option.id, option.label.clone(), None))
        }
        (Value::Date(_) | Value::DateTime(_) | Value::Number(_), _) => {
            let year = value.year()?.to_string();
            Some(of(&year, Labels::same(&year), None))
        }
        _ => None,
    }
}

/// The taxonomies with other indexes for their entries; terms that lose all of theirs are dropped.
pub(super) fn renumbered(taxonomies: Vec<Taxonomy>, renumber: &dyn Fn(usize) -> Option<usize>) -> Vec<Taxonomy> {
    let renumbered = |mut taxonomy: Taxonomy| {
        for term in &mut taxonomy.terms {
            term.entries = term.entries.iter().filter_map(|index| renumber(*index)).collect();
        }
        taxonomy.terms.retain(|term| !term.entries.is_empty());
        taxonomy
    };
    taxonomies.into_iter().map(renumbered).collect()
}
