//! From outputs to the disk: compare with the last build, stage, swap the whole site in, prune.
//!
//! ```text
//! public/                    the site, replaced as one folder
//! public/.casebook.json      the manifest: which files are ours, and their hashes
//! .public.casebook/          our own folder beside it
//!     lock                   held while somebody publishes
//!     staging/               the next site while it is being filled
//!     retired/               the last site, where the system cannot exchange two folders
//!     made/                  what recipes made for a site that never came to be
//!     stamps                 size, time and inode of each file as we left it
//! ```
//!
//! Everything that can fail happens in `staging/`, so that the old site stands whole until one system call
//! puts the new one in its place. A build killed at any moment leaves the old site or the new one; what it
//! leaves in `.public.casebook/` is cleared away by the next.
//!
//! What a recipe makes is made only where the site does not hold it yet. The manifest tells: beside the hash of
//! such a file stands that of its origin, the recipe's key with the bytes of its files. So the site is its own
//! store of what was costly, nothing in it can be out of date, and what is no longer used goes with the rest.
#![allow(clippy::disallowed_methods, reason = "to write the site is the work of this room")]

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

use std::path::Path;

use crate::{diagnostic::Diagnostic, model::Output};

use comparison::Comparison;
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
/// Casebook did not make. Where nothing has changed, nothing in `destination` is touched.
///
/// # Errors
/// Why it can't: one fault of the system, or each fault of what recipes were given.
pub fn publish(root: &Path, destination: &Path, outputs: &[Output]) -> Result<Summary, Vec<Diagnostic>> {
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
    let comparison = Comparison::make(&destination, &survey, &stamps, outputs)?;
    if comparison.nothing_changed(&survey) {
        if comparison.rehashed() {
            // Spares the next build the reading. It is no loss where it fails.
            let _ = Stamps::of(&comparison.kept()).write(&destination.stamps());
        }
        return Ok(comparison.summary());
    }

    let ready = making::make(&destination, &comparison)?;
    let swapped = staging::fill(&destination, &survey, &comparison, &ready).and_then(|staged| {
        swap::swap(&destination, &survey, &comparison, &Manifest::of(&staged))?;
        // All of it is in the site. What can't be removed now goes after the next publish.
        let _ = swap::remove(&destination.made());
        Ok(staged.iter().map(|file| file.size).sum())
    });
    // Both after a failure and after the swap, what is left there is of no more use.
    swap::clear(&destination);
    Ok(swapped.map(|bytes| Summary { bytes, ..comparison.summary() })?)
}
