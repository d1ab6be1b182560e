//! Source files, and what the parser makes of one.

use super::{PageText, Span};
use std::sync::Arc;

/// A text file of the library or its theme, as discovered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceFile {
    /// Path from the library's root, with `/`. A file of the built-in theme has the path that it would have on disk.
    pub path: String,
    /// The text, without a byte order mark.
    pub text: String,
}

impl SourceFile {
    /// The file name without its folder.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The file name without its folder and its last ending.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// A parsed Markdown file: front matter in its loose form, and the body's outline.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub source: Arc<SourceFile>,
    /// Front matter as YAML values; empty where there is none.
    pub front: serde_yaml::Mapping,
    /// Where the YAML of the front matter stands, without its fences; `None` where there is none.
    pub front_span: Option<Span>,
    /// The body below the front matter, with its headings, links and components.
    pub body: PageText,
    /// False where the front matter could not be read: such a page may be a draft, so it is never published.
    pub readable: bool,
}

impl Document {
    /// The YAML of the front matter.
    pub fn front_text(&self) -> &str {
        self.front_span.map_or("", |span| span.of(&self.source.text))
    }
}
