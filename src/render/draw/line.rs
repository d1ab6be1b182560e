//! Lines: one or two series over the rows. Across is per cent of the plot, down is em.

mod beside;

use super::{
    Chart, rounded,
    scale::Scale,
    text::{width, wrapped},
};
use serde::Serialize;

/// How high the plot is, in em.
const PLOT: f64 = 12.0;
/// Room above the highest mark, and below the lowest, for the words at the ends of lines.
const MARGIN: f64 = 1.75;
/// From one line of words to the next.
const LEADING: f64 = 1.3;
/// How wide a chart is at least: 280 px at 16 px to the em, a column on a screen of 320 px.
const NARROWEST: f64 = 17.5;
/// Room that the plot keeps beside the figures of the axis, whatever they are.
const PLOT_LEAST: f64 = 8.0;
/// Between one label below the plot and the next.
const GAP: f64 = 0.8;
/// More points than these are drawn without a mark at each.
const MARKED: usize = 16;

/// A chart of lines.
#[derive(Debug, Serialize)]
pub(super) struct Lines {
    /// The height of the whole drawing, and where the plot ends in it.
    height: f64,
    floor: f64,
    axis: Axis,
    series: Vec<Line>,
    labels: Vec<Label>,
    /// The names stand beside no line: a legend has to tell them.
    legend: bool,
}

/// The marks at the left.
#[derive(Debug, Serialize)]
struct Axis {
    /// How wide their figures are.
    width: f64,
    ticks: Vec<Tick>,
    /// The figure of the first tick, where that is not nought.
    starts: Option<String>,
}

#[derive(Debug, Serialize)]
struct Tick {
    y: f64,
    figure: String,
    is_zero: bool,
}

/// One series.
#[derive(Debug, Serialize)]
struct Line {
    name: String,
    segments: Vec<Segment>,
    points: Vec<Point>,
    /// Its last figure, and its name where there is room for it beside the line.
    words: Vec<Words>,
}

