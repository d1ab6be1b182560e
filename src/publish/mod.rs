//! From outputs to the disk: compare with the last build, stage, swap the whole site in, prune.
//!
//! ```text
//! public/                    the site, replaced as one folder
//! public/.casebook.json      the manifest: which files are ours, and their hashes
//! .casebook/cache/           in the library: what recipes made, for this site and others
//! .public.casebook/          our own folder beside it
//!     lock                   held while somebody publishes
//!     staging/               the next site while it is being filled
//!     retired/               the last site, where the system cannot exchange two folders
//!     stamps                 size, time and inode of each file as we left it
//! ```
//!
//! Everything that can fail happens in `staging/`, so that the old site stands whole until one system call
//! puts the new one in its place. A build killed at any moment leaves the old site or the new one; what it
//! leaves in `.public.casebook/` is cleared away by the next.
//!
//! What a recipe makes is made only where the site does not hold it yet. The manifest tells: beside the hash of
//! such a file stands that of its origin, the recipe's key with what goes into it. So the site is the first store of
//! what was costly, and nothing in it can be out of date. What it lacks may still be in the cache: what an earlier
//! build made and did not come to publish, or what was in the site before.
//!
//! A page that tells how large such files are is compared last, when all of them are there.
#![allow(clippy::disallowed_methods, reason = "to write the site is the work of this room")]

mod cache;
mod comparison;
mod destination;
mod failure;
mod hash;
mod in_place;
mod making;
mod manifest;
mod origin;
mod paths;
mod staging;
mod stamps;
mod survey;
mod swap;
#[cfg(test)]
mod tests;

use std::{collections::HashSet, path::Path};

use crate::{diagnostic::Diagnostic, model::Output};

pub use making::Making;

use cache::Cache;
use comparison::{Comparison, Present};
use destination::Destination;
use manifest::Manifest;
use stamps::Stamps;
use survey::Survey;

/// What a publish did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or differ from the last build.
    pub written: usize,
    /// Files that keep their bytes and their time.
    pub unchanged: usize,
    /// Files of the last build that are gone.
    pub removed: usize,
    /// Size of the whole site.
    pub bytes: u64,
}

/// Makes `destination` hold exactly these outputs, or leaves it as it was.
///
/// `root` is the library's own folder: a destination that holds it is refused, as is one with files that
/// Casebook did not make. Where nothing has changed, nothing in `destination` is touched. `told` hears how far the
/// making of what is costly is.
///
/// # Errors
/// Why it can't: one fault of the system, or each fault of what recipes were given.
pub fn publish(
    root: &Path,
    destination: &Path,
    outputs: &[Output],
    told: &(dyn Fn(Making) + Sync),
) -> Result<Summary, Vec<Diagnostic>> {
    paths::check(outputs)?;
    let destination = Destination::check(root, destination)?;
    if destination.is_new() {
        // Refuse before anything is created beside a folder that may be somebody's documents.
        Survey::take(&destination)?;
    }
    let _lock = destination.lock()?;
    swap::recover(&destination)?;

    let survey = Survey::take(&destination)?;
    let stamps = Stamps::read(&destination.stamps());
    let present = Present { destination: &destination, survey: &survey, stamps: &stamps };
    let mut comparison = Comparison::make(&present, outputs)?;
    let cache = Cache::open(root)?;
    let ready = making::make(&cache, &destination, &comparison, told)?;
    comparison.tell(&present, &ready)?;
    if comparison.nothing_changed(&survey) {
        if comparison.rehashed() {
            // Spares the next build the reading. It is no loss where it fails.
            let _ = Stamps::of(&comparison.kept()).write(&destination.stamps());
        }
        return Ok(comparison.summary());
    }

    let swapped = staging::fill(&destination, &survey, &comparison, &ready).and_then(|staged| {
        swap::swap(&destination, &survey, &comparison, &Manifest::of(&staged))?;
        if !ready.is_empty() {
            cache.prune(&comparison.items.iter().filter_map(|item| item.origin).collect::<HashSet<_>>());
        }
        Ok(staged.iter().map(|file| file.size).sum())
    });
    // Both after a failure and after the swap, what is left there is of no more use.
    swap::clear(&destination);
    Ok(swapped.map(|bytes| Summary { bytes, ..comparison.summary() })?)
}
