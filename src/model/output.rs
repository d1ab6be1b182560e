//! What a build makes: site paths and bytes. Nothing is written yet.

use super::Recipe;
use std::{path::PathBuf, sync::Arc};

/// One file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Path in the site, `/` between folders, no leading `/`: `guides/virtual-school-heads/index.html`.
    pub path: String,
    /// What the file holds.
    pub content: Content,
}

/// The bytes of an output, or where they lie.
#[derive(Clone, Debug)]
pub enum Content {
    /// Bytes made by the build.
    Bytes(Arc<[u8]>),
    /// A file of the library that is carried along as it is.
    File(PathBuf),
    /// Bytes that are costly to make, and made only where they are wanted: by a publish that has them not yet, or by
    /// the preview when they are asked for.
    Made(Arc<Recipe>),
}

impl Output {
    /// An output of bytes made by the build.
    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: Content::Bytes(Arc::from(bytes.into())) }
    }

    /// An output of bytes that are made when they are wanted.
    pub fn made(path: impl Into<String>, recipe: Recipe) -> Self {
        Self { path: path.into(), content: Content::Made(Arc::new(recipe)) }
    }
}
