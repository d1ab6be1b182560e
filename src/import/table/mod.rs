//! Tables: a page a row.

mod cells;
mod columns;
mod decode;
mod grid;
mod row;
mod workbook;

use super::{draft::Draft, known::Known, page::Import, text::one_line};
use crate::{
    diagnostic::{Code, Diagnostic, Label},
    model::{Kind, SourceFile, Span},
};
use columns::Target;
use grid::{Cell, Grid};
use std::sync::Arc;
use workbook::{Workbook, Wrong};

/// What somebody who imports a table says of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Fields, each with the column that it is taken from.
    pub map: Vec<(String, String)>,
    /// The column that is the text of the page.
    pub body: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

/// The pages of a table's rows. `path` is how reports call the file.
///
/// # Errors
/// What of that which was asked for can't be done: no kind, no such column, no such sheet.
pub fn table(path: &str, bytes: &[u8], kind: Option<&Kind>, asked: &Asked, known: &Known) -> Result<Import, String> {
    let fit = |grid: &Grid| columns::header(&grid.rows, kind, asked).is_some();
    let mut grid = match read(bytes, asked, &fit) {
        Ok(grid) => grid,
        Err(Wrong::Asked(why)) => return Err(why),
        Err(Wrong::File(why)) => return Ok(Import { faults: vec![unusable(path, &why)], ..Import::default() }),
    };
    let faults = grid.faults.drain(..).map(|fault| fault.within(path)).collect();
    let texts = vec![Arc::new(SourceFile { path: path.to_owned(), text: std::mem::take(&mut grid.text) })];
    let (notes, sheet) = (std::mem::take(&mut grid.notes), grid.sheet.take());
    let mut import = Import { faults, texts, notes, sheet, ..Import::default() };
    fill(&mut import, grid, path, kind, asked, known)?;
    Ok(import)
}

/// The table of these bytes, whatever the name of their file says.
fn read(bytes: &[u8], asked: &Asked, fit: &dyn Fn(&Grid) -> bool) -> Result<Grid, Wrong> {
    if workbook::is_workbook(bytes) {
        return Workbook::open(bytes).map_err(Wrong::File)?.grid(asked.sheet.as_deref(), fit);
    }
    let decoded = decode::text(bytes).map_err(|what| {
        Wrong::File(format!(
            "This is {what}, and no table. Open it in the program that wrote it, and save it as an Excel workbook \
             (.xlsx) or as “CSV UTF-8”."
        ))
    })?;
    if asked.sheet.is_some() {
        return Err(Wrong::Asked("--sheet is for workbooks, and this is a table in CSV".to_owned()));
    }
    let (rows, faults) = cells::rows(&decoded.text);
    let encoding = |name| format!("It is not in UTF-8. It was read as {name}: look at letters with accents.");
    let notes = decoded.encoding.map(encoding).into_iter().collect();
    Ok(Grid { text: decoded.text, rows, faults, notes, ..Grid::default() })
}

/// What is wrong with a file as a whole, of a sentence and what to do.
fn unusable(path: &str, why: &str) -> Diagnostic {
    let (message, help) = why.split_once(". ").unwrap_or((why, "Look whether this is the file that you meant."));
    let mut fault = Diagnostic::new(Code::UnusableImport, message.trim_end_matches('.')).help(help);
    fault.place = Some(Label { path: path.to_owned(), span: Span::default(), text: None });
    fault
}

