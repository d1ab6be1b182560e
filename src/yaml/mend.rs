//! What mends a text that is no YAML, where there is nothing to choose.

use super::parse;
use crate::model::Span;

/// The changes that make YAML of a text with a fault at `at`: spaces for tabs, or quotation marks around the value of
/// that line. Each is tried before it is offered.
pub fn mend(text: &str, at: usize) -> Option<(&'static str, Vec<(Span, String)>)> {
    let tabs = tabs(text);
    let is_tab = |(span, _): &(Span, String)| span.start <= at;
    if tabs.first().is_some_and(is_tab) {
        let reads = match parse(&changed(text, &tabs)) {
            Ok(_) => true,
            // So may another line, which is mended next.
            Err(other) => mend_behind(&changed(text, &tabs), other.span.start, at),
        };
        return reads.then_some(("Put spaces in the place of tabs", tabs));
    }
    let quoted = quoted(text, at)?;
    let now = changed(text, std::slice::from_ref(&quoted));
    let reads = match parse(&now) {
        Ok(_) => true,
        // Another line may have a fault of its own.
        Err(other) => other.span.start > quoted.0.start + quoted.1.len(),
    };
    reads.then(|| ("Put the value in quotes", vec![quoted]))
}

/// True where what is still wrong with a text stands behind a place and no tab is to blame for it.
fn mend_behind(text: &str, now: usize, before: usize) -> bool {
    let line_end = Span::lines(text, 0).find(|line| line.end >= before).map_or(before, |line| line.end);
    now > line_end && quoted(text, now).is_some()
}

/// A text with these changes, which follow each other.
fn changed(text: &str, changes: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    for (span, now) in changes {
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str(now);
        at = span.end;
    }
    out + text.get(at..).unwrap_or_default()
}

/// Two spaces for each tab that a line starts with.
fn tabs(text: &str) -> Vec<(Span, String)> {
    let indented = |line: Span| {
        let blank = line.of(text).len() - line.of(text).trim_start_matches([' ', '\t']).len();
        let indentation = Span::new(line.start, line.start + blank);
        let has_tab = indentation.of(text).contains('\t');
        has_tab.then(|| (indentation, indentation.of(text).replace('\t', "  ")))
    };
    Span::lines(text, 0).filter_map(indented).collect()
}

/// The value of `name: value` in the line at `at`, in quotes.
fn quoted(text: &str, at: usize) -> Option<(Span, String)> {
    let mut lines = Span::lines(text, 0).skip_while(|line| line.end < at);
    let line = lines.next()?;
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let own = line.of(text);
    let goes_on = lines.next().is_some_and(|next| {
        let next = next.of(text);
        !next.trim().is_empty() && indentation(next) > indentation(own)
    });
    let (name, value) = own.split_once(": ")?;
    let name = name.trim_start().trim_start_matches("- ").trim_start();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let value = value.trim();
    // A bracket or a quotation mark was meant to be one, and behind a `#` stands a note.
    let is_plain = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '!']);
    if goes_on || !is_name || !is_plain || value.contains(" #") {
        return None;
    }
    let start = line.start + own.len() - own.split_once(": ")?.1.trim_start().len();
    let now = match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => format!("\"{value}\""),
        (true, false) => format!("'{value}'"),
        (true, true) => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
    };
    Some((Span::new(start, start + value.len()), now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_mended_where_there_is_one_way() {
        for (text, expected) in [
            ("title: Mentoring: what works\n", Some("title: \"Mentoring: what works\"\n")),
            ("a: b\r\nc: @home\r\nd: e\r\n", Some("a: b\r\nc: \"@home\"\r\nd: e\r\n")),
            ("a: The \"Big\": it's here\n", Some("a: \"The \\\"Big\\\": it's here\"\n")),
            ("a:\n\t- b\n\t- c\n", Some("a:\n  - b\n  - c\n")),
            ("a: b: c\n  more\n", None),
            // Two lines with a fault of their own are mended one after the other.
            ("a: b: c\nd:\n\t- e\n", Some("a: \"b: c\"\nd:\n\t- e\n")),
            ("d:\n\t- e\na: b: c\n", Some("d:\n  - e\na: b: c\n")),
            ("a: [b\n", None),
            ("a: \"b\n", None),
            ("a: b: c # note\n", None),
        ] {
            let at = parse(text).unwrap_err().span.start;
            let now = mend(text, at).map(|(_, changes)| changed(text, &changes));
            assert_eq!(now.as_deref(), expected, "{text}");
        }
    }
}
