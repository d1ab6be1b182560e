//! What a reader has to fill in before using a text: the placeholders of its entry.

use super::{context::Record, markdown::escaped};
use crate::model::{Piece, Placeholder, pieces};
use tera::{Value, value::Key};

/// The HTML with every placeholder of its text in a `mark` that says what to put in, in brackets: they tell it
/// without colour. One that the entry does not declare stays as it is written, as does one in a tag.
pub(super) fn marked(html: &str, declared: &[Placeholder]) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while !rest.is_empty() {
        let (text, from) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        mark(text, declared, &mut out);
        let (tag, after) = from.split_at(from.find('>').map_or(from.len(), |end| end + 1));
        out.push_str(tag);
        rest = after;
    }
    out
}

/// A placeholder as templates have it.
pub(super) fn value(placeholder: &Placeholder) -> Value {
    let Placeholder { name, label, help, long } = placeholder;
    let record = Record::new().set("name", name.as_str()).set("label", label.as_str()).set("long", *long);
    record.set_some("help", help.as_deref()).value()
}

/// The name and the label of such a one.
pub(super) fn of_value(value: &Value) -> Option<Placeholder> {
    let text = |name| Some(value.as_map()?.get(&Key::Str(name))?.as_str()?.to_owned());
    Some(Placeholder { name: text("name")?, label: text("label")?, help: None, long: false })
}

/// The same of plain text.
pub(super) fn marked_text(text: &str, declared: &[Placeholder]) -> String {
    marked(&escaped(text), declared)
}

fn mark(text: &str, declared: &[Placeholder], out: &mut String) {
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Placeholder(name, written) => match declared.iter().find(|placeholder| placeholder.name == name) {
                Some(Placeholder { name, label, .. }) => {
                    let (name, label) = (escaped(name), escaped(label));
                    let mark = format!("<mark class=\"placeholder\" data-placeholder=\"{name}\">[{label}]</mark>");
                    out.push_str(&mark);
                }
                None => out.push_str(written),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn council() -> [Placeholder; 1] {
        [Placeholder { name: "council".to_owned(), label: "Name of <it>".to_owned(), help: None, long: false }]
    }

    const MARK: &str = "<mark class=\"placeholder\" data-placeholder=\"council\">[Name of &lt;it&gt;]</mark>";

    #[test]
    fn what_is_declared_is_marked_and_nothing_else() {
        assert_eq!(marked("<p>By {{council}}.</p>", &council()), format!("<p>By {MARK}.</p>"));
        assert_eq!(
            marked("<a title=\"{{council}}\">{{other}} [x]</a>", &council()),
            "<a title=\"{{council}}\">{{other}} [x]</a>"
        );
    }

    #[test]
    fn plain_text_is_escaped_first() {
        assert_eq!(marked_text("A & {{ council }}", &council()), format!("A &amp; {MARK}"));
    }
}
