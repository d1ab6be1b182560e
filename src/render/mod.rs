//! Templates and Markdown: how an entry becomes HTML, and what every page is given.
//!
//! A [`Look`] is what the theme gives: compiled templates, readied files. With a library it makes a [`Workshop`], which
//! holds all that many pages show. Each page is made there by a [`Renderer`] of its own, on any thread.

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
mod kept;
mod lists;
mod locale;
mod look;
pub mod markdown;
pub mod minify;
mod noted;
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
mod view;
mod workshop;

pub use addresses::Addresses;
pub use context::reference;
pub use highlight::Highlighter;
pub use lists::{Lists, kind_url};
pub use look::{Look, languages, of_documents};
pub use order::{folded, letter};
pub use pictures::{Shown, variants};
pub use statics::Static;
pub use view::{ListsView, View};
pub use workshop::Workshop;

pub(crate) use context::{
    Crumb, Frame, Named, Part, Record, branches, facets, full_text, grouped, is_shown, listing, on_now, option, page,
};
pub(crate) use i18n::Messages;
pub(crate) use paper::paper;
pub(crate) use social::{Card, social};

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{FeedOf, Read, Reads},
};
use failure::Attempt;
use locale::Locale;
use std::{borrow::Cow, collections::BTreeMap, sync::Arc};
use tera::{Context, Value};
use view::Account;

/// How many megabytes a page may have: a loop in a template has an end, and it may be after the disk's.
const LARGEST_PAGE: usize = 256;

/// The stack that making a page may take, in bytes: as much as all the templates in each other that there may be. A
/// thread has a fraction of that, unless it was given more.
pub const STACK: usize = 16 * 1024 * 1024;

/// A page as it is written.
struct Bounded(Vec<u8>);

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_PAGE << 20 {
            return Err(std::io::Error::other(format!("The page has more than {LARGEST_PAGE} MB")));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Makes one page or file in a [`Workshop`], and keeps account of what it reads for it.
#[derive(Debug)]
pub struct Renderer<'a> {
    workshop: &'a Workshop,
    reads: Account,
}

impl<'a> Renderer<'a> {
    fn new(workshop: &'a Workshop) -> Self {
        Self { workshop, reads: Account::default() }
    }

