//! Where a piece of Markdown that stands in front matter is in its file.

use super::locate;
use crate::model::{Place, Span};

/// The bytes of the file that `span` of a page's Markdown comes from.
///
/// The body is a range of the file. A field is so too, line by line, where it is a literal block (`|`); of any
/// other style, where quoting and folding move the characters, the answer is the whole value.
pub fn markdown_span(file: &str, front: Option<Span>, place: &Place, span: Span) -> Span {
    match place {
        Place::Body(body) => span.shifted(body.start),
        Place::Field(path) => {
            let front = front.unwrap_or_default();
            let yaml = front.of(file);
            let located = locate(yaml, path);
            let inside = located.literal.then(|| in_literal(yaml, located.value, span)).flatten();
            inside.unwrap_or(located.value).shifted(front.start)
        }
    }
}

/// A span of a literal block's value, in the YAML that the block stands in.
fn in_literal(yaml: &str, block: Span, span: Span) -> Option<Span> {
    let written = block.of(yaml);
    let header = if written.starts_with('|') { written.find('\n')? + 1 } else { 0 };
    // Where the parser starts the scalar at its text, the indentation before it belongs to the block too.
    let start =
        if header > 0 { block.start + header } else { yaml.get(..block.start)?.rfind('\n').map_or(0, |at| at + 1) };
    let lines = yaml.get(start..block.end)?;
    let indent =
        lines.lines().find(|line| !line.trim().is_empty()).map_or(0, |line| line.len() - line.trim_start().len());
    let map = |wanted: usize| {
        let (mut at, mut left) = (start, wanted);
        for line in lines.split_inclusive('\n') {
            let own = line.len().saturating_sub(indent.min(line.len() - line.trim_start_matches(' ').len()));
            let cut = line.len() - own;
            if left < own || at + line.len() >= block.end {
                return at + cut + left.min(own);
            }
            left -= own;
            at += line.len();
        }
        at
    };
    Some(Span::new(map(span.start), map(span.end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Step;

    #[test]
    fn a_literal_block_is_placed_to_the_byte() {
        let file = "---\ntitle: A\nproblem: |\n  One ŵ.\n\n  See [two](x.md).\n\n    code\nlast: b\n---\n";
        let front = Span::new(4, file.rfind("---").unwrap());
        let markdown = "One ŵ.\n\nSee [two](x.md).\n\n  code\n";
        let place = Place::Field(vec![Step::Key("problem".into())]);
        for needle in ["One", "[two](x.md)", "  code"] {
            let start = markdown.find(needle).unwrap();
            let span = markdown_span(file, Some(front), &place, Span::new(start, start + needle.len()));
            assert_eq!(span.of(file), needle);
        }
    }

    #[test]
    fn a_quoted_value_is_placed_as_a_whole() {
        let file = "---\nproblem: \"a [b](c.md)\"\n---\n";
        let front = Span::new(4, file.rfind("---").unwrap());
        let span = markdown_span(file, Some(front), &Place::Field(vec![Step::Key("problem".into())]), Span::new(2, 4));
        assert_eq!(span.of(file), "\"a [b](c.md)\"");
    }
}
