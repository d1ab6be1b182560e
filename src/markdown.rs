//! The Markdown that a library is written in: CommonMark with GitHub's tables, strikethrough, task lists,
//! footnotes and alerts, definition lists, and `{#id}` on headings.
//!
//! The parser and the renderer both read it through [`events`], so that the n-th link of the one is the n-th
//! link of the other.

mod html;
mod inert;
mod outline;
mod plain;
mod slug;

pub use html::{HtmlAddress, html_addresses};
pub use inert::{code, fenced, inert, inert_with_code, longest_run};
pub use outline::outline;
pub use plain::{plain, sections};
pub use slug::{Anchors, slug};

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag};
use std::ops::Range;

/// What a comment begins with that tells Casebook to leave a fault out: `<!-- casebook-ignore CB1004: reason -->`.
pub const IGNORE: &str = "casebook-ignore";

/// True for a piece of HTML that is such a comment and nothing else: it is for editors alone.
pub fn is_ignore(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim().starts_with(IGNORE) && !inner.contains("-->"))
}

/// The events of a Markdown text, with the bytes that each comes from.
pub fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    parser(text)
}

fn parser(text: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    Parser::new_ext(text, options).into_offset_iter()
}

/// True for what stands in running text.
pub fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}
