//! For a person at a terminal: the place first, then the words, then the source with marks on it.

use super::Severity;
use super::excerpt::Excerpt;
use super::report::{Fault, Place};
use annotate_snippets::renderer::Style;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, Title};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Labels of one file as near as this, in lines, share a snippet.
const NEAR: usize = 100;

/// Columns of a snippet: the same on every terminal, so that a report can be compared.
const WIDTH: usize = 100;

pub(super) fn render(faults: &[Fault], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut out = String::new();
    for fault in faults {
        render_fault(&mut out, fault, &renderer, colour);
        out.push('\n');
    }
    out + &closing(faults)
}

/// A block for the place at fault and what lies near it, then one for each place elsewhere.
fn render_fault(out: &mut String, fault: &Fault, renderer: &Renderer, colour: bool) {
    let diagnostic = fault.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (near, elsewhere): (Vec<_>, Vec<_>) = fault.related.iter().partition(|place| is_near(fault, place));

    let message = printable(&diagnostic.message).replace('\n', " ");
    let title = level.primary_title(message).id(fault.diagnostic.title());
    let words = fault.place.as_ref().and_then(|place| place.text);
    let mut group = group(title, fault.place.as_ref(), words, &near);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    render_block(out, fault.place.as_ref(), group, renderer, colour);

    for place in elsewhere {
        let text = place.text.unwrap_or("see also this place");
        let title = Level::NOTE.primary_title(printable(text).replace('\n', " "));
        let group = self::group(title, Some(place), None, &[]);
        render_block(out, Some(place), group, renderer, colour);
    }
}

fn is_near(fault: &Fault, related: &Place) -> bool {
    let Some(place) = fault.place.as_ref().filter(|place| place.path == related.path) else {
        return false;
    };
    match (place.range(), related.range()) {
        (Some(place), Some(related)) => place.start.line.abs_diff(related.start.line) <= NEAR,
        // Without the text, the place at fault has no snippet for it to be in.
        _ => false,
    }
}

/// A title and, where the text is known, a snippet with `words` on its place and those near it.
fn group<'a>(title: Title<'a>, place: Option<&Place<'a>>, words: Option<&'a str>, near: &[&Place<'a>]) -> Group<'a> {
    let group = Group::with_title(title);
    let Some((place, lines)) = place.and_then(|place| Some((place, place.lines?))) else {
        return group;
    };
    let mut marks = vec![(AnnotationKind::Primary, place.span, words)];
    marks.extend(near.iter().map(|place| (AnnotationKind::Context, place.span, place.text)));
    let spans: Vec<_> = marks.iter().map(|(_, span, _)| *span).collect();
    let excerpt = Excerpt::new(lines, &spans);
    // The renderer leaves these in, and a terminal may take one for the start of a command. What
    // stands for them has as many bytes, so that the marks stay where they are.
    let source = excerpt.text.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{bf}");
    let marks = marks
        .into_iter()
        .zip(excerpt.spans)
        .map(|((kind, _, words), span)| kind.span(span).label(words.map(printable)));
    group.element(Snippet::source(source).line_start(excerpt.first_line).annotations(marks))
}

/// The place stands before the title, where every editor and terminal can follow it. The snippet is given
/// no path for that reason, and as a cut line has other columns than the file.
fn render_block(out: &mut String, place: Option<&Place>, group: Group, renderer: &Renderer, colour: bool) {
    if let Some(place) = place {
        let style = if colour { Style::new().bold() } else { Style::new() };
        let _ = write!(out, "{style}{}:{style:#} ", printable(&place.to_string()).replace('\n', "\u{fffd}"));
    }
    out.push_str(&renderer.render(&[group]));
    out.push('\n');
}

/// Text without what a terminal would obey: content is other people's.
fn printable(text: &str) -> String {
    let obeyed =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.replace("\r\n", "\n").replace('\t', " ").replace(obeyed, "\u{fffd}")
}

/// "2 errors and 1 warning in 2 files."
fn closing(faults: &[Fault]) -> String {
    let Some(first) = faults.first() else {
        return String::new();
    };
    let errors = faults.iter().filter(|fault| fault.diagnostic.is_error()).count();
    let counts = [(errors, "error"), (faults.len() - errors, "warning")];
    let counts: Vec<_> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| counted(n, noun)).collect();
    let files: BTreeSet<_> = faults.iter().filter_map(|fault| fault.place.as_ref()).map(|place| place.path).collect();
    let place = if files.is_empty() { String::new() } else { format!(" in {}", counted(files.len(), "file")) };
    // The gravest one is the one to read about first.
    let told = faults.iter().find(|fault| fault.diagnostic.is_error()).unwrap_or(first);
    let mended = match (faults.iter().filter(|fault| fault.diagnostic.fix.is_some()).count(), faults.len()) {
        (0, _) => String::new(),
        (1, 1) => " `casebook check --fix` mends it.".to_owned(),
        (some, all) if some == all => " `casebook check --fix` mends them.".to_owned(),
        (some, _) => format!(" `casebook check --fix` mends {some} of them."),
    };
    format!("{}{place}. `casebook explain {}` says more.{mended}\n", counts.join(" and "), told.diagnostic.code)
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Format, Report, samples};
    use std::collections::BTreeMap;

    fn told(text: &str, diagnostics: &[Diagnostic], colour: bool) -> String {
        let texts = BTreeMap::from([("x.md".to_owned(), text.to_owned())]);
        Report { diagnostics, texts: &texts, colour, folder: "" }.render(Format::Human)
    }

    #[test]
    fn the_place_comes_first_then_the_words_then_the_source() {
        assert_eq!(samples::render(Format::Human), EXPECTED);
        assert_eq!(samples::render_none(Format::Human), "");
    }

    const EXPECTED: &str = "\
error[CB0803 output-busy]: another build is at work

