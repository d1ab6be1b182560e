//! The running words of a page, block by block, each word with its place in the file.

use crate::{
    markdown::events,
    model::{
        ComponentBlock, Entry, Field, FieldPath, FieldType, Fields, LinkKind, PageText, Place, Span, Step, Theme, Value,
    },
    yaml,
};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::{borrow::Cow, ops::Range};

/// Stands in the words for a piece of code, a formula or whatever else is no language: it is a word that none knows.
pub(super) const OPAQUE: char = '\u{fffc}';

/// What somebody reads in one go: a paragraph, a heading, an item, a cell, a short field.
pub(super) struct Block<'a> {
    /// The words, without markup; a line that is broken goes on after a space.
    pub words: String,
    /// True for the words of others: a quotation.
    pub quoted: bool,
    /// True for what is no sentence of its own: a heading, a cell of a table, the description of a picture.
    pub label: bool,
    /// The words of links to other pages and of short forms that HTML explains.
    pub explained: Vec<Range<usize>>,
    /// True for a heading in Markdown.
    heading: bool,
    pieces: Vec<Piece>,
    source: Source<'a>,
}

/// Where a part of the words comes from.
struct Piece {
    at: usize,
    from: Span,
    /// True where each byte is one byte there.
    same: bool,
    /// True for what a link or a picture is looked up by elsewhere in the file.
    name: bool,
}

/// What a block is a part of.
#[derive(Clone)]
enum Source<'a> {
    Markdown(&'a PageText),
    Value(FieldPath, &'a str),
    /// A field of a component in a text.
    Component(&'a PageText, &'a ComponentBlock, FieldPath, &'a str),
}

impl Block<'_> {
    /// True where a part of the words can be changed by itself: it is no address, which the words of a heading are, and
    /// nothing that the file has again elsewhere, as it has `[the plan]` with `[the plan]: address`.
    pub fn is_free(&self, part: &Range<usize>) -> bool {
        let meets = |piece: &&Piece| piece.at < part.end;
        let start = self.pieces.partition_point(|piece| piece.at <= part.start).saturating_sub(1);
        let mut pieces = self.pieces.iter().skip(start).take_while(meets);
        !self.heading && !pieces.any(|piece| piece.name)
    }

    /// The bytes of the entry's file that a part of the words comes from.
    pub fn place(&self, entry: &Entry, part: Range<usize>) -> Span {
        let inside = Span::new(self.offset(part.start, false), self.offset(part.end, true));
        let (file, front) = (entry.source.text.as_str(), entry.front_span);
        match &self.source {
            Source::Markdown(text) => yaml::markdown_span(file, front, text, inside),
            Source::Value(path, value) => yaml::field_span(file, front, path, value, inside),
            Source::Component(text, block, path, value) => {
                let whole = Span::new(0, block.body.len());
                let in_body = yaml::field_span(&block.body, Some(whole), path, value, inside);
                let in_markdown = yaml::component_span(text.markdown(file), block, in_body);
                yaml::markdown_span(file, front, text, in_markdown)
            }
        }
    }

    fn offset(&self, at: usize, is_end: bool) -> usize {
        let before = |piece: &Piece| if is_end { piece.at < at } else { piece.at <= at };
        let index = self.pieces.partition_point(before).saturating_sub(1);
        self.pieces.get(index).map_or(at, |piece| match (piece.same, is_end) {
            (true, _) => (piece.from.start + at.saturating_sub(piece.at)).min(piece.from.end),
            (false, true) => piece.from.end,
            (false, false) => piece.from.start,
        })
    }
}

/// The blocks of an entry in the order in which a reader meets them.
pub(super) fn blocks<'a>(entry: &'a Entry, theme: &'a Theme) -> Vec<Block<'a>> {
    let mut gatherer = Gatherer { entry, theme, blocks: Vec::new() };
    let front = entry.front_span.map_or("", |span| span.of(&entry.source.text));
    for (name, value) in [("title", &entry.title), ("summary", &entry.summary)] {
        // A page without a title of its own is called by a heading, or by the name of its file.
        let is_given = front.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')));
        if is_given {
            let is_verbatim = entry.kind.field(name).is_some_and(|field| field.verbatim);
            let path = vec![Step::Key(name.to_owned())];
            gatherer.plain(value, is_verbatim, name == "title", &Source::Value(path, value));
        }
    }
    let of_page = |path: FieldPath, value: &'a str| Source::Value(path, value);
    gatherer.fields(&entry.fields, &entry.kind.fields, &Vec::new(), &of_page);
    if let Some(body) = entry.texts.last().filter(|text| matches!(text.place, Place::Body(_))) {
        gatherer.markdown(body, false);
    }
    gatherer.blocks
}

/// Gathers the blocks of an entry.
struct Gatherer<'a> {
    entry: &'a Entry,
    theme: &'a Theme,
    blocks: Vec<Block<'a>>,
}

