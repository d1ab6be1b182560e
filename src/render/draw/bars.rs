//! Bars: one to a row, or two to compare. They always start at nought.

use super::{Chart, rounded};
use serde::Serialize;

/// A chart of bars.
#[derive(Debug, Serialize)]
pub(super) struct Bars {
    rows: Vec<BarRow>,
    /// Where nought is, in per cent of the width.
    zero: f64,
}

/// The bars of a row, under its label.
#[derive(Debug, Serialize)]
struct BarRow {
    label: String,
    bars: Vec<Bar>,
}

/// One bar: where it starts and how long it is, in per cent of the width.
#[derive(Debug, Serialize)]
struct Bar {
    /// The name of its series, where there are two.
    series: String,
    /// Its figure as the language writes it.
    figure: String,
    x: f64,
    width: f64,
}

/// Bars for a chart's rows; `paired` gives each row two.
pub(super) fn bars(chart: &Chart<'_>, paired: bool) -> Bars {
    let values = chart.rows.iter().flat_map(|row| [Some(row.value), row.second.filter(|_| paired)]).flatten();
    let (low, high) = values.fold((0f64, 0f64), |(low, high), value| (low.min(value), high.max(value)));
    let range = if high > low { high - low } else { 1.0 };
    let zero = -low / range * 100.0;
    let bar = |series: usize, value: f64| {
        let width = value.abs() / range * 100.0;
        Bar {
            series: if paired { chart.series(series).to_owned() } else { String::new() },
            figure: chart.figure(value),
            x: rounded(if value < 0.0 { zero - width } else { zero }),
            width: rounded(width),
        }
    };
    let row = |row: &super::Row| BarRow {
        label: row.label.clone(),
        bars: [Some(bar(0, row.value)), row.second.filter(|_| paired).map(|value| bar(1, value))]
            .into_iter()
            .flatten()
            .collect(),
    };
    Bars { rows: chart.rows.iter().map(row).collect(), zero: rounded(zero) }
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};
    use crate::render::i18n::messages;

    fn drawn(paired: bool, rows: &[(&str, f64, Option<f64>)]) -> (f64, Vec<(f64, f64)>) {
        let messages = messages("en", "{}");
        let bars = bars(&sample(&messages, &["One", "Two"], rows), paired);
        (bars.zero, bars.rows.iter().flat_map(|row| &row.bars).map(|bar| (bar.x, bar.width)).collect())
    }

    #[test]
    fn bars_are_as_long_as_their_figures() {
        assert_eq!(drawn(false, &[("a", 20.0, None), ("b", 80.0, None)]), (0.0, vec![(0.0, 25.0), (0.0, 100.0)]));
        let paired = drawn(true, &[("a", 13.0, Some(58.0)), ("b", 7.0, Some(29.0))]);
        assert_eq!(paired.1, [(0.0, 22.41), (0.0, 100.0), (0.0, 12.07), (0.0, 50.0)]);
    }

    #[test]
    fn what_is_below_nought_goes_to_the_left_of_it() {
        assert_eq!(drawn(false, &[("a", -10.0, None), ("b", 30.0, None)]), (25.0, vec![(0.0, 25.0), (25.0, 75.0)]));
        assert_eq!(drawn(false, &[("a", -5.0, None)]), (100.0, vec![(0.0, 100.0)]));
    }

    #[test]
    fn nothing_but_noughts_has_bars_of_no_length() {
        assert_eq!(drawn(false, &[("a", 0.0, None), ("b", 0.0, None)]), (0.0, vec![(0.0, 0.0), (0.0, 0.0)]));
    }

    #[test]
    fn huge_and_tiny_figures_stay_within_the_width() {
        for (x, width) in drawn(true, &[("a", 1e300, Some(-1e-300)), ("b", -1e300, Some(0.1))]).1 {
            assert!(x >= 0.0 && x + width <= 100.01 && width.is_finite(), "{x} {width}");
        }
    }
}
