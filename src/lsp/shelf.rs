//! What the server knows of the library: what the last run of the pipeline left.

use crate::{
    config::Config,
    link_path,
    model::{AssetFile, Entry, Kind, PageReference, Registers, SourceFile, Theme},
};
use rustc_hash::FxHashMap;
use std::{
    collections::BTreeMap,
    path::{MAIN_SEPARATOR, Path, PathBuf},
    sync::Arc,
};
use url::Url;

/// A library as an editor sees it: every page, drafts too, and what pages are held against.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// The settings.
    pub config: Arc<Config>,
    /// Kinds and components.
    pub theme: Arc<Theme>,
    /// Registers.
    pub registers: Arc<Registers>,
    /// Every page that could be read, whatever its state, by path.
    pub entries: Vec<Arc<Entry>>,
    /// The files of registers.
    pub data: Vec<Arc<SourceFile>>,
    /// Files that are no pages, by path.
    pub assets: Arc<Vec<AssetFile>>,
    /// The real paths of files that are laid over `content/`, by the path that they have there.
    pub overlaid: BTreeMap<String, String>,
    /// Says which address a page at a path has.
    pub url: fn(&str, &Config) -> Option<String>,
    index: Arc<Index>,
}

/// Where each entry is, by every name that a link may use.
#[derive(Debug, Default)]
struct Index {
    by_path: FxHashMap<String, usize>,
    by_url: FxHashMap<String, usize>,
    by_id: FxHashMap<String, usize>,
}

impl Index {
    fn new(entries: &[Arc<Entry>], config: &Config) -> Self {
        let indexed = || entries.iter().enumerate();
        let main = indexed().filter(|(_, entry)| entry.language == config.language);
        Self {
            by_path: indexed().map(|(index, entry)| (entry.path().to_owned(), index)).collect(),
            by_url: indexed().map(|(index, entry)| (entry.url.clone(), index)).collect(),
            by_id: main.map(|(index, entry)| (entry.id.clone(), index)).collect(),
        }
    }
}

/// What a link or a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An entry, and the anchor on it, or nothing.
    Entry(usize, String),
    /// A file that is no page, by its path.
    Asset(String),
    /// A term of a register.
    Term(String, usize),
}

impl Shelf {
    /// A library of these parts; the index is that of the shelf before, where every entry has kept its place.
    #[allow(clippy::too_many_arguments, reason = "what a run leaves is as much as that")]
    pub fn new(
        config: Arc<Config>,
        theme: Arc<Theme>,
        registers: Arc<Registers>,
        entries: Vec<Arc<Entry>>,
        data: Vec<Arc<SourceFile>>,
        assets: Arc<Vec<AssetFile>>,
        overlaid: BTreeMap<String, String>,
        url: fn(&str, &Config) -> Option<String>,
        before: Option<&Self>,
    ) -> Self {
        let before = before.filter(|before| before.has_in_place(&entries, &config));
        let index = before.map_or_else(|| Arc::new(Index::new(&entries, &config)), |before| before.index.clone());
        Self { config, theme, registers, entries, data, assets, overlaid, url, index }
    }

    /// True where these entries are found under the names of those that are here.
    fn has_in_place(&self, entries: &[Arc<Entry>], config: &Config) -> bool {
        let is_same = |(one, other): (&Arc<Entry>, &Arc<Entry>)| {
            Arc::ptr_eq(one, other)
                || (one.path(), &one.url, &one.id, &one.language)
                    == (other.path(), &other.url, &other.id, &other.language)
        };
        self.config.language == config.language
            && self.entries.len() == entries.len()
            && self.entries.iter().zip(entries).all(is_same)
    }

    /// The entry at exactly this path.
    pub fn entry_at(&self, path: &str) -> Option<usize> {
        self.index.by_path.get(path).copied()
    }

    /// The entry at a path that may lack `.md` or `/index.md`.
    fn entry_near(&self, path: &str) -> Option<usize> {
        let path = path.trim_end_matches('/');
        let at = |path: &str| self.entry_at(path);
        at(path).or_else(|| at(&format!("{path}.md"))).or_else(|| at(&format!("{path}/index.md")))
    }

