//! Raw HTML.

use super::Writer;
use crate::{config::RawHtml, render::markdown::escape};
use pulldown_cmark::Event;

impl<'a, E: Iterator<Item = Event<'a>>> Writer<'a, E> {
    /// True where raw HTML goes into the page, as it is or sanitised later.
    pub(super) fn obeys_html(&self) -> bool {
        self.context.html == RawHtml::Trust || self.held.is_some()
    }

    pub(super) fn raw(&mut self, html: &str) {
        if self.obeys_html() {
            self.out.push_str(html);
        } else {
            if self.shown_html == Some(self.out.len()) {
                self.out.push_str("<p>");
            }
            escape::text(&mut self.out, html);
        }
    }

    pub(super) fn end_shown_html(&mut self) {
        if self.shown_html.take().is_some_and(|start| self.out.len() > start) {
            self.out.truncate(self.out.trim_end().len());
            self.out.push_str("</p>\n");
        }
    }
}
