//! What the template engine has to say, as diagnostics.

mod known;
mod words;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Position, SourceFile, Span, Theme},
};
use known::did_you_mean;
use std::error::Error as _;
use tera::{Context, Error, ErrorKind, ReportError, Tera};

/// A page, or a block of one, that was to be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt<'a> {
    /// The page, in words: `/a/ from content/a.md`.
    pub(super) page: &'a str,
    /// The template.
    pub(super) template: &'a str,
    /// The engine that the template is in.
    pub(super) tera: &'a Tera,
    /// What the template was given.
    pub(super) context: &'a Context,
}

/// The faults of templates that can't be compiled.
pub(super) fn of_compiling(theme: &Theme, error: &Error) -> Vec<Diagnostic> {
    let told = match error.kind() {
        ErrorKind::Msg(message) => reports(theme, message),
        _ => Vec::new(),
    };
    if told.is_empty() { vec![diagnostic(theme, error)] } else { told }
}

/// The fault of a template that failed while a page was made.
pub(super) fn of_rendering(theme: &Theme, error: &Error, attempt: Attempt<'_>) -> Diagnostic {
    let mut diagnostic = diagnostic(theme, error);
    for (name, position) in callers(&error.to_string()) {
        if let Some(file) = theme.template(name) {
            let at = word(&file.text, position.offset(&file.text));
            diagnostic = diagnostic.related(&file.path, at, "called from here");
        }
    }
    if diagnostic.place.is_none()
        && let Some(file) = theme.template(attempt.template)
    {
        diagnostic = diagnostic.at(&file.path, Span::at(0));
    }
    let told = diagnostic.help.clone();
    let help = told.filter(|help| [words::SCOPE, words::KEYS].iter().any(|names| help.contains(names))).or_else(|| {
        let scope = scope(theme, &diagnostic, attempt)?;
        Some(format!(
            "{}{} {scope}.",
            diagnostic.help.as_ref().map(|help| format!("{help} ")).unwrap_or_default(),
            words::SCOPE
        ))
    });
    let help = help.map(|help| format!("{help} ")).unwrap_or_default();
    diagnostic.help(format!("{help}It was met while {} was made.", attempt.page))
}

/// The names that are in scope at a fault: the arguments of the component that it is in, or what the page gives.
fn scope(theme: &Theme, diagnostic: &Diagnostic, attempt: Attempt<'_>) -> Option<String> {
    let place = diagnostic.place.as_ref()?;
    let text = &theme.templates.iter().find(|(_, file)| file.path == place.path)?.1.text;
    if let Some(component) = known::component_around(text, place.span.start) {
        let definition = attempt.tera.get_component_definition(component)?;
        let mut names: Vec<&str> = definition.args().iter().map(|argument| argument.name()).collect();
        names.sort_unstable();
        return Some(names.join(", ")).filter(|names| !names.is_empty());
    }
    let names =
        attempt.tera.render_str("{{ __tera_context | keys | sort | join(sep=\", \") }}", attempt.context, false);
    names.ok().filter(|names| !names.is_empty())
}

fn diagnostic(theme: &Theme, error: &Error) -> Diagnostic {
    let fault = |message: String| Diagnostic::new(Code::InvalidTemplate, message);
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => of_report(theme, report),
        ErrorKind::MissingParent { current, parent } => {
            let fault = fault(format!("There is no template {parent} that this one could extend"));
            at_word(theme, current, parent, fault.help(did_you_mean(parent, known::templates(theme))))
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            let fault = at_word(
                theme,
                tpl,
                "extends",
                fault("This template extends itself, perhaps through others".to_owned()),
            );
            match theme.parents.iter().find(|parent| theme.templates.iter().any(|(name, _)| *name == format!("{parent}/{tpl}"))) {
                Some(parent) => fault.help(format!(
                    "To build on the template of that name in the theme {parent}, write `{{% extends \"{parent}/{tpl}\" %}}`."
                )),
                None => fault,
            }
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            at_word(theme, tpl, "include", fault("This template includes itself, perhaps through others".to_owned()))
        }
        _ => of_message(theme, error),
    }
}

