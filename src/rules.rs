//! What a library asks of its pages.

use crate::{
    config::Config,
    model::{Kind, Registers, Theme},
};

/// What documents are held against, and what the tools are made of that people write them with.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The settings of the library.
    pub config: &'a Config,
    /// Kinds and components, and the words of the interface.
    pub theme: &'a Theme,
    /// Registers.
    pub registers: &'a Registers,
}

impl<'a> Rules<'a> {
    /// The language that editors are spoken to.
    pub fn language(&self) -> &'a str {
        &self.config.language
    }

    /// A text that Casebook itself has for editors, from the interface's words: the library's language, else English,
    /// else the key. `{name}` in it gives way to the value of that name.
    pub fn words(&self, key: &str, values: &[(&str, &str)]) -> String {
        let key = format!("editors.{key}");
        let of = |language: &str| self.theme.translations.get(language)?.get(&key)?.as_str();
        let text = of(self.language()).or_else(|| of("en")).unwrap_or(&key);
        values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The kinds that have a folder: what people send in.
    pub fn kinds(&self) -> impl Iterator<Item = &'a Kind> {
        self.theme.kinds.iter().map(AsRef::as_ref).filter(|kind: &&Kind| kind.folder.is_some())
    }
}