/// Makes a page of each row below the one that names the columns.
///
/// # Errors
/// What of that which was asked for can't be done.
fn fill(
    import: &mut Import,
    Grid { mut rows, merged, .. }: Grid,
    path: &str,
    kind: Option<&Kind>,
    asked: &Asked,
    known: &Known,
) -> Result<(), String> {
    let below = columns::header(&rows, kind, asked).unwrap_or_default() + 1;
    let rest = rows.split_off(below.min(rows.len()));
    let Some(header) = rows.pop() else {
        let fault = Diagnostic::new(Code::UnusableImport, "This table is empty").at(path, Span::default());
        import.faults.push(fault.help("One row names the columns, and each row below becomes a page."));
        return Ok(());
    };
    let kind = kind.ok_or_else(|| which_kind(&header, known))?;
    let targets = columns::targets(&header, kind, asked)?;
    describe(import, path, &header, &targets, kind);
    if !targets.iter().any(Target::is_title) {
        import.faults.retain(Diagnostic::is_error);
        let place = header.first().map(|cell| cell.span).unwrap_or_default();
        let place = import.texts.first().map_or(place, |text| place.first_line(&text.text));
        import.faults.push(untitled(&header, rest.len() >= columns::FARTHEST).at(path, place));
        return Ok(());
    }
    import.faults.extend(rows.iter().filter_map(|row| above(row, path)));
    let top = header.first().map(|cell| cell.span.start).unwrap_or_default();
    import.faults.extend(merged.into_iter().filter(|fault| fault.at.start >= top).map(|fault| fault.within(path)));
    for row in &rest {
        if let Some(fault) = row::too_long(row, &header, import.sheet.is_some(), path) {
            import.faults.push(fault);
            continue;
        }
        let (page, faults) = row::page(row, &header, &targets, Draft::new(kind, known), known, path);
        import.pages.extend(page);
        import.faults.extend(faults);
    }
    if import.pages.is_empty() && !import.faults.iter().any(Diagnostic::is_error) {
        let fault = Diagnostic::new(Code::UnusableImport, "This table has no rows below the names of its columns");
        import.faults.push(fault.at(path, Span::default()).help("Each row below them becomes a page."));
    }
    Ok(())
}

/// What is wrong with a table whose pages could not be called anything.
fn untitled(header: &[Cell], is_long: bool) -> Diagnostic {
    let names: Vec<_> = header.iter().map(|cell| one_line(&cell.text)).filter(|name| !name.is_empty()).collect();
    let help = format!("Say which one is, with --map title=COLUMN. The columns are: {}.", names.join(", "));
    let looked = format!(
        " The names of columns are looked for in the upper {} rows: delete what stands above them where they are \
         further down.",
        columns::FARTHEST
    );
    let help = if is_long { help + &looked } else { help };
    Diagnostic::new(Code::UnusableImport, "No column of this table is the title").help(help)
}

/// Says that what stands above the names of the columns becomes nothing.
fn above(row: &[Cell], path: &str) -> Option<Diagnostic> {
    let words: Vec<&str> = row.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
    let message = format!("This stands above the names of the columns, and is in no page: “{}”", words.join(" "));
    let place = row.iter().find(|cell| !cell.text.trim().is_empty())?.span;
    let help = "Write it into the pages that should say it.";
    Some(Diagnostic::new(Code::NotPlaced, message).at(path, place).help(help))
}

/// Says what each column becomes.
fn describe(import: &mut Import, path: &str, header: &[Cell], targets: &[Target], kind: &Kind) {
    import.notes.push(format!("Each row becomes a page of the kind {}. Its columns become:", kind.name));
    for (cell, target) in header.iter().zip(targets) {
        let name = called(cell);
        import.notes.push(format!("  {name} -> {}", target.name()));
        if let Target::Withheld(field) = target {
            let message =
                format!("The column “{name}” was not taken: the library’s editors set the field {}", field.name);
            let help = format!(
                "What it holds is kept as notes in the front matter. Where you look after the library and the column \
                 is right, import it with --map {}=\"{name}\".",
                field.name
            );
            import.faults.push(Diagnostic::new(Code::NotPlaced, message).at(path, cell.span).help(help));
        }
        if matches!(target, Target::Nothing) && !cell.text.trim().is_empty() {
            let message = format!("The column “{name}” is called like nothing in the kind {}", kind.name);
            let help = format!(
                "What it holds is kept as notes in the front matter. `casebook kinds {}` lists the fields, and \
                 --map FIELD=\"{name}\" gives it to one.",
                kind.name
            );
            import.faults.push(Diagnostic::new(Code::NotPlaced, message).at(path, cell.span).help(help));
        }
    }
}

/// What people call a column.
fn called(column: &Cell) -> String {
    Some(one_line(&column.text))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "(a column without a name)".to_owned())
}

/// Asks for the kind, and names the one whose fields the columns are most like.
fn which_kind(header: &[Cell], known: &Known) -> String {
    let best =
        known.theme.kinds.iter().max_by_key(|kind| (columns::alike(header, kind), std::cmp::Reverse(kind.place)));
    let names: Vec<_> = known.theme.kinds.iter().map(|kind| kind.name.as_str()).collect();
    let guess = best.map_or(String::new(), |kind| format!(" The columns are most like those of --kind {}.", kind.name));
    format!("say what each row is to become, with --kind.{guess} There are: {}", names.join(", "))
}
