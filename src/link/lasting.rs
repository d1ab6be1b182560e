//! Addresses that stay while years pass: `/x/week/` leads to the newest of `/x/week-2026/` and `/x/week-2027/`.

use super::{addresses::Owners, is_visible};
use crate::{
    config::Config,
    model::{AssetFile, Entry, Library},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

/// By address, the entries of its years that lists may name or will, those that are to be seen first, then the
/// newest first; entries by their index in `entries`.
pub(super) type Lasting = BTreeMap<String, Vec<usize>>;

/// The lasting addresses that nothing else is at.
pub(super) fn addresses(
    entries: &[Arc<Entry>],
    aliases: &[Vec<String>],
    owners: &Owners<'_>,
    assets: &[AssetFile],
    config: &Config,
) -> Lasting {
    let mut found = Lasting::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.state.is_listed()) {
        if let Some(address) = entry.lasting() {
            found.entry(address).or_default().push(index);
        }
    }
    // The old address of a page that is not there yet leads nowhere yet.
    let shown = entries.iter().zip(aliases).filter(|(entry, _)| is_visible(entry, config));
    let aliases: HashSet<&str> = shown.flat_map(|(_, aliases)| aliases).map(String::as_str).collect();
    let pages = assets.iter().filter(|asset| asset.path.ends_with("/index.html"));
    let pages: HashSet<String> = pages.map(|page| Library::asset_url(&page.path)).collect();
    found.retain(|address, _| {
        let is_file = pages.contains(&format!("{address}index.html"));
        !owners.has(address) && !aliases.contains(address.as_str()) && !is_file
    });
    for years in found.values_mut() {
        years.sort_by_key(|index| {
            entries.get(*index).map(|entry| (!is_visible(entry, config), Reverse(entry.year()), *index))
        });
    }
    found
}
