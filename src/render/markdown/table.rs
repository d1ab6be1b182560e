//! Where the writer stands in a table.

use super::escape;
use pulldown_cmark::Alignment;
use std::collections::HashMap;

/// A table that is being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    cell: usize,
    pub(super) in_head: bool,
    pub(super) has_body: bool,
    /// How long the output was before the open cell, and after its tag.
    pub(super) cell_starts: (usize, usize),
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, ..Self::default() }
    }

    pub(super) fn start_row(&mut self) {
        self.cell = 0;
    }

    /// The class of the next cell: a style attribute would need the page's policy to be laxer.
    pub(super) fn next_class(&mut self) -> Option<&'static str> {
        let alignment = self.alignments.get(self.cell);
        self.cell += 1;
        match alignment? {
            Alignment::None => None,
            Alignment::Left => Some("class=\"align-left\""),
            Alignment::Center => Some("class=\"align-center\""),
            Alignment::Right => Some("class=\"align-right\""),
        }
    }
}

/// Names for the regions of a text's tables, each another, since readers jump between them by name.
#[derive(Debug, Default)]
pub(super) struct TableNames {
    taken: HashMap<String, usize>,
}

impl TableNames {
    /// The name of a table in a section, escaped.
    pub(super) fn take(&mut self, word: &str, section: &str) -> String {
        let mut name = if section.is_empty() { word.to_owned() } else { format!("{word}: {section}") };
        let count = self.taken.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count > 1 {
            name = format!("{name} {count}");
        }
        escape::escaped(&name)
    }
}
