//! What lies open in the editor, and what is known of the library: the state of the server between two messages.

use super::{Client, Lines, OfFile, Shelf, path_of, protocol::*};
use crate::{
    config,
    model::{Span, Unsaved},
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};
use url::Url;

/// A file that is open.
#[derive(Clone, Debug)]
pub struct Open {
    /// Its address, as the editor writes it.
    pub uri: Url,
    /// The version of its text.
    pub version: i32,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
}

/// The server between two messages.
#[derive(Debug, Default)]
pub struct Desk {
    /// What the client can do.
    pub client: Client,
    /// The folder of the library, once there is one.
    pub root: Option<PathBuf>,
    /// The library, once it was read.
    pub shelf: Option<Arc<Shelf>>,
    /// What was said of each file last, with the text that it was said of.
    pub faults: BTreeMap<String, OfFile>,
    /// The files that are open, by the path from the root by which people know them.
    open: BTreeMap<String, Open>,
    /// Those that lie in no folder that is known yet.
    unplaced: Vec<Item>,
}

/// A place in a file that is open.
pub(super) struct Here<'a> {
    pub shelf: &'a Shelf,
    /// The path of the file in the library.
    pub path: String,
    pub text: Arc<str>,
    pub offset: usize,
}

impl Desk {
    /// A desk with nothing on it.
    pub fn new(client: Client) -> Self {
        Self { client, ..Self::default() }
    }

    /// Takes in a file that was opened; gives back its path from the root.
    pub fn opened(&mut self, Opened { text_document: item }: Opened) -> Option<String> {
        let Some(path) = self.path(&item.uri) else {
            self.unplaced.push(item);
            return None;
        };
        let Item { uri, version, text } = item;
        self.open.insert(path.clone(), Open { uri, version, text: without_mark(&text) });
        Some(path)
    }

    /// Finds the place of files that were opened before it was known which folders there are; gives back their paths.
    pub fn placed(&mut self) -> Vec<String> {
        let unplaced = std::mem::take(&mut self.unplaced);
        unplaced.into_iter().filter_map(|item| self.opened(Opened { text_document: item })).collect()
    }

    /// Takes in what somebody typed.
    pub fn edited(&mut self, edited: Edited) -> Option<String> {
        let Edited { text_document: Versioned { uri, version }, content_changes } = edited;
        let Some(path) = self.path(&uri) else {
            let item = self.unplaced.iter_mut().find(|item| item.uri == uri)?;
            (item.version, item.text) = (version, content_changes.into_iter().last()?.text);
            return None;
        };
        let text = without_mark(&content_changes.into_iter().last()?.text);
        self.open.insert(path.clone(), Open { uri, version, text });
        Some(path)
    }

    /// Lets go of a file.
    pub fn closed(&mut self, Whole { text_document: Identifier { uri } }: Whole) -> Option<String> {
        self.unplaced.retain(|item| item.uri != uri);
        let path = self.path(&uri)?;
        self.open.remove(&path).map(|_| path)
    }

    /// The texts that stand before those on the disk.
    pub fn unsaved(&self) -> Unsaved {
        let mut unsaved = Unsaved::default();
        for (path, open) in &self.open {
            unsaved.set(path.clone(), Some(open.text.clone()));
        }
        unsaved
    }

    /// The files that are open, by path from the root.
    pub fn open(&self) -> &BTreeMap<String, Open> {
        &self.open
    }

    /// The path from the root of the file at an address.
    pub fn path(&self, uri: &Url) -> Option<String> {
        let overlays = self.shelf.as_ref().map(|shelf| shelf.config.overlays.as_slice()).unwrap_or_default();
        path_of(self.root.as_ref()?, overlays, uri)
    }

    /// A place in a file that is open.
    pub(super) fn here(&self, at: &At) -> Option<Here<'_>> {
        let open = self.file(&at.text_document)?;
        let offset = Lines::new(&open.1, self.client.units).offset(at.position);
        Some(Here { shelf: self.shelf.as_deref()?, path: open.0, text: open.1, offset })
    }

    /// The path in the library of a file that is open, and its text.
    pub(super) fn file(&self, identifier: &Identifier) -> Option<(String, Arc<str>)> {
        let shown = self.path(&identifier.uri)?;
        let text = self.open.get(&shown)?.text.clone();
        let path = self.shelf.as_ref()?.inner(&shown);
        is_page(&path).then_some((path, text))
    }

    /// The text of a file as it is now, by its path in the library: a page, a register or the settings.
    pub(super) fn text(&self, path: &str) -> Option<Arc<str>> {
        let shelf = self.shelf.as_ref()?;
        let open = self.open.get(shelf.shown(path)).map(|open| open.text.clone());
        let settings = || (path == config::FILE_NAME).then_some(shelf.config.file.text.as_str());
        open.or_else(|| shelf.text(path).or_else(settings).map(Arc::from))
    }

    /// A place in a file of the library, by its path there.
    pub(super) fn location(&self, path: &str, span: Span) -> Option<Location> {
        let uri = self.uri(path)?;
        let range = self.text(path).map(|text| Lines::new(&text, self.client.units).range(span)).unwrap_or_default();
        Some(Location { uri, range })
    }

    /// The address of a file of the library: the editor's own where it is open.
    pub(super) fn uri(&self, path: &str) -> Option<Url> {
        let shelf = self.shelf.as_ref()?;
        let open = self.open.get(shelf.shown(path)).map(|open| open.uri.clone());
        open.or_else(|| shelf.file_url(path))
    }
}

/// True for the path of a page.
fn is_page(path: &str) -> bool {
    let inside = path.strip_prefix("content/").filter(|inside| !inside.starts_with("_data/"));
    inside.is_some_and(|inside| inside.ends_with(".md") || inside.ends_with(".markdown"))
}

fn without_mark(text: &str) -> Arc<str> {
    Arc::from(text.strip_prefix('\u{feff}').unwrap_or(text))
}
