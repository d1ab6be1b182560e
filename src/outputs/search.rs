//! The search index, and the module that reads it.

use super::Made;
use crate::{
    model::Output,
    render::{Renderer, minify},
    search::{INDEX, READER, READER_FILE, index},
};

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    // The reader is our own and its tests parse it; were it not to minify, its readers can still run it.
    let reader = minify::js(READER_FILE, READER).unwrap_or_else(|_| READER.to_owned());
    let index = index(renderer.library(), |path| renderer.addresses().href(path));
    (vec![Output::bytes(INDEX, index), Output::bytes(READER_FILE, reader)], Vec::new())
}
