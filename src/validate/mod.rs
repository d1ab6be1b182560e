//! Holds each document against its kind: typed fields, or faults at the very value.

mod address;
mod alt;
mod chart;
mod component;
mod entry;
mod fields;
mod lifecycle;
mod placeholder;
mod scalar;
mod table;
mod text;

pub use entry::{entry, kind_of};

/// The address in the site that a page at this path has, where it can have one.
pub fn url(path: &str, config: &Config) -> Option<String> {
    address::address(path, config).ok().map(|address| address.url)
}

use crate::{config::Config, rules::Rules};
