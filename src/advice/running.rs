//! The running words of a Markdown text, block by block.

use super::{
    block::{Block, OPAQUE, Source},
    html::{Bit, Html, bits},
    prose::Gatherer,
};
use crate::{markdown::events, model::PageText};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Reads a text into the blocks of its page.
pub(super) fn read<'a>(text: &'a PageText, quoted: bool, gatherer: &mut Gatherer<'a>) {
    let quotes = usize::from(quoted);
    let mut reader = Reader {
        text,
        open: Vec::new(),
        quotes,
        skips: 0,
        code_tags: 0,
        html: None,
        link: None,
        names: Vec::new(),
        components: 0,
        gatherer,
    };
    reader.open(false);
    for (event, range) in events(text.markdown(&reader.gatherer.entry.source.text)) {
        reader.see(event, range);
    }
    reader.close_all();
}

struct Reader<'a, 'b> {
    text: &'a PageText,
    /// Blocks that words may still come to, the innermost last.
    open: Vec<Block<'a>>,
    /// How many quotations stand around.
    quotes: usize,
    /// How many blocks of code stand around.
    skips: usize,
    /// How many HTML tags that mean code stand around in the block.
    code_tags: usize,
    /// A block of raw HTML that is open.
    html: Option<Html>,
    /// Where the words of a link to another page begin.
    link: Option<usize>,
    /// Whether each link and picture around is looked up by its words.
    names: Vec<bool>,
    /// How many fenced blocks with a name there were: each is one of the text's components.
    components: usize,
    gatherer: &'b mut Gatherer<'a>,
}

impl<'a> Reader<'a, '_> {
    fn see(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(words) => self.say(&words, range),
            Event::SoftBreak | Event::HardBreak => self.say(" ", range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.say(OPAQUE.encode_utf8(&mut [0; 4]), range);
            }
            Event::InlineHtml(tag) => self.tag(&tag, range),
            Event::Html(line) => {
                if let Some(html) = &mut self.html {
                    html.add(&line, range);
                }
            }
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::BlockQuote(None) => self.quote(true),
            Tag::CodeBlock(kind) => {
                self.next(false);
                self.skips += 1;
                if matches!(kind, CodeBlockKind::Fenced(info) if !info.split([' ', ',', '{']).next().unwrap_or_default().is_empty())
                {
                    let block = self.text.components.get(self.components);
                    self.components += 1;
                    block.into_iter().for_each(|block| self.gatherer.component(self.text, block));
                }
            }
            Tag::HtmlBlock => {
                self.next(false);
                self.html = Some(Html::default());
            }
            Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.next(false),
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.next(false),
            Tag::Heading { .. } => self.heading(),
            Tag::TableCell => self.next(true),
            Tag::Link { dest_url, link_type, .. } => {
                self.names.push(is_by_name(*link_type));
                let leads = !dest_url.starts_with('#');
                self.link = self.open.last().filter(|_| leads).map(|block| block.words.len());
            }
            Tag::Image { link_type, .. } => {
                self.names.push(is_by_name(*link_type));
                self.open(true);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::Link | TagEnd::Image) {
            self.names.pop();
        }
        match tag {
            TagEnd::BlockQuote(None) => self.quote(false),
            TagEnd::CodeBlock => self.skips = self.skips.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell => self.next(false),
            TagEnd::HtmlBlock => {
                self.html();
                self.next(false);
            }
            TagEnd::Link => self.explained(),
            TagEnd::Image => {
                if let Some(block) = self.open.pop() {
                    self.gatherer.keep(block);
                }
            }
            _ => {}
        }
    }

    /// A quotation begins or ends.
    fn quote(&mut self, begins: bool) {
        self.next(false);
        self.quotes = if begins { self.quotes + 1 } else { self.quotes.saturating_sub(1) };
        self.next(false);
    }

    fn heading(&mut self) {
        self.next(true);
        self.open.iter_mut().for_each(|block| block.heading = true);
    }

    fn explained(&mut self) {
        if let (Some(start), Some(block)) = (self.link.take(), self.open.last_mut()) {
            block.explained.push(start..block.words.len());
        }
    }

    /// The words of a block of raw HTML that ends here.
    fn html(&mut self) {
        let Some(html) = self.html.take() else { return };
        for bit in bits(&html.text) {
            match bit {
                Bit::Words(words, place) => self.say(&words, html.place(place)),
                Bit::Tag(tag, place) => self.tag(tag, html.place(place)),
            }
        }
    }

    /// `<abbr title="…">` says itself what its words stand for; `<q>` holds the words of others, and so does `<cite>`.
    fn tag(&mut self, tag: &str, range: Range<usize>) {
        let lower = tag.to_ascii_lowercase();
        let bare = lower.trim_start_matches(['<', '/']);
        let name = bare.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let opens = !lower.starts_with("</");
        match name {
            "code" | "kbd" | "samp" | "pre" if opens => {
                self.say(OPAQUE.encode_utf8(&mut [0; 4]), range);
                self.code_tags += 1;
            }
            "code" | "kbd" | "samp" | "pre" => self.code_tags = self.code_tags.saturating_sub(1),
            _ if self.code_tags > 0 => {}
            "abbr" if opens && lower.contains("title=") => self.explains(),
            "a" if opens && lower.contains("href=") && !lower.contains("href=\"#") => self.explains(),
            "abbr" | "a" => self.explained(),
            "q" | "cite" => self.say(if opens { "“" } else { "”" }, range),
            "br" => self.say(" ", range),
            "blockquote" => self.quote(opens),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if opens => self.heading(),
            "th" | "td" | "caption" if opens => self.next(true),
            "" => {}
            name if !INLINE.contains(&name) => self.next(false),
            _ => {}
        }
    }

    /// Words begin that are explained.
    fn explains(&mut self) {
        self.link = self.open.last().map(|block| block.words.len());
    }

    fn say(&mut self, words: &str, range: Range<usize>) {
        let name = self.names.contains(&true);
        if let Some(block) = self.open.last_mut().filter(|_| self.skips == 0 && self.code_tags == 0) {
            block.say(words, range.into(), name);
        }
    }

    fn open(&mut self, label: bool) {
        self.open.push(Block::new(self.quotes > 0, label, Source::Markdown(self.text)));
    }

    /// What was said so far is a block; what comes is another.
    fn next(&mut self, label: bool) {
        if let Some(block) = self.open.pop() {
            self.gatherer.keep(block);
        }
        (self.link, self.code_tags) = (None, 0);
        self.open(label);
    }

    fn close_all(&mut self) {
        while let Some(block) = self.open.pop() {
            self.gatherer.keep(block);
        }
    }
}

/// The HTML elements that stand in running text. Any other begins something new.
const INLINE: [&str; 24] = [
    "b", "bdi", "bdo", "data", "del", "dfn", "em", "font", "i", "img", "ins", "label", "mark", "s", "small", "span",
    "strong", "sub", "sup", "svg", "time", "u", "var", "wbr",
];

/// True for `[words]` and `[words][]`, which are looked up by their own words.
fn is_by_name(link: LinkType) -> bool {
    use LinkType::{Collapsed, CollapsedUnknown, Shortcut, ShortcutUnknown};
    matches!(link, Collapsed | CollapsedUnknown | Shortcut | ShortcutUnknown)
}
