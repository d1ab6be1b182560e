//! Tables.

use super::{
    Reader,
    lists::Piece,
    tree::{Alignment, Block},
    xml::{Node, child, name, number, value, word},
};

/// How many columns a table has at most; Word's own limit is 63.
const MOST_COLUMNS: usize = 64;

struct Row {
    cells: Vec<(Vec<Block>, Alignment)>,
}

impl Row {
    /// True where nothing but other tables is in it: it is there to set them beside each other.
    fn only_holds_tables(&self) -> bool {
        self.cells.iter().flat_map(|(blocks, _)| blocks).all(|block| matches!(block, Block::Table { .. }))
    }
}

impl Reader<'_, '_> {
    /// A table; the blocks of its only cell where it has no other, since that is a box around them.
    pub(super) fn table(&mut self, node: Node<'_, '_>, out: &mut Vec<Piece>) {
        self.folded += 1;
        let mut rows: Vec<Row> = Vec::new();
        self.rows(node, &mut rows);
        self.folded -= 1;
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        if width == 1 && rows.len() == 1 {
            let cells = rows.into_iter().flat_map(|row| row.cells);
            out.extend(cells.flat_map(|(blocks, _)| blocks).map(Piece::of));
            return;
        }
        if self.folded > 0 {
            self.remark(
                "A table within a table stands behind the cell that it was in: a page has no tables within tables",
                "",
            );
        }
        if !rows.is_empty() && rows.iter().all(Row::only_holds_tables) {
            let blocks = rows.into_iter().flat_map(|row| row.cells).flat_map(|(blocks, _)| blocks);
            out.extend(blocks.map(Piece::of));
            return;
        }
        let of_column = |column: usize| {
            let set = rows.iter().skip(1).filter_map(|row| row.cells.get(column)).filter(|(cell, _)| !cell.is_empty());
            let mut set = set.map(|(_, alignment)| *alignment);
            let first = set.next().unwrap_or_default();
            if set.all(|other| other == first) { first } else { Alignment::Start }
        };
        let alignments: Vec<Alignment> = (0..width).map(of_column).collect();
        let whole = |row: Row| {
            let mut cells: Vec<Vec<Block>> = row.cells.into_iter().map(|(cell, _)| cell).collect();
            cells.resize(width, Vec::new());
            cells
        };
        let rows: Vec<_> = rows.into_iter().map(whole).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        if !rows.is_empty() {
            out.push(Piece::of(Block::Table { rows, alignments }));
        }
    }

    fn rows(&mut self, node: Node<'_, '_>, rows: &mut Vec<Row>) {
        for inner in node.children().filter(Node::is_element) {
            match word(inner) {
                "tr" => {
                    let removed = child(inner, "trPr").is_some_and(|properties| child(properties, "del").is_some());
                    if removed {
                        self.changes += 1;
                        continue;
                    }
                    let mut row = Row { cells: Vec::new() };
                    self.cells(inner, &mut row);
                    rows.push(row);
                }
                "sdt" => {
                    child(inner, "sdtContent").into_iter().for_each(|content| self.rows(content, rows));
                }
                "ins" | "moveTo" | "customXml" => self.rows(inner, rows),
                _ => {}
            }
        }
    }

    fn cells(&mut self, node: Node<'_, '_>, row: &mut Row) {
        for inner in node.children().filter(Node::is_element) {
            match word(inner) {
                "tc" => {
                    let properties = child(inner, "tcPr");
                    let span = properties.and_then(|properties| number::<usize>(properties, "gridSpan")).unwrap_or(1);
                    let goes_on = properties.and_then(|properties| child(properties, "vMerge"));
                    let goes_on = goes_on.is_some_and(|merge| super::xml::attribute(merge, "val") != Some("restart"));
                    let blocks = if goes_on { Vec::new() } else { self.container(inner) };
                    row.cells.push((blocks, alignment(inner)));
                    for _ in 1..span.min(MOST_COLUMNS) {
                        row.cells.push((Vec::new(), Alignment::Start));
                    }
                }
                "sdt" => {
                    let control = self.control(inner);
                    let before = row.cells.len();
                    child(inner, "sdtContent").into_iter().for_each(|content| self.cells(content, row));
                    if !control.tag.is_empty()
                        && let Some((cell, _)) = row.cells.get_mut(before)
                    {
                        let blocks = std::mem::take(cell);
                        *cell = vec![Block::Control(control, blocks)];
                    }
                }
                "customXml" => self.cells(inner, row),
                _ => {}
            }
        }
    }
}

/// How the first paragraph of a cell is set.
fn alignment(cell: Node<'_, '_>) -> Alignment {
    let first = cell.children().find(|inner| name(*inner) == "p").and_then(|paragraph| child(paragraph, "pPr"));
    match first.and_then(|properties| value(properties, "jc")) {
        Some("right" | "end") => Alignment::End,
        Some("center") => Alignment::Middle,
        _ => Alignment::Start,
    }
}
