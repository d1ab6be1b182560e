//! What is otherwise in one workshop than in the one before it.

use super::Workshop;
use crate::{
    model::{Changes, Entry, Library, ListingOf, Read, Taxonomy},
    render::{Lists, feeds::feeds, locale::Locale},
};
use rayon::prelude::*;
use std::sync::Arc;

impl Workshop {
    /// What pages may find otherwise here than they did in `before`.
    pub fn changes(&self, before: &Self) -> Changes {
        let mut changes = Changes::default();
        if Arc::ptr_eq(&self.shared, &before.shared) {
            self.texts(before, &mut changes);
            return changes;
        }
        if !self.is_of_one_frame(before) {
            return Changes::All;
        }
        self.texts(before, &mut changes);
        self.fronts(before, &mut changes);
        changes
    }

    /// True where the same pages stand at the same addresses, within the same words.
    fn is_of_one_frame(&self, before: &Self) -> bool {
        let (now, then) = (&self.library, &before.library);
        Arc::ptr_eq(&self.look, &before.look)
            && Arc::ptr_eq(&self.config, &before.config)
            && Arc::ptr_eq(&now.theme, &then.theme)
            && Arc::ptr_eq(&now.registers, &then.registers)
            && (&now.assets, &now.overlaid, &now.lasting) == (&then.assets, &then.overlaid, &then.lasting)
            && now.entries.len() == then.entries.len()
            && now.entries.iter().zip(&then.entries).all(|(now, then)| has_same_place(now, then))
            && now.taxonomies.len() == then.taxonomies.len()
            && now.taxonomies.iter().zip(then.taxonomies.iter()).all(|(now, then)| has_same_terms(now, then))
            && self.locales().zip(before.locales()).all(|(now, then)| now.has_same_frame(then))
            && is_of_one_shape(now, &self.shared.lists, &before.shared.lists)
            && feeds(now, &self.shared.lists) == feeds(then, &before.shared.lists)
    }

    /// Texts, and what follows from them: ties between entries.
    fn texts(&self, before: &Self, changes: &mut Changes) {
        let (now, then) = (&self.library, &before.library);
        for index in 0..now.entries.len() {
            let links = || now.links.get(index) == then.links.get(index);
            let entries = now.entries.get(index).zip(then.entries.get(index));
            let is_same = entries.is_some_and(|(now, then)| {
                Arc::ptr_eq(now, then) || (now.source.text == then.source.text && now.is_same_but_texts(then))
            });
            if !is_same || !links() {
                changes.add(Read::Entry(index));
            }
        }
        for (now, then) in
            [(&now.backlinks, &then.backlinks), (&now.similar, &then.similar), (&now.related, &then.related)]
        {
            if !Arc::ptr_eq(now, then) {
                let others = now.iter().zip(then.iter()).enumerate().filter(|(_, (now, then))| now != then);
                others.for_each(|(index, _)| changes.add(Read::Entry(index)));
            }
        }
        if !changes.is_empty() {
            changes.add(Read::Library);
        }
    }

    /// What other pages show of entries, lists and terms.
    fn fronts(&self, before: &Self, changes: &mut Changes) {
        let (now, then) = (&self.shared, &before.shared);
        let mut changed: Vec<Read> = (0..self.library.entries.len())
            .into_par_iter()
            .filter(|index| {
                let entries = self.library.entries.get(*index).zip(before.library.entries.get(*index));
                let is_same = entries.is_some_and(|(now, then)| Arc::ptr_eq(now, then) || now.is_same_but_texts(then));
                !is_same || now.cards.get(*index) != then.cards.get(*index)
            })
            .flat_map_iter(|index| [Read::Front(index), Read::Entry(index)])
            .collect();
        changed.extend(lists(&now.lists, &then.lists, &self.library));
        let filters = now.filters.iter().zip(&then.filters).enumerate().filter(|(_, (now, then))| now != then);
        changed.extend(filters.map(|(kind, _)| Read::Filters(kind)));
        for (now, then) in self.locales().zip(before.locales()) {
            changed.extend(now.changes(then));
        }
        if !changed.is_empty() {
            changed.extend([Read::Fronts, Read::Library]);
        }
        changed.into_iter().for_each(|read| changes.add(read));
    }

