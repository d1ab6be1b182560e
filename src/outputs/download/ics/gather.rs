//! What takes place, by the types of an entry's fields: the days of the entry itself, or of the one that it is for, and
//! what is to be done on a day or at a moment.

use super::{super::words::Words, Event, When};
use crate::{
    model::{Entry, Field, FieldType, Fields, Value},
    render::{Renderer, is_shown},
};
use jiff::civil::Date;

/// The most characters of a text that gives an event its name.
const LONGEST: usize = 90;

/// Every event of an entry, in the order of its fields; none for an entry without dates.
pub(in super::super) fn of_entry(renderer: &Renderer<'_>, index: usize) -> Vec<Event> {
    let library = renderer.library();
    let Some(entry) = library.entry(index) else { return Vec::new() };
    let named = library.occasions(entry).filter_map(|occasion| library.entry(occasion));
    let occasions: Vec<&Entry> = [entry].into_iter().chain(named).collect();
    let mut events: Vec<Event> = occasions.iter().filter_map(|occasion| days(renderer, occasion)).collect();
    let confirmed = events.iter().all(|event| event.confirmed);
    // A task moves with the occasion that it is counted from.
    let changed = occasions.iter().filter_map(|occasion| occasion.newest()).max();
    let items = Items { renderer, words: Words::new(renderer, entry), entry, changed, confirmed };
    for field in entry.kind.fields.iter().filter(|field| is_shown(field)) {
        events.extend(items.of_field(field));
    }
    events
}

/// The days of every entry that has a first day, each told once whatever its languages.
pub(super) fn all(renderer: &Renderer<'_>) -> Vec<Event> {
    let (library, main) = (renderer.library().whole(), &renderer.config().language);
    let has_main = |entry: &Entry| library.by_id.get(&entry.id).is_some_and(|twins| twins.contains_key(main));
    let told = library.entries.iter().filter(|entry| entry.language == *main || !has_main(entry));
    told.filter(|entry| entry.state.is_listed()).filter_map(|entry| days(renderer, entry)).collect()
}

/// True where [`all`] tells of anything.
pub(in crate::outputs) fn has_days(entry: &Entry) -> bool {
    entry.state.is_listed() && entry.day("start").is_some()
}

/// The days of an entry as one event.
fn days(renderer: &Renderer<'_>, entry: &Entry) -> Option<Event> {
    let first = entry.day("start")?;
    let last = entry.day("end").filter(|last| *last >= first).unwrap_or(first);
    let of_schema = |property: &str| {
        let field = entry.kind.fields.iter().find(|field| field.schema.as_deref() == Some(property))?;
        Some((field, entry.fields.get(&field.name)?))
    };
    let words = Words::new(renderer, entry);
    let url = renderer.addresses().absolute(&entry.url);
    Some(Event {
        uid: uid(renderer, entry, ""),
        when: When::Days(first, last),
        summary: entry.title.clone(),
        description: [entry.summary.as_str(), &url].join("\n\n").trim_start().to_owned(),
        url,
        place: of_schema("location").map(|(field, value)| words.cell(field, value)),
        category: entry.kind.label.get(&entry.language).to_owned(),
        language: entry.language.clone(),
        changed: entry.newest(),
        confirmed: !of_schema("eventStatus").is_some_and(|(_, value)| *value == Value::YesNo(false)),
    })
}

/// What a calendar knows an event by. The place in the list is a part of it, so that a better wording is a change and
/// not another event.
fn uid(renderer: &Renderer<'_>, entry: &Entry, item: &str) -> String {
    super::uid(renderer.config(), &entry.url, item)
}

/// The items of an entry's groups.
struct Items<'a> {
    renderer: &'a Renderer<'a>,
    words: Words<'a>,
    entry: &'a Entry,
    changed: Option<Date>,
    confirmed: bool,
}

impl Items<'_> {
    fn of_field(&self, field: &Field) -> Vec<Event> {
        let (FieldType::Group(inner), Some(value)) = (&field.field_type, self.entry.fields.get(&field.name)) else {
            return Vec::new();
        };
        let items = match value {
            Value::Many(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let event = |(place, item): (usize, &Value)| match item {
            Value::Group(values) => self.item(field, inner, values, place + 1),
            _ => None,
        };
        items.iter().enumerate().filter_map(event).collect()
    }

    fn item(&self, field: &Field, inner: &[Field], values: &Fields, place: usize) -> Option<Event> {
        let library = self.renderer.library();
        let (dated, when) = inner.iter().find_map(|field| match values.get(&field.name)? {
            Value::DateTime(moment) => Some((field, When::Moment(moment.zoned.clone()))),
            Value::Number(count) => library.due(self.entry, field, *count).map(|day| (field, When::Days(day, day))),
            _ => None,
        })?;
        let set = inner.iter().filter(|other| other.name != dated.name);
        let set: Vec<(&Field, String)> =
            set.filter_map(|field| Some((field, self.words.cell(field, values.get(&field.name)?)))).collect();
        let language = &self.entry.language;
        let url = self.renderer.addresses().absolute(&self.entry.url);
        let said = set.iter().map(|(field, said)| format!("{}: {said}", field.label.get(language)));
        let description: Vec<String> = said.chain([String::new(), self.entry.title.clone(), url.clone()]).collect();
        Some(Event {
            uid: uid(self.renderer, self.entry, &format!("/{}-{place}", field.name)),
            when,
            summary: summary(&set).unwrap_or_else(|| self.entry.title.clone()),
            description: description.join("\n"),
            url,
            place: None,
            category: field.label.get(language).to_owned(),
            language: language.clone(),
            changed: self.changed,
            // What belongs to days that are a guess is one.
            confirmed: self.confirmed,
        })
    }
}

/// What an item is called: its choices, and the first of its texts.
fn summary(set: &[(&Field, String)]) -> Option<String> {
    let choices = set.iter().filter(|(field, _)| matches!(field.field_type, FieldType::Choice(_)));
    let choices = choices.map(|(_, said)| said.as_str());
    let text = set.iter().find(|(field, _)| matches!(field.field_type, FieldType::Text { .. } | FieldType::Markdown));
    let text = text.map(|(_, said)| shortened(said));
    let parts: Vec<&str> = choices.chain(text.as_deref()).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}

/// The first words of a text.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let Some((end, _)) = line.char_indices().nth(LONGEST) else { return line.to_owned() };
    let (start, _) = line.split_at(end);
    let end = start.rfind(' ').unwrap_or(end);
    format!("{}…", start.get(..end).unwrap_or(start).trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests;
