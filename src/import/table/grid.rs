//! A table as it was read, whatever program wrote it.

use crate::{
    diagnostic::{Code, Diagnostic},
    model::Span,
};

/// Rows of cells, and the text that they have their places in.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The text of the file; of a workbook, a row of the sheet a line, with tabs between its cells.
    pub text: String,
    /// The name of the sheet that was read, of a workbook.
    pub sheet: Option<String>,
    /// The rows that are not empty.
    pub rows: Vec<Vec<Cell>>,
    /// What there is to say of it.
    pub faults: Vec<Fault>,
    /// What there is to say of cells that are one. Above the names of the columns such a cell is a title.
    pub merged: Vec<Fault>,
    /// What became of it, for whoever wants to see that before.
    pub notes: Vec<String>,
}

/// A cell: what is seen in it, where it stands, and where a click on it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    pub span: Span,
    pub link: Option<String>,
}

/// What there is to say of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: Code,
    pub at: Span,
    pub message: String,
    pub help: String,
}

impl Fault {
    /// The same in a file.
    pub fn within(self, path: &str) -> Diagnostic {
        Diagnostic::new(self.code, self.message).at(path, self.at).help(self.help)
    }
}