    fn locales(&self) -> impl Iterator<Item = &Locale> {
        std::iter::once(&self.shared.main).chain(&self.shared.others)
    }
}

fn has_same_place(now: &Arc<Entry>, then: &Arc<Entry>) -> bool {
    let same = |(now, then): (&Entry, &Entry)| {
        (&now.source.path, &now.id, &now.url, &now.language) == (&then.source.path, &then.id, &then.url, &then.language)
            && (&now.kind.name, now.state, &now.aliases) == (&then.kind.name, then.state, &then.aliases)
    };
    Arc::ptr_eq(now, then) || same((now, then))
}

/// The terms themselves; which entries have them is a list's to say.
fn has_same_terms(now: &Taxonomy, then: &Taxonomy) -> bool {
    let same = now.terms.iter().zip(&then.terms);
    now.declaration.name == then.declaration.name
        && now.terms.len() == then.terms.len()
        && same.clone().all(|(now, then)| (&now.id, &now.labels, &now.term) == (&then.id, &then.labels, &then.term))
}

/// True where the same lists are empty.
fn is_of_one_shape(library: &Library, now: &Lists, then: &Lists) -> bool {
    let taxonomies = || library.taxonomies.iter().enumerate();
    let mut terms = taxonomies().flat_map(|(place, of)| (0..of.terms.len()).map(move |term| (place, term)));
    let of_kind = |kind| {
        let terms = |lists: &Lists| -> Vec<(usize, Vec<usize>)> {
            let terms = |facet: &crate::model::Facet| facet.terms.iter().map(|(term, _)| *term).collect();
            lists.facets(kind).iter().map(|facet| (facet.taxonomy, terms(facet))).collect()
        };
        let order = |lists: &Lists| lists.in_other_order(kind).map(|(order, _)| order);
        (now.has_listing(library, kind), now.intro(kind), now.of_kind(kind).is_empty())
            == (then.has_listing(library, kind), then.intro(kind), then.of_kind(kind).is_empty())
            && order(now) == order(then)
            && terms(now) == terms(then)
    };
    (0..library.theme.kinds.len()).all(of_kind)
        && taxonomies().all(|(place, _)| now.terms_in_use(place) == then.terms_in_use(place))
        && terms.all(|(place, term)| now.has_page(place, term) == then.has_page(place, term))
}

/// The lists that hold other entries than before, or the same in another order.
fn lists(now: &Lists, then: &Lists, library: &Library) -> Vec<Read> {
    let mut changed = Vec::new();
    let mut compare = |list, now: &[usize], then: &[usize]| {
        if now != then {
            changed.push(Read::List(list));
        }
    };
    for kind in 0..library.theme.kinds.len() {
        compare(ListingOf::Kind(kind), now.of_kind(kind), then.of_kind(kind));
        let other = |lists: &Lists| lists.in_other_order(kind).map(|(_, entries)| entries.to_vec()).unwrap_or_default();
        compare(ListingOf::Other(kind), &other(now), &other(then));
        for facet in now.facets(kind) {
            for (term, entries) in &facet.terms {
                let list = ListingOf::Filter(kind, facet.taxonomy, *term);
                compare(list, entries, then.filtered(kind, facet.taxonomy, *term));
            }
        }
    }
    for (place, taxonomy) in library.taxonomies.iter().enumerate() {
        for term in 0..taxonomy.terms.len() {
            compare(ListingOf::Term(place, term), now.of_term(place, term), then.of_term(place, term));
        }
    }
    changed.extend(now.changed_series(then));
    // Whoever shows the ways to narrow a listing down tells how many entries each way leads to.
    let narrowed = changed.iter().filter_map(|read| match read {
        Read::List(ListingOf::Filter(kind, ..)) => Some(Read::Filters(*kind)),
        _ => None,
    });
    let narrowed: Vec<Read> = narrowed.collect();
    changed.extend(narrowed);
    changed
}
