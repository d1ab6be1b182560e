//! Reads registers: lists of terms in YAML, tables in CSV.

use super::{diagnostic, relations};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Labels, Register, SEPARATOR, SourceFile, Span, Step, Term, cell_values},
    yaml,
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

/// The register that a file of `content/_data/` holds; sound rows count even where others have faults.
pub fn register(file: &SourceFile) -> (Register, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let terms =
        if file.name().ends_with(".csv") { table(file, &mut diagnostics) } else { list(file, &mut diagnostics) };
    let mut first: HashMap<String, Span> = HashMap::new();
    for term in &terms {
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
    let header_line = text.lines().next().unwrap_or_default();
    // Excel writes semicolons where the decimal sign is a comma.
    let delimiter = if header_line.contains(';') && !header_line.contains(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default();
    let header_span = Span::new(0, header_line.len());
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
    if !diagnostics.is_empty() {
        return Vec::new();
    }
    let mut terms = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let start = error.position().map_or(0, |position| position.byte() as usize);
                let fault = Diagnostic::new(Code::InvalidRegister, format!("This row can't be read: {error}"));
                diagnostics.push(fault.at(&file.path, Span::at(start)).help("Check its quotation marks."));
                continue;
            }
        };
        let start = row.position().map_or(0, |position| position.byte() as usize);
        let span = Span::new(start, text.len()).first_line(text);
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
