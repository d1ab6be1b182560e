//! A component's body in CSV, with options in the info string, told as YAML so that it is held against the same
//! fields in the same way; each piece of the YAML knows where it was written.

use crate::{
    model::{Component, Field, FieldType, Span},
    nearest::nearest,
};
use std::fmt::Write as _;

/// The field that the rows go to.
pub(super) const ROWS: &str = "rows";

/// What separates several values in one option or cell.
const SEPARATOR: char = '|';

/// A place in one of the two texts that a table is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// In the options: what follows the component's name in the info string.
    Options(Span),
    /// In the body.
    Body(Span),
}

/// What is wrong with a table, where, and what to do.
pub(super) type Fault = (String, At, String);

/// A table as YAML.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) yaml: String,
    /// Where what starts at an offset of the YAML was written, by offset.
    places: Vec<(usize, At)>,
}

impl Table {
    /// Where what a span of the YAML tells was written.
    pub(super) fn place(&self, span: Span) -> Option<At> {
        let after = self.places.partition_point(|(start, _)| *start <= span.start);
        self.places.get(after.checked_sub(1)?).map(|(_, at)| *at)
    }

    /// Writes a value that was written at a place; what looks like a number is one.
    fn value(&mut self, field: Option<&Field>, text: &str, quoted: bool, at: At) {
        self.places.push((self.yaml.len(), at));
        let scalar = |text: &str| match text.parse::<f64>() {
            Ok(number) if number.is_finite() && !quoted => text.to_owned(),
            _ => serde_json::Value::from(text).to_string(),
        };
        if field.is_some_and(|field| field.many) {
            let items: Vec<String> = text.split(SEPARATOR).map(str::trim).map(scalar).collect();
            let _ = write!(self.yaml, "[{}]", items.join(", "));
        } else if !text.is_empty() {
            self.yaml.push_str(&scalar(text));
        }
    }

    fn key(&mut self, name: &str, at: At) {
        self.places.push((self.yaml.len(), at));
        let _ = write!(self.yaml, "{}: ", serde_json::Value::from(name));
    }
}

/// The table that a block of the component holds, or all that is wrong with it as a table.
pub(super) fn read(component: &Component, options: &str, body: &str) -> Result<Table, Vec<Fault>> {
    let mut table = Table::default();
    for Setting { name, value, quoted } in self::options(options).map_err(|fault| vec![fault])? {
        let field = component.fields.iter().find(|field| field.name == name.of(options));
        table.key(name.of(options), At::Options(name));
        table.value(field, value.of(options), quoted, At::Options(value));
        table.yaml.push('\n');
    }
    let rows = component.fields.iter().find(|field| field.name == ROWS);
    let Some(FieldType::Group(columns)) = rows.map(|field| &field.field_type) else { return Ok(table) };
    let mut lines = lines(body).into_iter();
    let Some(header) = lines.next() else { return Ok(table) };
    let mut faults = header_faults(&header, columns, body);
    table.key(ROWS, At::Body(whole(&header)));
    table.yaml.push('\n');
    for row in lines {
        let span = whole(&row);
        if row.len() != header.len() {
            let message = format!("This row has {} cells, and the first row has {}", row.len(), header.len());
            faults.push((message, At::Body(span), "Put a cell with a comma in it in double quotation marks.".into()));
            continue;
        }
        table.yaml.push_str("- ");
        table.places.push((table.yaml.len(), At::Body(span)));
        table.yaml.push('{');
        for (cell, column) in row.iter().zip(&header) {
            let name = text(*column, body);
            let quoted = cell.of(body).starts_with('"');
            table.key(&name, At::Body(*cell));
            let field = columns.iter().find(|field| field.name == name);
            table.value(field, &text(*cell, body), quoted, At::Body(*cell));
            table.yaml.push_str(", ");
        }
        table.yaml.push_str("}\n");
    }
    if faults.is_empty() { Ok(table) } else { Err(faults) }
}

/// One option: `name=value`, or `name="some words"`.
struct Setting {
    name: Span,
    value: Span,
    quoted: bool,
}

fn options(text: &str) -> Result<Vec<Setting>, Fault> {
    let mut options = Vec::new();
    let place = |rest: &str| text.len() - rest.len();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return Ok(options);
        }
        let (name, after) = rest.split_at(rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len()));
        let name = Span::new(place(rest), place(rest) + name.len());
        let Some(value) = after.strip_prefix('=') else {
            let message = format!("“{}” is no option: it has no value", name.of(text));
            let help = "Write each option as `name=value`, and a value of several words as `name=\"some words\"`.";
            return Err((message, At::Options(name), help.into()));
        };
        let quoted = QUOTES.iter().find_map(|(opening, closing)| Some((value.strip_prefix(*opening)?, *closing)));
        let (value, after) = match quoted {
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            Some((inner, closing)) => inner.split_once(closing).ok_or_else(|| {
                let message = "A quotation mark is opened and not closed".to_owned();
                let span = Span::new(name.start, text.trim_end().len());
                (message, At::Options(span), "Close it at the end of the value.".into())
            })?,
        };
        let start = place(after) - value.len() - quoted.map_or(0, |(_, closing)| closing.len_utf8());
        options.push(Setting { name, value: Span::new(start, start + value.len()), quoted: quoted.is_some() });
        rest = after;
    }
}

/// The marks that a value of several words stands between.
const QUOTES: [(char, char); 3] = [('"', '"'), ('\'', '\''), ('“', '”')];

