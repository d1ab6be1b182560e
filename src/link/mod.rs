//! Ties the entries together: addresses, links and references, taxonomies, backlinks, related entries, and the
//! files that published pages carry along.

mod addresses;
mod assets;
mod days;
mod lasting;
mod likeness;
mod lists;
mod pictures;
mod places;
mod references;
mod settings;
mod targets;
mod taxonomies;

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{AssetFile, Entry, Library, Registers, Target, Theme},
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What the link stage takes.
#[derive(Debug)]
pub struct Parts {
    /// Every entry, whatever its state, by path.
    pub entries: Vec<Entry>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// The registers.
    pub registers: Arc<Registers>,
    /// Every file that is no page, by path.
    pub assets: Vec<AssetFile>,
    /// The paths of pages that are there and could not be read: links to them are no faults of their own.
    pub unread: BTreeSet<String>,
    /// The real paths of files that are laid over `content/`, by the path that they have there.
    pub overlaid: BTreeMap<String, String>,
}

/// The library that these parts make. Entries that may not be seen are checked like the others, and are not in it.
pub fn link(parts: Parts, config: &Config) -> (Library, Vec<Diagnostic>) {
    let Parts { entries, theme, registers, assets, unread, overlaid } = parts;
    let (mut entries, mut diagnostics) = addresses::unique(entries, config);
    let taxonomies =
        taxonomies::taxonomies(&entries, &theme, &registers, &config.language, |entry| is_visible(entry, config));
    let lists = lists::addresses(&entries, &theme, &taxonomies, config);
    let (owners, faults) = addresses::Owners::new(&entries, &theme, lists.clone());
    diagnostics.extend(faults);
    let (aliases, faults) = addresses::aliases(&entries, &owners);
    diagnostics.extend(faults);
    let lasting = lasting::addresses(&entries, &aliases, &owners, &assets, config);
    let places = places::Places::new(&entries, &theme, &lists, &lasting, &assets, &unread, config);

    diagnostics.extend(settings::check(&places, &theme));
    let linked: Vec<Linked> = entries.par_iter().map(|entry| linked(entry, &places)).collect();
    let mut visible = Vec::new();
    let mut used_assets = BTreeSet::new();
    for (index, (entry, linked)) in entries.iter().zip(linked).enumerate() {
        diagnostics.extend(linked.diagnostics);
        if is_visible(entry, config) {
            used_assets.extend(linked.assets);
            visible.push((index, linked.targets, linked.named));
        }
    }
    let assets = assets::carried(&places, &used_assets);
    diagnostics.extend(pictures::unnamed(&assets, &used_assets));
    diagnostics.extend(addresses::files(&assets, &owners));
    for (entry, free) in entries.iter_mut().zip(aliases) {
        entry.aliases = free;
    }

    let mut library = Library { theme, registers, assets, overlaid, ..Library::default() };
    // Entries keep their order; their indexes close up over those that are left out.
    let mut new_index = vec![None; entries.len()];
    for (new, (old, ..)) in visible.iter().enumerate() {
        if let Some(slot) = new_index.get_mut(*old) {
            *slot = Some(new);
        }
    }
    let renumber = |old: usize| new_index.get(old).copied().flatten();
    library.taxonomies = taxonomies::renumbered(taxonomies, &renumber);
    for (address, years) in lasting {
        let years: Vec<usize> = years.into_iter().filter_map(renumber).collect();
        if !years.is_empty() {
            library.lasting.insert(address, years);
        }
    }
    let mut named_by: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); visible.len()];
    for (new, (_, targets, named)) in visible.into_iter().enumerate() {
        for other in named.into_iter().filter_map(renumber).filter(|other| *other != new) {
            if let Some(names) = named_by.get_mut(other) {
                names.insert(new);
            }
        }
        let renumbered = |target: Target| match target {
            Target::Entry(old, anchor) => {
                renumber(old).map_or(Target::AsWritten(String::new()), |new| Target::Entry(new, anchor))
            }
            other => other,
        };
        library.links.push(targets.into_iter().map(|text| text.into_iter().map(renumbered).collect()).collect());
    }
    library.entries = entries
        .into_iter()
        .enumerate()
        .filter(|(old, _)| renumber(*old).is_some())
        .map(|(_, entry)| Arc::new(entry))
        .collect();
    for (index, entry) in library.entries.iter().enumerate() {
        library.by_path.insert(entry.path().to_owned(), index);
        library.by_id.entry(entry.id.clone()).or_default().insert(entry.language.clone(), index);
    }
    library.backlinks = named_by.into_iter().map(|names| by_title(names, &library.entries)).collect();
    (library.similar, library.related) = likeness::likenesses(&library);
    (library, diagnostics)
}

/// True for what this build shows.
fn is_visible(entry: &Entry, config: &Config) -> bool {
    entry.state.is_published() || (config.drafts && entry.state == crate::model::State::Draft)
}

/// What was found for one entry.
struct Linked {
    targets: Vec<Vec<Target>>,
    named: Vec<usize>,
    assets: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

fn linked(entry: &Entry, places: &places::Places) -> Linked {
    let mut resolver = targets::Resolver::new(entry, places);
    let targets: Vec<Vec<Target>> =
        entry.texts.iter().map(|text| text.links.iter().map(|link| resolver.target(text, link)).collect()).collect();
    let mut named: Vec<usize> = targets
        .iter()
        .flatten()
        .filter_map(|target| match target {
            Target::Entry(index, _) => Some(*index),
            _ => None,
        })
        .collect();
    let mut used: Vec<String> = targets
        .iter()
        .flatten()
        .filter_map(|target| match target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        })
        .collect();
    let mut diagnostics = resolver.diagnostics;
    let found = references::references(entry, places);
    named.extend(found.entries);
    used.extend(found.assets);
    diagnostics.extend(found.diagnostics);
    diagnostics.extend(days::check(entry, places));
    Linked { targets, named, assets: used, diagnostics }
}

fn by_title(indexes: BTreeSet<usize>, entries: &[Arc<Entry>]) -> Vec<usize> {
    let mut sorted: Vec<usize> = indexes.into_iter().collect();
    sorted.sort_by_key(|index| entries.get(*index).map(|entry| (entry.title.to_lowercase(), entry.url.clone())));
    sorted
}
