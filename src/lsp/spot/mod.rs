//! What stands at a place of a page that somebody is still writing.

mod markdown;
mod yaml;

use crate::model::{Field, FieldType, Kind, Span, Step, Theme};

/// What could be written at a place, or is written there.
#[derive(Debug)]
pub(super) enum Spot<'a> {
    /// The name of a field.
    Key {
        /// The fields that may stand there.
        among: &'a [Field],
        /// What is written of it.
        span: Span,
        /// The fields that stand beside it already.
        beside: Vec<String>,
        /// True where a colon follows.
        has_colon: bool,
    },
    /// The value of a field, or one item of its list.
    Value {
        /// The field.
        field: &'a Field,
        /// What is written of the value.
        span: Span,
        /// The other items of its list.
        others: Vec<String>,
    },
    /// The name of a component behind the mark of a fenced block.
    Component(Span),
    /// Where a link or a picture leads.
    Link {
        /// What is written of it.
        span: Span,
        /// True for a picture.
        is_image: bool,
    },
    /// Something else.
    Words,
}

/// The front matter of a text, also of one that is not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Front {
    /// The lines between the two marks, or to the end where the second is missing.
    pub yaml: Span,
    /// Where the body begins.
    pub body: usize,
    /// False where the second mark is missing.
    pub is_closed: bool,
}

/// The front matter, where there is any.
pub(super) fn front(text: &str) -> Option<Front> {
    let mut lines = Span::lines(text, 0).skip_while(|line| line.of(text).trim().is_empty());
    let opener = lines.next().filter(|line| line.of(text).trim_end() == "---")?;
    let start = Span::after_ending(text, opener.end);
    let closer = lines.find(|line| matches!(line.of(text).trim_end(), "---" | "..."));
    Some(match closer {
        Some(line) => {
            let body = Span::after_ending(text, line.end).min(text.len());
            Front { yaml: Span::new(start, line.start), body, is_closed: true }
        }
        None => Front { yaml: Span::new(start, text.len()), body: text.len(), is_closed: false },
    })
}

/// The kind that the front matter names, as far as it is written.
pub(super) fn named_kind(text: &str) -> Option<&str> {
    let yaml = front(text)?.yaml;
    let line = Span::lines(text, yaml.start)
        .take_while(|line| line.start < yaml.end)
        .find_map(|line| line.of(text).strip_prefix("kind:"))?;
    Some(line.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\''])).filter(|name| !name.is_empty())
}

/// What stands at a byte of a page of this kind.
pub(super) fn spot<'a>(text: &str, offset: usize, kind: &'a Kind, theme: &'a Theme) -> Spot<'a> {
    match front(text) {
        Some(Front { yaml, .. }) if offset < yaml.start => Spot::Words,
        // At the very start of the closing mark nothing is left to say.
        Some(Front { yaml, is_closed, .. }) if offset < yaml.end || !is_closed => {
            yaml::spot(text, yaml, offset, &kind.fields, theme)
        }
        Some(Front { body, .. }) if offset < body => Spot::Words,
        Some(Front { body, .. }) => markdown::spot(text, Span::new(body, text.len()), offset, theme),
        None => markdown::spot(text, Span::new(0, text.len()), offset, theme),
    }
}

/// The field at a path.
pub(super) fn field<'a>(fields: &'a [Field], path: &[Step]) -> Option<&'a Field> {
    let mut keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key),
        Step::Item(_) => None,
    });
    let first = keys.next()?;
    let found = |fields: &'a [Field], key: &String| fields.iter().find(|field| field.name == *key);
    keys.try_fold(found(fields, first)?, |field, key| match &field.field_type {
        FieldType::Group(inner) => found(inner, key),
        _ => None,
    })
}

/// The fields that may stand in the mapping at a path.
fn among<'a>(fields: &'a [Field], path: &[Step]) -> Option<&'a [Field]> {
    if path.iter().all(|step| matches!(step, Step::Item(_))) {
        return Some(fields);
    }
    match &field(fields, path)?.field_type {
        FieldType::Group(inner) => Some(inner),
        _ => None,
    }
}
