//! Reads registers: lists of terms in YAML, tables in CSV.

use super::{diagnostic, relations};
use crate::{
    diagnostic::{Code, Diagnostic},
    markdown,
    model::{Labels, Register, SEPARATOR, SourceFile, Span, Step, Term, cell_values},
    portable, yaml,
};
use serde::Deserialize;
use serde_yaml::Value;
use std::collections::{BTreeMap, HashMap};

#[derive(Deserialize)]
struct LooseTerm {
    id: String,
    label: Labels,
    #[serde(default)]
    description: Labels,
    broader: Option<String>,
    #[serde(default)]
    synonyms: Vec<String>,
    #[serde(flatten)]
    columns: BTreeMap<String, Value>,
}

/// How many letters an id may have: it is part of addresses and of names of files.
const LONGEST: usize = 200;

/// The register that a file of `content/_data/` holds; sound rows count even where others have faults.
pub fn register(file: &SourceFile) -> (Register, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let terms =
        if file.name().ends_with(".csv") { table(file, &mut diagnostics) } else { list(file, &mut diagnostics) };
    let mut first: HashMap<String, Span> = HashMap::new();
    let mut places: HashMap<String, String> = HashMap::new();
    for term in &terms {
        let place = markdown::slug(&term.id);
        let wrong = match places.get(&place).filter(|other| **other != term.id) {
            _ if place.is_empty() || place.len() > LONGEST => Some("can't be part of an address".to_owned()),
            _ if portable::name_fault(&place).is_some() => Some("can't be the name of a folder on Windows".to_owned()),
            other => other.map(|other| format!("differs from “{other}” in nothing that an address shows")),
        };
        if let Some(wrong) = wrong {
            let help = "Write one of letters, figures and hyphens, such as foster-care.";
            let fault = Diagnostic::new(Code::InvalidRegister, format!("The id “{}” {wrong}", term.id));
            diagnostics.push(fault.at(&file.path, term.span).help(help));
        }
        places.entry(place).or_insert_with(|| term.id.clone());
        if let Some(other) = first.get(&term.id) {
            let message = format!("The id “{}” stands twice in this list", term.id);
            diagnostics.push(
                Diagnostic::new(Code::InvalidRegister, message)
                    .at(&file.path, term.span)
                    .related(&file.path, *other, "the first is here")
                    .help("Give each its own id, or delete one."),
            );
        }
        first.entry(term.id.clone()).or_insert(term.span);
    }
    let register = Register::new(file.stem(), &file.path, terms);
    diagnostics.extend(relations::check(&register));
    (register, diagnostics)
}

fn list(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Term> {
    let items = match yaml::parse(&file.text) {
        Ok(Value::Sequence(items)) => items,
        Ok(Value::Null) => Vec::new(),
        Ok(_) => {
            diagnostics.push(
                Diagnostic::new(Code::InvalidRegister, "This file is not a list of terms")
                    .at(&file.path, Span::default())
                    .help("Start each term with `- id:` on a line of its own."),
            );
            Vec::new()
        }
        Err(fault) => {
            diagnostics.push(diagnostic(Code::InvalidRegister, file, 0, fault));
            Vec::new()
        }
    };
    let mut terms = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let span = || yaml::locate(&file.text, &[Step::Item(index)]).value;
        match serde_yaml::from_value::<LooseTerm>(item) {
            Ok(LooseTerm { id, label, description, broader, synonyms, columns }) => {
                let columns: BTreeMap<String, String> =
                    columns.into_iter().filter_map(|(name, value)| Some((name, cell(&value)?))).collect();
                terms.push(Term {
                    id,
                    labels: label,
                    description,
                    broader,
                    replaced_by: replaced_by(&columns),
                    synonyms,
                    columns,
                    span: span().first_line(&file.text),
                });
            }
            Err(error) => diagnostics.push(
                Diagnostic::new(Code::InvalidRegister, format!("This term can't be read: {error}"))
                    .at(&file.path, span())
                    .help("A term has an `id` and a `label`, and may have `description`, `broader` and `synonyms`."),
            ),
        }
    }
    terms
}