/// Makes the source of a value at a path.
type Sourced<'f, 'a> = dyn Fn(FieldPath, &'a str) -> Source<'a> + 'f;

impl<'a> Gatherer<'a> {
    fn fields(&mut self, values: &'a Fields, fields: &[Field], path: &FieldPath, sourced: &Sourced<'_, 'a>) {
        for field in fields {
            let Some(value) = values.get(&field.name) else { continue };
            let path = down(path, Step::Key(field.name.clone()));
            match value {
                Value::Many(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.value(item, field, down(&path, Step::Item(index)), sourced);
                    }
                }
                one => self.value(one, field, path, sourced),
            }
        }
    }

    fn value(&mut self, value: &'a Value, field: &Field, path: FieldPath, sourced: &Sourced<'_, 'a>) {
        match (value, &field.field_type) {
            (Value::Text(text), FieldType::Text { .. }) => {
                self.plain(text, field.verbatim, false, &sourced(path, text));
            }
            (Value::Markdown(index), _) => {
                if let Some(text) = self.entry.texts.get(*index) {
                    self.markdown(text, field.verbatim);
                }
            }
            (Value::Group(values), FieldType::Group(fields)) => self.fields(values, fields, &path, sourced),
            _ => {}
        }
    }

    /// The lines of a plain text, each by itself.
    fn plain(&mut self, value: &str, quoted: bool, label: bool, source: &Source<'a>) {
        for line in Span::lines(value, 0).filter(|line| !line.of(value).trim().is_empty()) {
            self.blocks.push(Block {
                words: line.of(value).to_owned(),
                quoted,
                label,
                explained: Vec::new(),
                heading: false,
                pieces: vec![Piece { at: 0, from: line, same: true, name: false }],
                source: source.clone(),
            });
        }
    }

    fn markdown(&mut self, text: &'a PageText, quoted: bool) {
        let quotes = usize::from(quoted);
        let (open, names) = (Vec::new(), Vec::new());
        let mut reader = Reader { text, open, quotes, skips: 0, link: None, names, components: 0, gatherer: self };
        reader.open(false);
        for (event, range) in events(text.markdown(&reader.gatherer.entry.source.text)) {
            reader.see(event, range);
        }
        reader.close_all();
    }

    /// The words in the fields of a component.
    fn component(&mut self, text: &'a PageText, block: &'a ComponentBlock) {
        if let (Some(values), Some(component)) = (&block.fields, self.theme.components.get(&block.name)) {
            let of_block = |path: FieldPath, value: &'a str| Source::Component(text, block, path, value);
            self.fields(values, &component.fields, &Vec::new(), &of_block);
        }
    }
}

fn down(path: &FieldPath, step: Step) -> FieldPath {
    path.iter().cloned().chain([step]).collect()
}

