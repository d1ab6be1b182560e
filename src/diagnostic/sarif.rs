//! SARIF 2.1.0: what code scanning services and many editors read.

use super::report::{Fault, Place, Range, to_json};
use super::{Code, Severity};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    name: &'static str,
    short_description: Text<'static>,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Text<'a>,
    artifact_changes: Vec<ArtifactChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

pub(super) fn render(faults: &[Fault]) -> String {
    let codes: BTreeSet<Code> = faults.iter().map(|fault| fault.diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let driver = Driver {
        name: "casebook",
        version: env!("CARGO_PKG_VERSION"),
        rules: codes.iter().map(|code| rule(*code)).collect(),
    };
    to_json(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            // Columns count characters, where SARIF's usual unit is that of UTF-16.
            column_kind: "unicodeCodePoints",
            results: faults.iter().map(|fault| result(fault, &codes)).collect(),
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn rule(code: Code) -> Rule {
    let rule = code.rule();
    Rule {
        id: code.to_string(),
        name: rule.name,
        short_description: Text { text: rule.explanation.lines().next().unwrap_or_default().into() },
        help: Help { text: rule.explanation, markdown: rule.explanation },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn result<'a>(fault: &Fault<'a>, codes: &[Code]) -> SarifResult<'a> {
    let code = fault.diagnostic.code;
    SarifResult {
        rule_id: code.to_string(),
        rule_index: codes.binary_search(&code).unwrap_or_default(),
        level: level(fault.diagnostic.severity),
        message: Text { text: fault.message_and_help().into() },
        // Code scanning refuses a result without a location: the library as a whole is its settings.
        locations: [Location { physical_location: physical(fault.path(), fault.range()), message: None }],
        related_locations: fault.related.iter().map(related).collect(),
        fixes: fault.diagnostic.fix.iter().map(|fix| mend(&fix.title, &fault.edits)).collect(),
    }
}

/// The edits of a fix, by file.
fn mend<'a>(title: &'a str, edits: &[Place<'a>]) -> SarifFix<'a> {
    let mut files: BTreeMap<&str, Vec<Replacement>> = BTreeMap::new();
    for edit in edits {
        let inserted_content = Text { text: edit.text.unwrap_or_default().into() };
        let deleted_region = region(edit.range());
        files.entry(edit.path).or_default().push(Replacement { deleted_region, inserted_content });
    }
    let change = |(path, replacements): (&str, Vec<Replacement<'a>>)| ArtifactChange {
        artifact_location: ArtifactLocation { uri: uri(path) },
        replacements,
    };
    SarifFix { description: Text { text: title.into() }, artifact_changes: files.into_iter().map(change).collect() }
}

fn related<'a>(place: &Place<'a>) -> Location<'a> {
    Location {
        physical_location: physical(place.path, place.range()),
        message: place.text.map(|text| Text { text: text.into() }),
    }
}

fn physical(path: &str, range: Option<Range>) -> PhysicalLocation {
    PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(path) }, region: region(range) }
}

/// Lines and columns; where there are none, the start of the file.
fn region(range: Option<Range>) -> Region {
    let first = Region { start_line: 1, start_column: 1, end_line: 1, end_column: 1 };
    range.map_or(first, |Range { start, end }| Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    })
}

/// A path as a relative URI reference: a space or a `ŵ` in it must be percent-encoded.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Format, samples};

    fn log() -> serde_json::Value {
        serde_json::from_str(&samples::render(Format::Sarif)).unwrap()
    }

    #[test]
    fn a_result_has_its_rule_and_its_places() {
        let expected = serde_json::json!({
            "ruleId": "CB0601",
            "ruleIndex": 3,
            "level": "error",
            "message": {"text": "two pages are at /luton/.\nChange one of them"},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": "content/t%C5%B7%2C%20100%25/a%3Ab.md"},
                "region": {"startLine": 1, "startColumn": 1, "endLine": 2, "endColumn": 1},
            }}],
            "relatedLocations": [{
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/case-studies/luton.md"},
                    "region": {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 12},
                },
                "message": {"text": "the other one"},
            }],
        });
        assert_eq!(log()["runs"][0]["results"][3], expected);
    }

    #[test]
    fn every_result_has_a_location_of_which_all_numbers_count_from_one() {
        let results = &log()["runs"][0]["results"];
        let region = |n: usize| &results[n]["locations"][0]["physicalLocation"]["region"];
        let first = serde_json::json!({"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1});
        assert_eq!((region(0), region(4)), (&first, &first));
        let end = serde_json::json!({"startLine": 7, "startColumn": 7, "endLine": 7, "endColumn": 7});
        assert_eq!(region(2), &end);
        assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "casebook.yaml");
    }

    #[test]
    fn the_rules_that_were_raised_are_told_with_their_help() {
        let log = log();
        let driver = &log["runs"][0]["tool"]["driver"];
        let ids: Vec<_> = driver["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
        assert_eq!(ids, ["CB0102", "CB0401", "CB0407", "CB0601", "CB0803"]);
        let rule = Code::BrokenLink.rule();
        assert_eq!(driver["rules"][1]["help"]["markdown"], rule.explanation);
        assert_eq!(log["version"], "2.1.0");
        let none: serde_json::Value = serde_json::from_str(&samples::render_none(Format::Sarif)).unwrap();
        assert_eq!(none["runs"][0]["results"], serde_json::json!([]));
    }
}
