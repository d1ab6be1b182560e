//! The files that an entry names.

use super::{super::words::Words, Part};
use crate::{
    model::{Field, FieldType, Fields, Target, Value},
    outputs::asset,
    render::Renderer,
};

/// The folder that they go into.
const FOLDER: &str = "files";

/// A file by its path from the root, with what there is to say of it.
type Named = (String, Vec<String>);

/// The pictures and other files of an entry, each once, as the site has them: without what a camera noted in them.
pub(in super::super) fn files(renderer: &Renderer<'_>, index: usize) -> Vec<Part> {
    let library = renderer.library();
    let Some(entry) = library.entry(index) else { return Vec::new() };
    let mut named = Vec::new();
    let words = Words::new(renderer, entry);
    gather(&words, &entry.kind.fields, &entry.fields, &mut named);
    for block in entry.texts.iter().flat_map(|text| &text.components) {
        if let (Some(component), Some(values)) = (library.theme().components.get(&block.name), &block.fields) {
            gather(&words, &component.fields, values, &mut named);
        }
    }
    let linked = library.links(index).iter().flatten();
    named.extend(linked.filter_map(|target| match target {
        Target::Asset(path) => Some((path.clone(), Vec::new())),
        _ => None,
    }));
    let mut files: Vec<Named> = Vec::new();
    for (path, about) in named {
        match files.iter_mut().find(|(known, _)| *known == path) {
            // One place says what a picture shows, another whose it is: the longer story is kept.
            Some((_, known)) if about.len() > known.len() => *known = about,
            Some(_) => {}
            None => files.push((path, about)),
        }
    }
    let part = |(path, about): Named| {
        let content = asset::own(library.asset(&path)?);
        let name = path.rsplit('/').next().unwrap_or(&path);
        Some(Part { path: format!("{FOLDER}/{name}"), content, about })
    };
    files.into_iter().filter_map(part).collect()
}

/// The files among these values. A group that is not complete without its file is about it: the rest of the group is
/// what there is to say. Of another file the description beside it is told.
fn gather(words: &Words<'_>, fields: &[Field], values: &Fields, named: &mut Vec<Named>) {
    let said = |field: &Field| {
        let value = values.get(&field.name)?;
        Some(format!("{}: {}", field.label.get(&words.entry.language), words.cell(field, value)))
    };
    let is_file = |field: &Field| matches!(field.field_type, FieldType::File | FieldType::Image);
    for field in fields {
        let Some(value) = values.get(&field.name) else { continue };
        let items = match value {
            Value::Many(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            match (item, &field.field_type) {
                (Value::File(path), _) => {
                    let alt = format!("{}_alt", field.name);
                    let is_about = |other: &&Field| {
                        !is_file(other) && (field.required || other.name == alt || other.name == "alt")
                    };
                    named.push((path.clone(), fields.iter().filter(is_about).filter_map(said).collect()));
                }
                (Value::Group(values), FieldType::Group(inner)) => gather(words, inner, values, named),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Content,
        render::fixture::{Fixture, config, field, workshop},
    };

    #[test]
    fn a_file_goes_in_once_with_what_is_said_of_it() {
        let text = || FieldType::Text { max_length: None };
        let assets = vec![
            Field { required: true, ..field("file", FieldType::File) },
            field("alt", text()),
            field("credit", text()),
        ];
        let fixture = Fixture::new()
            .field(field("image", FieldType::Image))
            .field(field("image_alt", text()))
            .field(Field { many: true, ..field("assets", FieldType::Group(assets)) })
            .asset("content/things/a.png", 1)
            .asset("content/things/b.pdf", 1);
        let asset = |file: &str, credit: &str| {
            let text = |text: &str| Value::Text(text.into());
            let pairs = [("file", Value::File(file.into())), ("alt", text("A door")), ("credit", text(credit))];
            Value::Group(pairs.map(|(name, value)| (name.to_owned(), value)).into())
        };
        let fill = |entry: &mut crate::model::Entry| {
            entry.fields.insert("image".into(), Value::File("content/things/a.png".into()));
            entry.fields.insert("image_alt".into(), Value::Text("A door".into()));
            let assets = vec![
                asset("content/things/a.png", "Us"),
                asset("content/things/b.pdf", "Them"),
                asset("content/gone.png", "Nobody"),
            ];
            entry.fields.insert("assets".into(), Value::Many(assets));
        };
        let (library, config) = (fixture.entry("content/things/a.md", "", fill).library(), config(""));
        let workshop = workshop(library, config);
        let renderer = workshop.renderer();
        let files = files(&renderer, 0);
        let said: Vec<_> = files.iter().map(|part| (part.path.as_str(), part.about.join(" "))).collect();
        assert_eq!(
            said,
            [
                ("files/a.png", "The alt: A door The credit: Us".to_owned()),
                ("files/b.pdf", "The alt: A door The credit: Them".to_owned()),
            ]
        );
        assert!(matches!(files[1].content, Content::File(_)));
    }
}
