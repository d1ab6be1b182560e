//! What a library has already that a text may name.

use crate::model::{Registers, State, Theme};

/// A library, as far as an import has to know it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its kinds and their words.
    pub theme: std::sync::Arc<Theme>,
    /// Its vocabularies and registers.
    pub registers: std::sync::Arc<Registers>,
    /// Its pages, in the order of their paths.
    pub pages: Vec<PageName>,
    /// The language of the library: labels are shown in it.
    pub language: String,
}

/// What a page goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageName {
    /// Its file from the root: `content/guides/a-strong-board.md`.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its address on the site: `/guides/a-strong-board/`.
    pub url: String,
    /// The name of its kind.
    pub kind: String,
    /// Where it is in its life, by the clock of the library.
    pub state: Option<State>,
}

impl PageName {
    /// How a field names it: its path from `content/`, with a `/` in front.
    pub fn reference(&self) -> &str {
        self.path.strip_prefix("content").unwrap_or(&self.path)
    }

    /// How a field that refers to one folder names it: by its file without the ending, or its folder where the file is
    /// an `index.md`.
    pub fn slug(&self, folder: &str) -> Option<&str> {
        let inside = self.path.strip_prefix("content/")?.strip_prefix(folder)?.strip_prefix('/')?;
        inside.strip_suffix("/index.md").or_else(|| inside.strip_suffix(".md"))
    }
}