struct Reader<'a, 'b> {
    text: &'a PageText,
    /// Blocks that words may still come to, the innermost last.
    open: Vec<Block<'a>>,
    /// How many quotations stand around.
    quotes: usize,
    /// How many blocks of code stand around.
    skips: usize,
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
            Event::Text(words) if self.skips == 0 => self.say(&words, range),
            Event::SoftBreak | Event::HardBreak => self.say(" ", range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.say(OPAQUE.encode_utf8(&mut [0; 4]), range);
            }
            Event::InlineHtml(tag) => self.tag(&tag, range),
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::BlockQuote(None) => {
                self.next(false);
                self.quotes += 1;
                self.next(false);
            }
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
            Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::HtmlBlock => {
                self.next(false);
            }
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.next(false),
            Tag::Heading { .. } => {
                self.next(true);
                self.open.iter_mut().for_each(|block| block.heading = true);
            }
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
            TagEnd::BlockQuote(None) => {
                self.next(false);
                self.quotes = self.quotes.saturating_sub(1);
                self.next(false);
            }
            TagEnd::CodeBlock => self.skips = self.skips.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::HtmlBlock => {
                self.next(false);
            }
            TagEnd::Link => self.explained(),
            TagEnd::Image => {
                if let Some(block) = self.open.pop() {
                    self.keep(block);
                }
            }
            _ => {}
        }
    }

    fn explained(&mut self) {
        if let (Some(start), Some(block)) = (self.link.take(), self.open.last_mut()) {
            block.explained.push(start..block.words.len());
        }
    }

    /// `<abbr title="…">` says itself what its words stand for; `<q>` holds the words of others, and so does `<cite>`.
    fn tag(&mut self, tag: &str, range: Range<usize>) {
        let lower = tag.to_ascii_lowercase();
        if lower.starts_with("<abbr") && lower.contains("title=") {
            self.link = self.open.last().map(|block| block.words.len());
        } else if lower.starts_with("</abbr") {
            self.explained();
        } else if let Some(mark) =
            [("<q", "“"), ("</q", "”"), ("<cite", "“"), ("</cite", "”")].iter().find_map(|(start, mark)| {
                lower.strip_prefix(start).filter(|rest| rest.starts_with(['>', ' '])).map(|_| *mark)
            })
        {
            self.say(mark, range);
        } else if lower.starts_with("<br") {
            self.say(" ", range);
        }
    }

    fn say(&mut self, words: &str, range: Range<usize>) {
        if let Some(block) = self.open.last_mut() {
            let same = words.len() == range.len();
            let name = self.names.contains(&true);
            block.pieces.push(Piece { at: block.words.len(), from: range.into(), same, name });
            block.words.push_str(words);
        }
    }

    fn open(&mut self, label: bool) {
        self.open.push(Block {
            words: String::new(),
            quoted: self.quotes > 0,
            label,
            explained: Vec::new(),
            heading: false,
            pieces: Vec::new(),
            source: Source::Markdown(self.text),
        });
    }

    /// What was said so far is a block; what comes is another.
    fn next(&mut self, label: bool) {
        if let Some(block) = self.open.pop() {
            self.keep(block);
        }
        self.open(label);
    }

    fn keep(&mut self, block: Block<'a>) {
        if !block.words.trim().is_empty() {
            self.gatherer.blocks.push(block);
        }
    }

    fn close_all(&mut self) {
        while let Some(block) = self.open.pop() {
            self.keep(block);
        }
    }
}

/// True for `[words]` and `[words][]`, which are looked up by their own words.
fn is_by_name(link: LinkType) -> bool {
    use LinkType::{Collapsed, CollapsedUnknown, Shortcut, ShortcutUnknown};
    matches!(link, Collapsed | CollapsedUnknown | Shortcut | ShortcutUnknown)
}

/// The links and pictures of an entry, each with the place of its words or address in the file.
pub(super) fn links(entry: &Entry) -> impl Iterator<Item = (&crate::model::Link, impl Fn() -> Span)> {
    entry.texts.iter().flat_map(move |text| {
        text.links.iter().map(move |link| {
            let place = move || {
                let whole = link.span.of(text.markdown(&entry.source.text)).trim_end().len();
                let span = Span::new(link.span.start, link.span.start + whole);
                yaml::markdown_span(&entry.source.text, entry.front_span, text, span)
            };
            (link, place)
        })
    })
}

/// True for a link that somebody follows.
pub(super) fn is_followed(link: &crate::model::Link) -> bool {
    link.kind == LinkKind::Link
}

/// A word of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    /// True where it begins with a capital letter.
    pub capital: bool,
    /// True where all its letters, of which there are two at least, are capitals.
    pub capitals: bool,
}

impl Token {
    /// Its letters.
    pub fn of<'a>(&self, words: &'a str) -> &'a str {
        words.get(self.start..self.end).unwrap_or_default()
    }

    /// Its letters without an `'s` behind them.
    pub fn bare<'a>(&self, words: &'a str) -> &'a str {
        let own = self.of(words);
        ["'s", "’s", "'S", "’S"].iter().find_map(|ending| own.strip_suffix(ending)).unwrap_or(own)
    }

    /// Its letters, small.
    pub fn small<'a>(&self, words: &'a str) -> Cow<'a, str> {
        let own = self.of(words);
        if own.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            return Cow::Borrowed(own);
        }
        Cow::Owned(own.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect())
    }
}

/// The words of a text: letters and digits, and apostrophes between them. A hyphen parts two words.
pub(super) fn tokens(words: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.len() / 5);
    let mut chars = words.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let (mut letters, mut small) = (usize::from(first.is_alphabetic()), first.is_lowercase());
        while let Some((at, c)) = chars.peek().copied() {
            let joins = |rest: &str| rest.chars().nth(1).is_some_and(char::is_alphanumeric);
            let is_inner = matches!(c, '\'' | '’') && joins(words.get(at..).unwrap_or_default());
            if !c.is_alphanumeric() && !is_inner {
                break;
            }
            letters += usize::from(c.is_alphabetic());
            small |= c.is_lowercase();
            end = at + c.len_utf8();
            chars.next();
        }
        tokens.push(Token { start, end, capital: first.is_uppercase(), capitals: letters > 1 && !small });
    }
    tokens
}
