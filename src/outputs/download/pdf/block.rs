//! Blocks as Typst content: those that Typst knows as what they are, the others as values for the theme to show.

use super::{
    extent, figure,
    inline::{optional, own},
    paper::Setter,
    text,
};
use crate::model::paper::{Block, BlockContent, Card, Definition, Inline, Item, Spot};
use std::num::NonZeroUsize;
use typst::{
    foundations::{Array, Content, IntoValue as _, Label, NativeElement as _, Packed, Str, Value, dict},
    model::{
        EnumElem, EnumItem, HeadingElem, ListElem, ListItem, ListMarker, ParElem, ParbreakElem, QuoteElem, TermItem,
        TermsElem,
    },
    text::{RawContent, RawElem},
    utils::PicoStr,
};

/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// How deep blocks stand in blocks. Typst gives up at a few dozen; what is deeper stands as deep as this.
const NESTED: usize = 8;

fn is_picture(blocks: &[Block]) -> bool {
    matches!(blocks, [Block { content: BlockContent::Picture(_), .. }])
}

/// True for what needs the whole width.
fn is_wide(content: &BlockContent) -> bool {
    matches!(
        content,
        BlockContent::Alert { .. } | BlockContent::Card(_) | BlockContent::Chart(_) | BlockContent::Table(_)
    )
}

