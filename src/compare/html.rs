//! A comparison as a page: before and now side by side. It has no script and asks for nothing from elsewhere.

use super::{
    Change, Comparison, Piece, Row,
    sentences::{
        Hand, added, address, bytes, count, fault, given, gone, heavier, leak, moved, summary, tagged, uncertain,
    },
    weight::Weight,
};
use std::fmt::Write as _;

const STYLE: &str = include_str!("report.css");

/// Rows of a page that are shown: a report on a library that was written anew has to open all the same.
const MOST_ROWS: usize = 500;

/// How a page says them.
struct Html;

impl Hand for Html {
    fn text(words: &str) -> String {
        escaped(words)
    }

    fn message(words: &str) -> String {
        escaped(words)
    }

    fn code(words: &str) -> String {
        code(words)
    }

    fn strong(written: &str) -> String {
        format!("<strong>{written}</strong>")
    }

    fn quoted(words: &str) -> String {
        format!("<q>{}</q>", escaped(words))
    }
}

pub(super) fn render(report: &Comparison, title: &str) -> String {
    let mut out = head(report, title);
    if !report.leaks.is_empty() {
        let items: Vec<String> = report.leaks.iter().map(leak::<Html>).collect();
        let _ = write!(
            out,
            "<section class=\"warn\"><h2>Shown too early</h2>\n<p>These are, or were, under embargo. Ask whoever set it \
             before you publish.</p>\n{}</section>\n",
            list(&items)
        );
    }
    section(&mut out, "Links that lead nowhere now", &report.broken, fault::<Html>);
    section(&mut out, "Other new faults", &report.faults, fault::<Html>);
    section(&mut out, "Pages that are gone", &report.gone, gone::<Html>);
    section(&mut out, "Pages that moved", &report.moved, moved::<Html>);
    section(&mut out, "New pages", &report.added, added::<Html>);
    changes(&mut out, &report.changed);
    section(&mut out, "Other addresses", &report.addresses, address::<Html>);
    section(&mut out, "Files", &report.files, given::<Html>);
    section(&mut out, "Tags", &report.terms, tagged::<Html>);
    weight(&mut out, &report.weight);
    if !report.around.is_empty() {
        let items: Vec<String> = report.around.iter().map(|url| code(url)).collect();
        let _ = write!(
            out,
            "<h2>Pages with other surroundings <span class=\"quiet\">({})</span></h2>\n<p>They say what they said, with \
             something else around it: lists, numbers, navigation.</p>\n<details><summary>Show their \
             addresses</summary>\n{}</details>\n",
            items.len(),
            list(&items)
        );
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn head(report: &Comparison, title: &str) -> String {
    let (title, since) = (escaped(title), code(&report.since));
    let told = if report.is_empty() {
        "<p>Nothing: each page is as it is without.</p>\n".to_owned()
    } else {
        list(&summary(report))
    };
    let certain = uncertain(report).map_or(String::new(), |told| format!("<p>{}</p>\n", escaped(&told)));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>What changes on {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>What changes on {title}</h1>\n<p class=\"quiet\">Compared with {since}.</p>\n{told}{certain}"
    )
}

fn section<T>(out: &mut String, title: &str, things: &[T], item: impl Fn(&T) -> String) {
    if !things.is_empty() {
        let items: Vec<String> = things.iter().map(item).collect();
        let _ = write!(out, "<h2>{title} <span class=\"quiet\">({})</span></h2>\n{}", items.len(), list(&items));
    }
}

fn list(items: &[String]) -> String {
    let mut out = "<ul>\n".to_owned();
    for item in items {
        let _ = writeln!(out, "<li>{item}</li>");
    }
    out + "</ul>\n"
}

fn changes(out: &mut String, changes: &[Change]) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>Changed pages <span class=\"quiet\">({})</span></h2>", changes.len());
    let mut left = MOST_ROWS;
    for change in changes {
        let (title, url, path) = (escaped(&change.title), code(&change.url), code(&change.path));
        let _ = write!(out, "<article class=\"page\">\n<h3>{title}</h3>\n<p class=\"quiet\">{url} from {path}</p>\n");
        for field in &change.fields {
            let label = field.label.as_deref().map_or("Text".to_owned(), escaped);
            let words = format!("{} out, {} in", count(field.words_gone, "word", "words"), field.words_come);
            let shown = field.rows.len().min(left);
            left -= shown;
            let rows: String = field.rows.iter().take(shown).map(row).collect();
            let more = match field.rows.len() - shown {
                0 => String::new(),
                more => format!("<p class=\"quiet\">{} more not shown here.</p>\n", count(more, "change", "changes")),
            };
            let _ = write!(
                out,
                "<table>\n<caption>{label} <span>({words})</span></caption>\n<thead><tr><th scope=\"col\">Before</th>\
                 <th scope=\"col\">Now</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n{more}"
            );
        }
        out.push_str("</article>\n");
    }
}

fn row(row: &Row) -> String {
    let side = |pieces: &[Piece], tag: &str| {
        let piece = |piece: &Piece| match piece.changed {
            true => format!("<{tag}>{}</{tag}>", escaped(&piece.text)),
            false => escaped(&piece.text),
        };
        pieces.iter().map(piece).collect::<String>()
    };
    let (before, now) = (side(&row.before, "del"), side(&row.now, "ins"));
    format!("<tr><td data-side=\"Before\">{before}</td><td data-side=\"Now\">{now}</td></tr>\n")
}

fn weight(out: &mut String, weight: &Weight) {
    out.push_str(
        "<h2>Weight</h2>\n<table class=\"numbers\">\n<thead><tr><th scope=\"col\">Sort</th><th scope=\"col\">Before</th>\
         <th scope=\"col\">Now</th></tr></thead>\n<tbody>\n",
    );
    for sort in &weight.sorts {
        let side = |files: usize, size: u64| format!("{} in {}", bytes(size), count(files, "file", "files"));
        let (before, now) = (side(sort.files_before, sort.before), side(sort.files, sort.now));
        let _ = writeln!(out, "<tr><th scope=\"row\">{}</th><td>{before}</td><td>{now}</td></tr>", sort.name);
    }
    out.push_str("</tbody>\n</table>\n");
    if !weight.pages.is_empty() {
        out.push_str("<h3>Pages that gained or lost most</h3>\n");
        out.push_str(&list(&weight.pages.iter().map(heavier::<Html>).collect::<Vec<_>>()));
    }
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// A text as text, without the characters that turn what stands around them.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
