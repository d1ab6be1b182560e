//! What is known of a library once it is linked, and linking again no more than a change asks for.

use super::{is_visible, likeness, lists, places::Places, taxonomies, ties, ties::Ties};
use crate::{
    diagnostic::Diagnostic,
    model::{Entry, Library},
};
use std::{collections::BTreeSet, sync::Arc};

/// A library once it is linked, hidden entries and all.
#[derive(Debug)]
pub struct Linked {
    pub(super) places: Places,
    /// By entry.
    pub(super) ties: Vec<Ties>,
    /// What is wrong beside the ties of entries.
    pub(super) faults: Vec<Diagnostic>,
    /// By entry, its index among those that may be seen.
    pub(super) new_index: Vec<Option<usize>>,
    pub(super) is_only_read: bool,
}

/// The library once more with these entries in the place of those with the same paths, and what is wrong with it; nothing
/// where that ties other entries otherwise. Where pages are made of the library, they differ in nothing but their texts.
pub fn relink(linked: &mut Linked, library: &Library, changed: &[Arc<Entry>]) -> Option<(Library, Vec<Diagnostic>)> {
    let mut again = BTreeSet::new();
    let mut is_listed_otherwise = false;
    for entry in changed {
        let index = linked.places.entry_at(entry.path())?;
        let before = linked.places.replace(index, entry.clone())?;
        let is_sound = if linked.is_only_read { stands_alike } else { likeness::is_same };
        // A fault beside the ties has its place in the text that was.
        let is_placed = |fault: &Diagnostic| fault.labels().any(|label| label.path == entry.path());
        if !is_sound(&before, entry) || linked.faults.iter().any(is_placed) {
            return None;
        }
        is_listed_otherwise |= !is_listed_alike(&before, entry);
        again.insert(index);
        if !before.anchors().eq(entry.anchors()) || !before.is_same_but_texts(entry) {
            // What is said of a link tells of the page that it leads to: its headings, its title, its days.
            let names = |(_, ties): &(usize, &Ties)| ties.named.contains(&index);
            again.extend(linked.ties.iter().enumerate().filter(names).map(|(other, _)| other));
        }
    }
    if is_listed_otherwise && !linked.has_same_lists(library) {
        return None;
    }
    let mut library = library.clone();
    for index in again {
        linked.tie_again(index, &mut library)?;
    }
    let diagnostics = linked.diagnostics();
    Some((library, diagnostics))
}

impl Linked {
    pub(super) fn renumber(&self, old: usize) -> Option<usize> {
        self.new_index.get(old).copied().flatten()
    }

    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        self.faults.iter().chain(self.ties.iter().flat_map(|ties| &ties.diagnostics)).cloned().collect()
    }

    /// True where the lists that no file makes have the addresses that they had.
    fn has_same_lists(&self, library: &Library) -> bool {
        let Places { entries, config, .. } = &self.places;
        let (theme, registers) = (&library.theme, &library.registers);
        let is_seen = |entry: &Entry| is_visible(entry, config);
        let taxonomies = taxonomies::taxonomies(entries, theme, registers, &config.language, is_seen);
        self.places.makes(lists::addresses(entries, theme, &taxonomies, config))
    }

    /// Finds the ties of an entry again; nothing where others depend on what is new.
    fn tie_again(&mut self, index: usize, library: &mut Library) -> Option<()> {
        let entry = self.places.entries.get(index)?.clone();
        let now = ties::of(&entry, &self.places);
        let before = self.ties.get(index)?;
        if now.assets != before.assets || (now.named != before.named && !self.is_only_read) {
            return None;
        }
        if let Some(new) = self.renumber(index) {
            let own = library.entries.get_mut(new)?;
            let free = own.aliases.clone();
            *own = entry;
            if own.aliases != free {
                Arc::make_mut(own).aliases = free;
            }
            if !self.is_only_read {
                let targets = ties::renumbered(&now.targets, |old| self.renumber(old));
                *library.links.get_mut(new)? = Arc::new(targets);
            }
        }
        *self.ties.get_mut(index)? = now;
        Some(())
    }
}

/// True where everything finds the one entry where it finds the other: they differ only in what they say.
fn stands_alike(one: &Entry, other: &Entry) -> bool {
    let place = |entry: &Entry| (entry.state, entry.lasting(), entry.year());
    (&one.id, &one.language, &one.url) == (&other.id, &other.language, &other.url)
        && (&one.kind.name, &one.aliases) == (&other.kind.name, &other.aliases)
        && place(one) == place(other)
}

/// True where the same lists name both.
fn is_listed_alike(one: &Entry, other: &Entry) -> bool {
    let mut facets = one.kind.fields.iter().filter(|field| field.facet.is_some());
    one.newest() == other.newest() && facets.all(|facet| one.fields.get(&facet.name) == other.fields.get(&facet.name))
}
