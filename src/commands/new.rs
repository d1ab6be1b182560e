//! `casebook new`: a page that passes `check`, with its required fields filled in.

use super::{
    Status, Stopped,
    files::{Change, put},
    kinds::{described, find},
    library::Library,
    report,
    say::{complain, remark},
    shown,
};
use crate::{
    cli::{Global, New},
    config::Config,
    diagnostic::Format,
    front_matter, import,
    model::{Field, FieldType, Kind, SourceFile},
    nearest::nearest,
    pipeline::{self, Run, Unseen},
};
use serde_yaml::{Mapping, Value};
use std::{collections::BTreeMap, io::IsTerminal};

pub(super) fn new(options: &New, global: &Global) -> Result<Status, Stopped> {
    let Library { config, known } = Library::open(global)?;
    let (kind, language) = (find(&known.theme, &options.kind)?, &config.language);
    let slug = import::stem(&options.title).map_err(|wrong| format!("{wrong}. Choose another title"))?;
    let folder = kind.folder.as_ref().map_or("content".to_owned(), |folder| format!("content/{folder}"));
    let path = config.root.join(&folder).join(format!("{slug}.md"));
    if path.exists() {
        return Err(format!("{} is there already; choose another title", shown(&path)).into());
    }
    let mut given = given(kind, &options.set)?;
    given.insert("title".to_owned(), options.title.trim().to_owned());
    let ask = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let text = page(kind, given, language, &mut |field| if ask { asked(field, language) } else { None })?;
    let site_path = format!("{folder}/{slug}.md");
    let trial = trial(&config, SourceFile { path: site_path, text: text.clone() });
    if trial.has_errors() {
        report::faults(&trial, Format::Human);
        return Err("the page was not written, as it would have the faults above".to_owned().into());
    }
    put(&[Change::new(path.clone(), text.into_bytes())])?;
    if !global.quiet {
        let path = shown(&path);
        remark(format_args!("Wrote {path}. Open it, write the text below the second `---`, and run `casebook check`."));
    }
    Ok(Status::Clean)
}

/// What `check` would say of the page, and of nothing else.
fn trial(config: &Config, page: SourceFile) -> Run {
    let path = page.path.clone();
    let mut run = pipeline::try_pages(config, &Unseen, vec![page]);
    run.diagnostics.retain(|fault| fault.labels().any(|label| label.path == path));
    run
}

/// The values of `--set`, by field.
fn given(kind: &Kind, set: &[String]) -> Result<BTreeMap<String, String>, String> {
    let mut given = BTreeMap::new();
    for pair in set {
        let (name, value) =
            pair.split_once('=').ok_or_else(|| format!("--set takes FIELD=VALUE, and “{pair}” has no `=`"))?;
        if kind.field(name).is_none() {
            let near = nearest(name, kind.fields.iter().map(|field| field.name.as_str()));
            let help = near
                .map_or(format!("`casebook kinds {}` lists them.", kind.name), |near| format!("Did you mean {near}?"));
            return Err(format!("the kind {} has no field called “{name}”. {help}", kind.name));
        }
        given.insert(name.to_owned(), value.to_owned());
    }
    Ok(given)
}

/// The text of a new page: the fields given, then those that are required and can be asked for.
fn page(
    kind: &Kind,
    mut given: BTreeMap<String, String>,
    language: &str,
    ask: &mut dyn FnMut(&Field) -> Option<String>,
) -> Result<String, String> {
    let mut front = Mapping::new();
    let mut missing = Vec::new();
    for field in &kind.fields {
        let value = given.remove(&field.name).or_else(|| if field.required { ask(field) } else { None });
        match value {
            Some(value) if !value.trim().is_empty() => {
                front.insert(field.name.as_str().into(), value_of(field, value.trim()));
            }
            _ if field.required => missing.push(field),
            _ => {}
        }
    }
    if !missing.is_empty() {
        let lines: Vec<_> = missing
            .iter()
            .map(|field| {
                format!("  --set {}=…   {} ({})", field.name, field.label.get(language), described(&field.field_type))
            })
            .collect();
        return Err(format!("a {} needs more than a title. Give these as well:\n{}", kind.name, lines.join("\n")));
    }
    Ok(front_matter::page(kind, &front, ""))
}

