//! A field as templates see it: its words in one language, made once and shared by every page.

use super::Record;
use crate::model::{ChoiceOption, Field, FieldType};
use tera::{Value, value::Key};

/// A field, with what templates are told of it in one language.
#[derive(Clone, Debug)]
pub(crate) struct FieldView {
    /// The field.
    pub(crate) field: Field,
    /// Its name as a key.
    pub(crate) key: Key<'static>,
    name: Value,
    label: Value,
    help: Value,
    type_name: Value,
    /// The options of a choice, in order.
    pub(crate) options: Vec<Value>,
    /// The fields of a group.
    pub(crate) inner: Vec<FieldView>,
}

/// Fields as templates see them in a language.
pub(crate) fn views(fields: &[Field], language: &str) -> Vec<FieldView> {
    fields.iter().map(|field| FieldView::new(field, language)).collect()
}

impl FieldView {
    fn new(field: &Field, language: &str) -> Self {
        let (options, inner) = match &field.field_type {
            FieldType::Choice(options) => (options.iter().map(|choice| option(choice, language)).collect(), Vec::new()),
            FieldType::Group(fields) => (Vec::new(), views(fields, language)),
            _ => (Vec::new(), Vec::new()),
        };
        Self {
            field: field.clone(),
            key: Key::from(field.name.clone()),
            name: Value::from(field.name.as_str()),
            label: Value::from(field.label.get(language)),
            help: Value::from(field.help.get(language)),
            type_name: Value::from(field.field_type.name()),
            options,
            inner,
        }
    }

    /// `{name, label, help, type, many, value}`.
    pub(crate) fn with(&self, value: Value) -> Value {
        Record::new()
            .set("name", self.name.clone())
            .set("label", self.label.clone())
            .set("help", self.help.clone())
            .set("type", self.type_name.clone())
            .set("many", self.field.many)
            .set("value", value)
            .value()
    }
}

fn option(choice: &ChoiceOption, language: &str) -> Value {
    Record::new()
        .set("id", choice.id.as_str())
        .set("label", choice.label.get(language))
        .set_some("max_length", choice.max_length)
        .set_some("url_length", choice.url_length)
        .value()
}