/// A fault that the engine gives no place.
fn of_message(theme: &Theme, error: &Error) -> Diagnostic {
    let message = error.to_string();
    if let Some((component, first, second)) = words::defined_twice(&message) {
        let fault = Diagnostic::new(Code::InvalidTemplate, format!("There are two components called `{component}`"));
        let fault = at_word(theme, second, component, fault.help("Give one of them another name."));
        return match theme.template(first) {
            Some(other) => fault.related(&other.path, find(&other.text, component), "the other one"),
            None => fault,
        };
    }
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    let (message, help) = words::plain(&message, "");
    let fault = Diagnostic::new(Code::InvalidTemplate, format!("{message}{cause}"));
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

fn of_report(theme: &Theme, report: &ReportError) -> Diagnostic {
    let file = theme.templates.iter().find(|(name, _)| name == report.filename()).map(|(_, file)| file);
    let span = Span::from(report.span().range.clone());
    // What `kept` renders fails by itself: its report is the message, and this is the place that asked for it.
    if let Some(fault) = reports(theme, report.message()).into_iter().next() {
        return match file {
            Some(file) => fault.related(&file.path, span, "called from here"),
            None => fault,
        };
    }
    let span = file.map_or(span, |file| words::whole(report.message(), &file.text, span));
    let (message, help) = words::plain(report.message(), file.map_or("", |file| span.of(&file.text)));
    let mut diagnostic = Diagnostic::new(Code::InvalidTemplate, message);
    if let Some(file) = file {
        diagnostic = diagnostic.at(&file.path, span);
    }
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The faults of a message that holds several reports, each `error: what` and `--> template:line:column` below it.
fn reports(theme: &Theme, message: &str) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let mut what = None;
    for line in message.lines() {
        if line.starts_with("error: ") {
            what = Some(line.trim_start_matches("error: "));
        } else if let Some((name, place)) = line.trim_start().strip_prefix("--> ").and_then(place) {
            let Some(what) = what.take() else { continue };
            let (message, help) = words::plain(what, "");
            let diagnostic = Diagnostic::new(Code::InvalidTemplate, message);
            let diagnostic = match theme.template(name) {
                Some(file) => diagnostic.at(&file.path, word(&file.text, place.offset(&file.text))),
                None => diagnostic,
            };
            told.push(match known::nearest_to(what, theme).or(help) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
    }
    told
}

/// Who called the component or included the template that failed, the nearest first, of the notes below a report.
fn callers(report: &str) -> impl Iterator<Item = (&str, Position)> {
    report.lines().filter_map(|line| line.strip_prefix("note: called from ").and_then(place))
}

/// The template and the place of `name:line:column`.
fn place(text: &str) -> Option<(&str, Position)> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.trim().parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, Position { line, column }))
}

fn at_word(theme: &Theme, template: &str, word: &str, diagnostic: Diagnostic) -> Diagnostic {
    match theme.template(template) {
        Some(SourceFile { path, text }) => diagnostic.at(path, find(text, word)),
        None => diagnostic,
    }
}

/// The first place of a word in a text, or the start of the text.
fn find(text: &str, word: &str) -> Span {
    text.find(word).map_or(Span::at(0), |start| Span::new(start, start + word.len()))
}

/// The name, or the text in quotation marks, that starts at an offset; that of a component stands behind `<`.
fn word(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(quoted) = rest.strip_prefix(['"', '\'', '`']) {
        return Span::new(at, at + quoted.find(['"', '\'', '`']).map_or(rest.len(), |length| length + 2));
    }
    let start = at + (rest.len() - rest.trim_start_matches(['<', '/']).len());
    let name = text.get(start..).unwrap_or_default();
    let length = name.find(|c: char| !c.is_alphanumeric() && !"_.".contains(c)).unwrap_or(name.len());
    Span::new(start, start + length)
}
