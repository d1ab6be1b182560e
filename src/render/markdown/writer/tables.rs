//! Tables.

use super::Writer;
use crate::render::markdown::table::Table;
use pulldown_cmark::{Alignment, Event};

impl<'a, E: Iterator<Item = Event<'a>>> Writer<'a, E> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table::new(alignments);
        let context = self.context;
        let last = self.headings.checked_sub(1).and_then(|last| context.text.headings.get(last));
        let section = last.map_or(context.name, |heading| heading.text.as_str());
        let name = self.table_names.take(&context.words.table, section);
        self.line("");
        self.tag(
            "<div",
            &format!("class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\""),
            ">\n",
        );
        self.out.push_str("<table>\n");
    }

    pub(super) fn start_row(&mut self) {
        self.table.start_row();
        if !self.table.has_body {
            self.table.has_body = true;
            self.out.push_str("<tbody>\n");
        }
        self.out.push_str("<tr>\n");
    }

    pub(super) fn start_cell(&mut self) {
        let before = self.out.len();
        let name = if self.table.in_head { "<th scope=\"col\"" } else { "<td" };
        match self.table.next_class() {
            Some(class) => self.tag(name, class, ">"),
            None => {
                self.out.push_str(name);
                self.out.push('>');
            }
        }
        self.table.cell_starts = (before, self.out.len());
    }

    pub(super) fn end_cell(&mut self) {
        let (before, start) = self.table.cell_starts;
        if !self.table.in_head {
            self.out.push_str("</td>\n");
        } else if self.out.len() > start {
            self.out.push_str("</th>\n");
        } else {
            // A heading without words would be announced, and say nothing.
            self.out.truncate(before);
            self.out.push_str("<td></td>\n");
        }
    }
}
