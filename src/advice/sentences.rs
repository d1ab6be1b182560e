//! Where sentences and quotations begin and end.

use super::block::OPAQUE;
use std::ops::Range;

/// A sentence: its place in the words of a block, and how many words it has of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub place: Range<usize>,
    pub words: usize,
}

/// What closes behind the mark that ends a sentence.
const CLOSING: [char; 6] = [')', ']', '”', '’', '"', '\''];

/// The sentences of a block. `stops` are short forms, small, whose full stop ends none. What stands in one of `quotations`
/// is not counted: nobody may shorten the words of others.
pub(super) fn sentences(words: &str, stops: &[String], quotations: &[Range<usize>]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in words.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…')) {
        let end = at + mark.len_utf8();
        if at < start || !ends(words, at, end, mark, stops) {
            continue;
        }
        let closed = words.get(end..).unwrap_or_default();
        let end = words.len() - closed.trim_start_matches(CLOSING).len();
        found.extend(sentence(words, start..end, quotations));
        start = end;
    }
    found.extend(sentence(words, start..words.len(), quotations));
    found
}

/// True where a mark ends a sentence: white space and a new beginning follow, and it belongs to no short form.
fn ends(words: &str, at: usize, end: usize, mark: char, stops: &[String]) -> bool {
    let rest = words.get(end..).unwrap_or_default().trim_start_matches(CLOSING);
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let opens =
        |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '‘' | '"' | '\'' | '(' | '[' | OPAQUE);
    if !rest.trim_start().starts_with(opens) {
        return false;
    }
    let before = words.get(..at).unwrap_or_default();
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '‘' | '"')).next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_short = mark == '.' && stops.iter().any(|stop| stop.trim_end_matches('.') == word.to_lowercase());
    !(is_short || mark == '.' && is_initial)
}

fn sentence(words: &str, place: Range<usize>, quotations: &[Range<usize>]) -> Option<Sentence> {
    let text = words.get(place.clone())?;
    let start = place.start + (text.len() - text.trim_start().len());
    let place = start..start + text.trim().len();
    (!place.is_empty()).then(|| Sentence { words: count(words, place.clone(), quotations), place })
}

/// How many words a part of a text has outside quotations.
pub(super) fn count(words: &str, part: Range<usize>, quotations: &[Range<usize>]) -> usize {
    let text = words.get(part.clone()).unwrap_or_default();
    let mut at = part.start;
    let own = |piece: &&str| {
        let place = at;
        at += piece.len();
        !is_within(quotations, place) && piece.contains(|c: char| c.is_alphanumeric() || c == OPAQUE)
    };
    text.split_inclusive(char::is_whitespace).filter(own).count()
}

/// The parts of a text that stand in quotation marks, with these.
pub(super) fn quotations(words: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut done = 0;
    // Marks that nothing closes any more: to look for each again would take the square of the text.
    let mut unclosed: Vec<char> = Vec::new();
    if !words.contains(['“', '"', '‘', '\'']) {
        return found;
    }
    for (at, open) in words.char_indices() {
        if at < done {
            continue;
        }
        let before = words.get(..at).and_then(|before| before.chars().next_back());
        let inside = words.get(at + open.len_utf8()..).unwrap_or_default();
        let close = match open {
            '“' => '”',
            '"' => '"',
            '‘' if !before.is_some_and(char::is_alphanumeric) => '’',
            '\'' if !before.is_some_and(char::is_alphanumeric) && inside.starts_with(char::is_alphanumeric) => '\'',
            _ => continue,
        };
        if unclosed.contains(&close) {
            continue;
        }
        let closes = |(place, c): &(usize, char)| {
            let after = inside.get(place + c.len_utf8()..).and_then(|after| after.chars().next());
            *c == close && (matches!(close, '”' | '"') || !after.is_some_and(char::is_alphanumeric))
        };
        match inside.char_indices().find(closes) {
            Some((end, c)) => {
                done = at + open.len_utf8() + end + c.len_utf8();
                found.push(at..done);
            }
            None => unclosed.push(close),
        }
    }
    found
}

/// True for a place in one of these parts of a text, which follow each other.
pub(super) fn is_within(parts: &[Range<usize>], at: usize) -> bool {
    let next = parts.partition_point(|part| part.start <= at);
    next.checked_sub(1).and_then(|last| parts.get(last)).is_some_and(|part| part.contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(words: &str) -> Vec<(&str, usize)> {
        let stops = ["e.g.", "dr."].map(str::to_owned);
        let quotations = quotations(words);
        let found = sentences(words, &stops, &quotations);
        found.into_iter().map(|found| (&words[found.place], found.words)).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        for (words, expected) in [
            ("One two. Three four!", vec![("One two.", 2), ("Three four!", 2)]),
            ("It cost £3.5 m. in all. Nobody asked.", vec![("It cost £3.5 m. in all.", 6), ("Nobody asked.", 2)]),
            ("Fruit, e.g. Apples. Dr. A. Smith came.", vec![("Fruit, e.g. Apples.", 3), ("Dr. A. Smith came.", 4)]),
            ("See www.example.org. Then go", vec![("See www.example.org.", 2), ("Then go", 2)]),
            (
                "She said “no more of it.” He left – at once.",
                vec![("She said “no more of it.”", 2), ("He left – at once.", 4)],
            ),
            ("(Two words.) “More words?” End", vec![("(Two words.)", 2), ("“More words?”", 0), ("End", 1)]),
            ("Wait… What? ", vec![("Wait…", 1), ("What?", 1)]),
            ("", vec![]),
        ] {
            assert_eq!(split(words), expected, "{words}");
        }
    }

    #[test]
    fn quotations_are_told_from_apostrophes() {
        for (words, expected) in [
            ("it's the councils' plan", vec![]),
            ("a 'trailblazer' and the councils' “best\u{201d} one", vec!["'trailblazer'", "“best”"]),
            ("say \"hello\" or ‘it’s me’ now", vec!["\"hello\"", "‘it’s me’"]),
            ("never “closed", vec![]),
        ] {
            let found: Vec<&str> = quotations(words).into_iter().map(|place| &words[place]).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
