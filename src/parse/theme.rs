//! Reads the data files of a theme: its manifest, kinds, components, translations and advice.

use super::{agreement, diagnostic, field, wording};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        App, Cards, Component, ComponentBody, ComponentRules, Download, Field, FieldType, Format, Kind, Labels, Order,
        PictureSizes, Setting, SourceFile, Span, Step, TaxonomyDeclaration, Theme, ThemeFiles,
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
    #[allow(dead_code, reason = "it is followed where the files are found")]
    extends: Option<String>,
    #[serde(default)]
    taxonomies: Vec<TaxonomyDeclaration>,
    pictures: Option<PictureSizes>,
    cards: Option<Cards>,
    app: Option<App>,
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
    series: Option<String>,
    schema: Option<String>,
    #[serde(default)]
    similar: Labels,
    #[serde(default)]
    downloads: Vec<LooseDownload>,
    #[serde(default)]
    card: LooseCard,
    #[serde(default)]
    fields: Vec<field::LooseField>,
}

/// A format, or a format of one field.
#[derive(Deserialize)]
#[serde(untagged)]
enum LooseDownload {
    Whole(Format),
    Part(LoosePart),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LoosePart {
    format: Format,
    of: String,
}

#[derive(Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LooseCard {
    #[default]
    Shared,
    Own,
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
    rules: Option<LooseRules>,
    #[serde(default)]
    fields: Vec<field::LooseField>,
    needs: Option<Setting>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LooseBody {
    #[default]
    Yaml,
    Csv,
    Either,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LooseRules {
    Chart,
}

/// The theme that these files make.
pub fn theme(files: ThemeFiles) -> (Theme, Vec<Diagnostic>) {
    let ThemeFiles {
        names,
        manifests,
        kinds,
        components,
        templates,
        translations,
        advice,
        broken: _,
        statics,
        pdf,
        inherited,
    } = files;
    let mut reader = Reader { diagnostics: Vec::new() };
    let parents = names.get(1..).unwrap_or_default().to_vec();
    let path = manifests.first().map(|file| file.path.clone()).unwrap_or_default();
    let mut theme = Theme { statics, pdf, inherited, parents, path, ..Theme::default() };
    // What a theme adds stands after what it inherits, so each list is read from the furthest theme on.
    for manifest in manifests.iter().rev().filter_map(|file| reader.read::<LooseManifest>(file, &["name"])) {
        join(&mut theme.taxonomies, manifest.taxonomies);
        theme.pictures = manifest.pictures.unwrap_or(theme.pictures);
        theme.cards = manifest.cards.unwrap_or(theme.cards);
        theme.app = manifest.app.unwrap_or(theme.app);
    }
    theme.taxonomies.sort_by_key(|taxonomy| taxonomy.order);
    let every = kinds.iter().rev().filter(|file| file.name() == EVERY);
    let every = every.filter_map(|file| reader.read::<LooseEvery>(file, &["fields"]));
    let every = every.fold(Vec::new(), |fields, every| field::overlay(&fields, every.fields));
    let required = ["name", "label", "plural", "template"];
    for file in kinds.iter().filter(|file| file.name() != EVERY) {
        let kind = reader.read::<LooseKind>(file, &required).and_then(|loose| reader.kind(file, loose, &every));
        theme.kinds.extend(kind.map(Arc::new));
    }
    theme.kinds.sort_by(|a, b| (a.folder.is_none(), a.place, &a.name).cmp(&(b.folder.is_none(), b.place, &b.name)));
    reader.diagnostics.extend(agreement::check(&theme, &kinds, manifests.first()));
    for file in &components {
        let loose = reader.read::<LooseComponent>(file, &["name", "label"]);
        if let Some(component) = loose.and_then(|loose| reader.component(file, loose)) {
            theme.components.insert(component.name.clone(), component);
        }
    }
    for file in translations.iter().rev() {
        if let Some(tree) = reader.read::<Value>(file, &[]) {
            flatten(String::new(), tree, theme.translations.entry(file.stem().to_owned()).or_default());
        }
    }
    for file in advice.iter().rev() {
        if let Some(loose) = reader.read::<wording::LooseWording>(file, &[]) {
            wording::laid(loose, theme.advice.entry(file.stem().to_owned()).or_default());
        }
    }
    theme.templates = templates.into_iter().map(|file| (template_name(&file, &theme.parents), file)).collect();
    (theme, reader.diagnostics)
}

/// Puts taxonomies into a list: each in the place of the one of its name, or at the end.
fn join(list: &mut Vec<TaxonomyDeclaration>, own: Vec<TaxonomyDeclaration>) {
    for taxonomy in own {
        match list.iter_mut().find(|known| known.name == taxonomy.name) {
            Some(known) => *known = taxonomy,
            None => list.push(taxonomy),
        }
    }
}

/// The name of a template: its path below `templates/`, with the name of its theme before it where that is a parent.
fn template_name(file: &SourceFile, parents: &[String]) -> String {
    let (theme, name) = file.path.split_once("/templates/").unwrap_or(("", &file.path));
    let theme = theme.strip_prefix("themes/").unwrap_or(theme);
    if parents.iter().any(|parent| parent == theme) { format!("{theme}/{name}") } else { name.to_owned() }
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
        let LooseKind {
            name,
            folder,
            label,
            plural,
            description,
            template,
            order,
            sort,
            series,
            similar,
            schema,
            downloads,
            card,
            fields,
        } = loose;
        let (fields, shared) = (self.fields(file, field::overlay(every, fields))?, every.len());
        self.names(file, &name, folder.as_deref(), &fields);
        let downloads: Vec<Download> = downloads.into_iter().map(download).collect();
        self.parts(file, &downloads, &fields);
        let sort = match sort {
            LooseOrder::Newest => Order::Newest,
            LooseOrder::Title => Order::Title,
            LooseOrder::Start => Order::Start,
        };
        let path = file.path.clone();
        let (place, own_card) = (order, card == LooseCard::Own);
        Some(Kind {
            name,
            folder,
            label,
            plural,
            description,
            template,
            place,
            sort,
            similar,
            series,
            schema,
            downloads,
            own_card,
            fields,
            shared,
            path,
        })
    }

    /// Reports names that could not stand in an address, in an id or in a template.
    fn names(&mut self, file: &SourceFile, name: &str, folder: Option<&str>, fields: &[Field]) {
        let is_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        let folders = folder.into_iter().flat_map(|folder| folder.split('/')).map(|part| ("folder", part));
        let fields = fields.iter().map(|field| ("fields", field.name.as_str()));
        for (key, wrong) in folders.chain(fields).chain([("name", name)]).filter(|(_, text)| !is_name(text)) {
            let message =
                format!("“{}” is no name: it may have letters from a to z, digits, - and _", wrong.escape_debug());
            let span = yaml::locate(&file.text, &[Step::Key(key.to_owned())]).value.first_line(&file.text);
            let fault = Diagnostic::new(Code::InvalidThemeFile, message).at(&file.path, span);
            self.diagnostics.push(fault.help("docs/kinds-format.md describes these files."));
        }
    }

    /// Reports downloads of fields that there are not, and tables of what is no list of groups.
    fn parts(&mut self, file: &SourceFile, downloads: &[Download], fields: &[Field]) {
        for (place, Download { format, of }) in downloads.iter().enumerate() {
            let field = of.as_deref().map(|of| (of, fields.iter().find(|field| field.name == of)));
            let is_table = |field: &Field| field.many && matches!(field.field_type, FieldType::Group(_));
            let message = match field {
                Some((of, None)) => format!("There is no field “{of}” to make a download of"),
                None if *format == Format::Csv => "A download of the format csv is of a field".to_owned(),
                Some((of, Some(field))) if *format == Format::Csv && !is_table(field) => {
                    format!("“{of}” is no list of groups, so it makes no table")
                }
                _ => continue,
            };
            let span = yaml::locate(&file.text, &[Step::Key("downloads".to_owned()), Step::Item(place)]).value;
            let fault = Diagnostic::new(Code::InvalidThemeFile, message).at(&file.path, span);
            self.diagnostics.push(fault.help("Write `- {format: csv, of: the_field}`."));
        }
    }

    fn component(&mut self, file: &SourceFile, loose: LooseComponent) -> Option<Component> {
        let LooseComponent { name, label, description, body, rules, fields, needs } = loose;
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
            LooseBody::Either => ComponentBody::Either,
        };
        let rules = rules.map(|LooseRules::Chart| ComponentRules::Chart);
        Some(Component { name, label, description, body, fields, rules, needs })
    }
}

fn download(loose: LooseDownload) -> Download {
    match loose {
        LooseDownload::Whole(format) => Download { format, of: None },
        LooseDownload::Part(LoosePart { format, of }) => Download { format, of: Some(of) },
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
