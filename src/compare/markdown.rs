//! A comparison as a comment: what matters most comes first, and no word of others does anything.

use super::{
    Change, Comparison,
    pages::Field,
    sentences::{self, Hand, added, address, count, fault, given, gone, heavier, leak, moved, size_change, tagged},
};
use crate::markdown::{code, inert, inert_with_code};
use std::fmt::Write as _;

/// By this a workflow knows its own comment again and writes over it.
const MARK: &str = "<!-- casebook compare -->\n";

/// How many things of a sort are named.
const NAMED: usize = 25;

/// Words of a field that are shown, before and now, in characters.
const SHORT: usize = 160;

/// How a comment says them.
struct Comment;

impl Hand for Comment {
    fn text(words: &str) -> String {
        inert(words)
    }

    fn message(words: &str) -> String {
        inert_with_code(words)
    }

    fn code(words: &str) -> String {
        code(words)
    }

    fn strong(written: &str) -> String {
        format!("**{written}**")
    }

    fn quoted(words: &str) -> String {
        format!("“{}”", inert(words))
    }
}

pub(super) fn render(report: &Comparison, most: usize) -> String {
    let mut parts = vec![head(report)];
    let section = |title: &str, note: &str, items: Vec<String>| part(title, note, &items);
    parts.extend([
        section("Shown too early", LEAKS, report.leaks.iter().map(leak::<Comment>).collect()),
        section("Links that lead nowhere now", "", report.broken.iter().map(fault::<Comment>).collect()),
        section("Other new faults", "", report.faults.iter().map(fault::<Comment>).collect()),
        section("Pages that are gone", "", report.gone.iter().map(gone::<Comment>).collect()),
        section("Pages that moved", "", report.moved.iter().map(moved::<Comment>).collect()),
        section("New pages", "", report.added.iter().map(added::<Comment>).collect()),
        section("Changed pages", "", report.changed.iter().map(changed).collect()),
        section("Other addresses", "", report.addresses.iter().map(address::<Comment>).collect()),
        section("Files", "", report.files.iter().map(given::<Comment>).collect()),
        section("Tags", "", report.terms.iter().map(tagged::<Comment>).collect()),
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
    if let Some(uncertain) = sentences::uncertain(report) {
        let _ = writeln!(out, "\n{uncertain}");
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
    let lines: Vec<String> = sorts.map(sort).chain(weight.pages.iter().map(heavier::<Comment>)).collect();
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
