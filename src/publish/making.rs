//! The outputs of recipes that the site does not hold yet, made in parallel.
//!
//! They go into a folder beside the site first, and into the cache, each under what it was made from. From there the
//! staging folder takes them. Where a build fails or is killed they stay in the cache, so that the next one has to make
//! only the rest.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    path::PathBuf,
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    diagnostic::{self, Code, Diagnostic},
    mishap,
    model::{Content, Ingredient, Recipe},
};

use super::{
    cache::{Cache, Piece, Ready},
    comparison::Comparison,
    destination::Destination,
    failure::failed,
    hash::Hash,
};

/// How far the making is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    /// It starts, and so many are to be made.
    Start(usize),
    /// One more is made.
    Step,
}

/// Makes what neither the site nor the cache holds. Where some can't be made, says so of each.
pub(super) fn make(
    cache: &Cache,
    destination: &Destination,
    comparison: &Comparison<'_>,
    told: &(dyn Fn(Making) + Sync),
) -> Result<Ready, Vec<Diagnostic>> {
    let wanted = comparison.items.iter().filter(|item| item.kept.is_none());
    let wanted: BTreeMap<Hash, (&str, &Recipe)> = wanted
        .filter_map(|item| match item.content? {
            Content::Made(recipe) => Some((item.origin?, (item.path, recipe.as_ref()))),
            Content::Bytes(_) | Content::File(_) | Content::Measured(_) => None,
        })
        .collect();
    if wanted.is_empty() {
        return Ok(Ready::new());
    }
    cache.open()?;
    let ready = cache.find(&wanted.keys().copied().collect::<HashSet<_>>());
    let mut rounds: BTreeMap<usize, Vec<(Hash, &str, &Recipe)>> = BTreeMap::new();
    for (origin, (path, recipe)) in wanted.into_iter().filter(|(origin, _)| !ready.contains_key(origin)) {
        rounds.entry(depth(recipe)).or_default().push((origin, path, recipe));
    }
    told(Making::Start(rounds.values().map(Vec::len).sum()));
    let site = comparison.items.iter().filter(|item| item.kept.is_some());
    let site = site.filter_map(|item| Some((item.origin?, destination.site.join(item.path)))).collect();
    let mut kitchen = Kitchen { cache, comparison, site, ready };
    let mut faults = Vec::new();
    for round in rounds.into_values() {
        let make = |(origin, path, recipe): (Hash, &str, &Recipe)| {
            let piece = mishap::caught(|| path.to_owned(), || kitchen.piece(origin, recipe)).and_then(|piece| piece);
            told(Making::Step);
            (origin, piece)
        };
        for (origin, piece) in round.into_par_iter().map(make).collect::<Vec<_>>() {
            match piece {
                Ok(piece) => {
                    kitchen.ready.insert(origin, piece);
                }
                Err(fault) => faults.push(fault),
            }
        }
    }
    // Several outputs of one file fail alike, and a full disk fails all of them.
    diagnostic::sort(&mut faults);
    let mut is_told = false;
    faults.retain(|fault| fault.code != Code::OutputFailed || !std::mem::replace(&mut is_told, true));
    if faults.is_empty() { Ok(kitchen.ready) } else { Err(faults) }
}

/// How many recipes must be done one after the other before this one.
fn depth(recipe: &Recipe) -> usize {
    let made = recipe.ingredients().iter().filter_map(|ingredient| match ingredient {
        Ingredient::Made(recipe) => Some(depth(recipe) + 1),
        Ingredient::File(_) => None,
    });
    made.max().unwrap_or(0)
}

struct Kitchen<'a> {
    cache: &'a Cache,
    comparison: &'a Comparison<'a>,
    /// Where the site has what it holds already, by origin.
    site: HashMap<Hash, PathBuf>,
    ready: Ready,
}

impl Kitchen<'_> {
    fn piece(&self, origin: Hash, recipe: &Recipe) -> Result<Piece, Diagnostic> {
        let bytes = self.bytes(recipe)?;
        self.cache.keep(origin, &bytes, recipe.pages(&bytes))
    }

    /// What a recipe gives, made now.
    fn bytes(&self, recipe: &Recipe) -> Result<Vec<u8>, Diagnostic> {
        let ingredients = recipe.ingredients().iter().map(|ingredient| match ingredient {
            Ingredient::File(path) => Ok(Arc::from(fs::read(path).map_err(failed("read", path))?)),
            Ingredient::Made(recipe) => {
                let origin = self.comparison.origins.of(recipe);
                let path = self.ready.get(&origin).map(|piece| &piece.path).or_else(|| self.site.get(&origin));
                match path {
                    Some(path) => Ok(Arc::from(fs::read(path).map_err(failed("read", path))?)),
                    // No output of its own, or one that failed: then this says so again, at the same place.
                    None => Ok(Arc::from(self.bytes(recipe)?)),
                }
            }
        });
        recipe.make(&ingredients.collect::<Result<Vec<_>, Diagnostic>>()?)
    }
}