    /// The entry that a reference names.
    pub fn entry_named(&self, reference: &PageReference) -> Option<usize> {
        match reference {
            PageReference::Source(path) => self.entry_near(path),
            PageReference::Slug { folder, slug } => self.index.by_id.get(&format!("{folder}/{slug}")).copied(),
        }
    }

    /// True for the path of a file that is no page.
    pub fn has_asset(&self, path: &str) -> bool {
        self.assets.binary_search_by(|asset| asset.path.as_str().cmp(path)).is_ok()
    }

    /// What a link in the file at `from` leads to, where that is something of the library.
    pub fn linked(&self, from: &str, written: &str) -> Option<Found> {
        let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
        let (path, _) = path.split_once('?').unwrap_or((path, ""));
        if path.is_empty() {
            let own = self.entry_at(from).filter(|_| !anchor.is_empty())?;
            return Some(Found::Entry(own, link_path::percent_decoded(anchor)));
        }
        if path.starts_with("//") || path.split('/').next().is_some_and(|first| first.contains(':')) {
            return None;
        }
        let (path, anchor) = (link_path::percent_decoded(path), link_path::percent_decoded(anchor));
        let file = link_path::resolve(from, &path)?;
        if self.has_asset(&file) {
            return Some(Found::Asset(file));
        }
        let of_url = || self.index.by_url.get(&format!("{}/", file.strip_prefix("content")?)).copied();
        Some(Found::Entry(self.entry_near(&file).or_else(of_url)?, anchor))
    }

    /// The kind of the page at a path whose front matter names this one, or none.
    pub fn kind(&self, path: &str, named: Option<&str>) -> Option<&Arc<Kind>> {
        named.and_then(|name| self.theme.kind(name)).or_else(|| self.theme.kind_at(path))
    }

    /// The path that a file has in the library: that below `content/` of one that is laid over it.
    pub fn inner(&self, shown: &str) -> String {
        let laid = self.overlaid.iter().find(|(_, real)| *real == shown);
        laid.map_or_else(|| shown.to_owned(), |(path, _)| path.clone())
    }

    /// The path from the root by which people find a file.
    pub fn shown<'a>(&'a self, path: &'a str) -> &'a str {
        self.overlaid.get(path).map_or(path, String::as_str)
    }

    /// The address of a file by its path in the library.
    pub fn file_url(&self, path: &str) -> Option<Url> {
        address(&self.config.root, self.shown(path))
    }

    /// The text of a page or a register.
    pub fn text(&self, path: &str) -> Option<&str> {
        let page =
            self.entry_at(path).and_then(|index| self.entries.get(index)).map(|entry| entry.source.text.as_str());
        page.or_else(|| self.data.iter().find(|file| file.path == path).map(|file| file.text.as_str()))
    }
}

/// The address of the file at a path from the root.
pub fn address(root: &Path, path: &str) -> Option<Url> {
    let mut disk = root.to_path_buf();
    for part in path.split('/') {
        match part {
            ".." => drop(disk.pop()),
            part => disk.push(part),
        }
    }
    Url::from_file_path(disk).ok()
}

/// The path from the root of the file at an address, with the folders that are laid over the library.
pub fn path_of(root: &Path, overlays: &[crate::config::Overlay], uri: &Url) -> Option<String> {
    let disk: PathBuf = uri.to_file_path().ok()?;
    let slashed = |path: &Path| path.to_str().map(|path| path.replace(MAIN_SEPARATOR, "/"));
    if let Ok(inside) = disk.strip_prefix(root) {
        return slashed(inside);
    }
    overlays.iter().find_map(|overlay| {
        let inner = disk.strip_prefix(clean(&overlay.disk)).ok()?;
        Some(format!("{}/{}", overlay.folder, slashed(inner)?))
    })
}

/// A path without `..`, as editors give it.
fn clean(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut clean, part| {
        match part {
            std::path::Component::ParentDir => drop(clean.pop()),
            part => clean.push(part),
        }
        clean
    })
}
