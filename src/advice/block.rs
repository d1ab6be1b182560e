//! What somebody reads in one go, and where each word of it stands in the file.

use crate::{
    model::{ComponentBlock, Entry, FieldPath, PageText, Span},
    yaml,
};
use std::ops::Range;

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
    /// True for a heading, whose words are an address as well.
    pub heading: bool,
    pieces: Vec<Piece>,
    source: Source<'a>,
}

/// Where a part of the words comes from.
#[derive(Clone, Copy)]
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
pub(super) enum Source<'a> {
    Markdown(&'a PageText),
    Value(FieldPath, &'a str),
    /// A field of a component in a text.
    Component(&'a PageText, &'a ComponentBlock, FieldPath, &'a str),
}

impl<'a> Block<'a> {
    /// A block that words are still to come to.
    pub fn new(quoted: bool, label: bool, source: Source<'a>) -> Self {
        Block { words: String::new(), quoted, label, explained: Vec::new(), heading: false, pieces: Vec::new(), source }
    }

    /// Adds words that come from a part of the source, of which they are the very bytes where they are as long. `name`
    /// says that a link or a picture is looked up by them.
    pub fn say(&mut self, words: &str, from: Span, name: bool) {
        let same = words.len() == from.end - from.start;
        self.pieces.push(Piece { at: self.words.len(), from, same, name });
        self.words.push_str(words);
    }

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