/// The YAML of a value as typed at a prompt: commas between several, or YAML in brackets.
fn value_of(field: &Field, typed: &str) -> Value {
    if typed.starts_with(['[', '{'])
        && let Ok(value) = serde_yaml::from_str(typed)
    {
        return value;
    }
    if field.many {
        let items = typed.split(',').map(str::trim).filter(|item| !item.is_empty());
        return Value::Sequence(items.map(|item| single(field, item)).collect());
    }
    single(field, typed)
}

fn single(field: &Field, typed: &str) -> Value {
    match &field.field_type {
        FieldType::Number { .. } | FieldType::YesNo => serde_yaml::from_str(typed).unwrap_or_else(|_| typed.into()),
        // A group at a prompt is its first field; the others are filled in in the file.
        FieldType::Group(fields) => {
            let first = fields.iter().find(|field| field.required).or(fields.first());
            let mapping = first.map(|field| (Value::from(field.name.as_str()), value_of(field, typed)));
            Value::Mapping(mapping.into_iter().collect())
        }
        _ => typed.into(),
    }
}

/// Asks for a required field at the terminal.
fn asked(field: &Field, language: &str) -> Option<String> {
    let (label, help) = (field.label.get(language), field.help.get(language));
    complain(help);
    if let FieldType::Group(fields) = &field.field_type {
        return asked_group(field, fields, language);
    }
    if let (FieldType::Choice(options), false) = (&field.field_type, field.many) {
        let labels: Vec<_> = options.iter().map(|option| option.label.get(language)).collect();
        let chosen = dialoguer::Select::new().with_prompt(label).items(&labels).default(0).interact().ok()?;
        return options.get(chosen).map(|option| option.id.clone());
    }
    let several = if field.many { ", with commas between several" } else { "" };
    let prompt = format!("{label} ({}{several})", described(&field.field_type));
    dialoguer::Input::<String>::new().with_prompt(prompt).interact_text().ok()
}

/// Asks for one group's required fields, and gives them as YAML in brackets.
fn asked_group(field: &Field, fields: &[Field], language: &str) -> Option<String> {
    let mut group = serde_json::Map::new();
    for inner in fields.iter().filter(|inner| inner.required) {
        let value = value_of(inner, asked(inner, language)?.trim());
        group.insert(inner.name.clone(), serde_json::to_value(value).ok()?);
    }
    let group = serde_json::Value::Object(group);
    let value = if field.many { serde_json::Value::Array(vec![group]) } else { group };
    Some(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Labels;

    fn kind() -> Kind {
        let field = |name: &str, required, many| Field {
            name: name.into(),
            field_type: FieldType::Text { max_length: None },
            many,
            required,
            label: Labels::same(name),
            ..Field::default()
        };
        Kind {
            name: "note".into(),
            folder: Some("notes".into()),
            fields: vec![field("title", true, false), field("summary", true, false), field("tags", false, true)],
            ..Kind::default()
        }
    }

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_given_and_asked_for_stands_in_the_kinds_order() {
        let given = values(&[("tags", "a, b"), ("title", "Yes: and no")]);
        let text = page(&kind(), given, "en", &mut |field| Some(format!("asked for {}", field.name))).unwrap();
        assert_eq!(text, "---\ntitle: \"Yes: and no\"\nsummary: asked for summary\ntags:\n  - a\n  - b\n---\n");
    }

    #[test]
    fn what_is_missing_is_named_with_its_flag() {
        let message = page(&kind(), values(&[("title", "A")]), "en", &mut |_| None).unwrap_err();
        assert!(message.contains("--set summary="), "{message}");
    }

    #[test]
    fn a_field_that_the_kind_lacks_is_refused_with_the_nearest() {
        let message = given(&kind(), &["sumary=x".into()]).unwrap_err();
        assert!(message.contains("Did you mean summary?"), "{message}");
    }
}
