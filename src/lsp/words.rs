//! What the server tells people of fields, terms, components, pages and files: in the theme's own words.

use super::Shelf;
use crate::{
    config,
    model::{AssetFile, Component, Entry, Field, FieldType, Term},
};

/// What a field is for, in Markdown.
pub(super) fn of_field(shelf: &Shelf, field: &Field) -> String {
    let language = &shelf.config.language;
    let mut parts = vec![format!("**{}** · {}", plain(field.label.get(language)), takes(shelf, field))];
    parts.extend(Some(plain(field.help.get(language))).filter(|help| !help.is_empty()));
    parts.extend(field.example.as_ref().map(|example| format!("Example: `{}`", example.replace(['`', '\n'], " "))));
    parts.join("\n\n")
}

/// The values that a field takes.
fn takes(shelf: &Shelf, field: &Field) -> String {
    let one = match &field.field_type {
        FieldType::Text { max_length: Some(most) } => format!("text, at most {most} characters"),
        FieldType::Reference(to) => match shelf.registers.get(to) {
            Some(register) => format!("from {}", register.path),
            None if shelf.theme.kind_of_folder(to).is_some() => format!("the name of a page in {to}/"),
            None => "the path of a page".to_owned(),
        },
        FieldType::Choice(_) => "a choice".to_owned(),
        FieldType::YesNo => "`yes` or `no`".to_owned(),
        FieldType::Date { partial: true } => "a date, `2027-10-25`, or a year or a month".to_owned(),
        FieldType::Date { partial: false } => "a date, `2027-10-25`".to_owned(),
        FieldType::DateTime => "a date and a time, `2027-10-25T09:00`".to_owned(),
        other => other.name().to_owned(),
    };
    let many = if field.many { ", one or more" } else { "" };
    let required = if field.required { ", required" } else { "" };
    format!("{one}{many}{required}")
}

/// What a term means, in Markdown.
pub(super) fn of_term(shelf: &Shelf, term: &Term) -> String {
    let language = &shelf.config.language;
    let mut parts = vec![format!("**{}**", plain(term.labels.get(language)))];
    parts.extend(Some(plain(term.description.get(language))).filter(|about| !about.is_empty()));
    if !term.synonyms.is_empty() {
        parts.push(format!("Also: {}", plain(&term.synonyms.join(", "))));
    }
    if !term.replaced_by.is_empty() {
        parts.push(format!("Replaced by {}", plain(&term.replaced_by.join(", "))));
    }
    let column = |(name, value): (&String, &String)| format!("{}: {}", plain(name), plain(value));
    let columns: Vec<String> = term.columns.iter().filter(|(_, value)| !value.is_empty()).map(column).collect();
    parts.extend(Some(columns.join("  \n")).filter(|columns| !columns.is_empty()));
    parts.join("\n\n")
}

/// What a component is for, in Markdown.
pub(super) fn of_component(shelf: &Shelf, component: &Component) -> String {
    let language = &shelf.config.language;
    format!("**{}**\n\n{}", plain(component.label.get(language)), plain(component.description.get(language)))
}

/// What a page is, in Markdown.
pub(super) fn of_entry(shelf: &Shelf, entry: &Entry) -> String {
    let label = entry.kind.label.get(&shelf.config.language);
    let state = if entry.state.is_published() { String::new() } else { format!(", {}", entry.state.name()) };
    let mut parts = vec![format!("**{}**", plain(&entry.title))];
    parts.extend(Some(plain(&entry.summary)).filter(|summary| !summary.is_empty()));
    parts.push(format!("{}{state} · {}", plain(label), plain(&entry.url)));
    parts.join("\n\n")
}

/// What a file is.
pub(super) fn of_file(asset: &AssetFile) -> String {
    let size = config::size(asset.size);
    asset.dimensions.map_or(size.clone(), |(width, height)| format!("{width} × {height} pixels, {size}"))
}

/// Words as they are, in Markdown: what would be markup is escaped, so that nothing of a page is formatted or loaded.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '!') {
            plain.push('\\');
        }
        plain.push(if c == '\n' { ' ' } else { c });
    }
    plain
}
