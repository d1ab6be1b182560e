//! Casebook turns a folder of Markdown — case studies, guides, packs and the records around them — into a
//! searchable static site with indexes by theme.
//!
//! A build is a chain. Each stage takes values and gives values and diagnostics back; none knows another, none
//! prints, and none stops at the first fault. [`pipeline`] alone knows them all:
//!
//! 1. [`discover`] walks the library and its theme and reads the files.
//! 2. [`parse`] splits each file into front matter and Markdown, and reads kinds, components and registers.
//! 3. [`validate`] holds each document against its kind: typed fields, or faults at the very value.
//! 4. [`advice`] says, in `casebook check` alone, what there is to say of the language of pages.
//! 5. [`link`] ties the entries together: links, references, taxonomies, backlinks.
//! 6. [`outputs`] plans every page and file that the site needs and makes them, with [`render`] for templates
//!    and Markdown and [`search`] for the index. Nothing is written yet.
//! 7. [`publish`] compares with the last site, writes what changed and swaps the whole in.
//!
//! The nouns that they share are in [`model`]; what they have to say is a [`diagnostic`]. `casebook check` is the
//! same chain without the last stage; `casebook serve` keeps the outputs in memory and [`watch`]es for changes.

// The settings of clippy let tests do what else the program may not; for this lint they have no say.
#![cfg_attr(test, allow(clippy::string_slice, reason = "tests"))]

pub mod advice;
pub mod agenda;
pub mod builtin;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod config;
pub mod diagnostic;
pub mod discover;
pub mod editors;
pub mod front_matter;
pub mod import;
pub mod link;
pub mod link_path;
pub mod lsp;
pub mod markdown;
pub mod mishap;
pub mod model;
pub mod nearest;
pub mod outputs;
pub mod parse;
pub mod picture;
pub mod pipeline;
pub mod portable;
pub mod publish;
pub mod render;
pub mod rules;
pub mod search;
pub mod validate;
pub mod watch;
pub mod yaml;
