//! The search index, and the module that reads it.

use super::Made;
use crate::{
    model::Output,
    render::{Renderer, minify},
    search::{self, READER, READER_FILE},
};

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    // The reader is our own and its tests parse it; were it not to minify, its readers can still run it.
    let reader = minify::js(READER_FILE, READER).unwrap_or_else(|_| READER.to_owned());
    let settings = search::Settings {
        language: &renderer.config().language,
        kind: &|language| renderer.say(language, "search.kind"),
        href: &|path| renderer.addresses().href(path),
    };
    let files = search::files(renderer.library(), &settings).into_iter();
    (
        files
            .chain([(READER_FILE.to_owned(), reader.into_bytes())])
            .map(|(path, bytes)| Output::bytes(path, bytes))
            .collect(),
        Vec::new(),
    )
}
