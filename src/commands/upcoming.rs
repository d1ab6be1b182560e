//! `casebook upcoming`: what the dates of the library ask of its editors.

use super::{
    Status, Stopped,
    library::settings,
    report::{count, plain},
    root,
    say::{complain, give},
};
use crate::{
    agenda::{Due, What, last_day},
    cli::{Agenda, Global, Upcoming},
    config::Config,
    diagnostic::SourceTexts,
    model::Position,
    pipeline::{self, Run, Unseen},
};
use clap::builder::styling::Style;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(super) fn upcoming(options: &Upcoming, global: &Global) -> Result<Status, Stopped> {
    let root = root(global)?;
    let config = settings(&root, &options.overrides())?;
    let run = pipeline::agenda(&config, &Unseen, options.days);
    let last = last_day(&config, options.days);
    let shown = match options.format {
        Agenda::Human => described(&run, last).into_bytes(),
        Agenda::Json => programs(&run, &config)?.into_bytes(),
        Agenda::Ics => pipeline::agenda_calendar(&config, &run),
        Agenda::Markdown => markdown(&run, last).into_bytes(),
    };
    give(shown)?;
    let errors = run.diagnostics.iter().filter(|fault| fault.is_error()).count();
    if errors == 0 {
        return Ok(Status::Clean);
    }
    let errors = count(errors, "error", "errors");
    complain(format_args!("The library has {errors}, so this list may lack something. `casebook check` tells them."));
    Ok(Status::Faults)
}

/// What is overdue, and what comes up.
fn parts(run: &Run) -> [(&'static str, Vec<&Due>); 2] {
    let (overdue, coming) = run.agenda.iter().partition(|due| due.is_overdue());
    [("Overdue", overdue), ("Coming up", coming)]
}

/// For people at a terminal, with styles that only a terminal shows.
fn described(run: &Run, last: Date) -> String {
    let bold = Style::new().bold();
    let mut out = String::new();
    for (title, dues) in parts(run).iter().filter(|(_, dues)| !dues.is_empty()) {
        let _ = writeln!(out, "{bold}{title}{bold:#}\n");
        for due in dues {
            let _ = writeln!(out, "{} ({}): {}", when(due), distance(due.days), plain(&due.what.words()));
            let _ = writeln!(out, "  {bold}{}{bold:#}\n  {}", plain(&due.title), plain(&place(due, run)));
            let _ = writeln!(out, "  To act: {}\n", plain(due.owner()));
        }
    }
    let _ = match run.agenda.len() {
        0 => writeln!(out, "Nothing is due up to {}.", day(last)),
        number => writeln!(out, "{} up to {}.", count(number, "date", "dates"), day(last)),
    };
    out
}

/// For issues and mails: a list to tick off.
fn markdown(run: &Run, last: Date) -> String {
    let mut out = String::new();
    for (title, dues) in parts(run).iter().filter(|(_, dues)| !dues.is_empty()) {
        let _ = writeln!(out, "## {title}\n");
        for due in dues {
            let (date, distance, path) = (when(due), distance(due.days), plain(&place(due, run)));
            let [what, title, owner] =
                [due.what.words(), due.title.clone(), due.owner().to_owned()].map(|words| escaped(&words));
            let _ = writeln!(out, "- [ ] **{date}** ({distance}): {what}: {title} (`{path}`). To act: {owner}.");
        }
        out.push('\n');
    }
    if out.is_empty() {
        let _ = writeln!(out, "Nothing is due up to {}.", day(last));
    }
    out
}

/// For programs.
fn programs(run: &Run, config: &Config) -> Result<String, String> {
    let of = |due: &Due| {
        let detail = match &due.what {
            What::Expires(label, file) => json!({"label": label, "file": file}),
            What::Begins(is_confirmed) => json!({"confirmed": is_confirmed}),
            _ => Value::Null,
        };
        json!({
            "what": due.what.name(),
            "date": due.day.to_string(),
            "time": due.moment.as_ref().map(|moment| moment.strftime("%Y-%m-%dT%H:%M%:z").to_string()),
            "days": due.days,
            "overdue": due.is_overdue(),
            "title": due.title,
            "file": due.path,
            "line": line(due, run),
            "url": config.absolute(&due.url),
            "owner": due.owner,
            "detail": detail,
        })
    };
    let all: Vec<Value> = run.agenda.iter().map(of).collect();
    Ok(serde_json::to_string_pretty(&all).map_err(|error| error.to_string())? + "\n")
}

/// `25 October 2027`, with the time where it is known.
fn when(due: &Due) -> String {
    match &due.moment {
        Some(moment) => format!("{}, {}", day(due.day), moment.strftime("%H:%M")),
        None => day(due.day),
    }
}

fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

fn distance(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", days.unsigned_abs()),
    }
}

fn place(due: &Due, run: &Run) -> String {
    line(due, run).map_or(due.path.clone(), |line| format!("{}:{line}", due.path))
}

fn line(due: &Due, run: &Run) -> Option<usize> {
    run.texts.text(&due.path).map(|text| Position::of(text, due.span.start).line)
}

/// A text that says in Markdown what it says without.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        if "\\`*_[]<>|~#&!".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
