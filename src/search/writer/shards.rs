//! The dictionary with its postings, in shards of a few kilobytes.
//!
//! A shard holds a run of forms and whatever they need: a term whose forms fall into two shards stands in both, so a
//! word is answered by one file.

use super::{
    super::format::{FileName, compressed, write, write_levels, write_steps, write_words},
    collection::{Term, Vocabulary},
    weights::{LEVELS, Posting, Postings},
};
use rayon::prelude::*;
use std::{borrow::Cow, ops::Range};

/// About how large a shard is before it is compressed, in bytes.
const SHARD: usize = 9_000;

/// How many forms more a shard takes in so as not to part the forms of a term.
const PATIENCE: usize = 48;

/// How hard to compress, of 9; and in an index of more forms than `MANY`, where it takes a third of the time and costs
/// one byte in sixty.
const THOROUGHNESS: u32 = 9;
const LARGE_THOROUGHNESS: u32 = 3;
const MANY: usize = 16_000;

/// A shard has this many postings of a term at most, the greatest; the others are its tail.
const HEAD: usize = 4_096;

/// The files, and the first form of each shard.
pub(super) struct Shards {
    pub(super) files: Vec<(FileName, Vec<u8>)>,
    pub(super) firsts: Vec<String>,
}

pub(super) fn shards(vocabulary: &Vocabulary, postings: &Postings) -> Shards {
    let thoroughness = if vocabulary.forms.len() > MANY { LARGE_THOROUGHNESS } else { THOROUGHNESS };
    let parted = (0..vocabulary.terms as Term).into_par_iter().map(|term| parted(postings.own.of(term)));
    let (heads, tails): (Vec<_>, Vec<_>) = parted.unzip();
    let mut tail_of = vec![None; heads.len()];
    let mut files = Vec::new();
    for (term, tail) in tails.into_iter().enumerate().filter(|(_, tail)| !tail.is_empty()) {
        if let Some(place) = tail_of.get_mut(term) {
            *place = Some(files.len());
        }
        files.push((FileName::Tail(files.len()), tail));
    }
    let files = files.into_par_iter().map(|(file, tail)| (file, compressed(&one_list(&tail), thoroughness)));
    let mut files: Vec<(FileName, Vec<u8>)> = files.collect();
    let terms = Terms { vocabulary, postings, heads, tail_of };
    let runs = terms.runs();
    let firsts = runs.iter().filter_map(|run| vocabulary.forms.get(run.start)).map(|form| form.to_string()).collect();
    let shard =
        |(place, run): (usize, Range<usize>)| (FileName::Terms(place), compressed(&terms.shard(run), thoroughness));
    files.par_extend(runs.into_par_iter().enumerate().map(shard));
    Shards { files, firsts }
}

/// The greatest postings, as many as a shard has of one term, and the others.
fn parted(own: &[Posting]) -> (Cow<'_, [Posting]>, Vec<Posting>) {
    if own.len() <= HEAD {
        return (Cow::Borrowed(own), Vec::new());
    }
    let mut of_level = [0; LEVELS as usize + 1];
    for posting in own {
        if let Some(count) = of_level.get_mut(usize::from(posting.level())) {
            *count += 1;
        }
    }
    let mut room = HEAD;
    let mut least = LEVELS + 1;
    while let Some(count) = of_level.get(usize::from(least - 1)).filter(|count| **count <= room) {
        room -= count;
        least -= 1;
    }
    // Of the level that has no room as a whole, the first fill what is left.
    let (head, tail): (Vec<Posting>, Vec<Posting>) = own.iter().partition(|posting| {
        let level = posting.level();
        let takes = level >= least || (level + 1 == least && room > 0);
        room -= usize::from(takes && level < least);
        takes
    });
    (Cow::Owned(head), tail)
}

fn one_list(list: &[Posting]) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, list.len() as u32);
    write_steps(&mut out, list.iter().map(|posting| posting.part()));
    write_levels(&mut out, &list.iter().map(|posting| posting.level()).collect::<Vec<_>>());
    out
}

