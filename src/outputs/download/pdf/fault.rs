//! What Typst has to say, as diagnostics.

use super::{setting::Setting, spots::Spots};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Paper, Span, paper::Spot},
    yaml,
};
use typst::{
    diag::{Severity, SourceDiagnostic},
    syntax::{DiagSpan, DiagSpanKind},
};

/// Where a spot of a paper stands: a file and bytes of it.
pub(super) fn place(paper: &Paper, spot: &Spot) -> (String, Span) {
    let span = match spot {
        Spot::At(span) => *span,
        Spot::Field(path) => yaml::locate(paper.front.of(&paper.source.text), path).value.shifted(paper.front.start),
    };
    (paper.source.path.clone(), span)
}

/// The first of the faults for which a document could not be set: at the Markdown that it was met at, or else in the
/// theme's file.
pub(super) fn of(errors: &[SourceDiagnostic], paper: &Paper, setting: &Setting, spots: &Spots) -> Diagnostic {
    let Some(error) = errors.iter().find(|error| error.severity == Severity::Error).or(errors.first()) else {
        let (path, span) = super::paper::whole(paper);
        let fault = Diagnostic::new(Code::InvalidTemplate, "The document can't be set, for a reason that is not known");
        return fault.at(path, span).help("Take parts out of the text until it can be set, and tell of it as a bug.");
    };
    let traced = error.trace.iter().map(|point| DiagSpan::from(point.span));
    let spans: Vec<DiagSpan> = std::iter::once(error.span).chain(traced).collect();
    let in_theme = spans.iter().find_map(|span| in_theme(setting, *span));
    let in_paper = spans.iter().find_map(|span| spots.spot(*span)).map(|spot| place(paper, &spot));
    let message = format!("The document can't be set: {}", error.message);
    let fault = Diagnostic::new(Code::InvalidTemplate, message);
    let hints: Vec<String> = error.hints.iter().map(|hint| format!("{}.", capital(&hint.v))).collect();
    let met = format!("It was met while the PDF of {} was set.", paper.source.path);
    let fault = fault.help(hints.into_iter().chain([met]).collect::<Vec<_>>().join(" "));
    match (in_paper, in_theme) {
        (Some((path, span)), None) => fault.at(path, span),
        (Some((path, span)), Some((of, at))) => fault.at(path, span).related(of, at, "set by this"),
        (None, Some((path, span))) => fault.at(path, span),
        (None, None) => {
            let (path, span) = super::paper::whole(paper);
            fault.at(path, span)
        }
    }
}

/// A fault of the theme as a whole.
pub(super) fn without_place(setting: &Setting, message: String) -> Diagnostic {
    Diagnostic::new(Code::InvalidTemplate, message).at(setting.path(), Span::default())
}

fn in_theme(setting: &Setting, span: DiagSpan) -> Option<(String, Span)> {
    let (id, range) = match span.get() {
        DiagSpanKind::Detached => return None,
        DiagSpanKind::Number { id, num, sub_range } => {
            (id, setting.file_of(id)?.source.as_ref()?.range(num, sub_range)?)
        }
        DiagSpanKind::Range { id, range } => (id, range),
    };
    Some((setting.file_of(id)?.path.clone(), range.into()))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
