//! What a site weighs, and its pages.

use super::{Page, Side, pages::Pairs};
use serde::Serialize;

/// How many pages are named.
const NAMED: usize = 10;

/// A page whose weight differs by less than this is not worth a word, in bytes.
const WORTH: u64 = 1_024;

/// The weight of a site before and now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// By sort of file, in bytes: web pages, styles, scripts, pictures and other files of the library. What the build
    /// makes of these, such as smaller pictures and documents, is not counted, nor are index and catalogue.
    pub sorts: Vec<Sort>,
    /// The pages that gained or lost most.
    pub pages: Vec<Heavier>,
}

/// One sort of file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sort {
    /// What it is called.
    pub name: &'static str,
    /// How many files there were.
    pub files_before: usize,
    /// How many there are.
    pub files: usize,
    /// Their bytes before.
    pub before: u64,
    /// Their bytes now.
    pub now: u64,
}

/// A page that weighs more or less than it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heavier {
    /// Its address.
    pub url: String,
    /// Its HTML before and now, in bytes; nothing before for a new page.
    pub html: (Option<u64>, u64),
    /// The files that it shows or gives, as they lie in the library, before and now, in bytes.
    pub files: (u64, u64),
}

impl Heavier {
    /// By how much it differs.
    pub fn difference(&self) -> u64 {
        self.html.0.unwrap_or_default().abs_diff(self.html.1) + self.files.0.abs_diff(self.files.1)
    }
}

const SORTS: [(&str, &[&str]); 5] = [
    ("Web pages", &["html"]),
    ("Styles", &["css"]),
    ("Scripts", &["js", "mjs"]),
    ("Pictures", &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"]),
    ("Other files", &[]),
];

pub(super) fn weigh(before: &Side, after: &Side, pairs: &Pairs) -> Weight {
    let sorts = SORTS.iter().enumerate().map(|(index, (name, _))| {
        let of = |side: &Side| {
            let own = side.files.iter().filter(|(path, _)| sort_of(path) == index);
            own.fold((0, 0), |(files, bytes), (_, file)| (files + 1, bytes + file.size.unwrap_or_default()))
        };
        let ((files_before, before), (files, now)) = (of(before), of(after));
        Sort { name, files_before, files, before, now }
    });
    let changed = pairs.both.iter().filter(|(old, new)| pairs.was_shown(old) && pairs.is_shown(new));
    let changed = changed.map(|(old, new)| heavier(Some(old), new, before, after));
    let new = pairs.new.iter().filter(|page| pairs.is_shown(page)).map(|page| heavier(None, page, before, after));
    let mut pages: Vec<Heavier> = changed.chain(new).filter(|page| page.difference() >= WORTH).collect();
    pages.sort_by(|a, b| b.difference().cmp(&a.difference()).then_with(|| a.url.cmp(&b.url)));
    pages.truncate(NAMED);
    Weight { sorts: sorts.collect(), pages }
}

fn sort_of(path: &str) -> usize {
    let ending = path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let of_ending = SORTS.iter().position(|(_, endings)| endings.contains(&ending.as_str()));
    of_ending.unwrap_or(SORTS.len() - 1)
}

fn heavier(old: Option<&Page>, new: &Page, before: &Side, after: &Side) -> Heavier {
    let html = |side: &Side, page: &Page| {
        let path = format!("{}index.html", page.url.trim_start_matches('/'));
        side.files.get(&path).and_then(|file| file.size)
    };
    let files = |side: &Side, page: &Page| page.files.iter().filter_map(|file| side.assets.get(file)).sum();
    Heavier {
        url: new.url.clone(),
        html: (old.and_then(|page| html(before, page)), html(after, new).unwrap_or_default()),
        files: (old.map_or(0, |page| files(before, page)), files(after, new)),
    }
}
