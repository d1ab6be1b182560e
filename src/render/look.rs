//! What the theme and the settings give every page, whatever the library holds: compiled once, kept while neither
//! changes.

use super::{
    Addresses, Highlighter,
    functions::{self, Known},
    i18n::Messages,
    noted::Noted,
    social,
    statics::Statics,
    templates,
    tokens::Tokens,
    translations,
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{Library, Theme},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tera::Tera;

/// The templates of a theme and all that they need beside the library.
#[derive(Debug)]
pub struct Look {
    pub(super) statics: Arc<Statics>,
    pub(super) addresses: Arc<Addresses>,
    pub(super) tokens: Arc<Tokens>,
    /// The tokens by day, for what is printed.
    pub(super) day_tokens: Arc<BTreeMap<String, String>>,
    pub(super) drawn: social::Drawn,
    pub(super) noted: Arc<Noted>,
    pub(super) highlighter: Highlighter,
    /// What the functions of the main language know.
    pub(super) main: Known,
    /// The same for the other languages that pages are in.
    pub(super) others: Vec<Known>,
    pub(super) templates: Tera,
}

impl Look {
    /// The look of a theme for pages in the languages of a library, and what is wrong with the theme. There is none
    /// where its templates can't be read.
    pub fn new(theme: &Theme, config: &Config, languages: &BTreeSet<&str>) -> (Option<Arc<Self>>, Vec<Diagnostic>) {
        let (statics, mut diagnostics) = Statics::new(theme);
        let (addresses, statics) = (Arc::new(Addresses::new(config)), Arc::new(statics));
        let tokens = Arc::new(Tokens::new(theme, &statics));
        let noted = Arc::new(Noted::default());
        let known = |language: &str| Known {
            messages: Arc::new(Messages::new(theme, language, &config.language)),
            addresses: addresses.clone(),
            statics: statics.clone(),
            tokens: tokens.clone(),
            noted: noted.clone(),
            maps: Arc::default(),
            kept: Arc::default(),
            today: config.now.date(),
        };
        let main = known(&config.language);
        let others = languages.iter().copied().filter(|language| *language != config.language);
        diagnostics.extend(translations::check(theme, &main.messages, others.clone(), &noted));

        let mut engine = Tera::new();
        engine.autoescape_on([".html", ".xml", ".svg"]);
        functions::register(&mut engine, &main);
        let templates = match templates::compile(theme, engine) {
            Ok(templates) => templates,
            Err(faults) => {
                diagnostics.extend(faults);
                return (None, diagnostics);
            }
        };
        let others = others.map(known).collect();
        let look = Self {
            day_tokens: Arc::new(tokens.by_day()),
            statics,
            addresses,
            tokens,
            drawn: social::Drawn::default(),
            noted,
            highlighter: Highlighter::new(),
            main,
            others,
            templates,
        };
        (Some(Arc::new(look)), diagnostics)
    }
}

impl Look {
    /// True where it has words for pages in these languages, and no others.
    pub fn speaks(&self, languages: &BTreeSet<&str>) -> bool {
        let spoken = std::iter::once(&self.main).chain(&self.others).map(|known| known.messages.language());
        let spoken: BTreeSet<&str> = spoken.collect();
        spoken.is_superset(languages) && self.others.iter().all(|known| languages.contains(known.messages.language()))
    }
}

/// What documents say and look like that show no page, in the main language of a library: the messages of `paper` by the
/// rest of their keys, all messages of `form` and their answers by whole keys, and the tokens by day.
pub fn of_documents(theme: &Theme, config: &Config) -> (BTreeMap<String, String>, Arc<BTreeMap<String, String>>) {
    let (statics, _) = Statics::new(theme);
    let messages = Messages::new(theme, &config.language, &config.language);
    let mut words = messages.below("paper.");
    words.extend(messages.below("form.").into_iter().map(|(key, message)| (format!("form.{key}"), message)));
    (words, Arc::new(Tokens::new(theme, &statics).by_day()))
}

/// The languages that entries are in.
pub fn languages(library: &Library) -> BTreeSet<&str> {
    library.entries.iter().map(|entry| entry.language.as_str()).collect()
}
