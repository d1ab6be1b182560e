//! The home page of a language.

use super::{Made, page_of};
use crate::render::{Frame, Renderer, on_now, page};
use tera::Value;

/// How many of the newest entries it shows.
const NEWEST: usize = 10;

/// The taxonomy that it shows the terms of.
const THEMES: &str = "themes";

pub(super) fn make(renderer: &Renderer<'_>, index: Option<usize>) -> Made {
    let (library, config) = (renderer.library(), renderer.config());
    let entry = index.and_then(|index| library.entry(index));
    let language = entry.map_or(config.language.as_str(), |entry| &entry.language);
    let (value, faults) = index.and_then(|index| page(renderer, index, None)).unzip();
    let frame = Frame {
        title: &config.title,
        description: entry.map_or("", |entry| &entry.summary),
        path: entry.map_or("/", |entry| &entry.url),
        entry: index,
        ..Frame::default()
    };
    let source = entry.map(|entry| entry.path());
    let (outputs, mut diagnostics) = page_of(renderer, "home.html", language, &frame, source, |context| {
        if let Some(value) = value {
            context.insert_value("page", value);
        }
        let newest = renderer.lists().whole().newest(library.fronts(), NEWEST);
        context.insert_value(
            "newest",
            Value::from(newest.into_iter().map(|entry| renderer.card(entry)).collect::<Vec<_>>()),
        );
        context.insert_value("on_now", Value::from(on_now(renderer, language)));
        context.insert_value("themes", Value::from(themes(renderer, language)));
        context.insert_value("taxonomies", Value::from(renderer.taxonomies(language)));
    });
    diagnostics.extend(faults.into_iter().flatten());
    (outputs, diagnostics)
}

/// The themes in use.
fn themes(renderer: &Renderer<'_>, language: &str) -> Vec<Value> {
    let taxonomies = renderer.library().taxonomies();
    let place = taxonomies.iter().position(|taxonomy| taxonomy.declaration.name == THEMES);
    place.map(|place| renderer.terms(place, language)).unwrap_or_default().into_iter().map(|(_, term)| term).collect()
}
