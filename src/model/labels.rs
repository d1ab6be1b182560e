//! Words in each language of a library.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A label by language code, as kind files and registers give it: `{en: Guide, cy: Canllaw}` or just `Guide`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "LooseLabels")]
pub struct Labels(BTreeMap<String, String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum LooseLabels {
    One(String),
    Each(BTreeMap<String, String>),
}

/// The language of a label that names none.
const ANY: &str = "";

impl From<LooseLabels> for Labels {
    fn from(loose: LooseLabels) -> Self {
        match loose {
            LooseLabels::One(text) => Self::same(text),
            LooseLabels::Each(each) => Self(each),
        }
    }
}

impl Labels {
    /// One label for every language.
    pub fn same(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(ANY.to_owned(), text.into())]))
    }

    /// The label in a language, else the one for all, else the English one, else the first.
    pub fn get(&self, language: &str) -> &str {
        [language, ANY, "en"]
            .iter()
            .find_map(|wanted| self.0.get(*wanted))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The labels of every language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// True where there is no label in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
