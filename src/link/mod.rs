//! Ties the entries together: addresses, links and references, taxonomies, backlinks, related entries, and the
//! files that published pages carry along.

mod active;
mod addresses;
mod assets;
mod days;
mod lasting;
mod likeness;
mod linked;
mod lists;
mod pictures;
mod places;
mod references;
mod settings;
mod targets;
mod taxonomies;
mod ties;

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{AssetFile, Entry, Library, Registers, Theme},
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};
use ties::Ties;

pub use linked::{Linked, relink};

/// What the link stage takes.
#[derive(Debug)]
pub struct Parts {
    /// Every entry, whatever its state, by path.
    pub entries: Vec<Arc<Entry>>,
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
    /// True where no page is made of the library: what ties entries together is looked for only as far as something
    /// may be wrong with it.
    pub is_only_read: bool,
}

/// The library that these parts make, what is wrong with them, and what [`relink`] needs of it. Entries that may not be
/// seen are checked like the others, and are not in it.
pub fn link(parts: Parts, config: &Arc<Config>) -> (Library, Vec<Diagnostic>, Linked) {
    let Parts { entries, theme, registers, assets, unread, overlaid, is_only_read } = parts;
    let (mut entries, mut diagnostics) = addresses::unique(entries, config);
    let taxonomies =
        taxonomies::taxonomies(&entries, &theme, &registers, &config.language, |entry| is_visible(entry, config));
    let lists = lists::addresses(&entries, &theme, &taxonomies, config);
    let (owners, faults) = addresses::Owners::new(&entries, &theme, lists.clone());
    diagnostics.extend(faults);
    let (aliases, faults) = addresses::aliases(&entries, &owners);
    diagnostics.extend(faults);
    let lasting = lasting::addresses(&entries, &aliases, &owners, &assets, config);
    let places = places::Places::new(entries.clone(), &theme, lists, lasting, assets, unread, config.clone());

    diagnostics.extend(settings::check(&places, &theme));
    let ties: Vec<Ties> = entries.par_iter().map(|entry| ties::of(entry, &places)).collect();
    let visible: Vec<usize> = (0..entries.len()).filter(|index| places.is_visible(*index)).collect();
    let used_assets: BTreeSet<String> =
        visible.iter().filter_map(|index| ties.get(*index)).flat_map(|ties| ties.assets.clone()).collect();
    let assets = assets::carried(&places, &used_assets);
    diagnostics.extend(pictures::unnamed(&assets, &used_assets, config.limits));
    diagnostics.extend(addresses::files(&assets, &owners));
    drop(owners);
    for (entry, free) in entries.iter_mut().zip(aliases) {
        if entry.aliases != free {
            Arc::make_mut(entry).aliases = free;
        }
    }

    let linked =
        Linked { places, ties, faults: diagnostics, new_index: closed_up(&visible, entries.len()), is_only_read };
    let library = Library {
        theme,
        registers,
        entries: seen(&linked, entries),
        assets: Arc::new(assets),
        overlaid: Arc::new(overlaid),
        taxonomies: Arc::new(taxonomies::renumbered(taxonomies, &|old| linked.renumber(old))),
        ..Library::default()
    };
    let library = if is_only_read { library } else { tied(library, &linked, &visible) };
    let diagnostics = linked.diagnostics();
    (library, diagnostics, linked)
}

/// Entries keep their order; their indexes close up over those that are left out.
fn closed_up(visible: &[usize], count: usize) -> Vec<Option<usize>> {
    let mut new_index = vec![None; count];
    for (new, old) in visible.iter().enumerate() {
        if let Some(slot) = new_index.get_mut(*old) {
            *slot = Some(new);
        }
    }
    new_index
}

/// The entries that may be seen.
fn seen(linked: &Linked, entries: Vec<Arc<Entry>>) -> Vec<Arc<Entry>> {
    entries.into_iter().enumerate().filter(|(old, _)| linked.renumber(*old).is_some()).map(|(_, entry)| entry).collect()
}

/// A library with all that ties its entries together.
fn tied(mut library: Library, linked: &Linked, visible: &[usize]) -> Library {
    let renumber = |old: usize| linked.renumber(old);
    let years = |years: &Vec<usize>| years.iter().filter_map(|old| renumber(*old)).collect::<Vec<_>>();
    let lasting = linked.places.lasting.iter().map(|(address, all)| (address.clone(), years(all)));
    library.lasting = Arc::new(lasting.filter(|(_, years)| !years.is_empty()).collect());
    let mut named_by: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); visible.len()];
    for (new, ties) in visible.iter().filter_map(|old| linked.ties.get(*old)).enumerate() {
        for other in ties.named.iter().filter_map(|other| renumber(*other)).filter(|other| *other != new) {
            if let Some(names) = named_by.get_mut(other) {
                names.insert(new);
            }
        }
        library.links.push(Arc::new(ties::renumbered(&ties.targets, renumber)));
    }
    let (mut by_path, mut by_id) = (HashMap::new(), HashMap::<String, BTreeMap<String, usize>>::new());
    for (index, entry) in library.entries.iter().enumerate() {
        by_path.insert(entry.path().to_owned(), index);
        by_id.entry(entry.id.clone()).or_default().insert(entry.language.clone(), index);
    }
    (library.by_path, library.by_id) = (Arc::new(by_path), Arc::new(by_id));
    library.backlinks = Arc::new(named_by.into_iter().map(|names| by_title(names, &library.entries)).collect());
    let (similar, related) = likeness::likenesses(&library);
    (library.similar, library.related) = (Arc::new(similar), Arc::new(related));
    library
}

/// True for what this build shows.
fn is_visible(entry: &Entry, config: &Config) -> bool {
    entry.state.is_published() || (config.drafts && entry.state == crate::model::State::Draft)
}

fn by_title(indexes: BTreeSet<usize>, entries: &[Arc<Entry>]) -> Vec<usize> {
    let mut sorted: Vec<usize> = indexes.into_iter().collect();
    sorted.sort_by_key(|index| entries.get(*index).map(|entry| (entry.title.to_lowercase(), entry.url.clone())));
    sorted
}
