//! The search index: what the build writes, and beside it the module that reads it in a browser.
//!
//! README.md in this folder describes the format. Writer and readers carry its version.

mod format;
mod language;
mod reader;
mod words;
mod writer;

pub use format::FOLDER;
pub use reader::{Answer, Count, Facet, Filters, Found, Index, Labels, Link, Options, Sort, Source};
pub use writer::{Settings, files};

/// Where the reader lies in the site.
pub const READER_FILE: &str = "search/reader.js";

/// The modules of the reader in `js/`, each before those that import it; the last is what the reader exports.
const MODULES: &[&str] = &[
    include_str!("js/words.js"),
    include_str!("js/bytes.js"),
    include_str!("js/files.js"),
    include_str!("js/dictionary.js"),
    include_str!("js/spelling.js"),
    include_str!("js/question.js"),
    include_str!("js/scores.js"),
    include_str!("js/passage.js"),
    include_str!("js/state.js"),
    include_str!("js/meaning.js"),
    include_str!("js/facets.js"),
    include_str!("js/phrases.js"),
];
const LAST_MODULE: &str = include_str!("js/index.js");

/// The reader: an ES module that runs in browsers and in Node. It is one file, so that no browser has to ask twice;
/// no name stands in two of its modules, or it would not be a script.
pub fn reader() -> String {
    let inner = MODULES.iter().flat_map(|module| module.lines());
    let inner = inner.map(|line| line.strip_prefix("export ").unwrap_or(line));
    let lines = inner.chain(LAST_MODULE.lines()).filter(|line| !line.starts_with("import "));
    lines.flat_map(|line| [line, "\n"]).collect()
}
