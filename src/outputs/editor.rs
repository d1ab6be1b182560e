//! The web editor: its page and settings, made from the kinds, and its own files, carried along.

use super::Made;
use crate::{
    editors::decap,
    model::{Content, Output},
    render::Renderer,
    rules::Rules,
};

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    let (library, config) = (renderer.library(), renderer.config());
    let Some(editor) = &config.editor else { return Made::default() };
    let rules = Rules { config, theme: library.theme(), registers: library.registers() };
    let own = decap::made(&rules, editor).into_iter().map(|(path, text)| Output::bytes(path, text));
    let files = library.editor().iter().map(|file| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        Output { path: decap::FOLDER.to_owned() + name, content: Content::File(file.disk.clone()) }
    });
    (own.chain(files).collect(), Vec::new())
}
