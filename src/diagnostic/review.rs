//! What a program can mend in a pull request, as a review with suggestions: the body of GitHub's
//! `POST /repos/{owner}/{repo}/pulls/{number}/reviews`.
//!
//! GitHub refuses a review as a whole where one of its comments stands on a line that the pull request does not show,
//! so only what stands on such lines is suggested, and the rest is counted.

use super::{
    Diagnostic, ShownLines, SourceTexts,
    report::to_json,
    suggestion::{Suggestion, suggestions},
    summary::words,
};
use crate::markdown::longest_run;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many suggestions a review has: whoever gets more reads none.
const MOST: usize = 20;

/// What is reviewed.
pub struct Review<'a> {
    /// The commit that the lines are of.
    pub commit: &'a str,
    /// The library's folder in its repository; empty, or with `/` at its end.
    pub folder: &'a str,
    /// The lines that can have a suggestion.
    pub shown: &'a ShownLines,
}

#[derive(Serialize)]
struct Body<'a> {
    commit_id: &'a str,
    event: &'static str,
    body: String,
    comments: Vec<Comment>,
}

#[derive(Serialize)]
struct Comment {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_side: Option<&'static str>,
    line: usize,
    side: &'static str,
    body: String,
}

/// The review; nothing where there is nothing to suggest.
pub fn review(faults: &[Diagnostic], texts: &dyn SourceTexts, review: &Review<'_>) -> Option<String> {
    let mut suggested = suggestions(faults, texts, review.shown);
    suggested.truncate(MOST);
    let mended = suggested.iter().map(|suggestion| suggestion.faults.len()).sum::<usize>();
    let fixes = faults.iter().filter(|fault| fault.fix.is_some()).count();
    let mut seen = BTreeMap::new();
    let comments: Vec<Comment> =
        suggested.iter().map(|suggestion| comment(suggestion, review.folder, &mut seen)).collect();
    (!comments.is_empty()).then(|| {
        let body = introduction(fixes - mended, faults.len() - fixes);
        to_json(&Body { commit_id: review.commit, event: "COMMENT", body, comments })
    })
}

/// What is offered, and how much is not.
fn introduction(by_program: usize, by_hand: usize) -> String {
    let mut text =
        "Casebook can mend some of this by itself. Each suggestion mends its lines: look it over, and commit \
                    what you agree with."
            .to_owned();
    let mut add = |number: usize, one: &str, many: &str, rest: &str| {
        if number > 0 {
            text += &format!("\n\n{number} {} {rest}", if number == 1 { one } else { many });
        }
    };
    add(
        by_program,
        "more fault can be mended so, where no suggestion can stand or beyond what one review holds:",
        "more faults can be mended so, where no suggestion can stand or beyond what one review holds:",
        "`casebook check --fix` does it.",
    );
    add(by_hand, "fault needs", "faults need", "somebody to decide: the check of this pull request says which.");
    text
}

fn comment(suggestion: &Suggestion, folder: &str, seen: &mut BTreeMap<String, usize>) -> Comment {
    let (first, last) = (*suggestion.numbers.start(), *suggestion.numbers.end());
    let several = (first < last).then_some(());
    let said: Vec<String> = suggestion.faults.iter().map(|fault| words(fault)).collect();
    let now = &suggestion.now;
    let fence = "`".repeat(longest_run(now).max(2) + 1);
    let mark = mark(suggestion, seen);
    Comment {
        path: format!("{folder}{}", suggestion.path),
        start_line: several.map(|()| first),
        start_side: several.map(|()| "RIGHT"),
        line: last,
        side: "RIGHT",
        body: format!("{mark}\n{}\n\n{fence}suggestion\n{now}{fence}\n", said.join("\n\n")),
    }
}

/// What a suggestion is known by when the next push has it again. Lines move, so their numbers are left out; those that
/// are alike are told apart by their order.
fn mark(suggestion: &Suggestion, seen: &mut BTreeMap<String, usize>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [suggestion.path, suggestion.before, &suggestion.now] {
        hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
    }
    let alike = seen.entry(hasher.finalize().to_hex().to_string()).or_default();
    hasher.update(&alike.to_le_bytes());
    *alike += 1;
    let name: String = hasher.finalize().to_hex().chars().take(16).collect();
    format!("<!-- casebook {name} -->")
}
