//! What ties one entry to others: where its links lead, whom and what it names.

use super::{days, places::Places, references, targets};
use crate::{
    diagnostic::Diagnostic,
    model::{Entry, Target},
};
use std::collections::BTreeSet;

/// What was found for one entry; others by their index among all entries, seen or not.
#[derive(Debug)]
pub(super) struct Ties {
    /// Where each link leads: by text and link.
    pub targets: Vec<Vec<Target>>,
    /// The entries that it links to or names, those too that may not be seen.
    pub named: BTreeSet<usize>,
    /// The files that it uses.
    pub assets: BTreeSet<String>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The ties of an entry, with the faults met.
pub(super) fn of(entry: &Entry, places: &Places) -> Ties {
    let mut resolver = targets::Resolver::new(entry, places);
    let of_text = |text: &crate::model::PageText| text.links.iter().map(|link| resolver.target(text, link)).collect();
    let targets: Vec<Vec<Target>> = entry.texts.iter().map(of_text).collect();
    let targets::Resolver { mut named, mut diagnostics, .. } = resolver;
    let found = references::references(entry, places);
    diagnostics.extend(found.diagnostics);
    diagnostics.extend(days::check(entry, places));
    named.extend(found.entries);
    let mut assets = BTreeSet::from_iter(found.assets);
    for target in targets.iter().flatten() {
        if let Target::Asset(path) = target {
            assets.insert(path.clone());
        }
    }
    Ties { targets, named, assets, diagnostics }
}

/// The same targets under the indexes that entries have once those that may not be seen are left out.
pub(super) fn renumbered(targets: &[Vec<Target>], renumber: impl Fn(usize) -> Option<usize>) -> Vec<Vec<Target>> {
    let target = |target: &Target| match target {
        Target::Entry(old, anchor) => {
            renumber(*old).map_or(Target::AsWritten(String::new()), |new| Target::Entry(new, anchor.clone()))
        }
        other => other.clone(),
    };
    targets.iter().map(|text| text.iter().map(target).collect()).collect()
}
