//! What people can see now though it was to stay hidden for a while.

use super::{Page, Side, pages::Pairs, read};
use jiff::{Timestamp, Zoned};
use rustc_hash::FxHasher;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    hash::{Hash, Hasher},
};

/// Words in a row that two texts share by no accident.
const RUN: usize = 10;

/// Something that may be seen too early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Leak {
    /// A page under embargo that people see now.
    Shown {
        /// Its title.
        title: String,
        /// Its file.
        path: String,
        /// Its address.
        url: String,
        /// When its embargo would have ended.
        until: String,
    },
    /// An embargo that ends earlier now, or is there no more, of a page that still is hidden.
    Earlier {
        /// The title of the page.
        title: String,
        /// Its file.
        path: String,
        /// When the embargo would have ended.
        until: String,
        /// When it ends now, if there is one.
        now: Option<String>,
    },
    /// Words of a page under embargo on another that people see.
    Quoted {
        /// The file of the page that shows them.
        path: String,
        /// Its address.
        url: String,
        /// The file of the page under embargo.
        from: String,
        /// The words.
        words: String,
    },
    /// A file of a page under embargo that a page which people see shows or gives.
    Carried {
        /// The file.
        file: String,
        /// The address of the page that has it now.
        url: String,
        /// The file of the page under embargo.
        from: String,
    },
}

pub(super) fn leaks(before: &Side, after: &Side, pairs: &Pairs, now: &Zoned) -> Vec<Leak> {
    let mut leaks = embargoes(pairs, now);
    // Under embargo on either side, and not in the open by the change itself: that is told already.
    let held = |page: &&Page| page.embargo.is_some_and(|until| until > now.timestamp()) || page.state == "embargoed";
    let opened: HashSet<&str> =
        pairs.both.iter().filter(|(_, new)| pairs.is_shown(new)).map(|(old, _)| old.path.as_str()).collect();
    let old = before.hidden.iter().filter(held).filter(|page| !opened.contains(page.path.as_str()));
    let secret: Vec<&Page> = old.chain(after.hidden.iter().filter(held)).collect();
    leaks.extend(quotations(&secret, before, after));
    leaks.extend(files(&secret, before, after));
    leaks
}

fn embargoes(pairs: &Pairs, now: &Zoned) -> Vec<Leak> {
    let leak = |(old, new): &(&Page, &Page)| {
        let until = old.embargo.filter(|until| *until > now.timestamp())?;
        let (title, path) = (new.title.clone(), new.path.clone());
        let told =
            |moment: Timestamp| moment.to_zoned(now.time_zone().clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
        if pairs.is_shown(new) {
            return Some(Leak::Shown { title, path, url: new.url.clone(), until: told(until) });
        }
        let is_earlier = new.embargo.is_none_or(|ends| ends < until);
        let now = new.embargo.map(told);
        is_earlier.then(|| Leak::Earlier { title, path, until: told(until), now })
    };
    pairs.both.iter().filter_map(leak).collect()
}

/// Words of secret pages on pages that people see, where nobody has seen them before.
fn quotations(secret: &[&Page], before: &Side, after: &Side) -> Vec<Leak> {
    let mut runs: HashMap<u64, &Page> = HashMap::new();
    for page in secret {
        for text in texts(page) {
            runs.extend(hashes(&words(&text)).map(|(hash, _)| (hash, *page)));
        }
    }
    if runs.is_empty() {
        return Vec::new();
    }
    for text in before.shown.iter().flat_map(texts) {
        for (hash, _) in hashes(&words(&text)) {
            runs.remove(&hash);
        }
    }
    // One for each pair of pages is enough to look at.
    let mut found = BTreeMap::new();
    for (page, text) in after.shown.iter().flat_map(|page| texts(page).map(|text| (page, text))) {
        let words = words(&text);
        for (hash, start) in hashes(&words) {
            let Some(from) = runs.get(&hash) else { continue };
            let shared = || words.get(start..start + RUN).unwrap_or_default().join(" ");
            found.entry((page.path.clone(), from.path.clone())).or_insert_with(|| Leak::Quoted {
                path: page.path.clone(),
                url: page.url.clone(),
                from: from.path.clone(),
                words: shared(),
            });
        }
    }
    found.into_values().collect()
}

/// Files of secret pages that others carry now.
fn files(secret: &[&Page], before: &Side, after: &Side) -> Vec<Leak> {
    let open: BTreeSet<&String> = before.shown.iter().flat_map(|page| &page.files).collect();
    let owner = |file: &String| secret.iter().find(|page| page.files.contains(file));
    let mut leaks = Vec::new();
    for page in &after.shown {
        for file in page.files.iter().filter(|file| !open.contains(file)) {
            leaks.extend(owner(file).map(|from| Leak::Carried {
                file: file.clone(),
                url: page.url.clone(),
                from: from.path.clone(),
            }));
        }
    }
    leaks
}

/// All that a page says: as readers see it, and as it is written, since attributes and comments give words away too.
fn texts(page: &Page) -> [String; 2] {
    let fields = page.fields.iter().map(|(_, text)| text.as_str());
    let texts: Vec<&str> = fields.chain([page.body.as_str()]).collect();
    let shown: Vec<String> = texts.iter().map(|text| read::shown(text)).collect();
    [shown.join("\n"), read::visible(&texts.join("\n"))]
}

/// The words of a text, without what stands between them.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Every run of words, by a number that is the same wherever they stand, with its place.
fn hashes(words: &[&str]) -> impl Iterator<Item = (u64, usize)> {
    words.windows(RUN).enumerate().map(|(at, run)| {
        let mut hasher = FxHasher::default();
        run.hash(&mut hasher);
        (hasher.finish(), at)
    })
}
