//! Markdown as blocks and running text.

use super::{Scribe, at};
use crate::{
    markdown::{events, html_addresses, is_inline},
    model::{
        ComponentRules, FieldType, Library, PageText, Place, Span, Target, Value,
        paper::{Alignment, Block, BlockContent, Definition, Inline, Item, Spot, Table, plain},
    },
    render::{addresses, markdown::may_follow},
};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag};
use std::{collections::HashMap, ops::Range, sync::Arc};

/// How deep blocks may lie in blocks; what lies deeper is told in words alone.
const DEEPEST: usize = 32;

impl Scribe<'_, '_> {
    /// The blocks of one of the entry's texts.
    pub(super) fn text(&self, text: usize) -> Vec<Block> {
        let Some(page_text) = self.entry.texts.get(text) else { return Vec::new() };
        let events: Vec<_> = events(page_text.markdown(&self.entry.source.text)).collect();
        let has_notes = events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::FootnoteDefinition(_))));
        let reader = |notes, is_first| Reader {
            scribe: self,
            page_text,
            text,
            events: &events,
            at: 0,
            links: 0,
            headings: 0,
            components: 0,
            depth: 0,
            nested: 0,
            notes,
            defined: HashMap::new(),
            lifted: Vec::new(),
            noted: 0,
            waiting: Vec::new(),
            is_first,
        };
        let mut notes = HashMap::new();
        if has_notes {
            let mut first = reader(HashMap::new(), true);
            first.blocks();
            notes = first.defined;
        }
        let mut reader = reader(notes, false);
        let mut blocks = Vec::new();
        // Nothing closes what was not opened, so this is one round; it is a loop lest anything be lost.
        while reader.at < events.len() {
            blocks.extend(reader.blocks());
            reader.at += 1;
        }
        blocks
    }
}

/// How many notes may be said one within another; what more they lead to is said after the block.
const MOST_NOTED: usize = 4;

/// How many times running text may be stressed, one within another.
const MOST_STRESSED: usize = 4;

/// The beginnings of tags that set what they hold apart from what stands before it.
const APART: [&str; 14] =
    ["td", "th", "tr", "li", "ul", "ol", "p", "div", "d", "h", "a", "br", "summary", "blockquote"];

struct Reader<'x, 'r, 'a> {
    scribe: &'x Scribe<'r, 'a>,
    page_text: &'x PageText,
    text: usize,
    events: &'x [(Event<'x>, Range<usize>)],
    at: usize,
    /// How many links, headings and named blocks have passed: the outline has them in the same order.
    links: usize,
    headings: usize,
    components: usize,
    depth: usize,
    /// How many pieces of running text are open, one within another.
    nested: usize,
    /// What the footnotes say that have not been named yet.
    notes: HashMap<String, Vec<Block>>,
    /// What they say, as it is met.
    defined: HashMap<String, Vec<Block>>,
    /// What is said after the block that is open.
    lifted: Vec<Block>,
    /// How many notes are being said, one within another.
    noted: usize,
    /// What is said by notes that too many others lead to.
    waiting: Vec<Vec<Block>>,
    /// True for the reading that only looks for what footnotes say.
    is_first: bool,
}

