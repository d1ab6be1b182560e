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
    collections::BTreeSet,
    fs,
    io::{IsTerminal, Write},
    time::Duration,
};

/// Prints the faults of a run: for people on standard error, for machines on standard output.
pub(super) fn faults(run: &Run, format: Format) -> Status {
    faults_of(run, "", format)
}

/// The same of a library in that folder of its repository; empty, or with `/` at its end.
pub(super) fn faults_of(run: &Run, folder: &str, format: Format) -> Status {
    let colour = format == Format::Human && std::io::stderr().is_terminal();
    let text = Report { diagnostics: &run.diagnostics, texts: &run.texts, colour, folder }.render(format);
    if format == Format::Human {
        let _ = write!(anstream::stderr(), "{text}");
    } else if let Err(message) = give(text) {
        complain(format_args!("casebook: {message}"));
        return Status::Failure;
    }
    status_of(run)
}

/// How a command ends whose run this is.
pub(super) fn status_of(run: &Run) -> Status {
    if run.has_errors() { status(&run.diagnostics) } else { Status::Clean }
}

/// Faults that are counted and not told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rest {
    errors: usize,
    warnings: usize,
    files: usize,
    /// How many of those that are told stand where nothing changed, and were not there before.
    elsewhere: usize,
}

impl Rest {
    pub(super) fn of(faults: &[Diagnostic]) -> Self {
        let errors = faults.iter().filter(|fault| fault.is_error()).count();
        let files: BTreeSet<_> =
            faults.iter().filter_map(|fault| fault.place.as_ref()).map(|place| &place.path).collect();
        Self { errors, warnings: faults.len() - errors, files: files.len(), elsewhere: 0 }
    }

    /// The same, beside so many that are told though they stand where nothing changed.
    pub(super) fn beside(self, elsewhere: usize) -> Self {
        Self { elsewhere, ..self }
    }

    /// How a command ends that would end so by what is told: a library with an error anywhere can't be published.
    pub(super) fn ends(&self, status: Status) -> Status {
        if status == Status::Clean && self.errors > 0 { Status::Faults } else { status }
    }

    /// Sentences on what is told and on what is not, where there is something to say.
    pub(super) fn told(&self, revision: &str) -> Option<String> {
        let sentences: Vec<String> = [self.of_elsewhere(), self.of_the_old(revision)].into_iter().flatten().collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    fn of_elsewhere(&self) -> Option<String> {
        let is_one = self.elsewhere == 1;
        let (verb, them) = if is_one { ("stands", "made it a fault") } else { ("stand", "made them faults") };
        (self.elsewhere > 0).then(|| {
            format!(
                "{} of these {verb} on lines that have not changed: the change {them} all the same.",
                self.elsewhere
            )
        })
    }

    fn of_the_old(&self, revision: &str) -> Option<String> {
        let counts = [(self.errors, "error", "errors"), (self.warnings, "warning", "warnings")];
        let counts: Vec<_> =
            counts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)).collect();
        let verb = if self.errors + self.warnings == 1 { "stands" } else { "stand" };
        (!counts.is_empty()).then(|| {
            let files = count(self.files, "file", "files");
            let counts = counts.join(" and ");
            let why = match self.errors {
                0 => "",
                _ => " With an error anywhere there is no site, so this check fails until it is mended, too.",
            };
            format!(
                "Besides, {counts} {verb} on lines that have not changed since {}, in {files}. `casebook check` tells \
                 all.{why}",
                plain(revision)
            )
        })
    }
}

/// How much of a summary GitHub shows of a step: 1 MiB, less a little for what other steps say.
const SUMMARY: usize = 1_000_000;

/// Puts the whole into the summary of a job, where this runs in one: GitHub names the file.
pub(super) fn summary(run: &Run, folder: &str, note: Option<&str>) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return };
    let before = fs::metadata(&path).map_or(0, |file| file.len() as usize);
    let report = Report { diagnostics: &run.diagnostics, texts: &run.texts, colour: false, folder };
    let text = report.markdown(SUMMARY.saturating_sub(before), note);
    let written = fs::OpenOptions::new().append(true).create(true).open(&path);
    if let Err(error) = written.and_then(|mut file| file.write_all(text.as_bytes())) {
        complain(format_args!("casebook: the summary can't be written: {error}"));
    }
}

/// Prints why a site could not be published. What has a place in the library is for its editors to mend.
pub(super) fn unpublished(faults: &[Diagnostic], texts: &Texts) -> Status {
    told(faults, texts);
    if faults.iter().all(|fault| fault.place.is_some()) { status(faults) } else { Status::Failure }
}

/// Prints faults for people.
pub(super) fn told(faults: &[Diagnostic], texts: &Texts) {
    let colour = std::io::stderr().is_terminal();
    let text = Report { diagnostics: faults, texts, colour, folder: "" }.render(Format::Human);
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
    // Marks of direction would turn round what stands behind them.
    let obeyed = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if obeyed(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    #[test]
    fn nothing_that_a_terminal_would_obey_is_left_in_a_text() {
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{1b}[1m Ŵ"), "a b c [1m Ŵ");
    }

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
