//! Dates that belong to the days of another entry: a post to those of its campaign.

use super::places::Places;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Entry, FieldPath, Met, Value, visit},
    yaml,
};
use jiff::civil::Date;

/// Reports each date that lies outside the days that its field says, and each that comes after them.
pub(super) fn check(entry: &Entry, places: &Places) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    visit(&entry.kind.fields, &entry.fields, &mut |met, path| diagnostics.extend(outside(entry, places, met, path)));
    diagnostics
}

fn outside(entry: &Entry, places: &Places, met: Met<'_>, path: &FieldPath) -> Option<Diagnostic> {
    let named = met.field.within.as_ref().or(met.field.before.as_ref())?;
    let (title, first, last) = days(entry, places, named)?;
    let (earliest, latest) = match met.value {
        Value::Date(date) => (date.first, date.last()),
        Value::DateTime(moment) => (moment.zoned.date(), moment.zoned.date()),
        _ => return None,
    };
    // Of a month or a year it is enough that a day of it fits.
    let message = if met.field.within.is_some() {
        if latest >= first && earliest <= last {
            return None;
        }
        let days = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
        format!("“{}” is outside the days of “{title}”, which is {days}", met.field.name)
    } else {
        if earliest <= first {
            return None;
        }
        format!("“{}” comes after “{title}” begins, on {first}", met.field.name)
    };
    let front = entry.front_span.unwrap_or_default();
    let span = yaml::locate(front.of(&entry.source.text), path).value.shifted(front.start);
    let fault = Diagnostic::new(Code::OutsideDays, message).at(entry.path(), span);
    Some(fault.help("Check the day, the month and the year, here and there."))
}

/// The title of the entry that a field names, and its first and last day.
fn days<'a>(entry: &Entry, places: &'a Places, field: &str) -> Option<(&'a str, Date, Date)> {
    let Some(Value::Page(reference)) = entry.fields.get(field) else { return None };
    let named = places.entries.get(places.entry_named(reference)?)?;
    let first = named.day("start")?;
    Some((&named.title, first, named.day("end").filter(|last| *last >= first).unwrap_or(first)))
}