impl Reader<'_, '_, '_> {
    /// Blocks up to the end of what they lie in, which stays.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = self.events.get(self.at) {
            let spot = self.spot(range);
            let content = match event {
                Event::End(_) => break,
                Event::Rule => {
                    self.at += 1;
                    Some(BlockContent::Rule)
                }
                Event::Start(tag) if !is_inline(tag) => {
                    self.at += 1;
                    let content = self.block(tag.clone());
                    self.at += 1;
                    content
                }
                Event::Html(_) => {
                    self.at += 1;
                    None
                }
                _ => Some(self.inlines()).filter(|text| !text.is_empty()).map(BlockContent::Paragraph),
            };
            let Some(content) = content else { continue };
            blocks.extend(standing(content).into_iter().map(|content| Block { spot: spot.clone(), content }));
            self.lift_waiting();
            blocks.append(&mut self.lifted);
        }
        blocks
    }

    /// Puts what waits after the block that is open, with all that it leads to: one round a note, however long the way.
    fn lift_waiting(&mut self) {
        while let Some(mut said) = self.waiting.pop() {
            self.fill(&mut said);
            self.lifted.append(&mut said);
        }
    }

    /// The block that a tag opens; its end stays.
    fn block(&mut self, tag: Tag<'_>) -> Option<BlockContent> {
        Some(match tag {
            Tag::Paragraph => BlockContent::Paragraph(self.inlines()),
            Tag::Heading { level, .. } => {
                let known = self.page_text.headings.get(self.headings);
                self.headings += 1;
                let text = self.inlines();
                let text = self.without_notes(text);
                let id = known.map(|heading| heading.id.clone()).unwrap_or_default();
                let least = if matches!(self.page_text.place, Place::Body(_)) { 2 } else { 3 };
                BlockContent::Heading { level: (level as u8).max(least), id, text }
            }
            Tag::BlockQuote(Some(kind)) => {
                let (kind, label) = self.alert(kind);
                BlockContent::Alert { kind, label, blocks: self.inside() }
            }
            Tag::BlockQuote(None) => BlockContent::Quote(self.inside()),
            Tag::CodeBlock(kind) => {
                let name = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                let place = (!name.is_empty()).then_some(self.components);
                self.components += usize::from(place.is_some());
                let words = self.words();
                return place.and_then(|place| self.component(place)).or(Some(BlockContent::Code(words)));
            }
            Tag::HtmlBlock => BlockContent::Paragraph(self.html_block()),
            Tag::List(start) => BlockContent::List { start, items: self.items() },
            Tag::FootnoteDefinition(name) => {
                let blocks = self.inside();
                self.defined.insert(name.to_string(), blocks);
                return None;
            }
            Tag::DefinitionList => BlockContent::Definitions(self.definitions()),
            Tag::Table(alignments) => BlockContent::Table(self.table(&alignments)),
            // Blocks that only stand in others, and what this dialect has not.
            _ => {
                self.words();
                return None;
            }
        })
    }

    /// What lies in a block; in words alone where it lies too deep.
    fn inside(&mut self) -> Vec<Block> {
        if self.depth >= DEEPEST {
            let spot = self.events.get(self.at).map(|(_, range)| self.spot(range));
            let words = self.words();
            let content = BlockContent::Paragraph(vec![Inline::Text(words)]);
            return spot.map(|spot| Block { spot, content }).into_iter().collect();
        }
        self.depth += 1;
        let blocks = self.blocks();
        self.depth -= 1;
        blocks
    }

    /// The words up to the end of what is open, which stays.
    fn words(&mut self) -> String {
        let (mut words, mut open) = (String::new(), 0);
        while let Some((event, _)) = self.events.get(self.at) {
            match event {
                Event::End(_) if open == 0 => break,
                Event::End(_) => open -= 1,
                Event::Start(tag) => {
                    open += 1;
                    self.pass(tag);
                }
                Event::Text(text) | Event::Code(text) => words.push_str(text),
                Event::SoftBreak | Event::HardBreak => words.push('\n'),
                _ => {}
            }
            self.at += 1;
        }
        words
    }

    /// Counts what the outline counts, of a tag whose content is told in words alone.
    fn pass(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { .. } | Tag::Image { .. } => self.links += 1,
            Tag::Heading { .. } => self.headings += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if !info.is_empty() => self.components += 1,
            _ => {}
        }
    }

    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = self.events.get(self.at) {
            self.at += 1;
            let mut task = None;
            let paragraph = matches!(self.events.get(self.at), Some((Event::Start(Tag::Paragraph), _)));
            if let Some((Event::TaskListMarker(done), _)) = self.events.get(self.at + usize::from(paragraph)) {
                task = Some(*done);
            }
            items.push(Item { task, blocks: self.inside() });
            self.at += 1;
        }
        items
    }

    fn definitions(&mut self) -> Vec<Definition> {
        let mut definitions: Vec<Definition> = Vec::new();
        while let Some((Event::Start(tag), _)) = self.events.get(self.at) {
            self.at += 1;
            if matches!(tag, Tag::DefinitionListTitle) {
                definitions.push(Definition { term: self.inlines(), meanings: Vec::new() });
            } else {
                let meaning = self.inside();
                if let Some(last) = definitions.last_mut() {
                    last.meanings.push(meaning);
                }
            }
            self.at += 1;
        }
        definitions
    }

    fn table(&mut self, alignments: &[pulldown_cmark::Alignment]) -> Table {
        let mut rows = Vec::new();
        while let Some((Event::Start(Tag::TableHead | Tag::TableRow), _)) = self.events.get(self.at) {
            self.at += 1;
            let mut cells = Vec::new();
            while let Some((Event::Start(Tag::TableCell), _)) = self.events.get(self.at) {
                self.at += 1;
                cells.push(self.inlines());
                self.at += 1;
            }
            cells.resize(alignments.len(), Vec::new());
            rows.push(cells);
            self.at += 1;
        }
        let alignment = |alignment: &pulldown_cmark::Alignment| match alignment {
            pulldown_cmark::Alignment::Right => Alignment::End,
            pulldown_cmark::Alignment::Center => Alignment::Middle,
            _ => Alignment::Start,
        };
        let mut rows = rows.into_iter();
        // The header stands on every page of a long table, and what it notes would be said as often.
        let header = rows.next().unwrap_or_default().into_iter().map(|cell| self.without_notes(cell)).collect();
        Table { alignments: alignments.iter().map(alignment).collect(), header, rows: rows.collect() }
    }

    fn alert(&self, kind: BlockQuoteKind) -> (&'static str, String) {
        let words = self.scribe.locale.words();
        let (kind, label) = match kind {
            BlockQuoteKind::Note => ("note", &words.note),
            BlockQuoteKind::Tip => ("tip", &words.tip),
            BlockQuoteKind::Important => ("important", &words.important),
            BlockQuoteKind::Warning => ("warning", &words.warning),
            BlockQuoteKind::Caution => ("caution", &words.caution),
        };
        (kind, label.clone())
    }

    /// The block of data of that place; `None` for a block of code.
    fn component(&self, place: usize) -> Option<BlockContent> {
        let block = self.page_text.components.get(place)?;
        let component = self.scribe.library().theme().components.get(&block.name)?;
        let fields = block.fields.as_ref()?;
        if component.rules == Some(ComponentRules::Chart) {
            let kind = component.fields.iter().find(|field| matches!(field.field_type, FieldType::Choice(_)))?;
            let (FieldType::Choice(options), Some(Value::Choice(option))) = (&kind.field_type, fields.get(&kind.name))
            else {
                return None;
            };
            return self.scribe.chart(&options.get(*option)?.id, fields).map(BlockContent::Chart);
        }
        Some(self.scribe.component(component, fields))
    }

    /// Running text up to the end of what is open, or to a block; either stays.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut out = Vec::new();
        while let Some((event, _)) = self.events.get(self.at) {
            match event {
                Event::End(_) | Event::Rule => break,
                Event::Start(tag) if !is_inline(tag) => break,
                Event::Start(tag) => {
                    self.at += 1;
                    let inline = self.inline(tag);
                    out.extend(inline);
                }
                Event::Text(text) => self.scribe.push_text(text, &mut out),
                Event::Code(text) => out.push(Inline::Code(text.to_string())),
                Event::SoftBreak => self.scribe.push_text(" ", &mut out),
                Event::HardBreak => out.push(Inline::Break),
                Event::FootnoteReference(name) => out.extend(self.note(name)),
                Event::InlineHtml(html) => {
                    self.links += html_addresses(html).len();
                    let name = html.trim_start_matches(['<', '/']).to_ascii_lowercase();
                    out.extend(name.starts_with("br").then_some(Inline::Break));
                }
                _ => {}
            }
            self.at += 1;
        }
        out
    }

    /// The running text that a tag opens; its end stays.
    fn inline(&mut self, tag: &Tag<'_>) -> Vec<Inline> {
        let link = self.links;
        if matches!(tag, Tag::Link { .. } | Tag::Image { .. }) {
            self.links += 1;
        }
        if self.depth >= DEEPEST {
            return vec![Inline::Text(self.words())];
        }
        self.depth += 1;
        self.nested += 1;
        let inner = self.inlines();
        self.depth -= 1;
        self.nested -= 1;
        match tag {
            // Stress within stress within stress says nothing more, and no format goes on with it for ever.
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough if self.nested >= MOST_STRESSED => inner,
            Tag::Emphasis => vec![Inline::Emphasis(inner)],
            Tag::Strong => vec![Inline::Strong(inner)],
            Tag::Strikethrough => vec![Inline::Struck(inner)],
            Tag::Link { .. } => match self.address(link) {
                Some(address) => vec![Inline::Link { address, text: inner }],
                None => inner,
            },
            Tag::Image { .. } => {
                let alt = plain(&inner);
                let picture = match self.target(link) {
                    Some(Target::Asset(path)) => self.scribe.picture(path, alt.clone(), Vec::new()),
                    _ => None,
                };
                vec![picture.map_or(Inline::Text(alt), Inline::Picture)]
            }
            _ => inner,
        }
    }

    fn target(&self, link: usize) -> Option<&Target> {
        self.scribe.library().links(self.scribe.index).get(self.text)?.get(link)
    }

    /// The whole address that a link leads to; that of a heading of this page where it leads there.
    fn address(&self, link: usize) -> Option<String> {
        let scribe = self.scribe;
        let site = scribe.renderer.addresses();
        Some(match self.target(link)? {
            Target::Entry(index, anchor) if *index == scribe.index && !anchor.is_empty() => anchor.clone(),
            Target::Entry(index, anchor) => site.absolute(&scribe.library().front(*index)?.url) + anchor,
            Target::Asset(path) => site.absolute(&addresses::of_file(&Library::asset_url(path))),
            Target::Site(path) => site.absolute(&addresses::as_written(path)),
            Target::AsWritten(address) if address.starts_with('#') => address.clone(),
            Target::AsWritten(address) => {
                let may = may_follow(address) && address.contains(':');
                return may.then(|| addresses::as_written(address));
            }
        })
    }

    fn note(&mut self, name: &str) -> Option<Inline> {
        let id = format!("{}-{name}", self.text);
        let is_new = !self.is_first && self.scribe.ids.borrow_mut().insert(id.clone());
        let mut blocks = if is_new { self.notes.remove(name).unwrap_or_default() } else { Vec::new() };
        if self.noted < MOST_NOTED {
            self.noted += 1;
            self.fill(&mut blocks);
            self.noted -= 1;
        } else if !blocks.is_empty() {
            self.waiting.push(std::mem::take(&mut blocks));
        }
        Some(Inline::Note { id, blocks })
    }

    /// Running text that is shown in more than one place, as a heading is in the contents: what its notes say follows
    /// it instead.
    fn without_notes(&mut self, text: Vec<Inline>) -> Vec<Inline> {
        let (notes, text): (Vec<_>, Vec<_>) =
            text.into_iter().partition(|inline| matches!(inline, Inline::Note { .. }));
        let said = notes
            .into_iter()
            .filter_map(|note| if let Inline::Note { blocks, .. } = note { Some(blocks) } else { None });
        self.lifted.extend(said.flatten());
        text
    }

    /// Says what the notes within a note say: they were met before anybody had named them.
    fn fill(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.content {
                BlockContent::Paragraph(text) => self.fill_text(text),
                BlockContent::List { items, .. } => items.iter_mut().for_each(|item| self.fill(&mut item.blocks)),
                BlockContent::Quote(blocks) | BlockContent::Alert { blocks, .. } => self.fill(blocks),
                _ => {}
            }
        }
    }

    fn fill_text(&mut self, text: &mut [Inline]) {
        for inline in text {
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => self.fill_text(inner),
                Inline::Note { id, blocks } if blocks.is_empty() => {
                    let name = id.split_once('-').map(|(_, name)| name.to_owned()).unwrap_or_default();
                    if let Some(Inline::Note { blocks: said, .. }) = self.note(&name) {
                        *blocks = said;
                    }
                }
                _ => {}
            }
        }
    }

    /// The words of a block of raw HTML, without its tags.
    fn html_block(&mut self) -> Vec<Inline> {
        let mut html = String::new();
        while let Some((Event::Html(part), _)) = self.events.get(self.at) {
            html.push_str(part);
            self.at += 1;
        }
        self.links += html_addresses(&html).len();
        // What stands in blocks of their own is no one word.
        let apart = APART.iter().fold(html, |html, tag| html.replace(&format!("<{tag}"), &format!(" <{tag}")));
        let words = ammonia::Builder::empty().clean(&apart).to_string();
        let words = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")]
            .into_iter()
            .fold(words, |words, (entity, character)| words.replace(entity, character));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() { Vec::new() } else { vec![Inline::Text(words)] }
    }

    fn spot(&self, range: &Range<usize>) -> Spot {
        match &self.page_text.place {
            Place::Body(body) => at(Span::from(range.clone()).shifted(body.start)),
            Place::Field(path) => Spot::Field(Arc::new(path.clone())),
        }
    }
}

/// A paragraph of nothing but a picture is a picture; one of nothing is nothing.
fn standing(content: BlockContent) -> Option<BlockContent> {
    let BlockContent::Paragraph(mut text) = content else { return Some(content) };
    match text.as_mut_slice() {
        [] => None,
        [Inline::Picture(_)] => match text.pop() {
            Some(Inline::Picture(picture)) => Some(BlockContent::Picture(picture)),
            _ => None,
        },
        _ => Some(BlockContent::Paragraph(text)),
    }
}
