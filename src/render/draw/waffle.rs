//! A waffle: 13 in 100, as squares to count.

use super::Chart;
use serde::Serialize;
use std::fmt::Write as _;

/// How many parts there are where nothing else is said.
pub(super) const PARTS: f64 = 100.0;

/// The most squares of one waffle; with more parts, a square stands for several.
const MOST: f64 = 100.0;

/// How many squares stand in a line.
const ACROSS: usize = 10;

/// A square takes 10 units each way; this much of it is drawn.
const SIDE: f64 = 8.0;

/// A waffle to each row.
#[derive(Debug, Serialize)]
pub(super) struct Waffles {
    rows: Vec<Waffle>,
    /// How many there are in all, as the language writes it.
    out_of: String,
    /// How many of them a square stands for, where that is not one.
    each: Option<String>,
    /// The size of the drawing, in units.
    width: usize,
    height: usize,
}

/// The squares of a row, as paths.
#[derive(Debug, Serialize)]
struct Waffle {
    label: String,
    figure: String,
    filled: String,
    empty: String,
}

/// Waffles for a chart's rows, each of so many parts.
pub(super) fn waffle(chart: &Chart<'_>, parts: f64) -> Waffles {
    let squares = parts.clamp(1.0, MOST).ceil();
    let count = squares as usize;
    let row = |row: &super::Row| {
        let filled = (row.value / parts * squares).clamp(0.0, squares);
        Waffle {
            label: row.label.clone(),
            figure: chart.figure(row.value),
            filled: path(0..filled.ceil() as usize, filled),
            empty: path(0..count, squares),
        }
    };
    Waffles {
        rows: chart.rows.iter().map(row).collect(),
        out_of: chart.figure(parts),
        each: (parts > MOST).then(|| chart.figure(parts / MOST)),
        width: count.min(ACROSS) * 10,
        height: count.div_ceil(ACROSS) * 10,
    }
}

/// Squares from the top left on; the last is as wide as the part of it that is filled.
fn path(squares: std::ops::Range<usize>, filled: f64) -> String {
    let mut path = String::new();
    for square in squares {
        let (x, y) = (square % ACROSS * 10 + 1, square / ACROSS * 10 + 1);
        let width = super::rounded((filled - square as f64).min(1.0) * SIDE);
        let _ = write!(path, "M{x} {y}h{width}v{SIDE}h-{width}z");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};
    use crate::render::i18n::messages;

    fn drawn(value: f64, parts: f64) -> Waffles {
        let messages = messages("en", "number.thousands: ','");
        waffle(&sample(&messages, &[], &[("a", value, None)]), parts)
    }

    fn squares(path: &str) -> usize {
        path.matches('M').count()
    }

    #[test]
    fn as_many_squares_are_filled_as_the_figure_says() {
        let waffles = drawn(13.0, 100.0);
        assert_eq!((squares(&waffles.rows[0].filled), squares(&waffles.rows[0].empty)), (13, 100));
        assert_eq!((waffles.width, waffles.height, waffles.each), (100, 100, None));
        assert_eq!(squares(&drawn(0.0, 100.0).rows[0].filled), 0);
        assert_eq!(squares(&drawn(100.0, 100.0).rows[0].filled), 100);
    }

    #[test]
    fn a_part_of_one_is_a_part_of_a_square() {
        assert!(drawn(31.6, 100.0).rows[0].filled.ends_with("M11 31h4.8v8h-4.8z"));
    }

    #[test]
    fn few_parts_have_few_squares_and_many_share_them() {
        let few = drawn(3.0, 7.0);
        assert_eq!((squares(&few.rows[0].empty), few.width, few.height), (7, 70, 10));
        let many = drawn(2500.0, 10_000.0);
        assert_eq!((squares(&many.rows[0].filled), many.each.as_deref()), (25, Some("100")));
        assert_eq!(many.out_of, "10,000");
    }
}
