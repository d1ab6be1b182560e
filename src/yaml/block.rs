//! Where a piece of text that stands in another, indented or quoted, is in its file.

use super::locate;
use crate::model::{ComponentBlock, PageText, Place, Span, Step};

/// The bytes of the file that `span` of a page's Markdown comes from.
///
/// The body is a range of the file. A field is so too, line by line, where it is a literal block (`|`). In any
/// other style quoting and folding move the characters: there the text of the span is looked for in the value, and
/// where it is not found once, the answer is the whole value.
pub fn markdown_span(file: &str, front: Option<Span>, text: &PageText, span: Span) -> Span {
    match &text.place {
        Place::Body(body) => span.shifted(body.start),
        Place::Field(path) => field_span(file, front, path, text.markdown(file), span),
    }
}

/// The bytes of the file that `span` of a field's value comes from: to the byte where the value stands as it is, on one
/// line or as a literal block, else as near as [`markdown_span`] can tell.
pub fn field_span(file: &str, front: Option<Span>, path: &[Step], value: &str, span: Span) -> Span {
    let front = front.unwrap_or_default();
    let yaml = front.of(file);
    let located = locate(yaml, path);
    let inside = if located.literal {
        in_literal(yaml, located.value, value, span)
    } else {
        as_written(located.value, yaml, value, span).or_else(|| only_place(located.value, yaml, span.of(value)))
    };
    inside.unwrap_or(located.value).shifted(front.start)
}

/// A span of a value that stands as it is, with nothing or quotation marks around it.
fn as_written(place: Span, yaml: &str, value: &str, span: Span) -> Option<Span> {
    let written = place.of(yaml);
    let mark = usize::from(written.starts_with(['"', '\'']));
    (written.get(mark..written.len() - mark)? == value).then(|| span.shifted(place.start + mark))
}

/// The bytes of a page's Markdown that `span` of a component's body comes from.
pub fn component_span(markdown: &str, block: &ComponentBlock, span: Span) -> Span {
    let fence = Span::lines(markdown, block.span.start).next().unwrap_or(block.span);
    outward(markdown, Span::after_ending(markdown, fence.end), &block.body, span)
}

/// A span of a literal block's value, in the YAML that the block stands in.
fn in_literal(yaml: &str, block: Span, value: &str, span: Span) -> Option<Span> {
    let start = if block.of(yaml).starts_with('|') {
        let header = Span::lines(yaml, block.start).next()?;
        Span::after_ending(yaml, header.end)
    } else {
        // Where the parser starts the scalar at its text, the indentation before it belongs to the block too.
        yaml.get(..block.start)?.rfind(['\n', '\r']).map_or(0, |at| at + 1)
    };
    Some(outward(yaml, start, value, span))
}

/// Where the words of a span stand in a value, if they stand there once.
fn only_place(value: Span, yaml: &str, words: &str) -> Option<Span> {
    let words = words.trim_end();
    let mut found = value.of(yaml).match_indices(words).filter(|_| !words.is_empty());
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Some(Span::new(value.start + at, value.start + at + words.len())),
        _ => None,
    }
}

/// Where a span of `inner` stands in `outer`, whose lines from `start` on end with the lines of `inner`, one by one:
/// what comes before is indentation, or the mark of a quotation.
fn outward(outer: &str, start: usize, inner: &str, span: Span) -> Span {
    let lines: Vec<(Span, Span)> = Span::lines(inner, 0).zip(Span::lines(outer, start)).collect();
    let place = |at: usize| {
        let (own, line) = lines.iter().rev().find(|(own, _)| own.start <= at).copied().unwrap_or_default();
        let before = (line.end - line.start).saturating_sub(own.end - own.start);
        (line.start + before + (at - own.start)).min(line.end)
    };
    Span::new(place(span.start), place(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{markdown, model::Step};

    fn place(file: &str, value: &str, needle: &str) -> Span {
        let front = Span::new(4, file.rfind("---").unwrap());
        let place = Place::Field(vec![Step::Key("problem".into())]);
        let text = markdown::outline(value, place, Some(value.to_owned()));
        let start = value.find(needle).unwrap();
        markdown_span(file, Some(front), &text, Span::new(start, start + needle.len()))
    }

    #[test]
    fn a_literal_block_is_placed_to_the_byte_whatever_its_line_endings() {
        let value = "One ŵ.\n\nSee [two](x.md).\n\n  code\n";
        let file = "---\ntitle: A\nproblem: |\n  One ŵ.\n\n  See [two](x.md).\n\n    code\nlast: b\n---\n";
        for file in [file.to_owned(), file.replace('\n', "\r\n"), file.replace("|", "|2")] {
            for needle in ["One", "[two](x.md)", "  code"] {
                let span = place(&file, value, needle);
                assert_eq!((span.of(&file), span.start), (needle, file.find(needle).unwrap()), "{file:?}");
            }
        }
    }

    #[test]
    fn a_quoted_or_folded_value_is_searched_for_the_words() {
        let quoted = "---\nproblem: \"a [b](c.md)\"\n---\n";
        assert_eq!(place(quoted, "a [b](c.md)", "[b](c.md)").of(quoted), "[b](c.md)");
        let twice = "---\nproblem: \"x [b](c.md) [b](c.md)\"\n---\n";
        let first = place(twice, "x [b](c.md) [b](c.md)", "[b](c.md)");
        assert_eq!((first.of(twice), first.start), ("[b](c.md)", twice.find("[b]").unwrap()));
        let folded = "---\nproblem: >\n  x [b](c.md)\n  [b](c.md)\n---\n";
        let whole = place(folded, "x [b](c.md) [b](c.md)", "[b](c.md)");
        assert!(whole.of(folded).contains("x [b](c.md)\n  [b](c.md)"), "{:?}", whole.of(folded));
    }

    #[test]
    fn a_component_is_placed_where_it_is_nested() {
        for markdown in
            ["- x\n\n  ```quote\n  text: a\n  txt: b\n  ```\n", "> ```quote\r\n> text: a\r\n> txt: b\r\n> ```\r\n"]
        {
            let text = markdown::outline(markdown, Place::Body(Span::new(0, markdown.len())), None);
            let block = &text.components[0];
            let at = block.body.find("txt").unwrap();
            let span = component_span(markdown, block, Span::new(at, at + 3));
            assert_eq!((span.of(markdown), span.start), ("txt", markdown.find("txt").unwrap()));
        }
    }
}
