//! Where pages are made: a library, the look of its theme, and all that many pages show.

mod changes;

use super::{
    Lists, Renderer, context, feeds,
    functions::Known,
    locale::Locale,
    look::{Look, languages},
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{FeedOf, Library},
};
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};
use tera::Value;

/// Made once a build; then any number of threads may make pages in it, each with a [`Renderer`] of its own.
#[derive(Clone, Debug)]
pub struct Workshop {
    pub(super) library: Arc<Library>,
    pub(super) config: Arc<Config>,
    pub(super) look: Arc<Look>,
    pub(super) shared: Arc<Shared>,
}

/// What pages show of the library as a whole. No text of an entry goes into it.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) lists: Lists,
    /// The main language, then the others that pages are in.
    pub(super) main: Locale,
    pub(super) others: Vec<Locale>,
    /// What lists show of each entry.
    pub(super) cards: Vec<Value>,
    /// What the listing of each kind can be narrowed down by, in the main language, as lists are.
    pub(super) filters: Vec<Value>,
    /// The feed of the whole library, where it has one.
    feed: OnceLock<Option<Value>>,
}

impl Workshop {
    /// A workshop for a library, and what is wrong with its theme. There is none where its templates can't be read.
    pub fn new(library: Arc<Library>, config: Arc<Config>) -> (Option<Self>, Vec<Diagnostic>) {
        let (look, diagnostics) = Look::new(&library.theme, &config, &languages(&library));
        (look.map(|look| Self::with(look, library, config)), diagnostics)
    }

    /// A workshop for a library with the look of its theme.
    pub fn with(look: Arc<Look>, library: Arc<Library>, config: Arc<Config>) -> Self {
        let lists = Lists::new(&library, &config);
        let locale = |known: &Known| Locale::new(&library, &config, &lists, known.clone(), look.templates.clone());
        let main = locale(&look.main);
        let others: Vec<Locale> = look.others.iter().map(locale).collect();
        let of_language = |language: &str| find(&main, &others, language);
        let cards = library.entries.par_iter().map(|entry| context::card(entry, of_language(&entry.language)));
        let shared = Shared {
            cards: cards.collect(),
            filters: context::filters(&library, &lists, &main),
            feed: OnceLock::new(),
            lists,
            main,
            others,
        };
        Self { library, config, look, shared: Arc::new(shared) }
    }

    /// The same for a library that differs in nothing but texts and what follows from them: ties between entries.
    pub fn with_texts(&self, library: Arc<Library>) -> Self {
        Self { library, ..self.clone() }
    }

    /// True where its pages have this very look.
    pub fn has_look(&self, look: &Arc<Look>) -> bool {
        Arc::ptr_eq(&self.look, look)
    }

    /// The same for files that are no pages: without what pages show of the library, as far as nobody else has it.
    pub fn emptied(self) -> Self {
        let Self { library, config, look, shared } = self;
        let shared = match Arc::try_unwrap(shared) {
            Ok(Shared { main, others, .. }) => {
                std::iter::once(&main).chain(&others).for_each(Locale::forget_parts);
                let (lists, cards, filters) = (Lists::default(), Vec::new(), Vec::new());
                Arc::new(Shared { lists, main, others, cards, filters, feed: OnceLock::new() })
            }
            Err(shared) => shared,
        };
        Self { library, config, look, shared }
    }

    /// Whoever makes one page or file, and keeps account of what it reads for it.
    pub fn renderer(&self) -> Renderer<'_> {
        Renderer::new(self)
    }

    /// The library.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    pub(super) fn locale(&self, language: &str) -> &Locale {
        find(&self.shared.main, &self.shared.others, language)
    }

    /// `{title, atom, json}` of the feed of the whole library.
    pub(super) fn feed(&self) -> Option<&Value> {
        self.shared.feed.get_or_init(|| feeds::link(&self.renderer(), FeedOf::Library)).as_ref()
    }
}

fn find<'l>(main: &'l Locale, others: &'l [Locale], language: &str) -> &'l Locale {
    others.iter().find(|locale| locale.messages().language() == language).unwrap_or(main)
}
