//! Workbooks of Excel and LibreOffice: of all of their sheets the one that is meant, as a table.

mod excel;
mod format;
mod open;
mod sheet;

use super::grid::{Fault, Grid};
use crate::{
    diagnostic::Code,
    import::office::{OLD, Package, is_locked},
    model::{Span, folded},
    nearest::nearest,
};
use sheet::Sheet;

/// A workbook that is open.
pub(super) enum Workbook<'a> {
    Excel(excel::Book<'a>),
    Open(open::Book),
}

/// A sheet, as people choose it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tab {
    pub name: String,
    pub is_hidden: bool,
}

/// True for bytes that are packed or encrypted, and no text.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&OLD)
}

impl<'a> Workbook<'a> {
    /// The workbook of these bytes.
    ///
    /// # Errors
    /// What they are instead, or what is wrong with it, as a sentence with what to do.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if is_locked(bytes) {
            return Err(locked("Excel, take the password away (File, Info, Protect Workbook, Encrypt with Password)"));
        }
        if bytes.starts_with(&OLD) {
            return Err(
                "It is a workbook of Excel as it was before 2007 (.xls), or another file of that time, whatever \
                        its name says. Open it in Excel and save it as an Excel workbook (.xlsx)."
                    .to_owned(),
            );
        }
        let mut package = Package::new(bytes, "Excel")?;
        if package.has("content.xml") {
            let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
            if manifest.contains("encryption-data") {
                return Err(locked("LibreOffice, save it under a new name, without “Save with password”"));
            }
            let kind = package.text("content.xml")?.is_some_and(|text| text.contains("spreadsheet>"));
            return if kind {
                open::Book::open(package).map(Self::Open)
            } else {
                Err(other("an OpenDocument file that is no spreadsheet"))
            };
        }
        if package.has("Index/Document.iwa") || package.has("Index.zip") {
            return Err(other("a file of Numbers, Pages or Keynote"));
        }
        let Some(main) = package.main() else { return Err(other("a ZIP file with other things in it")) };
        match main.as_str() {
            main if main.starts_with("word/") => {
                Err("It is a Word document. Give it a name that ends in .docx, and import that.".to_owned())
            }
            main if main.starts_with("ppt/") || main.starts_with("visio/") => Err(other("no workbook")),
            main if main.ends_with(".bin") => Err(other("a binary workbook (.xlsb)")),
            main => excel::Book::open(package, main).map(Self::Excel),
        }
    }

    /// Its sheets, in their order.
    fn tabs(&self) -> Vec<Tab> {
        match self {
            Self::Excel(book) => book.tabs.iter().map(|(tab, _)| tab.clone()).collect(),
            Self::Open(book) => book.tabs.clone(),
        }
    }

    /// Whether it has programs in it.
    fn has_macros(&self) -> bool {
        match self {
            Self::Excel(book) => book.has_macros(),
            Self::Open(book) => book.has_macros,
        }
    }

    fn sheet(&mut self, place: usize) -> Result<Sheet, String> {
        match self {
            Self::Excel(book) => book.sheet(place),
            Self::Open(book) => book.sheet(place),
        }
    }
}

/// Why no sheet can be read.
pub(super) enum Wrong {
    /// What was asked for is not there.
    Asked(String),
    /// What is wrong with the file, as a sentence with what to do.
    File(String),
}

/// How many sheets are looked at for the one that is meant.
const MOST_SHEETS: usize = 20;

impl Workbook<'_> {
    /// The sheet that is meant: the one that was asked for, else of those that people see the first whose rows `fit`,
    /// else the first that is not empty.
    ///
    /// # Errors
    /// Why there is none.
    pub fn grid(&mut self, asked: Option<&str>, fit: &dyn Fn(&Grid) -> bool) -> Result<Grid, Wrong> {
        let tabs = self.tabs();
        let (mut meant, mut chosen) = (None, 0);
        let asked = asked.map(|name| by_name(&tabs, name)).transpose().map_err(Wrong::Asked)?;
        let may_be_meant = |(place, tab): &(usize, &Tab)| asked.map_or(!tab.is_hidden, |asked| asked == *place);
        for (place, tab) in tabs.iter().enumerate().filter(may_be_meant).take(MOST_SHEETS) {
            let grid = self.sheet(place).and_then(|sheet| sheet.grid(&tab.name)).map_err(Wrong::File)?;
            let fits = fit(&grid);
            if fits || meant.as_ref().is_none_or(|other: &Grid| other.rows.is_empty()) {
                (meant, chosen) = (Some(grid), place);
            }
            if fits {
                break;
            }
        }
        let nothing =
            || "It has no sheet of cells that people can see. Show the one that is meant, and save it.".to_owned();
        let mut grid = meant.ok_or_else(|| Wrong::File(nothing()))?;
        if tabs.len() > 1 {
            grid.notes.push(left(&tabs, chosen));
        }
        if self.has_macros() {
            grid.faults.insert(0, macros());
        }
        Ok(grid)
    }
}

/// The place of a sheet by its name.
fn by_name(tabs: &[Tab], name: &str) -> Result<usize, String> {
    let exactly = tabs.iter().position(|tab| tab.name == name.trim());
    let nearly = || tabs.iter().position(|tab| folded(&tab.name) == folded(name));
    exactly.or_else(nearly).ok_or_else(|| {
        let names = || tabs.iter().map(|tab| tab.name.as_str());
        let help = match nearest(name, names()) {
            Some(near) => format!("Did you mean {near}?"),
            None => format!("The sheets are: {}.", names().collect::<Vec<_>>().join(", ")),
        };
        format!("the workbook has no sheet called “{name}”. {help}")
    })
}

/// Which sheet was read, and which were not.
fn left(tabs: &[Tab], chosen: usize) -> String {
    let called = |tab: &Tab| format!("“{}”{}", tab.name, if tab.is_hidden { " (hidden)" } else { "" });
    let others = tabs.iter().enumerate().filter(|(place, _)| *place != chosen).map(|(_, tab)| called(tab));
    let others = others.collect::<Vec<_>>().join(", ");
    let own = tabs.get(chosen).map(called).unwrap_or_default();
    format!("This is the sheet {own}. Others are left: {others}. --sheet NAME takes one of them.")
}

fn macros() -> Fault {
    Fault {
        code: Code::ImportChanged,
        at: Span::default(),
        message: "The workbook has macros. They were left alone, and nothing of them is in a page".to_owned(),
        help: "Look whether the cells say what they should without them.".to_owned(),
    }
}

/// Why a file with a password can't be read, and in which program and how to take it away.
fn locked(program: &str) -> String {
    format!("It is protected by a password. Open it in {program}, and save it.")
}

fn other(what: &str) -> String {
    format!("It is {what}. Open it in the program that wrote it, and save it as an Excel workbook (.xlsx).")
}
