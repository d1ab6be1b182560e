//! Where in a YAML text a value stands.

use crate::model::{Span, Step};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marked};
use std::{cell::RefCell, collections::HashMap};

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
    LAST.with_borrow_mut(|last| {
        let plan = match last.take() {
            Some((known, plan)) if *known == *text => (known, plan),
            _ => (text.into(), Plan::of(text)),
        };
        let located = plan.1.find(text, path);
        *last = Some(plan);
        located
    })
}

/// A value of a text, from the start of its key to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where its key starts; of an item of a list, the item.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// False for a mapping or a list.
    pub is_single: bool,
}

/// Every value of a text but the whole, each behind what it lies in.
pub fn values(text: &str) -> Vec<Placed> {
    let placed = |node: &Node| Placed {
        start: node.located.key.start,
        end: node.located.value.end,
        is_single: matches!(node.inside, Inside::Nothing),
    };
    Plan::of(text).nodes.iter().skip(1).map(placed).collect()
}

thread_local! {
    /// The text that places were looked up in last, and its plan. Faults come in heaps, and a register asks for the
    /// place of each of its terms: to walk the text for each anew would take a time that grows with its square.
    static LAST: RefCell<Option<(Box<str>, Plan)>> = const { RefCell::new(None) };
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

/// Where the collection starts that is the first to lie in more than `most` others, or where the text can't be read
/// before that is known.
pub(super) fn too_deep(text: &str, most: usize) -> Option<Span> {
    let (mut walk, mut depth) = (Walk::new(text), 0);
    loop {
        let (event, marked) = match walk.parser.next_event()? {
            Ok(event) => event,
            // It looks ahead, and has a limit of its own. Where it gives up for another reason, nobody can tell how
            // deep it goes on.
            Err(error) => return Some(walk.span(Marked::empty(*error.marker()))),
        };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) if depth == most => return Some(walk.span(marked)),
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth -= 1,
            Event::StreamEnd => return None,
            _ => {}
        }
    }
}

