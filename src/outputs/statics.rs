//! A file of the theme.

use super::{Made, file_of};
use crate::{
    model::{Content, Output},
    render::Renderer,
};

pub(super) fn make(renderer: &Renderer<'_>, place: usize) -> Made {
    let file = renderer.static_file(place);
    let output = file.map(|file| Output { path: file_of(&file.path), content: Content::Bytes(file.bytes.clone()) });
    (output.into_iter().collect(), Vec::new())
}
