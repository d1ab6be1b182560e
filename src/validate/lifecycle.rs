//! Where an entry is in its life, by its dates, its status and the one clock.

use crate::{
    model::{FieldType, Fields, Kind, State, Value},
    nearest::nearest,
};
use jiff::{Zoned, civil::Date};
use serde_yaml::{Mapping, Value as Yaml};

/// The fields that decide whether an entry may be seen. While one of them has a fault, nobody can tell.
const DECIDING: [&str; 3] = ["status", "embargo", "published"];

/// The state of an entry with this front matter. A slip of the pen must not publish what is under embargo: a key
/// that decides and is not among the sound fields hides the entry, and so does one that was meant to decide.
pub(super) fn state(fields: &Fields, kind: &Kind, now: &Zoned, front: &Mapping) -> State {
    if front.iter().any(|(key, value)| is_unsound(key.as_str().unwrap_or_default(), value, fields, kind)) {
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

/// True for a key that decides, or was meant to, and says nothing that can be understood.
fn is_unsound(key: &str, value: &Yaml, fields: &Fields, kind: &Kind) -> bool {
    if DECIDING.contains(&key) {
        // Whoever writes `embargo:` and no date has not decided yet; an empty status or date decides nothing.
        return !fields.contains_key(key) && (!value.is_null() || key == "embargo");
    }
    if kind.field(key).is_some() {
        return false;
    }
    // `draft: true` is how other generators say it.
    let draft = key.eq_ignore_ascii_case("draft") && value.as_bool() != Some(false);
    draft || nearest(key, DECIDING).is_some()
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
