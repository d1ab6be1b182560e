//! The search index: what the build writes, and beside it the module that reads it in a browser.
//!
//! README.md in this folder describes the format. Writer and reader carry its version.

mod format;
mod language;
mod words;
mod writer;

pub use writer::{Settings, files};

/// Where the reader lies in the site.
pub const READER_FILE: &str = "search/reader.js";

/// The reader: an ES module that runs in browsers and in Node.
pub const READER: &str = include_str!("reader.js");