    /// The workshop.
    pub(crate) fn workshop(&self) -> &'a Workshop {
        self.workshop
    }

    /// Everything read so far.
    pub fn reads(&self) -> Reads {
        self.reads.add(self.workshop.look.noted.take().reads);
        self.reads.all()
    }

    /// The page that a template makes of a context, in a language; `page` says which one, should it fail.
    pub(crate) fn render(
        &self,
        template: &str,
        language: &str,
        context: &Context,
        page: &str,
    ) -> (Option<Vec<u8>>, Vec<Diagnostic>) {
        let mut bytes = Bounded(Vec::with_capacity(32 * 1024));
        let tera = self.locale(language).templates();
        functions::count_anew();
        let made = stacker::maybe_grow(STACK / 2, STACK, || tera.render_to(template, context, &mut bytes));
        let notes = self.workshop.look.noted.take();
        self.reads.add(notes.reads);
        let mut diagnostics: Vec<Diagnostic> = notes.lacking.iter().map(|key| translations::lacking(key)).collect();
        match made {
            // A copy has room for its bytes and no more; what was written into is there for the next page.
            Ok(()) => (Some(bytes.0.as_slice().to_vec()), diagnostics),
            Err(error) => {
                diagnostics.push(failure::of_rendering(
                    self.library().theme(),
                    &error,
                    Attempt { page, template, tera, context },
                ));
                (None, diagnostics)
            }
        }
    }

    /// The library, as far as it is asked for.
    pub fn library(&self) -> View<'_, 'a> {
        View::new(&self.workshop.library, &self.reads)
    }

    /// The settings.
    pub fn config(&self) -> &'a Config {
        &self.workshop.config
    }

    /// Where the site is.
    pub fn addresses(&self) -> &'a Addresses {
        &self.workshop.look.addresses
    }

    /// What stands in which list.
    pub fn lists(&self) -> ListsView<'_, 'a> {
        ListsView::new(&self.workshop.shared.lists, &self.reads)
    }

    /// A file of the theme, by its place there.
    pub fn static_file(&self, place: usize) -> Option<&'a Static> {
        self.workshop.look.statics.get(place)
    }

    /// The value of one of the theme's tokens by day, by its name.
    pub(crate) fn token(&self, name: &str) -> Option<&'a str> {
        self.workshop.look.tokens.get(name, false)
    }

    /// The values of the theme's tokens by day.
    pub(crate) fn day_tokens(&self) -> Arc<BTreeMap<String, String>> {
        self.workshop.look.day_tokens.clone()
    }

    /// A message of the interface in a language; its key where nobody has written it.
    pub fn say(&self, language: &str, key: &str) -> String {
        self.locale(language).messages().get(key).unwrap_or(key).to_owned()
    }

    /// The language; the main one where no page is in that language.
    pub(crate) fn locale(&self, language: &str) -> &'a Locale {
        self.workshop.locale(language)
    }

    pub(crate) fn card(&self, entry: usize) -> Value {
        self.reads.note(Read::Front(entry));
        self.workshop.shared.cards.get(entry).cloned().unwrap_or_else(Value::none)
    }

    /// What the listing of a kind can be narrowed down by.
    pub(crate) fn filters(&self, kind: usize) -> Value {
        self.reads.note(Read::Filters(kind));
        self.workshop.shared.filters.get(kind).cloned().unwrap_or_else(|| Value::from(Vec::<Value>::new()))
    }

    /// `{title, atom, json}` of the feeds that a page leads to: its own, where it has one, and that of the library.
    pub(crate) fn feeds(&self, own: Option<FeedOf>) -> Vec<Value> {
        own.and_then(|of| feeds::link(self, of)).into_iter().chain(self.workshop.feed().cloned()).collect()
    }

    pub(crate) fn title(&self, entry: usize) -> &'a str {
        self.library().front(entry).map_or("", |entry| entry.title.as_str())
    }

    pub(crate) fn highlighter(&self) -> &'a Highlighter {
        &self.workshop.look.highlighter
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
        self.reads.note(Read::Term(taxonomy, term));
        self.locale(language).terms().of_taxonomy(taxonomy, term).cloned()
    }

    /// A row of a register as a term.
    pub(crate) fn row_value(&self, register: &str, index: usize, language: &str) -> Option<Value> {
        self.reads.note(Read::row(register, index));
        self.locale(language).terms().of_register(register, index).cloned()
    }

    /// The terms of a taxonomy that have a page, each with its label.
    pub(crate) fn terms(&self, taxonomy: usize, language: &str) -> Vec<(&'a str, Value)> {
        let terms = self.library().taxonomies().get(taxonomy);
        let terms = terms.map(|taxonomy| taxonomy.terms.as_slice()).unwrap_or_default();
        let in_use = terms.iter().enumerate().filter(|(place, _)| self.lists().has_page(taxonomy, *place));
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
        context::home_path(&self.workshop.library, self.config(), language)
    }

    /// `{lang, url, absolute, label}` of an entry in each of its languages; none for one that has no twin.
    pub(crate) fn twins(&self, entry: usize) -> Vec<Value> {
        let twins = self.library().front(entry).and_then(|entry| self.library().twins(&entry.id));
        let Some(twins) = twins.filter(|twins| twins.len() > 1) else { return Vec::new() };
        let twin = |(language, index): (&String, &usize)| {
            let url = self.library().front(*index)?.url.as_str();
            let own = self
                .library()
                .theme()
                .translations
                .get(language)
                .and_then(|messages| messages.get("language.name")?.as_str());
            let record = Record::new()
                .set("lang", language.as_str())
                .set("url", self.addresses().href(url))
                .set("absolute", self.addresses().absolute(url))
                .set_some("label", own);
            Some(record.value())
        };
        twins.iter().filter_map(twin).collect()
    }
}
