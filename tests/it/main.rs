//! The one integration binary: a file a feature, and the tiny sites of tests/sites.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "tests"
)]

// As the program has it: some tests make hundreds of libraries.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod site;

mod accessibility;
mod advice;
mod anew;
mod bad_input;
mod cards;
mod cases;
mod catalogue;
mod changed;
mod charts;
mod commands;
mod commonmark;
mod compare;
mod downloads;
mod editor;
mod embargo;
mod feeds;
mod fixes;
mod fmt;
mod fuzzed;
mod home;
mod hosts;
mod house;
mod incremental;
mod issues;
mod lasting;
mod lists;
mod lsp;
mod map;
mod mishaps;
mod outputs;
mod overlays;
mod pictures;
mod publish;
mod raw_html;
mod reference;
mod related;
mod reliability;
mod rereading;
mod reuse;
mod search;
mod second_build;
mod skills_offer;
mod structured;
mod suggestions;
mod tables;
mod templates;
mod themes;
mod tool_files;
mod trust;
mod upcoming;
mod word;
mod workbooks;
mod yaml_suite;
