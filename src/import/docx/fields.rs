//! Fields of Word's own: links, tables of contents, numbers of pages (ISO/IEC 29500-1, 17.16).

use super::{
    Reader,
    runs::Text,
    tree::Inline,
    xml::{Node, attribute},
};

/// A field of Word's own, such as a link or a number of a page, while it is open.
pub(super) struct Field {
    /// What it is: `HYPERLINK "https://…"`.
    pub(super) code: String,
    /// True once what it shows has begun.
    pub(super) shows: bool,
    /// Where that began in the paragraph.
    pub(super) start: usize,
}

impl Reader<'_, '_> {
    /// The beginning, the middle or the end of a field.
    pub(super) fn field(&mut self, node: Node<'_, '_>, text: &mut Text) {
        match attribute(node, "fldCharType") {
            Some("begin") => self.fields.push(Field { code: String::new(), shows: false, start: text.out.len() }),
            Some("separate") => {
                let start = text.begin();
                if let Some(field) = self.fields.last_mut() {
                    (field.shows, field.start) = (true, start);
                }
            }
            Some("end") => self.end_field(text),
            _ => {}
        }
    }

    pub(super) fn end_field(&mut self, text: &mut Text) {
        if let Some(place) = self.fields.len().checked_sub(1) {
            self.link_field(place, text);
            self.fields.pop();
        }
    }

    /// Makes what a field shows a link, where it is one.
    pub(super) fn link_field(&mut self, place: usize, text: &mut Text) {
        let Some(Field { code, shows: true, start }) = self.fields.get(place) else { return };
        let mut parts = code.split('"');
        let is_link =
            parts.next().is_some_and(|first| first.trim_start().to_ascii_uppercase().starts_with("HYPERLINK"));
        if !is_link || *start >= text.out.len() {
            return;
        }
        let is_inside = code.split('"').next().is_some_and(|first| first.contains("\\l"));
        let first = parts.next().unwrap_or_default().trim();
        let second = parts.nth(1).unwrap_or_default().trim();
        let address = match (is_inside, second) {
            (true, _) => format!("#{first}"),
            (false, "") => first.to_owned(),
            (false, anchor) => format!("{first}#{anchor}"),
        };
        let start = *start;
        self.link(address, start, text);
    }

    /// The field that makes a table of contents, where one is open.
    pub(super) fn contents_open(&self) -> Option<&Field> {
        self.fields.iter().find(|field| {
            let code = field.code.trim_start();
            field.shows && ["TOC ", "INDEX ", "TOA "].iter().any(|name| code.starts_with(name))
        })
    }

    /// Makes what was gathered from a place on a link.
    pub(super) fn link(&mut self, address: String, start: usize, text: &mut Text) {
        let mut inner = text.out.split_off(start.min(text.out.len()));
        inner.retain(|inline| !matches!(inline, Inline::Text(words, _) if words.is_empty()));
        if !inner.is_empty() {
            self.made.links.entry(address.clone()).or_insert_with(|| self.spot.clone());
            text.out.push(Inline::Link(address, inner));
        }
    }
}