#[derive(Debug, Serialize)]
struct Segment {
    x1: f64,
    y1: f64,
    x2: f64,
    y2: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Point {
    x: f64,
    y: f64,
}

/// Words in the plot; `x` and `anchor` as those of a [`Label`].
#[derive(Debug, Serialize)]
struct Words {
    x: f64,
    y: f64,
    anchor: &'static str,
    text: String,
}

/// The label of a row below the plot.
#[derive(Debug, Serialize)]
struct Label {
    x: f64,
    /// Which part of the words stands at `x`: `start`, `middle` or `end`.
    anchor: &'static str,
    lines: Vec<LabelLine>,
}

#[derive(Debug, Serialize)]
struct LabelLine {
    y: f64,
    text: String,
}

/// Lines for a chart's rows.
pub(super) fn line(chart: &Chart<'_>) -> Lines {
    let scale = Scale::of(chart.rows.iter().flat_map(|row| [Some(row.value), row.second]).flatten());
    let floor = MARGIN + PLOT;
    let y = |value: f64| floor - scale.share(value) * PLOT;
    let last = chart.rows.len().saturating_sub(1).max(1) as f64;
    let x = |index: usize| index as f64 / last * 100.0;
    let axis = axis(chart, &scale, &y);
    let plot = (NARROWEST - axis.width).max(PLOT_LEAST);

    let points: Vec<Vec<Option<Point>>> = (0..2).map(|series| points(chart, series, &x, &y)).collect();
    let (words, legend) = beside::words(chart, &points, plot, floor + MARGIN);
    let series = points.iter().zip(words).enumerate().filter(|(_, (points, _))| points.iter().any(Option::is_some));
    let series = series.map(|(index, (points, words))| Line {
        name: chart.series(index).to_owned(),
        segments: segments(points),
        points: marked(points),
        words,
    });
    let labels = labels(chart, plot, floor + MARGIN, &x);
    let deepest = labels.iter().flat_map(|label| &label.lines).map(|line| line.y).fold(floor + MARGIN, f64::max);
    Lines { height: rounded(deepest + 0.5), floor: rounded(floor), axis, series: series.collect(), labels, legend }
}

fn axis(chart: &Chart<'_>, scale: &Scale, y: &dyn Fn(f64) -> f64) -> Axis {
    let figure = |value: f64| chart.messages.figure_of(value, scale.decimals);
    let ticks: Vec<Tick> = scale
        .ticks
        .iter()
        .map(|tick| Tick { y: rounded(y(*tick)), figure: figure(*tick), is_zero: *tick == 0.0 })
        .collect();
    let widest = ticks.iter().map(|tick| width(&tick.figure)).fold(0.0, f64::max);
    let starts = (scale.low() != 0.0).then(|| figure(scale.low()));
    Axis { width: rounded(widest + 0.6), ticks, starts }
}

fn points(chart: &Chart<'_>, series: usize, x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) -> Vec<Option<Point>> {
    let value = |row: &super::Row| if series == 0 { Some(row.value) } else { row.second };
    let point = |(index, row)| value(row).map(|value| Point { x: rounded(x(index)), y: rounded(y(value)) });
    chart.rows.iter().enumerate().map(point).collect()
}

/// From each point to the next; a row without a figure leaves a gap.
fn segments(points: &[Option<Point>]) -> Vec<Segment> {
    let pairs = points.windows(2).filter_map(|pair| Some((pair.first().copied()??, pair.last().copied()??)));
    pairs.map(|(from, to)| Segment { x1: from.x, y1: from.y, x2: to.x, y2: to.y }).collect()
}

/// The points to mark: all of a few; of many, the ends, and those that no line leads to.
fn marked(points: &[Option<Point>]) -> Vec<Point> {
    let known: Vec<usize> = (0..points.len()).filter(|index| at(points, *index).is_some()).collect();
    let ends = [known.first(), known.last()];
    let is_alone = |index: usize| {
        let before = index.checked_sub(1).and_then(|before| at(points, before));
        before.is_none() && at(points, index + 1).is_none()
    };
    let wanted = |index: &usize| known.len() <= MARKED || ends.contains(&Some(index)) || is_alone(*index);
    known.iter().filter(|index| wanted(index)).filter_map(|index| at(points, *index)).collect()
}

fn at(points: &[Option<Point>], index: usize) -> Option<Point> {
    points.get(index).copied().flatten()
}

/// As many labels as stand side by side on the narrowest screen, the first and the last among them.
fn labels(chart: &Chart<'_>, plot: f64, top: f64, x: &dyn Fn(usize) -> f64) -> Vec<Label> {
    let count = chart.rows.len();
    let widest = chart.rows.iter().map(|row| width(&row.label)).fold(0.0, f64::max);
    // A label at an end stands inside the plot: it takes half as much again on one side.
    let last = count.saturating_sub(1);
    let stride = ((widest * 1.5 + GAP) * last as f64 / plot).ceil().max(1.0) as usize;
    let mut shown: Vec<usize> =
        (0..count).step_by(stride).filter(|index| *index == 0 && last > 0 || index + stride <= last).collect();
    shown.extend(count.checked_sub(1));
    let limit = if shown.len() > 2 { f64::MAX } else { (plot - GAP) / 2.0 };
    let label = |index: &usize| {
        let text = &chart.rows.get(*index)?.label;
        let anchor = match index {
            0 => "start",
            index if index + 1 == count => "end",
            _ => "middle",
        };
        let lines = wrapped(text, limit).into_iter().enumerate();
        let lines = lines.map(|(line, text)| LabelLine { y: rounded(top + line as f64 * LEADING), text });
        Some(Label { x: rounded(x(*index)), anchor, lines: lines.collect() })
    };
    shown.iter().filter_map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};
    use crate::render::i18n::messages;

