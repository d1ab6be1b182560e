//! Entries by the terms that their facets name.

use crate::{
    markdown::slug,
    model::{
        Entry, Field, FieldType, Labels, Registers, Taxonomy, TaxonomyDeclaration, TaxonomyTerm, TermOrder, Theme,
        Value, cell_values,
    },
};
use rayon::prelude::*;
use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// The terms of one taxonomy, by id.
type Terms = BTreeMap<String, TaxonomyTerm>;

/// The taxonomies of the theme with the terms that visible entries use; entries by their index in `entries`.
pub(super) fn taxonomies(
    entries: &[Arc<Entry>],
    theme: &Theme,
    registers: &Registers,
    language: &str,
    visible: impl Fn(&Entry) -> bool,
) -> Vec<Taxonomy> {
    let listed = entries.iter().map(|entry| &**entry).enumerate();
    let listed = listed.filter(|(_, entry)| visible(entry) && entry.state.is_listed());
    let mut found = named(listed, registers);
    let derived: Vec<_> =
        theme.taxonomies.iter().map(|declaration| derived(declaration, &found, registers, entries)).collect();
    for declaration in &theme.taxonomies {
        let Some(terms) = found.get_mut(declaration.name.as_str()).filter(|terms| !terms.is_empty()) else { continue };
        inherit(terms, registers);
        if declaration.empty {
            fill(terms, declaration, theme, registers);
        }
    }
    let places = newest_first(entries);
    let taxonomy = |(declaration, derived): (&TaxonomyDeclaration, Option<Terms>)| {
        let terms = derived.unwrap_or_else(|| found.remove(declaration.name.as_str()).unwrap_or_default());
        Taxonomy { terms: sorted(terms, declaration.sort, language, &places), declaration: declaration.clone() }
    };
    theme.taxonomies.iter().zip(derived).map(taxonomy).collect()
}

/// What the facets of the entries name, by taxonomy.
fn named<'a>(entries: impl Iterator<Item = (usize, &'a Entry)>, registers: &Registers) -> HashMap<&'a str, Terms> {
    let mut found: HashMap<&str, Terms> = HashMap::new();
    for (index, entry) in entries {
        for field in &entry.kind.fields {
            let (Some(facet), Some(value)) = (field.facet.as_deref(), entry.fields.get(&field.name)) else { continue };
            let values = match value {
                Value::Many(values) => values.as_slice(),
                single => std::slice::from_ref(single),
            };
            let terms = found.entry(facet).or_default();
            for value in values {
                // Nearly every value has been met before: only its id is looked at then.
                if let Some(id) = id(field, value, registers)
                    && let Some(known) = terms.get_mut(id.as_ref())
                {
                    name(known, index);
                } else if let Some(term) = term(field, value, registers) {
                    add(terms, term, index);
                }
            }
        }
    }
    found
}

fn add(terms: &mut Terms, term: TaxonomyTerm, entry: usize) {
    name(terms.entry(term.id.clone()).or_insert(term), entry);
}

fn name(term: &mut TaxonomyTerm, entry: usize) {
    if term.entries.last() != Some(&entry) {
        term.entries.push(entry);
    }
}

/// The terms of a taxonomy that is worked out from a column of another one's register; `None` for any other.
fn derived(
    declaration: &TaxonomyDeclaration,
    found: &HashMap<&str, Terms>,
    registers: &Registers,
    entries: &[Arc<Entry>],
) -> Option<Terms> {
    let (from, column) = (declaration.from.as_deref()?, declaration.column.as_deref()?);
    // By entry, so that one with two councils of a region stands there once.
    let mut named: Vec<(usize, &str)> = Vec::new();
    for term in found.get(from).into_iter().flat_map(BTreeMap::values) {
        let row = term.term.as_ref().and_then(|(register, index)| registers.get(register)?.terms.get(*index));
        let cell = row.and_then(|row| row.columns.get(column)).map(String::as_str).unwrap_or_default();
        let cells = || cell_values(cell).filter(|value| !slug(value).is_empty());
        named.extend(term.entries.iter().flat_map(|entry| cells().map(|value| (*entry, value))));
    }
    named.retain(|(entry, _)| *entry < entries.len());
    named.sort_unstable();
    let mut terms = Terms::new();
    for (entry, value) in named {
        let term = TaxonomyTerm { id: slug(value), labels: Labels::same(value), term: None, entries: Vec::new() };
        add(&mut terms, term, entry);
    }
    Some(terms)
}

/// Gives the terms that took the place of others the entries of those as well.
fn inherit(terms: &mut Terms, registers: &Registers) {
    let mut heirs: Vec<(TaxonomyTerm, Vec<usize>)> = Vec::new();
    for term in terms.values() {
        let Some((name, index)) = &term.term else { continue };
        let Some(register) = registers.get(name) else { continue };
        for successor in register.successors(*index) {
            let heir = register.terms.get(successor).map(|row| of_register(row, name, successor));
            heirs.extend(heir.map(|heir| (heir, term.entries.clone())));
        }
    }
    for (heir, entries) in heirs {
        let known = terms.entry(heir.id.clone()).or_insert(heir);
        known.entries.extend(entries);
        known.entries.sort_unstable();
        known.entries.dedup();
    }
}

