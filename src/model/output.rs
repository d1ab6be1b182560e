//! What a build makes: site paths and bytes. Nothing is written yet.

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
}

impl Output {
    /// An output of bytes made by the build.
    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: Content::Bytes(Arc::from(bytes.into())) }
    }
}
