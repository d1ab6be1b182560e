//! The links, references and terms of a page, with their places: read from the text as it is now.

use super::{
    Found, Shelf,
    spot::{front, named_kind},
};
use crate::{
    link_path, markdown,
    model::{Field, FieldPath, FieldType, Kind, LinkKind, PageReference, PageText, Place, Span, Step},
    yaml,
};
use serde_yaml::{Mapping, Value};
use std::sync::Arc;

/// A page as it is written now.
pub(super) struct Page<'a> {
    /// Its path in the library.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// The Markdown of its fields and its body, the body last.
    pub texts: Vec<PageText>,
    yaml: Option<Span>,
    front: Mapping,
}

/// Something of the library that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// What is written, in the file.
    pub span: Span,
    /// The same, unescaped.
    pub written: String,
    /// What it names, where that is there.
    pub found: Option<Found>,
    /// How it is named.
    pub how: How,
}

/// How a page names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// By a link in Markdown.
    Link,
    /// By a picture in Markdown.
    Picture,
    /// By a field, with a path: a page or a file.
    Path,
    /// By a field, with the name that a page has in its folder.
    Slug,
    /// By a field, with the id of a term.
    Term,
}

impl<'a> Page<'a> {
    /// Reads a text; nothing where the theme has no kind for it.
    pub fn read(shelf: &Shelf, path: &'a str, text: &'a str) -> Option<Self> {
        let kind = shelf.kind(path, named_kind(text))?.clone();
        let whole = front(text);
        let yaml = whole.map(|front| front.yaml);
        let front = match yaml.map(|yaml| yaml::parse(yaml.of(text))) {
            Some(Ok(Value::Mapping(front))) => front,
            _ => Mapping::new(),
        };
        let mut texts = Vec::new();
        each(&front, &kind.fields, &mut Vec::new(), &mut |field, value, path| {
            if let (FieldType::Markdown, Value::String(written)) = (&field.field_type, value) {
                texts.push(markdown::outline(written, Place::Field(path.clone()), Some(written.clone())));
            }
        });
        let body = Span::new(whole.map_or(0, |front| front.body), text.len());
        texts.push(markdown::outline(body.of(text), Place::Body(body), None));
        Some(Self { path, text, kind, texts, yaml, front })
    }

    /// The place in the file of a span of one of its texts.
    pub fn place(&self, text: &PageText, span: Span) -> Span {
        yaml::markdown_span(self.text, self.yaml, text, span)
    }

    /// The label and the place of the field that a text is the value of; nothing for the body.
    pub fn field_of(&self, text: &PageText, shelf: &Shelf) -> Option<(String, Span)> {
        let Place::Field(path) = &text.place else { return None };
        let field = super::spot::field(&self.kind.fields, path)?;
        let yaml = self.yaml?;
        let located = yaml::locate(yaml.of(self.text), path);
        let span = Span::new(located.key.start.min(located.value.start), located.value.end);
        Some((field.label.get(&shelf.config.language).to_owned(), span.shifted(yaml.start)))
    }

    /// Everything that it names, in the order of places.
    pub fn mentions(&self, shelf: &Shelf) -> Vec<Mention> {
        let mut found = Vec::new();
        let base = self.yaml.map_or(0, |yaml| yaml.start);
        let yaml = self.yaml.map_or("", |yaml| yaml.of(self.text));
        each(&self.front, &self.kind.fields, &mut Vec::new(), &mut |field, value, path| {
            let span = || yaml::locate(yaml, path).value.shifted(base);
            found.extend(self.named(shelf, field, value, span));
        });
        for text in &self.texts {
            let markdown = text.markdown(self.text);
            found.extend(text.links.iter().filter(|link| !link.destination.is_empty()).map(|link| Mention {
                span: self.place(text, link.destination_span(markdown)),
                written: link.destination.clone(),
                found: shelf.linked(self.path, &link.destination),
                how: if link.kind == LinkKind::Image { How::Picture } else { How::Link },
            }));
            for block in &text.components {
                let Some(component) = shelf.theme.components.get(&block.name) else { continue };
                let Ok(Value::Mapping(fields)) = yaml::parse(&block.body) else { continue };
                each(&fields, &component.fields, &mut Vec::new(), &mut |field, value, path| {
                    let inside = || yaml::component_span(markdown, block, yaml::locate(&block.body, path).value);
                    found.extend(self.named(shelf, field, value, || self.place(text, inside())));
                });
            }
        }
        found.sort_by_key(|mention| mention.span);
        found
    }

