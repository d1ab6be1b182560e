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
    /// Width and height of a picture as it is shown, in pixels.
    pub dimensions: Option<(u32, u32)>,
    /// What can be done with a picture made of pixels.
    pub picture: Option<Picture>,
}

/// A picture made of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// It can be shown in any size.
    Still,
    /// An animation: it is shown as it is.
    Moving,
    /// It has too many pixels to be shown on a page.
    TooLarge,
    /// Its name says that it is one, and its first bytes say otherwise.
    Unreadable,
}
