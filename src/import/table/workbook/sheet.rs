//! A sheet as its file has it, and as a table to go on with.

use super::super::grid::{Cell, Fault, Grid};
use crate::{
    diagnostic::Code,
    import::text::one_line,
    model::{Span, cell_name, column_name},
};
use std::collections::{BTreeMap, BTreeSet};

/// A row and a column, from 0.
pub(in crate::import::table) type Place = (u32, u32);

/// What a sheet holds.
#[derive(Debug, Default)]
pub(in crate::import::table) struct Sheet {
    /// The cells that are not empty.
    pub cells: BTreeMap<Place, Content>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: BTreeSet<u32>,
    /// The first and the last cell of those that are one.
    pub merged: Vec<(Place, Place)>,
    /// What people noted at cells.
    pub comments: Vec<(Place, String)>,
    /// Whether pictures, charts or shapes lie on it.
    pub has_drawings: bool,
    /// How long all texts are together.
    length: usize,
    /// How many cells were looked at for the sake of links.
    looked: usize,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import::table) struct Content {
    /// What people see in it.
    pub text: String,
    /// Where a click on it leads.
    pub link: Option<String>,
}

/// The most that a sheet may hold: cells, with the empty ones between them, and bytes of all texts.
const MOST_CELLS: usize = 1_000_000;
const MOST_TEXT: usize = 64 << 20;

impl Sheet {
    /// Puts a text into a cell.
    ///
    /// # Errors
    /// That it is too much.
    pub fn put(&mut self, place: Place, content: Content) -> Result<(), String> {
        if content.text.trim().is_empty() && content.link.is_none() {
            return Ok(());
        }
        self.length += content.text.len();
        self.cells.insert(place, content);
        if self.length > MOST_TEXT || self.cells.len() > MOST_CELLS { Err(too_much()) } else { Ok(()) }
    }

    /// Gives the link of a range to the cells in it.
    pub fn link(&mut self, (first, last): (Place, Place), address: &str) {
        // A link may be of all cells that there are, and there may be any number of such links.
        let left = MOST_CELLS.saturating_sub(self.looked);
        let rows = self.cells.range_mut((first.0, 0)..=(last.0, u32::MAX)).take(left);
        let looked = &mut self.looked;
        for (_, content) in
            rows.inspect(|_| *looked += 1).filter(|((_, column), _)| (first.1..=last.1).contains(column))
        {
            content.link.get_or_insert_with(|| address.to_owned());
        }
    }

    /// The sheet as a table: a row a line, with tabs between the cells, so that each cell has a place in a text.
    ///
    /// # Errors
    /// That it is too much.
    pub fn grid(self, name: &str) -> Result<Grid, String> {
        let (mut text, mut rows, mut count) = (String::new(), vec![Vec::new()], 0);
        for ((row, column), content) in &self.cells {
            while rows.len() <= *row as usize {
                text.push('\n');
                rows.push(Vec::new());
            }
            let Some(cells) = rows.last_mut() else { continue };
            let gap = (*column as usize).saturating_sub(cells.len());
            count += gap + 1;
            if count > MOST_CELLS {
                return Err(too_much());
            }
            let empty = Content::default();
            for content in std::iter::repeat_n(&empty, gap).chain([content]) {
                if !cells.is_empty() {
                    text.push('\t');
                }
                let start = text.len();
                text.push_str(&one_line(&content.text));
                let span = Span::new(start, text.len());
                cells.push(Cell { text: content.text.clone(), link: content.link.clone(), span });
            }
        }
        let (faults, merged) = (self.faults(&rows), self.merged(&rows));
        rows.retain(|row| !row.is_empty());
        Ok(Grid { text, rows, faults, merged, sheet: Some(name.to_owned()), ..Grid::default() })
    }

