//! Lists: Word has marked paragraphs, one after another.

use super::{
    numbering::Mark,
    tree::{Block, Inline, Marks, Role},
};

/// The deepest level of a list in Word, from 0.
pub(super) const DEEPEST: usize = 8;

/// How much less far in than the items of a list a paragraph may stand that belongs to one, in twentieths of a point.
const TOLERANCE: i32 = 60;

/// Signs that people type before items.
const BULLETS: [char; 8] = ['•', '·', '●', '○', '▪', '◦', '‣', '\u{f0b7}'];

/// A block, and how it is marked.
pub(super) struct Piece {
    /// Nothing for an empty paragraph.
    pub(super) block: Option<Block>,
    pub(super) mark: Option<Mark>,
    /// How far in it stands, in twentieths of a point.
    pub(super) left: i32,
}

impl Piece {
    pub(super) fn of(block: Block) -> Self {
        Self { block: Some(block), mark: None, left: 0 }
    }

    pub(super) fn gap() -> Self {
        Self { block: None, mark: None, left: 0 }
    }
}

struct Open {
    mark: Mark,
    /// Typed by hand rather than set by Word.
    typed: bool,
    items: Vec<Vec<Block>>,
}

/// Paragraphs with marks as lists within lists, quotations and code that follow each other as one.
pub(super) fn grouped(pieces: Vec<Piece>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for Piece { block, mark, left } in pieces {
        let Some(mut block) = block else {
            // A gap ends what is typed, quoted or code; a list goes over it.
            let code_ends = matches!(out.last(), Some(Block::Code(_)));
            if code_ends && open.is_empty() {
                out.push(Block::Paragraph { role: Role::Text, text: Vec::new() });
            }
            continue;
        };
        let typed = if mark.is_none() { typed_mark(&mut block) } else { None };
        match mark.or(typed) {
            Some(mark) => {
                let mark = Mark { level: level(&open, mark), ..mark };
                while open.last().is_some_and(|list| {
                    list.mark.level > mark.level || (list.mark.level == mark.level && !goes_on(list, mark))
                }) {
                    close(&mut open, &mut out);
                }
                if open.last().is_none_or(|list| list.mark.level < mark.level) {
                    open.push(Open { mark, typed: typed.is_some(), items: Vec::new() });
                }
                if let Some(list) = open.last_mut() {
                    list.items.push(vec![block]);
                }
            }
            None => {
                let holds = |list: &Open| !list.typed && left > 0 && left + TOLERANCE >= list.mark.left.max(1);
                let is_text = matches!(block, Block::Paragraph { role: Role::Text, .. });
                while open.last().is_some_and(|list| !(is_text && holds(list))) {
                    close(&mut open, &mut out);
                }
                let item = open.last_mut().and_then(|list| list.items.last_mut());
                push(block, item.unwrap_or(&mut out));
            }
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    out.retain(|block| !matches!(block, Block::Paragraph { text, .. } if text.is_empty()));
    out
}

/// The level of an item among the lists that are open: one that stands further in than another list is within it, even
/// where Word takes both for lists of their own.
fn level(open: &[Open], mark: Mark) -> usize {
    let outer = open.iter().rev().find(|list| list.mark.left + TOLERANCE < mark.left);
    match (outer, open.last()) {
        (Some(outer), Some(last)) if last.mark.list != mark.list => outer.mark.level + 1,
        (None, Some(last)) if last.mark.list != mark.list => open.first().map_or(mark.level, |list| list.mark.level),
        _ => mark.level,
    }
}

/// True where an item is the next one of a list at its level.
fn goes_on(list: &Open, mark: Mark) -> bool {
    match (list.mark.number, mark.number) {
        (None, None) => true,
        (Some(_), Some(_)) => list.mark.list == mark.list,
        _ => false,
    }
}

/// Ends the innermost list.
fn close(open: &mut Vec<Open>, out: &mut Vec<Block>) {
    let Some(Open { mark, items, .. }) = open.pop() else { return };
    let list = Block::List { start: mark.number, items };
    let item = open.last_mut().and_then(|outer| outer.items.last_mut());
    item.unwrap_or(out).push(list);
}

/// Puts a block behind others, within the last where both are of one piece.
fn push(block: Block, out: &mut Vec<Block>) {
    match (out.last_mut(), block) {
        (Some(Block::Quote(before)), Block::Quote(blocks)) => before.extend(blocks),
        (Some(Block::Code(before)), Block::Code(line)) => {
            before.push('\n');
            before.push_str(&line);
        }
        (_, block) => out.push(block),
    }
}

/// The mark that somebody typed before a paragraph, which is taken from it: a bullet, or a number and a tab.
fn typed_mark(block: &mut Block) -> Option<Mark> {
    let Block::Paragraph { role: Role::Text, text } = block else { return None };
    if matches!(text.first(), Some(Inline::Control(control, _)) if control.ticked.is_some() && control.tag.is_empty()) {
        return Some(Mark { list: u32::MAX, level: 0, number: None, left: 0 });
    }
    let Some(Inline::Text(words, Marks { code: false, .. })) = text.first_mut() else { return None };
    let mark = |number| Mark { list: u32::MAX, level: 0, number, left: 0 };
    let first = words.chars().next()?;
    let rest = words.get(first.len_utf8()..)?;
    let is_bullet = BULLETS.contains(&first) && rest.starts_with([' ', '\t']);
    if is_bullet || (['-', '–', '*', 'o'].contains(&first) && rest.starts_with('\t')) {
        *words = rest.trim_start().to_owned();
        return Some(mark(None));
    }
    let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
    let rest = words.get(digits.len()..)?.strip_prefix(['.', ')'])?.strip_prefix('\t')?;
    let number = digits.parse().ok()?;
    *words = rest.trim_start().to_owned();
    Some(mark(Some(number)))
}