/// What a text has that says more of a value than the value itself, where there is such a thing, and where: an anchor,
/// an alias, a tag, a key that is no word.
pub fn oddity(text: &str) -> Option<(Span, &'static str)> {
    let mut walk = Walk::new(text);
    // One for each open collection: true for a mapping whose next value is a key.
    let mut open: Vec<Option<bool>> = Vec::new();
    while let Some((event, span)) = walk.next() {
        let is_key = open.last() == Some(&Some(true));
        let what = match &event {
            Event::Alias(_) => Some("an alias"),
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                let is_collection = !matches!(event, Event::Scalar(..));
                match (anchor, tag) {
                    (_, Some(_)) => Some("a tag"),
                    (1.., _) => Some("an anchor"),
                    _ if is_key && is_collection => Some("a key that is no word"),
                    _ if is_key && matches!(&event, Event::Scalar(name, ..) if name == "<<") => Some("a merge"),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(what) = what {
            return Some((span, what));
        }
        if let (Event::Scalar(..) | Event::MappingStart(..) | Event::SequenceStart(..), Some(Some(key))) =
            (&event, open.last_mut())
        {
            *key = !*key;
        }
        match event {
            Event::MappingStart(..) => open.push(Some(true)),
            Event::SequenceStart(..) => open.push(None),
            Event::MappingEnd | Event::SequenceEnd => drop(open.pop()),
            Event::StreamEnd => break,
            _ => {}
        }
    }
    None
}

/// Every value of a text with its place, as far as the text can be read.
struct Plan {
    /// The first is the whole; each stands behind what it lies in.
    nodes: Vec<Node>,
}

/// A value: its places, and what lies in it.
struct Node {
    located: Located,
    inside: Inside,
}

/// The values in a value, by their place in the plan.
enum Inside {
    Nothing,
    /// Of two values with one key the first counts.
    Keys(HashMap<String, usize>),
    Items(Vec<usize>),
}

/// A collection that is being read.
struct Open {
    node: usize,
    /// Where what was read of it so far ends.
    end: usize,
    /// In a mapping, the key whose value comes next: its name where it is a scalar, and its place.
    key: Option<(Option<String>, Span)>,
    /// True for what stands where a key does: none of it has a place of its own.
    is_key: bool,
}

impl Plan {
    fn of(text: &str) -> Self {
        let whole = Span::new(0, text.trim_end().len());
        let root = Node { located: Located { key: whole, value: whole, literal: false }, inside: Inside::Nothing };
        let (mut plan, mut open, mut walk) = (Self { nodes: vec![root] }, Vec::<Open>::new(), Walk::new(text));
        while let Some((event, span)) = walk.next() {
            match event {
                Event::MappingEnd | Event::SequenceEnd => {
                    let Some(done) = open.pop() else { break };
                    // The end of a block collection is where the next thing starts: what it holds ends it.
                    let end = if span.end > span.start { done.end.max(span.end) } else { done.end };
                    plan.close(text, &done, end);
                    match open.last_mut() {
                        None => break,
                        Some(above) => above.passed(end, done.is_key.then_some((None, span))),
                    }
                }
                Event::MappingStart(..) => {
                    let next = plan.enter(&mut open, span, Inside::Keys(HashMap::new()));
                    open.push(next);
                }
                Event::SequenceStart(..) => {
                    let next = plan.enter(&mut open, span, Inside::Items(Vec::new()));
                    open.push(next);
                }
                Event::Scalar(words, style, ..) => {
                    let is_literal = matches!(style, ScalarStyle::Literal);
                    if !plan.scalar(&mut open, span, Some(words.into_owned()), is_literal) {
                        break;
                    }
                }
                Event::Alias(_) if !plan.scalar(&mut open, span, None, false) => break,
                _ => {}
            }
        }
        // What stood open where the text could not be read further ends where reading ended.
        while let Some(done) = open.pop() {
            plan.close(text, &done, done.end);
            if let Some(above) = open.last_mut() {
                above.passed(done.end, None);
            }
        }
        plan
    }

    /// Notes a scalar or an alias; false at the end of the text.
    fn scalar(&mut self, open: &mut [Open], span: Span, words: Option<String>, literal: bool) -> bool {
        let Some(above) = open.last_mut() else {
            self.place(None, span, literal, Inside::Nothing);
            return false;
        };
        if self.awaits_key(above) {
            above.passed(span.end, Some((words, span)));
        } else {
            self.place(Some(above), span, literal, Inside::Nothing);
            above.passed(span.end, None);
        }
        true
    }

    /// Notes the start of a collection, which is now open.
    fn enter(&mut self, open: &mut [Open], span: Span, inside: Inside) -> Open {
        let is_key = open.last().is_some_and(|above| self.awaits_key(above));
        let node = match open.last_mut() {
            // It is read all the same, and nothing leads to it.
            Some(_) if is_key => self.push(span, span, false, inside),
            above => self.place(above, span, false, inside),
        };
        Open { node, end: span.end, key: None, is_key }
    }

    fn awaits_key(&self, above: &Open) -> bool {
        let is_mapping = matches!(self.nodes.get(above.node).map(|node| &node.inside), Some(Inside::Keys(_)));
        is_mapping && above.key.is_none()
    }

    /// A new value in the place where it stands: behind a key, in a list, or as the whole.
    fn place(&mut self, above: Option<&mut Open>, span: Span, literal: bool, inside: Inside) -> usize {
        let Some(above) = above else {
            if let Some(root) = self.nodes.first_mut() {
                *root = Node { located: Located { key: root.located.key, value: span, literal }, inside };
            }
            return 0;
        };
        let key = above.key.as_ref();
        let node = self.push(key.map_or(span, |(_, place)| *place), span, literal, inside);
        match (self.nodes.get_mut(above.node).map(|node| &mut node.inside), &above.key) {
            (Some(Inside::Keys(keys)), Some((Some(name), _))) => {
                keys.entry(name.clone()).or_insert(node);
            }
            (Some(Inside::Items(items)), _) => items.push(node),
            _ => {}
        }
        node
    }

    fn push(&mut self, key: Span, value: Span, literal: bool, inside: Inside) -> usize {
        self.nodes.push(Node { located: Located { key, value, literal }, inside });
        self.nodes.len() - 1
    }

    fn close(&mut self, text: &str, done: &Open, end: usize) {
        if let Some(node) = self.nodes.get_mut(done.node) {
            let start = node.located.value.start;
            let written = Span::new(start, end).of(text).trim_end().len();
            node.located.value = Span::new(start, start + written);
        }
    }

    fn find(&self, text: &str, path: &[Step]) -> Located {
        let whole = Span::new(0, text.trim_end().len());
        let mut best = Located { key: whole, value: whole, literal: false };
        let mut node = 0;
        for step in path {
            let next = match (self.nodes.get(node).map(|node| &node.inside), step) {
                (Some(Inside::Keys(keys)), Step::Key(wanted)) => keys.get(wanted),
                (Some(Inside::Items(items)), Step::Item(wanted)) => items.get(*wanted),
                _ => None,
            };
            let Some(found) = next.and_then(|next| Some((*next, self.nodes.get(*next)?))) else {
                // Of a collection that lacks what was looked for, the key is enough to point at.
                let is_collection = self.nodes.get(node).is_some_and(|node| !matches!(node.inside, Inside::Nothing));
                let value = if is_collection && node > 0 { best.key } else { best.value };
                return Located { value, literal: false, ..best };
            };
            (node, best) = (found.0, found.1.located);
        }
        if path.is_empty() {
            best = self.nodes.first().map_or(best, |root| root.located);
        }
        best
    }
}

impl Open {
    /// Notes that it was read up to `end`. `key` is what stands where a key does.
    fn passed(&mut self, end: usize, key: Option<(Option<String>, Span)>) {
        self.end = self.end.max(end);
        self.key = key;
    }
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
            let span = self.span(marked);
            match event {
                Event::StreamStart | Event::DocumentStart(_) => {}
                Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..) => {
                    return Some((event, quoted(self.text, span)));
                }
                _ => return Some((event, span)),
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

/// The place of a text in quotation marks, which starts where `span` does: the parser counts a comment behind it in.
fn quoted(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let mark = written.chars().next().unwrap_or('"');
    let (mut escaped, mut closed) = (false, None);
    for (at, c) in written.char_indices().skip(1) {
        match closed {
            // Two single marks are one within the text.
            Some(_) if c == mark && mark == '\'' => closed = None,
            Some(_) => break,
            None if escaped => escaped = false,
            None if c == '\\' && mark == '"' => escaped = true,
            None if c == mark => closed = Some(at + c.len_utf8()),
            None => {}
        }
    }
    closed.map_or(span, |length| Span::new(span.start, span.start + length))
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
    fn places_are_found_in_what_is_broken_further_down_and_in_what_is_strange() {
        let broken = "a:\n  b: 1\nc: [1, 2\nd: x: y\n";
        assert_eq!(locate(broken, &[key("a"), key("b")]).value.of(broken), "1");
        let strange = "? [x, y]\n: z\n? {k: v}\n: w\na: &n\n  k: v\nb: *n\nc: [[1], [2, 3]]\n";
        let text = |path: &[Step]| locate(strange, path).value.of(strange).to_owned();
        assert_eq!(text(&[key("a"), key("k")]), "v");
        assert_eq!(text(&[key("b")]), "*n");
        assert_eq!(text(&[key("c"), Step::Item(1), Step::Item(0)]), "2");
        assert_eq!(locate("", &[key("a")]).value, Span::default());
        assert_eq!(locate("words", &[]).value.of("words"), "words");
    }

    #[test]
    fn a_text_in_quotation_marks_ends_with_them() {
        let quoted = [r#""x""#, "'x'", r#""a \" # b""#, "'it''s # x'", "''", r#""\\""#, "\"one\n  two\""];
        for quoted in quoted {
            for (before, after) in
                [("a: ", ""), ("a: ", " # it's a \"note\""), ("a: [", "] # x"), ("a:\n  - ", " # \"")]
            {
                let text = format!("{before}{quoted}{after}\nb: 1\n");
                let path = [key("a"), Step::Item(0)];
                let located = locate(&text, if before == "a: " { &path[..1] } else { &path });
                assert_eq!(located.value.of(&text), quoted, "{text}");
            }
        }
    }

    #[test]
    fn the_second_of_two_keys_is_found() {
        let text = "a: 1\nb:\n  a: 2\na: 3\n";
        assert_eq!(second_key(text, "a").map(|span| span.start), Some(text.rfind("a: 3").unwrap()));
    }
}
