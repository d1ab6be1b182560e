//! What stands for a page where somebody shares it: a card with its kind, its title and the site's name.

use super::{Record, Renderer, context::facets};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Entry, Output, Recipe, Span, Taxonomy},
    picture::{self, DRAWING_VERSION},
};
use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use tera::{Context, Value};

/// How large a card is, in pixels: what those who show them ask for.
const SIZE: (u32, u32) = (1200, 630);

/// How many terms a card names.
const NAMED: usize = 2;

/// The words on a card. Pages with the same words share one; without a title it is the card of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Card {
    /// What the page is: the label of its kind.
    pub(crate) kicker: String,
    /// What it is about.
    pub(crate) title: String,
    /// Whom or what it concerns: its councils, its themes.
    pub(crate) detail: String,
}

impl Card {
    /// The card of an entry: its own where the kind asks for one, else that of its kind and its first theme.
    pub(crate) fn of_entry(renderer: &Renderer<'_>, entry: &Entry) -> Self {
        if template(renderer).is_none() {
            return Self::default();
        }
        let language = entry.language.as_str();
        let kind = entry.kind.label.get(language).to_owned();
        let library = renderer.library();
        let named = facets(entry, renderer.locale(language));
        let labels = |taxonomy: &String| {
            let place = library.taxonomies().iter().position(|known| known.declaration.name == *taxonomy)?;
            let own = named.iter().filter(|named| named.taxonomy == place);
            let labels: Vec<&str> = own.filter_map(|named| label(&named.value)).collect();
            (!labels.is_empty()).then_some(labels)
        };
        let cards = &library.theme().cards;
        if entry.kind.own_card {
            let detail = cards.detail.iter().find_map(labels).unwrap_or_default();
            let detail = detail.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
            return Self { kicker: kind, title: entry.title.clone(), detail };
        }
        let theme =
            cards.shared.as_ref().and_then(labels).and_then(|labels| labels.first().map(|label| label.to_string()));
        match (theme, &entry.kind.folder) {
            (Some(title), Some(_)) => Self { kicker: kind, title, detail: String::new() },
            (Some(title), None) => Self { title, ..Self::default() },
            (None, Some(_)) => Self { title: entry.kind.plural.get(language).to_owned(), ..Self::default() },
            (None, None) => Self::default(),
        }
    }

    /// The card of a term: its own in the taxonomy by which pages share cards, else that of the site.
    pub(crate) fn of_term(renderer: &Renderer<'_>, taxonomy: &Taxonomy, title: &str, language: &str) -> Self {
        let declaration = &taxonomy.declaration;
        if renderer.library().theme().cards.shared.as_ref() != Some(&declaration.name) {
            return Self::default();
        }
        Self { kicker: declaration.label.get(language).to_owned(), title: title.to_owned(), detail: String::new() }
    }
}

/// What cards are drawn by; nothing where the theme has none or downloads are left out.
fn template<'a>(renderer: &Renderer<'a>) -> Option<&'a str> {
    renderer.library().theme().cards.template.as_deref().filter(|_| renderer.config().downloads)
}

fn label(term: &Value) -> Option<&str> {
    term.as_map()?.get(&tera::value::Key::Str("label"))?.as_str()
}

/// The cards so far, by language and words: a thousand pages may share one.
#[derive(Debug, Default)]
pub(super) struct Drawn(Mutex<HashMap<(String, Card), (Value, Output)>>);

/// The value `social` of a page, and its card; neither where the theme has no cards or downloads are left out.
pub(crate) fn social(
    renderer: &Renderer<'_>,
    language: &str,
    card: &Card,
) -> (Option<(Value, Output)>, Vec<Diagnostic>) {
    let Some(template) = template(renderer) else { return (None, Vec::new()) };
    let drawn = || renderer.workshop.look.drawn.0.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (language.to_owned(), card.clone());
    let known = drawn().get(&key).cloned();
    if known.is_some() {
        return (known, Vec::new());
    }
    let (made, diagnostics) = draw(renderer, template, language, card);
    if let Some(made) = &made {
        drawn().insert(key, made.clone());
    }
    (made, diagnostics)
}

fn draw(
    renderer: &Renderer<'_>,
    template: &str,
    language: &str,
    card: &Card,
) -> (Option<(Value, Output)>, Vec<Diagnostic>) {
    let theme = renderer.library().theme();
    let site = renderer.config().title.as_str();
    let title = if card.title.is_empty() { site } else { &card.title };
    let words = Record::new()
        .set("kicker", card.kicker.as_str())
        .set("title", title)
        .set("detail", card.detail.as_str())
        .set("width", SIZE.0)
        .set("height", SIZE.1);
    let mut context = Context::new();
    context.insert_value("card", words.value());
    let (svg, diagnostics) = renderer.render(template, language, &context, title);
    let Some(svg) = svg.and_then(|svg| String::from_utf8(svg).ok()) else { return (None, diagnostics) };

    let hash = blake3::hash(svg.as_bytes()).to_hex();
    let path = format!("/assets/cards/{}.png", hash.get(..16).unwrap_or(&hash));
    let key = format!("{DRAWING_VERSION} {}x{} {hash}", SIZE.0, SIZE.1);
    let source = theme.template(template).map_or_else(|| template.to_owned(), |file| file.path.clone());
    let recipe = Recipe::new(key, [], move |_| {
        picture::png(&svg, SIZE.0, SIZE.1).map_err(|reason| {
            Diagnostic::new(
                Code::InvalidTemplate,
                format!("The card that this template makes can't be drawn: {reason}"),
            )
            .at(&source, Span::default())
            .help("It has to be an SVG drawing. Look at what it writes for a long title, and for none.")
        })
    });
    let arguments = [("kind", Cow::from(card.kicker.as_str())), ("title", Cow::from(title))];
    let told = || renderer.locale(language).messages().fill("social.alt", None, &arguments);
    let alt = if card.kicker.is_empty() { None } else { told() };
    let value = Record::new()
        .set("url", renderer.addresses().absolute(&path))
        .set("width", SIZE.0)
        .set("height", SIZE.1)
        .set("alt", alt.unwrap_or_else(|| title.to_owned()));
    (Some((value.value(), Output::made(path.trim_start_matches('/'), recipe))), diagnostics)
}
