//! A chart with its figures.

use super::Scribe;
use crate::{
    model::{
        Fields, Value,
        paper::{Alignment, ChartRow, Figure, Inline, PaperChart, Table},
    },
    render::dates,
};

/// Of how many parts a waffle is where it does not say.
const PARTS: f64 = 100.0;

impl Scribe<'_, '_> {
    /// The chart of a component's fields; `None` where they make none.
    pub(super) fn chart(&self, kind: &str, fields: &Fields) -> Option<PaperChart> {
        let Value::Many(items) = fields.get("rows")? else { return None };
        let row = |item: &Value| {
            let Value::Group(row) = item else { return None };
            let label = text(row, "label");
            Some(ChartRow { label, value: self.figure(row, "value")?, second: self.figure(row, "second") })
        };
        let rows: Vec<ChartRow> = items.iter().filter_map(row).collect();
        let series: Vec<String> = match fields.get("series") {
            Some(Value::Many(names)) => names.iter().filter_map(words).collect(),
            _ => Vec::new(),
        };
        let unit = text(fields, "unit");
        let out_of = self.figure(fields, "out_of").unwrap_or_else(|| self.of_number(PARTS));
        let table = self.figures(&rows, &series, &unit);
        let source = self.source(fields);
        let (title, description) = (text(fields, "title"), text(fields, "description"));
        Some(PaperChart { kind: kind.to_owned(), title, description, unit, series, out_of, rows, source, table })
    }

    fn figure(&self, fields: &Fields, name: &str) -> Option<Figure> {
        match fields.get(name) {
            Some(Value::Number(number)) => Some(self.of_number(*number)),
            _ => None,
        }
    }

    fn of_number(&self, number: f64) -> Figure {
        Figure { number, text: self.locale.messages().figure(number) }
    }

    /// The figures as a table.
    fn figures(&self, rows: &[ChartRow], series: &[String], unit: &str) -> Table {
        let second = rows.iter().any(|row| row.second.is_some());
        let named = |place: usize| series.get(place).cloned();
        let first = named(0).or_else(|| Some(unit.to_owned()).filter(|unit| !unit.is_empty()));
        let first = first.unwrap_or_else(|| self.tell("chart.figure", &[]));
        let cell = |text: &str| vec![Inline::Text(text.to_owned())];
        let mut header = vec![Vec::new(), cell(&first)];
        header.extend(second.then(|| cell(&named(1).unwrap_or_default())));
        let of_row = |row: &ChartRow| {
            let mut cells = vec![cell(&row.label), cell(&row.value.text)];
            let none = || self.tell("chart.none", &[]);
            let other = row.second.as_ref().map_or_else(none, |figure| figure.text.clone());
            cells.extend(second.then(|| cell(&other)));
            cells
        };
        let alignments = (0..header.len()).map(|place| if place == 0 { Alignment::Start } else { Alignment::End });
        Table { alignments: alignments.collect(), header, rows: rows.iter().map(of_row).collect() }
    }

    /// Of when the figures are and where they come from.
    fn source(&self, fields: &Fields) -> Vec<Inline> {
        let mut line = String::new();
        if let Some(Value::Date(date)) = fields.get("as_of") {
            line = format!("{} {}. ", self.tell("chart.as_of", &[]), dates::words(*date, self.locale.messages()));
        }
        let source = text(fields, "source");
        if !source.is_empty() {
            line.push_str(&self.tell("chart.source", &[("name", &source)]));
        }
        vec![Inline::Text(line.trim_end().to_owned())]
    }
}

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).and_then(words).unwrap_or_default()
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}