    /// What there is to say of cells that are one.
    fn merged(&self, table: &[Vec<Cell>]) -> Vec<Fault> {
        let told = self.merged.iter().filter_map(|(first, last)| {
            let at = span(table, *first)?;
            let (first, last) = (named(*first), named(*last));
            let message = format!("The cells {first} to {last} are one, and only the first has its value");
            let help = "Where the others mean the same, write it into each of them.".to_owned();
            Some(Fault { code: Code::ImportChanged, at, message, help })
        });
        told.filter(|fault| fault.at.end > fault.at.start).collect()
    }

    /// What somebody should know who sees the sheet otherwise than it is read.
    fn faults(&self, table: &[Vec<Cell>]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut say = |place: Place, message: String, help: &str| {
            let at = span(table, place).unwrap_or_default();
            faults.push(Fault { code: Code::ImportChanged, at, message, help: help.to_owned() });
        };
        let rows: BTreeSet<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        let hidden: Vec<u32> = self.hidden_rows.intersection(&rows).copied().collect();
        if let Some(first) = hidden.first() {
            let names = ranges(&hidden, |row| (row + 1).to_string());
            let words = if hidden.len() == 1 { "Row {} is hidden, and is" } else { "Rows {} are hidden, and are" };
            let message = format!("{} read all the same", words.replace("{}", &names));
            say((*first, 0), message, "Delete what is not meant to become a page.");
        }
        let columns: BTreeSet<u32> = self.cells.keys().map(|(_, column)| *column).collect();
        let hidden: Vec<u32> = self.hidden_columns.intersection(&columns).copied().collect();
        let top = hidden.first().and_then(|hidden| self.cells.keys().find(|(_, column)| column == hidden));
        if let Some(place) = top {
            let names = ranges(&hidden, |column| column_name(column as usize));
            let words =
                if hidden.len() == 1 { "Column {} is hidden, and is" } else { "Columns {} are hidden, and are" };
            let message = format!("{} read all the same", words.replace("{}", &names));
            say(*place, message, "Delete what is not meant to be in a page.");
        }
        for (place, comment) in &self.comments {
            say(*place, format!("A comment was not taken: “{comment}”"), "Write into the cell what a page should say.");
        }
        if self.has_drawings {
            let message = "Pictures, charts and shapes of this sheet were left out".to_owned();
            say((0, 0), message, "Put pictures beside the pages, and name them there.");
        }
        faults
    }
}

fn too_much() -> String {
    "It holds more than any table of pages does. Copy the rows that are meant into a new workbook.".to_owned()
}

/// Where a cell stands in the text of its table; the last one of its row where the row ends before it.
fn span(table: &[Vec<Cell>], (row, column): Place) -> Option<Span> {
    let row = table.get(row as usize)?;
    row.get(column as usize).or(row.last()).map(|cell| cell.span)
}

fn named((row, column): Place) -> String {
    cell_name(row as usize, column as usize)
}

/// Numbers that follow each other as a range: `7, 9–12`.
fn ranges(numbers: &[u32], name: impl Fn(u32) -> String) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => parts.push((*number, *number)),
        }
    }
    let part = |(first, last): &(u32, u32)| {
        if first == last { name(*first) } else { format!("{}–{}", name(*first), name(*last)) }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_given_to_the_cells_of_its_range_until_too_many_were_looked_at() {
        let linked = |looked: usize| {
            let mut sheet = Sheet { looked, ..Sheet::default() };
            for place in [(0, 0), (0, 2), (1, 0), (2, 0)] {
                sheet.put(place, Content { text: "x".to_owned(), link: None }).unwrap();
            }
            sheet.link(((0, 0), (0, 0)), "own");
            sheet.link(((0, 0), (1, 1)), "all");
            sheet.cells.into_values().map(|content| content.link.unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(linked(0), ["own", "", "all", ""]);
        // The first link looks at the two cells of its row, and of the second only the first two are looked at.
        assert_eq!(linked(MOST_CELLS - 4), ["own", "", "", ""]);
        assert_eq!(linked(MOST_CELLS), ["", "", "", ""]);
    }
}
