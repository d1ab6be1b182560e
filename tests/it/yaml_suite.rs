//! YAML's own test suite, through the way in for all YAML: an error where it says error, and otherwise the values
//! that another parser finds.
//!
//! The parser below us reads YAML 1.1 with the plain words of 1.2; where it differs from the suite, [`BEYOND`] has the
//! case with the reason. What it takes though the suite wants an error, a second parser refuses.

use crate::site::Site;
use casebook::yaml;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One case of the suite.
#[derive(Deserialize)]
struct Case {
    /// Its name in the suite, and which of its parts it is.
    id: String,
    name: String,
    yaml: String,
    /// True where the suite wants an error.
    fails: bool,
    /// The values of its documents as another parser finds them; nothing where that finds an error.
    documents: Option<Vec<Value>>,
}

/// The cases that come out otherwise, by the reason.
const BEYOND: &[(&str, &[&str])] = &[
    (
        "an error: a tab where YAML 1.1 has blanks",
        &[
            "6BCT-1", "6CA3-1", "96NN-1", "96NN-2", "A2M4-1", "DK95-1", "DK95-4", "DK95-5", "Q5MG-1", "R4YG-1",
            "Y79Y-2", "Y79Y-11",
        ],
    ),
    (
        "an error: a colon or a question mark that YAML 1.1 reads otherwise within brackets",
        &[
            "4ABK-1", "4MUZ-1", "4MUZ-2", "4MUZ-3", "58MP-1", "5MUD-1", "5T43-1", "9SA2-1", "DBG4-1", "HM87-1",
            "K3WX-1", "NJ66-1", "VJP3-2",
        ],
    ),
    (
        "an error: a key that is empty",
        &["CFD4-1", "FH7J-1", "FRK4-1", "M2N8-1", "NHX8-1", "S3PD-1", "SM9W-2", "UKK6-1"],
    ),
    (
        "an error: an anchor with more than letters, digits, - and _ in its name, or as a key",
        &["2SXE-1", "6M2F-1", "8XYN-1", "W5VH-1", "X38W-1"],
    ),
    ("an error: a directive that YAML 1.1 does not know", &["2LFX-1", "6LVF-1", "BEC7-1", "MUS6-6", "MUS6-7"]),
    (
        "an error: a block text that is indented by nothing, or an end without a beginning",
        &["DK3J-1", "FP8R-1", "HWV9-1", "QT73-1"],
    ),
    ("the text as it stands: a tag asks for more than JSON has", &["565N-1", "J7PZ-1", "S4JQ-1", "UKK6-3"]),
    (
        "YAML 1.1 takes `?` within brackets for the mark of a key, and ends an anchor at a colon",
        &["652Z-1", "HM87-2", "Y2GN-1"],
    ),
    ("a last line of blanks without an end counts for nothing", &["JEF9-3", "L24T-2"]),
    ("the other parser finds an error where the suite wants none", &["2JQS-1"]),
];

/// A value in the form of `tests/browser/yaml-suite.mjs`.
fn plain(value: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => json!(value),
        Yaml::Number(number) => match number.as_f64() {
            Some(figure) if figure.is_finite() => json!(figure),
            Some(figure) if figure.is_nan() => json!({ "number": "NaN" }),
            _ => json!({ "number": if number.as_f64() > Some(0.0) { "Infinity" } else { "-Infinity" } }),
        },
        Yaml::String(text) => json!(text),
        Yaml::Sequence(items) => items.into_iter().map(plain).collect(),
        Yaml::Mapping(pairs) => {
            let pairs: Vec<Value> = pairs.into_iter().map(|(key, value)| json!([plain(key), plain(value)])).collect();
            json!({ "pairs": pairs })
        }
        Yaml::Tagged(tagged) => plain(tagged.value),
    }
}

/// The same with every number as one with a point: JSON tells 1 from 1.0.
fn even(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(even).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), even(value))).collect(),
        other => other.clone(),
    }
}

/// What is wrong with what we make of a case.
fn fault(case: &Case) -> Option<String> {
    let ours = yaml::parse(&case.yaml).map(plain);
    let wanted = match &case.documents {
        _ if case.fails => None,
        // A front matter is one document.
        Some(documents) if documents.len() > 1 => None,
        Some(documents) => Some(even(documents.first().unwrap_or(&Value::Null))),
        None => return Some("the other parser finds an error where the suite wants none".to_owned()),
    };
    match (&ours, &wanted) {
        (Err(_), None) => None,
        (Ok(ours), Some(wanted)) if even(ours) == *wanted => None,
        _ => Some(format!("ours:   {}\n  wanted: {}", shown(ours.ok()), shown(wanted))),
    }
}

fn shown(value: Option<Value>) -> String {
    value.map_or_else(|| "an error".to_owned(), |value| value.to_string())
}

#[test]
#[ignore = "needs the suite: `node tests/browser/yaml-suite.mjs` prints it, CASEBOOK_YAML_SUITE is the path of that file"]
fn every_case_of_yaml_s_own_suite_is_read_or_told_of() {
    let path = std::env::var("CASEBOOK_YAML_SUITE").expect("CASEBOOK_YAML_SUITE is the path of the suite");
    let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(&path).expect(&path)).unwrap();
    assert_eq!(cases.len(), 402);
    let beyond: BTreeMap<&str, &str> =
        BEYOND.iter().flat_map(|(why, ids)| ids.iter().map(move |id| (*id, *why))).collect();
    let mut faults = Vec::new();
    for case in &cases {
        match (fault(case), beyond.get(case.id.as_str())) {
            (None, None) | (Some(_), Some(_)) => {}
            (None, Some(why)) => faults.push(format!("{} is as it should be, and listed as: {why}", case.id)),
            (Some(fault), None) => faults.push(format!("{} {}: {:?}\n  {fault}", case.id, case.name, case.yaml)),
        }
    }
    assert!(faults.is_empty(), "{}\n{} of {} differ", faults.join("\n"), faults.len(), cases.len());
}

#[test]
fn what_one_parser_takes_and_yaml_forbids_is_told_of_at_its_place_with_what_to_do() {
    let site = [
        ("note", "summary: \"S\"# a note\n"),
        ("list", "tags: [a,\nb]\n"),
        ("text", "summary: \"one\ntwo\"\n"),
        ("dash", "tags: [-]\n"),
    ]
    .into_iter()
    .fold(Site::new(), |site, (name, line)| {
        site.file(&format!("content/{name}.md"), format!("---\ntitle: A\n{line}---\n"))
    });
    let said = site.run(&["check"]).stderr();
    for fault in [
        "content/note.md:3:13: error[CB0202 invalid-yaml]: A `#` stands right behind a value",
        "content/list.md:4:1: error[CB0202 invalid-yaml]: A value goes on over a line that is not indented",
        "content/text.md:3:10: error[CB0202 invalid-yaml]: A value goes on over a line that is not indented",
        "content/dash.md:3:8: error[CB0202 invalid-yaml]: A value can't start with this character",
    ] {
        assert!(said.contains(fault), "{fault}\n{said}");
    }
}
