//! The pages and files that the fields of an entry name.

use super::{pictures, places::Places, targets};
use crate::{
    diagnostic::{Code, Diagnostic, Fix},
    link_path,
    model::{Entry, FieldPath, Fields, PageReference, Span, Step, Value},
    nearest::{nearest, slip},
    yaml,
};

/// What the fields of one entry name.
#[derive(Default)]
pub(super) struct References {
    pub entries: Vec<usize>,
    pub assets: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks up every page and file that the front matter and the components of an entry name.
pub(super) fn references(entry: &Entry, places: &Places) -> References {
    let mut found = References::default();
    let file = &entry.source.text;
    let front = entry.front_span.unwrap_or_default();
    let in_front = |path: &FieldPath| yaml::locate(front.of(file), path).value.shifted(front.start);
    visit(&entry.fields, &mut Vec::new(), &mut |value, path| found.look(entry, places, value, &|| in_front(path)));
    for text in &entry.texts {
        for block in &text.components {
            let Some(fields) = &block.fields else { continue };
            let in_block = |path: &FieldPath| {
                let span = yaml::component_span(text.markdown(file), block, yaml::locate(&block.body, path).value);
                yaml::markdown_span(file, entry.front_span, text, span)
            };
            visit(fields, &mut Vec::new(), &mut |value, path| found.look(entry, places, value, &|| in_block(path)));
        }
    }
    found
}

/// Calls `look` with every single value and the path to it.
fn visit(fields: &Fields, path: &mut FieldPath, look: &mut impl FnMut(&Value, &FieldPath)) {
    for (name, value) in fields {
        path.push(Step::Key(name.clone()));
        visit_value(value, path, look);
        path.pop();
    }
}

fn visit_value(value: &Value, path: &mut FieldPath, look: &mut impl FnMut(&Value, &FieldPath)) {
    match value {
        Value::Group(fields) => visit(fields, path, look),
        Value::Many(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Item(index));
                visit_value(item, path, look);
                path.pop();
            }
        }
        single => look(single, path),
    }
}

impl References {
    fn look(&mut self, entry: &Entry, places: &Places, value: &Value, span: &dyn Fn() -> Span) {
        match value {
            Value::Page(reference) => self.page(entry, places, reference, span),
            Value::File(path) => self.file(entry, places, path, span),
            _ => {}
        }
    }

    fn page(&mut self, entry: &Entry, places: &Places, reference: &PageReference, span: &dyn Fn() -> Span) {
        let named = places.entry_named(reference);
        self.entries.extend(named);
        match named {
            Some(index) if !places.is_visible(index) && targets::is_shown(entry, places) => {
                let title = places.entries.get(index).map_or("", |entry| entry.title.as_str());
                let message = format!("“{title}” is not published yet");
                let help = "Publish that page first, or take it out here.";
                self.diagnostics.push(Diagnostic::new(Code::HiddenTarget, message).at(entry.path(), span()).help(help));
            }
            Some(_) => {}
            None if is_unread(places, reference) => {}
            None => {
                let (message, help) = missing(places, reference);
                let span = span();
                let fix = meant(entry, places, reference, span);
                self.diagnostics
                    .push(Diagnostic::new(Code::BrokenLink, message).at(entry.path(), span).help(help).mended(fix));
            }
        }
    }

    fn file(&mut self, entry: &Entry, places: &Places, path: &str, span: &dyn Fn() -> Span) {
        let fault = if !places.assets.contains_key(path) {
            let help =
                places.near(path).map_or("Put the file beside this page and write its name.".to_owned(), |near| {
                    format!("Did you mean `{}`?", near.replacen("content", "", 1))
                });
            let written = span().of(&entry.source.text);
            let now = places.meant(path).filter(|meant| places.assets.contains_key(*meant));
            let now = now.and_then(|meant| link_path::written_like(entry.path(), written, meant));
            let names_it = link_path::resolve(entry.path(), written).as_deref() == Some(path);
            let fix = now.filter(|_| names_it).and_then(|now| Fix::replacing(&entry.source, span(), written, &now));
            Diagnostic::new(Code::MissingAsset, format!("There is no file {path}")).help(help).mended(fix)
        } else if targets::is_shown(entry, places) && !places.may_carry(path) {
            let message = format!("{path} lies beside a page that is not published yet");
            Diagnostic::new(Code::HiddenTarget, message)
                .help("Publish that page first, or put a copy of the file beside this one.")
        } else {
            self.assets.push(path.to_owned());
            match places.assets.get(path).and_then(|asset| pictures::fault(asset, places.config.limits)) {
                Some(fault) => fault,
                None => return,
            }
        };
        self.diagnostics.push(fault.at(entry.path(), span()));
    }
}

fn is_unread(places: &Places, reference: &PageReference) -> bool {
    match reference {
        PageReference::Source(path) => places.is_unread(path),
        PageReference::Slug { folder, slug } => places.is_unread(&format!("content/{folder}/{slug}")),
    }
}

/// What mends a reference to a page that is not there.
fn meant(entry: &Entry, places: &Places, reference: &PageReference, span: Span) -> Option<Fix> {
    let written = span.of(&entry.source.text);
    let now = match reference {
        PageReference::Source(path) if link_path::resolve(entry.path(), written).as_ref() == Some(path) => {
            let page = places.meant(path).filter(|meant| places.entry_at(meant).is_some())?;
            link_path::written_like(entry.path(), written, page)?
        }
        PageReference::Slug { folder, slug } if written.trim_end_matches(".md") == slug => {
            let prefix = format!("{folder}/");
            let slugs = places.entries.iter().filter_map(|entry| entry.id.strip_prefix(&prefix));
            slip(slug, slugs.map(|slug| (slug, slug)))?.to_owned()
        }
        _ => return None,
    };
    Fix::replacing(&entry.source, span, written, &now)
}

fn missing(places: &Places, reference: &PageReference) -> (String, String) {
    match reference {
        PageReference::Source(path) => {
            let help = places.near(path).map_or("Check the folder and the name.".to_owned(), |near| {
                format!("Did you mean `{}`?", near.replacen("content", "", 1))
            });
            (format!("There is no page {path}"), help)
        }
        PageReference::Slug { folder, slug } => {
            let prefix = format!("{folder}/");
            let slugs = places.entries.iter().filter_map(|entry| entry.id.strip_prefix(&prefix));
            let help = match nearest(slug, slugs.take(1000)) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!(
                    "Make the page content/{folder}/{slug}.md, or write the file name of another without `.md`."
                ),
            };
            (format!("There is no page called “{slug}” in {folder}/"), help)
        }
    }
}
