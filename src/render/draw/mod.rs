//! Drawings: the geometry of charts and of maps of hexagons. Templates write it as SVG; nothing here is markup.
//!
//! A chart is as wide as its column and its text keeps its size: positions across are per cent of the width, and
//! positions down are em. A map has no text to speak of and is drawn in units of its own.

mod bars;
mod hexagons;
mod line;
mod scale;
mod text;
mod waffle;

pub(super) use hexagons::Maps;

use super::{i18n::Messages, noted::Noted};
use crate::model::Read;
use std::sync::Arc;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value, value::Key};

/// One row of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    label: String,
    value: f64,
    second: Option<f64>,
}

/// What a chart is drawn from.
#[derive(Debug)]
pub(super) struct Chart<'a> {
    rows: Vec<Row>,
    /// The names of its series; the first may be missing.
    series: Vec<String>,
    messages: &'a Messages,
}

impl Chart<'_> {
    fn figure(&self, number: f64) -> String {
        self.messages.figure(number)
    }

    fn series(&self, index: usize) -> &str {
        self.series.get(index).map_or("", String::as_str)
    }
}

/// Gives templates the functions `chart`, `hexagons`, `hexagon_map` and `hexagon`, and the filter `figure`.
pub(super) fn register(tera: &mut Tera, messages: &Arc<Messages>, maps: &Arc<Maps>, noted: &Arc<Noted>) {
    let bound = messages.clone();
    tera.register_function("chart", move |arguments: Kwargs, _: &State| chart(&arguments, &bound));
    let (bound, reads) = (maps.clone(), noted.clone());
    tera.register_function("hexagons", move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        reads.reads(Read::Fronts);
        Ok(bound.whole(arguments.must_get::<&str>("register")?))
    });
    let bound = maps.clone();
    tera.register_function("hexagon_map", move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        Ok(bound.bare(arguments.must_get::<&str>("register")?))
    });
    let (bound, reads) = (maps.clone(), noted.clone());
    tera.register_function("hexagon", move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let (register, id) = (arguments.must_get::<&str>("register")?, arguments.must_get::<&str>("id")?);
        reads.reads(Read::cell(register, id));
        Ok(bound.one(register, id))
    });
    let bound = messages.clone();
    tera.register_filter("figure", move |number: f64, _: Kwargs, _: &State| bound.figure(number));
}

/// `chart(type="bar", rows=c.rows, series=c.series, out_of=c.out_of)`: the geometry of a chart.
fn chart(arguments: &Kwargs, messages: &Messages) -> TeraResult<Value> {
    let kind = arguments.must_get::<&str>("type")?;
    let rows = arguments.must_get::<&[Value]>("rows")?;
    let series = arguments.get::<Vec<String>>("series")?.unwrap_or_default();
    let chart = Chart { rows: rows.iter().filter_map(row).collect(), series, messages };
    match kind {
        "bar" => Ok(Value::from_serializable(&bars::bars(&chart, false))),
        "paired" => Ok(Value::from_serializable(&bars::bars(&chart, true))),
        "line" => Ok(Value::from_serializable(&line::line(&chart))),
        "waffle" => {
            let parts = arguments.get::<f64>("out_of")?.unwrap_or(waffle::PARTS);
            Ok(Value::from_serializable(&waffle::waffle(&chart, parts)))
        }
        other => Err(Error::message(format!("There is no chart of the type `{other}`"))),
    }
}

fn row(value: &Value) -> Option<Row> {
    let fields = value.as_map()?;
    let number = |name: &'static str| fields.get(&Key::Str(name))?.as_f64();
    let label = fields.get(&Key::Str("label"))?;
    let label = label.as_str().map_or_else(|| label.to_string(), str::to_owned);
    Some(Row { label, value: number("value")?, second: number("second") })
}

/// A position as it is written: two decimals are a hundredth of a per cent.
fn rounded(number: f64) -> f64 {
    let rounded = (number * 100.0).round() / 100.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
fn sample<'a>(messages: &'a Messages, series: &[&str], rows: &[(&str, f64, Option<f64>)]) -> Chart<'a> {
    let row = |(label, value, second): &(&str, f64, Option<f64>)| Row {
        label: (*label).to_owned(),
        value: *value,
        second: *second,
    };
    Chart {
        rows: rows.iter().map(row).collect(),
        series: series.iter().map(|name| (*name).to_owned()).collect(),
        messages,
    }
}
