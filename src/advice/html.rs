//! The words between the tags of raw HTML.

use crate::markdown::events;
use pulldown_cmark::Event;
use std::{borrow::Cow, ops::Range};

/// Elements whose content nobody reads as running text.
const UNREAD: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// A block of raw HTML, which comes line by line.
#[derive(Default)]
pub(super) struct Html {
    pub text: String,
    /// Where each line begins: here and in the Markdown.
    lines: Vec<(usize, usize)>,
}

impl Html {
    pub fn add(&mut self, line: &str, place: Range<usize>) {
        self.lines.push((self.text.len(), place.start));
        self.text.push_str(line);
    }

    /// The bytes of the Markdown that a part comes from.
    pub fn place(&self, part: Range<usize>) -> Range<usize> {
        let line = self.lines.partition_point(|(at, _)| *at <= part.start).checked_sub(1);
        let (at, from) = line.and_then(|line| self.lines.get(line)).copied().unwrap_or_default();
        part.start - at + from..part.end - at + from
    }
}

/// A piece of HTML, with its place there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bit<'a> {
    /// Words of one line, or an entity as the character it stands for.
    Words(Cow<'a, str>, Range<usize>),
    Tag(&'a str, Range<usize>),
}

/// The words and tags of a piece of HTML in order. Comments, scripts and styles have none.
pub(super) fn bits(html: &str) -> Vec<Bit<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        let (bit, end) = next(rest);
        match bit {
            Piece::Words => words(html, at..at + end, &mut found),
            Piece::Tag => found.extend(html.get(at..at + end).map(|tag| Bit::Tag(tag, at..at + end))),
            Piece::Unread => {}
        }
        at += end.max(1);
    }
    found
}

enum Piece {
    Words,
    Tag,
    Unread,
}

/// What HTML begins with, and where that ends.
fn next(html: &str) -> (Piece, usize) {
    let all = html.len();
    if let Some(comment) = html.strip_prefix("<!--") {
        return (Piece::Unread, comment.find("-->").map_or(all, |end| "<!---->".len() + end));
    }
    let begins_tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    let Some(tag) = html.strip_prefix('<').filter(|rest| begins_tag(rest)) else {
        let next = html.match_indices('<').map(|(at, _)| at).find(|at| *at > 0);
        return (Piece::Words, next.unwrap_or(all));
    };
    let Some(end) = end_of_tag(tag) else { return (Piece::Unread, all) };
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    if !UNREAD.iter().any(|unread| name.eq_ignore_ascii_case(unread)) {
        return (Piece::Tag, 1 + end);
    }
    let closes = |at: &usize| tag.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    let close = tag.match_indices("</").map(|(at, _)| at).find(closes);
    (Piece::Unread, close.map_or(all, |close| 1 + close))
}

/// Where a tag ends that has begun: a `>` in quotation marks ends none.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The words of a part without tags: a line that is broken goes on after a space.
fn words<'a>(html: &'a str, part: Range<usize>, found: &mut Vec<Bit<'a>>) {
    let text = html.get(part.clone()).unwrap_or_default();
    let mut at = part.start;
    for line in text.split_inclusive(['\n', '&']) {
        let start = at;
        at += line.len();
        // An entity may begin with the mark that ended the piece before.
        let entity = start.checked_sub(1).filter(|mark| html.get(*mark..start) == Some("&"));
        let ends = entity.and_then(|mark| Some(mark..start + line.find(';')? + 1));
        let character = ends.and_then(|place| Some((character(html.get(place.clone())?)?, place)));
        let mut from = start;
        if let Some((character, place)) = character {
            from = place.end;
            found.pop();
            found.push(Bit::Words(character.into(), place));
        }
        let whole = html.get(from..at).unwrap_or_default();
        let bare = whole.trim_end_matches(['\r', '\n', '&']);
        if !bare.is_empty() {
            found.push(Bit::Words(bare.into(), from..from + bare.len()));
        }
        let mark = if whole.ends_with('&') { Some("&") } else { whole.ends_with('\n').then_some(" ") };
        found.extend(mark.map(|mark| Bit::Words(mark.into(), at - 1..at)));
    }
}

/// What an entity such as `&amp;` stands for.
fn character(entity: &str) -> Option<String> {
    let inner = entity.strip_prefix('&')?.strip_suffix(';')?;
    let is_entity = inner.len() < 32 && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    if !is_entity {
        return None;
    }
    let texts = events(entity).map(|(event, _)| match event {
        Event::Text(text) => text.into_string(),
        _ => String::new(),
    });
    Some(texts.collect::<String>()).filter(|text| !text.is_empty() && text != entity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_tags() {
        for (html, expected) in [
            ("<p>One <b>two</b></p>", vec!["<p>", "One ", "<b>", "two", "</b>", "</p>"]),
            ("a\nb\r\nc", vec!["a", " ", "b", " ", "c"]),
            ("<!-- not > this -->this", vec!["this"]),
            ("<style>p > b {}</style>x<script>'<p>'</SCRIPT>", vec!["</style>", "x", "</SCRIPT>"]),
            ("<p title=\"a > b\">x", vec!["<p title=\"a > b\">", "x"]),
            ("3 < 4 &amp; 5 & 6 &nope; &#39;", vec!["3 ", "< 4 ", "&", " 5 ", "&", " 6 ", "&", "nope; ", "'"]),
            ("<p never closed", vec![]),
        ] {
            let told: Vec<String> = bits(html)
                .into_iter()
                .map(|bit| match bit {
                    Bit::Words(words, _) => words.into_owned(),
                    Bit::Tag(tag, _) => tag.to_owned(),
                })
                .collect();
            assert_eq!(told, expected, "{html}");
        }
    }

    #[test]
    fn each_piece_has_its_place() {
        let html = "<p>a &rsquo;\nb</p>";
        for bit in bits(html) {
            let (Bit::Words(_, place) | Bit::Tag(_, place)) = &bit;
            let written = &html[place.clone()];
            match &bit {
                Bit::Words(words, _) => assert!(written == words || matches!(written, "&rsquo;" | "\n"), "{bit:?}"),
                Bit::Tag(tag, _) => assert_eq!(written, *tag),
            }
        }
        let mut lines = Html::default();
        lines.add("<p>\n", 10..14);
        lines.add("a\n", 16..18);
        assert_eq!(lines.place(4..5), 16..17);
    }
}
