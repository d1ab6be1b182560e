//! Tells people what a run found.

use super::{
    Status,
    say::{complain, give},
};
use crate::{
    diagnostic::{Code, Diagnostic, Format, Report},
    pipeline::{Run, Stage, Texts},
};
use std::{
    io::{IsTerminal, Write},
    time::Duration,
};

/// Prints the faults of a run: for people on standard error, for machines on standard output.
pub(super) fn faults(run: &Run, format: Format) -> Status {
    let colour = format == Format::Human && std::io::stderr().is_terminal();
    let text = Report { diagnostics: &run.diagnostics, texts: &run.texts, colour }.render(format);
    if format == Format::Human {
        let _ = write!(anstream::stderr(), "{text}");
    } else if let Err(message) = give(text) {
        complain(format_args!("casebook: {message}"));
        return Status::Failure;
    }
    if run.has_errors() { status(&run.diagnostics) } else { Status::Clean }
}

/// Prints why a site could not be published. What has a place in the library is for its editors to mend.
pub(super) fn unpublished(faults: &[Diagnostic], texts: &Texts) -> Status {
    told(faults, texts);
    if faults.iter().all(|fault| fault.place.is_some()) { status(faults) } else { Status::Failure }
}

/// Prints faults for people.
pub(super) fn told(faults: &[Diagnostic], texts: &Texts) {
    let colour = std::io::stderr().is_terminal();
    let text = Report { diagnostics: faults, texts, colour }.render(Format::Human);
    let _ = write!(anstream::stderr(), "{text}");
}

/// How a command ends that found these. What is Casebook's own no editor can mend, nor what the command line or the
/// surroundings ask for.
fn status(faults: &[Diagnostic]) -> Status {
    let mut errors = faults.iter().filter(|fault| fault.is_error());
    let is_asked = |fault: &Diagnostic| fault.code == Code::InvalidSettings && fault.place.is_none();
    let failed = errors.clone().any(|fault| fault.code == Code::InternalFault) || errors.all(is_asked);
    if failed { Status::Failure } else { Status::Faults }
}

/// Prints how long each stage took.
pub(super) fn timings(timings: &[(Stage, Duration)]) {
    for (stage, time) in timings {
        complain(format_args!("{:>9} {:.3} s", stage.name(), time.as_secs_f64()));
    }
}

/// Words for the pages that are not shown, where there are any.
pub(super) fn hidden(run: &Run) -> String {
    match run.hidden {
        0 => String::new(),
        number => format!(" ({} more not shown: drafts, or dates to come)", number),
    }
}

/// `1 page`, `2 pages`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A text without what a terminal would take for a command.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    #[test]
    fn a_fault_of_casebook_s_own_is_a_failure_whatever_else_there_is() {
        let fault = |code| Diagnostic::new(code, "…").at("content/a.md", Span::default());
        let (theirs, ours) = (fault(Code::BrokenLink), fault(Code::InternalFault));
        for (faults, expected) in [
            (vec![theirs.clone()], Status::Faults),
            (vec![ours.clone()], Status::Failure),
            (vec![theirs, ours], Status::Failure),
        ] {
            assert_eq!(status(&faults), expected);
        }
    }
}
