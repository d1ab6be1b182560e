//! Templates and Markdown: how an entry becomes HTML, and what every page is given.
//!
//! A [`Renderer`] is made once a build. It compiles the templates, readies the theme's files and builds all that
//! many pages show; then any number of threads may make pages with it.

mod addresses;
mod context;
mod dates;
mod direction;
mod draw;
mod failure;
pub(crate) mod feeds;
#[cfg(test)]
pub(crate) mod fixture;
mod functions;
pub mod highlight;
mod i18n;
mod lists;
mod locale;
pub mod markdown;
pub mod minify;
mod order;
mod paper;
mod pictures;
mod placeholders;
mod plural;
mod social;
mod statics;
mod templates;
mod tokens;
mod translations;

pub use addresses::Addresses;
pub use context::reference;
pub use highlight::Highlighter;
pub use lists::{Lists, kind_url};
pub use order::{folded, letter};
pub use pictures::{Shown, variants};
pub use statics::Static;

pub(crate) use context::{
    Crumb, Frame, Part, Record, branches, facets, full_text, grouped, is_shown, listing, on_now, option, page,
};
pub(crate) use i18n::Messages;
pub(crate) use paper::paper;
pub(crate) use social::{Card, social};

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{FeedOf, Library},
};
use failure::Attempt;
use functions::{Known, Missing};
use locale::Locale;
use rayon::prelude::*;
use statics::Statics;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tera::{Context, Tera, Value};
use tokens::Tokens;

/// Makes pages.
#[derive(Debug)]
pub struct Renderer<'a> {
    library: &'a Library,
    config: &'a Config,
    addresses: Arc<Addresses>,
    lists: Lists,
    statics: Arc<Statics>,
    tokens: Arc<Tokens>,
    /// The tokens by day, for what is printed.
    day_tokens: Arc<BTreeMap<String, String>>,
    drawn: social::Drawn,
    missing: Arc<Missing>,
    /// The main language.
    main: Locale<'a>,
    /// The other languages that pages are in.
    others: Vec<Locale<'a>>,
    /// What lists show of each entry.
    cards: Vec<Value>,
    /// What the listing of each kind can be narrowed down by, in the main language, as lists are.
    filters: Vec<Value>,
    /// The feed of the whole library, where it has one.
    feed: Option<Value>,
    highlighter: Highlighter,
}

impl<'a> Renderer<'a> {
    /// A renderer for a library, and what is wrong with the theme. There is none where its templates can't be read.
    pub fn new(library: &'a Library, config: &'a Config) -> (Option<Self>, Vec<Diagnostic>) {
        let theme = &library.theme;
        let (statics, mut diagnostics) = Statics::new(theme);
        let (addresses, statics) = (Arc::new(Addresses::new(config)), Arc::new(statics));
        let tokens = Arc::new(Tokens::new(theme, &statics));
        let missing = Arc::new(Missing::default());
        let known = |language: &str| Known {
            messages: Arc::new(Messages::new(theme, language, &config.language)),
            addresses: addresses.clone(),
            statics: statics.clone(),
            tokens: tokens.clone(),
            missing: missing.clone(),
            maps: Arc::default(),
            today: config.now.date(),
        };
        let spoken = known(&config.language);
        let others = other_languages(library, config);
        diagnostics.extend(translations::check(theme, &spoken.messages, others.iter().copied(), &missing));

        let mut engine = Tera::new();
        engine.autoescape_on([".html", ".xml", ".svg"]);
        functions::register(&mut engine, &spoken);
        let templates = match templates::compile(theme, engine) {
            Ok(templates) => templates,
            Err(faults) => {
                diagnostics.extend(faults);
                return (None, diagnostics);
            }
        };
        let lists = Lists::new(library, config);
        let locale = |known: Known| Locale::new(library, config, &lists, known, templates.clone());
        let main = locale(spoken);
        let others: Vec<_> = others.iter().map(|language| locale(known(language))).collect();
        let of_language = |language: &str| find(&main, &others, language);
        let cards = library.entries.par_iter().map(|entry| context::card(library, entry, of_language(&entry.language)));
        let cards = cards.collect();
        let filters = context::filters(library, &lists, &main);
        let highlighter = Highlighter::new();
        let feed = None;
        let mut renderer = Self {
            library,
            config,
            addresses,
            lists,
            statics,
            day_tokens: Arc::new(tokens.by_day()),
            tokens,
            drawn: social::Drawn::default(),
            missing,
            main,
            others,
            cards,
            filters,
            feed,
            highlighter,
        };
        renderer.feed = feeds::link(&renderer, FeedOf::Library);
        (Some(renderer), diagnostics)
    }

    /// The page that a template makes of a context, in a language; `page` says which one, should it fail.
    pub(crate) fn render(
        &self,
        template: &str,
        language: &str,
        context: &Context,
        page: &str,
    ) -> (Option<Vec<u8>>, Vec<Diagnostic>) {
        let mut bytes = Vec::with_capacity(16 * 1024);
        let tera = self.locale(language).templates();
        let made = tera.render_to(template, context, &mut bytes);
        let mut diagnostics: Vec<Diagnostic> =
            self.missing.take().iter().map(|key| translations::lacking(key)).collect();
        match made {
            Ok(()) => (Some(bytes), diagnostics),
            Err(error) => {
                diagnostics.push(failure::of_rendering(
                    &self.library.theme,
                    &error,
                    Attempt { page, template, tera, context },
                ));
                (None, diagnostics)
            }
        }
    }