/// The ids in the column of that name, which stays a column as well: a map may want to read it.
fn replaced_by(columns: &BTreeMap<String, String>) -> Vec<String> {
    columns.get("replaced_by").into_iter().flat_map(|cell| cell_values(cell)).map(str::to_owned).collect()
}

/// A value as text, where it is plain; a list as a cell has it.
fn cell(value: &Value) -> Option<String> {
    match value {
        Value::Sequence(items) => {
            let cells: Vec<String> = items.iter().filter_map(cell).collect();
            Some(cells.join(&SEPARATOR.to_string()))
        }
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn table(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Term> {
    let text = &file.text;
    if text.trim().is_empty() {
        return Vec::new();
    }
    let (first, delimiter) = table_start(text);
    let rows = text.get(first.start..).unwrap_or_default();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(rows.as_bytes());
    let header: Vec<String> = reader.headers().map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default();
    let header_span = first;
    quotes(file, first.start, delimiter, diagnostics);
    for needed in ["id", "label"] {
        if !header.iter().any(|column| column == needed) {
            let message = format!("The first row names no column “{needed}”");
            diagnostics.push(
                Diagnostic::new(Code::InvalidRegister, message)
                    .at(&file.path, header_span)
                    .help("The first row gives the names of the columns; `id` and `label` must be among them."),
            );
        }
    }
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = header.iter().find(|column| !column.is_empty() && !seen.insert(column.as_str())) {
        let message = format!("The first row names the column “{twice}” twice");
        let fault = Diagnostic::new(Code::InvalidRegister, message).at(&file.path, header_span);
        diagnostics.push(fault.help("Give each column its own name."));
    }
    if !diagnostics.is_empty() {
        return Vec::new();
    }
    let mut terms = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let start = first.start + error.position().map_or(0, |position| position.byte() as usize);
                let fault = Diagnostic::new(Code::InvalidRegister, format!("This row can't be read: {error}"));
                diagnostics.push(fault.at(&file.path, Span::at(start)).help("Check its quotation marks."));
                continue;
            }
        };
        let start = first.start + row.position().map_or(0, |position| position.byte() as usize);
        // The reader counts the end of the line before to the row, and passes over empty lines.
        let start =
            start + text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let span = Span::new(start, text.len()).first_line(text);
        if row.iter().all(str::is_empty) {
            // Excel keeps rows that were emptied.
            continue;
        }
        if row.len() != header.len() {
            let message = format!("This row has {} cells, and the first row has {}", row.len(), header.len());
            diagnostics.push(Diagnostic::new(Code::InvalidRegister, message).at(&file.path, span).help(
                "Put a value with a comma in it in double quotation marks; leave an empty cell for what is unknown.",
            ));
            continue;
        }
        let mut columns: BTreeMap<String, String> =
            header.iter().cloned().zip(row.iter().map(str::to_owned)).filter(|(_, cell)| !cell.is_empty()).collect();
        let (Some(id), Some(label)) = (columns.remove("id"), columns.remove("label")) else {
            let fault = Diagnostic::new(Code::InvalidRegister, "This row has no id or no label");
            diagnostics.push(fault.at(&file.path, span).help("Fill in both."));
            continue;
        };
        let synonyms = columns.remove("synonyms").unwrap_or_default();
        let synonyms = cell_values(&synonyms).map(str::to_owned).collect();
        let replaced_by = replaced_by(&columns);
        let description = columns.remove("description").map(Labels::same).unwrap_or_default();
        let broader = columns.remove("broader");
        let labels = Labels::same(label);
        terms.push(Term { id, labels, description, broader, replaced_by, synonyms, columns, span });
    }
    terms
}

