//! A comparison as a comment: what matters most comes first, and no word of others does anything.

use super::{
    Change, Comparison, Leak, Moved, Named, Tagged, Told,
    markdown::sentences::{bytes, count, size_change},
    pages::Field,
};
use crate::markdown::{code, inert, inert_with_code};
use std::fmt::Write as _;

pub(super) mod sentences;

/// By this a workflow knows its own comment again and writes over it.
const MARK: &str = "<!-- casebook compare -->\n";

/// How many things of a sort are named.
const NAMED: usize = 25;

/// Words of a field that are shown, before and now, in characters.
const SHORT: usize = 160;

pub(super) fn render(report: &Comparison, most: usize) -> String {
    let mut parts = vec![head(report)];
    let section = |title: &str, note: &str, items: Vec<String>| part(title, note, &items);
    parts.extend([
        section("Shown too early", LEAKS, report.leaks.iter().map(leak).collect()),
        section("Links that lead nowhere now", "", report.broken.iter().map(fault).collect()),
        section("Other new faults", "", report.faults.iter().map(fault).collect()),
        section("Pages that are gone", "", report.gone.iter().map(gone).collect()),
        section("Pages that moved", "", report.moved.iter().map(moved).collect()),
        section("New pages", "", report.added.iter().map(added).collect()),
        section("Changed pages", "", report.changed.iter().map(changed).collect()),
        section("Tags", "", report.terms.iter().map(tagged).collect()),
        weight(report),
        around(report),
    ]);
    let end = "\nThis comment has room for no more: `casebook compare --format html` tells all.\n";
    let mut out = MARK.to_owned();
    for line in parts.concat().split_inclusive('\n') {
        if out.len() + line.len() + end.len() > most {
            out.push_str(end);
            break;
        }
        out.push_str(line);
    }
    out
}

const LEAKS: &str = "These are, or were, under embargo. Ask whoever set it before you merge.";

fn head(report: &Comparison) -> String {
    let mut out = "## What this does to the site\n\n".to_owned();
    let since = code(&report.since);
    if report.is_empty() {
        let _ = writeln!(out, "Nothing: each page is as it is without, compared with {since}.");
    } else {
        let _ = writeln!(out, "Compared with {since}: {}.", sentences::summary(report).join(", "));
    }
    if report.errors_before > 0 {
        let errors = count(report.errors_before, "error", "errors");
        let _ = writeln!(out, "\nThat side has {errors} itself, so what it shows is not certain.");
    }
    out
}

fn part(title: &str, note: &str, items: &[String]) -> String {
    let mut out = String::new();
    if items.is_empty() {
        return out;
    }
    let _ = writeln!(out, "\n### {title} ({})\n", items.len());
    if !note.is_empty() {
        let _ = writeln!(out, "> [!WARNING]\n> {note}\n");
    }
    for item in items.iter().take(NAMED) {
        let _ = writeln!(out, "- {item}");
    }
    if let Some(more) = items.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let _ = writeln!(out, "- and {more} more");
    }
    out
}

fn leak(leak: &Leak) -> String {
    match leak {
        Leak::Shown { title, path, url, until } => {
            format!("**{}** is at {} now; its embargo was to end {until} ({})", inert(title), code(url), code(path))
        }
        Leak::Earlier { title, path, until, now } => {
            let now = now.as_ref().map_or("is no more".to_owned(), |now| format!("ends {now}"));
            format!("**{}**: its embargo, which was to end {until}, {now} ({})", inert(title), code(path))
        }
        Leak::Quoted { path, url, from, words } => {
            format!("{} ({}) says what {} keeps back: “{}”", code(url), code(path), code(from), inert(words))
        }
        Leak::Carried { file, url, from } => {
            format!("{} gives {}, which belongs to {}", code(url), code(file), code(from))
        }
    }
}

fn fault(told: &Told) -> String {
    let line = told.line.map_or(String::new(), |line| format!(", line {line}"));
    let place = told.path.as_ref().map_or(String::new(), |path| format!("{}{line}: ", code(path)));
    let level = if told.error { "" } else { " (warning)" };
    format!("{place}{}{level} {}", inert_with_code(&told.message), code(&told.code))
}

