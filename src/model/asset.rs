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
    /// What can be done with a picture made of pixels, and with a drawing that is no sound one.
    pub picture: Option<Picture>,
}

/// What a picture is like. A drawing that only shows itself is carried along as any other file is.
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
    /// No page can show it: why, in words that follow its name.
    Refused(&'static str),
    /// It has something in it that could run or load, or that nobody should be told: what, in words.
    Unsafe(&'static str),
}
