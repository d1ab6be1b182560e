//! What a chart must keep beyond its fields: a chart that is drawn from the wrong numbers misleads.

use super::fields::{Checker, down};
use crate::{
    diagnostic::Code,
    model::{Field, FieldPath, FieldType, Fields, Step, Value},
};

/// How many parts a waffle has where nothing else is said.
const PARTS: f64 = 100.0;

/// Reports what is wrong with the fields taken together; each is sound in itself.
pub(super) fn check(checker: &mut Checker<'_>, schema: &[Field], fields: &Fields) {
    let chart = Chart { fields, kind: kind(schema, fields) };
    chart.series(checker);
    match chart.kind {
        "line" if chart.rows().count() < 2 => {
            let message = "A line chart needs two rows or more";
            checker.report(Code::InvalidComponent, &at("rows"), message, "Add a row, or make it `type: bar`.");
        }
        "waffle" => chart.parts(checker),
        _ => {}
    }
    if chart.rows().count() > MOST_ROWS {
        let message = format!("A chart shows {MOST_ROWS} rows at the most, and here are {}", chart.rows().count());
        let help = "Nobody could read it: sum rows up, or put the figures into a file beside the page.";
        checker.report(Code::InvalidComponent, &at("rows"), message, help);
    }
}

/// How many rows a chart has at the most: each is drawn, and stands in the table beside it.
const MOST_ROWS: usize = 500;

struct Chart<'a> {
    fields: &'a Fields,
    kind: &'a str,
}

impl<'a> Chart<'a> {
    fn rows(&self) -> impl Iterator<Item = &'a Fields> + use<'a> {
        let rows = match self.fields.get("rows") {
            Some(Value::Many(rows)) => rows.as_slice(),
            _ => &[],
        };
        rows.iter().filter_map(|row| if let Value::Group(fields) = row { Some(fields) } else { None })
    }

    fn number(&self, name: &str) -> Option<f64> {
        number(self.fields, name)
    }

    /// A second value in a row goes with a second name in `series`.
    fn series(&self, checker: &mut Checker<'_>) {
        let named = match self.fields.get("series") {
            Some(Value::Many(names)) => names.len(),
            _ => 0,
        };
        let (fault, series) = (Code::InvalidComponent, at("series"));
        let of_two = ["line", "paired"].contains(&self.kind);
        let second = self.rows().position(|row| row.contains_key("second"));
        let lacking = self.rows().position(|row| !row.contains_key("second"));
        let wants_all = self.kind == "paired" || (named == 2 && second.is_none());
        if named > 2 {
            let message = format!("A chart shows one or two series, and here are {named}");
            checker.report(fault, &series, message, "Make a second chart of the others.");
        } else if let Some(row) = second.filter(|_| !of_two) {
            let message = "This type of chart shows one value a row, and this is a second one";
            checker.report(fault, &of_row(row, "second"), message, "Make it `type: paired`, or delete the value.");
        } else if let Some(row) = second.filter(|_| named < 2) {
            let message = "Nothing says what the second values are";
            let help = "Name both: `series: [Children in care, All children]`.";
            checker.report(fault, &of_row(row, "second"), message, help);
        } else if self.kind == "paired" && named < 2 {
            let message = "A paired chart compares two series, and they have no names";
            checker.report(fault, &at("type"), message, "Name both: `series: [Children in care, All children]`.");
        } else if let Some(row) = lacking.filter(|_| wants_all) {
            let message = "This row has no second value to compare the first with";
            checker.report(fault, &of_row(row, ""), message, "Give it `second:`, or leave the row out.");
        }
    }

    /// A waffle shows so many of so many.
    fn parts(&self, checker: &mut Checker<'_>) {
        let parts = self.number("out_of").unwrap_or(PARTS);
        for (index, row) in self.rows().enumerate() {
            let value = number(row, "value").unwrap_or_default();
            if value < 0.0 || value > parts {
                let message = format!("{value} of {parts} can't be drawn: a waffle shows from 0 to {parts}");
                let help = "Check the figure, or say in `out_of` how many there are in all.";
                checker.report(Code::OutOfRange, &of_row(index, "value"), message, help);
            }
        }
    }
}

/// The id of the option that `type` names.
fn kind<'a>(schema: &'a [Field], fields: &Fields) -> &'a str {
    let options = schema.iter().find(|field| field.name == "type").map(|field| &field.field_type);
    match (options, fields.get("type")) {
        (Some(FieldType::Choice(options)), Some(Value::Choice(index))) => {
            options.get(*index).map_or("", |option| &option.id)
        }
        _ => "",
    }
}

fn number(fields: &Fields, name: &str) -> Option<f64> {
    if let Some(Value::Number(number)) = fields.get(name) { Some(*number) } else { None }
}

fn at(field: &str) -> FieldPath {
    vec![Step::Key(field.to_owned())]
}

/// A field of a row; the row itself where it has none of that name.
fn of_row(index: usize, field: &str) -> FieldPath {
    let row = down(&at("rows"), Step::Item(index));
    if field.is_empty() { row } else { down(&row, Step::Key(field.to_owned())) }
}
