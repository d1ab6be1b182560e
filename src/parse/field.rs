//! Fields as kind and component files give them: a loose form, laid over that of every kind, then resolved.

use crate::model::{ChoiceOption, Field, FieldType, Labels};
use serde::Deserialize;

/// A field as it is written; every property may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LooseField {
    pub name: String,
    #[serde(rename = "type")]
    field_type: Option<String>,
    label: Option<Labels>,
    help: Option<Labels>,
    many: Option<bool>,
    required: Option<bool>,
    facet: Option<String>,
    to: Option<String>,
    options: Option<Vec<LooseOption>>,
    options_from: Option<String>,
    fields: Option<Vec<LooseField>>,
    max_length: Option<usize>,
    min: Option<f64>,
    max: Option<f64>,
    partial: Option<bool>,
    example: Option<String>,
    after: Option<String>,
    within: Option<String>,
    before: Option<String>,
    expires: Option<bool>,
    days_from: Option<String>,
    declares: Option<Declared>,
    verbatim: Option<bool>,
    schema: Option<String>,
    internal: Option<bool>,
}

/// What the items of a field are to the rest of the entry.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Declared {
    Placeholders,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LooseOption {
    id: String,
    label: Labels,
    max_length: Option<usize>,
    url_length: Option<usize>,
    schema: Option<String>,
}

impl LooseField {
    /// This field with the properties that `over` gives in place of its own.
    fn overlaid(self, over: Self) -> Self {
        let Self {
            name,
            field_type,
            label,
            help,
            many,
            required,
            facet,
            to,
            options,
            options_from,
            fields,
            max_length,
            min,
            max,
            partial,
            example,
            after,
            within,
            before,
            expires,
            days_from,
            declares,
            verbatim,
            schema,
            internal,
        } = over;
        Self {
            name,
            field_type: field_type.or(self.field_type),
            label: label.or(self.label),
            help: help.or(self.help),
            many: many.or(self.many),
            required: required.or(self.required),
            facet: facet.or(self.facet),
            to: to.or(self.to),
            options: options.or(self.options),
            options_from: options_from.or(self.options_from),
            fields: fields.or(self.fields),
            max_length: max_length.or(self.max_length),
            min: min.or(self.min),
            max: max.or(self.max),
            partial: partial.or(self.partial),
            example: example.or(self.example),
            after: after.or(self.after),
            within: within.or(self.within),
            before: before.or(self.before),
            expires: expires.or(self.expires),
            days_from: days_from.or(self.days_from),
            declares: declares.or(self.declares),
            verbatim: verbatim.or(self.verbatim),
            schema: schema.or(self.schema),
            internal: internal.or(self.internal),
        }
    }
}

/// The fields of a kind: those of every kind, changed where the kind says so, then its own.
pub(super) fn overlay(every: &[LooseField], own: Vec<LooseField>) -> Vec<LooseField> {
    let mut fields = every.to_vec();
    for field in own {
        match fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => *known = std::mem::take(known).overlaid(field),
            None => fields.push(field),
        }
    }
    fields
}

/// The fields, resolved.
///
/// # Errors
/// What is wrong with the first unsound one, in words.
pub(super) fn resolve(fields: Vec<LooseField>) -> Result<Vec<Field>, String> {
    let siblings = fields.clone();
    fields.into_iter().map(|field| resolve_one(field, &siblings)).collect()
}

fn resolve_one(loose: LooseField, siblings: &[LooseField]) -> Result<Field, String> {
    let name = loose.name;
    let type_name = loose.field_type.unwrap_or_else(|| "text".to_owned());
    let field_type = match type_name.as_str() {
        "text" => FieldType::Text { max_length: loose.max_length },
        "markdown" => FieldType::Markdown,
        "date" => FieldType::Date { partial: loose.partial.unwrap_or_default() },
        "date-time" => FieldType::DateTime,
        "number" => FieldType::Number { min: loose.min, max: loose.max },
        "yes-no" => FieldType::YesNo,
        "url" => FieldType::Url,
        "email" => FieldType::Email,
        "image" => FieldType::Image,
        "file" => FieldType::File,
        "reference" => {
            FieldType::Reference(loose.to.ok_or(format!("The reference “{name}” doesn't say what it refers `to`"))?)
        }
        "choice" => FieldType::Choice(options(&name, loose.options, loose.options_from.as_deref(), siblings)?),
        "group" => {
            let fields = loose.fields.ok_or(format!("The group “{name}” has no `fields`"))?;
            FieldType::Group(resolve(fields)?)
        }
        other => {
            let known = [
                "text",
                "markdown",
                "date",
                "date-time",
                "number",
                "yes-no",
                "choice",
                "reference",
                "url",
                "email",
                "image",
                "file",
                "group",
            ];
            let near =
                crate::nearest::nearest(other, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return Err(format!("The field “{name}” has the unknown type “{other}”{near}"));
        }
    };
    if let Some(earlier) = loose.after.as_deref().filter(|earlier| !is_date(earlier, siblings)) {
        return Err(format!("“{name}” is to come after “{earlier}”, and there is no date of that name beside it"));
    }
    Ok(Field {
        label: loose.label.unwrap_or_else(|| Labels::same(name.replace('_', " "))),
        name,
        field_type,
        many: loose.many.unwrap_or_default(),
        required: loose.required.unwrap_or_default(),
        facet: loose.facet,
        help: loose.help.unwrap_or_default(),
        example: loose.example,
        after: loose.after,
        within: loose.within,
        before: loose.before,
        expires: loose.expires.unwrap_or_default(),
        days_from: loose.days_from,
        declares_placeholders: loose.declares == Some(Declared::Placeholders),
        verbatim: loose.verbatim.unwrap_or_default(),
        schema: loose.schema,
        internal: loose.internal.unwrap_or_default(),
    })
}

fn is_date(name: &str, fields: &[LooseField]) -> bool {
    let is_date = |field: &LooseField| matches!(field.field_type.as_deref(), Some("date" | "date-time"));
    fields.iter().any(|field| field.name == name && is_date(field))
}

fn options(
    name: &str,
    own: Option<Vec<LooseOption>>,
    from: Option<&str>,
    siblings: &[LooseField],
) -> Result<Vec<ChoiceOption>, String> {
    let borrowed = from.and_then(|from| siblings.iter().find(|field| field.name == from)?.options.clone());
    let options = own.or(borrowed).filter(|options| !options.is_empty());
    let options = options.ok_or(format!("The choice “{name}” has no `options`"))?;
    Ok(options
        .into_iter()
        .map(|LooseOption { id, label, max_length, url_length, schema }| ChoiceOption {
            id,
            label,
            max_length,
            url_length,
            schema,
        })
        .collect())
}
