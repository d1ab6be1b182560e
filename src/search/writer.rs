//! Writes the index of each language.

mod collection;
mod columns;
mod near;
mod page;
mod preface;
mod shards;
mod spelling;
mod synonyms;
mod texts;
mod touched;
mod weights;

use super::{
    format::{self, FOLDER, FileName},
    language::Language,
};
use crate::model::{Entry, Library};
use collection::{Collection, Vocabulary};
use page::Page;
use rayon::prelude::*;
use serde_json::{Value, json};
use shards::Shards;
use spelling::Spelling;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};
use synonyms::Synonyms;

/// What an index is made from besides the library.
pub struct Settings<'a> {
    /// The language of the site; the index of any other has its code in its name.
    pub language: &'a str,
    /// What readers call the facet that tells pages by their kinds, in a language.
    pub kind: &'a (dyn Fn(&str) -> String + Sync),
    /// Turns a site path into an address on the host.
    pub href: &'a (dyn Fn(&str) -> String + Sync),
}

/// The files of the index, by site path: one index for each language that pages are in.
///
/// Entries that lists do not name, as those that are withdrawn, are in none, nor is the home page.
pub fn files(library: &Library, settings: &Settings<'_>) -> Vec<(String, Vec<u8>)> {
    let terms = terms_of(library);
    let mut entries: BTreeMap<&str, Vec<usize>> = BTreeMap::from([(settings.language, Vec::new())]);
    for (index, entry) in library.entries.iter().enumerate().filter(|(_, entry)| is_found(entry)) {
        entries.entry(&entry.language).or_default().push(index);
    }
    let index = |(language, entries): (&str, Vec<usize>)| {
        let page = |index: usize| Some(Page::new(library.entries.get(index)?, library, terms.get(index)?.clone()));
        let pages: Vec<Page<'_>> = entries.into_par_iter().filter_map(page).collect();
        of_language(pages, library, language, settings)
    };
    entries.into_iter().flat_map(index).collect()
}

fn is_found(entry: &Entry) -> bool {
    entry.state.is_listed() && !entry.id.is_empty()
}

/// By entry and taxonomy: the places of its terms.
fn terms_of(library: &Library) -> Vec<Vec<Vec<usize>>> {
    let mut of = vec![vec![Vec::new(); library.taxonomies.len()]; library.entries.len()];
    for (place, taxonomy) in library.taxonomies.iter().enumerate() {
        for (index, term) in taxonomy.terms.iter().enumerate() {
            for entry in &term.entries {
                if let Some(own) = of.get_mut(*entry).and_then(|taxonomies| taxonomies.get_mut(place)) {
                    own.push(index);
                }
            }
        }
    }
    of
}

fn of_language(
    mut pages: Vec<Page<'_>>,
    library: &Library,
    code: &str,
    settings: &Settings<'_>,
) -> Vec<(String, Vec<u8>)> {
    arrange(&mut pages, library);
    let language = Language::new(code);
    let synonyms = Synonyms::new(library, code, &language);
    let ((vocabulary, total, shards, spelling), (texts, columns)) = rayon::join(
        || dictionary(&pages, &language, &synonyms),
        || {
            let texts = texts::texts(&pages, library, settings.href);
            (texts, columns::columns(&pages, library, code, settings.href))
        },
    );

    let mut files: Vec<(FileName, Vec<u8>)> = shards.files;
    files.extend([spelling.files, texts.files, columns].into_iter().flatten());
    let state = state(code, &files);
    let longer = pages.iter().enumerate().filter(|(_, page)| page.parts.len() > 1);
    let root = json!({
        "version": format::VERSION,
        "state": state,
        "pages": pages.len(),
        "parts": total,
        "longer": longer.map(|(page, of)| [page, of.parts.len()]).collect::<Vec<_>>(),
        "perFile": texts.per_file,
        "terms": shards.firsts.join(" "),
        "starts": spelling.starts.join(" "),
        "ends": spelling.ends.join(" "),
        "stop": language.stop_words.join(" "),
        "names": names(&synonyms, &vocabulary),
        "facets": columns::facets(library, code, &(settings.kind)(code)),
        "preface": texts.preface,
    });
    let other = (code != settings.language).then_some(code);
    let root = (format::root(other), root.to_string().into_bytes());
    let inside = |(file, bytes): (FileName, Vec<u8>)| (format!("{FOLDER}/{state}/{}", file.name()), bytes);
    files.into_iter().map(inside).chain([root]).collect()
}

/// The words of all pages, how many parts they stand in, and the files by which they are found.
fn dictionary(pages: &[Page<'_>], language: &Language, synonyms: &Synonyms) -> (Vocabulary, usize, Shards, Spelling) {
    let Collection { vocabulary, parts } = Collection::new(pages, language, synonyms);
    let total = parts.len();
    let postings = weights::postings(parts, vocabulary.terms);
    let shards = shards::shards(&vocabulary, &postings);
    let spelling = spelling::spelling(&vocabulary, &postings);
    (vocabulary, total, shards, spelling)
}

/// Puts pages that have the same values beside each other: kind by kind, then by the taxonomy of most terms, those
/// with as many of them together. Columns of such pages are short.
fn arrange(pages: &mut [Page<'_>], library: &Library) {
    let mut taxonomies: Vec<usize> = (0..library.taxonomies.len()).collect();
    let in_use = |place: &usize| {
        let used = pages.iter().filter_map(|page| page.terms.get(*place)).flatten().collect::<BTreeSet<_>>();
        Reverse(used.len())
    };
    taxonomies.sort_by_cached_key(in_use);
    pages.par_sort_by_cached_key(|page| {
        let own = taxonomies.iter().filter_map(|place| page.terms.get(*place));
        let terms: Vec<_> = own.map(|terms| (terms.len(), terms.clone())).collect();
        (columns::kind_place(page, library), terms, page.entry.url.clone())
    });
}

/// The folder of the files: named after what they hold, so that no reader ever mixes two states of a site.
fn state(code: &str, files: &[(FileName, Vec<u8>)]) -> String {
    let hashes: Vec<blake3::Hash> = files.par_iter().map(|(_, bytes)| blake3::hash(bytes)).collect();
    let mut hasher = blake3::Hasher::new();
    hasher.update(code.as_bytes());
    for ((file, _), hash) in files.iter().zip(hashes) {
        hasher.update(file.name().as_bytes()).update(hash.as_bytes());
    }
    format::folder_of(&hasher.finalize())
}

/// The names of concepts: the words of names by their forms, and the concept of each run of words.
fn names(synonyms: &Synonyms, vocabulary: &Vocabulary) -> Value {
    let mut forms = synonyms.forms.clone();
    let named = vocabulary.forms.iter().zip(&vocabulary.names).filter(|(_, word)| **word != synonyms::NO_NAME);
    forms.extend(named.map(|(form, word)| (form.to_string(), *word)));
    json!({ "words": forms, "of": synonyms.names })
}
