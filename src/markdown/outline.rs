//! What the stages after parsing need to know of a Markdown text: headings, links, components.

use super::{HtmlAddress, events, html_addresses, slug};
use crate::model::{ComponentBlock, Heading, Link, LinkKind, PageText, Place, Span};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Reads a Markdown text through once. Heading ids are those wished for; [`super::Anchors`] makes them unique
/// on the page.
pub fn outline(text: &str, place: Place, owned: Option<String>) -> PageText {
    let mut outliner = Outliner::new(place);
    for (event, range) in events(text) {
        outliner.see(event, range);
    }
    let mut page = outliner.finish();
    page.owned = owned;
    page
}

struct Outliner {
    page: PageText,
    heading: Option<Heading>,
    /// Links that are open, innermost last: an image may stand in a link.
    open_links: Vec<usize>,
    component: Option<ComponentBlock>,
    /// A block of raw HTML that is open, and where each of its lines stands there and in the text.
    html: Option<(String, Vec<(usize, usize)>)>,
    /// True where something stands after the last heading.
    content_since_heading: bool,
}

impl Outliner {
    fn new(place: Place) -> Self {
        let page = PageText {
            place,
            owned: None,
            headings: Vec::new(),
            links: Vec::new(),
            components: Vec::new(),
            has_html: false,
            html_anchors: Vec::new(),
            words: 0,
        };
        Self { page, heading: None, open_links: Vec::new(), component: None, html: None, content_since_heading: true }
    }

    fn see(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => match &mut self.component {
                Some(block) => {
                    if block.body.is_empty() {
                        block.body_span.start = range.start;
                    }
                    block.body_span.end = range.end;
                    block.body.push_str(&text);
                }
                None => self.words(&text),
            },
            Event::Code(text) => self.words(&text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.page.has_html = true;
                self.page.html_anchors.extend(anchors(&html));
                self.content();
                match &mut self.html {
                    Some((block, lines)) => {
                        lines.push((block.len(), range.start));
                        block.push_str(&html);
                    }
                    None => self.addresses(&html, &[(0, range.start)]),
                }
            }
            _ => self.content(),
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let level = level as u8;
                self.end_section(level);
                self.content_since_heading = false;
                let id = id.map(|id| explicit(&id)).unwrap_or_default();
                self.heading = Some(Heading { level, id, text: String::new(), span: range.into(), empty: false });
            }
            Tag::Link { link_type, dest_url, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.link(LinkKind::Link, format!("{mail}{dest_url}"), range);
            }
            Tag::Image { dest_url, .. } => self.link(LinkKind::Image, dest_url.to_string(), range),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.content();
                let name = info.split([' ', ',', '{']).next().unwrap_or_default().to_owned();
                if !name.is_empty() {
                    let span = Span::from(range);
                    self.component = Some(ComponentBlock {
                        name,
                        span,
                        body: String::new(),
                        body_span: Span::at(span.start),
                        fields: None,
                    });
                }
            }
            Tag::HtmlBlock => {
                self.page.has_html = true;
                self.html = Some(Default::default());
                self.content();
            }
            _ => self.content(),
        }
    }

    fn link(&mut self, kind: LinkKind, destination: String, range: Range<usize>) {
        self.content();
        self.open_links.push(self.page.links.len());
        self.page.links.push(Link {
            kind,
            destination,
            text: String::new(),
            span: range.into(),
            raw: false,
            described: true,
        });
    }

    /// The links and pictures of a piece of raw HTML; `lines` says where its parts stand in the text.
    fn addresses(&mut self, html: &str, lines: &[(usize, usize)]) {
        let place = |at: usize| {
            let line = lines.partition_point(|(start, _)| *start <= at).checked_sub(1).and_then(|line| lines.get(line));
            line.map_or(at, |(start, place)| place + at - start)
        };
        let link = |address: HtmlAddress| {
            let span = Span::new(place(address.value.start), place(address.value.end));
            let described = address.kind == LinkKind::Link || address.alternative.is_some();
            let text = address.alternative.unwrap_or_default();
            Link { kind: address.kind, destination: address.destination, text, span, raw: true, described }
        };
        self.page.links.extend(html_addresses(html).into_iter().map(link));
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(mut heading) = self.heading.take() {
                    if heading.id.is_empty() {
                        heading.id = slug(&heading.text);
                    }
                    heading.text = heading.text.trim().to_owned();
                    self.page.headings.push(heading);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                self.open_links.pop();
            }
            TagEnd::HtmlBlock => {
                if let Some((html, lines)) = self.html.take() {
                    self.addresses(&html, &lines);
                }
            }
            TagEnd::CodeBlock => self.page.components.extend(self.component.take()),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        for open in self.open_links.iter().take(DEEPEST_LINK) {
            if let Some(link) = self.page.links.get_mut(*open) {
                link.text.push_str(text);
            }
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        self.page.words += words(text);
        self.content();
    }

    fn content(&mut self) {
        if self.heading.is_none() {
            self.content_since_heading = true;
        }
    }

    /// The last heading's section ends where a heading of its level or above starts, or the text ends.
    fn end_section(&mut self, next_level: u8) {
        if let Some(last) = self.page.headings.last_mut() {
            last.empty = !self.content_since_heading && next_level <= last.level;
        }
    }

    fn finish(mut self) -> PageText {
        self.end_section(0);
        self.page
    }
}

