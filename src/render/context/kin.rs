//! The terms that a term has to do with: those before and after it, and those around it.

use super::Record;
use crate::{
    model::{ListingOf, Register, TaxonomyTerm, cell_values},
    render::Renderer,
};
use tera::Value;

impl Renderer<'_> {
    /// The terms that took the place of a term, and those whose place it took that have entries.
    pub(crate) fn succession(&self, taxonomy: usize, term: usize, language: &str) -> (Vec<Value>, Vec<Value>) {
        let Some((register, index)) = self.row(taxonomy, term) else { return Default::default() };
        let value = |index: usize| self.row_value(&register.name, index, language);
        let has_entries = |value: &Value| {
            let count = value.as_map().and_then(|map| map.get(&tera::value::Key::Str("count")));
            count.and_then(Value::as_i64).is_some_and(|count| count > 0)
        };
        let successors = register.successors(index).into_iter().filter_map(value).collect();
        let predecessors = register.predecessors(index).into_iter().filter_map(value).filter(has_entries).collect();
        (successors, predecessors)
    }

    /// `{place, terms}` for each term of a taxonomy that is worked out from this one and has this term: the other
    /// terms in use that have it too.
    pub(crate) fn nearby(&self, taxonomy: usize, term: usize, language: &str) -> Vec<Value> {
        let Some((register, index)) = self.row(taxonomy, term) else { return Vec::new() };
        let taxonomies = self.library().taxonomies();
        let Some(of) = taxonomies.get(taxonomy) else { return Vec::new() };
        let mut nearby = Vec::new();
        for derived in
            taxonomies.iter().filter(|derived| derived.declaration.from.as_ref() == Some(&of.declaration.name))
        {
            let column = derived.declaration.column.as_deref().unwrap_or_default();
            for cell in cells(register, index, column) {
                let is_near = |(place, other): &(usize, &TaxonomyTerm)| {
                    let row = other.term.as_ref().map(|(_, row)| *row);
                    let shares = || row.is_some_and(|row| cells(register, row, column).any(|other| other == cell));
                    *place != term && !self.lists().of(ListingOf::Term(taxonomy, *place)).is_empty() && shares()
                };
                let near = of.terms.iter().enumerate().filter(is_near);
                let terms: Vec<Value> = near.filter_map(|(place, _)| self.term(taxonomy, place, language)).collect();
                let place = taxonomies.iter().position(|other| std::ptr::eq(other, derived));
                let same = derived.terms.iter().position(|term| term.id == crate::markdown::slug(cell));
                let value = place.zip(same).and_then(|(place, same)| self.term(place, same, language));
                let value = value.unwrap_or_else(|| Record::new().set("label", cell).value());
                nearby.push(Record::new().set("place", value).set("terms", terms).value());
            }
        }
        nearby
    }

    /// The row of a term in its register.
    fn row(&self, taxonomy: usize, term: usize) -> Option<(&Register, usize)> {
        let (register, index) = self.library().taxonomies().get(taxonomy)?.terms.get(term)?.term.as_ref()?;
        Some((self.library().register(register)?, *index))
    }
}

fn cells<'r>(register: &'r Register, row: usize, column: &str) -> impl Iterator<Item = &'r str> {
    register.terms.get(row).and_then(|row| row.columns.get(column)).into_iter().flat_map(|cell| cell_values(cell))
}
