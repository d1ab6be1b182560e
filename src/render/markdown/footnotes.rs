//! Footnotes: numbered as the reader meets them, shown together at the end.

use super::{escape, words::Words};
use std::collections::{HashMap, hash_map::Entry};

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// What stands before the number in anchors.
    prefix: String,
    /// How often each note is referred to; those with the lowest numbers first.
    references: Vec<(String, usize)>,
    numbers: HashMap<String, usize>,
    /// The labels of the notes, as the text gives them.
    labels: Vec<String>,
    /// The HTML of each note.
    notes: HashMap<String, String>,
}

impl Footnotes {
    /// None yet. `name` tells the anchors of this text from those of the page's other texts.
    pub(super) fn new(name: &str) -> Self {
        let prefix = if name.is_empty() { String::new() } else { format!("{}_", escape::escaped(name)) };
        Self { prefix, ..Self::default() }
    }

    /// The reference to a note: its attributes, and its number.
    pub(super) fn refer(&mut self, label: &str) -> (String, usize) {
        let label = label.to_lowercase();
        let next = self.references.len();
        let number = *self.numbers.entry(label.clone()).or_insert(next);
        if number == next {
            self.references.push((label, 0));
        }
        let times = self.references.get_mut(number).map_or(1, |(_, times)| {
            *times += 1;
            *times
        });
        let number = number + 1;
        let anchor = self.back_anchor(number, times);
        (format!("id=\"{anchor}\" href=\"#fn_{}{number}\" role=\"doc-noteref\"", self.prefix), number)
    }

    /// The HTML of a note.
    pub(super) fn define(&mut self, label: &str, html: String) {
        let label = label.to_lowercase();
        if let Entry::Vacant(place) = self.notes.entry(label.clone()) {
            place.insert(html);
            self.labels.push(label);
        }
    }

    /// Where the n-th reference to a note stands. Anchors of headings have no underscore.
    fn back_anchor(&self, number: usize, times: usize) -> String {
        let again = if times > 1 { format!("_{times}") } else { String::new() };
        format!("fnref_{}{number}{again}", self.prefix)
    }

    /// The attributes of the n-th link back to a note's references.
    fn way_back(&self, number: usize, time: usize, times: usize, words: &Words) -> WayBack {
        let which = if times > 1 { format!(" {time}") } else { String::new() };
        let label = escape::escaped(&words.footnote_back);
        let anchor = self.back_anchor(number, time);
        WayBack { attributes: format!("href=\"#{anchor}\" role=\"doc-backlink\" aria-label=\"{label}{which}\""), which }
    }

    /// Every note in order. One that nothing refers to comes last: its author wanted it read.
    pub(super) fn finish(mut self, words: &Words) -> Vec<Note> {
        let mut order = std::mem::take(&mut self.references);
        let unused = self.labels.drain(..).filter(|label| !self.numbers.contains_key(label));
        order.extend(unused.map(|label| (label, 0)));
        let mut notes = Vec::with_capacity(order.len());
        for (index, (label, times)) in order.into_iter().enumerate() {
            let number = index + 1;
            notes.push(Note {
                attributes: format!("id=\"fn_{}{number}\"", self.prefix),
                html: self.notes.remove(&label).unwrap_or_default(),
                ways_back: (1..=times).map(|time| self.way_back(number, time, times, words)).collect(),
            });
        }
        notes
    }
}

/// A footnote, as it is shown at the end.
#[derive(Debug)]
pub(super) struct Note {
    /// The attributes of its list item.
    pub(super) attributes: String,
    /// What it says.
    pub(super) html: String,
    /// A link to each of its references.
    pub(super) ways_back: Vec<WayBack>,
}

/// A link from a footnote to a reference.
#[derive(Debug)]
pub(super) struct WayBack {
    /// Its attributes.
    pub(super) attributes: String,
    /// What tells it from others, after the arrow.
    pub(super) which: String,
}
