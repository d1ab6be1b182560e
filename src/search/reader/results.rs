//! The pages that were found, in order, and what is shown of each.

use super::{
    super::format::{CONCEPT, FileName},
    Index,
    answer::{Found, Labels, Link, Sort},
    asked::{Clause, MOST_WORDS},
    facets::Tests,
    passage::{Mark, passage},
    places::placed,
    scores::{Scored, idf},
    texts::Record,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What finds the words of clauses in a text: by form, the place of the clause and what it is worth.
pub(super) struct Marker<'a> {
    forms: FxHashMap<&'a str, (usize, f64)>,
    /// True where a clause asks for a concept by its names.
    is_named: bool,
}

impl Index<'_> {
    /// The pages that were found, in order, and how many there are in all.
    pub(super) fn ranked(
        &self,
        scored: &Scored,
        tests: Option<&Tests>,
        sort: Sort,
    ) -> Result<(usize, Vec<usize>), String> {
        let kept = |page: &usize| tests.is_none_or(|tests| tests.fits(*page));
        let scores = scored.scores.iter().enumerate().filter(|(_, score)| **score > 0.0);
        let mut pages: Vec<usize> = scores.map(|(page, _)| page).filter(kept).collect();
        let total = pages.len().max(scored.least);
        let file = match sort {
            Sort::Newest => Some(FileName::Newest),
            Sort::Title => Some(FileName::Titles),
            Sort::Relevance => None,
        };
        match file {
            Some(file) => {
                let ranks = self.files.ranks(file, self.root.pages)?;
                pages.sort_by_key(|page| ranks.get(*page).copied());
            }
            None => self.sort_by_score(&mut pages, &scored.scores),
        }
        Ok((total, pages))
    }

    /// Puts the best pages first; of equals, the first.
    pub(super) fn sort_by_score(&self, pages: &mut [usize], scores: &[f64]) {
        let score = |page: usize| scores.get(page).copied().unwrap_or_default();
        pages.sort_by(|a, b| score(*b).total_cmp(&score(*a)).then(a.cmp(b)));
    }

    pub(super) fn found(&self, page: usize, scored: &Scored, marker: &Marker<'_>) -> Result<Found, String> {
        let parts = self.root.parts_of(page);
        let first = parts.start;
        let score = |part: usize| scored.of_parts.get(part).copied().unwrap_or_default();
        let best = parts.fold(first, |best, part| if score(part) > score(best) { part } else { best });
        let mut found = self
            .record(first, |record| self.named(record))?
            .ok_or_else(|| "a part of the search index lacks the name of a page: it is of another build".to_owned())?;
        let mark = |text: &str| self.marks(text, marker);
        let passage = self.record(best, |record| passage(record.sections(), &found.summary, mark))?;
        if !passage.anchor.is_empty() && !passage.heading.is_empty() {
            let url = format!("{}#{}", found.url, passage.anchor);
            found.section = Some(Link { title: passage.heading, url: Some(url) });
        }
        (found.excerpt, found.marks) = (passage.excerpt, passage.marks);
        Ok(found)
    }

    /// A page with what names it.
    fn named(&self, record: &Record) -> Option<Found> {
        let Record::First(_, url, title, kind, summary, date, labels) = record else { return None };
        // The first facet is the kind.
        let facets = self.root.facets.iter().skip(1).map(|facet| facet.name.clone());
        let terms = facets.zip(labels.iter().cloned()).filter(|(_, labels)| !labels.is_empty()).collect();
        Some(Found {
            url: url.clone(),
            title: title.clone(),
            kind: kind.clone(),
            summary: summary.clone(),
            excerpt: String::new(),
            marks: Vec::new(),
            section: None,
            fields: Labels { terms, date: date.clone().filter(|date| !date.is_empty()) },
        })
    }

    pub(super) fn marker<'c>(&self, clauses: &'c [Clause]) -> Marker<'c> {
        let mut forms = FxHashMap::default();
        for (place, clause) in clauses.iter().enumerate() {
            let weight = idf(self.root.parts, self.having_any(&clause.terms));
            let own = clause.terms.iter().flat_map(|term| &term.forms);
            forms.extend(own.map(|form| (form.as_str(), (place, weight))));
        }
        let is_named = forms.keys().any(|form| form.starts_with(CONCEPT));
        Marker { forms, is_named }
    }

    /// True for a title that has all that was asked for.
    pub(super) fn is_named(&self, title: &str, marker: &Marker<'_>, asked: usize) -> bool {
        let clauses: BTreeSet<usize> = self.marks(title, marker).into_iter().map(|mark| mark.clause).collect();
        asked > 0 && clauses.len() == asked
    }

    /// The words in a text that a marker finds.
    fn marks(&self, text: &str, marker: &Marker<'_>) -> Vec<Mark> {
        let words = placed(text);
        let mut marks = Vec::new();
        let mut place = 0;
        while let Some(first) = words.get(place) {
            let run = || words.iter().skip(place).take(MOST_WORDS).map(|word| word.form.as_str());
            let name = if marker.is_named { self.root.name_at(run()) } else { None };
            let named = name.and_then(|name| Some((name.length, *marker.forms.get(name.form.as_str())?)));
            let found = named.or_else(|| Some((1, *marker.forms.get(first.form.as_str())?)));
            let length = found.map_or(1, |(length, _)| length);
            if let Some((_, (clause, weight))) = found {
                let end = words.get(place + length - 1).map_or(first.end, |last| last.end);
                marks.push(Mark { start: first.start, end, clause, weight });
            }
            place += length;
        }
        marks
    }
}
