//! Tables: how wide each column is, and what becomes of one that is too wide for the page.

use super::{Size, fault, glyphs::Glyphs, inline::own, paper::Setter};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        Paper,
        paper::{Alignment, BlockContent, Inline, Spot, Table, plain},
    },
};
use typst::{
    foundations::{Array, Content, NativeElement as _, Packed, Smart, Str, Value, dict},
    layout::{Alignment as Side, Celled, Fr, HAlignment, Sizing, TrackSizings},
    model::{TableCell, TableChild, TableElem, TableHeader, TableItem},
};

/// How wide the text of a page is, in points: A4 less its margins.
const WIDTH: f32 = 164.0 * 72.0 / 25.4;

/// What the space on both sides of a cell's text takes, in sizes of its letters.
const ROOM: f32 = 1.4;

/// Up to which width a cell is kept in one line where that is possible, in sizes of its letters.
const SHORT: f32 = 12.0;

/// How a table fits on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// As tables are.
    Full,
    /// In smaller letters.
    Small,
    /// As one list a row: no column would be wide enough for its longest word.
    Records,
}

impl Fit {
    /// The sizes of letters that a table may have, in points, and what it is then.
    fn sizes(size: Size) -> &'static [(f32, Self)] {
        match size {
            Size::Normal => &[(10.0, Self::Full), (8.0, Self::Small)],
            Size::Large => &[(18.0, Self::Full)],
        }
    }

    fn of(columns: &[Column], size: Size) -> Self {
        let least: f32 = columns.iter().map(|column| column.least).sum();
        let fits = Self::sizes(size).iter().find(|(letters, _)| least * letters <= WIDTH);
        fits.map_or(Self::Records, |(_, fit)| *fit)
    }
}

/// The width of a column in sizes of its letters, with the room beside them.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    /// For its longest word.
    least: f32,
    /// For its longest cell, in one line.
    most: f32,
}

fn columns(table: &Table, glyphs: &Glyphs) -> Vec<Column> {
    let rows = || std::iter::once(&table.header).chain(&table.rows);
    let column = |at: usize| {
        rows().filter_map(|row| row.get(at)).fold(Column { least: ROOM, most: ROOM }, |column, cell| {
            let text = glyphs.shown(&plain(cell));
            // Bold letters are wider by a twelfth.
            let wide = |text: &str| glyphs.width(text) * 1.08 + ROOM;
            let word = text.split_whitespace().map(wide).fold(ROOM, f32::max);
            let line = text.lines().map(wide).fold(ROOM, f32::max);
            Column { least: column.least.max(word), most: column.most.max(line) }
        })
    };
    (0..table.header.len()).map(column).collect()
}

/// The widths of the columns in the width of the page. Where every cell fits in a line, the columns share what is left
/// over; else each has what its longest word needs, and the rest goes where lines break (CSS Tables 3, section 3.9.3).
fn widths(columns: &[Column], letters: f32) -> Vec<f32> {
    let page = WIDTH / letters;
    let least: f32 = columns.iter().map(|column| column.least).sum();
    let most: f32 = columns.iter().map(|column| column.most).sum();
    if most <= page {
        return columns.iter().map(|column| column.most * page / most).collect();
    }
    // A date or a sum looks better in one line, where that leaves the others their room.
    let whole = |column: &Column| if column.most <= SHORT { column.most } else { column.least };
    if columns.iter().any(|column| column.least < whole(column)) && columns.iter().map(whole).sum::<f32>() <= page * 0.6
    {
        let kept: Vec<Column> = columns.iter().map(|column| Column { least: whole(column), ..*column }).collect();
        return widths(&kept, letters);
    }
    let rest = (page - least).max(0.0) / (most - least);
    columns.iter().map(|column| column.least + rest * (column.most - column.least)).collect()
}

impl Setter<'_> {
    /// A table, or its rows one by one where it is too wide.
    pub(super) fn table(&self, table: &Table, spot: &Spot) -> Content {
        let columns = columns(table, self.glyphs);
        let fit = Fit::of(&columns, self.size);
        let row =
            |row: &[Vec<Inline>]| row.iter().map(|cell| Value::Content(self.inlines(cell, spot))).collect::<Array>();
        if fit == Fit::Records {
            let value = dict! {
                "header" => row(&table.header),
                "rows" => table.rows.iter().map(|cells| Value::Array(row(cells))).collect::<Array>(),
            };
            return self.shown_by_theme("records", Value::Dict(value), spot);
        }
        let letters = Fit::sizes(self.size).iter().find(|(_, of)| *of == fit).map_or(1.0, |(letters, _)| *letters);
        let value = dict! {
            "fit" => Str::from(if fit == Fit::Small { "small" } else { "full" }),
            "table" => self.native(table, &widths(&columns, letters), spot),
        };
        self.shown_by_theme("table", Value::Dict(value), spot)
    }

    fn native(&self, table: &Table, widths: &[f32], spot: &Spot) -> Content {
        let span = self.spots.span(spot);
        let cell =
            |cell: &Vec<Inline>| TableItem::Cell(Packed::new(TableCell::new(self.inlines(cell, spot))).spanned(span));
        // On the pages that follow the header is decoration, which may hold no link (PDF/UA-1, section 7.1).
        let header = TableHeader::new(table.header.iter().map(|of| cell(&unlinked(of))).collect());
        let header = TableChild::Header(Packed::new(header).spanned(span));
        let rows = table.rows.iter().flatten().map(|of| TableChild::Item(cell(of)));
        let columns = widths.iter().map(|width| Sizing::Fr(Fr::new((*width).into()))).collect();
        let sides = table.alignments.iter().map(|alignment| own(side(*alignment)));
        TableElem::new(std::iter::once(header).chain(rows).collect())
            .with_columns(TrackSizings(columns))
            .with_align(Celled::Array(sides.collect::<Vec<Smart<Side>>>()))
            .pack()
            .spanned(span)
    }
}

/// Running text without its links: their words.
fn unlinked(text: &[Inline]) -> Vec<Inline> {
    let words = |inline: &Inline| match inline {
        Inline::Link { text, .. } => unlinked(text),
        Inline::Emphasis(inner) => vec![Inline::Emphasis(unlinked(inner))],
        Inline::Strong(inner) => vec![Inline::Strong(unlinked(inner))],
        Inline::Struck(inner) => vec![Inline::Struck(unlinked(inner))],
        other => vec![other.clone()],
    };
    text.iter().flat_map(words).collect()
}

fn side(alignment: Alignment) -> Side {
    Side::H(match alignment {
        Alignment::Start => HAlignment::Start,
        Alignment::Middle => HAlignment::Center,
        Alignment::End => HAlignment::End,
    })
}

/// Warns of tables that are too wide for a page of normal print.
pub(super) fn check(paper: &Paper, glyphs: &Glyphs) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for section in &paper.sections {
        super::text::walk(&section.blocks, &mut |block| {
            let BlockContent::Table(table) = &block.content else { return };
            if Fit::of(&columns(table, glyphs), Size::Normal) != Fit::Records {
                return;
            }
            let message = format!(
                "This table of {} columns is too wide for a page, so the PDF sets its rows one below the other",
                table.header.len()
            );
            let (path, span) = fault::place(paper, &block.spot);
            let fault = Diagnostic::new(Code::WideTable, message).at(path, span.first_line(&paper.source.text));
            told.push(fault.help("Make two tables of it, or say in fewer or shorter words what the columns hold."));
        });
    }
    told
}