/// The row with the names of the columns, and what stands between cells: Excel writes semicolons where the decimal sign
/// is a comma, and says so in a line of its own when asked to; a table that was copied out of it has tabs.
fn table_start(text: &str) -> (Span, u8) {
    let mut lines = Span::lines(text, 0).filter(|line| !line.of(text).trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let said = first.of(text).trim().strip_prefix("sep=").map(str::as_bytes);
    if let Some([delimiter]) = said {
        return (lines.next().unwrap_or_default(), *delimiter);
    }
    // The one that names come between, and not one in a name: `id;label;"x, y"`.
    let count = |delimiter: u8| {
        let quoted = first.of(text).bytes().scan(false, |quoted, byte| {
            *quoted ^= byte == b'"';
            Some(!*quoted && byte == delimiter)
        });
        quoted.filter(|is_delimiter| *is_delimiter).count()
    };
    let delimiter = [b'\t', b';'].into_iter().find(|delimiter| count(*delimiter) > count(b','));
    (first, delimiter.unwrap_or(b','))
}

/// Reports a quotation mark that is never closed, which would take all rows behind it for one cell, and one within a
/// cell that is not doubled, which the reader would drop (RFC 4180, section 2).
fn quotes(file: &SourceFile, start: usize, delimiter: u8, diagnostics: &mut Vec<Diagnostic>) {
    #[derive(Clone, Copy)]
    enum At {
        Start,
        Plain,
        /// With the place where it was opened.
        Quoted(usize),
        Closed(usize),
    }
    let mut at = At::Start;
    let mut fault = |at: usize, message: &str, help: &str| {
        let span = Span::at(at);
        diagnostics.push(Diagnostic::new(Code::InvalidRegister, message).at(&file.path, span).help(help));
    };
    for (place, byte) in file.text.bytes().enumerate().skip(start) {
        at = match (at, byte) {
            (At::Start, b'"') => At::Quoted(place),
            (At::Quoted(opened), b'"') => At::Closed(opened),
            (At::Closed(opened), b'"') => At::Quoted(opened),
            (At::Quoted(_), _) | (At::Closed(_), b' ') => at,
            (_, b'\n' | b'\r') => At::Start,
            (_, byte) if byte == delimiter => At::Start,
            (At::Closed(_), _) => {
                let help = "Write each quotation mark within a cell twice, and one at its start and one at its end.";
                fault(place, "Here a cell goes on behind its closing quotation mark", help);
                At::Plain
            }
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    if let At::Quoted(place) = at {
        fault(place, "This quotation mark is opened and never closed", "Close it at the end of its cell.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> (Register, Vec<Diagnostic>) {
        register(&SourceFile { path: path.into(), text: text.into() })
    }

    #[test]
    fn a_table_gives_terms_with_columns() {
        let (councils, faults) =
            read("content/_data/councils.csv", "id,label,gss\nluton,Luton,E06000032\nx,\"X, City of\",\n");
        assert_eq!(faults, []);
        assert_eq!(councils.name, "councils");
        let luton = &councils.terms[councils.by_id("luton").unwrap()];
        assert_eq!(luton.columns.get("gss").map(String::as_str), Some("E06000032"));
        assert_eq!(councils.terms[1].labels.get("en"), "X, City of");
    }

    #[test]
    fn excels_semicolons_are_understood() {
        let (register, faults) = read("content/_data/x.csv", "id;label\r\na;Alpha\r\n");
        assert!(faults.is_empty());
        assert_eq!(register.terms[0].labels.get("en"), "Alpha");
    }

    #[test]
    fn a_ragged_row_and_a_second_id_are_faults_at_their_rows() {
        let text = "id,label\na,Alpha,more\nb,Beta\nb,Again\n";
        let (register, faults) = read("content/_data/x.csv", text);
        let rows: Vec<_> = faults.iter().map(|fault| fault.place.as_ref().unwrap().span.of(text)).collect();
        assert_eq!(rows, ["a,Alpha,more", "b,Again"]);
        assert_eq!(register.by_id("b"), Some(0));
    }

    #[test]
    fn a_list_gives_terms_with_synonyms() {
        let text = "- id: education\n  label: {en: Education}\n- id: school\n  label: School\n  broader: educatoin\n  synonyms: [schools]\n";
        let (themes, faults) = read("content/_data/themes.yaml", text);
        assert_eq!(themes.by_name("Schools"), Some(1));
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].place.as_ref().unwrap().span.of(text), "id: school");
    }
}
