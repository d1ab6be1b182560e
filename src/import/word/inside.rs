//! Goes through the blocks of a document for what is in them.

use crate::import::docx::{Block, Control, Inline};
use std::collections::BTreeMap;

/// The names of the gaps that are to be filled in, by their labels.
pub(super) fn gaps(blocks: &[Block]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    each_inline(blocks, &mut |inline| {
        if let Inline::Control(control, _) = inline
            && !control.alias.is_empty()
        {
            out.insert(control.alias.clone(), control.tag.clone());
        }
    });
    out
}

/// Shows every control, of blocks and of words.
pub(super) fn each_control(blocks: &[Block], see: &mut impl FnMut(&Control)) {
    for block in blocks {
        match block {
            Block::Control(control, inner) => {
                see(control);
                each_control(inner, see);
            }
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| each_control(cell, see)),
            _ => {}
        }
    }
    each_inline(blocks, &mut |inline| {
        if let Inline::Control(control, _) = inline {
            see(control);
        }
    });
}

/// Shows every piece of running text.
pub(super) fn each_inline(blocks: &[Block], see: &mut impl FnMut(&Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } | Block::Heading { text, .. } => each_in(text, see),
            Block::List { items, .. } => items.iter().for_each(|item| each_inline(item, see)),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| each_inline(cell, see)),
            Block::Quote(blocks) | Block::Control(_, blocks) => each_inline(blocks, see),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

pub(super) fn each_in(text: &[Inline], see: &mut impl FnMut(&Inline)) {
    for inline in text {
        see(inline);
        if let Inline::Link(_, text) | Inline::Control(_, text) = inline {
            each_in(text, see);
        }
    }
}

/// The first picture in blocks, with what it shows.
pub(super) fn first_picture(blocks: &[Block]) -> Option<(usize, String)> {
    fn in_text(text: &[Inline]) -> Option<(usize, String)> {
        text.iter().find_map(|inline| match inline {
            Inline::Picture(place, alt) => Some((*place, alt.clone())),
            Inline::Link(_, text) | Inline::Control(_, text) => in_text(text),
            _ => None,
        })
    }
    blocks.iter().find_map(|block| match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => in_text(text),
        Block::Quote(blocks) | Block::Control(_, blocks) => first_picture(blocks),
        Block::List { items, .. } => items.iter().find_map(|item| first_picture(item)),
        Block::Table { rows, .. } => rows.iter().flatten().find_map(|cell| first_picture(cell)),
        _ => None,
    })
}
