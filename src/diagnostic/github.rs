//! Workflow commands: GitHub shows each fault beside its line in the pull request.
//!
//! The runner drops an annotation, with a word in its debug log only, where `col` or `endColumn` is set though
//! `line` and `endLine` differ, and where `endColumn` is less than `col`. So a fault over several lines has
//! no columns; a span's end never comes before its start.
//!
//! It shows ten errors and ten warnings of a step (docs.github.com, "Workflow commands", and the runner's
//! `ExecutionContext`), whichever come first, and drops the others without a word. The others are lines of the log here;
//! the summary of the job has all of them ([`super::summary`]).

use super::Severity;
use super::report::Fault;
use std::fmt::Write as _;

/// How many annotations of a type GitHub shows for a step.
const MOST: usize = 10;

pub(super) fn render(faults: &[Fault]) -> String {
    let (errors, warnings): (Vec<&Fault>, Vec<&Fault>) = faults.iter().partition(|fault| fault.diagnostic.is_error());
    let shown = |faults: &[&Fault]| faults.iter().take(MOST).map(|fault| command(fault)).collect::<String>();
    let mut out = shown(&errors) + &shown(&warnings);
    let rest: Vec<_> = errors.iter().skip(MOST).chain(warnings.iter().skip(MOST)).collect();
    if !rest.is_empty() {
        let more = format!("{} more are in the summary of this run, and in its log below", rest.len());
        let lines: String = rest.into_iter().map(|fault| line(fault)).collect();
        let _ = write!(out, "::notice title=casebook::{more}\n::group::The other faults\n{lines}::endgroup::\n");
    }
    out
}

/// A fault as a line of the log, which no command starts in.
fn line(fault: &Fault) -> String {
    let place = fault.place.as_ref().map_or("The library".to_owned(), |place| place.to_string());
    let text = format!("{place}: {} {}: {}", severity(fault), fault.diagnostic.title(), fault.message_and_help());
    let text = text.replace(char::is_control, " ").replace("##[", "## [");
    format!("- {text}\n")
}

fn severity(fault: &Fault) -> &'static str {
    match fault.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn command(fault: &Fault) -> String {
    let severity = severity(fault);
    let mut properties = Vec::new();
    let mut property = |name: &str, value: &str| properties.push(format!("{name}={}", escape_property(value)));
    let mut data = fault.message_and_help();
    if let Some(fix) = &fault.diagnostic.fix {
        data = format!("{data}\n{}: `casebook check --fix` does it.", fix.title);
    }
    if let Some(place) = &fault.place {
        property("file", place.path);
        // The log of a run shows the words alone: they say the place once more.
        data = format!("{place}: {data}");
    }
    if let Some(range) = fault.range() {
        property("line", &range.start.line.to_string());
        property("endLine", &range.end.line.to_string());
        if range.start.line == range.end.line {
            property("col", &range.start.column.to_string());
            property("endColumn", &range.end.column.to_string());
        }
    }
    property("title", &fault.diagnostic.title());
    format!("::{severity} {}::{}\n", properties.join(","), escape_data(&data))
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Fix, Format, Report, samples};

    #[test]
    fn each_fault_is_one_command() {
        let expected = [
            "::error title=CB0803 output-busy::another build is at work",
            "::error file=content/case-studies/luton.md,line=5,endLine=5,col=10,endColumn=17,\
             title=CB0401 broken-link::content/case-studies/luton.md:5:10: there is no page `gone.md`.\
             %0ALink to a page of content/",
            "::error file=content/tŷ%2C 100%25/a%3Ab.md,line=1,endLine=2,\
             title=CB0601 same-url::content/tŷ, 100%25/a:b.md:1:1: two pages are at /luton/.%0AChange one of them",
            "::error file=content/old.md,title=CB0102 not-utf8::content/old.md: this file is not UTF-8",
            "::warning file=content/case-studies/luton.md,line=7,endLine=7,col=7,endColumn=7,\
             title=CB0407 empty-section::content/case-studies/luton.md:7:7: \
             100%25 of <b>\"End\"</b> & more,%0Ais: empty\u{1b}",
        ];
        assert_eq!(samples::render(Format::Github).lines().collect::<Vec<_>>(), expected);
        assert_eq!(samples::render_none(Format::Github), "");
    }

    #[test]
    fn what_github_would_not_show_is_in_the_log_and_starts_no_command() {
        let fault =
            |n: usize, code| Diagnostic::new(code, format!("no {n}\n::set-env name=x::y ##[error]")).at("a.md", 0..0);
        let many = |code| (0..12).map(move |n| fault(n, code));
        let faults: Vec<_> = many(Code::TooLong).chain(many(Code::BrokenLink)).collect();
        let told = Report { diagnostics: &faults, texts: &(), colour: false, folder: "" }.render(Format::Github);
        let starts = |start: &str| told.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!(["::error ", "::warning ", "::notice ", "::", "- "].map(starts), [10, 10, 1, 23, 4]);
        assert!(told.starts_with("::error ") && told.contains("::4 more are in the summary"), "{told}");
        assert_eq!(told.matches("##[").count(), 20);
    }

    #[test]
    fn what_mends_a_fault_is_told() {
        let fault = Diagnostic::new(Code::TermVariant, "m").at("a.md", 0..1).fix(Fix::of(
            "Replace “A” with “a”",
            "a.md",
            0..1,
            "a",
        ));
        let told = Report { diagnostics: &[fault], texts: &(), colour: false, folder: "" }.render(Format::Github);
        assert!(told.ends_with("::a.md: m%0AReplace “A” with “a”: `casebook check --fix` does it.\n"), "{told}");
    }
}