    fn named(&self, shelf: &Shelf, field: &Field, value: &Value, span: impl Fn() -> Span) -> Option<Mention> {
        let written = match value {
            Value::String(text) => text.clone(),
            _ => return None,
        };
        let source = || link_path::resolve(self.path, &written);
        let (found, how) = match &field.field_type {
            FieldType::Image | FieldType::File => {
                (source().filter(|path| shelf.has_asset(path)).map(Found::Asset), How::Path)
            }
            FieldType::Reference(to) if shelf.registers.contains_key(to) => {
                let register = shelf.registers.get(to)?;
                let term = register.by_id(&written).or_else(|| register.by_name(&written));
                (term.map(|index| Found::Term(to.clone(), index)), How::Term)
            }
            FieldType::Reference(to) if shelf.theme.kind_of_folder(to).is_some() => {
                let slug = written.trim_end_matches(".md").to_owned();
                let entry = shelf.entry_named(&PageReference::Slug { folder: to.clone(), slug });
                (entry.map(|index| Found::Entry(index, String::new())), How::Slug)
            }
            FieldType::Reference(_) => {
                let entry = source().and_then(|path| shelf.entry_named(&PageReference::Source(path)));
                (entry.map(|index| Found::Entry(index, String::new())), How::Path)
            }
            _ => return None,
        };
        Some(Mention { span: unquoted(self.text, span()), written, found, how })
    }
}

/// The pages that the settings name: navigation, footer, the one on how to contribute, and that of a contact.
pub(super) fn of_settings(shelf: &Shelf, text: &str) -> Vec<Mention> {
    let Ok(settings) = yaml::parse(text) else { return Vec::new() };
    let key = |name: &str| Step::Key(name.to_owned());
    let lists = ["navigation", "footer"].into_iter().flat_map(|name| {
        let items = settings.get(name).and_then(Value::as_sequence).map_or(0, Vec::len);
        (0..items).map(move |item| vec![key(name), Step::Item(item)])
    });
    let single = [vec![key("contribute")], ["accessibility", "contact", "page"].map(key).to_vec()];
    let value = |path: &[Step]| {
        path.iter().try_fold(&settings, |value, step| match step {
            Step::Key(key) => value.get(key.as_str()),
            Step::Item(index) => value.get(*index),
        })
    };
    let mention = |path: FieldPath| {
        let written = value(&path)?.as_str()?.to_owned();
        let source = link_path::resolve("content/", &written)?;
        let found = shelf.entry_at(&source).map(|index| Found::Entry(index, String::new()));
        let span = unquoted(text, yaml::locate(text, &path).value);
        Some(Mention { span, written, found, how: How::Path })
    };
    lists.chain(single).filter_map(mention).collect()
}

/// A span without the quotation marks around it.
fn unquoted(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let quoted =
        ['"', '\''].iter().any(|mark| written.len() > 1 && written.starts_with(*mark) && written.ends_with(*mark));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// Calls `look` with every single value that a field of the schema has, and the way to it.
fn each(values: &Mapping, schema: &[Field], path: &mut FieldPath, look: &mut impl FnMut(&Field, &Value, &FieldPath)) {
    for field in schema {
        let Some(value) = values.get(field.name.as_str()) else { continue };
        path.push(Step::Key(field.name.clone()));
        each_of(value, field, path, look);
        path.pop();
    }
}

fn each_of(value: &Value, field: &Field, path: &mut FieldPath, look: &mut impl FnMut(&Field, &Value, &FieldPath)) {
    match (value, &field.field_type) {
        (Value::Sequence(items), _) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Item(index));
                each_of(item, field, path, look);
                path.pop();
            }
        }
        (Value::Mapping(inner), FieldType::Group(schema)) => each(inner, schema, path, look),
        _ => look(field, value, path),
    }
}