/// In how many links and pictures, one in the other, words stand that are words of all of them. Nobody is shown those
/// further in, and to keep them all would take the square of the text.
const DEEPEST_LINK: usize = 8;

/// How many bytes are looked at together.
const PIECE: usize = 255;

/// How many words a text has: pieces between white space.
fn words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let is_space = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let Some((first, rest)) = text.as_bytes().split_first() else { return 0 };
    // A word starts where white space ends. Counted in bytes, many at a time: no piece has more than a byte can hold.
    let starts = |(before, bytes): (&[u8], &[u8])| {
        let each = before.iter().zip(bytes).map(|(before, byte)| u8::from(is_space(before) & !is_space(byte)));
        usize::from(each.sum::<u8>())
    };
    let pieces = text.as_bytes().chunks(PIECE).zip(rest.chunks(PIECE));
    pieces.map(starts).sum::<usize>() + usize::from(!is_space(first))
}

/// An anchor as its author wrote it, so that links from elsewhere hold; one with odd characters becomes a slug.
fn explicit(id: &str) -> String {
    let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
    if plain { id.to_owned() } else { slug(id) }
}

/// The values of `id` and `name` attributes in a piece of HTML.
fn anchors(html: &str) -> impl Iterator<Item = String> {
    let marks =
        ["id=", "name="].into_iter().flat_map(|mark| html.match_indices(mark).map(move |(at, _)| at + mark.len()));
    marks.filter_map(|at| {
        let rest = html.get(at..)?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => rest.get(1..)?.split(quote).next()?,
            None => rest.split(|c: char| c.is_whitespace() || c == '>').next()?,
        };
        Some(value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> PageText {
        outline(text, Place::Body(Span::new(0, text.len())), None)
    }

    #[test]
    fn headings_have_level_anchor_and_words() {
        let page = read("## What *we* did {#did}\n\ntext\n\n### It's new\n");
        let seen: Vec<_> = page.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str(), h.empty)).collect();
        assert_eq!(seen, [(2, "did", "What we did", false), (3, "its-new", "It's new", true)]);
    }

    #[test]
    fn words_are_what_stands_between_white_space() {
        for text in
            ["", " ", "a", " one  two\tthree\u{b}four\r\n", "x\u{1c}y z", "a\u{a0}b ŵ", "trailing ", &"a ".repeat(300)]
        {
            assert_eq!(words(text), text.split_whitespace().count(), "{text:?}");
        }
    }

    #[test]
    fn anchors_are_those_that_the_author_wrote() {
        let page = read("## Fees {#Fees_2024}\n\n<a id=\"there\"></a> <a name=old>x</a>\n");
        assert_eq!(page.headings[0].id, "Fees_2024");
        assert_eq!(page.html_anchors, ["there", "old"]);
    }

    #[test]
    fn a_section_of_subsections_is_not_empty() {
        let page = read("## A\n\n### B\n\ntext\n\n## C\n\n## D\n\n- x\n");
        let empty: Vec<_> = page.headings.iter().filter(|h| h.empty).map(|h| h.text.as_str()).collect();
        assert_eq!(empty, ["C"]);
    }

    #[test]
    fn links_and_images_come_in_order_with_their_words() {
        let text = "[one](a.md) [![alt *text*](b.png) more](c.md#x) <me@example.org>";
        let page = read(text);
        let seen: Vec<_> = page.links.iter().map(|l| (l.destination.as_str(), l.text.as_str())).collect();
        let expected = [
            ("a.md", "one"),
            ("c.md#x", "alt text more"),
            ("b.png", "alt text"),
            ("mailto:me@example.org", "me@example.org"),
        ];
        assert_eq!(seen, expected);
        assert_eq!(page.links[0].span.of(text), "[one](a.md)");
    }

    #[test]
    fn links_in_raw_html_come_in_their_order_with_their_places() {
        let text = "[a](b.md) <a href=\"c.md\">c</a> [d](e.md)\n\n> <p>é\n> <a\n> href='f.md'>f</a>\n\n[g](h.md)\n";
        let page = read(text);
        let seen: Vec<_> = page.links.iter().map(|l| (l.destination.as_str(), l.raw)).collect();
        assert_eq!(seen, [("b.md", false), ("c.md", true), ("e.md", false), ("f.md", true), ("h.md", false)]);
        assert_eq!((page.links[1].span.of(text), page.links[3].span.of(text)), ("c.md", "f.md"));
    }

    #[test]
    fn a_fenced_block_is_kept_with_its_place() {
        let text = "x\n\n```quote\ntext: a\n```\n";
        let page = read(text);
        let block = &page.components[0];
        assert_eq!((block.name.as_str(), block.body.as_str()), ("quote", "text: a\n"));
        assert_eq!(block.body_span.of(text), "text: a\n");
    }
}
