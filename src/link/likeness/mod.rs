//! The entries most like each entry, by what they share: terms, the pages that they name and that name them,
//! words of title, summary, headings and links.
//!
//! Each entry is a direction in space: its terms and pages weigh the more the rarer they are (inverse document
//! frequency), its words too, and how alike two entries are is the cosine between them. Who is near is looked up by
//! what is shared, never by comparing all with all, and of what very many share only the newest are looked at: the
//! time grows with the number of entries, not with its square.

mod features;
mod words;

use crate::model::{Entry, Library};
use features::Features;
use rayon::prelude::*;
use std::{cmp::Reverse, collections::HashMap};

/// How many entries of the same kind a page names at most, and how many of other kinds.
const MOST_SIMILAR: usize = 6;
const MOST_RELATED: usize = 4;

/// What more entries than these share leads from one to the other only among the newest of them.
const COMMON: usize = 100;

/// What more entries than these say is no word that tells one from another.
const COMMON_WORDS: usize = 50;

/// How many of the most promising entries are compared in full, for each place that there is to fill.
const TRIED: usize = 4;

/// Entries less alike than this have nothing to say to each other.
const LEAST: f32 = 0.12;

/// What a link from one to the other adds.
const LINKED: f32 = 0.25;

/// By entry, the nearest first: those of its own kind, and those of others.
type Likenesses = (Vec<Vec<usize>>, Vec<Vec<usize>>);

/// The entries most like each entry.
pub(super) fn likenesses(library: &Library) -> Likenesses {
    let traits = traits(library);
    let counts: Vec<bool> = traits.iter().map(|traits| traits.counts).collect();
    let features = Features::new(library, &counts, COMMON, COMMON_WORDS);
    let named = named(library);
    let finder = Finder { library, features: &features, traits: &traits, named: &named };
    let scratch = || Scratch { scores: vec![0.0; library.entries.len()], touched: Vec::new() };
    let found =
        (0..library.entries.len()).into_par_iter().map_init(scratch, |scratch, entry| finder.near(entry, scratch));
    found.collect::<Vec<_>>().into_iter().unzip()
}

/// True where what an entry says of itself makes it like the same entries whichever of the two it is.
pub(super) fn is_same(one: &Entry, other: &Entry) -> bool {
    words::words(one) == words::words(other)
}

/// True for an entry that lists name and that stands in one by its kind: not for pages about the library itself.
fn counts(entry: &Entry) -> bool {
    let introduces = || entry.kind.url().is_some_and(|listing| listing == entry.url);
    entry.state.is_listed() && entry.kind.folder.is_some() && !introduces()
}

/// The entries that each entry names or links to, by index.
fn named(library: &Library) -> Vec<Vec<usize>> {
    let mut named: Vec<Vec<usize>> = vec![Vec::new(); library.entries.len()];
    for (target, names) in library.backlinks.iter().enumerate() {
        for naming in names {
            if let Some(own) = named.get_mut(*naming) {
                own.push(target);
            }
        }
    }
    named
}

/// The terms of each entry that set it apart: those of taxonomies that say so. In order.
fn apart(library: &Library) -> Vec<Vec<(usize, usize)>> {
    let mut apart: Vec<Vec<(usize, usize)>> = vec![Vec::new(); library.entries.len()];
    for (place, taxonomy) in library.taxonomies.iter().enumerate().filter(|(_, taxonomy)| taxonomy.declaration.apart) {
        for (index, term) in taxonomy.terms.iter().enumerate() {
            for entry in &term.entries {
                if let Some(own) = apart.get_mut(*entry) {
                    own.push((place, index));
                }
            }
        }
    }
    apart
}

/// What decides whether one entry may be named by another, as numbers: it is asked millions of times.
struct Traits {
    counts: bool,
    kind: usize,
    id: usize,
    language: usize,
    /// The terms that set it apart.
    apart: Vec<(usize, usize)>,
}

fn traits(library: &Library) -> Vec<Traits> {
    fn number<'a>(numbers: &mut HashMap<&'a str, usize>, name: &'a str) -> usize {
        let next = numbers.len();
        *numbers.entry(name).or_insert(next)
    }
    let (mut ids, mut kinds, mut languages) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut of = Vec::with_capacity(library.entries.len());
    for (entry, apart) in library.entries.iter().zip(apart(library)) {
        of.push(Traits {
            counts: counts(entry),
            kind: number(&mut kinds, &entry.kind.name),
            id: number(&mut ids, &entry.id),
            language: number(&mut languages, &entry.language),
            apart,
        });
    }
    of
}

/// What one thread keeps from entry to entry.
struct Scratch {
    /// By entry; all 0 between two searches.
    scores: Vec<f32>,
    touched: Vec<u32>,
}

struct Finder<'a> {
    library: &'a Library,
    features: &'a Features,
    traits: &'a [Traits],
    named: &'a [Vec<usize>],
}

