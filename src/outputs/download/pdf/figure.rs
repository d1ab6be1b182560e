//! Charts as values: the theme draws them.

use super::paper::Setter;
use crate::model::paper::{Figure, PaperChart, Spot};
use typst::foundations::{Array, Dict, IntoValue as _, Str, Value, dict};

/// What a theme needs to draw a chart.
pub(super) fn chart(setter: &Setter<'_>, chart: &PaperChart, spot: &Spot) -> Value {
    let text = |text: &str| Str::from(setter.glyphs.shown(text));
    let rows = chart.rows.iter().map(|row| {
        let value = dict! {
            "label" => text(&row.label),
            "value" => figure(setter, &row.value),
            "second" => row.second.as_ref().map_or(Value::None, |second| figure(setter, second).into_value()),
        };
        Value::Dict(value)
    });
    Value::Dict(dict! {
        "kind" => chart.kind.as_str(),
        "title" => text(&chart.title),
        "description" => text(&chart.description),
        "unit" => text(&chart.unit),
        "series" => chart.series.iter().map(|name| text(name).into_value()).collect::<Array>(),
        "out-of" => figure(setter, &chart.out_of),
        "rows" => rows.collect::<Array>(),
        "source" => setter.inlines(&chart.source, spot),
        "table" => setter.table(&chart.table, spot),
        "alt" => text(&alt(chart)),
    })
}

fn figure(setter: &Setter<'_>, figure: &Figure) -> Dict {
    dict! { "number" => figure.number, "text" => Str::from(setter.glyphs.shown(&figure.text)) }
}

/// A chart in words: what it shows, what stands out, and each figure.
fn alt(chart: &PaperChart) -> String {
    let sentence = |text: &str| match text.trim() {
        "" => String::new(),
        text if text.ends_with(['.', '!', '?']) => format!("{text} "),
        text => format!("{text}. "),
    };
    let rows = chart.rows.iter().map(|row| {
        let named = |name: Option<&String>, figure: &Figure| match name {
            Some(name) if !name.is_empty() => format!("{name} {}", figure.text),
            _ => figure.text.clone(),
        };
        let second = row.second.as_ref().map(|second| format!(", {}", named(chart.series.get(1), second)));
        format!("{}: {}{}", row.label, named(chart.series.first(), &row.value), second.unwrap_or_default())
    });
    let unit = if chart.unit.is_empty() { String::new() } else { format!(" ({})", chart.unit) };
    let rows: Vec<String> = rows.collect();
    format!("{}{}{}{unit}.", sentence(&chart.title), sentence(&chart.description), rows.join("; "))
}