fn gone(page: &Moved) -> String {
    let why = page.now.as_ref().map_or(String::new(), |state| format!(", as it is {state} now"));
    format!("{} {}{why}; {}", inert(&page.title), code(&page.from), onward(page))
}

fn moved(page: &Moved) -> String {
    let to = page.to.as_deref().unwrap_or_default();
    format!("{}: {} is now {}; {}", inert(&page.title), code(&page.from), code(to), onward(page))
}

/// Where the old address leads.
fn onward(page: &Moved) -> String {
    match &page.redirect {
        Some(to) if *to == page.from => "another page has its address".to_owned(),
        Some(to) if page.to.as_ref() == Some(to) => "the old address leads there".to_owned(),
        Some(to) => format!("the old address leads to {}", code(to)),
        None => "**the old address leads nowhere**".to_owned(),
    }
}

fn added(page: &Named) -> String {
    let was = page.was.as_ref().map_or(String::new(), |was| format!(", {was} until now"));
    format!("{} {} ({}{was})", inert(&page.title), code(&page.url), inert(&page.kind))
}

fn changed(change: &Change) -> String {
    let fields: Vec<String> = change.fields.iter().map(field).collect();
    format!("{} {}: {}", inert(&change.title), code(&change.url), fields.join("; "))
}

fn field(field: &Field) -> String {
    let label = field.label.as_ref().map_or("text".to_owned(), |label| inert(label));
    if let ([row], Some(_)) = (field.rows.as_slice(), &field.label) {
        let side = |pieces: &[super::Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        let (before, now) = (side(&row.before), side(&row.now));
        if before.chars().count() + now.chars().count() <= SHORT {
            return match (before.is_empty(), now.is_empty()) {
                (true, _) => format!("{label} is new, {}", code(&now)),
                (_, true) => format!("{label} is gone, {}", code(&before)),
                _ => format!("{label} from {} to {}", code(&before), code(&now)),
            };
        }
    }
    let words = [(field.words_come, "in"), (field.words_gone, "out")];
    let words: Vec<String> = words.iter().filter(|(n, _)| *n > 0).map(|(n, way)| format!("{n} {way}")).collect();
    let words = if words.is_empty() { "blanks alone".to_owned() } else { format!("words {}", words.join(", ")) };
    format!("{label} ({words})")
}

fn tagged(term: &Tagged) -> String {
    let (label, taxonomy) = (inert(&term.label), inert(&term.taxonomy));
    format!("{taxonomy} {label} {}: {} → {}", code(&term.url), count(term.before, "page", "pages"), term.now)
}

fn weight(report: &Comparison) -> String {
    let weight = &report.weight;
    let sorts = weight.sorts.iter().filter(|sort| (sort.before, sort.files_before) != (sort.now, sort.files));
    let sort = |sort: &super::weight::Sort| {
        let files = if sort.files == sort.files_before {
            String::new()
        } else {
            format!(" ({} → {} files)", sort.files_before, sort.files)
        };
        format!("{}: {}{files}", sort.name, size_change(sort.before, sort.now))
    };
    let page = |page: &super::weight::Heavier| {
        let html = match page.html {
            (Some(before), now) => size_change(before, now),
            (None, now) => bytes(now),
        };
        let files = match page.files {
            (before, now) if before == now => String::new(),
            (before, now) => format!(", files {}", size_change(before, now)),
        };
        format!("{}: HTML {html}{files}", code(&page.url))
    };
    let lines: Vec<String> = sorts.map(sort).chain(weight.pages.iter().map(page)).collect();
    let body: String = lines.iter().fold(String::new(), |mut body, line| {
        let _ = writeln!(body, "- {line}");
        body
    });
    if body.is_empty() { body } else { format!("\n### Weight\n\n{body}") }
}

fn around(report: &Comparison) -> String {
    if report.around.is_empty() {
        return String::new();
    }
    let pages = count(report.around.len(), "page says", "pages say");
    let named: Vec<String> = report.around.iter().take(10).map(|url| code(url)).collect();
    let more = report.around.len().saturating_sub(10);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(
        "\n{pages} the same with something else around it (lists, numbers, navigation): {}{more}.\n",
        named.join(", ")
    )
}
