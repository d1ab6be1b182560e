//! What mends a fault without a thought: edits that a program can make.

use super::Diagnostic;
use crate::model::{SourceFile, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A mechanical fix of a fault.
///
/// Only what leaves nothing to decide is a fix. Where there is a choice to make, the fault has a help alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as on a button: `Replace with “mentoring”`.
    pub title: String,
    /// The changes, in one file or several; none overlaps another.
    pub edits: Vec<Edit>,
}

/// Bytes of a file that give way to others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    /// Path from the library's root, with `/`.
    pub path: String,
    /// The bytes that go, as offsets in the text of the file less a byte order mark; where it is empty, a place.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

impl Edit {
    /// True where the two can't both be made: they share a byte, or a place that both put something at.
    fn meets(&self, other: &Self) -> bool {
        let (a, b) = (self.span, other.span);
        let touch = a.start == b.start && (a.start == a.end || b.start == b.end);
        self.path == other.path && (touch || (a.start < b.end && b.start < a.end))
    }
}

/// The faults that can be mended together, in their order, with the edits that do it, in order as well: where two
/// fixes meet, the first goes ahead. `can_be` says which edits can be made at all.
pub fn together<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    can_be: impl Fn(&Edit) -> bool,
) -> (Vec<&'a Diagnostic>, BTreeSet<Edit>) {
    let mut edits: BTreeSet<Edit> = BTreeSet::new();
    let mut mended = Vec::new();
    for fault in diagnostics {
        let Some(fix) = &fault.fix else { continue };
        // Two faults may ask for one and the same change.
        let fits =
            |edit: &Edit| can_be(edit) && (edits.contains(edit) || !near(&edits, edit).any(|own| own.meets(edit)));
        if fix.edits.iter().all(fits) {
            edits.extend(fix.edits.iter().cloned());
            mended.push(fault);
        }
    }
    (mended, edits)
}

/// Those of the edits that may meet this one: none overlaps another, so it is the neighbours alone.
fn near<'a>(edits: &'a BTreeSet<Edit>, edit: &Edit) -> impl Iterator<Item = &'a Edit> {
    let from = |start: usize| Edit { path: edit.path.clone(), span: Span::at(start), text: String::new() };
    edits
        .range(..from(edit.span.start))
        .next_back()
        .into_iter()
        .chain(edits.range(from(edit.span.start)..=from(edit.span.end + 1)))
}

/// A text of a file with these edits of it, which follow each other and don't overlap.
pub fn edited<'a>(text: &str, edits: impl IntoIterator<Item = &'a Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

impl Fix {
    /// A fix of one change.
    pub fn of(
        title: impl Into<String>,
        path: impl Into<String>,
        span: impl Into<Span>,
        text: impl Into<String>,
    ) -> Self {
        let edit = Edit { path: path.into(), span: span.into(), text: text.into() };
        Self { title: title.into(), edits: vec![edit] }
    }

    /// Puts other words in the place of those that stand at a span of a file; nothing where others stand there, as they
    /// do where a value is not written as it reads, and where there is nothing to change.
    pub fn replacing(file: &SourceFile, span: Span, written: &str, now: &str) -> Option<Self> {
        let is_there = !written.is_empty() && written != now && span.of(&file.text) == written;
        is_there.then(|| Self::of(format!("Replace “{written}” with “{now}”"), &file.path, span, now))
    }

    /// Takes away the lines that a span covers: all of them, with what ends the last.
    pub fn without_lines(title: impl Into<String>, file: &SourceFile, span: Span) -> Self {
        let text = &file.text;
        let start = text.get(..span.start).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
        let end =
            text.get(span.end..).and_then(|after| after.find(['\n', '\r'])).map_or(text.len(), |at| span.end + at);
        Self::of(title, &file.path, start..Span::after_ending(text, end), "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn fixes_that_meet_are_not_made_together() {
        let fault = |edits: &[(usize, usize, &str)]| {
            let edit = |(start, end, text): &(usize, usize, &str)| {
                let (span, text) = (Span::new(*start, *end), (*text).to_owned());
                Edit { path: "a.md".to_owned(), span, text }
            };
            let fix = Fix { title: "…".to_owned(), edits: edits.iter().map(edit).collect() };
            Diagnostic::new(Code::TermVariant, "…").fix(fix)
        };
        let faults = [
            fault(&[(0, 3, "ONE")]),
            fault(&[(2, 5, "x")]),
            fault(&[(4, 7, "TWO"), (1, 2, "x")]),
            fault(&[(0, 3, "ONE")]),
            fault(&[(8, 13, "THREE"), (4, 4, "and ")]),
            fault(&[(4, 4, "or ")]),
            fault(&[(4, 7, "2")]),
            fault(&[(3, 4, "-")]),
        ];
        let (mended, edits) = together(&faults, |_| true);
        assert_eq!(edited("one two three", &edits), "ONE-and two THREE");
        assert_eq!(mended.len(), 4);
        assert_eq!(together(&faults, |edit| edit.span.start > 0).0.len(), 1);
    }
}
