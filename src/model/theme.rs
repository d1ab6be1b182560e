//! A theme: its files as discovered, and what its data files say.

use super::{Component, Kind, SourceFile, TaxonomyDeclaration};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// The files of a theme, as discovered. A file of the library's own theme stands before the built-in one.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    /// `theme.yaml`.
    pub manifest: Option<SourceFile>,
    /// `kinds/*.yaml`.
    pub kinds: Vec<SourceFile>,
    /// `components/*.yaml`.
    pub components: Vec<SourceFile>,
    /// `templates/**`.
    pub templates: Vec<SourceFile>,
    /// `i18n/*.yaml`.
    pub translations: Vec<SourceFile>,
    /// `static/**`.
    pub statics: Vec<StaticFile>,
}

/// A file that the theme serves.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Path below `static/`.
    pub path: String,
    /// Path from the root, for reports.
    pub source: String,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

impl StaticFile {
    /// Its text, where it is one.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// A theme, understood.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The kinds, in their order; the fallback kind, which has no folder, is the last.
    pub kinds: Vec<Arc<Kind>>,
    /// The components, by name.
    pub components: BTreeMap<String, Component>,
    /// The taxonomies, in their order.
    pub taxonomies: Vec<TaxonomyDeclaration>,
    /// Interface text: language, then key, then the message or its plural forms.
    pub translations: BTreeMap<String, HashMap<String, serde_yaml::Value>>,
    /// Templates, by name: `base.html`.
    pub templates: Vec<(String, SourceFile)>,
    /// Files to serve.
    pub statics: Vec<StaticFile>,
}

impl Theme {
    /// The kind of that name.
    pub fn kind(&self, name: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The kind whose folder this is.
    pub fn kind_of_folder(&self, folder: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.folder.as_deref() == Some(folder))
    }

    /// The kind of pages that lie in no kind's folder.
    pub fn fallback(&self) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.folder.is_none())
    }
}
