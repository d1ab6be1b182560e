//! Phrases, and what is not wanted: both are read in the texts.

use super::{Index, asked::Asked, scores::Scored};
use crate::search::words;
use std::collections::BTreeSet;

/// An exact phrase is looked for in the texts of so many pages, the best.
const MOST_READ: usize = 256;

impl Index<'_> {
    /// Takes away the pages that lack a phrase or have what is not wanted.
    pub(super) fn narrow(&self, scored: &mut Scored, asked: &Asked) -> Result<(), String> {
        let scores = &mut scored.scores;
        for without in &asked.without {
            let mut pages = self.having(&without.forms)?;
            if without.exact && without.forms.len() > 1 {
                pages = self.reading(pages, &without.forms, scores)?;
            }
            for page in pages {
                scores.get_mut(page).into_iter().for_each(|score| *score = 0.0);
            }
        }
        for forms in &asked.phrases {
            let mut pages = self.having(forms)?;
            pages.retain(|page| scores.get(*page).is_some_and(|score| *score > 0.0));
            let read: BTreeSet<usize> = self.reading(pages, forms, scores)?.into_iter().collect();
            for (_, score) in scores.iter_mut().enumerate().filter(|(page, _)| !read.contains(page)) {
                *score = 0.0;
            }
        }
        Ok(())
    }

    /// The pages that have every one of these words that says something.
    fn having(&self, forms: &[String]) -> Result<Vec<usize>, String> {
        let name = self.root.name_at(forms.iter().map(String::as_str)).filter(|name| name.length == forms.len());
        let telling: Vec<&str> =
            forms.iter().map(String::as_str).filter(|form| !self.root.stop.contains(*form)).collect();
        let wanted = match &name {
            Some(name) => vec![name.form.as_str()],
            None if telling.is_empty() => forms.iter().map(String::as_str).collect(),
            None => telling,
        };
        let mut pages: Option<Vec<usize>> = None;
        for form in wanted {
            let terms = self.terms(form, false)?;
            let lists: Vec<_> = terms.iter().map(|term| self.postings(term, true)).collect::<Result<_, String>>()?;
            let having = self.best_of(lists.into_iter());
            pages = Some(match pages {
                Some(pages) => pages.into_iter().filter(|page| having.contains_key(page)).collect(),
                None => having.into_keys().collect(),
            });
        }
        Ok(pages.unwrap_or_default())
    }

    /// Those of some pages in whose texts words stand as they were asked for: the best are read.
    fn reading(&self, mut pages: Vec<usize>, forms: &[String], scores: &[f64]) -> Result<Vec<usize>, String> {
        self.sort_by_score(&mut pages, scores);
        pages.truncate(MOST_READ);
        let phrase = format!(" {} ", forms.join(" "));
        let mut read = Vec::new();
        for page in pages {
            let mut says = false;
            for part in self.root.parts_of(page) {
                says = says || self.record(part, |record| record.texts().any(|text| has(text, &phrase)))?;
            }
            if says {
                read.push(page);
            }
        }
        Ok(read)
    }
}

fn has(text: &str, phrase: &str) -> bool {
    let mut words_of = String::from(" ");
    words::each(text, |word, _| {
        words_of.push_str(word);
        words_of.push(' ');
    });
    words_of.contains(phrase)
}
