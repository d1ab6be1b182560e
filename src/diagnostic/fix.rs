//! What mends a fault without a thought: edits that a program can make.

use crate::model::Span;
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
}
