//! Where in a YAML text a value stands.

use crate::model::{Span, Step};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marked};

/// The places of one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Located {
    /// Its key; the value's own place for an item of a list.
    pub key: Span,
    /// The value.
    pub value: Span,
    /// True where the value is a block scalar whose first line is not indented further: `|` or `|-`.
    pub literal: bool,
}

/// Finds the value at `path`; where it does not exist, the nearest one above it.
pub fn locate(text: &str, path: &[Step]) -> Located {
    let mut walk = Walk::new(text);
    let whole = Span::new(0, text.trim_end().len());
    let mut best = Located { key: whole, value: whole, literal: false };
    walk.find(path, &mut best);
    best
}

/// The first place where a key of that name stands, at any depth.
pub(super) fn first_key(text: &str, key: &str) -> Option<Span> {
    Walk::new(text).keys(key).first().copied()
}

/// The second place where a key of that name stands in one mapping.
pub(super) fn second_key(text: &str, key: &str) -> Option<Span> {
    Walk::new(text).repeated(key)
}

/// What YAML 1.2 forbids in a text, where there is such a thing, and at which byte.
pub(super) fn complaint(text: &str) -> Option<(String, usize)> {
    let mut walk = Walk::new(text);
    let error = std::iter::from_fn(|| walk.parser.next_event()).find_map(Result::err)?;
    Some((error.info().to_owned(), walk.offset(error.marker().index())))
}

