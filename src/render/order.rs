//! The orders of lists.

use crate::model::{Library, Order};
use std::cmp::Reverse;

/// Puts entries of the library in an order.
pub(super) fn sort(entries: &mut [usize], library: &Library, order: Order) {
    let entry = |index: &usize| library.entries.get(*index);
    let title = |index: &usize| entry(index).map(|entry| (folded(&entry.title), entry.url.as_str()));
    match order {
        Order::Newest => {
            entries.sort_by_cached_key(|index| (Reverse(entry(index).and_then(|entry| entry.newest())), title(index)))
        }
        Order::Title => entries.sort_by_cached_key(title),
        Order::Start => entries
            .sort_by_cached_key(|index| (Reverse(entry(index).and_then(|entry| entry.day("start"))), title(index))),
    }
}

/// A title as an index sorts it: without case and accents, from its first letter or digit on.
pub fn folded(title: &str) -> String {
    let plain = deunicode::deunicode(title).to_lowercase();
    plain.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}

/// The heading of an index that a title stands under: its letter, or `0-9`.
pub fn letter(title: &str) -> String {
    match folded(title).chars().next() {
        Some(first) if first.is_ascii_alphabetic() => first.to_ascii_uppercase().to_string(),
        _ => "0-9".to_owned(),
    }
}
