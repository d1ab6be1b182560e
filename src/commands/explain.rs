//! `casebook explain CODE`, and the reference page of all codes: both from the one catalogue.

use super::{Status, say::give};
use crate::{
    cli::Explain,
    diagnostic::{Code, Rule, Severity, rules},
};
use std::fmt::Write as _;

pub(super) fn command(options: &Explain) -> Result<Status, String> {
    let line = |Rule { code, name, explanation, .. }: &Rule| {
        format!("{code} {name:<24} {}\n", explanation.lines().next().unwrap_or_default())
    };
    give(match &options.code {
        Some(code) => explain(code)?,
        None => rules().iter().map(line).collect(),
    })?;
    Ok(Status::Clean)
}

/// What the catalogue says of a code, given as `CB0401`, `401` or `broken-link`; where there is no such
/// code, a sentence that names the nearest.
pub fn explain(code: &str) -> Result<String, String> {
    let rule = Code::find(code).map(Code::rule).ok_or_else(|| unknown(code))?;
    Ok(format!("{} {} ({})\n\n{}", rule.code, rule.name, level(rule), rule.explanation))
}

/// The whole of docs/diagnostics.md.
pub fn reference() -> String {
    let mut page = String::from(INTRODUCTION);
    page.push_str("| code | name | level | can be changed |\n| --- | --- | --- | --- |\n");
    for rule in rules() {
        let Rule { code, name, .. } = rule;
        let anchor = format!("{code}-{name}").to_lowercase();
        let changed = if rule.fixed { "no" } else { "yes" };
        let _ = writeln!(page, "| [{code}](#{anchor}) | `{name}` | {} | {changed} |", usual(rule.severity));
    }
    for rule in rules() {
        let _ = write!(page, "\n## {} {}\n\n{}", rule.code, rule.name, rule.explanation);
    }
    page
}

const INTRODUCTION: &str = "\
# What Casebook may say of a library

`casebook check` and `casebook build` tell every fault of every file in one run, each at its line and column.
Every kind of fault has a code and a name. `casebook explain CB0401` (or `401`, or `broken-link`) shows at the
terminal what this page says of it.

An **error** stops the build: the site stays as it was. A **warning** is told, and the site is built; with
`--strict` a warning stops the build as well.

## Setting levels

`casebook.yaml` says how gravely the library takes a fault: `error`, `warning` or `off`. A folder below
`content/` can differ from the rest of the library; of several folders that hold a file, the longest path wins.

```yaml
levels:
  unknown-field: warning
  vague-link-text: error
folders:
  imported:
    levels:
      broken-link: warning
      skipped-heading-level: off
```

What would break the site stays an error: the table says so. A single fault is left as it is by a note beside it, with
a reason: [language.md](language.md#leaving-something-as-it-is).

## All faults

";

fn level(rule: &Rule) -> String {
    let usual = usual(rule.severity);
    if rule.fixed { format!("always an {usual}") } else { format!("{usual}, unless casebook.yaml says otherwise") }
}

fn usual(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn unknown(code: &str) -> String {
    let wanted = code.trim().to_lowercase();
    let number = wanted.strip_prefix("cb").unwrap_or(&wanted).parse::<u16>();
    let distance = |rule: &&Rule| match number {
        Ok(number) => usize::from(rule.number.abs_diff(number)),
        Err(_) => strsim::damerau_levenshtein(&wanted, rule.name),
    };
    let nearest = rules().iter().min_by_key(distance);
    let nearest = nearest.map_or_else(String::new, |rule| format!(". Did you mean `{}` ({})?", rule.name, rule.code));
    format!("Casebook knows no fault `{}`{nearest}", code.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_explained_by_each_of_its_names() {
        let told = explain("CB0401").unwrap();
        assert!(told.starts_with("CB0401 broken-link (error, unless casebook.yaml says otherwise)\n\nA link"));
        for name in ["cb0401", "401", " broken-link ", "Broken-Link"] {
            assert_eq!(explain(name).as_ref(), Ok(&told));
        }
        assert!(explain("same-url").unwrap().starts_with("CB0601 same-url (always an error)\n\n"));
    }

    #[test]
    fn an_unknown_code_is_told_the_nearest() {
        let told = |code| explain(code).unwrap_err();
        assert_eq!(told("brokn-link"), "Casebook knows no fault `brokn-link`. Did you mean `broken-link` (CB0401)?");
        assert_eq!(told("CB0709"), "Casebook knows no fault `CB0709`. Did you mean `invalid-theme-file` (CB0703)?");
    }

    #[test]
    fn the_reference_has_every_code_once_as_a_heading_and_in_the_table() {
        let page = reference();
        for rule in rules() {
            let heading = format!("\n## {} {}\n", rule.code, rule.name);
            assert_eq!(page.matches(&heading).count(), 1, "{}", rule.name);
            let row = format!("\n| [{}](#{}-{})", rule.code, rule.code.to_string().to_lowercase(), rule.name);
            assert_eq!(page.matches(&row).count(), 1, "{}", rule.name);
        }
        assert!(!page.contains("\n\n\n") && page.ends_with('\n'));
    }
}
