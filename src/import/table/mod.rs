//! Tables: a page a row.

mod cells;
mod columns;
mod decode;

use super::{
    known::Known,
    page::{Draft, Import},
    value,
};
use crate::{
    diagnostic::{Code, Diagnostic, Label},
    model::{Field, Kind, SourceFile, Span},
};
use cells::Cell;
use columns::Target;
use serde_yaml::{Mapping, Value};
use std::sync::Arc;

/// What somebody who imports a table says of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Fields, each with the column that it is taken from.
    pub map: Vec<(String, String)>,
    /// The column that is the text of the page.
    pub body: Option<String>,
}

/// The pages of a table's rows. `path` is how reports call the file.
///
/// # Errors
/// What of that which was asked for can't be done: no kind, no such column.
pub fn table(path: &str, bytes: &[u8], kind: Option<&Kind>, asked: &Asked, known: &Known) -> Result<Import, String> {
    let decoded = match decode::text(bytes) {
        Ok(decoded) => decoded,
        Err(what) => {
            let fault = Diagnostic::new(Code::UnusableImport, format!("This is {what}, and no table in CSV"));
            let help = "Open it in the program that wrote it, and save it as “CSV UTF-8”.";
            let mut fault = fault.help(help);
            fault.place = Some(Label { path: path.to_owned(), span: Span::default(), text: None });
            return Ok(Import { faults: vec![fault], ..Import::default() });
        }
    };
    let source = Arc::new(SourceFile { path: path.to_owned(), text: decoded.text });
    let mut import = Import { texts: vec![source.clone()], ..Import::default() };
    let at = |span: Span| Label { path: path.to_owned(), span, text: None };
    let (rows, faults) = cells::rows(&source.text);
    import.faults.extend(
        faults
            .into_iter()
            .map(|fault| Diagnostic::new(Code::UnusableImport, fault.message).at(path, fault.at).help(fault.help)),
    );
    let mut rows = rows.into_iter();
    let Some(header) = rows.next() else {
        let fault = Diagnostic::new(Code::UnusableImport, "This table is empty").at(path, Span::default());
        import.faults.push(fault.help("The first row names the columns, and each row below becomes a page."));
        return Ok(import);
    };
    let kind = kind.ok_or_else(|| which_kind(&header, known))?;
    let targets = columns::targets(&header, kind, asked)?;
    describe(&mut import, &source, &header, &targets, kind, decoded.encoding);
    if !targets.iter().any(|target| matches!(target, Target::Field(field) if field.name == "title")) {
        let names: Vec<_> = header.iter().map(|cell| cell.text.as_str()).filter(|name| !name.is_empty()).collect();
        let fault = Diagnostic::new(Code::UnusableImport, "No column of this table is the title");
        let place = header.first().map(|cell| cell.span).unwrap_or_default().first_line(&source.text);
        let help = format!("Say which one is, with --map title=COLUMN. The columns are: {}.", names.join(", "));
        import.faults.retain(Diagnostic::is_error);
        import.faults.push(fault.at(path, place).help(help));
        return Ok(import);
    }
    for row in rows {
        if row.len() > header.len() && row.iter().skip(header.len()).any(|cell| !cell.text.trim().is_empty()) {
            let place = row.get(header.len()).map(|cell| cell.span).unwrap_or_default();
            let message = format!("This row has {} cells, and the first row has {}", row.len(), header.len());
            let help = "Put a value with a comma in it in double quotation marks.";
            import.faults.push(Diagnostic::new(Code::UnusableImport, message).at(path, place).help(help));
            continue;
        }
        let (page, faults) = page(&row, &header, &targets, Draft::new(kind, known), known, &at);
        import.pages.extend(page);
        import.faults.extend(faults);
    }
    if import.pages.is_empty() && import.faults.is_empty() {
        let fault =
            Diagnostic::new(Code::UnusableImport, "This table has no rows below its first").at(path, Span::default());
        import.faults.push(fault.help("Each row below the names of the columns becomes a page."));
    }
    Ok(import)
}

