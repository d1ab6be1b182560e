//! What the template engine has to say, as diagnostics.

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Position, SourceFile, Span, Theme},
};
use std::error::Error as _;
use tera::{Error, ErrorKind, ReportError};

/// The faults of templates that can't be compiled.
pub(super) fn of_compiling(theme: &Theme, error: &Error) -> Vec<Diagnostic> {
    let told = match error.kind() {
        ErrorKind::Msg(message) => reports(theme, message),
        _ => Vec::new(),
    };
    if told.is_empty() { vec![diagnostic(theme, error)] } else { told }
}

/// The fault of a template that failed while a page was made.
pub(super) fn of_rendering(theme: &Theme, error: &Error, page: &str) -> Diagnostic {
    let diagnostic = diagnostic(theme, error);
    let scope = diagnostic.help.clone().map(|help| format!("{help} ")).unwrap_or_default();
    diagnostic.help(format!("{scope}It was met while {page} was made."))
}

fn diagnostic(theme: &Theme, error: &Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => of_report(theme, report),
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("There is no template {parent} that this one could extend");
            at_word(theme, current, parent, Diagnostic::new(Code::InvalidTemplate, message))
        }
        ErrorKind::CircularExtend { tpl, .. } => at_word(
            theme,
            tpl,
            "extends",
            Diagnostic::new(Code::InvalidTemplate, "This template extends itself, perhaps through others"),
        ),
        ErrorKind::CircularInclude { tpl, .. } => at_word(
            theme,
            tpl,
            "include",
            Diagnostic::new(Code::InvalidTemplate, "This template includes itself, perhaps through others"),
        ),
        _ => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            Diagnostic::new(
                Code::InvalidTemplate,
                format!("A template failed: {}{cause}", unstopped(&error.to_string())),
            )
        }
    }
}

fn of_report(theme: &Theme, report: &ReportError) -> Diagnostic {
    let (message, scope) = report.message().split_once(". Available ").unwrap_or((report.message(), ""));
    let span = Span::from(report.span().range.clone());
    let file = file(theme, report.filename());
    let words = file.map_or("", |file| span.of(&file.text)).trim();
    let message = match message {
        "Tried to render a variable that is undefined" if !words.is_empty() => format!("`{words}` is not defined"),
        message => unstopped(message).to_owned(),
    };
    let mut diagnostic = Diagnostic::new(Code::InvalidTemplate, message);
    if let Some(file) = file {
        diagnostic = diagnostic.at(&file.path, span);
    }
    match scope {
        "" => diagnostic,
        scope => diagnostic.help(format!("Here are {scope}.")),
    }
}

/// The faults of a message that holds several reports, each `error: what` and `--> template:line:column` below it.
fn reports(theme: &Theme, message: &str) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let mut what = None;
    for line in message.lines() {
        if let Some(error) = line.strip_prefix("error: ") {
            what = Some(error);
        } else if let Some((name, place)) = line.trim_start().strip_prefix("--> ").and_then(place) {
            let Some(what) = what.take() else { continue };
            let diagnostic = Diagnostic::new(Code::InvalidTemplate, unstopped(what));
            told.push(match file(theme, name) {
                Some(file) => diagnostic.at(&file.path, word(&file.text, place.offset(&file.text))),
                None => diagnostic,
            });
        }
    }
    told
}

/// The template and the place of `name:line:column`.
fn place(text: &str) -> Option<(&str, Position)> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.trim().parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, Position { line, column }))
}

fn at_word(theme: &Theme, template: &str, word: &str, diagnostic: Diagnostic) -> Diagnostic {
    let Some(file) = file(theme, template) else { return diagnostic };
    let start = file.text.find(word);
    diagnostic.at(&file.path, start.map_or(Span::at(0), |start| Span::new(start, start + word.len())))
}

fn file<'a>(theme: &'a Theme, template: &str) -> Option<&'a SourceFile> {
    theme.templates.iter().find(|(name, _)| name == template).map(|(_, file)| file)
}

/// The name, or the text in quotation marks, that starts at an offset.
fn word(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(quoted) = rest.strip_prefix(['"', '\'', '`']) {
        return Span::new(at, at + quoted.find(['"', '\'', '`']).map_or(rest.len(), |length| length + 2));
    }
    let length = rest.find(|c: char| !c.is_alphanumeric() && !"_.".contains(c)).unwrap_or(rest.len());
    Span::new(at, at + length)
}

fn unstopped(message: &str) -> &str {
    message.trim().trim_end_matches('.')
}
