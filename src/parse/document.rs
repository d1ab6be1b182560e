//! Splits a Markdown file into front matter and body.

use super::diagnostic;
use crate::{
    diagnostic::{Code, Diagnostic, Edit, Fix},
    markdown,
    model::{Document, Place, SourceFile, Span},
    yaml,
};
use serde_yaml::{Mapping, Value};
use std::sync::Arc;

/// The document that a Markdown file holds.
///
/// Front matter is YAML between two lines `---`, the first of which is the file's first line.
pub fn document(source: Arc<SourceFile>) -> (Document, Vec<Diagnostic>) {
    let text = &source.text;
    let mut diagnostics = Vec::new();
    // Front matter that is not ours still may say that the page is not to be seen.
    let mut hides = true;
    let (front_span, body) = match split(text) {
        Split::None => (None, Span::new(0, text.len())),
        Split::Front { yaml, body } => {
            diagnostics.extend(second(text, body).map(|line| {
                Diagnostic::new(Code::InvalidYaml, "There are two documents in one")
                    .at(&source.path, line)
                    .help("Put the fields of both into the first, and delete the second.")
            }));
            (Some(yaml), body)
        }
        Split::Foreign { block, body, opener } => {
            diagnostics.push(
                Diagnostic::new(Code::FrontMatterNotFields, "This front matter is written for another program")
                    .at(&source.path, opener)
                    .help("Write it as `name: value` between two lines `---`."),
            );
            hides = ["draft", "embargo", "expir", "publish"]
                .iter()
                .any(|word| block.of(text).to_lowercase().contains(word));
            (None, body)
        }
        Split::Unclosed { opener } => {
            diagnostics.push(
                Diagnostic::new(Code::UnclosedFrontMatter, "The front matter starts here and never ends")
                    .at(&source.path, opener)
                    .help("Write a line with only `---` below the last field, above the text."),
            );
            (None, Span::at(text.len()))
        }
    };
    let front = front_span.map(|span| front_matter(&source, span, &mut diagnostics));
    let readable = diagnostics.is_empty() || !hides;
    let body = markdown::outline(body.of(text), Place::Body(body), None);
    (Document { front: front.unwrap_or_default(), front_span, body, readable, source }, diagnostics)
}

