//! Everything in the library that a link may lead to.

use super::{is_visible, lasting::Lasting};
use crate::{
    config::Config,
    model::{AssetFile, Entry, PageReference, Theme},
    nearest::{nearest, slip},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

/// How many names of a folder a broken one is compared with.
const MOST_COMPARED: usize = 500;

/// Entries, files and addresses, by every name that a link may use.
#[derive(Debug)]
pub(super) struct Places {
    pub entries: Vec<Arc<Entry>>,
    pub config: Arc<Config>,
    by_path: HashMap<String, usize>,
    by_url: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    /// Files that are no pages, by path from the root.
    pub assets: BTreeMap<String, AssetFile>,
    /// The folders of pages that have files beside them, with the page.
    bundles: HashMap<String, usize>,
    /// Addresses of what no file makes.
    made: HashSet<String>,
    /// Addresses that lead to the newest of several years.
    pub lasting: Lasting,
    /// Pages that are there and could not be read.
    unread: BTreeSet<String>,
    /// What a broken path most likely meant, readied when the first one is met.
    near: OnceLock<Near>,
}

/// The first path of each file name without ending and whether it is the only one, and the paths in each folder.
#[derive(Debug)]
struct Near {
    by_stem: HashMap<String, (String, bool)>,
    by_folder: HashMap<String, Vec<String>>,
}

impl Places {
    pub fn new(
        entries: Vec<Arc<Entry>>,
        theme: &Theme,
        lists: HashSet<String>,
        lasting: Lasting,
        assets: Vec<AssetFile>,
        unread: BTreeSet<String>,
        config: Arc<Config>,
    ) -> Self {
        let index = |name: fn(&Entry) -> &str| {
            entries.iter().enumerate().map(|(index, entry)| (name(entry).to_owned(), index)).collect()
        };
        let main = |(_, entry): &(usize, &Arc<Entry>)| entry.language == config.language;
        let bundled = |(index, entry)| Some((bundle(entry, theme)?.to_owned(), index));
        Self {
            by_path: index(Entry::path),
            by_url: index(|entry| &entry.url),
            by_id: entries.iter().enumerate().filter(main).map(|(index, entry)| (entry.id.clone(), index)).collect(),
            assets: assets.into_iter().map(|asset| (asset.path.clone(), asset)).collect(),
            bundles: entries.iter().enumerate().filter_map(|(index, entry)| bundled((index, &**entry))).collect(),
            made: made(lists),
            lasting,
            unread,
            near: OnceLock::new(),
            entries,
            config,
        }
    }

    /// Puts an entry in the place of another one with the same file and address, which is given back.
    pub fn replace(&mut self, index: usize, entry: Arc<Entry>) -> Option<Arc<Entry>> {
        self.entries.get_mut(index).map(|own| std::mem::replace(own, entry))
    }

    /// The entry whose file this is.
    pub fn entry_at(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The entry at a path that may lack `.md` or `/index.md`.
    pub fn entry_near(&self, path: &str) -> Option<usize> {
        let path = path.trim_end_matches('/');
        self.entry_at(path)
            .or_else(|| self.entry_at(&format!("{path}.md")))
            .or_else(|| self.entry_at(&format!("{path}/index.md")))
    }

    /// The entry that a reference names.
    pub fn entry_named(&self, reference: &PageReference) -> Option<usize> {
        match reference {
            PageReference::Source(path) => self.entry_near(path),
            PageReference::Slug { folder, slug } => self.entry_of_id(&format!("{folder}/{slug}")),
        }
    }

    /// True for the path of a page that is there and could not be read.
    pub fn is_unread(&self, path: &str) -> bool {
        self.unread.contains(path) || self.unread.contains(&format!("{path}.md"))
    }

    /// The entry in the main language at an address without slashes at its ends.
    pub fn entry_of_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The entry at an address of the site.
    pub fn entry_of_url(&self, url: &str) -> Option<usize> {
        self.by_url.get(url).copied()
    }

    /// The entry that an address of several years leads to: one that will be published, where none is yet.
    pub fn newest_at(&self, url: &str) -> Option<usize> {
        self.lasting.get(url)?.first().copied()
    }

    /// True for the address of what no file makes: a listing, a taxonomy, a term, search, a feed, the catalogue.
    pub fn is_made(&self, url: &str) -> bool {
        self.made.contains(url)
    }

    /// True where these lists are all that no file makes.
    pub fn makes(&self, lists: HashSet<String>) -> bool {
        self.made == made(lists)
    }

    /// True where the entry has an anchor of that name.
    pub fn has_anchor(&self, entry: usize, anchor: &str) -> bool {
        self.entries.get(entry).is_some_and(|entry| entry.anchors().any(|own| own == anchor))
    }

    /// The anchors of an entry.
    pub fn anchors_of(&self, entry: usize) -> impl Iterator<Item = &str> {
        let mut anchors: Vec<&str> = self.entries.get(entry).map(|entry| entry.anchors().collect()).unwrap_or_default();
        anchors.sort_unstable();
        anchors.dedup();
        anchors.into_iter()
    }

    /// True where this build shows the entry.
    pub fn is_visible(&self, entry: usize) -> bool {
        self.entries.get(entry).is_some_and(|entry| is_visible(entry, &self.config))
    }

    /// The page that a file lies beside: that of the nearest folder with an `index.md`.
    pub fn owner(&self, asset: &str) -> Option<usize> {
        let mut folder = asset;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(entry) = self.bundles.get(above) {
                return Some(*entry);
            }
            folder = above;
        }
        None
    }

    /// The page that has the address which one of this path would have: somebody gave it a folder of its own, or took it
    /// out of one.
    fn twin(&self, file: &str) -> Option<&str> {
        let own = file.strip_suffix(".md")?;
        let other = own.strip_suffix("/index").map_or_else(|| format!("{own}/index.md"), |own| format!("{own}.md"));
        Some(self.entries.get(self.entry_at(&other)?)?.path())
    }

    /// The file that a broken path most likely meant: of the same name elsewhere, or of nearly that name in the
    /// same folder. Looked up, not searched for: a library may have thousands of broken links.
    pub fn near(&self, file: &str) -> Option<&str> {
        if let Some(page) = self.twin(file) {
            return Some(page);
        }
        let (folder, name) = file.rsplit_once('/')?;
        let stem = name.trim_end_matches(".md");
        let near = self.near.get_or_init(|| Near::new(self));
        if let Some((same, _)) = near.by_stem.get(stem) {
            return Some(same);
        }
        let siblings: Vec<&str> = near.by_folder.get(folder)?.iter().map(String::as_str).collect();
        let name_of = |path: &str| path.get(folder.len() + 1..).unwrap_or_default().trim_end_matches(".md").to_owned();
        let names: Vec<String> = siblings.iter().take(MOST_COMPARED).map(|path| name_of(path)).collect();
        let nearest = nearest(stem, names.iter().map(String::as_str))?;
        siblings.into_iter().find(|path| name_of(path) == nearest)
    }

    /// The file that a broken path meant, where there is nothing to choose: the only one of that name, or one whose name
    /// is a slip of the pen away in the same folder.
    pub fn meant(&self, file: &str) -> Option<&str> {
        if let Some(page) = self.twin(file) {
            return Some(page);
        }
        let (folder, name) = file.rsplit_once('/')?;
        if let Some(page) = name.strip_suffix(".html").and_then(|stem| self.entry_at(&format!("{folder}/{stem}.md"))) {
            return self.entries.get(page).map(|entry| entry.path());
        }
        let stem = name.trim_end_matches(".md");
        let near = self.near.get_or_init(|| Near::new(self));
        if let Some((same, is_only)) = near.by_stem.get(stem) {
            return Some(same.as_str()).filter(|_| *is_only && !stem.starts_with("index"));
        }
        let name_of =
            |path: &'_ str| path.get(folder.len() + 1..).unwrap_or_default().trim_end_matches(".md").to_owned();
        let siblings = near.by_folder.get(folder)?;
        let names: Vec<String> = siblings.iter().take(MOST_COMPARED + 1).map(|path| name_of(path)).collect();
        if names.len() > MOST_COMPARED {
            return None;
        }
        let found = slip(stem, names.iter().enumerate().map(|(index, name)| (name.as_str(), index)))?;
        siblings.get(found).map(String::as_str)
    }

    /// True where the file may be in the site: the page that it lies beside, if any, is.
    pub fn may_carry(&self, asset: &str) -> bool {
        self.owner(asset).is_none_or(|owner| self.is_visible(owner))
    }
}

impl Near {
    fn new(places: &Places) -> Self {
        let mut near = Self { by_stem: HashMap::new(), by_folder: HashMap::new() };
        let pages = places.entries.iter().map(|entry| entry.path());
        for path in pages.chain(places.assets.keys().map(String::as_str)) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let stem = name.trim_end_matches(".md").to_owned();
            near.by_stem.entry(stem).and_modify(|(_, is_only)| *is_only = false).or_insert((path.to_owned(), true));
            near.by_folder.entry(folder.to_owned()).or_default().push(path.to_owned());
        }
        near
    }
}

/// The addresses of what no file makes, with these lists.
fn made(mut lists: HashSet<String>) -> HashSet<String> {
    lists.extend(["/".to_owned(), "/search/".to_owned()]);
    lists
}

/// The folder of a page that has files of its own beside it: an `index.md`, but not that of the whole library or
/// of a kind, whose folder is that of many pages.
fn bundle<'a>(entry: &'a Entry, theme: &Theme) -> Option<&'a str> {
    let (folder, name) = entry.path().rsplit_once('/')?;
    let inside = folder.strip_prefix("content/")?;
    (name.split('.').next() == Some("index") && theme.kind_of_folder(inside).is_none()).then_some(folder)
}
