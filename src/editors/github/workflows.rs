//! The workflows: check and preview, comment, publish, and a page from an issue.
//!
//! What somebody outside wrote (a title, a text, the name of a branch) never stands in a script: it comes as a variable
//! or from a file. Whatever runs what a pull request brings has no secret and can write nothing; whatever can write
//! runs from the main branch. Actions are pinned by their commits.

use crate::editors::{Program, Rules, ToolFile};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde_json::Value;

/// The label that turns an issue into a page.
pub const LABEL: &str = "casebook";

/// The actions, each at a commit, with the version that it is.
const ACTIONS: [(&str, &str); 6] = [
    ("checkout", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"),
    ("cache", "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5"),
    ("upload", "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0"),
    ("download", "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1"),
    ("upload-pages", "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0"),
    ("deploy-pages", "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0"),
];

/// The script that fetches a revision of the program and compiles it.
const FETCHED: [&str; 5] = [
    r#"git init --quiet "$RUNNER_TEMP/casebook""#,
    r#"cd "$RUNNER_TEMP/casebook""#,
    r#"git fetch --quiet --depth 1 "$CASEBOOK_SOURCE" "$CASEBOOK_REVISION""#,
    "git checkout --quiet FETCH_HEAD",
    "cargo install --locked --path .",
];

/// What the program is compiled of, in the folder of its sources.
const SOURCES: [&str; 5] = ["Cargo.*", "build.rs", "docs/diagnostics/**", "src/**", "themes/civic/**"];

const WORDS: [&str; 5] = ["preview_link", "issue_title", "issue_made", "issue_failed", "issue_taken"];

const WORKFLOWS: [(&str, &str); 4] = [
    ("casebook-check", include_str!("check.yml")),
    ("casebook-comment", include_str!("comment.yml")),
    ("casebook-publish", include_str!("publish.yml")),
    ("casebook-issue", include_str!("issue.yml")),
];

/// The workflows of a library.
pub(super) fn workflows(rules: Rules<'_>, program: Program<'_>, made_by: &str) -> Vec<ToolFile> {
    let mut values = vec![
        // What is put into it comes behind it.
        ("install".to_owned(), include_str!("install.yml").trim_end().to_owned()),
        ("env".to_owned(), env(program)),
        ("program".to_owned(), installation(program)),
        ("program-key".to_owned(), key(program)),
        ("branch".to_owned(), quoted(&rules.config.branch)),
        ("crons".to_owned(), crons(rules)),
        ("label".to_owned(), LABEL.to_owned()),
    ];
    values.extend(ACTIONS.map(|(name, action)| (name.to_owned(), action.to_owned())));
    values.extend(WORDS.map(|key| (format!("word:{key}"), quoted(&rules.words(key, &[])))));
    let filled = |text: &str| {
        values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value))
    };
    let workflows = WORKFLOWS.iter().map(|(name, text)| ToolFile {
        path: format!(".github/workflows/{name}.yml"),
        text: format!("{made_by}{}", filled(text)),
    });
    workflows.collect()
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// What all jobs of a workflow are told of the program.
fn env(program: Program<'_>) -> String {
    program.revision().map_or(String::new(), |revision| {
        let source = quoted(env!("CARGO_PKG_REPOSITORY"));
        format!("env:\n  CASEBOOK_SOURCE: {source}\n  CASEBOOK_REVISION: {}\n\n", quoted(&revision))
    })
}

/// The script that compiles the program.
fn installation(program: Program<'_>) -> String {
    let lines = match program {
        Program::Folder(folder) => vec![format!("cargo install --locked --path {folder}")],
        Program::Version | Program::Revision(_) => FETCHED.map(str::to_owned).to_vec(),
    };
    lines.iter().map(|line| format!("          {line}")).collect::<Vec<_>>().join("\n")
}

/// What says whether a program that was kept is the one.
fn key(program: Program<'_>) -> String {
    match program {
        Program::Folder(folder) => {
            let files = SOURCES.map(|source| match folder {
                "." => format!("'{source}'"),
                _ => format!("'{folder}/{source}'"),
            });
            format!("${{{{ hashFiles({}) }}}}", files.join(", "))
        }
        Program::Version | Program::Revision(_) => "${{ env.CASEBOOK_REVISION }}".to_owned(),
    }
}

/// Five minutes past midnight in the library's time zone, as hosts tell it: in UTC, in January and in July.
pub(in crate::editors) fn midnights(rules: Rules<'_>) -> Vec<(i8, i8)> {
    let (zone, year) = (rules.config.now.time_zone(), rules.config.now.year());
    let mut times: Vec<(i8, i8)> = [1, 7]
        .iter()
        .filter_map(|month| {
            let midnight = Date::new(year, *month, 15).ok()?.to_zoned(zone.clone()).ok()?;
            let time = midnight.checked_add(5.minutes()).ok()?.with_time_zone(TimeZone::UTC);
            Some((time.hour(), time.minute()))
        })
        .collect();
    times.sort_unstable();
    times.dedup();
    times
}

fn crons(rules: Rules<'_>) -> String {
    let lines = midnights(rules).into_iter().map(|(hour, minute)| format!("    - cron: \"{minute} {hour} * * *\""));
    lines.collect::<Vec<_>>().join("\n")
}