fn front_matter(source: &SourceFile, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Mapping {
    match yaml::parse(span.of(&source.text)) {
        Ok(Value::Mapping(front)) => front,
        Ok(Value::Null) => Mapping::new(),
        Ok(_) => {
            let message = "The front matter is no list of fields";
            diagnostics.push(
                Diagnostic::new(Code::FrontMatterNotFields, message)
                    .at(&source.path, span)
                    .help("Write each field on a line of its own: its name, a colon, a space, its value."),
            );
            Mapping::new()
        }
        Err(fault) => {
            let code = if fault.duplicate { Code::DuplicateKey } else { Code::InvalidYaml };
            let mended = if fault.duplicate { None } else { yaml::mend(span.of(&source.text), fault.span.start) };
            let fix = mended.map(|(title, changes)| {
                let edit =
                    |(at, text): (Span, String)| Edit { path: source.path.clone(), span: at.shifted(span.start), text };
                Fix { title: title.to_owned(), edits: changes.into_iter().map(edit).collect() }
            });
            diagnostics.push(diagnostic(code, source, span.start, fault).mended(fix));
            Mapping::new()
        }
    }
}

enum Split {
    None,
    Front {
        yaml: Span,
        body: Span,
    },
    Unclosed {
        opener: Span,
    },
    /// TOML between two lines `+++`, as other generators have it.
    Foreign {
        block: Span,
        body: Span,
        opener: Span,
    },
}

/// Blank lines before the front matter count for nothing: a page that begins with one is no less a draft.
fn split(text: &str) -> Split {
    let mut lines = Span::lines(text, 0).skip_while(|line| line.of(text).trim().is_empty());
    let Some(opener) = lines.next() else { return Split::None };
    let mark = opener.of(text).trim_end();
    if mark == "+++" {
        return lines.find(|line| line.of(text).trim_end() == mark).map_or(Split::None, |end| Split::Foreign {
            block: Span::new(opener.end, end.start),
            body: Span::new(Span::after_ending(text, end.end), text.len()),
            opener,
        });
    }
    if mark != "---" {
        return Split::None;
    }
    let start = Span::after_ending(text, opener.end);
    for line in lines {
        if matches!(line.of(text).trim_end(), "---" | "...") {
            let body = Span::after_ending(text, line.end);
            return Split::Front { yaml: Span::new(start, line.start), body: Span::new(body, text.len()) };
        }
    }
    Split::Unclosed { opener }
}

/// The first line of a second front matter that the body begins with: fields up to a line `---`, with one above them
/// or without. Markdown would take them for a heading, and what they say, such as that the page is a draft, for words.
fn second(text: &str, body: Span) -> Option<Span> {
    let is_fence = |line: &str| line.trim_end() == "---";
    let is_field = |line: &str| {
        let name = line
            .split_once(':')
            .filter(|(_, rest)| rest.is_empty() || rest.starts_with([' ', '\t']))
            .map(|(name, _)| name);
        let plain = |name: &str| {
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
        };
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()) && plain(name))
    };
    let mut lines = Span::lines(text, body.start).skip_while(|line| line.of(text).trim().is_empty());
    let first = lines.next()?;
    let start = if is_fence(first.of(text)) { lines.next()? } else { first };
    let mut rest = lines
        .map(|line| line.of(text))
        .skip_while(|line| is_field(line) || line.starts_with([' ', '-']) && !is_fence(line));
    (is_field(start.of(text)) && rest.next().is_some_and(is_fence)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Document, Vec<Diagnostic>) {
        document(Arc::new(SourceFile { path: "content/a.md".into(), text: text.into() }))
    }

    #[test]
    fn front_matter_and_body_are_told_apart_whatever_the_line_ending() {
        for ending in ["\n", "\r\n", "\r"] {
            let text = ["---", "title: A", "country: no", "---", "", "Body"].join(ending);
            let (document, faults) = read(&text);
            assert_eq!(faults, []);
            assert_eq!(document.front.get("title").and_then(Value::as_str), Some("A"));
            assert_eq!(document.front.get("country").and_then(Value::as_str), Some("no"));
            assert_eq!(document.body.markdown(&text).trim(), "Body");
        }
    }

    #[test]
    fn a_file_without_front_matter_is_all_body() {
        let (document, faults) = read("# Hello\n\n---\n\nworld\n");
        assert!(faults.is_empty() && document.front.is_empty() && document.readable);
        assert_eq!(document.body.headings.len(), 1);
    }

    #[test]
    fn unclosed_front_matter_is_a_fault_at_its_opener_and_the_page_is_held_back() {
        let (document, faults) = read("---\ntitle: A\n\nBody\n");
        assert_eq!(faults[0].code, Code::UnclosedFrontMatter);
        assert_eq!(faults[0].place.as_ref().unwrap().span, Span::new(0, 3));
        assert!(!document.readable);
    }

    #[test]
    fn faults_of_the_yaml_stand_where_they_are_in_the_file() {
        let place = |text: &str| {
            let (_, faults) = read(text);
            let place = faults[0].place.clone().unwrap();
            (faults[0].code, place.span.of(text).to_owned(), place.span.start)
        };
        let twice = "---\ntitle: A\ntitle: B\n---\n";
        assert_eq!(place(twice), (Code::DuplicateKey, "title".into(), 13));
        let list = "---\n- a\n- b\n---\n";
        assert_eq!(place(list).0, Code::FrontMatterNotFields);
        let colon = "---\nsummary: x\ntitle: Mentoring: what works\n---\n";
        let (code, _, start) = place(colon);
        assert_eq!(code, Code::InvalidYaml);
        assert!(start >= colon.find("title").unwrap() && start < colon.rfind("---").unwrap(), "{start}");
    }
}
