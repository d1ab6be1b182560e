//! One entry of the catalogue.

use crate::{
    markdown,
    model::{Entry, Field, FieldType, Fields, Value as Typed},
    render::{Renderer, View, is_shown},
};
use serde_json::{Map, Value, json};

/// An entry: what each has, and under `fields` those of its kind that are set.
pub(super) fn record(renderer: &Renderer<'_>, entry: &Entry) -> Value {
    let values = Values { renderer, entry, language: &renderer.config().language };
    let shown = entry.kind.fields.iter().filter(|field| is_shown(field));
    json!({
        "id": entry.id,
        "url": renderer.addresses().absolute(&entry.url),
        "kind": entry.kind.name,
        "language": entry.language,
        "state": entry.state.name(),
        "title": entry.title,
        "summary": entry.summary,
        "fields": values.fields(shown, &entry.fields),
    })
}

struct Values<'a> {
    renderer: &'a Renderer<'a>,
    entry: &'a Entry,
    /// The language of labels.
    language: &'a str,
}

impl<'a> Values<'a> {
    fn fields<'f>(&self, declared: impl Iterator<Item = &'f Field>, set: &Fields) -> Map<String, Value> {
        let value = |field: &Field| Some((field.name.clone(), self.value(field, set.get(&field.name)?)?));
        declared.filter_map(value).collect()
    }

    /// A value as data; `None` for what names a page that nobody may see.
    fn value(&self, field: &Field, value: &Typed) -> Option<Value> {
        Some(match value {
            Typed::Text(text) => text.as_str().into(),
            Typed::Markdown(text) => self.words(*text)?.into(),
            Typed::Date(date) => date.iso().into(),
            Typed::DateTime(moment) => {
                let local = moment.zoned.with_time_zone(self.renderer.config().now.time_zone().clone());
                local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string().into()
            }
            Typed::Number(number) => figure(*number),
            Typed::YesNo(yes) => (*yes).into(),
            Typed::Choice(option) => match &field.field_type {
                FieldType::Choice(options) => {
                    let option = options.get(*option)?;
                    json!({ "id": option.id, "label": option.label.get(self.language) })
                }
                _ => return None,
            },
            Typed::Term(register, index) => {
                let term = self.library().register(register)?.terms.get(*index)?;
                json!({ "id": term.id, "label": term.labels.get(self.language) })
            }
            Typed::Page(reference) => {
                let index = self.library().resolve(reference, &self.entry.language)?;
                let entry = self.library().front(index)?;
                let url = self.renderer.addresses().absolute(&entry.url);
                json!({ "id": entry.id, "label": entry.title, "url": url })
            }
            Typed::File(path) => {
                let name = path.rsplit('/').next().unwrap_or(path);
                json!({ "url": self.renderer.addresses().of_file(path), "name": name })
            }
            Typed::Group(fields) => match &field.field_type {
                FieldType::Group(inner) => {
                    Some(self.fields(inner.iter(), fields)).filter(|group| !group.is_empty())?.into()
                }
                _ => return None,
            },
            Typed::Many(items) => {
                let values: Vec<Value> = items.iter().filter_map(|item| self.value(field, item)).collect();
                Some(values).filter(|values| !values.is_empty())?.into()
            }
        })
    }

    /// The words of a piece of Markdown. Its markup leads to files of the library, which readers do not have.
    fn words(&self, text: usize) -> Option<String> {
        let text = self.entry.texts.get(text)?;
        let is_data = |name: &str| self.library().theme().components.contains_key(name);
        Some(markdown::plain(text.markdown(&self.entry.source.text), is_data))
    }

    fn library(&self) -> View<'_, 'a> {
        self.renderer.library()
    }
}

/// A number; one without a fraction has no decimal point.
fn figure(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT { (number as i64).into() } else { number.into() }
}
