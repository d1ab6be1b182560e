//! Words that whoever uses a text fills in: `{{council}}`.

use super::{Entry, Field, FieldType, Fields, Value};

/// The longest name of a placeholder, in bytes; braces that are farther apart belong to something else.
const LONGEST: usize = 60;

/// What an entry says of one of its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Its name: `council`.
    pub name: String,
    /// What to put in, in words.
    pub label: String,
    /// What somebody should know to do so.
    pub help: Option<String>,
    /// True for more than a line.
    pub long: bool,
}

/// A piece of a text with placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A placeholder by its name, and the whole of it as it is written.
    Placeholder(&'a str, &'a str),
}

/// The pieces of a text. What stands in two pairs of braces on one line is a placeholder, whatever it says.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let found = rest.match_indices("{{").find_map(|(at, _)| {
            // Of three braces the last two open it.
            let run = rest.get(at..)?.bytes().take_while(|byte| *byte == b'{').count();
            let at = at + run - 2;
            Some((at, at + placeholder(rest.get(at..)?)?))
        });
        let (piece, after) = match found {
            Some((0, end)) => {
                let (whole, after) = rest.split_at(end);
                (Piece::Placeholder(whole.trim_matches(['{', '}']).trim(), whole), after)
            }
            Some((at, _)) => {
                let (words, after) = rest.split_at(at);
                (Piece::Words(words), after)
            }
            None => (Piece::Words(rest), ""),
        };
        rest = after;
        Some(piece)
    })
}

/// Where the placeholder ends that a text begins with.
fn placeholder(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find("}}").filter(|end| *end <= LONGEST)?;
    let name = inside.get(..end)?;
    (!name.trim().is_empty() && !name.contains(['{', '}', '\n', '<', '>'])).then_some(end + 4)
}

impl Entry {
    /// The placeholders that the entry declares; `None` for an entry of a kind that has none.
    pub fn placeholders(&self) -> Option<Vec<Placeholder>> {
        let mut found = None;
        gather(&self.kind.fields, Some(&self.fields), &mut found);
        found
    }
}

/// Gathers what the fields that declare placeholders say.
fn gather(fields: &[Field], values: Option<&Fields>, found: &mut Option<Vec<Placeholder>>) {
    for field in fields {
        let FieldType::Group(inner) = &field.field_type else { continue };
        let value = values.and_then(|values| values.get(&field.name));
        if field.declares_placeholders {
            let items = match value {
                Some(Value::Many(items)) => items.as_slice(),
                _ => &[],
            };
            found.get_or_insert_default().extend(items.iter().filter_map(declared));
        } else if let Some(Value::Group(values)) = value {
            gather(inner, Some(values), found);
        } else if value.is_none() {
            gather(inner, None, found);
        }
    }
}

fn declared(item: &Value) -> Option<Placeholder> {
    let Value::Group(fields) = item else { return None };
    let text = |name: &str| match fields.get(name) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let name = text("name")?;
    let label = text("label").unwrap_or_else(|| name.clone());
    Some(Placeholder { name, label, help: text("help"), long: fields.get("long") == Some(&Value::YesNo(true)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pairs_of_braces_on_a_line_are_a_placeholder() {
        let seen: Vec<_> = pieces("By {{council}}, {{ the date }}. {{}} {{a\nb}} {{{x}} {y}").collect();
        let expected = [
            Piece::Words("By "),
            Piece::Placeholder("council", "{{council}}"),
            Piece::Words(", "),
            Piece::Placeholder("the date", "{{ the date }}"),
            Piece::Words(". {{}} {{a\nb}} {"),
            Piece::Placeholder("x", "{{x}}"),
            Piece::Words(" {y}"),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn pieces_are_the_whole_text() {
        for text in ["", "{{", "a}}b{{c", "{{a}}{{b}}", "ŵ {{ŷ}} ŵ", "{{{{a}}}}"] {
            let whole: String = pieces(text)
                .map(|piece| match piece {
                    Piece::Words(words) => words,
                    Piece::Placeholder(_, whole) => whole,
                })
                .collect();
            assert_eq!(whole, text);
        }
    }
}
