//! The files that published pages carry along.

use super::places::Places;
use crate::model::AssetFile;
use std::collections::{BTreeMap, BTreeSet};

/// The files that published pages name (`used`), and those that lie in the folder of a published page.
pub(super) fn carried(places: &Places, used: &BTreeSet<String>) -> BTreeMap<String, AssetFile> {
    let beside = |path: &str| places.owner(path).is_some_and(|owner| places.is_visible(owner));
    places
        .assets
        .iter()
        .filter(|(path, _)| used.contains(*path) || beside(path))
        .map(|(path, asset)| (path.clone(), asset.clone()))
        .collect()
}
