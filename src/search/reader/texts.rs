//! What a part of a page says.

use super::Index;
use serde::Deserialize;

/// Anchor, heading and text.
#[derive(Debug, Deserialize)]
pub(super) struct Section(pub(super) String, pub(super) String, pub(super) String);

/// A part: its sections, and for the first of a page what names it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Record {
    First(Vec<Section>, String, String, String, String, Option<String>, Vec<Vec<String>>),
    More((Vec<Section>,)),
}

impl Record {
    pub(super) fn sections(&self) -> &[Section] {
        match self {
            Self::First(sections, ..) | Self::More((sections,)) => sections,
        }
    }

    /// Every text of the part.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::First(_, _, title, _, summary, ..) => [title.as_str(), summary.as_str()],
            Self::More(_) => [""; 2],
        };
        let sections = self.sections().iter().flat_map(|Section(_, heading, text)| [heading.as_str(), text.as_str()]);
        names.into_iter().chain(sections)
    }
}

impl Index<'_> {
    /// What `look` sees in a part.
    pub(super) fn record<T>(&self, part: usize, look: impl FnOnce(&Record) -> T) -> Result<T, String> {
        let per_file = self.root.per_file.max(1);
        let records = self.files.texts(part / per_file, &self.root.preface)?;
        let record = records.get(part % per_file);
        record.map(look).ok_or_else(|| "a part of the search index lacks a page: it is of another build".to_owned())
    }
}