/// Says what each column becomes.
fn describe(
    import: &mut Import,
    source: &SourceFile,
    header: &[Cell],
    targets: &[Target],
    kind: &Kind,
    encoding: Option<&str>,
) {
    if let Some(encoding) = encoding {
        import
            .notes
            .push(format!("{} is not in UTF-8. It was read as {encoding}: look at letters with accents.", source.path));
    }
    import.notes.push(format!("Each row becomes a {}. Its columns become:", kind.name));
    for (cell, target) in header.iter().zip(targets) {
        let name = called(cell);
        import.notes.push(format!("  {name} -> {}", target.name()));
        if matches!(target, Target::Nothing) && !cell.text.trim().is_empty() {
            let message = format!("The column “{name}” is called like nothing that a {} has", kind.name);
            let help = format!(
                "What it holds is kept as notes in the front matter. `casebook kinds {}` lists the fields, and \
                 --map FIELD=\"{name}\" gives it to one.",
                kind.name
            );
            import.faults.push(Diagnostic::new(Code::NotPlaced, message).at(&source.path, cell.span).help(help));
        }
    }
}

/// What people call a column.
fn called(column: &Cell) -> &str {
    if column.text.trim().is_empty() { "(a column without a name)" } else { column.text.trim() }
}

/// The page of a row.
fn page(
    row: &[Cell],
    header: &[Cell],
    targets: &[Target],
    mut draft: Draft<'_>,
    known: &Known,
    at: &dyn Fn(Span) -> Label,
) -> (Option<super::page::Page>, Vec<Diagnostic>) {
    let mut place = row.iter().find(|cell| !cell.text.trim().is_empty()).map(|cell| cell.span).unwrap_or_default();
    let mut groups: Vec<(&Field, Mapping)> = Vec::new();
    for ((cell, target), column) in row.iter().zip(targets).zip(header) {
        if cell.text.trim().is_empty() {
            continue;
        }
        if let Some(mut fault) = sum_fault(&cell.text) {
            fault.place = Some(at(cell.span));
            draft.faults.push(fault);
        }
        match target {
            Target::Field(field) => {
                if field.name == "title" {
                    place = cell.span;
                }
                draft.put(field, &cell.text, &at(cell.span));
            }
            Target::Body => draft.body(&super::clean(&cell.text)),
            Target::Nothing => draft.remember(called(column), &cell.text),
            Target::Inner(group, field) => {
                let reading = value::read(field, &cell.text, known);
                draft.misread(&format!("{}.{}", group.name, field.name), reading.misread, &at(cell.span));
                let Some(value) = reading.value else { continue };
                let key = Value::from(field.name.as_str());
                match groups.iter_mut().find(|(known, _)| known.name == group.name) {
                    Some((_, values)) => drop(values.insert(key, value)),
                    None => groups.push((group, Mapping::from_iter([(key, value)]))),
                }
            }
        }
    }
    for (group, values) in groups {
        let value = Value::Mapping(values);
        draft.set(group, if group.many { Value::Sequence(vec![value]) } else { value });
    }
    draft.finish(&at(place))
}

/// What is wrong with a cell that a spreadsheet works out: it could not, or it was never asked to.
fn sum_fault(cell: &str) -> Option<Diagnostic> {
    const FAILED: [&str; 9] = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];
    let cell = cell.trim();
    if FAILED.contains(&cell) {
        let message = format!("This cell is {cell}: the spreadsheet could not work it out");
        let help = "Mend or empty the cell in the spreadsheet, and save it as “CSV UTF-8” again.";
        return Some(Diagnostic::new(Code::UnusableImport, message).help(help));
    }
    let is_sum =
        cell.strip_prefix('=').is_some_and(|sum| sum.starts_with(|c: char| c.is_alphanumeric() || "(+-\"".contains(c)));
    is_sum.then(|| {
        let message = "This cell is a formula, and it is taken as the text that it is";
        let help = "Write what it works out to, or save the table from the spreadsheet as “CSV UTF-8” again.";
        Diagnostic::new(Code::NotUnderstood, message).help(help)
    })
}

/// Asks for the kind, and names the one whose fields the columns are most like.
fn which_kind(header: &[Cell], known: &Known) -> String {
    let best =
        known.theme.kinds.iter().max_by_key(|kind| (columns::alike(header, kind), std::cmp::Reverse(kind.place)));
    let names: Vec<_> = known.theme.kinds.iter().map(|kind| kind.name.as_str()).collect();
    let guess = best.map_or(String::new(), |kind| format!(" The columns are most like those of --kind {}.", kind.name));
    format!("say what each row is to become, with --kind.{guess} There are: {}", names.join(", "))
}