    /// The library.
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// The settings.
    pub fn config(&self) -> &'a Config {
        self.config
    }

    /// Where the site is.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// What stands in which list.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// A file of the theme, by its place there.
    pub fn static_file(&self, place: usize) -> Option<&Static> {
        self.statics.get(place)
    }

    /// The value of one of the theme's tokens by day, by its name.
    pub(crate) fn token(&self, name: &str) -> Option<&str> {
        self.tokens.get(name, false)
    }

    /// The values of the theme's tokens by day.
    pub(crate) fn day_tokens(&self) -> Arc<BTreeMap<String, String>> {
        self.day_tokens.clone()
    }

    /// A message of the interface in a language; its key where nobody has written it.
    pub fn say(&self, language: &str, key: &str) -> String {
        self.locale(language).messages().get(key).unwrap_or(key).to_owned()
    }

    /// The language; the main one where no page is in that language.
    pub(crate) fn locale(&self, language: &str) -> &Locale<'a> {
        find(&self.main, &self.others, language)
    }

    pub(crate) fn card(&self, entry: usize) -> Value {
        self.cards.get(entry).cloned().unwrap_or_else(Value::none)
    }

    /// What the listing of a kind can be narrowed down by.
    pub(crate) fn filters(&self, kind: usize) -> Value {
        self.filters.get(kind).cloned().unwrap_or_else(|| Value::from(Vec::<Value>::new()))
    }

    /// `{title, atom, json}` of the feeds that a page leads to: its own, where it has one, and that of the library.
    pub(crate) fn feeds(&self, own: Option<FeedOf>) -> Vec<Value> {
        own.and_then(|of| feeds::link(self, of)).into_iter().chain(self.feed.clone()).collect()
    }

    pub(crate) fn title(&self, entry: usize) -> &str {
        self.library.entries.get(entry).map_or("", |entry| entry.title.as_str())
    }

    pub(crate) fn highlighter(&self) -> &Highlighter {
        &self.highlighter
    }

    /// A kind, by its name.
    pub(crate) fn kind(&self, name: &str, language: &str) -> Option<Value> {
        self.locale(language).kind(name)
    }

    /// Every taxonomy.
    pub(crate) fn taxonomies(&self, language: &str) -> Vec<Value> {
        self.locale(language).taxonomies().to_vec()
    }

    /// A taxonomy, by its place in the library.
    pub(crate) fn taxonomy(&self, place: usize, language: &str) -> Value {
        self.locale(language).taxonomies().get(place).cloned().unwrap_or_else(Value::none)
    }

    /// A term, by the places of its taxonomy and its own.
    pub(crate) fn term(&self, taxonomy: usize, term: usize, language: &str) -> Option<Value> {
        self.locale(language).terms().of_taxonomy(taxonomy, term).cloned()
    }

    /// The terms of a taxonomy that have a page, each with its label.
    pub(crate) fn terms(&self, taxonomy: usize, language: &str) -> Vec<(&'a str, Value)> {
        let terms = self.library.taxonomies.get(taxonomy).map(|taxonomy| taxonomy.terms.as_slice()).unwrap_or_default();
        let in_use = terms.iter().enumerate().filter(|(place, _)| self.lists.has_page(taxonomy, *place));
        in_use
            .filter_map(|(place, term)| Some((term.labels.get(language), self.term(taxonomy, place, language)?)))
            .collect()
    }

    /// A message of the interface, its placeholders filled; its key where nobody has written it.
    pub(crate) fn tell(&self, language: &str, key: &str, arguments: &[(&str, &str)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, Cow::from(*value))).collect();
        self.locale(language).messages().fill(key, None, &arguments).unwrap_or_else(|| key.to_owned())
    }

    /// The title of a part of a list: each part has its own.
    pub(crate) fn part_title(&self, title: &str, part: Part, language: &str) -> String {
        if part.number == 1 {
            return title.to_owned();
        }
        let (page, pages) = (part.number.to_string(), part.parts().to_string());
        self.tell(language, "listing.part_title", &[("title", title), ("page", &page), ("pages", &pages)])
    }

    /// The site path of the home page in a language.
    pub(crate) fn home_path(&self, language: &str) -> String {
        context::home_path(self.library, self.config, language)
    }

    /// `{lang, url, absolute, label}` of an entry in each of its languages; none for one that has no twin.
    pub(crate) fn twins(&self, entry: usize) -> Vec<Value> {
        let twins = self.library.entries.get(entry).and_then(|entry| self.library.by_id.get(&entry.id));
        let Some(twins) = twins.filter(|twins| twins.len() > 1) else { return Vec::new() };
        let twin = |(language, index): (&String, &usize)| {
            let url = self.library.entries.get(*index)?.url.as_str();
            let own = self
                .library
                .theme
                .translations
                .get(language)
                .and_then(|messages| messages.get("language.name")?.as_str());
            let record = Record::new()
                .set("lang", language.as_str())
                .set("url", self.addresses.href(url))
                .set("absolute", self.addresses.absolute(url))
                .set_some("label", own);
            Some(record.value())
        };
        twins.iter().filter_map(twin).collect()
    }
}

fn find<'l, 'a>(main: &'l Locale<'a>, others: &'l [Locale<'a>], language: &str) -> &'l Locale<'a> {
    others.iter().find(|locale| locale.messages().language() == language).unwrap_or(main)
}

/// The languages that entries are in, less the main one.
fn other_languages<'a>(library: &'a Library, config: &Config) -> BTreeSet<&'a str> {
    let languages = library.entries.iter().map(|entry| entry.language.as_str());
    languages.filter(|language| *language != config.language).collect()
}
