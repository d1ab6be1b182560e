//! What a build has to say about its input: one type for every stage, one file a report format.

mod catalogue;
mod changed;
mod diff;
mod excerpt;
mod fix;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod level;
mod lines;
mod report;
mod review;
#[cfg(test)]
mod samples;
mod sarif;
mod shown;
mod suggestion;
mod summary;

pub use catalogue::{Code, Rule, rules};
pub use changed::{ChangedLines, KnownFaults};
pub use fix::{Edit, Fix, edited, together};
pub use level::{Level, Levels};
pub use report::{COMMENT, Format, Report, SourceTexts};
pub use review::{Review, review};
pub use shown::ShownLines;

use crate::model::Span;
use serde::{Deserialize, Serialize};

/// How grave a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site is not built while it stands.
    Error,
    /// The site is built; somebody should look.
    Warning,
}

/// A fault in the input: what is wrong, where, and what to do.
///
/// The words are for an editor who is no programmer. Spans are byte offsets in the file as it is on
/// disk (less a byte order mark); a report turns them into lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which rule of the catalogue this is about.
    pub code: Code,
    /// How grave it is here, after the library's own levels.
    pub severity: Severity,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The place at fault; absent for what concerns the library as a whole.
    pub place: Option<Label>,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What mends it, where a program can.
    pub fix: Option<Fix>,
}

/// A place in a file, with a few words on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Path from the library's root, with `/`.
    pub path: String,
    /// The bytes meant.
    pub span: Span,
    /// What to say of them.
    pub text: Option<String>,
}

impl Diagnostic {
    /// A fault of the catalogue, at its usual level.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.rule().severity,
            message: message.into(),
            help: None,
            place: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Says where the fault is.
    pub fn at(mut self, path: impl Into<String>, span: impl Into<Span>) -> Self {
        self.place = Some(Label { path: path.into(), span: span.into(), text: None });
        self
    }

    /// Puts a few words on the place at fault.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(place) = &mut self.place {
            place.text = Some(text.into());
        }
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names another place that explains the fault.
    pub fn related(mut self, path: impl Into<String>, span: impl Into<Span>, text: impl Into<String>) -> Self {
        self.related.push(Label { path: path.into(), span: span.into(), text: Some(text.into()) });
        self
    }

    /// Says what mends it.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Says what mends it, where something does without a thought.
    pub fn mended(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.or(self.fix);
        self
    }

    /// The places that it is about, the one at fault first.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.place.iter().chain(&self.related)
    }

    /// The code and its name: `CB0401 broken-link`.
    fn title(&self) -> String {
        format!("{} {}", self.code, self.code.rule().name)
    }

    /// True for what stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl From<Diagnostic> for Vec<Diagnostic> {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic]
    }
}

/// Sorts faults by file, place, code and words: the order of every report. One template fails on every page alike, so
/// of the faults at one place in one set of words the first is enough.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    fn key(fault: &Diagnostic) -> impl Ord + '_ {
        let place = fault.place.as_ref().map(|place| (place.path.as_str(), place.span));
        (place, fault.code, fault.message.as_str())
    }
    diagnostics.sort_by(|one, other| key(one).cmp(&key(other)));
    diagnostics.dedup_by(|later, first| key(later) == key(first));
}
