//! `casebook kinds`: the reference of kinds and fields, from the theme's own files.

use super::{Status, root, say::give};
use crate::{
    cli::{Global, Kinds},
    config::Overrides,
    diagnostic::Diagnostic,
    model::{Download, Field, FieldType, Kind, Theme},
    nearest::nearest,
    pipeline,
};
use std::fmt::Write as _;

pub(super) fn kinds(options: &Kinds, global: &Global) -> Result<Status, String> {
    let (theme, language) = theme(global)?;
    let chosen: Vec<&Kind> = match &options.kind {
        Some(name) => vec![find(&theme, name)?],
        None => theme.kinds.iter().map(AsRef::as_ref).collect(),
    };
    give(reference(&chosen, &language))?;
    Ok(Status::Clean)
}

/// The theme of the library that the arguments mean, and the library's language.
pub(super) fn theme(global: &Global) -> Result<(Theme, String), String> {
    let root = root(global)?;
    let config = pipeline::settings(&root, &Overrides::default()).map_err(|run| first(&run.diagnostics))?;
    let (theme, faults) = pipeline::theme(&config);
    match faults.iter().find(|fault| fault.is_error()) {
        Some(_) => Err(first(&faults)),
        None => Ok((theme, config.language)),
    }
}

/// The first of these faults that stops a command, in words.
pub(super) fn first(faults: &[Diagnostic]) -> String {
    let fault = faults
        .iter()
        .find(|fault| fault.is_error())
        .map_or("the library can't be read", |fault| fault.message.as_str());
    format!("{fault}. `casebook check` says more.")
}

/// The kind of that name, folder or label.
pub(super) fn find<'a>(theme: &'a Theme, name: &str) -> Result<&'a Kind, String> {
    let goes_by = |kind: &&std::sync::Arc<Kind>| kind.name == name || kind.folder.as_deref() == Some(name);
    if let Some(kind) = theme.kinds.iter().find(goes_by) {
        return Ok(kind);
    }
    let names = || theme.kinds.iter().map(|kind| kind.name.as_str());
    let help = match nearest(name, names()) {
        Some(near) => format!("Did you mean {near}?"),
        None => format!("There are: {}.", names().collect::<Vec<_>>().join(", ")),
    };
    Err(format!("there is no kind of page called “{name}”. {help}"))
}

/// The kinds and their fields, as text for people: each kind once, each field with its type and help.
pub fn reference(kinds: &[&Kind], language: &str) -> String {
    let mut text = String::new();
    for kind in kinds {
        let place = kind.folder.as_ref().map_or("content/".to_owned(), |folder| format!("content/{folder}/"));
        let _ = writeln!(
            text,
            "## {}\n\n{}: {}\n\n- folder: `{place}`",
            kind.name,
            kind.label.get(language),
            kind.description.get(language)
        );
        if !kind.downloads.is_empty() {
            let _ = writeln!(text, "- downloads: {}", kind.downloads.iter().map(told).collect::<Vec<_>>().join(", "));
        }
        text.push('\n');
        fields(&kind.fields, language, 0, &mut text);
        text.push('\n');
    }
    text
}

fn fields(fields_of: &[Field], language: &str, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for field in fields_of {
        let required = if field.required { ", required" } else { "" };
        let many = if field.many { ", many" } else { "" };
        let facet = field.facet.as_ref().map_or(String::new(), |facet| format!(", in the index {facet}"));
        let _ = writeln!(
            text,
            "{indent}- `{}` ({}{many}{required}{facet}): {}",
            field.name,
            described(&field.field_type),
            field.help.get(language)
        );
        if let FieldType::Group(inner) = &field.field_type {
            fields(inner, language, depth + 1, text);
        }
    }
}

/// A type with what belongs to it, in words.
pub(super) fn described(field_type: &FieldType) -> String {
    let name = field_type.name();
    match field_type {
        FieldType::Text { max_length: Some(length) } => format!("{name}, at most {length} characters"),
        FieldType::Date { partial: true } => format!("{name}, or only the month or year"),
        FieldType::Choice(options) => {
            let ids: Vec<_> = options.iter().map(|option| option.id.as_str()).collect();
            format!("{name} of {}", ids.join(", "))
        }
        FieldType::Reference(target) if target == "page" => format!("{name} to a page by its file: /folder/name.md"),
        FieldType::Reference(target) => format!("{name} to {target}"),
        _ => name.to_owned(),
    }
}

/// A download in words: `docx of press_release`.
fn told(Download { format, of }: &Download) -> String {
    let of = of.as_ref().map(|of| format!(" of {of}"));
    format!("{}{}", format.name(), of.unwrap_or_default())
}
