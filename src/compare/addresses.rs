//! Files and addresses beside those of pages: what came, went, or is another one.

use super::{Moved, Named, Side};
use crate::model::Library;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a file or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It was not there before.
    New,
    /// It is no more.
    Gone,
    /// It is there, and is or leads to something else.
    Other,
}

/// A file of the library that pages show or give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Given {
    /// Its address.
    pub url: String,
    /// Its path from the root.
    pub path: String,
    /// What became of it.
    pub what: Fate,
    /// Its size in bytes before and now.
    pub bytes: (Option<u64>, Option<u64>),
}

/// An address that is not a page's own: an old one, or that of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Address {
    /// The address.
    pub url: String,
    /// What became of it.
    pub what: Fate,
    /// Where it led, if it was an old one.
    pub led: Option<String>,
    /// Where it leads now, if it leads on.
    pub leads: Option<String>,
}

/// `replaced` are the paths of files whose bytes are others.
pub(super) fn files(before: &Side, after: &Side, replaced: &BTreeSet<String>) -> Vec<Given> {
    let paths: BTreeSet<&String> = before.assets.keys().chain(after.assets.keys()).collect();
    let given = |path: &String| {
        let bytes = (before.assets.get(path).copied(), after.assets.get(path).copied());
        let what = match bytes {
            (None, _) => Fate::New,
            (_, None) => Fate::Gone,
            (then, now) => (then != now || replaced.contains(path)).then_some(Fate::Other)?,
        };
        Some(Given { url: Library::asset_url(path), path: path.clone(), what, bytes })
    };
    paths.into_iter().filter_map(given).collect()
}

/// Addresses of web pages that came or went, but for those that are told as pages.
pub(super) fn addresses(before: &Side, after: &Side, added: &[Named], gone: &[&[Moved]]) -> Vec<Address> {
    let (then, now) = (all(before), all(after));
    let come: BTreeSet<&str> = added.iter().map(|page| page.url.as_str()).collect();
    let moved: BTreeMap<&str, Option<&str>> =
        gone.iter().copied().flatten().map(|page| (page.from.as_str(), page.to.as_deref())).collect();
    let moved_to: BTreeSet<&str> = moved.values().flatten().copied().collect();
    let address = |url: &str| {
        let (led, leads) = (before.redirects.get(url), after.redirects.get(url));
        let what = match (then.contains(url), now.contains(url)) {
            (false, true) if !come.contains(url) && !moved_to.contains(url) && leads.is_none() => Fate::New,
            (true, false) if !moved.contains_key(url) => Fate::Gone,
            // Where a page went on, so did its old addresses.
            (true, true) if led.is_some() && led != leads => {
                let follows = |led: &String| moved.get(led.as_str()).is_some_and(|to| *to == leads.map(String::as_str));
                (!come.contains(url) && !led.is_some_and(follows)).then_some(Fate::Other)?
            }
            _ => return None,
        };
        Some(Address { url: url.to_owned(), what, led: led.cloned(), leads: leads.cloned() })
    };
    then.union(&now).filter_map(|url| address(url)).collect()
}

/// The addresses of web pages, old ones too.
fn all(side: &Side) -> BTreeSet<String> {
    let pages = side.files.keys().filter_map(|path| path.strip_suffix("index.html"));
    let is_whole = |path: &&str| path.is_empty() || path.ends_with('/');
    pages.filter(is_whole).map(|path| format!("/{path}")).chain(side.redirects.keys().cloned()).collect()
}