impl Finder<'_> {
    fn near(&self, index: usize, scratch: &mut Scratch) -> (Vec<usize>, Vec<usize>) {
        let Some(own) = self.traits.get(index) else { return Default::default() };
        self.features.sharing(index, |other, share| {
            if let Some(score) = scratch.scores.get_mut(other as usize) {
                if *score == 0.0 {
                    scratch.touched.push(other);
                }
                *score += share;
            }
        });
        let mut elsewhere = Best::new(MOST_SIMILAR * TRIED);
        let mut here = Best::new(MOST_SIMILAR * TRIED);
        let mut related = Best::new(MOST_RELATED * TRIED);
        for other in scratch.touched.drain(..).map(|other| other as usize) {
            let Some(score) = scratch.scores.get_mut(other).map(std::mem::take) else { continue };
            let Some(found) = self.traits.get(other) else { continue };
            let best = match place(own, found) {
                Place::Elsewhere => &mut elsewhere,
                Place::Here => &mut here,
                Place::OtherKind => &mut related,
            };
            if best.takes(score) && self.fits(index, other) {
                best.offer(score, other);
            }
        }
        let mut similar = self.ranked(index, elsewhere);
        similar.extend(self.ranked(index, here));
        let mut related = self.ranked(index, related);
        similar.truncate(MOST_SIMILAR);
        related.truncate(MOST_RELATED);
        (similar, related)
    }

    /// True for an entry that the page may name: not itself, not a twin, and in the page's language where there is
    /// one in it.
    fn fits(&self, index: usize, other: usize) -> bool {
        let Some((own, found)) = self.traits.get(index).zip(self.traits.get(other)) else { return false };
        let is_read = || found.language == own.language || self.stands_in(other, index);
        found.counts && found.id != own.id && is_read()
    }

    /// True for the first of the twins of an entry that has none in the language of the page.
    fn stands_in(&self, other: usize, page: usize) -> bool {
        let Some((found, page)) = self.library.entries.get(other).zip(self.library.entries.get(page)) else {
            return false;
        };
        let twins = self.library.by_id.get(&found.id);
        twins.is_some_and(|twins| !twins.contains_key(&page.language) && twins.keys().next() == Some(&found.language))
    }

    /// The promising ones compared in full, the nearest first; of equals the newer, then by address.
    fn ranked(&self, index: usize, best: Best) -> Vec<usize> {
        let mut ranked: Vec<_> = best.entries().map(|other| (self.likeness(index, other), other)).collect();
        ranked.retain(|(likeness, _)| *likeness >= millionths(LEAST));
        let newest = |other: usize| self.library.entries.get(other).and_then(|entry| entry.newest());
        ranked.sort_by_key(|(likeness, other)| (Reverse(*likeness), Reverse(newest(*other)), *other));
        ranked.into_iter().map(|(_, other)| other).collect()
    }

    /// True where one entry names or links to another.
    fn names(&self, one: usize, other: usize) -> bool {
        self.named.get(one).is_some_and(|named| named.binary_search(&other).is_ok())
    }

    fn likeness(&self, one: usize, other: usize) -> i32 {
        let linked = if self.names(one, other) || self.names(other, one) { LINKED } else { 0.0 };
        millionths(self.features.product(one, other) + linked)
    }
}

fn place(own: &Traits, found: &Traits) -> Place {
    if found.kind != own.kind {
        Place::OtherKind
    } else if own.apart.iter().any(|term| found.apart.contains(term)) {
        Place::Here
    } else {
        Place::Elsewhere
    }
}

/// Where an entry may be named.
enum Place {
    /// Of the same kind, and of another term of what sets entries apart.
    Elsewhere,
    /// Of the same kind and the same such term.
    Here,
    /// Of another kind.
    OtherKind,
}

/// Whole numbers, so that the last digit of a sum decides nothing.
fn millionths(likeness: f32) -> i32 {
    (likeness * 1_000_000.0 + 0.5) as i32
}

/// The entries with the highest scores seen so far.
struct Best {
    most: usize,
    /// The highest first.
    ranked: Vec<(i32, Reverse<usize>)>,
}

impl Best {
    fn new(most: usize) -> Self {
        Self { most, ranked: Vec::with_capacity(most + 1) }
    }

    /// True where an entry of this score may be among them: nearly all of thousands can't.
    fn takes(&self, score: f32) -> bool {
        self.ranked.len() < self.most || self.ranked.last().is_none_or(|(last, _)| millionths(score) >= *last)
    }

    fn offer(&mut self, score: f32, entry: usize) {
        let new = (millionths(score), Reverse(entry));
        let place = self.ranked.partition_point(|known| *known > new);
        self.ranked.insert(place, new);
        self.ranked.truncate(self.most);
    }

    fn entries(self) -> impl Iterator<Item = usize> {
        self.ranked.into_iter().map(|(_, Reverse(entry))| entry)
    }
}
