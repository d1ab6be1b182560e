//! One language of the site: its words, its templates, and the values that its pages share.

use super::{
    Addresses, Lists,
    context::{self, FieldView, Terms},
    direction::direction,
    draw::Maps,
    functions::{self, Known},
    i18n::Messages,
    kept::Kept,
    markdown::Words,
};
use crate::{
    config::Config,
    model::{Library, Read},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use tera::{Tera, Value, value::Key};

/// What the pages of one language share.
#[derive(Debug)]
pub(crate) struct Locale {
    known: Known,
    words: Words,
    terms: Terms,
    kinds: Kinds,
    taxonomies: Vec<Value>,
    site: Value,
    taxonomy_names: Vec<Key<'static>>,
    components: BTreeMap<String, Vec<FieldView>>,
    tera: Arc<Tera>,
}

/// The kinds of the theme.
#[derive(Debug)]
struct Kinds {
    places: HashMap<String, usize>,
    values: Vec<Value>,
    fields: Vec<Vec<FieldView>>,
}

impl Locale {
    /// A language of a library's site. `templates` are compiled, whatever the language of their functions.
    pub(super) fn new(library: &Library, config: &Config, lists: &Lists, known: Known, mut templates: Tera) -> Self {
        let messages = known.messages.clone();
        let language = messages.language();
        let theme = &library.theme;
        let say = |key: &str| messages.get(key).unwrap_or(key).to_owned();
        let kinds = Kinds {
            places: theme.kinds.iter().enumerate().map(|(place, kind)| (kind.name.clone(), place)).collect(),
            values: context::kinds(library, lists, &known.addresses, language),
            fields: theme.kinds.iter().map(|kind| context::views(&kind.fields, language)).collect(),
        };
        let components = theme.components.iter();
        let mut locale = Self {
            words: Words::new(say),
            terms: Terms::new(library, lists, &known.addresses, language),
            site: Value::none(),
            taxonomy_names: library.taxonomies.iter().map(|of| Key::from(of.declaration.name.clone())).collect(),
            taxonomies: context::taxonomies(library, lists, &known.addresses, language),
            components: components
                .map(|(name, component)| (name.clone(), context::views(&component.fields, language)))
                .collect(),
            tera: Arc::default(),
            kinds,
            known,
        };
        locale.known.maps = Arc::new(Maps::new(library, lists, &locale.terms));
        locale.known.kept = Arc::new(Kept::new(library.entries.len()));
        functions::register(&mut templates, &locale.known);
        let site = context::site(library, config, lists, &locale);
        locale.site = site.clone();
        let shared = templates.global_context();
        shared.insert_value("site", site);
        shared.insert_value("lang", Value::from(language));
        shared.insert_value("dir", Value::from(direction(language)));
        locale.tera = Arc::new(templates);
        locale.known.kept.bind(Arc::downgrade(&locale.tera));
        locale
    }

    /// Lets go of the parts of pages that were kept.
    pub(super) fn forget_parts(&self) {
        self.known.kept.forget();
    }

    /// True where all pages show the same around what they are about.
    pub(super) fn has_same_frame(&self, other: &Self) -> bool {
        (&self.site, &self.kinds.values, &self.taxonomies) == (&other.site, &other.kinds.values, &other.taxonomies)
    }

    /// The terms and their places on maps that are otherwise than in another making of the same locale.
    pub(super) fn changes(&self, before: &Self) -> Vec<Read> {
        let mut changes = self.terms.changes(&before.terms);
        changes.extend(self.known.maps.changes(&before.known.maps));
        changes
    }

    /// The templates of the language.
    pub(super) fn templates(&self) -> &Tera {
        &self.tera
    }

    /// What the site says in the language.
    pub(crate) fn messages(&self) -> &Messages {
        &self.known.messages
    }

    /// The same, for what outlives the renderer.
    pub(crate) fn shared_messages(&self) -> Arc<Messages> {
        self.known.messages.clone()
    }

    /// Where the site is.
    pub(crate) fn addresses(&self) -> &Addresses {
        &self.known.addresses
    }

    /// The words that the HTML of Markdown needs.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The terms.
    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// A kind, by its name.
    pub(crate) fn kind(&self, name: &str) -> Option<Value> {
        self.kinds.values.get(*self.kinds.places.get(name)?).cloned()
    }

    /// Every kind, in the theme's order.
    pub(crate) fn kinds(&self) -> &[Value] {
        &self.kinds.values
    }

    /// The fields of a kind, by its name.
    pub(crate) fn fields(&self, kind: &str) -> &[FieldView] {
        let place = self.kinds.places.get(kind);
        place.and_then(|place| self.kinds.fields.get(*place)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The names of the taxonomies as keys, in the library's order.
    pub(crate) fn taxonomy_names(&self) -> &[Key<'static>] {
        &self.taxonomy_names
    }

    /// The taxonomies, in the library's order.
    pub(crate) fn taxonomies(&self) -> &[Value] {
        &self.taxonomies
    }

    /// The fields of a component.
    pub(crate) fn component(&self, name: &str) -> Option<&[FieldView]> {
        self.components.get(name).map(Vec::as_slice)
    }
}