/// A walk over the events of a text, with byte offsets: the parser counts characters.
struct Walk<'a> {
    text: &'a str,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    offsets: Option<Vec<usize>>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        let offsets = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect());
        Self { text, parser: Parser::new_from_str(text), offsets }
    }

    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        loop {
            let (event, marked) = self.parser.next_event()?.ok()?;
            let skipped = matches!(event, Event::StreamStart | Event::DocumentStart(_));
            if !skipped {
                let span = self.span(marked);
                return Some((event, span));
            }
        }
    }

    /// The byte of a character.
    fn offset(&self, index: usize) -> usize {
        match &self.offsets {
            None => index.min(self.text.len()),
            Some(offsets) => offsets.get(index).copied().unwrap_or(self.text.len()),
        }
    }

    fn span(&self, marked: Marked) -> Span {
        let span = Span::new(self.offset(marked.start.index()), self.offset(marked.end.index()));
        let written = span.of(self.text).trim_end();
        Span::new(span.start, span.start + written.len())
    }

    /// Goes down `path` from the next event, noting every value on the way.
    fn find(&mut self, path: &[Step], best: &mut Located) -> Option<()> {
        let (event, span) = self.next()?;
        self.find_in(event, span, path, best)
    }

    fn find_in(&mut self, event: Event<'a>, span: Span, path: &[Step], best: &mut Located) -> Option<()> {
        let Some((step, rest)) = path.split_first() else {
            best.literal = matches!(event, Event::Scalar(_, ScalarStyle::Literal, ..));
            best.value = self.skip(event, span)?;
            return Some(());
        };
        match (event, step) {
            (Event::MappingStart(..), Step::Key(wanted)) => loop {
                let (event, key_span) = self.next()?;
                match event {
                    Event::MappingEnd => return None,
                    Event::Scalar(key, ..) if key.as_ref() == wanted => {
                        *best = Located { key: key_span, value: key_span, literal: false };
                        return self.find(rest, best);
                    }
                    other => {
                        self.skip(other, key_span)?;
                        let (value, value_span) = self.next()?;
                        self.skip(value, value_span)?;
                    }
                }
            },
            (Event::SequenceStart(..), Step::Item(wanted)) => {
                for index in 0.. {
                    let (event, item_span) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        return None;
                    }
                    if index == *wanted {
                        *best = Located { key: item_span, value: item_span, literal: false };
                        return self.find_in(event, item_span, rest, best);
                    }
                    self.skip(event, item_span)?;
                }
                None
            }
            (other, _) => {
                best.value = self.skip(other, span)?;
                None
            }
        }
    }

    /// Passes over the rest of a value and gives the whole of it.
    fn skip(&mut self, event: Event<'a>, span: Span) -> Option<Span> {
        let mut depth = match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => 1,
            _ => return Some(span),
        };
        let mut end = span.end;
        while depth > 0 {
            let (event, inner) = self.next()?;
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                _ => {}
            }
            // The end of a block collection is where the next thing starts: what it holds ends it.
            if depth > 0 || inner.end > inner.start {
                end = end.max(inner.end);
            }
        }
        let written = Span::new(span.start, end).of(self.text).trim_end().len();
        Some(Span::new(span.start, span.start + written))
    }

    fn keys(mut self, wanted: &str) -> Vec<Span> {
        let mut found = Vec::new();
        self.each_key(|key, span, _| {
            if key == wanted {
                found.push(span);
            }
        });
        found
    }

    fn repeated(mut self, wanted: &str) -> Option<Span> {
        let mut seen = std::collections::HashSet::new();
        let mut repeated = None;
        self.each_key(|key, span, mapping| {
            if key == wanted && !seen.insert(mapping) && repeated.is_none() {
                repeated = Some(span);
            }
        });
        repeated
    }

    /// Calls `visit` with every scalar key, its place, and the number of its mapping.
    fn each_key(&mut self, mut visit: impl FnMut(&str, Span, usize)) {
        // One frame a collection: the mapping's number, and whether its next node is a key.
        let mut open: Vec<(Option<usize>, bool)> = Vec::new();
        let mut mappings = 0;
        while let Some((event, span)) = self.next() {
            if let (Event::Scalar(key, ..), Some((Some(mapping), true))) = (&event, open.last()) {
                visit(key, span, *mapping);
            }
            match event {
                Event::MappingEnd | Event::SequenceEnd => {
                    open.pop();
                }
                Event::StreamEnd => return,
                _ => {}
            }
            let starts = match event {
                Event::MappingStart(..) => Some(Some(mappings)),
                Event::SequenceStart(..) => Some(None),
                _ => None,
            };
            let node_ends =
                matches!(event, Event::Scalar(..) | Event::Alias(_) | Event::MappingEnd | Event::SequenceEnd);
            if node_ends && let Some((_, is_key)) = open.last_mut() {
                *is_key = !*is_key;
            }
            if let Some(frame) = starts {
                mappings += usize::from(frame.is_some());
                open.push((frame, true));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Step {
        Step::Key(name.into())
    }

    const TEXT: &str = "title: Ŵel\nposts:\n  - channel: x\n    text: \"hello\"\n  - channel: y\nbody: |\n  one\n  two\nlast: [a, b]\n";

    #[test]
    fn a_value_is_found_at_any_depth() {
        let text = |path: &[Step]| locate(TEXT, path).value.of(TEXT).to_owned();
        assert_eq!(text(&[key("title")]), "Ŵel");
        assert_eq!(text(&[key("posts"), Step::Item(0), key("text")]), "\"hello\"");
        assert_eq!(text(&[key("posts"), Step::Item(1), key("channel")]), "y");
        assert_eq!(text(&[key("last"), Step::Item(1)]), "b");
        assert_eq!(text(&[key("last")]), "[a, b]");
        assert_eq!(text(&[key("posts"), Step::Item(1)]), "channel: y");
    }

    #[test]
    fn what_is_not_there_is_placed_at_the_nearest_above() {
        let item = locate(TEXT, &[key("posts"), Step::Item(1), key("alt")]);
        assert_eq!(item.key.of(TEXT), "channel: y".get(..0).unwrap_or_default());
        assert_eq!(locate(TEXT, &[key("nothing")]).key.start, 0);
    }

    #[test]
    fn a_literal_block_is_known_as_one() {
        assert!(locate(TEXT, &[key("body")]).literal);
        assert!(!locate(TEXT, &[key("title")]).literal);
    }

    #[test]
    fn the_second_of_two_keys_is_found() {
        let text = "a: 1\nb:\n  a: 2\na: 3\n";
        assert_eq!(second_key(text, "a").map(|span| span.start), Some(text.rfind("a: 3").unwrap()));
    }
}
