//! Front matter in one style: `casebook fmt` for the page that is open.

use super::{
    Desk, Lines,
    protocol::{TextEdit, Whole},
    spot::{front, named_kind},
};
use crate::{front_matter, model::Span};
use serde_json::{Value, json};

/// The edits that put the front matter of a page in order; none where it is so, or where it can't be done without a
/// doubt.
pub(super) fn form(desk: &Desk, whole: &Whole) -> Option<Value> {
    let (path, text) = desk.file(&whole.text_document)?;
    let kind = desk.shelf.as_deref()?.kind(&path, named_kind(&text))?;
    let front = front(&text).filter(|front| front.is_closed)?;
    let formed = front_matter::format(kind, &text, front.yaml).ok()?;
    if formed == *text {
        return Some(json!([]));
    }
    let below = text.len() - front.yaml.end;
    let new_text = formed.get(front.yaml.start..formed.len().checked_sub(below)?)?.to_owned();
    let range = Lines::new(&text, desk.client.units).range(Span::new(front.yaml.start, front.yaml.end));
    Some(json!([TextEdit { range, new_text }]))
}
