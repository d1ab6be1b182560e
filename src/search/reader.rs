//! Finds pages in the index that the build wrote: what the modules in `js/` do in browsers, for the terminal.
//!
//! Both give the same answers to the same questions. The files come from whoever asks; they may be anybody's, so
//! every fault in them is a message.

mod answer;
mod asked;
mod dictionary;
mod facets;
mod files;
mod meant;
mod narrow;
mod passage;
mod places;
mod results;
mod root;
mod scores;
mod texts;

pub use answer::{Answer, Count, Filters, Found, Labels, Link, Options, Sort};
pub use files::Source;
pub use root::Facet;

use super::format;
use asked::Asked;
use files::Files;
use root::Root;

/// So many results are looked at for titles that say what was asked for: those come before the others.
const FIRST: usize = 10;

/// An index that can be searched.
pub struct Index<'a> {
    root: Root,
    files: Files<'a>,
}

impl<'a> Index<'a> {
    /// The index whose files `source` gives; `language` is only for another than the site's main one.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn open(source: &'a Source<'a>, language: Option<&str>) -> Result<Self, String> {
        let file = source(&format::root_name(language));
        let root = Root::read(&file.map_err(|error| format!("the search index could not be loaded ({error})"))?)?;
        let files = Files::new(source, root.state.clone());
        Ok(Self { root, files })
    }

    /// What is found for a text: words, "exact phrases", and -words that are not wanted.
    ///
    /// # Errors
    /// Which file can't be read.
    pub fn search(&self, text: &str, options: &Options) -> Result<Answer, String> {
        let asked = Asked::new(text);
        let all = asked.words.is_empty() && asked.phrases.is_empty();
        let lists = options.sort != Sort::Relevance || !asked.without.is_empty();
        let chosen = |filters: &Filters| lists || filters.values().any(|values| !values.is_empty());
        if all && !options.filters.as_ref().is_some_and(chosen) {
            let facets = options.filters.as_ref().map(|filters| self.counts(|_| false, filters));
            let facets = facets.transpose()?.unwrap_or_default();
            return Ok(Answer { total: 0, results: Vec::new(), facets, corrected: None, near: Vec::new() });
        }
        // Without words there is nothing to be relevant to.
        let sort = if all && options.sort == Sort::Relevance { Sort::Newest } else { options.sort };
        let sorted = sort != Sort::Relevance;
        let exact = options.filters.is_some() || sorted || !asked.phrases.is_empty() || !asked.without.is_empty();
        let meant = self.meant(asked.clauses(&self.root), &asked, text)?;
        let clauses = meant.clauses.iter().map(|clause| (clause.terms.as_slice(), clause.times));
        let mut scored = self.scored(clauses, exact, all)?;
        self.narrow(&mut scored, &asked)?;
        let (mut facets, mut tests) = (Vec::new(), None);
        if let Some(filters) = &options.filters {
            facets = self.counts(|page| scored.scores.get(page).is_some_and(|score| *score > 0.0), filters)?;
            tests = Some(self.tests(filters)?);
        }
        let (total, pages) = self.ranked(&scored, tests.as_ref(), sort)?;
        let near = if total > 0 || text.trim().is_empty() { Vec::new() } else { self.near(&asked)? };
        let marker = self.marker(&meant.clauses);
        let shown = pages.into_iter().skip(options.offset).take(options.limit);
        let mut results = shown.map(|page| self.found(page, &scored, &marker)).collect::<Result<Vec<_>, String>>()?;
        if !sorted {
            let first = FIRST.saturating_sub(options.offset).min(results.len());
            let first = results.get_mut(..first).unwrap_or_default();
            first.sort_by_cached_key(|found| !self.is_named(&found.title, &marker, meant.clauses.len()));
        }
        Ok(Answer { total, results, facets, corrected: meant.corrected, near })
    }
}
