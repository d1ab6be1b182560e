//! The terms of a taxonomy as a tree: narrower ones within wider ones.

use super::Record;
use crate::{model::Register, render::Renderer};
use std::collections::BTreeMap;
use tera::Value;

/// `[{term, branches}]` of the terms of a taxonomy, to any depth, in the order of `terms`, which gives the label and
/// the value of each. Nothing where no term in use is narrower than another.
///
/// A wider term that no entry has stands there where a narrower one is in use.
pub(crate) fn branches(
    renderer: &Renderer<'_>,
    taxonomy: usize,
    terms: &[(&str, Value)],
    language: &str,
) -> Vec<Value> {
    let Some(register) = register(renderer, taxonomy) else { return Vec::new() };
    let found = terms.iter().filter_map(|(label, value)| {
        let index = register.by_id(value.as_map()?.get(&tera::value::Key::Str("id"))?.as_str()?)?;
        Some((index, (super::super::folded(label), value.clone())))
    });
    let mut known: BTreeMap<usize, (String, Value)> = found.collect();
    let mut narrower: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut roots = Vec::new();
    let mut waiting: Vec<usize> = known.keys().copied().collect();
    while let Some(index) = waiting.pop() {
        let Some(wider) = wider(register, index) else {
            roots.push(index);
            continue;
        };
        narrower.entry(wider).or_default().push(index);
        if let (false, Some(row)) = (known.contains_key(&wider), register.terms.get(wider)) {
            let label = row.labels.get(language);
            let value = renderer.row_value(&register.name, wider, language);
            known.insert(wider, (super::super::folded(label), value.unwrap_or_else(Value::none)));
            waiting.push(wider);
        }
    }
    if narrower.is_empty() { Vec::new() } else { level(roots, &known, &narrower) }
}

/// The register that the terms of a taxonomy stand in.
fn register<'a>(renderer: &Renderer<'a>, taxonomy: usize) -> Option<&'a Register> {
    let library = renderer.library();
    let of_term = |term: &crate::model::TaxonomyTerm| term.term.as_ref().map(|(register, _)| register.clone());
    let name = library.taxonomies().get(taxonomy)?.terms.iter().find_map(of_term)?;
    library.register(&name)
}

fn wider(register: &Register, index: usize) -> Option<usize> {
    register.by_id(register.terms.get(index)?.broader.as_deref()?)
}

fn level(
    mut terms: Vec<usize>,
    known: &BTreeMap<usize, (String, Value)>,
    narrower: &BTreeMap<usize, Vec<usize>>,
) -> Vec<Value> {
    terms.sort_by_key(|term| known.get(term).map(|(label, _)| label));
    let branch = |term: usize| {
        let inside = narrower.get(&term).cloned().unwrap_or_default();
        let value = known.get(&term).map_or_else(Value::none, |(_, value)| value.clone());
        Record::new().set("term", value).set("branches", level(inside, known, narrower)).value()
    };
    terms.into_iter().map(branch).collect()
}
