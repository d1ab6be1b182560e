//! What a change does to the site: two sites held against each other, page by page.
//!
//! Both sides come from the pipeline ([`crate::pipeline::Survey`]), made in memory at one and the same time of the
//! clock. Nothing is read or written here: the same two sides give the same report.

mod addresses;
mod html;
mod leaks;
mod markdown;
mod pages;
mod read;
mod sentences;
mod weight;
mod words;

pub use addresses::{Address, Fate, Given};
pub use leaks::Leak;
pub use pages::{Change, Field, Moved, Named};
pub use weight::Weight;
pub use words::{Piece, Row};

use jiff::{Timestamp, Zoned};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A site as far as a comparison needs it.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The pages that people see.
    pub shown: Vec<Page>,
    /// Those that nobody sees yet: drafts, and what is under embargo.
    pub hidden: Vec<Page>,
    /// Old addresses, each with the one that it leads to.
    pub redirects: BTreeMap<String, String>,
    /// What each term of each taxonomy has, by the address of the term.
    pub terms: BTreeMap<String, Term>,
    /// Every file of the site by its path there.
    pub files: BTreeMap<String, Weighed>,
    /// The sizes of the library's own files in bytes, by path from the root.
    pub assets: BTreeMap<String, u64>,
    /// What is wrong with it.
    pub faults: Vec<Told>,
}

/// A page, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its file, from the root.
    pub path: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What its kind is called.
    pub kind: String,
    /// Its language.
    pub language: String,
    /// Where it is in its life: the name of its state.
    pub state: &'static str,
    /// When an embargo on it ends, where it has one.
    pub embargo: Option<Timestamp>,
    /// Its fields as they are written, in their order: label and words.
    pub fields: Vec<(String, String)>,
    /// The Markdown below them.
    pub body: String,
    /// The files of the library that it shows or gives, by path from the root.
    pub files: BTreeSet<String>,
}

/// A term of a taxonomy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What the taxonomy calls one of its terms.
    pub taxonomy: String,
    /// What readers call it.
    pub label: String,
    /// How many pages have it.
    pub pages: usize,
}

/// A file of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Its size in bytes, where that is known without making it.
    pub size: Option<u64>,
    /// What tells it from one with other bytes.
    pub hash: u64,
}

/// A fault, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Its code and name: `CB0401 broken-link`.
    pub code: String,
    /// True where the site can't be published with it.
    pub error: bool,
    /// True for a link that leads nowhere, or not where it should.
    pub link: bool,
    /// Its file; nothing where the library as a whole is meant.
    pub path: Option<String>,
    /// Its line in that file.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// Everything that is otherwise in one site than in another.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comparison {
    /// What the older side is called, as it was asked for.
    pub since: String,
    /// What people can see now and should not see yet.
    pub leaks: Vec<Leak>,
    /// Pages that nobody has seen before.
    pub added: Vec<Named>,
    /// Pages that are no more to be seen, and whether their address still leads somewhere.
    pub gone: Vec<Moved>,
    /// Pages with another address.
    pub moved: Vec<Moved>,
    /// Pages that say something else.
    pub changed: Vec<Change>,
    /// The addresses of pages that say the same in another way: their file is as it was, and what is around it is not.
    pub around: Vec<String>,
    /// Links that lead nowhere now and did before.
    pub broken: Vec<Told>,
    /// Other faults that were not there before.
    pub faults: Vec<Told>,
    /// How many faults are mended.
    pub mended: usize,
    /// How many errors the older side has: what it would show is then not certain.
    pub errors_before: usize,
    /// How many errors the site has as it is here.
    pub errors: usize,
    /// Files that pages show or give, where they are new, gone or others.
    pub files: Vec<Given>,
    /// Addresses of lists and old addresses that came, went or lead elsewhere.
    pub addresses: Vec<Address>,
    /// Terms with more pages or fewer.
    pub terms: Vec<Tagged>,
    /// What the site weighs.
    pub weight: Weight,
}

/// A term whose number of pages is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tagged {
    /// Its address.
    pub url: String,
    /// What its taxonomy calls a term.
    pub taxonomy: String,
    /// What readers call it.
    pub label: String,
    /// How many pages it had.
    pub before: usize,
    /// How many it has.
    pub now: usize,
}

/// Holds a site against the one before; `replaced` are the paths of files whose bytes are others, `now` is the moment at
/// which both were built.
pub fn compare(since: &str, before: &Side, after: &Side, replaced: &BTreeSet<String>, now: &Zoned) -> Comparison {
    let pairs = pages::Pairs::of(before, after);
    let (added, changed) = (pairs.added(), pairs.changed());
    let (broken, faults): (Vec<Told>, Vec<Told>) = new_faults(before, after).into_iter().partition(|told| told.link);
    let (gone, moved) = (pairs.gone(after), pairs.moved(after));
    let errors = |side: &Side| side.faults.iter().filter(|told| told.error).count();
    Comparison {
        since: since.to_owned(),
        leaks: leaks::leaks(before, after, &pairs, now),
        files: addresses::files(before, after, replaced),
        addresses: addresses::addresses(before, after, &added, &[&gone, &moved]),
        gone,
        moved,
        around: pairs.around(before, after, &added, &changed),
        added,
        changed,
        broken,
        faults,
        mended: new_faults(after, before).len(),
        errors_before: errors(before),
        errors: errors(after),
        terms: terms(before, after),
        weight: weight::weigh(before, after, &pairs),
    }
}

