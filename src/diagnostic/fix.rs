//! What mends a fault without a thought: edits that a program can make.

use crate::model::{SourceFile, Span};
use serde::{Deserialize, Serialize};

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
    /// do where a value is not written as it reads.
    pub fn replacing(file: &SourceFile, span: Span, written: &str, now: &str) -> Option<Self> {
        let is_there = !written.is_empty() && span.of(&file.text) == written;
        is_there.then(|| Self::of(format!("Replace “{written}” with “{now}”"), &file.path, span, now))
    }

    /// Takes away the lines that a span covers: all of them, with what ends the last.
    pub fn without_lines(title: impl Into<String>, file: &SourceFile, span: Span) -> Self {
        let text = &file.text;
        let start = text.get(..span.start).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
        let end = text.get(span.end..).and_then(|after| after.find(['\n', '\r'])).map_or(text.len(), |at| span.end + at);
        Self::of(title, &file.path, start..Span::after_ending(text, end), "")
    }
}
