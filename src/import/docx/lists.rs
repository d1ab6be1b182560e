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
    let loose = in_rows(&pieces);
    for (Piece { block, mark, left }, is_loose) in pieces.into_iter().zip(loose) {
        let Some(mut block) = block else {
            // A gap ends what is typed, quoted or code; a list goes over it.
            let code_ends = matches!(out.last(), Some(Block::Code(_)));
            if code_ends && open.is_empty() {
                out.push(Block::Paragraph { role: Role::Text, text: Vec::new() });
            }
            continue;
        };
        let typed = if mark.is_none() { typed_mark(&mut block, is_loose) } else { None };
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

/// The mark that somebody typed before a paragraph, which is taken from it: a bullet, or a number and a tab. A
/// dash or a number before a blank is one where it `is_loose`.
fn typed_mark(block: &mut Block, is_loose: bool) -> Option<Mark> {
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
    if let (true, Some((sign, rest))) = (is_loose, loose_sign(words)) {
        *words = rest.trim_start().to_owned();
        return Some(mark(match sign {
            Sign::Dash(_) => None,
            Sign::Number(number, _) | Sign::Letter(number, _) => Some(number.into()),
        }));
    }
    let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
    let rest = words.get(digits.len()..)?.strip_prefix(['.', ')'])?.strip_prefix('\t')?;
    let number = digits.parse().ok()?;
    *words = rest.trim_start().to_owned();
    Some(mark(Some(number)))
}

/// A sign before a blank that makes an item of a list only beside another of its sort: one alone may be a dash that
/// opens what somebody said, or a year that ends a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Dash(char),
    /// A number, and what closes it.
    Number(u32, char),
    /// A letter by its place in the alphabet, likewise.
    Letter(u32, char),
}

impl Sign {
    /// True for what stands before the item that follows one with this sign.
    fn goes_before(self, next: Self) -> bool {
        match (self, next) {
            (Self::Dash(one), Self::Dash(other)) => one == other,
            (Self::Number(one, end), Self::Number(other, other_end))
            | (Self::Letter(one, end), Self::Letter(other, other_end)) => one + 1 == other && end == other_end,
            _ => false,
        }
    }
}

/// For each piece, whether it and one beside it begin with signs of a row.
fn in_rows(pieces: &[Piece]) -> Vec<bool> {
    let sign = |piece: &Piece| match (&piece.block, piece.mark) {
        (Some(Block::Paragraph { role: Role::Text, text }), None) => match text.first() {
            Some(Inline::Text(words, Marks { code: false, .. })) => loose_sign(words).map(|(sign, _)| sign),
            _ => None,
        },
        _ => None,
    };
    let mut loose = vec![false; pieces.len()];
    let mut before: Option<(usize, Sign)> = None;
    for (place, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.block.is_some()) {
        let here = sign(piece).map(|sign| (place, sign));
        if let (Some((first, one)), Some((second, other))) = (before, here)
            && one.goes_before(other)
        {
            for place in [first, second] {
                loose.get_mut(place).into_iter().for_each(|is_loose| *is_loose = true);
            }
        }
        before = here;
    }
    loose
}

/// The sign at the start of a text, and the text behind it.
fn loose_sign(words: &str) -> Option<(Sign, &str)> {
    let (mark, rest) = words.split_once(' ')?;
    let first = mark.chars().next()?;
    if ['-', '–', '—', '*'].contains(&first) && mark.len() == first.len_utf8() {
        return Some((Sign::Dash(first), rest));
    }
    let end = mark.chars().last().filter(|end| ['.', ')'].contains(end))?;
    let name = mark.strip_suffix(end)?;
    if let Ok(number) = name.parse::<u32>() {
        return (number < 1000).then_some((Sign::Number(number, end), rest));
    }
    let is_letter = name.len() == 1 && first.is_ascii_lowercase() && end == ')';
    is_letter.then(|| (Sign::Letter(u32::from(first) - u32::from('a') + 1, end), rest))
}
