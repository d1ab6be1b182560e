//! Files of the library that are no pages.

use std::path::PathBuf;

/// A picture or another file below `content/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetFile {
    /// Path from the root, with `/`.
    pub path: String,
    /// Where it lies.
    pub disk: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Width and height in pixels, of a picture made of them.
    pub dimensions: Option<(u32, u32)>,
}
