//! Raw HTML.

use super::Writer;
use crate::{
    config::RawHtml,
    markdown::{HtmlAddress, html_addresses, is_ignore},
    model::LinkKind,
    render::markdown::escape,
};
use pulldown_cmark::Event;

impl<'a, E: Iterator<Item = Event<'a>>> Writer<'a, E> {
    /// True where raw HTML goes into the page, as it is or sanitised later.
    pub(super) fn obeys_html(&self) -> bool {
        self.context.html == RawHtml::Trust || self.held.is_some()
    }

    pub(super) fn raw(&mut self, html: &str) {
        if is_ignore(html) {
            return;
        }
        let addresses = html_addresses(html);
        let first = self.links;
        self.links += addresses.len();
        if self.obeys_html() {
            self.resolved(html, &addresses, first);
        } else {
            if self.shown_html == Some(self.out.len()) {
                self.out.push_str("<p>");
            }
            escape::text(&mut self.out, html);
        }
    }

    /// The HTML with each address of the library as the address of its page; what leads nowhere loses its address.
    /// What stays the same stays as it was written.
    fn resolved(&mut self, html: &str, addresses: &[HtmlAddress], first: usize) {
        let mut done = 0;
        for (index, address) in (first..).zip(addresses) {
            let target = (self.context.href)(index);
            if target == address.destination {
                continue;
            }
            self.out.push_str(html.get(done..address.attribute.start).unwrap_or_default());
            if !target.is_empty() {
                let name = if address.kind == LinkKind::Image { "src" } else { "href" };
                self.out.push_str(name);
                self.out.push_str("=\"");
                escape::address(&mut self.out, &target);
                self.out.push('"');
            }
            done = address.attribute.end;
        }
        self.out.push_str(html.get(done..).unwrap_or_default());
    }

    pub(super) fn end_shown_html(&mut self) {
        if self.shown_html.take().is_some_and(|start| self.out.len() > start) {
            self.out.truncate(self.out.trim_end().len());
            self.out.push_str("</p>\n");
        }
    }
}