struct Terms<'a> {
    vocabulary: &'a Vocabulary,
    postings: &'a Postings,
    /// By term.
    heads: Vec<Cow<'a, [Posting]>>,
    tail_of: Vec<Option<usize>>,
}

impl Terms<'_> {
    /// The runs of forms that the shards hold.
    fn runs(&self) -> Vec<Range<usize>> {
        let forms = &self.vocabulary.forms;
        let mut runs = Vec::new();
        let (mut start, mut size, mut full_at) = (0, 0, None);
        let mut inside = std::collections::BTreeSet::new();
        for (place, (form, term)) in forms.iter().zip(&self.vocabulary.term_of).enumerate() {
            let parts_none = !inside.contains(term);
            if full_at.is_some_and(|full| parts_none || place - full > PATIENCE) {
                runs.push(start..place);
                (start, size, full_at) = (place, 0, None);
                inside.clear();
            }
            size += form.len() / 2 + 3;
            if inside.insert(*term) {
                size += (self.head(*term).len() + self.postings.lent.of(*term).len()) * 3 / 2;
            }
            full_at = full_at.or((size >= SHARD).then_some(place));
        }
        if start < forms.len() {
            runs.push(start..forms.len());
        }
        runs
    }

    fn shard(&self, run: Range<usize>) -> Vec<u8> {
        let forms = self.vocabulary.forms.get(run.clone()).unwrap_or_default();
        let term_of = self.vocabulary.term_of.get(run).unwrap_or_default();
        let mut terms: Vec<u32> = term_of.to_vec();
        terms.sort_unstable();
        terms.dedup();
        let mut out = Vec::with_capacity(2 * SHARD);
        write(&mut out, forms.len() as u32);
        write(&mut out, terms.len() as u32);
        write_words(&mut out, forms.iter().map(|form| form.as_bytes()));
        for term in term_of {
            write(&mut out, terms.binary_search(term).unwrap_or_default() as u32);
        }
        self.counts(&terms, &mut out);
        lists(&mut out, terms.iter().map(|term| self.head(*term)));
        lists(&mut out, terms.iter().map(|term| self.postings.lent.of(*term)));
        out
    }

    fn head(&self, term: Term) -> &[Posting] {
        self.heads.get(term as usize).map(AsRef::as_ref).unwrap_or_default()
    }

    /// How long the lists of terms are, and where there is more of them.
    fn counts(&self, terms: &[Term], out: &mut Vec<u8>) {
        terms.iter().for_each(|term| write(out, self.postings.own.of(*term).len() as u32));
        terms.iter().for_each(|term| write(out, self.postings.lent.of(*term).len() as u32));
        for term in terms {
            let tail = self.tail_of.get(*term as usize).copied().flatten();
            write(out, tail.map_or(0, |place| place as u32 + 1));
            if tail.is_some() {
                write(out, self.head(*term).len() as u32);
            }
        }
    }
}

fn lists<'a>(out: &mut Vec<u8>, lists: impl Iterator<Item = &'a [Posting]>) {
    let mut levels = Vec::new();
    for list in lists {
        write_steps(out, list.iter().map(|posting| posting.part()));
        levels.extend(list.iter().map(|posting| posting.level()));
    }
    write_levels(out, &levels);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_list_is_its_best() {
        let own: Vec<Posting> = (0..10_000).map(|part| Posting::new(part, if part % 5 == 0 { 9 } else { 3 })).collect();
        let (head, tail) = parted(&own);
        assert_eq!((head.len(), tail.len()), (HEAD, 10_000 - HEAD));
        assert_eq!(head.iter().filter(|posting| posting.level() == 9).count(), 2_000);
        assert!(head.is_sorted() && tail.is_sorted());
        assert_eq!(parted(&own[..HEAD]).1, []);
        let even: Vec<Posting> = (0..5_000).map(|part| Posting::new(part, 1)).collect();
        assert_eq!(parted(&even).0.len(), HEAD);
    }
}
