//! Placeholders that an entry uses and does not declare.

use crate::{
    diagnostic::{Code, Diagnostic, Fix},
    model::{Entry, Piece, Span, pieces},
    nearest::{nearest, slip},
};

/// Reports each, where it stands in the file: a name has no character that YAML or Markdown would write otherwise.
pub(super) fn check(entry: &Entry) -> Vec<Diagnostic> {
    let Some(declared) = entry.placeholders() else { return Vec::new() };
    let mut faults = Vec::new();
    let mut at = 0;
    for piece in pieces(&entry.source.text) {
        let (name, written) = match piece {
            Piece::Words(words) => {
                at += words.len();
                continue;
            }
            Piece::Placeholder(name, written) => (name, written),
        };
        let span = Span::new(at, at + written.len());
        at = span.end;
        if is_note(entry, span) {
            continue;
        }
        if declared.iter().any(|placeholder| placeholder.name == name) {
            continue;
        }
        let names = declared.iter().map(|placeholder| placeholder.name.as_str());
        let help = match nearest(name, names) {
            Some(near) => format!("Did you mean `{{{{{near}}}}}`?"),
            None => "Add it to the list of placeholders, with its name and a label.".to_owned(),
        };
        let message = format!("There is no placeholder called “{name}” on this page");
        let meant = slip(name, declared.iter().map(|known| (known.name.as_str(), known.name.as_str())));
        let now = meant.map(|meant| format!("{{{{{meant}}}}}"));
        let fix = now.and_then(|now| Fix::replacing(&entry.source, span, written, &now));
        faults.push(Diagnostic::new(Code::UnknownPlaceholder, message).at(entry.path(), span).help(help).mended(fix));
    }
    faults
}

/// True for what stands behind a # at the beginning of a line of the front matter, where no reader sees it.
fn is_note(entry: &Entry, span: Span) -> bool {
    let text = &entry.source.text;
    let before = Span::new(0, span.start).of(text);
    let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    entry.front_span.is_some_and(|front| front.start <= line && span.end <= front.end)
        && Span::new(line, span.start).of(text).starts_with('#')
}
