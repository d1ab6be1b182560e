//! Makes an entry of a document.

use super::{Rules, address, component, fields::Checker, lifecycle, placeholder, text};
use crate::{
    diagnostic::{Code, Diagnostic, Fix},
    markdown::Anchors,
    model::{Document, Entry, Kind, Span, Step, Value},
    nearest::{nearest, slip},
    yaml,
};
use serde_yaml::Value as Yaml;
use std::sync::Arc;

/// The entry that a document holds, as far as its faults allow; `None` where nobody can tell where it belongs,
/// or whether it may be published.
pub fn entry(document: Document, rules: Rules<'_>) -> (Option<Entry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let entry = build(document, rules, &mut diagnostics);
    (entry, diagnostics)
}

fn build(document: Document, rules: Rules<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Entry> {
    let kind = kind(&document, rules, diagnostics)?;
    let address = match address::address(&document.source.path, rules.config) {
        Ok(address) => address,
        Err(fault) => {
            let message = format!("The name of this file or of a folder around it {fault}");
            diagnostics.push(
                Diagnostic::new(Code::InvalidAddress, message)
                    .at(&document.source.path, Span::default())
                    .help("Give it a name of letters, figures and hyphens, such as luton-mentoring.md."),
            );
            return None;
        }
    };
    if !document.readable {
        return None;
    }

    let yaml_start = document.front_span.map_or(0, |span| span.start);
    let mut checker = Checker {
        rules,
        file: &document.source,
        yaml: document.front_text(),
        place: &|span| span.shifted(yaml_start),
        whole: opener(&document),
        diagnostics: Vec::new(),
        texts: Vec::new(),
    };
    let mut fields = checker.fields(&document.front, &kind.fields, &Vec::new());
    let aliases = aliases(&fields, &mut checker);
    let mut texts = std::mem::take(&mut checker.texts);
    diagnostics.append(&mut checker.diagnostics);
    texts.push(document.body);

    let state = lifecycle::state(&fields, &kind, &rules.config.now, &document.front);
    let first_heading = texts.last().and_then(|body| body.headings.first()).map(|heading| heading.text.clone());
    let title = take_text(&mut fields, "title");
    let title = title.or(first_heading).unwrap_or_else(|| document.source.stem().to_owned());
    let mut entry = Entry {
        front_span: document.front_span,
        id: address.id,
        language: address.language,
        url: address.url,
        title,
        summary: take_text(&mut fields, "summary").unwrap_or_default(),
        published: lifecycle::date(&fields, "published"),
        updated: lifecycle::date(&fields, "updated"),
        review_by: lifecycle::date(&fields, "review_by"),
        state,
        aliases,
        texts,
        fields,
        kind,
        source: document.source,
    };
    unique_anchors(&mut entry);
    diagnostics.extend(text::check(&entry, &vague_words(rules, &entry.language), rules.config.html));
    diagnostics.extend(placeholder::check(&entry));
    diagnostics.extend(component::check(&mut entry, rules));
    Some(entry)
}

/// The kind that a document is held against.
pub fn kind_of(document: &Document, rules: Rules<'_>) -> Option<Arc<Kind>> {
    kind(document, rules, &mut Vec::new())
}

/// The kind that the front matter names, else that of the folder.
fn kind(document: &Document, rules: Rules<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Arc<Kind>> {
    let theme = rules.theme;
    if let Some(Yaml::String(name)) = document.front.get("kind") {
        if let Some(kind) = theme.kind(name) {
            return Some(kind.clone());
        }
        let span = yaml::locate(document.front_text(), &[Step::Key("kind".into())]).value;
        let names = || theme.kinds.iter().map(|kind| kind.name.as_str());
        let help = match nearest(name, names()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!(
                "Delete the line, as the folder says the kind, or write one of: {}.",
                names().collect::<Vec<_>>().join(", ")
            ),
        };
        let base = document.front_span.map_or(0, |span| span.start);
        let span = span.shifted(base);
        let meant = slip(name, names().map(|name| (name, name)));
        let fix = meant.and_then(|meant| Fix::replacing(&document.source, span, name, meant));
        diagnostics.push(
            Diagnostic::new(Code::UnknownKind, format!("There is no kind of page called “{name}”"))
                .at(&document.source.path, span)
                .help(help)
                .mended(fix),
        );
    }
    theme.kind_at(&document.source.path).cloned()
}

/// The line that opens the front matter, or the start of a file that has none.
fn opener(document: &Document) -> Span {
    let text = &document.source.text;
    if document.front_span.is_none() {
        return Span::at(0);
    }
    Span::new(0, text.find(['\n', '\r']).unwrap_or(text.len()))
}

fn take_text(fields: &mut crate::model::Fields, name: &str) -> Option<String> {
    match fields.remove(name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn aliases(fields: &crate::model::Fields, checker: &mut Checker) -> Vec<String> {
    let Some(Value::Many(values)) = fields.get("aliases") else { return Vec::new() };
    let mut aliases = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let Value::Text(written) = value else { continue };
        match address::alias(written) {
            Ok(alias) => aliases.push(alias),
            Err(reason) => checker.report(
                Code::InvalidAddress,
                &vec![Step::Key("aliases".into()), Step::Item(index)],
                format!("“{written}” can't be an old address: {reason}"),
                "Write the path that the page had on this site, such as /old-folder/old-name/.",
            ),
        }
    }
    aliases
}

/// Gives every heading of the page its own anchor, in the order in which the page shows them.
fn unique_anchors(entry: &mut Entry) {
    let mut anchors = Anchors::default();
    for heading in entry.texts.iter_mut().flat_map(|text| &mut text.headings) {
        heading.id = anchors.take(&heading.id);
    }
}

/// Link texts that say nothing, from the theme's translations: words of a language are data.
fn vague_words(rules: Rules<'_>, language: &str) -> Vec<String> {
    let messages =
        rules.theme.translations.get(language).or_else(|| rules.theme.translations.get(&rules.config.language));
    let words = messages.and_then(|messages| messages.get("check.vague_link_text"));
    let words = words.and_then(Yaml::as_sequence).map(Vec::as_slice).unwrap_or_default();
    words.iter().filter_map(Yaml::as_str).map(str::to_lowercase).collect()
}