/// Adds the terms of the taxonomy's register that no entry names.
fn fill(terms: &mut Terms, declaration: &TaxonomyDeclaration, theme: &Theme, registers: &Registers) {
    let fields = theme.kinds.iter().flat_map(|kind| &kind.fields);
    let mut of_facet = fields.filter(|field| field.facet.as_deref() == Some(declaration.name.as_str()));
    let register = of_facet.find_map(|field| match &field.field_type {
        FieldType::Reference(to) => registers.get(to),
        _ => None,
    });
    for (register, (index, row)) in
        register.into_iter().flat_map(|one| one.terms.iter().enumerate().map(move |row| (one, row)))
    {
        terms.entry(row.id.clone()).or_insert_with(|| of_register(row, &register.name, index));
    }
}

fn of_register(row: &crate::model::Term, register: &str, index: usize) -> TaxonomyTerm {
    let (id, labels) = (row.id.clone(), row.labels.clone());
    TaxonomyTerm { id, labels, term: Some((register.to_owned(), index)), entries: Vec::new() }
}

/// The terms in their order; `places` says for each entry how many stand before it.
fn sorted(terms: Terms, order: TermOrder, language: &str, places: &[u32]) -> Vec<TaxonomyTerm> {
    let mut terms: Vec<TaxonomyTerm> = terms.into_values().collect();
    match order {
        TermOrder::Label => {
            terms.sort_by_cached_key(|term| (term.labels.get(language).to_lowercase(), term.id.clone()))
        }
        TermOrder::Newest => terms.sort_by(|a, b| b.id.cmp(&a.id)),
    }
    for term in &mut terms {
        term.entries.sort_unstable_by_key(|index| places.get(*index));
    }
    terms
}

/// By entry, how many stand before it in the order by date, the newest first, then by title. Sought once for all
/// terms.
fn newest_first(entries: &[Arc<Entry>]) -> Vec<u32> {
    let key = |(entry, index): (&Arc<Entry>, u32)| (Reverse(entry.newest()), entry.title.to_lowercase(), index);
    let mut sorted: Vec<_> = entries.iter().zip(0..).map(key).collect();
    let url = |index: u32| entries.get(index as usize).map(|entry| entry.url.as_str());
    sorted.par_sort_unstable_by(|a, b| (&a.0, &a.1, url(a.2)).cmp(&(&b.0, &b.1, url(b.2))));
    let mut places = vec![0; sorted.len()];
    for ((.., index), before) in sorted.into_iter().zip(0..) {
        if let Some(place) = places.get_mut(index as usize) {
            *place = before;
        }
    }
    places
}

/// The id of the term that a value stands for.
fn id<'a>(field: &'a Field, value: &Value, registers: &'a Registers) -> Option<Cow<'a, str>> {
    match (value, &field.field_type) {
        (Value::Term(register, index), _) => Some(registers.get(register)?.terms.get(*index)?.id.as_str().into()),
        (Value::Choice(index), FieldType::Choice(options)) => Some(options.get(*index)?.id.as_str().into()),
        (Value::Date(_) | Value::DateTime(_) | Value::Number(_), _) => Some(value.year()?.to_string().into()),
        _ => None,
    }
}

/// The term that a value stands for.
fn term(field: &Field, value: &Value, registers: &Registers) -> Option<TaxonomyTerm> {
    let of = |id: &str, labels: Labels| TaxonomyTerm { id: id.to_owned(), labels, term: None, entries: Vec::new() };
    match (value, &field.field_type) {
        (Value::Term(register, index), _) => {
            Some(of_register(registers.get(register)?.terms.get(*index)?, register, *index))
        }
        (Value::Choice(index), FieldType::Choice(options)) => {
            let option = options.get(*index)?;
            Some(of(&option.id, option.label.clone()))
        }
        (Value::Date(_) | Value::DateTime(_) | Value::Number(_), _) => {
            let year = value.year()?.to_string();
            Some(of(&year, Labels::same(&year)))
        }
        _ => None,
    }
}

/// The taxonomies with other indexes for their entries; terms that lose all of theirs are dropped, unless each has a
/// page regardless.
pub(super) fn renumbered(taxonomies: Vec<Taxonomy>, renumber: &dyn Fn(usize) -> Option<usize>) -> Vec<Taxonomy> {
    let renumbered = |mut taxonomy: Taxonomy| {
        for term in &mut taxonomy.terms {
            term.entries = term.entries.iter().filter_map(|index| renumber(*index)).collect();
        }
        if !taxonomy.declaration.empty {
            taxonomy.terms.retain(|term| !term.entries.is_empty());
        }
        taxonomy
    };
    taxonomies.into_iter().map(renumbered).collect()
}
