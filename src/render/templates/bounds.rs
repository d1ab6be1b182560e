//! What the engine would read for ever, or until the stack ends, told before it sees it.

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{SourceFile, Span, Theme},
};
use std::collections::HashSet;

/// How many other templates one may take in, through others too: they may all stand in one row.
const MOST_TEMPLATES: usize = 200;
/// How many times a condition may go on in one template. Each stands in the one before.
const MOST_CONDITIONS: usize = 500;

/// The first fault of each sort.
pub(super) fn check(theme: &Theme) -> Vec<Diagnostic> {
    let row = theme.templates.iter().find_map(|(name, file)| row(theme, name, file));
    let condition = theme.templates.iter().find_map(|(_, file)| condition(file));
    row.into_iter().chain(condition).collect()
}

fn row(theme: &Theme, name: &str, file: &SourceFile) -> Option<Diagnostic> {
    let mut known = HashSet::from([name]);
    let mut waiting = vec![file];
    while let Some(file) = waiting.pop() {
        for span in taken_in(&file.text) {
            let wanted = span.of(&file.text);
            if !known.insert(wanted) {
                continue;
            }
            if known.len() > MOST_TEMPLATES {
                let message = format!("More than {MOST_TEMPLATES} templates take each other in, one through the other");
                let help = "Let one of them hold what the others have.".to_owned();
                return Some(Diagnostic::new(Code::InvalidTemplate, message).at(&file.path, span).help(help));
            }
            waiting.extend(theme.template(wanted));
        }
    }
    None
}

fn condition(file: &SourceFile) -> Option<Diagnostic> {
    let (at, _) = tags(&file.text).filter(|(_, rest)| rest.starts_with("elif")).nth(MOST_CONDITIONS)?;
    let message = format!("This template has more than {MOST_CONDITIONS} `elif`");
    let fault = Diagnostic::new(Code::InvalidTemplate, message).at(&file.path, Span::new(at, at + "elif".len()));
    Some(fault.help("Look the value up in a map, or make two templates of this one."))
}

/// The names of the templates that one includes or extends.
fn taken_in(text: &str) -> impl Iterator<Item = Span> {
    tags(text).filter_map(|(at, rest)| {
        let name = rest.strip_prefix("include").or_else(|| rest.strip_prefix("extends"))?.trim_ascii_start();
        let quote = name.chars().next().filter(|c| "\"'`".contains(*c))?;
        let inside = name.get(1..)?;
        let start = at + rest.len() - inside.len();
        Some(Span::new(start, start + inside.find(quote)?))
    })
}

/// What stands in each tag, from its first word on, and where that is.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("{%").filter_map(|(at, open)| {
        let rest = text.get(at + open.len()..)?;
        let word = rest.strip_prefix('-').unwrap_or(rest).trim_ascii_start();
        Some((text.len() - word.len(), word))
    })
}
