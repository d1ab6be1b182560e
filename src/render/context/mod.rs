//! The values that templates get. What many pages show is built once and shared; a page adds what is its own.

mod card;
mod entry;
mod field;
mod filters;
mod frame;
mod full_text;
mod kin;
mod listing;
mod navigation;
mod occasion;
mod record;
pub mod reference;
mod schema;
mod script;
mod site;
mod statement;
mod structured;
mod term;
#[cfg(test)]
mod tests;
mod text;
mod toc;
mod tree;
mod value;

pub(crate) use entry::{is_shown, page};
pub(crate) use filters::option;
pub(crate) use frame::{Crumb, Frame};
pub(crate) use full_text::full_text;
pub(crate) use listing::{Part, grouped, listing};
pub(crate) use occasion::{days, on_now};
pub(crate) use record::Record;
pub(crate) use tree::branches;
pub(crate) use value::{Named, facets};

pub(super) use card::card;
pub(super) use field::{FieldView, views};
pub(super) use filters::filters;
pub(super) use site::{home_path, kinds, site, taxonomies};
pub(super) use term::Terms;
