//! Footnotes.

use super::Writer;
use crate::render::markdown::{escape, footnotes::Note};
use pulldown_cmark::Event;
use std::fmt::Write as _;

impl<'a, E: Iterator<Item = Event<'a>>> Writer<'a, E> {
    pub(super) fn endnotes(&mut self) {
        let words = self.context.words;
        let notes = std::mem::take(&mut self.footnotes).finish(words);
        if notes.is_empty() {
            return;
        }
        let label = escape::escaped(&words.footnotes);
        self.line("");
        self.tag("<section", &format!("class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{label}\""), ">\n");
        self.out.push_str("<ol>\n");
        for note in notes {
            self.tag("<li", &note.attributes, ">\n");
            self.note(&note);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    /// A footnote, with an arrow to each of its references in its last paragraph, where it ends with one.
    fn note(&mut self, note: &Note) {
        let paragraph = note.html.strip_suffix("</p>\n");
        if note.ways_back.is_empty() {
            return self.out.push_str(&note.html);
        }
        self.out.push_str(paragraph.unwrap_or(&note.html));
        self.out.push_str(if paragraph.is_some() { " " } else { "<p>" });
        for (index, way_back) in note.ways_back.iter().enumerate() {
            self.out.push_str(if index > 0 { " " } else { "" });
            self.tag("<a", &way_back.attributes, ">");
            // The selector after the arrow asks for text, not for a picture of an arrow.
            let _ = write!(self.out, "↩\u{fe0e}{}</a>", way_back.which);
        }
        self.out.push_str("</p>\n");
    }
}
