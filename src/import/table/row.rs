//! The page of a row.

use super::{called, columns::Target, grid::Cell};
use crate::{
    diagnostic::{Code, Diagnostic, Label},
    import::{
        clean,
        draft::{Draft, STATUS},
        known::Known,
        page::Page,
        value,
    },
    model::{Field, FieldType, Span},
};
use serde_yaml::{Mapping, Value};
use std::borrow::Cow;

/// What is wrong with a row that has cells under no name.
pub(super) fn too_long(row: &[Cell], header: &[Cell], of_workbook: bool, path: &str) -> Option<Diagnostic> {
    let is_filled = |cell: &Cell| !cell.text.trim().is_empty();
    let first = row.get(header.len()..)?.iter().find(|cell| is_filled(cell))?;
    let message = format!("This row has {} cells, and {} columns have a name", row.len(), header.len());
    let help = if of_workbook {
        "Name the column in the row that names the others, or empty this cell."
    } else {
        "Put a value with a comma in it in double quotation marks."
    };
    Some(Diagnostic::new(Code::UnusableImport, message).at(path, first.span).help(help))
}

/// The page of a row, and what there is to say of it.
pub(super) fn page(
    row: &[Cell],
    header: &[Cell],
    targets: &[Target],
    mut draft: Draft<'_>,
    known: &Known,
    path: &str,
) -> (Option<Page>, Vec<Diagnostic>) {
    let label = |span: Span| Label { path: path.to_owned(), span, text: None };
    let is_filled = |cell: &Cell| !cell.text.trim().is_empty() || cell.link.is_some();
    let mut place = row.iter().find(|cell| is_filled(cell)).map(|cell| cell.span).unwrap_or_default();
    let mut groups: Vec<(&Field, Mapping)> = Vec::new();
    let (mut said, mut links, mut decided) = (Vec::new(), Vec::new(), None);
    for ((cell, target), column) in row.iter().zip(targets).zip(header).filter(|((cell, _), _)| is_filled(cell)) {
        let at = label(cell.span);
        if let Some(mut fault) = sum_fault(&cell.text) {
            fault.place = Some(at.clone());
            draft.faults.push(fault);
            // What is told already is told once. A page without a title would be told of as well.
            if has_failed(cell.text.trim()) && !target.is_title() {
                continue;
            }
        }
        let written = written(cell, target);
        match target {
            Target::Field(field) => {
                if target.is_title() {
                    place = cell.span;
                }
                draft.put(field, &written, &at);
                if field.name == STATUS {
                    decided = Some(at.clone());
                }
            }
            Target::Body => draft.body(&clean(&written)),
            Target::Withheld(_) | Target::Nothing => draft.remember(&called(column), &written),
            Target::Inner(group, field) if !group.many => draft.put_within(group, field, &written, &at),
            Target::Inner(group, field) => {
                let reading = value::read(field, &written, known);
                draft.misread(&format!("{}.{}", group.name, field.name), reading.misread, &at);
                let Some(value) = reading.value else { continue };
                if !groups.iter().any(|(known, _)| known.name == group.name) {
                    groups.push((group, Mapping::new()));
                }
                let Some((_, values)) = groups.iter_mut().find(|(known, _)| known.name == group.name) else { continue };
                if values.contains_key(field.name.as_str()) {
                    draft.keep(&called(column), &written, &at);
                } else {
                    values.insert(Value::from(field.name.as_str()), value);
                }
            }
        }
        links.extend(cell.link.as_deref().map(|link| (link, called(column), at)));
        said.push(written);
    }
    for (link, column, at) in links {
        // Another cell may have the address as its text.
        if !said.iter().any(|written| written.contains(link) || is_shown(link, written)) {
            draft.remember(&format!("{column} (link)"), link);
            let message = format!("The link of this cell has no place in “{column}”, and leads to {link}");
            let help =
                "It stands as a note in the front matter. Write it where readers should find it, and delete the note.";
            let mut fault = Diagnostic::new(Code::NotPlaced, message).help(help);
            fault.place = Some(at);
            draft.faults.push(fault);
        }
    }
    for (group, values) in groups {
        draft.add(group, Value::Mapping(values), &label(place));
    }
    if let Some(at) = decided {
        let told = shown_at_once(&draft, at);
        draft.faults.extend(told);
    }
    draft.finish(&label(place))
}

/// Says that a page is no draft where its row says so.
fn shown_at_once(draft: &Draft<'_>, at: Label) -> Option<Diagnostic> {
    let given = draft.undrafted()?;
    let message = format!("This page is no draft: its {STATUS} is “{given}”, and it is public with the next build");
    let help = "Leave the column out of --map where somebody should read the page first: it is a draft then.";
    let mut fault = Diagnostic::new(Code::ImportChanged, message).help(help);
    fault.place = Some(at);
    Some(fault)
}

/// What a cell says, with the address of its link where what it becomes can have that.
fn written<'a>(cell: &'a Cell, target: &Target) -> Cow<'a, str> {
    let text = cell.text.trim();
    let Some(link) = cell.link.as_deref().filter(|link| !is_shown(link, text)) else { return Cow::from(&cell.text) };
    let holds_links = match target {
        Target::Field(field) | Target::Inner(_, field) => match field.field_type {
            FieldType::Url | FieldType::Email => return Cow::from(link),
            FieldType::Markdown | FieldType::Group(_) => true,
            _ => false,
        },
        Target::Body | Target::Withheld(_) | Target::Nothing => true,
    };
    match text {
        "" => Cow::from(link),
        _ if holds_links && !text.contains(['[', ']', '\n']) => Cow::from(format!("[{text}]({link})")),
        _ => Cow::from(&cell.text),
    }
}

/// Whether the address of a link is what is seen of it.
fn is_shown(link: &str, text: &str) -> bool {
    let bare = |address: &str| {
        let address = address.trim().to_lowercase();
        let address = ["https://", "http://", "mailto:"]
            .iter()
            .find_map(|scheme| address.strip_prefix(scheme))
            .unwrap_or(&address);
        address.trim_end_matches('/').to_owned()
    };
    bare(link) == bare(text)
}

/// What is wrong with a cell that a spreadsheet works out: it could not, or it was never asked to.
fn sum_fault(cell: &str) -> Option<Diagnostic> {
    let cell = cell.trim();
    if has_failed(cell) {
        let message = format!("This cell is {cell}: the spreadsheet could not work it out");
        let help = "Mend or empty the cell in the spreadsheet, and save it again.";
        return Some(Diagnostic::new(Code::UnusableImport, message).help(help));
    }
    let is_sum =
        cell.strip_prefix('=').is_some_and(|sum| sum.starts_with(|c: char| c.is_alphanumeric() || "(+-\"".contains(c)));
    is_sum.then(|| {
        let message = "This cell is a formula, and it is taken as the text that it is";
        let help = "Write what it works out to, or open the table in a spreadsheet program and save it again.";
        Diagnostic::new(Code::NotUnderstood, message).help(help)
    })
}

/// Whether a cell is one of the words for what went wrong: `#REF!`, `#N/A`, `#NAME?`, and `Err:502` of LibreOffice.
fn has_failed(cell: &str) -> bool {
    let number = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let word =
        |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase() || b"/0_".contains(&byte));
    let name = cell.strip_prefix('#').unwrap_or_default();
    matches!(cell, "#N/A" | "#GETTING_DATA" | "###")
        || name.strip_suffix(['!', '?']).is_some_and(word)
        || cell.strip_prefix("Err:").is_some_and(number)
}
