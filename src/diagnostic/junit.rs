//! JUnit's XML, which every continuous integration can show: a suite a file, a test a fault.
//!
//! An error is a failed test. JUnit knows no warnings; one is a skipped test, as that is shown with its
//! words but fails nothing. No faults at all is one test that passed: some readers refuse an empty report.

use super::Severity;
use super::report::Fault;
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn render(faults: &[Fault]) -> String {
    let mut suites: BTreeMap<&str, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        suites.entry(fault.path()).or_default().push(fault);
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"casebook\" {}>", counts(faults.iter()));
    for (path, faults) in &suites {
        let _ = writeln!(out, "  <testsuite name=\"{}\" {}>", escape(path), counts(faults.iter().copied()));
        for fault in faults {
            test_case(&mut out, fault);
        }
        out.push_str("  </testsuite>\n");
    }
    if suites.is_empty() {
        out.push_str("  <testsuite name=\"casebook\" tests=\"1\" failures=\"0\" skipped=\"0\">\n");
        out.push_str("    <testcase name=\"no faults\" classname=\"casebook\"/>\n  </testsuite>\n");
    }
    out + "</testsuites>\n"
}

fn counts<'a, 'b: 'a>(faults: impl Iterator<Item = &'a Fault<'b>> + Clone) -> String {
    let total = faults.clone().count();
    let failures = faults.filter(|fault| fault.diagnostic.is_error()).count();
    format!("tests=\"{}\" failures=\"{failures}\" skipped=\"{}\"", total.max(1), total - failures)
}

fn test_case(out: &mut String, fault: &Fault) {
    let place = fault.place.as_ref().map_or_else(|| fault.path().to_owned(), ToString::to_string);
    let class = fault.path().strip_suffix(".md").unwrap_or(fault.path());
    let _ = write!(out, "    <testcase name=\"{} at {}\"", fault.diagnostic.title(), escape(&place));
    let _ = write!(out, " classname=\"{}\" file=\"{}\"", escape(class), escape(fault.path()));
    if let Some(range) = fault.range() {
        let _ = write!(out, " line=\"{}\"", range.start.line);
    }
    let message = escape(&fault.diagnostic.message);
    let body = escape(&format!("{place}: {}", fault.message_and_help()));
    let kind = fault.diagnostic.code.rule().name;
    let _ = match fault.diagnostic.severity {
        Severity::Error => {
            writeln!(out, ">\n      <failure type=\"{kind}\" message=\"{message}\">{body}</failure>")
        }
        Severity::Warning => writeln!(out, ">\n      <skipped message=\"{message}\">{body}</skipped>"),
    };
    out.push_str("    </testcase>\n");
}

/// Text for an attribute or an element. XML 1.0 has no form at all for most control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A reader turns a bare one into a space inside an attribute.
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Format, samples};

    #[test]
    fn each_file_is_a_suite_and_each_fault_a_test() {
        assert_eq!(samples::render(Format::Junit), EXPECTED);
    }

    #[test]
    fn no_faults_are_a_test_that_passed() {
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="casebook" tests="1" failures="0" skipped="0">
  <testsuite name="casebook" tests="1" failures="0" skipped="0">
    <testcase name="no faults" classname="casebook"/>
  </testsuite>
</testsuites>
"#;
        assert_eq!(samples::render_none(Format::Junit), expected);
    }

    const EXPECTED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="casebook" tests="5" failures="4" skipped="1">
  <testsuite name="casebook.yaml" tests="1" failures="1" skipped="0">
    <testcase name="CB0803 output-busy at casebook.yaml" classname="casebook.yaml" file="casebook.yaml">
      <failure type="output-busy" message="another build is at work">casebook.yaml: another build is at work</failure>
    </testcase>
  </testsuite>
  <testsuite name="content/case-studies/luton.md" tests="2" failures="1" skipped="1">
    <testcase name="CB0401 broken-link at content/case-studies/luton.md:5:10" classname="content/case-studies/luton" file="content/case-studies/luton.md" line="5">
      <failure type="broken-link" message="there is no page `gone.md`">content/case-studies/luton.md:5:10: there is no page `gone.md`.&#10;Link to a page of content/</failure>
    </testcase>
    <testcase name="CB0407 empty-section at content/case-studies/luton.md:7:7" classname="content/case-studies/luton" file="content/case-studies/luton.md" line="7">
      <skipped message="100% of &lt;b&gt;&quot;End&quot;&lt;/b&gt; &amp; more,&#10;is: empty�">content/case-studies/luton.md:7:7: 100% of &lt;b&gt;&quot;End&quot;&lt;/b&gt; &amp; more,&#10;is: empty�</skipped>
    </testcase>
  </testsuite>
  <testsuite name="content/old.md" tests="1" failures="1" skipped="0">
    <testcase name="CB0102 not-utf8 at content/old.md" classname="content/old" file="content/old.md">
      <failure type="not-utf8" message="this file is not UTF-8">content/old.md: this file is not UTF-8</failure>
    </testcase>
  </testsuite>
  <testsuite name="content/tŷ, 100%/a:b.md" tests="1" failures="1" skipped="0">
    <testcase name="CB0601 same-url at content/tŷ, 100%/a:b.md:1:1" classname="content/tŷ, 100%/a:b" file="content/tŷ, 100%/a:b.md" line="1">
      <failure type="same-url" message="two pages are at /luton/">content/tŷ, 100%/a:b.md:1:1: two pages are at /luton/.&#10;Change one of them</failure>
    </testcase>
  </testsuite>
</testsuites>
"#;
}
