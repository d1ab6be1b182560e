//! One address, one page.

use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic, Fix},
    model::{AssetFile, Entry, Library, SourceFile, Span, Step, Theme},
    yaml,
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// The folder of the site's search.
const SEARCH: &str = "/search/";

/// True for the files that stand at the root of every site.
fn is_root_file(url: &str) -> bool {
    let name = url.trim_end_matches('/');
    let is_sitemap = name.starts_with("/sitemap") && name.ends_with(".xml");
    let is_named = ["/index.html", "/404.html", "/robots.txt", "/opensearch.xml"].contains(&name);
    is_sitemap || is_named
}

/// The entries, less those whose address another one has, sorted by address; and the faults.
pub(super) fn unique(entries: Vec<Arc<Entry>>, config: &Config) -> (Vec<Arc<Entry>>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut owners: HashMap<String, String> = HashMap::new();
    let mut kept: Vec<Arc<Entry>> = Vec::with_capacity(entries.len());
    for entry in entries {
        match owners.get(&entry.url) {
            None => {
                owners.insert(entry.url.clone(), entry.path().to_owned());
                kept.push(entry);
            }
            Some(owner) => {
                let fault = same_url(entry.path(), &entry.url, owner);
                diagnostics.push(fault.related(owner, Span::default(), "This page has the address"));
            }
        }
    }
    // The main language stands before the others, so that indexes do not move when a twin is added.
    kept.sort_by(|a, b| {
        (a.language != config.language, &a.language, &a.url).cmp(&(b.language != config.language, &b.language, &b.url))
    });
    (kept, diagnostics)
}

/// Every address of the site with whoever has it: a file, or Casebook itself.
pub(super) struct Owners<'a> {
    owners: HashMap<String, &'a str>,
    /// Addresses of listings, indexes and feeds, and of the theme's files.
    lists: HashSet<String>,
    /// The addresses that downloads have or could have, with the pages that they are made of.
    downloads: HashMap<String, &'a str>,
}

impl<'a> Owners<'a> {
    /// The owners of addresses, and faults of entries at addresses that Casebook needs for itself.
    pub fn new(entries: &'a [Arc<Entry>], theme: &Theme, mut lists: HashSet<String>) -> (Self, Vec<Diagnostic>) {
        lists.extend(theme.statics.iter().map(|file| format!("/assets/{}", file.path)));
        let mut this = Self { owners: HashMap::new(), lists, downloads: HashMap::new() };
        let mut diagnostics = Vec::new();
        for entry in entries {
            // The words of a kind's listing stand in the folder's own page.
            let own_page = || entry.path().starts_with(&format!("content{}index.", entry.url));
            let introduces = theme.kind_of_folder(entry.url.trim_matches('/')).is_some() && own_page();
            if let Some(owner) = this.made(&entry.url).filter(|_| !introduces) {
                diagnostics.push(same_url(entry.path(), &entry.url, &owner));
            }
            this.owners.insert(entry.url.clone(), entry.path());
            let downloads = entry.kind.downloads.iter().map(|download| (download.path(&entry.url), entry.path()));
            this.downloads.extend(downloads);
        }
        (this, diagnostics)
    }

    /// The words for an address that Casebook makes itself.
    fn made(&self, url: &str) -> Option<String> {
        let own = is_root_file(url) || url.starts_with(SEARCH);
        let part = || {
            let (list, number) = url.trim_end_matches('/').rsplit_once("page/")?;
            number.bytes().all(|byte| byte.is_ascii_digit()).then_some(list)
        };
        let listed = |wanted: &str| self.lists.contains(wanted) || self.lists.contains(wanted.trim_end_matches('/'));
        (own || listed(url) || part().is_some_and(listed)).then(|| format!("the page that Casebook makes at {url}"))
    }

    /// True for an address that something is at.
    pub fn has(&self, url: &str) -> bool {
        self.owner(url).is_some()
    }

    fn owner(&self, url: &str) -> Option<String> {
        self.owners.get(url).map(|path| (*path).to_owned()).or_else(|| self.made(url))
    }
}

/// The old addresses of each entry that nobody has yet, and faults for the others.
pub(super) fn aliases(entries: &[Arc<Entry>], owners: &Owners) -> (Vec<Vec<String>>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut taken: HashMap<&str, &str> = HashMap::new();
    let mut free = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut own = Vec::new();
        for (index, alias) in entry.aliases.iter().enumerate() {
            let owner = owners.owner(alias).or_else(|| taken.get(alias.as_str()).map(|path| (*path).to_owned()));
            let Some(owner) = owner else {
                taken.insert(alias, entry.path());
                own.push(alias.clone());
                continue;
            };
            let front = entry.front_span.unwrap_or_default();
            let path = [Step::Key("aliases".into()), Step::Item(index)];
            let span = yaml::locate(front.of(&entry.source.text), &path).value.shifted(front.start);
            let message = format!("The old address {alias} is taken: {owner} has it");
            let fault = Diagnostic::new(Code::AliasTaken, message).at(entry.path(), span);
            // What leads to the page itself leads nowhere else: without it nothing is lost.
            let fix = if owner == entry.path() { without_item(&entry.source, span) } else { None };
            diagnostics.push(fault.help("Delete this line, or the other one.").mended(fix));
        }
        free.push(own);
    }
    (free, diagnostics)
}

/// Takes an item out of a list that has a line for each.
fn without_item(file: &SourceFile, item: Span) -> Option<Fix> {
    let start = file.text.get(..item.start)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = Span::lines(&file.text, start).next()?;
    let written = line.of(&file.text).trim_start().strip_prefix("- ")?;
    (written.trim() == item.of(&file.text)).then(|| Fix::without_lines("Delete this line", file, item))
}

/// Reports files that would be at the address of a page, or of another file. Some disks don't tell `a` from `A`.
pub(super) fn files(assets: &BTreeMap<String, AssetFile>, owners: &Owners) -> Vec<Diagnostic> {
    let mut taken: HashMap<String, &str> = HashMap::new();
    let mut diagnostics = Vec::new();
    for path in assets.keys() {
        let url = Library::asset_url(path);
        let page = url.strip_suffix("index.html").and_then(|page| owners.owner(page));
        let owner = page
            .or_else(|| owners.made(&url))
            .or_else(|| taken.get(&url.to_lowercase()).map(|path| (*path).to_owned()))
            .or_else(|| {
                owners.downloads.get(&url.to_lowercase()).map(|page| format!("a download that is made of {page}"))
            })
            .or_else(|| {
                copied(path).filter(|other| assets.contains_key(*other)).map(|of| format!("a smaller copy of {of}"))
            });
        match owner {
            Some(owner) => diagnostics.push(same_url(path, &url, &owner)),
            None => {
                taken.insert(url.to_lowercase(), path);
            }
        }
    }
    diagnostics
}

/// The picture that a file of this name could be a smaller copy of: `door.png.640.webp`.
fn copied(path: &str) -> Option<&str> {
    let (other, width) = path.strip_suffix(".webp")?.rsplit_once('.')?;
    width.bytes().all(|byte| byte.is_ascii_digit()).then_some(other)
}

fn same_url(path: &str, url: &str, owner: &str) -> Diagnostic {
    Diagnostic::new(Code::SameUrl, format!("This file would have the address {url}, which {owner} has"))
        .at(path, Span::default())
        .help("Give the file another name, or the other one.")
}
