//! Workflow commands: GitHub shows each fault beside its line in the pull request.
//!
//! The runner drops an annotation, with a word in its debug log only, where `col` or `endColumn` is set though
//! `line` and `endLine` differ, and where `endColumn` is less than `col`. So a fault over several lines has
//! no columns; a span's end never comes before its start.

use super::Severity;
use super::report::Fault;

pub(super) fn render(faults: &[Fault]) -> String {
    faults.iter().map(command).collect()
}

fn command(fault: &Fault) -> String {
    let severity = match fault.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    let mut property = |name: &str, value: &str| properties.push(format!("{name}={}", escape_property(value)));
    let mut data = fault.message_and_help();
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
    property("title", &fault.title());
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
    use crate::diagnostic::{Format, samples};

    #[test]
    fn each_fault_is_one_command() {
        let expected = [
            "::error title=CB0803 output-busy::another build is at work",
            "::error file=content/case-studies/luton.md,line=5,endLine=5,col=10,endColumn=17,\
             title=CB0401 broken-link::content/case-studies/luton.md:5:10: there is no page `gone.md`.\
             %0ALink to a page of content/",
            "::warning file=content/case-studies/luton.md,line=7,endLine=7,col=7,endColumn=7,\
             title=CB0407 empty-section::content/case-studies/luton.md:7:7: \
             100%25 of <b>\"End\"</b> & more,%0Ais: empty\u{1b}",
            "::error file=content/tŷ%2C 100%25/a%3Ab.md,line=1,endLine=2,\
             title=CB0601 same-url::content/tŷ, 100%25/a:b.md:1:1: two pages are at /luton/.%0AChange one of them",
            "::error file=content/old.md,title=CB0102 not-utf8::content/old.md: this file is not UTF-8",
        ];
        assert_eq!(samples::render(Format::Github).lines().collect::<Vec<_>>(), expected);
        assert_eq!(samples::render_none(Format::Github), "");
    }
}
