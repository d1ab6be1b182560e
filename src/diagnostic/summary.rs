//! The faults as Markdown, for the summary of a job or a comment: other people's words in it do nothing.

use super::report::{Fault, Place};
use super::{Diagnostic, Severity};
use crate::markdown::{code, fenced, inert_with_code};
use std::fmt::Write as _;

/// The whole in at most so many bytes: what doesn't fit is counted. `note` is said at the end.
pub(super) fn render(faults: &[Fault], most: usize, note: Option<&str>) -> String {
    let errors = faults.iter().filter(|fault| fault.diagnostic.is_error()).count();
    let mut out = heading(errors, faults.len() - errors);
    let note = note.map(|note| format!("\n{}\n", inert_with_code(note))).unwrap_or_default();
    // Room for the sentence that counts the rest.
    let room = most.saturating_sub(note.len() + 200);
    let mut file = None;
    // The gravest come first, file by file.
    let (grave, slight): (Vec<&Fault>, Vec<&Fault>) = faults.iter().partition(|fault| fault.diagnostic.is_error());
    let all: Vec<&Fault> = grave.into_iter().chain(slight).collect();
    for (index, fault) in all.iter().enumerate() {
        let path = fault.place.as_ref().map_or("The whole library", |place| place.path);
        let mut item = String::new();
        let level = level(fault);
        if file != Some((path, level)) {
            let shown = if fault.place.is_some() { code(path) } else { path.to_owned() };
            let _ = writeln!(item, "\n### {shown}\n");
        }
        item.push_str(&told(fault, level));
        if out.len() + item.len() > room {
            let _ = writeln!(out, "\nThere are {} more. `casebook check` tells all of them.", all.len() - index);
            break;
        }
        file = Some((path, level));
        out.push_str(&item);
    }
    out + &note
}

fn heading(errors: usize, warnings: usize) -> String {
    let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => "## Casebook found no faults\n".to_owned(),
        (0, _) => format!("## Casebook found {}\n", count(warnings, "warning")),
        (_, 0) => format!("## Casebook found {}\n", count(errors, "error")),
        _ => format!("## Casebook found {} and {}\n", count(errors, "error"), count(warnings, "warning")),
    }
}

fn level(fault: &Fault) -> &'static str {
    match fault.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// One fault as an item of a list, with what mends it as lines that go and lines that come.
fn told(fault: &Fault, level: &str) -> String {
    let line = fault.range().map_or(String::new(), |range| format!("line {}, ", range.start.line));
    let mut out = format!("- **{line}{level}** {}\n", words(fault.diagnostic));
    if fault.diagnostic.fix.is_some() {
        let changes: String = fault.edits.iter().take(5).filter_map(change).collect();
        for line in fenced("diff", &changes).lines().filter(|_| !changes.is_empty()) {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

/// What is wrong and what to do about it.
pub(super) fn words(fault: &Diagnostic) -> String {
    let help = fault.help.as_ref().map_or(String::new(), |help| format!(" {}", inert_with_code(help)));
    format!("{}: {}.{help}", code(&fault.title()), inert_with_code(&fault.message))
}

/// The line of an edit as it is and as it would be, where the edit is within one line.
fn change(edit: &Place) -> Option<String> {
    let (lines, range) = (edit.lines?, edit.range()?);
    let start = lines.start(range.start.line);
    let line = lines.line(range.start.line);
    let (before, after) = (line.get(..edit.span.start - start)?, line.get(edit.span.end - start..).unwrap_or_default());
    let now = format!("{before}{}{after}", edit.text.unwrap_or_default());
    let now = if now.is_empty() { String::new() } else { format!("+ {now}\n") };
    (line.chars().count() < 300).then(|| format!("- {line}\n{now}"))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Fix, Format, Report, samples};
    use std::collections::BTreeMap;

    #[test]
    fn errors_come_first_and_words_of_others_do_nothing() {
        let told = samples::render(Format::Markdown);
        let expected = "\
## Casebook found 4 errors and 1 warning

### The whole library

- **error** `CB0803 output-busy`: another build is at work.

### `content/case-studies/luton.md`

- **line 5, error** `CB0401 broken-link`: there is no page `gone.md`. Link to a page of content/
";
        assert!(told.starts_with(expected), "{told}");
        assert!(told.contains(r#"100% of \<b\>"End"\</b\> \& more,"#), "{told}");
        assert_eq!(samples::render_none(Format::Markdown), "## Casebook found no faults\n");
    }

    #[test]
    fn a_fix_is_shown_as_the_lines_that_change_and_the_whole_has_a_limit() {
        let texts = BTreeMap::from([("x.md".to_owned(), "a\nthemes: [Mentoring]\nb\n".to_owned())]);
        let fix = Fix::of("…", "x.md", 11..20, "mentoring");
        let fault = Diagnostic::new(Code::TermVariant, "m").at("x.md", 11..20).fix(fix);
        let many = vec![fault; 500];
        let report = Report { diagnostics: &many, texts: &texts, colour: false, folder: "" };
        let told = report.markdown(10_000, Some("3 more elsewhere"));
        assert!(told.contains("  ```diff\n  - themes: [Mentoring]\n  + themes: [mentoring]\n  ```\n"), "{told}");
        assert!(told.len() <= 10_000 && told.contains(" more. `casebook check` tells all"), "{}", told.len());
        assert!(told.ends_with("\n3 more elsewhere\n"));
    }
}
