//! Reads the data files of a theme: its manifest, kinds, components and translations.

use super::{agreement, diagnostic, field};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        Component, ComponentBody, FieldType, Kind, Labels, Order, SourceFile, Span, TaxonomyDeclaration, Theme,
        ThemeFiles,
    },
    yaml,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_yaml::Value;
use std::{collections::HashMap, sync::Arc};

/// The file whose fields every kind has.
const EVERY: &str = "_every.yaml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseManifest {
    #[allow(dead_code, reason = "for people; it is checked to be there")]
    name: String,
    #[allow(dead_code, reason = "for people")]
    version: Option<String>,
    #[allow(dead_code, reason = "for people")]
    label: Option<Labels>,
    #[serde(default)]
    taxonomies: Vec<TaxonomyDeclaration>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseEvery {
    fields: Vec<field::LooseField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseKind {
    name: String,
    folder: Option<String>,
    label: Labels,
    plural: Labels,
    #[serde(default)]
    description: Labels,
    template: String,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    sort: LooseOrder,
    #[serde(default)]
    downloads: Vec<String>,
    #[serde(default)]
    fields: Vec<field::LooseField>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LooseOrder {
    #[default]
    Newest,
    Title,
    Start,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseComponent {
    name: String,
    label: Labels,
    #[serde(default)]
    description: Labels,
    #[serde(default)]
    body: LooseBody,
    #[serde(default)]
    fields: Vec<field::LooseField>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LooseBody {
    #[default]
    Yaml,
    Csv,
}

/// The theme that these files make.
pub fn theme(files: ThemeFiles) -> (Theme, Vec<Diagnostic>) {
    let ThemeFiles { manifest, kinds, components, templates, translations, statics } = files;
    let mut reader = Reader { diagnostics: Vec::new() };
    let mut theme = Theme { statics, ..Theme::default() };
    if let Some(manifest) = manifest.and_then(|file| reader.read::<LooseManifest>(&file, &["name"])) {
        theme.taxonomies = manifest.taxonomies;
        theme.taxonomies.sort_by_key(|taxonomy| taxonomy.order);
    }
    let every = kinds.iter().find(|file| file.name() == EVERY);
    let every = every.and_then(|file| reader.read::<LooseEvery>(file, &["fields"])).unwrap_or_default();
    let required = ["name", "label", "plural", "template"];
    for file in kinds.iter().filter(|file| file.name() != EVERY) {
        let kind = reader.read::<LooseKind>(file, &required).and_then(|loose| reader.kind(file, loose, &every.fields));
        theme.kinds.extend(kind.map(Arc::new));
    }
    theme.kinds.sort_by(|a, b| (a.folder.is_none(), a.place, &a.name).cmp(&(b.folder.is_none(), b.place, &b.name)));
    reader.diagnostics.extend(agreement::check(&theme, &kinds));
    for file in &components {
        let loose = reader.read::<LooseComponent>(file, &["name", "label"]);
        if let Some(component) = loose.and_then(|loose| reader.component(file, loose)) {
            theme.components.insert(component.name.clone(), component);
        }
    }
    for file in &translations {
        if let Some(tree) = reader.read::<Value>(file, &[]) {
            let mut messages = HashMap::new();
            flatten(String::new(), tree, &mut messages);
            theme.translations.insert(file.stem().to_owned(), messages);
        }
    }
    let template_name =
        |file: &SourceFile| file.path.split_once("/templates/").map_or(file.path.clone(), |(_, name)| name.to_owned());
    theme.templates = templates.into_iter().map(|file| (template_name(&file), file)).collect();
    (theme, reader.diagnostics)
}

struct Reader {
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn read<T: DeserializeOwned>(&mut self, file: &SourceFile, required: &[&str]) -> Option<T> {
        yaml::typed(&file.text, required)
            .map_err(|fault| self.diagnostics.push(diagnostic(Code::InvalidThemeFile, file, 0, fault)))
            .ok()
    }

    fn fields(&mut self, file: &SourceFile, loose: Vec<field::LooseField>) -> Option<Vec<crate::model::Field>> {
        field::resolve(loose)
            .map_err(|message| {
                let diagnostic = Diagnostic::new(Code::InvalidThemeFile, message).at(&file.path, Span::default());
                self.diagnostics.push(diagnostic.help("docs/kinds-format.md describes these files."));
            })
            .ok()
    }

    fn kind(&mut self, file: &SourceFile, loose: LooseKind, every: &[field::LooseField]) -> Option<Kind> {
        let LooseKind { name, folder, label, plural, description, template, order, sort, downloads, fields } = loose;
        let fields = self.fields(file, field::overlay(every, fields))?;
        let sort = match sort {
            LooseOrder::Newest => Order::Newest,
            LooseOrder::Title => Order::Title,
            LooseOrder::Start => Order::Start,
        };
        let path = file.path.clone();
        Some(Kind { name, folder, label, plural, description, template, place: order, sort, downloads, fields, path })
    }

    fn component(&mut self, file: &SourceFile, loose: LooseComponent) -> Option<Component> {
        let LooseComponent { name, label, description, body, fields } = loose;
        let fields = self.fields(file, fields)?;
        if let Some(field) = fields.iter().find(|field| matches!(field.field_type, FieldType::Markdown)) {
            let message = format!("A component can't have Markdown in it, and “{}” is of that type", field.name);
            let fault = Diagnostic::new(Code::InvalidThemeFile, message).at(&file.path, Span::default());
            self.diagnostics
                .push(fault.help("Make it `type: text`: the Markdown around the block is the place for more."));
            return None;
        }
        let body = match body {
            LooseBody::Yaml => ComponentBody::Yaml,
            LooseBody::Csv => ComponentBody::Csv,
        };
        Some(Component { name, label, description, body, fields })
    }
}

/// The forms that a plural message may have, as CLDR names them.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Turns a tree of messages into keys with dots. A mapping of plural forms and a list are messages.
fn flatten(key: String, value: Value, messages: &mut HashMap<String, Value>) {
    let is_plural = |mapping: &serde_yaml::Mapping| {
        mapping.contains_key("other")
            && mapping.keys().all(|form| form.as_str().is_some_and(|form| PLURALS.contains(&form)))
    };
    match value {
        Value::Mapping(mapping) if key.is_empty() || !is_plural(&mapping) => {
            for (inner, value) in mapping {
                let inner = inner.as_str().map_or_else(|| format!("{inner:?}"), str::to_owned);
                flatten(if key.is_empty() { inner } else { format!("{key}.{inner}") }, value, messages);
            }
        }
        message => {
            messages.insert(key, message);
        }
    }
}