content/case-studies/luton.md:5:10: error[CB0401 broken-link]: there is no page `gone.md`
  |
5 | See [ŵy](gone.md).
  |          ^^^^^^^ not in the library
  |
  = help: Link to a page of content/

content/case-studies/luton.md:7:7: warning[CB0407 empty-section]: 100% of <b>\"End\"</b> & more, is: empty\u{fffd}
  |
7 | ## End
  |       ^

content/tŷ, 100%/a:b.md:1:1: error[CB0601 same-url]: two pages are at /luton/
  |
1 | slug: luton
  | ^^^^^^^^^^^
  |
  = help: Change one of them
content/case-studies/luton.md:3:7: note: the other one
  |
3 | slug: luton
  |       ^^^^^

content/old.md: error[CB0102 not-utf8]: this file is not UTF-8

4 errors and 1 warning in 3 files. `casebook explain CB0803` says more.
";

    #[test]
    fn a_related_place_nearby_shares_the_snippet() {
        let text = "title: One\nsummary: A\ntitle: Two\n";
        let twice = Diagnostic::new(Code::DuplicateKey, "`title` is given twice").at("x.md", 22..27).related(
            "x.md",
            0..5,
            "here first",
        );
        assert_eq!(
            told(text, &[twice], false),
            "\
x.md:3:1: error[CB0203 duplicate-key]: `title` is given twice
  |
1 | title: One
  | ----- here first
2 | summary: A
3 | title: Two
  | ^^^^^

1 error in 1 file. `casebook explain CB0203` says more.
"
        );
    }

    #[test]
    fn colour_is_used_when_asked_and_content_can_add_none() {
        let fault = Diagnostic::new(Code::TooLong, "a \u{1b}[31m b").at("x.md", 0..3).help("\u{1b}[2J");
        let text = "\u{1b}[31mred\u{9b}\u{202e}";
        assert!(told(text, std::slice::from_ref(&fault), true).starts_with("\u{1b}[1mx.md:1:1:\u{1b}[0m "));
        let plain = told(text, &[fault], false);
        assert!(!plain.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{plain}");
    }

    #[test]
    fn no_span_of_any_text_is_too_much() {
        let texts = ["", "\n", "\r\n\r\r\n", "\ttŷ\r\n\r\t\u{0}界\n\n", "a\u{301}\n  \n\u{2028}b"];
        for text in texts.map(str::to_owned).into_iter().chain(["é\t".repeat(300), "l\n".repeat(20)]) {
            let offsets: Vec<usize> = (0..=text.len() + 2).step_by(1 + text.len() / 24).collect();
            for (start, end) in offsets.iter().flat_map(|start| offsets.iter().map(move |end| (*start, *end))) {
                let fault = Diagnostic::new(Code::TooLong, "m")
                    .at("x.md", crate::model::Span::new(start, end))
                    .label("two\nlines")
                    .related("x.md", crate::model::Span::at(end), "r");
                let told = told(&text, &[fault], start % 2 == 0);
                assert!(told.len() < 5000, "{told}");
            }
        }
    }
}
