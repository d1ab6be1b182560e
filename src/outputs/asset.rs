//! A file of the library, carried along as it is.

use super::Made;
use crate::{
    model::{Content, Library, Output},
    render::Renderer,
};

pub(super) fn make(renderer: &Renderer<'_>, path: &str) -> Made {
    let asset = renderer.library().assets.get(path);
    let output = |disk: &std::path::PathBuf| Output {
        path: Library::asset_url(path).trim_start_matches('/').to_owned(),
        content: Content::File(disk.clone()),
    };
    (asset.map(|asset| output(&asset.disk)).into_iter().collect(), Vec::new())
}
