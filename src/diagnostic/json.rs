//! JSON for other programs: an array of objects, each with every key, whose shape is stable.
//!
//! Lines and columns count from 1, columns in characters; the end is the place after the last character.
//! What has no place has `null` there, and so have the lines and columns of a file whose text is not known.

use super::Severity;
use super::report::{Fault, Place, to_json};
use serde::Serialize;

#[derive(Serialize)]
struct Object<'a> {
    code: String,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    related: Vec<Related<'a>>,
    fix: Option<Mend<'a>>,
}

/// What mends the fault where a program can: all of the edits together.
#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    edits: Vec<Change<'a>>,
}

/// The text between two places, from the first character to after the last, gives way to another.
#[derive(Serialize)]
struct Change<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: Option<&'a str>,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

pub(super) fn render(faults: &[Fault]) -> String {
    to_json(&faults.iter().map(object).collect::<Vec<_>>())
}

fn object<'a>(fault: &Fault<'a>) -> Object<'a> {
    let diagnostic = fault.diagnostic;
    let range = fault.range();
    Object {
        code: diagnostic.code.to_string(),
        name: diagnostic.code.rule().name,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        path: fault.place.as_ref().map(|place| place.path),
        line: range.map(|range| range.start.line),
        column: range.map(|range| range.start.column),
        end_line: range.map(|range| range.end.line),
        end_column: range.map(|range| range.end.column),
        related: fault.related.iter().map(related).collect(),
        fix: diagnostic
            .fix
            .as_ref()
            .map(|fix| Mend { title: &fix.title, edits: fault.edits.iter().map(change).collect() }),
    }
}

fn change<'a>(place: &Place<'a>) -> Change<'a> {
    let range = place.range();
    Change {
        path: place.path,
        line: range.map(|range| range.start.line),
        column: range.map(|range| range.start.column),
        end_line: range.map(|range| range.end.line),
        end_column: range.map(|range| range.end.column),
        text: place.text.unwrap_or_default(),
    }
}

fn related<'a>(place: &Place<'a>) -> Related<'a> {
    let range = place.range();
    Related {
        message: place.text,
        path: place.path,
        line: range.map(|range| range.start.line),
        column: range.map(|range| range.start.column),
        end_line: range.map(|range| range.end.line),
        end_column: range.map(|range| range.end.column),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Format, samples};

    #[test]
    fn each_fault_has_every_key_in_one_order() {
        let told = samples::render(Format::Json);
        let same_url = told.find("  {\n    \"code\": \"CB0601\"").unwrap();
        let end = told[same_url..].find("\n  }").unwrap() + same_url;
        assert_eq!(&told[same_url..end], EXPECTED);
        let all: serde_json::Value = serde_json::from_str(&told).unwrap();
        let keys = |n: usize| all[n].as_object().unwrap().keys().collect::<Vec<_>>();
        assert!((1..5).all(|n| keys(n) == keys(0)));
        assert_eq!(samples::render_none(Format::Json), "[]\n");
    }

    const EXPECTED: &str = r#"  {
    "code": "CB0601",
    "name": "same-url",
    "severity": "error",
    "message": "two pages are at /luton/",
    "help": "Change one of them",
    "path": "content/tŷ, 100%/a:b.md",
    "line": 1,
    "column": 1,
    "end_line": 2,
    "end_column": 1,
    "related": [
      {
        "message": "the other one",
        "path": "content/case-studies/luton.md",
        "line": 3,
        "column": 7,
        "end_line": 3,
        "end_column": 12
      }
    ],
    "fix": null"#;

    #[test]
    fn places_are_characters_and_null_where_there_are_none() {
        let all: serde_json::Value = serde_json::from_str(&samples::render(Format::Json)).unwrap();
        let places: Vec<_> = all
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| {
                let key = |key: &str| fault[key].to_string();
                [key("path"), key("line"), key("column"), key("end_line"), key("end_column")].join(" ")
            })
            .collect();
        let expected = [
            "null null null null null",
            r#""content/case-studies/luton.md" 5 10 5 17"#,
            r#""content/case-studies/luton.md" 7 7 7 7"#,
            r#""content/tŷ, 100%/a:b.md" 1 1 2 1"#,
            r#""content/old.md" null null null null"#,
        ];
        assert_eq!(places, expected);
        assert_eq!(all[2]["message"], "100% of <b>\"End\"</b> & more,\nis: empty\u{1b}");
    }
}
