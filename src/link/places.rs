//! Everything in the library that a link may lead to.

use super::{is_visible, lasting::Lasting};
use crate::{
    config::Config,
    model::{AssetFile, Entry, PageReference, Theme},
    nearest::nearest,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many names of a folder a broken one is compared with.
const MOST_COMPARED: usize = 500;

/// Entries, files and addresses, by every name that a link may use.
pub(super) struct Places<'a> {
    pub entries: &'a [Entry],
    pub config: &'a Config,
    by_path: HashMap<&'a str, usize>,
    by_url: HashMap<&'a str, usize>,
    by_id: HashMap<&'a str, usize>,
    anchors: Vec<HashSet<&'a str>>,
    /// Files that are no pages, by path from the root.
    pub assets: BTreeMap<&'a str, &'a AssetFile>,
    /// The folders of pages that have files beside them, with the page.
    bundles: HashMap<&'a str, usize>,
    /// Addresses of what no file makes.
    made: HashSet<String>,
    /// Addresses that lead to the newest of several years.
    lasting: &'a Lasting,
    /// Pages that are there and could not be read.
    unread: &'a BTreeSet<String>,
    /// The first path of each file name without ending, and the paths in each folder: for suggestions.
    by_stem: HashMap<&'a str, &'a str>,
    by_folder: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Places<'a> {
    pub fn new(
        entries: &'a [Entry],
        theme: &Theme,
        lists: &HashSet<String>,
        lasting: &'a Lasting,
        assets: &'a [AssetFile],
        unread: &'a BTreeSet<String>,
        config: &'a Config,
    ) -> Self {
        let index = |name: fn(&'a Entry) -> &'a str| {
            entries.iter().enumerate().map(|(index, entry)| (name(entry), index)).collect()
        };
        let main = |(_, entry): &(usize, &Entry)| entry.language == config.language;
        let mut made = HashSet::from(["/".to_owned(), "/search/".to_owned()]);
        made.extend(lists.iter().cloned());
        let paths: Vec<&str> =
            entries.iter().map(Entry::path).chain(assets.iter().map(|asset| asset.path.as_str())).collect();
        let mut by_stem = HashMap::new();
        let mut by_folder: HashMap<&str, Vec<&str>> = HashMap::new();
        for path in paths {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            by_stem.entry(name.trim_end_matches(".md")).or_insert(path);
            by_folder.entry(folder).or_default().push(path);
        }
        Self {
            by_stem,
            by_folder,
            by_path: index(|entry| entry.path()),
            by_url: index(|entry| &entry.url),
            by_id: entries.iter().enumerate().filter(main).map(|(index, entry)| (entry.id.as_str(), index)).collect(),
            anchors: entries.iter().map(anchors).collect(),
            assets: assets.iter().map(|asset| (asset.path.as_str(), asset)).collect(),
            bundles: entries
                .iter()
                .enumerate()
                .filter_map(|(index, entry)| Some((bundle(entry, theme)?, index)))
                .collect(),
            made,
            lasting,
            unread,
            entries,
            config,
        }
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

    /// True where the entry has an anchor of that name.
    pub fn has_anchor(&self, entry: usize, anchor: &str) -> bool {
        self.anchors.get(entry).is_some_and(|anchors| anchors.contains(anchor))
    }

    /// The anchors of an entry.
    pub fn anchors_of(&self, entry: usize) -> impl Iterator<Item = &'a str> + '_ {
        let mut anchors: Vec<&'a str> =
            self.anchors.get(entry).map(|anchors| anchors.iter().copied().collect()).unwrap_or_default();
        anchors.sort_unstable();
        anchors.into_iter()
    }

    /// True where this build shows the entry.
    pub fn is_visible(&self, entry: usize) -> bool {
        self.entries.get(entry).is_some_and(|entry| is_visible(entry, self.config))
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

    /// The file that a broken path most likely meant: of the same name elsewhere, or of nearly that name in the
    /// same folder. Looked up, not searched for: a library may have thousands of broken links.
    pub fn near(&self, file: &str) -> Option<&'a str> {
        let (folder, name) = file.rsplit_once('/')?;
        let stem = name.trim_end_matches(".md");
        if let Some(same) = self.by_stem.get(stem) {
            return Some(same);
        }
        let siblings = self.by_folder.get(folder)?;
        let name_of = |path: &&'a str| path.get(folder.len() + 1..).unwrap_or_default().trim_end_matches(".md");
        let nearest = nearest(stem, siblings.iter().take(MOST_COMPARED).map(name_of))?;
        siblings.iter().find(|path| name_of(path) == nearest).copied()
    }

    /// True where the file may be in the site: the page that it lies beside, if any, is.
    pub fn may_carry(&self, asset: &str) -> bool {
        self.owner(asset).is_none_or(|owner| self.is_visible(owner))
    }
}

fn anchors(entry: &Entry) -> HashSet<&str> {
    let headings = entry.texts.iter().flat_map(|text| &text.headings).map(|heading| heading.id.as_str());
    headings.chain(entry.texts.iter().flat_map(|text| &text.html_anchors).map(String::as_str)).collect()
}

/// The folder of a page that has files of its own beside it: an `index.md`, but not that of the whole library or
/// of a kind, whose folder is that of many pages.
fn bundle<'a>(entry: &'a Entry, theme: &Theme) -> Option<&'a str> {
    let (folder, name) = entry.path().rsplit_once('/')?;
    let inside = folder.strip_prefix("content/")?;
    (name.split('.').next() == Some("index") && theme.kind_of_folder(inside).is_none()).then_some(folder)
}
