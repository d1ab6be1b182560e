//! Several values in one line.

use super::{Misread, one};
use crate::{import::known::Known, model::Field};
use serde_yaml::Value;

/// One item of a list that commas and words may part: `Luton, Kent and Bristol, City of`. A name may have a comma or an
/// “and” itself, so the longest that is one counts.
pub(super) fn several(field: &Field, item: &str, known: &Known, values: &mut Vec<Value>, misread: &mut Vec<Misread>) {
    let pieces = pieces(item);
    let part = |from: usize, to: usize| {
        let (first, last) = (pieces.get(from)?, pieces.get(to.checked_sub(1)?)?);
        item.get(first.start..last.end).map(str::trim).filter(|part| !part.is_empty())
    };
    let mut at = 0;
    while at < pieces.len() {
        let longest = |from: usize| {
            let fits = |to: usize| Some((to, one(field, part(from, to)?, known, &mut Vec::new())?));
            (from + 1..=pieces.len()).rev().find_map(fits)
        };
        if let Some((end, value)) = longest(at) {
            values.push(value);
            at = end;
            continue;
        }
        // What is nothing is told as it was written, up to the next comma.
        let ends = |end: usize| {
            end == pieces.len() || pieces.get(end).is_some_and(|piece| piece.after_comma) || longest(end).is_some()
        };
        let end = (at + 1..=pieces.len()).find(|end| ends(*end)).unwrap_or(pieces.len());
        if let Some(part) = part(at, end) {
            one(field, part, known, misread);
        }
        at = end;
    }
}

/// A piece of a text between commas and words that may part it.
struct Piece {
    start: usize,
    end: usize,
    after_comma: bool,
}

fn pieces(item: &str) -> Vec<Piece> {
    let mut marks: Vec<(usize, &str)> =
        [",", " and ", " & "].iter().flat_map(|mark| item.match_indices(*mark)).collect();
    marks.sort_unstable();
    let (mut pieces, mut start, mut after_comma) = (Vec::new(), 0, false);
    for (at, mark) in marks.into_iter().chain([(item.len(), "")]) {
        // “Luton, and Kent” has two marks and nothing between.
        if item.get(start..at).is_some_and(|piece| !piece.trim().is_empty()) {
            pieces.push(Piece { start, end: at, after_comma });
            after_comma = false;
        }
        after_comma |= mark == ",";
        start = at + mark.len();
    }
    pieces
}