    type Rows<'a> = &'a [(&'a str, f64, Option<f64>)];

    fn drawn(series: &[&str], rows: Rows<'_>) -> Lines {
        let messages = messages("en", "number.thousands: ','");
        line(&sample(&messages, series, rows))
    }

    /// So many years in a row, with what makes a figure of each.
    fn years(count: usize, figure: impl Fn(usize) -> (f64, Option<f64>)) -> Vec<(String, f64, Option<f64>)> {
        (0..count).map(|year| ((2000 + year).to_string(), figure(year).0, figure(year).1)).collect()
    }

    fn borrowed(rows: &[(String, f64, Option<f64>)]) -> Vec<(&str, f64, Option<f64>)> {
        rows.iter().map(|(label, value, second)| (label.as_str(), *value, *second)).collect()
    }

    #[test]
    fn a_line_goes_from_figure_to_figure() {
        let lines = drawn(&[], &[("2009", 0.0, None), ("2010", 20.0, None), ("2011", 10.0, None)]);
        let segments: Vec<_> = lines.series[0].segments.iter().map(|s| (s.x1, s.y1, s.x2, s.y2)).collect();
        assert_eq!(segments, [(0.0, 13.75, 50.0, 1.75), (50.0, 1.75, 100.0, 7.75)]);
        assert_eq!(lines.axis.starts, None);
        assert_eq!(lines.series.len(), 1);
    }

    #[test]
    fn a_scale_that_does_not_start_at_nought_says_so() {
        let lines = drawn(&[], &[("a", 9800.0, None), ("b", 9900.0, None)]);
        assert_eq!(lines.axis.starts.as_deref(), Some("9,800"));
    }

    #[test]
    fn labels_are_thinned_to_what_fits_on_the_narrowest_screen() {
        let rows = years(60, |year| (year as f64, None));
        let lines = drawn(&[], &borrowed(&rows));
        assert!(lines.labels.len() >= 2 && lines.labels.len() < 7, "{}", lines.labels.len());
        assert_eq!(lines.labels.last().unwrap().lines[0].text, "2059");
        assert_eq!(lines.labels[0].anchor, "start");
    }

    #[test]
    fn long_labels_stand_at_the_ends_in_lines() {
        let long = "word ".repeat(40);
        let lines = drawn(&[], &[(&long, 1.0, None), ("b", 2.0, None), (&long, 3.0, None)]);
        assert_eq!(lines.labels.len(), 2);
        assert!(lines.labels[0].lines.len() > 5);
        let deepest = lines.labels[0].lines.last().unwrap().y;
        assert!(lines.height > deepest);
    }

    #[test]
    fn the_names_of_two_lines_keep_apart() {
        for (one, other) in [(10.0, 10.0), (10.0, 11.0), (11.0, 10.0), (0.0, 40.0), (40.0, 0.0)] {
            let rows = years(5, |year| (one + year as f64, Some(other + year as f64)));
            let lines = drawn(&["Children in care", "All children"], &borrowed(&rows));
            let words: Vec<&Words> = lines.series.iter().flat_map(|line| &line.words).collect();
            let ends: Vec<_> = words.iter().filter(|words| words.x == 100.0 && words.anchor == "end").collect();
            assert!((ends[0].y - ends[1].y).abs() >= LEADING, "{one} {other}: {words:?}");
            assert!(words.iter().all(|words| words.y > 0.5 && words.y < lines.floor + MARGIN), "{words:?}");
        }
    }

    #[test]
    fn names_without_room_go_to_a_legend() {
        let long = "A name that is much too long to stand beside a line";
        let lines = drawn(&[long, "B"], &[("a", 1.0, Some(2.0)), ("b", 1.0, Some(2.0))]);
        assert!(lines.legend);
        let said: Vec<_> = lines.series.iter().flat_map(|line| &line.words).map(|words| words.text.as_str()).collect();
        assert_eq!(said, ["1", "2"]);
    }

    #[test]
    fn a_name_stands_where_no_line_goes_through_it() {
        let rows = years(5, |year| (30.0 - 2.0 * year as f64, Some(10.0 + 3.0 * year as f64)));
        let lines = drawn(&["Children in care", "All children"], &borrowed(&rows));
        let name = |series: usize| lines.series[series].words.iter().find(|words| words.text.contains('n')).unwrap();
        assert!(!lines.legend);
        // Both stand outside the two lines that run together: above the upper, below the lower.
        let beside =
            |series: usize| lines.series[series].points.iter().find(|point| point.x == name(series).x).unwrap().y;
        assert!(name(0).y < beside(0) && name(1).y > beside(1), "{lines:?}");
    }

    #[test]
    fn a_missing_figure_leaves_a_gap() {
        let lines = drawn(
            &["A", "B"],
            &[("a", 1.0, Some(2.0)), ("b", 1.0, None), ("c", 1.0, Some(2.0)), ("d", 1.0, Some(2.0))],
        );
        assert_eq!(lines.series[1].segments.len(), 1);
        assert_eq!(lines.series[1].points.len(), 3);
    }

    #[test]
    fn positions_are_numbers_whatever_the_figures_are() {
        for figure in [0.0, -1e12, 1e12, 1e-9] {
            let lines = drawn(&[], &[("a", figure, None), ("b", figure, None)]);
            let points: Vec<_> = lines.series[0].points.iter().map(|point| point.y).collect();
            assert!(points.iter().all(|y| (0.0..=20.0).contains(y)), "{figure}: {points:?}");
        }
    }
}
