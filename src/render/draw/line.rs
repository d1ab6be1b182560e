//! Lines: one or two series over the rows. Across is per cent of the plot, down is em.

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
    end: Option<End>,
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

/// The words at the end of a line: its last figure, and its name where there is room.
#[derive(Debug, Serialize)]
struct End {
    x: f64,
    y: f64,
    figure: String,
    name: String,
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
    let ends = ends(chart, &points, plot);
    let legend = ends.iter().flatten().any(|end| end.name.is_empty()) && chart.series.len() > 1;
    let series = points.iter().zip(ends).enumerate().filter(|(_, (points, _))| points.iter().any(Option::is_some));
    let series = series.map(|(index, (points, end))| Line {
        name: chart.series(index).to_owned(),
        segments: segments(points),
        points: marked(points),
        end,
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

/// The words at the end of each line, above or below it: where the fewest lines and words are in their way.
fn ends(chart: &Chart<'_>, points: &[Vec<Option<Point>>], plot: f64) -> Vec<Option<End>> {
    let last = |points: &Vec<Option<Point>>| points.iter().flatten().next_back().copied();
    let figures: Vec<Option<String>> = (0..points.len())
        .map(|series| {
            let value = |row: &super::Row| if series == 0 { Some(row.value) } else { row.second };
            chart.rows.iter().rev().find_map(value).map(|value| chart.figure(value))
        })
        .collect();
    let placed = |named: bool| {
        let boxes = |sides: [f64; 2]| {
            let words = points.iter().zip(&figures).zip(sides).enumerate();
            let words = words.map(|(series, ((points, figure), side))| {
                let (end, figure) = (last(points)?, figure.as_deref()?);
                let name = if named { chart.series(series) } else { "" };
                let wide = width(figure) + if name.is_empty() { 0.0 } else { width(name) + 1.0 };
                Some(Words { middle: end.y + side, wide: wide / plot * 100.0, right: end.x })
            });
            words.collect::<Vec<_>>()
        };
        let sides = [[-0.95, 0.95], [-0.95, -0.95], [0.95, -0.95], [0.95, 0.95]];
        let placed = sides.map(boxes);
        let cost = |words: &Vec<Option<Words>>| faults(words, points);
        placed.into_iter().min_by_key(cost).map(|words| (cost(&words), words)).unwrap_or_default()
    };
    let is_named = !chart.series.is_empty();
    let (with_names, names) = placed(is_named);
    let fits = is_named && with_names < OVERLAP;
    let words = if fits { names } else { placed(false).1 };
    let end = |(series, (words, figure)): (usize, (Option<Words>, &Option<String>))| {
        let words = words?;
        Some(End {
            x: words.right,
            y: rounded(words.middle + 0.35),
            figure: figure.clone()?,
            name: if fits { chart.series(series).to_owned() } else { String::new() },
        })
    };
    words.into_iter().zip(&figures).enumerate().map(end).collect()
}

/// Words beside the end of a line: their middle in em, how wide they are in per cent, and where they end.
#[derive(Clone, Copy, Debug)]
struct Words {
    middle: f64,
    wide: f64,
    right: f64,
}

/// What words on words cost; a line across words costs one.
const OVERLAP: usize = 100;

/// How bad it is to have the words there.
fn faults(words: &[Option<Words>], points: &[Vec<Option<Point>>]) -> usize {
    let placed: Vec<&Words> = words.iter().flatten().collect();
    let collide = match placed.as_slice() {
        [one, other] => (one.middle - other.middle).abs() < LEADING && (one.right - other.right).abs() < 100.0,
        _ => false,
    };
    let outside = placed.iter().filter(|words| words.wide > words.right).count();
    let crossed = placed
        .iter()
        .flat_map(|words| {
            points.iter().map(move |points| segments(points).iter().filter(|line| crosses(words, line)).count())
        })
        .sum::<usize>();
    usize::from(collide) * OVERLAP + outside * OVERLAP + crossed.min(OVERLAP - 1)
}

/// True where a line goes through the words.
fn crosses(words: &Words, line: &Segment) -> bool {
    let (left, right) = ((words.right - words.wide).max(line.x1), words.right.min(line.x2));
    if left >= right {
        return false;
    }
    let y = |x: f64| line.y1 + (line.y2 - line.y1) * (x - line.x1) / (line.x2 - line.x1);
    let (above, below) = (y(left).min(y(right)), y(left).max(y(right)));
    below > words.middle - 0.6 && above < words.middle + 0.6
}

/// As many labels as stand side by side on the narrowest screen, the first and the last among them.
fn labels(chart: &Chart<'_>, plot: f64, top: f64, x: &dyn Fn(usize) -> f64) -> Vec<Label> {
    let count = chart.rows.len();
    let widest = chart.rows.iter().map(|row| width(&row.label)).fold(0.0, f64::max);
    // The ones at the ends stand inside the plot and take half as much again as those between.
    let fitting = ((plot + GAP) / (widest * 1.25 + GAP)).floor().max(2.0) as usize;
    let stride = (1..=count.max(1)).find(|stride| {
        let even = (count.saturating_sub(1)).is_multiple_of(*stride);
        even && count.saturating_sub(1) / stride < fitting
    });
    let shown: Vec<usize> = (0..count).step_by(stride.unwrap_or(1)).collect();
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
            let ends: Vec<_> = lines.series.iter().filter_map(|line| line.end.as_ref()).collect();
            assert!((ends[0].y - ends[1].y).abs() >= LEADING, "{one} {other}: {ends:?}");
            assert!(ends.iter().all(|end| end.y > 0.5 && end.y < lines.floor + MARGIN), "{ends:?}");
            assert!(!lines.legend, "{one} {other}");
        }
    }

    #[test]
    fn names_without_room_go_to_a_legend() {
        let long = "A name that is much too long to stand beside a line";
        let lines = drawn(&[long, "B"], &[("a", 1.0, Some(2.0)), ("b", 1.0, Some(2.0))]);
        assert!(lines.legend);
        assert_eq!(lines.series[1].end.as_ref().unwrap().name, "");
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
