//! The stretch of a text that has most of what was asked for.

use super::{places::length, texts::Section};

/// How long an excerpt is, and how near to each other the words in it, in UTF-16 code units.
const EXCERPT: usize = 240;
const PASSAGE: usize = 160;

/// How far an excerpt may begin before the first of its words.
const LEAD: usize = EXCERPT / 3;

/// A word in a text that was asked for, in UTF-16 code units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The clause that asks for it, and what that one is worth.
    pub(super) clause: usize,
    pub(super) weight: f64,
}

/// The best stretch of a text.
#[derive(Debug, Default)]
pub(super) struct Passage {
    /// The anchor and the words of the heading that it stands under; both may be empty.
    pub(super) anchor: String,
    pub(super) heading: String,
    pub(super) excerpt: String,
    pub(super) marks: Vec<(usize, usize)>,
}

/// The best passage of a page's sections and its summary, the words found by `marker`.
pub(super) fn passage(sections: &[Section], summary: &str, marker: impl Fn(&str) -> Vec<Mark>) -> Passage {
    let mut worth = 0.0;
    let mut best = None;
    let summary_section = [("", "", summary)];
    let all = sections.iter().map(|Section(anchor, heading, text)| (anchor.as_str(), heading.as_str(), text.as_str()));
    for (anchor, heading, text) in summary_section.into_iter().chain(all) {
        let marks = marker(text);
        // What a heading says is said of all that stands under it, and of its beginning where the text has none of it.
        let named = marker(heading);
        let mut from = None;
        let of_heading = (marks.is_empty() && !named.is_empty()).then_some(0);
        for (place, first) in marks.iter().map(|mark| mark.start).chain(of_heading).enumerate() {
            let near = marks.iter().skip(place).take_while(|mark| mark.end <= first + PASSAGE);
            let own = worth_of(&named, near);
            if own > worth {
                (worth, from) = (own, Some(first));
            }
        }
        if let Some(from) = from {
            best = Some((anchor, heading, text, from, marks));
        }
    }
    let Some((anchor, heading, text, from, marks)) = best else {
        let first = sections.first().map(|Section(_, _, text)| text.as_str()).unwrap_or_default();
        let (excerpt, marks) = excerpt(if summary.is_empty() { first } else { summary }, 0, &[]);
        return Passage { excerpt, marks, ..Passage::default() };
    };
    let (excerpt, marks) = excerpt(text, from, &marks);
    Passage { anchor: anchor.to_owned(), heading: heading.to_owned(), excerpt, marks }
}

/// What some marks are worth together with those of their heading: each clause once, and a little for each word.
fn worth_of<'a>(named: &'a [Mark], near: impl Iterator<Item = &'a Mark>) -> f64 {
    let mut clauses = Vec::new();
    let mut count = 0;
    let mut sum = 0.0;
    let near = near.inspect(|_| count += 1);
    for mark in named.iter().chain(near) {
        if !clauses.contains(&mark.clause) {
            clauses.push(mark.clause);
            sum += mark.weight;
        }
    }
    sum * (1.0 + f64::from(count) / 1000.0)
}

/// A part of a text from shortly before a place on, and the marks in it.
fn excerpt(text: &str, from: usize, marks: &[Mark]) -> (String, Vec<(usize, usize)>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let of = |from: usize, to: usize| units.get(from..to).unwrap_or_default();
    let before = of(from.saturating_sub(LEAD), from);
    let last = |pair: [u8; 2]| before.windows(2).rposition(|own| own == pair.map(u16::from)).map_or(0, |at| at + 1);
    let line = before.iter().rposition(|unit| *unit == u16::from(b'\n')).unwrap_or_default();
    let sentence = [*b". ", *b"? ", *b"! "].map(last).into_iter().fold(line, usize::max);
    let is_cut = before.len() < from;
    let space = before.iter().position(|unit| *unit == u16::from(b' ')).filter(|_| is_cut);
    let skipped = if sentence > 0 { sentence + 1 } else { space.map_or(0, |space| space + 1) };
    let start = between(&units, from - before.len() + skipped);
    let is_whole = units.len() <= start + EXCERPT;
    let cut = of(0, start + EXCERPT + 1).iter().rposition(|unit| *unit == u16::from(b' '));
    let end = match cut {
        _ if is_whole => units.len(),
        Some(cut) if cut > start + EXCERPT / 2 => cut,
        _ => between(&units, start + EXCERPT),
    };
    let lead = if start > 0 && sentence == 0 { "…" } else { "" };
    let rest = if is_whole { "" } else { "…" };
    let inside = one_line(of(start, end));
    let shifted = |place: usize| length(lead) + length(&one_line(of(start, place)));
    let marks = marks.iter().filter(|mark| mark.start >= start && mark.end <= end);
    let marks = marks.map(|mark| (shifted(mark.start), shifted(mark.end))).collect();
    (format!("{lead}{inside}{rest}"), marks)
}

/// Lines as one; a dot stands between those that do not end like sentences, as the items of a list.
fn one_line(units: &[u16]) -> String {
    let mut line = String::with_capacity(units.len());
    for c in String::from_utf16_lossy(units).chars() {
        match c {
            '\n' if line.is_empty() || line.ends_with(['.', '!', '?', ':', ';', '…']) => line.push(' '),
            '\n' => line.push_str(" · "),
            c => line.push(c),
        }
    }
    line
}

/// A place in a text, or the one before where it would part the two halves of a letter.
fn between(units: &[u16], place: usize) -> usize {
    let parts = units.get(place).is_some_and(|unit| unit & 0xfc00 == 0xdc00);
    place.saturating_sub(usize::from(parts))
}
