//! The words of a paper, each with its place.

use crate::model::{
    Paper, Step,
    paper::{Block, BlockContent, CardPart, Inline, PaperChart, PaperPicture, Spot, Table},
};
use std::sync::Arc;

/// Shows every text of a paper and its place.
pub(super) fn each(paper: &Paper, see: &mut dyn FnMut(&str, &Spot)) {
    let field = |name: &str| Spot::Field(Arc::new(vec![Step::Key(name.to_owned())]));
    see(&paper.title, &field("title"));
    see(&paper.summary, &field("summary"));
    for fact in &paper.facts {
        inlines(&fact.text, &field(&fact.name), see);
    }
    for section in &paper.sections {
        walk(&section.blocks, &mut |block| of_block(block, see));
    }
}

/// Shows every block, those within others included, in their order.
pub(super) fn walk<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        see(block);
        within(&block.content, &mut |inner| walk(inner, see));
    }
}

/// The blocks that stand in one.
pub(super) fn within<'a>(content: &'a BlockContent, see: &mut dyn FnMut(&'a [Block])) {
    match content {
        BlockContent::List { items, .. } => items.iter().for_each(|item| see(&item.blocks)),
        BlockContent::Definitions(all) => {
            all.iter().flat_map(|definition| &definition.meanings).for_each(|meaning| see(meaning));
        }
        BlockContent::Quote(blocks) | BlockContent::Alert { blocks, .. } => see(blocks),
        BlockContent::Card(card) => card.parts.iter().for_each(|part| see(&part.blocks)),
        BlockContent::Heading { .. }
        | BlockContent::Paragraph(_)
        | BlockContent::Table(_)
        | BlockContent::Code(_)
        | BlockContent::Picture(_)
        | BlockContent::Chart(_)
        | BlockContent::Rule => {}
    }
}

/// The texts that stand in a block itself.
fn of_block(block: &Block, see: &mut dyn FnMut(&str, &Spot)) {
    let spot = &block.spot;
    match &block.content {
        BlockContent::Heading { text, .. } | BlockContent::Paragraph(text) => inlines(text, spot, see),
        BlockContent::Definitions(all) => all.iter().for_each(|definition| inlines(&definition.term, spot, see)),
        BlockContent::Table(table) => of_table(table, spot, see),
        BlockContent::Alert { label, .. } => see(label, spot),
        BlockContent::Code(code) => see(code, spot),
        BlockContent::Picture(picture) => of_picture(picture, spot, see),
        BlockContent::Chart(chart) => of_chart(chart, spot, see),
        BlockContent::Card(card) => {
            inlines(&card.title, spot, see);
            card.parts.iter().for_each(|CardPart { label, .. }| see(label, spot));
        }
        BlockContent::List { .. } | BlockContent::Quote(_) | BlockContent::Rule => {}
    }
}

fn of_table(table: &Table, spot: &Spot, see: &mut dyn FnMut(&str, &Spot)) {
    for cell in table.header.iter().chain(table.rows.iter().flatten()) {
        inlines(cell, spot, see);
    }
}

fn of_picture(picture: &PaperPicture, spot: &Spot, see: &mut dyn FnMut(&str, &Spot)) {
    see(&picture.alt, spot);
    inlines(&picture.caption, spot, see);
}

fn of_chart(chart: &PaperChart, spot: &Spot, see: &mut dyn FnMut(&str, &Spot)) {
    see(&chart.title, spot);
    see(&chart.description, spot);
    chart.series.iter().for_each(|name| see(name, spot));
    chart.rows.iter().for_each(|row| see(&row.label, spot));
    inlines(&chart.source, spot, see);
}

fn inlines(text: &[Inline], spot: &Spot, see: &mut dyn FnMut(&str, &Spot)) {
    for inline in text {
        match inline {
            Inline::Text(words) | Inline::Code(words) => see(words, spot),
            Inline::Emphasis(text) | Inline::Strong(text) | Inline::Struck(text) | Inline::Link { text, .. } => {
                inlines(text, spot, see);
            }
            Inline::Note { blocks, .. } => walk(blocks, &mut |block| of_block(block, see)),
            Inline::Placeholder { label, .. } => see(label, spot),
            Inline::Picture(picture) => of_picture(picture, spot, see),
            Inline::Break => {}
        }
    }
}
