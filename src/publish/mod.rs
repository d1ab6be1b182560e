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
//!     made/                  what recipes made for the next site
//!     stamps                 size, time and inode of each file as we left it
//!     note                   what the site was made from: a build that finds the same has nothing to do
//! ```
//!
//! Everything that can fail happens in `staging/`, so that the old site stands whole until one system call
//! puts the new one in its place. A build killed at any moment leaves the old site or the new one; what it
//! leaves in `.public.casebook/` is cleared away by the next.
//!
//! What a recipe makes is made only where the site does not hold it yet. The manifest tells: beside the hash of
//! such a file stands that of its origin, the recipe's key with what goes into it. So the site is the first store of
//! what was costly, and nothing in it can be out of date. What it lacks may still be in the cache: what an earlier
//! build made and did not come to publish, or what was in the site before. A build goes on without it as well.
//!
//! A page that tells how large such files are is compared last, when all of them are there.
//!
//! Every change to the disk goes through `disk`, so that tests can have each of them fail.
#![allow(clippy::disallowed_methods, reason = "to write the site is the work of this room")]

mod cache;
mod comparison;
mod destination;
mod disk;
mod failure;
mod hash;
mod in_place;
mod making;
mod manifest;
mod note;
mod origin;
mod paths;
mod press;
mod staging;
mod stamps;
mod survey;
mod swap;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::{diagnostic::Diagnostic, model::Output};

pub use making::Making;
pub use note::{last as last_note, unchanged};
pub use press::Press;

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
    Press::open(root, destination)?.publish(outputs, None, told)
}