impl Comparison {
    /// True where nothing is otherwise for anybody.
    pub fn is_empty(&self) -> bool {
        let Self { leaks, added, gone, moved, changed, around, broken, faults, files, addresses, .. } = self;
        let lists = [added.len(), gone.len(), moved.len(), changed.len(), around.len(), broken.len(), faults.len()];
        let beside = files.is_empty() && addresses.is_empty();
        leaks.is_empty()
            && beside
            && lists.iter().all(|number| *number == 0)
            && self.terms.is_empty()
            && self.mended == 0
    }

    /// The report as a comment: Markdown of at most so many bytes, in which the words of others do nothing.
    pub fn markdown(&self, most: usize) -> String {
        markdown::render(self, most)
    }

    /// The report as a page of its own that asks for nothing from elsewhere.
    pub fn html(&self, title: &str) -> String {
        html::render(self, title)
    }
}

/// The faults of a side that the other does not have. What only moved to another line is no new one.
fn new_faults(before: &Side, after: &Side) -> Vec<Told> {
    let key = |told: &Told| (told.code.clone(), told.path.clone(), told.message.clone());
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    before.faults.iter().for_each(|told| *known.entry(key(told)).or_default() += 1);
    let is_new = |told: &&Told| match known.get_mut(&key(told)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    after.faults.iter().filter(is_new).cloned().collect()
}

fn terms(before: &Side, after: &Side) -> Vec<Tagged> {
    let addresses: BTreeSet<&String> = before.terms.keys().chain(after.terms.keys()).collect();
    let tagged = |url: &String| {
        let (old, new) = (before.terms.get(url), after.terms.get(url));
        let term = new.or(old)?;
        let count = |term: Option<&Term>| term.map_or(0, |term| term.pages);
        (count(old) != count(new)).then(|| Tagged {
            url: url.clone(),
            taxonomy: term.taxonomy.clone(),
            label: term.label.clone(),
            before: count(old),
            now: count(new),
        })
    };
    addresses.into_iter().filter_map(tagged).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of somebody who would have a report do something.
    const EVIL: &str = "<b>@team</b>\u{202e}[a](http://b.example)";

    /// A report in which every word of others is evil.
    fn report() -> Comparison {
        let evil = || EVIL.to_owned();
        let piece = |changed| Piece { text: evil(), changed };
        let row = Row { before: vec![piece(true), piece(false)], now: vec![piece(true)] };
        let field = |label, rows| Field { label, words_gone: 1, words_come: 1, rows };
        let moved = |to, redirect| Moved {
            title: evil(),
            path: evil(),
            from: evil(),
            to,
            redirect,
            now: Some("draft".to_owned()),
        };
        let told = Told { code: evil(), error: true, link: true, path: Some(evil()), line: Some(1), message: evil() };
        let (title, path, url, until, from) = (evil(), evil(), evil(), String::new(), evil());
        Comparison {
            since: evil(),
            leaks: vec![
                Leak::Shown { title: evil(), path: evil(), url: evil(), until: until.clone() },
                Leak::Earlier { title: evil(), path: evil(), until, now: None },
                Leak::Quoted { path: evil(), url: evil(), from: evil(), words: evil() },
                Leak::Carried { file: evil(), url: evil(), from },
            ],
            added: vec![Named {
                title: evil(),
                url: evil(),
                path: evil(),
                kind: evil(),
                was: Some("draft".to_owned()),
            }],
            gone: vec![moved(None, None)],
            moved: vec![moved(Some(evil()), Some("/to/".to_owned()))],
            changed: vec![
                Change { title, url, path, fields: vec![field(None, vec![row.clone(); 600])] },
                Change { title: evil(), url: evil(), path: evil(), fields: vec![field(Some(evil()), vec![row])] },
            ],
            around: vec![evil()],
            files: vec![Given { url: evil(), path: evil(), what: Fate::Other, bytes: (Some(1), Some(2)) }],
            addresses: [Fate::New, Fate::Gone, Fate::Other]
                .map(|what| Address { url: evil(), what, led: Some(evil()), leads: Some(evil()) })
                .to_vec(),
            broken: vec![told.clone()],
            faults: vec![told],
            terms: vec![Tagged { url: evil(), taxonomy: evil(), label: evil(), before: 1, now: 2 }],
            weight: Weight {
                pages: vec![weight::Heavier { url: evil(), html: (None, 9_000), files: (0, 0) }],
                ..Weight::default()
            },
            ..Comparison::default()
        }
    }

    #[test]
    fn no_word_of_others_does_anything_wherever_it_stands() {
        let html = report().html(EVIL);
        assert!(!html.contains("<b>") && !html.contains(['\u{202e}']), "{html}");
        assert!(html.contains("100 changes more not shown here"));
        let mut shown = String::new();
        pulldown_cmark::html::push_html(&mut shown, pulldown_cmark::Parser::new(&report().markdown(usize::MAX)));
        assert!(!shown.contains("<b>") && !shown.contains("<a ") && !shown.contains('\u{202e}'), "{shown}");
        // Nobody is told of a name in code.
        let prose: String =
            shown.split("<code>").map(|part| part.rsplit("</code>").next().unwrap_or_default()).collect();
        assert!(!prose.contains("@team"), "{prose}");
    }

    #[test]
    fn a_comment_is_never_longer_than_it_may_be() {
        for most in 200..1_200 {
            let comment = report().markdown(most);
            assert!(comment.len() <= most && comment.ends_with(" tells all.\n"), "{most}: {}", comment.len());
        }
    }
}
