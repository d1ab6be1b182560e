//! Tables.

use super::{
    body::{Body, Stand},
    element::Element,
    look::WIDTH,
    styles::shading,
};
use crate::model::paper::{Alignment, Inline, Table, plain};

/// How wide a character is, and the space beside those of a cell, in twentieths of a point.
const CHARACTER: i32 = 140;
const CELL: i32 = 220;

/// Longer words are broken, and longer cells are thought to be of so many characters.
const LONGEST_WORD: usize = 24;
const LONGEST: usize = 60;

impl<'a> Body<'a> {
    /// A table whose header Word repeats on each page and tells with each cell; a little space below it keeps it from
    /// growing together with another.
    pub(super) fn table(&mut self, table: &'a Table) -> Vec<Element> {
        let widths = widths(table);
        let columns = widths.iter().map(|width| Element::new("w:gridCol").set("w:w", width.to_string()));
        let grid = Element::new("w:tblGrid").and(columns);
        let whole = |name: &'static str| Element::new(name).set("w:w", WIDTH.to_string()).set("w:type", "dxa");
        let look = Element::value("w:tblLook", "0020").set("w:firstRow", "1");
        let look = ["w:lastRow", "w:firstColumn", "w:lastColumn", "w:noHBand", "w:noVBand"]
            .into_iter()
            .fold(look, |look, part| look.set(part, if part.starts_with("w:no") { "1" } else { "0" }));
        let properties = Element::new("w:tblPr")
            .with(Element::value("w:tblStyle", "Figures"))
            .with(whole("w:tblW"))
            .with(Element::new("w:tblLayout").set("w:type", "fixed"))
            .with(look);
        let header = self.row(table, &table.header, &widths, true);
        let rows: Vec<Element> = table.rows.iter().map(|row| self.row(table, row, &widths, false)).collect();
        let whole = Element::new("w:tbl").with(properties).with(grid).with(header).and(rows);
        vec![whole, self.paragraph(Stand::of("AfterTable"), Vec::new())]
    }

    fn row(&mut self, table: &'a Table, cells: &'a [Vec<Inline>], widths: &[i32], is_header: bool) -> Element {
        let properties = Element::new("w:trPr").with(Element::new("w:cantSplit"));
        let properties = properties.and(is_header.then(|| Element::new("w:tblHeader")));
        let mut row = Element::new("w:tr").with(properties);
        for (place, width) in widths.iter().enumerate() {
            let alignment = table.alignments.get(place).copied().unwrap_or_default();
            let stand = Stand {
                end: alignment == Alignment::End,
                middle: alignment == Alignment::Middle,
                ..Stand::of(if is_header { "TableHeading" } else { "TableText" })
            };
            let runs = cells.get(place).map(|cell| self.runs(cell)).unwrap_or_default();
            let size = Element::new("w:tcW").set("w:w", width.to_string()).set("w:type", "dxa");
            let ground = is_header.then(|| shading(&self.look.action));
            let cell = Element::new("w:tcPr").with(size).and(ground);
            row = row.with(Element::new("w:tc").with(cell).with(self.paragraph(stand, runs)));
        }
        row
    }
}

/// The widths of the columns, in twentieths of a point: room for the longest word of each, and of the rest the more the
/// longer its cells are.
fn widths(table: &Table) -> Vec<i32> {
    let cells = |place: usize| {
        let rows = table.rows.iter().chain([&table.header]);
        rows.filter_map(move |row| row.get(place)).map(|cell| plain(cell))
    };
    let longest_word = |cell: String| cell.split([' ', '-', '/']).map(|word| word.chars().count()).max().unwrap_or(0);
    let at_least = |place: usize| cells(place).map(longest_word).max().unwrap_or(0).min(LONGEST_WORD) as i32;
    let share =
        |place: usize| cells(place).map(|cell| cell.chars().count()).max().unwrap_or(0).clamp(1, LONGEST) as i32;
    let columns = 0..table.header.len();
    let least: Vec<i32> = columns.clone().map(|place| at_least(place) * CHARACTER + CELL).collect();
    let shares: Vec<i32> = columns.map(share).collect();
    let (needed, all) = (least.iter().sum::<i32>().max(1), shares.iter().sum::<i32>().max(1));
    let rest = WIDTH - needed;
    if rest <= 0 {
        return least.iter().map(|least| least * WIDTH / needed).collect();
    }
    least.iter().zip(&shares).map(|(least, share)| least + rest * share / all).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::super::sample::words, *};

    #[test]
    fn a_column_has_room_for_its_words() {
        let long = "Lorem ipsum dolor sit amet ".repeat(8);
        let table = Table {
            alignments: Vec::new(),
            header: vec![words("As of"), words("What it says"), words("Source")],
            rows: vec![vec![words("2023"), words(&long), words(&long)]],
        };
        let widths = widths(&table);
        assert!(widths[0] >= 4 * CHARACTER + CELL && widths[0] < widths[1], "{widths:?}");
        assert!((WIDTH - 3..=WIDTH).contains(&widths.iter().sum::<i32>()));
        let crowded = Table { header: vec![words(&"x".repeat(60)); 6], alignments: Vec::new(), rows: Vec::new() };
        assert!(super::widths(&crowded).iter().sum::<i32>() <= WIDTH);
    }
}
