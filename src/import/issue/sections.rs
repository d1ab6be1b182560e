//! The sections of a filled form: headings of one rank, with the text below each.

use crate::model::Span;

/// What stands below a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The words of the heading; empty for what stands above the first.
    pub heading: String,
    /// The rank of the heading: `###` is of the third.
    pub rank: usize,
    /// The text below, its lines ended by `\n`, without blank lines at its ends.
    pub text: String,
    /// Where the heading stands; the whole section where it has none.
    pub span: Span,
}

/// The sections of a text, cut at every heading outside code and notes. The first has what stands above them all.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section { heading: String::new(), rank: 0, text: String::new(), span: Span::at(0) }];
    let (mut fence, mut note) = (None, false);
    for span in Span::lines(text, 0) {
        let line = span.of(text);
        let is_code = fence.is_some();
        if !note {
            fence = fenced(fence, line);
        }
        if !is_code && fence.is_none() {
            let heading = heading(line).filter(|_| !note);
            note = in_note(note, line) && is_closed(text, span);
            if let Some((rank, words)) = heading {
                sections.push(Section { heading: words.to_owned(), rank, text: String::new(), span });
                continue;
            }
        }
        if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    for section in &mut sections {
        section.text = without_notes(&section.text);
    }
    sections
}

/// The fence of code that is open below this line.
fn fenced<'a>(open: Option<&'a str>, line: &'a str) -> Option<&'a str> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = line.trim_start_matches(' ');
    let mark = if rest.starts_with("~~~") { '~' } else { '`' };
    let length = rest.len() - rest.trim_start_matches(mark).len();
    let (fence, info) = rest.split_at_checked(length).unwrap_or_default();
    let is_fence = length >= 3 && indent < 4;
    match open {
        Some(open) if is_fence && fence.starts_with(open) && info.trim().is_empty() => None,
        Some(open) => Some(open),
        None => (is_fence && !(mark == '`' && info.contains('`'))).then_some(fence),
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let words = rest.trim_start_matches('#');
    let rank = rest.len() - words.len();
    let is_heading = (1..=6).contains(&rank) && line.len() - rest.len() < 4 && words.starts_with([' ', '\t']);
    let words = words.trim();
    let open = words.trim_end_matches('#');
    let words = if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { words };
    (is_heading && !words.is_empty()).then_some((rank, words))
}

/// True where a note is open at the end of a line.
fn in_note(mut open: bool, line: &str) -> bool {
    let mut rest = line;
    loop {
        let mark = if open { "-->" } else { "<!--" };
        match rest.split_once(mark) {
            Some((_, behind)) => (open, rest) = (!open, behind),
            None => return open,
        }
    }
}

/// True where the note that is open at the end of a line ends somewhere: one that doesn't would swallow the rest.
fn is_closed(text: &str, line: Span) -> bool {
    text.get(line.end..).is_some_and(|rest| rest.contains("-->"))
}

/// A text without the notes that it begins with: the help of a template.
fn without_notes(text: &str) -> String {
    let mut rest = text.trim_start();
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|note| note.split_once("-->")) {
        rest = behind.trim_start();
    }
    // What is left of an indent is left, where no note was taken away.
    if rest.len() == text.trim_start().len() {
        rest = text.trim_start_matches(['\n', '\r']);
    }
    rest.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        sections(text).into_iter().map(|section| (section.heading, section.text)).collect()
    }

    #[test]
    fn a_text_is_cut_at_headings_and_nowhere_else() {
        let none = || (String::new(), String::new());
        let of = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(heading, text)| ((*heading).to_owned(), (*text).to_owned())).collect()
        };
        for (text, expected) in [
            ("", vec![none()]),
            (
                "### A\n\none\n\n### B ###\ntwo\nthree\n",
                [vec![none()], of(&[("A", "one"), ("B", "two\nthree")])].concat(),
            ),
            ("above\n### A\r\n\r\none\r\n", of(&[("", "above"), ("A", "one")])),
            ("### A\n```\n### B\n```\n### C\nx", [vec![none()], of(&[("A", "```\n### B\n```"), ("C", "x")])].concat()),
            ("### A\n~~~~\n~~~\n### B\n~~~~\n", [vec![none()], of(&[("A", "~~~~\n~~~\n### B\n~~~~")])].concat()),
            ("### A\n```never ends\n### B", [vec![none()], of(&[("A", "```never ends\n### B")])].concat()),
            ("### A\n`a` ```b``` c\n### B\n", [vec![none()], of(&[("A", "`a` ```b``` c"), ("B", "")])].concat()),
            ("### A\n<!-- help\n### B\n-->\n\nx\n### C", [vec![none()], of(&[("A", "x"), ("C", "")])].concat()),
            ("### A\n<!-- never ends\n### B\ny", [vec![none()], of(&[("A", "<!-- never ends"), ("B", "y")])].concat()),
            (
                "### A\nx <!-- a --> y\n#hash\n####### seven",
                [vec![none()], of(&[("A", "x <!-- a --> y\n#hash\n####### seven")])].concat(),
            ),
            ("### A\n\n    ### code\n", [vec![none()], of(&[("A", "    ### code")])].concat()),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }
}
