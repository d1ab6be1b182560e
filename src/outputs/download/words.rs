//! The values of an entry as data for people: the cells of a table, the words of a date in a calendar.

use crate::{
    markdown,
    model::{Entry, Field, FieldType, Fields, Piece, Placeholder, Value, pieces},
    render::Renderer,
};

/// What stands between several values of a cell.
const BETWEEN: &str = "; ";

/// An entry whose values are put into words.
pub(super) struct Words<'a> {
    renderer: &'a Renderer<'a>,
    pub(super) entry: &'a Entry,
    placeholders: Vec<Placeholder>,
}

impl<'a> Words<'a> {
    pub(super) fn new(renderer: &'a Renderer<'a>, entry: &'a Entry) -> Self {
        Self { renderer, entry, placeholders: entry.placeholders().unwrap_or_default() }
    }

    /// A value in a cell: a date as `2027-10-25`, a moment as `2027-10-25 09:00` in the library's time zone, a file by
    /// its name, what has a label by its label. Nothing for what names a page that nobody may see.
    pub(super) fn cell(&self, field: &Field, value: &Value) -> String {
        let language = &self.entry.language;
        let library = self.renderer.library();
        match value {
            Value::Text(text) => self.filled(text),
            Value::Markdown(text) => self.markdown(*text),
            Value::Date(date) => date.iso(),
            Value::DateTime(moment) => {
                let zone = self.renderer.config().now.time_zone().clone();
                moment.zoned.with_time_zone(zone).strftime("%Y-%m-%d %H:%M").to_string()
            }
            Value::Number(number) => number.to_string(),
            Value::YesNo(yes) => self.renderer.say(language, if *yes { "value.yes" } else { "value.no" }),
            Value::Choice(option) => match &field.field_type {
                FieldType::Choice(options) => options.get(*option).map(|option| option.label.get(language)),
                _ => None,
            }
            .unwrap_or_default()
            .to_owned(),
            Value::Term(register, index) => {
                let term = library.register(register).and_then(|register| register.terms.get(*index));
                term.map_or_else(String::new, |term| term.labels.get(language).to_owned())
            }
            Value::Page(reference) => {
                let index = library.resolve(reference, language);
                index.map_or_else(String::new, |index| self.renderer.title(index).to_owned())
            }
            Value::File(path) => path.rsplit('/').next().unwrap_or(path).to_owned(),
            Value::Group(values) => self.group(field, values),
            Value::Many(items) => {
                let items = items.iter().map(|item| self.cell(field, item)).filter(|item| !item.is_empty());
                items.collect::<Vec<_>>().join(BETWEEN)
            }
        }
    }

    fn group(&self, field: &Field, values: &Fields) -> String {
        let FieldType::Group(inner) = &field.field_type else { return String::new() };
        let set = inner.iter().filter_map(|field| Some((field, values.get(&field.name)?)));
        let said =
            set.map(|(field, value)| format!("{}: {}", field.label.get(&self.entry.language), self.cell(field, value)));
        said.collect::<Vec<_>>().join(BETWEEN)
    }

    fn markdown(&self, text: usize) -> String {
        let Some(text) = self.entry.texts.get(text) else { return String::new() };
        let is_data = |name: &str| self.renderer.library().theme().components.contains_key(name);
        self.filled(&markdown::plain(text.markdown(&self.entry.source.text), is_data))
    }

    /// A text with what its user fills in told by a label in brackets, as the page tells it.
    fn filled(&self, text: &str) -> String {
        let piece = |piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Placeholder(name, whole) => {
                let known = self.placeholders.iter().find(|placeholder| placeholder.name == name);
                known.map_or_else(|| whole.to_owned(), |known| format!("[{}]", known.label))
            }
        };
        pieces(text).map(piece).collect()
    }
}
