//! Links and images, in step with the outline.

use super::Writer;
use crate::{
    config::RawHtml,
    markdown::html_addresses,
    render::markdown::{address, escape},
};
use pulldown_cmark::{Event, Tag};
use std::fmt::Write as _;

impl<'a, E: Iterator<Item = Event<'a>>> Writer<'a, E> {
    pub(super) fn link(&mut self, title: &str) {
        let address = (self.context.href)(self.links);
        self.links += 1;
        self.out.push_str("<a");
        if self.context.html == RawHtml::Trust || (!address.is_empty() && address::may_follow(&address)) {
            self.out.push_str(" href=\"");
            escape::address(&mut self.out, &address);
            self.out.push('"');
        }
        self.title(title);
        self.out.push('>');
    }

    pub(super) fn image(&mut self, title: &str) {
        let index = self.links;
        self.skip_image();
        let alternative = self.context.text.links.get(index).map_or("", |link| link.text.as_str());
        let address = (self.context.href)(index);
        if self.context.html != RawHtml::Trust && !address::may_show(&address) {
            return escape::text(&mut self.out, alternative);
        }
        self.out.push_str("<img src=\"");
        escape::address(&mut self.out, &address);
        self.out.push_str("\" alt=\"");
        escape::text(&mut self.out, alternative);
        self.out.push('"');
        self.title(title);
        let shown = (self.context.picture)(index);
        if let Some((srcset, sizes)) = &shown.choices {
            let attributes = format!("srcset=\"{}\" sizes=\"{}\"", escape::escaped(srcset), escape::escaped(sizes));
            self.tag("", &attributes, "");
        }
        if let Some((width, height)) = shown.size {
            // Without its size, a picture that comes late moves what the reader is reading.
            let lazy = if shown.first { "" } else { " loading=\"lazy\"" };
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"{lazy}");
        }
        self.out.push_str(" decoding=\"async\">");
    }

    /// Reads the description of an image to its end, counting what the outline counts.
    fn skip_image(&mut self) {
        self.links += 1;
        let mut open = 1_usize;
        while open > 0 {
            match self.events.next() {
                Some(Event::Start(Tag::Link { .. } | Tag::Image { .. })) => {
                    self.links += 1;
                    open += 1;
                }
                Some(Event::Start(_)) => open += 1,
                Some(Event::End(_)) => open -= 1,
                Some(Event::InlineHtml(html)) => self.links += html_addresses(&html).len(),
                Some(_) => {}
                None => break,
            }
        }
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::text(&mut self.out, title);
            self.out.push('"');
        }
    }
}