impl Setter<'_> {
    /// Blocks, one below the other.
    pub(super) fn blocks(&self, blocks: &[Block]) -> Content {
        // A list that follows a paragraph without a break would stand close to it, as a part of it.
        let apart = |block| [ParbreakElem::shared().clone(), self.block(block)];
        Content::sequence(blocks.iter().flat_map(apart))
    }

    /// Blocks where one paragraph needs no more than its words.
    pub(super) fn brief(&self, blocks: &[Block]) -> Content {
        match blocks {
            [Block { content: BlockContent::Paragraph(text), spot }] => self.inlines(text, spot),
            blocks => self.blocks(blocks),
        }
    }

    fn block(&self, block: &Block) -> Content {
        let depth = self.depth.get();
        if depth >= NESTED {
            let mut inner = Vec::new();
            text::within(&block.content, &mut |blocks| inner.push(self.blocks(blocks)));
            if !inner.is_empty() {
                return Content::sequence(inner);
            }
        }
        self.depth.set(depth + 1);
        let content = self.nested(block);
        self.depth.set(depth);
        content
    }

    fn nested(&self, block: &Block) -> Content {
        let spot = &block.spot;
        let content = match &block.content {
            BlockContent::Heading { level, id, text } => return self.heading(*level, Some(id), text, spot),
            BlockContent::Paragraph(text) => ParElem::new(self.inlines(text, spot)).pack(),
            BlockContent::List { start, items } => self.list(*start, items, spot),
            BlockContent::Definitions(definitions) => self.definitions(definitions, spot),
            BlockContent::Table(table) => return self.table(table, spot),
            BlockContent::Quote(blocks) => QuoteElem::new(self.blocks(blocks)).with_block(true).pack(),
            BlockContent::Alert { kind, label, blocks } => {
                let label = Str::from(self.glyphs.shown(label));
                let value = dict! { "kind" => *kind, "label" => label, "body" => self.blocks(blocks), "long" => extent::is_long(blocks, self.size) };
                return self.shown_by_theme("alert", Value::Dict(value), spot);
            }
            BlockContent::Code(code) => {
                RawElem::new(RawContent::Text(self.glyphs.lines(code).into())).with_block(true).pack()
            }
            BlockContent::Picture(picture) => match self.picture(picture, spot) {
                Some(value) => return self.shown_by_theme("picture", value, spot),
                None => Content::empty(),
            },
            BlockContent::Chart(chart) => {
                return self.shown_by_theme("chart", figure::chart(self, chart, spot), spot);
            }
            BlockContent::Card(card) => return self.card(card, spot),
            BlockContent::Rule => return self.shown_by_theme("rule", Value::None, spot),
        };
        content.spanned(self.spots.span(spot))
    }

    /// A heading. PDF/UA allows no level to be left out, so one that is too deep comes up.
    pub(super) fn heading(&self, level: u8, id: Option<&str>, text: &[Inline], spot: &Spot) -> Content {
        let level = level.min(self.level.get() + 1);
        self.heading_at(level, id, text, spot, true)
    }

    fn heading_at(&self, level: u8, id: Option<&str>, text: &[Inline], spot: &Spot, outlined: bool) -> Content {
        let body = self.inlines(text, spot);
        if body.plain_text().trim().is_empty() {
            // A heading without words breaks PDF/UA, and says nothing.
            return body;
        }
        self.level.set(level);
        if outlined {
            self.base.set(level);
        }
        let level = NonZeroUsize::new(level.into()).unwrap_or(NonZeroUsize::MIN);
        let heading = HeadingElem::new(body).with_level(own(level)).with_outlined(outlined).with_bookmarked(own(true));
        let heading = heading.pack().spanned(self.spots.span(spot));
        let label = id.and_then(|id| Label::new(PicoStr::intern(id)));
        label.map_or(heading.clone(), |label| heading.labelled(label))
    }

    fn list(&self, start: Option<u64>, items: &[Item], spot: &Spot) -> Content {
        let span = self.spots.span(spot);
        let is_tight = items.iter().all(|item| {
            item.blocks.iter().filter(|block| matches!(block.content, BlockContent::Paragraph(_))).count() < 2
        });
        match start {
            Some(start) => {
                let item = |item| Packed::new(EnumItem::new(self.item(item, is_tight, spot))).spanned(span);
                EnumElem::new(items.iter().map(item).collect()).with_start(own(start)).with_tight(is_tight).pack()
            }
            None => {
                let item = |item| Packed::new(ListItem::new(self.item(item, is_tight, spot))).spanned(span);
                let list = ListElem::new(items.iter().map(item).collect()).with_tight(is_tight);
                // A box to tick stands where the marker would.
                let is_to_tick = items.iter().all(|item| item.task.is_some());
                let unmarked = ListMarker::Content(vec![Content::empty()]);
                if is_to_tick { list.with_marker(unmarked).pack() } else { list.pack() }
            }
        }
    }

    fn item(&self, item: &Item, is_tight: bool, spot: &Spot) -> Content {
        let task = item.task.map(|done| self.shown_by_theme("task", done.into_value(), spot));
        let blocks = item.blocks.iter().map(|block| match &block.content {
            BlockContent::Paragraph(text) if is_tight => self.inlines(text, &block.spot),
            _ => self.block(block),
        });
        Content::sequence(task.into_iter().chain(blocks))
    }

    fn definitions(&self, definitions: &[Definition], spot: &Spot) -> Content {
        let span = self.spots.span(spot);
        let items = definitions.iter().map(|Definition { term, meanings }| {
            let is_brief = meanings.len() == 1;
            let meanings =
                meanings.iter().map(|meaning| if is_brief { self.brief(meaning) } else { self.blocks(meaning) });
            Packed::new(TermItem::new(self.inlines(term, spot), Content::sequence(meanings))).spanned(span)
        });
        TermsElem::new(items.collect()).pack()
    }

    /// A card. Its name is a heading one level below that of the text around it.
    fn card(&self, card: &Card, spot: &Spot) -> Content {
        let base = self.base.get();
        let level = (base + 1).min(DEEPEST);
        let title = (!card.title.is_empty()).then(|| self.heading_at(level, None, &card.title, spot, false));
        if title.is_some() {
            self.base.set(level);
        }
        let parts = card.parts.iter().map(|part| {
            let value = dict! {
                "name" => part.name.as_str(),
                "label" => Str::from(self.glyphs.shown(&part.label)),
                "body" => self.blocks(&part.blocks),
                "picture" => is_picture(&part.blocks),
                "wide" => part.blocks.iter().any(|block| is_wide(&block.content)),
            };
            Value::Dict(value)
        });
        let value = dict! {
            "name" => card.name.as_str(),
            "title" => optional(title),
            "parts" => parts.collect::<Array>(),
            "long" => extent::is_long(card.parts.iter().flat_map(|part| &part.blocks), self.size),
        };
        self.base.set(base);
        self.shown_by_theme("card", Value::Dict(value), spot)
    }
}