/// Columns that the rows do not have, and those that they lack: said once, not for every row.
fn header_faults(header: &[Span], columns: &[Field], body: &str) -> Vec<Fault> {
    let known = || columns.iter().map(|field| field.name.as_str());
    let names: Vec<String> = header.iter().map(|cell| text(*cell, body)).collect();
    let unknown = header.iter().zip(&names).filter(|(_, name)| known().all(|known| known != name.as_str()));
    let unknown = unknown.map(|(cell, name)| {
        let help = match nearest(name, known()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("The first row names the columns: {}.", known().collect::<Vec<_>>().join(", ")),
        };
        (format!("There is no column called “{name}” here"), At::Body(*cell), help)
    });
    let mut faults: Vec<Fault> = unknown.collect();
    let lacking = columns.iter().filter(|field| field.required && !names.contains(&field.name));
    if faults.is_empty() {
        faults.extend(lacking.map(|field| {
            let help = "The first row names the columns, with commas between them.";
            (format!("The first row names no column “{}”", field.name), At::Body(whole(header)), help.into())
        }));
    }
    faults
}

/// The cells of each line that is not blank; a quotation mark keeps commas and line breaks together.
fn lines(body: &str) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    let mut cells = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in body.char_indices().chain([(body.len(), '\n')]) {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                cells.push(trimmed(body, start, at));
                start = at + 1;
            }
            '\n' | '\r' if !quoted || at == body.len() => {
                cells.push(trimmed(body, start, at));
                let line = std::mem::take(&mut cells);
                if line.len() > 1 || line.iter().any(|cell| cell.end > cell.start) {
                    lines.push(line);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    lines
}

/// A span without the blanks at its ends.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let inner = Span::new(start.min(end), end).of(text);
    let begin = start + (inner.len() - inner.trim_start().len());
    Span::new(begin, begin + inner.trim().len())
}

/// From the first cell of a line to its last.
fn whole(line: &[Span]) -> Span {
    Span::new(line.first().map_or(0, |cell| cell.start), line.last().map_or(0, |cell| cell.end))
}

/// The words of a cell: within quotation marks, two of them stand for one.
fn text(cell: Span, body: &str) -> String {
    let written = cell.of(body);
    let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or_else(|| written.to_owned(), |inner| inner.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ComponentBody, Labels};

    fn field(name: &str, field_type: FieldType, many: bool) -> Field {
        let label = Labels::same(name);
        let (name, help) = (name.to_owned(), Labels::default());
        Field { name, field_type, many, label, help, ..Field::default() }
    }

    fn read(options: &str, body: &str) -> Result<Table, Vec<Fault>> {
        let words = || FieldType::Text { max_length: None };
        let value = Field { required: true, ..field("value", FieldType::Number { min: None, max: None }, false) };
        let columns = vec![field("label", words(), false), value];
        let component = Component {
            name: "chart".into(),
            label: Labels::default(),
            description: Labels::default(),
            body: ComponentBody::Either,
            fields: vec![
                field("title", words(), false),
                field("series", words(), true),
                field(ROWS, FieldType::Group(columns), true),
            ],
            rules: None,
            needs: None,
        };
        super::read(&component, options, body)
    }

    #[test]
    fn options_and_rows_become_fields() {
        let options = " title=\"Care: a 'start'\" series='One|Two' ";
        let table = read(options, "label, value\n\"Under 5, or \"\"small\"\"\", 7\n\nOver,-1.50\n").unwrap();
        let value: serde_yaml::Value = serde_yaml::from_str(&table.yaml).unwrap();
        assert_eq!(value["title"], "Care: a 'start'");
        assert_eq!(value["series"][1], "Two");
        assert_eq!(value[ROWS][0]["label"], "Under 5, or \"small\"");
        assert_eq!(value[ROWS][1]["value"], serde_yaml::Value::from(-1.5));
    }

    #[test]
    fn a_value_is_placed_where_it_was_written() {
        let (options, body) = ("title=Care", "label,value\nŴyre , n/a\n");
        let table = read(options, body).unwrap();
        let at = |needle: &str| table.place(Span::at(table.yaml.find(needle).unwrap()));
        assert_eq!(at("\"n/a\""), Some(At::Body(Span::new(20, 23))));
        assert_eq!(at("\"Care\""), Some(At::Options(Span::new(6, 10))));
        assert_eq!(at("{"), Some(At::Body(Span::new(12, 23))));
    }

    #[test]
    fn what_is_no_table_is_told_at_its_place() {
        let told = |options: &str, body: &str| {
            let faults = read(options, body).unwrap_err();
            faults.into_iter().map(|(message, at, _)| (message, at)).collect::<Vec<_>>()
        };
        let ragged = told("", "label,value\na,1,2\n");
        assert_eq!(ragged, [("This row has 3 cells, and the first row has 2".into(), At::Body(Span::new(12, 17)))]);
        let unknown = told("", "label,valeu\na,1\nb,2\n");
        assert_eq!(unknown, [("There is no column called “valeu” here".into(), At::Body(Span::new(6, 11)))]);
        let lacking = told("", "label\na\n");
        assert_eq!(lacking, [("The first row names no column “value”".into(), At::Body(Span::new(0, 5)))]);
        assert_eq!(told("bar", "")[0].1, At::Options(Span::new(0, 3)));
        assert_eq!(told("title=\"a b", "")[0].1, At::Options(Span::new(0, 10)));
    }
}
