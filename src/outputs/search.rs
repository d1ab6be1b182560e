//! The search index, and the module that reads it.

use super::Made;
use crate::{
    model::Output,
    render::{Renderer, minify},
    search::{self, READER_FILE},
};

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    // The reader is our own and its tests parse it; were it not to minify, its readers can still run it.
    let reader = search::reader();
    let reader = minify::js(READER_FILE, &reader).unwrap_or(reader);
    let (workshop, addresses) = (renderer.workshop(), renderer.addresses());
    let settings = search::Settings {
        language: &renderer.config().language,
        kind: &|language| workshop.renderer().say(language, "search.kind"),
        href: &|path| addresses.href(path),
    };
    let files = search::files(renderer.library().whole(), &settings);
    let files = files.into_iter().chain([(READER_FILE.to_owned(), reader.into_bytes())]);
    (files.map(|(path, bytes)| Output::bytes(path, bytes)).collect(), Vec::new())
}
