//! Where an entry is in its life, by its dates, its status and the one clock.

use crate::model::{FieldType, Fields, Kind, State, Value};
use jiff::{Zoned, civil::Date};

/// The fields that decide whether an entry may be seen. While one of them has a fault, nobody can tell.
const DECIDING: [&str; 3] = ["status", "embargo", "published"];

/// The state of an entry. `written` are the keys of its front matter: one that decides and is not among the
/// sound fields hides the entry, as a slip of the pen must not publish what is under embargo.
pub(super) fn state(fields: &Fields, kind: &Kind, now: &Zoned, written: impl Fn(&str) -> bool) -> State {
    let unsound = |name: &str| written(name) && !fields.contains_key(name);
    if DECIDING.iter().any(|name| unsound(name)) {
        return State::Draft;
    }
    let status = status(fields, kind);
    let today = now.date();
    let held = match fields.get("embargo") {
        Some(Value::DateTime(until)) => until.zoned.timestamp() > now.timestamp(),
        _ => false,
    };
    if status == Some("draft") {
        State::Draft
    } else if held || date(fields, "published").is_some_and(|published| published > today) {
        State::Embargoed
    } else if status == Some("withdrawn") {
        State::Withdrawn
    } else if status == Some("archived") {
        State::Archived
    } else if date(fields, "review_by").is_some_and(|due| due < today) {
        State::ReviewDue
    } else {
        State::Current
    }
}

/// The day that a date field gives.
pub(super) fn date(fields: &Fields, name: &str) -> Option<Date> {
    match fields.get(name) {
        Some(Value::Date(date)) => Some(date.first),
        _ => None,
    }
}

fn status<'a>(fields: &Fields, kind: &'a Kind) -> Option<&'a str> {
    let (Some(Value::Choice(index)), Some(field)) = (fields.get("status"), kind.field("status")) else { return None };
    match &field.field_type {
        FieldType::Choice(options) => options.get(*index).map(|option| option.id.as_str()),
        _ => None,
    }
}
