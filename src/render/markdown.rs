//! Markdown to HTML: what CommonMark prescribes, and for everything beyond it markup that every reader can use.
//!
//! The text is read through [`crate::markdown::events`], as its outline was, so that the n-th link, heading or
//! block here is the n-th of the outline. Nothing in the HTML needs an inline style or script.

mod address;
mod escape;
mod footnotes;
mod held;
mod sanitise;
mod table;
mod tangle;
#[cfg(test)]
mod tests;
mod words;
mod writer;

pub(super) use address::may_follow;
pub use words::Words;

use super::{highlight::Highlighter, pictures::Shown};
use crate::{config::RawHtml, model::PageText};
use held::Held;

/// A piece of Markdown, and all that its HTML needs to know of the page and the site.
#[derive(Clone, Copy)]
pub struct TextContext<'a> {
    /// What the parser found in the text; its headings have their final anchors.
    pub text: &'a PageText,
    /// The Markdown.
    pub markdown: &'a str,
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// The address of the n-th link or image of the text, not escaped.
    pub href: &'a dyn Fn(usize) -> String,
    /// The HTML of the n-th component block of the text; `None` where it is ordinary code.
    pub component: &'a dyn Fn(usize) -> Option<String>,
    /// How the n-th link or image of the text is shown, where it is an image of this library.
    pub picture: &'a dyn Fn(usize) -> Shown,
    /// What the text is called: the label of its field, the title of its page. It tells tables apart that no
    /// heading tells apart.
    pub name: &'a str,
    /// Makes the anchors of footnotes unique where a page has several texts: the name of the text's field, or
    /// nothing.
    pub footnotes: &'a str,
    /// The words of the interface, in the text's language.
    pub words: &'a Words,
}

/// Plain text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape::text(&mut out, text);
    out
}

/// The HTML of a text.
pub fn to_html(context: &TextContext<'_>, highlighter: &Highlighter) -> String {
    if context.html == RawHtml::Sanitise && context.text.has_html {
        let (html, held) = writer::write(context, highlighter, Some(Held::new(context.markdown)));
        return match held {
            Some(held) if !tangle::is_tangled(&html) => sanitise::sanitise(&html, &held),
            // What can't be read in reasonable time is shown instead of obeyed.
            _ => to_html(&TextContext { html: RawHtml::Escape, ..*context }, highlighter),
        };
    }
    writer::write(context, highlighter, None).0
}
