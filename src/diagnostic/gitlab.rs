//! A Code Quality report: GitLab shows which faults a merge request brings and which it mends.
//!
//! It tells the two apart by the fingerprint. That leaves the line number out, so that a fault which only
//! moves, as text is put in above it, stays the same fault.

use super::Severity;
use super::report::{Fault, to_json};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

pub(super) fn render(faults: &[Fault]) -> String {
    let mut seen = BTreeMap::new();
    to_json(&faults.iter().map(|fault| issue(fault, &mut seen)).collect::<Vec<_>>())
}

fn issue<'a>(fault: &Fault<'a>, seen: &mut BTreeMap<[u8; 32], usize>) -> Issue<'a> {
    // GitLab refuses an entry without a line: what has none is shown at the top of its file.
    let (begin, end) = fault
        .range()
        .map_or(((1, 1), (1, 1)), |range| ((range.start.line, range.start.column), (range.end.line, range.end.column)));
    Issue {
        description: format!("{}: {}", fault.diagnostic.title(), fault.message_and_help()).replace('\n', " "),
        check_name: fault.diagnostic.code.rule().name,
        fingerprint: fingerprint(fault, seen),
        severity: match fault.diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        location: Location { path: fault.path(), positions: Positions { begin: begin.into(), end: end.into() } },
    }
}

impl From<(usize, usize)> for Point {
    fn from((line, column): (usize, usize)) -> Self {
        Self { line, column }
    }
}

/// A name for the fault by its meaning. Faults that are alike are told apart by their order in the file.
fn fingerprint(fault: &Fault, seen: &mut BTreeMap<[u8; 32], usize>) -> String {
    let covered = fault.place.as_ref().map(|place| place.covered()).unwrap_or_default();
    let parts = [fault.diagnostic.code.rule().name, fault.path(), &fault.diagnostic.message, covered];
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        // With its length before it, no part can run into the next.
        hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
    }
    let alike = seen.entry(*hasher.finalize().as_bytes()).or_insert(0);
    hasher.update(&alike.to_le_bytes());
    *alike += 1;
    hasher.finalize().to_hex().chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Format, Report, samples};
    use std::collections::BTreeMap;

    fn issues(text: &str, diagnostics: &[Diagnostic]) -> Vec<serde_json::Value> {
        let texts = BTreeMap::from([("x.md".to_owned(), text.to_owned())]);
        let told = Report { diagnostics, texts: &texts, colour: false, folder: "" }.render(Format::Gitlab);
        serde_json::from_str(&told).unwrap()
    }

    fn fingerprints(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
        issues(text, diagnostics).iter().map(|issue| issue["fingerprint"].to_string()).collect()
    }

    #[test]
    fn each_fault_is_an_issue_with_a_path_and_a_line() {
        let told: Vec<serde_json::Value> = serde_json::from_str(&samples::render(Format::Gitlab)).unwrap();
        let fingerprint = |n: usize| told[n]["fingerprint"].as_str().unwrap();
        let mut expected = serde_json::json!({
            "description": "CB0401 broken-link: there is no page `gone.md`. Link to a page of content/",
            "check_name": "broken-link",
            "fingerprint": fingerprint(1),
            "severity": "major",
            "location": {
                "path": "content/case-studies/luton.md",
                "positions": {"begin": {"line": 5, "column": 10}, "end": {"line": 5, "column": 17}},
            },
        });
        assert_eq!(told[1], expected);
        expected = serde_json::json!({
            "description": "CB0803 output-busy: another build is at work",
            "check_name": "output-busy",
            "fingerprint": fingerprint(0),
            "severity": "major",
            "location": {
                "path": "casebook.yaml",
                "positions": {"begin": {"line": 1, "column": 1}, "end": {"line": 1, "column": 1}},
            },
        });
        assert_eq!(told[0], expected);
        assert_eq!(told[2]["severity"], "minor");
        assert_eq!(samples::render_none(Format::Gitlab), "[]\n");
    }

    #[test]
    fn a_fingerprint_outlives_a_move_and_is_never_shared() {
        let link = |start: usize| Diagnostic::new(Code::BrokenLink, "no page").at("x.md", start..start + 1);
        let before = fingerprints("a b a", &[link(0), link(2), link(4)]);
        let after = fingerprints("\n\na b a", &[link(2), link(4), link(6)]);
        assert_eq!(before, after);
        assert!(before[0] != before[1] && before[1] != before[2] && before[0] != before[2]);
        assert_eq!(before[0].len(), 34);
    }
}
