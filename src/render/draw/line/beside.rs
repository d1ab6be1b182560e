//! The words beside lines: each series' last figure at its end, and its name wherever nothing goes through it.

use super::{super::text::width, Chart, LEADING, Point, Segment, Words, segments};
use crate::render::draw::rounded;

/// From a point to the middle of the words above or below it, in em.
const AWAY: f64 = 0.95;
/// From the baseline of words to their middle.
const BASELINE: f64 = 0.35;
/// Half the height that words take.
const HALF: f64 = 0.65;
/// A line within this of the middle of words seems to be the one that they name.
const NEAR: f64 = 2.2;

/// The words beside each series, and whether a legend has to tell the names: those of a chart with room for one
/// name only would make one series look named and the other forgotten. `plot` is the width of the plot in em on the
/// narrowest screen, `bottom` where it ends.
pub(super) fn words(
    chart: &Chart<'_>,
    points: &[Vec<Option<Point>>],
    plot: f64,
    bottom: f64,
) -> (Vec<Vec<Words>>, bool) {
    let lines: Vec<Segment> = points.iter().flat_map(|points| segments(points)).collect();
    let room = Room { lines, plot, bottom };
    let figures = figures(chart, points, &room);
    let mut taken: Vec<Placed> = figures.iter().flatten().cloned().collect();
    let mut names = Vec::new();
    for (series, own) in points.iter().enumerate().filter(|(_, points)| points.iter().any(Option::is_some)) {
        let name = chart.series(series);
        let free = |placed: &Placed| room.cost(placed, &taken) == 0;
        let other = points.iter().enumerate().filter(|(other, _)| *other != series);
        let other: Vec<Segment> = other.flat_map(|(_, points)| segments(points)).collect();
        let is_its_own = |placed: &Placed| other.iter().all(|line| !passes(placed, line, NEAR));
        // Between two lines a name could be that of either.
        let apart = room.along(name, own).find(|placed| free(placed) && is_its_own(placed));
        let placed = apart.or_else(|| room.along(name, own).find(free)).filter(|_| !name.is_empty());
        taken.extend(placed.clone());
        names.push(placed);
    }
    let all = names.iter().all(Option::is_some);
    let named = |(series, figure): (usize, Option<Placed>)| {
        let name = names.get(series).cloned().flatten().filter(|_| all);
        figure.into_iter().chain(name).map(Placed::words).collect()
    };
    let words = figures.into_iter().enumerate().map(named).collect();
    (words, !all && chart.series.len() > 1)
}

/// The last figure of each series, above or below its end: on the sides where the least is in their way.
fn figures(chart: &Chart<'_>, points: &[Vec<Option<Point>>], room: &Room) -> Vec<Option<Placed>> {
    let end = |series: usize, side: f64| {
        let value = |row: &super::super::Row| if series == 0 { Some(row.value) } else { row.second };
        let text = chart.figure(chart.rows.iter().rev().find_map(value)?);
        let last = points.get(series)?.iter().flatten().next_back()?;
        Some(room.placed(&text, *last, side))
    };
    let sides = [(-AWAY, AWAY), (-AWAY, -AWAY), (AWAY, -AWAY), (AWAY, AWAY)];
    let placed = sides.map(|(one, other)| vec![end(0, one), end(1, other)]);
    let cost = |placed: &Vec<Option<Placed>>| {
        let all: Vec<Placed> = placed.iter().flatten().cloned().collect();
        let each = all.iter().enumerate();
        each.map(|(index, words)| room.cost(words, all.get(index + 1..).unwrap_or_default())).sum::<usize>()
    };
    placed.into_iter().min_by_key(cost).unwrap_or_default()
}

/// What is in the plot.
struct Room {
    lines: Vec<Segment>,
    plot: f64,
    bottom: f64,
}

/// Words with the place that they take: from left to right in per cent, and their middle in em.
#[derive(Clone, Debug)]
struct Placed {
    text: String,
    x: f64,
    anchor: &'static str,
    left: f64,
    right: f64,
    middle: f64,
}

impl Placed {
    fn words(self) -> Words {
        let Self { text, x, anchor, middle, .. } = self;
        Words { x, y: rounded(middle + BASELINE), anchor, text }
    }
}

impl Room {
    /// Words beside a point, within the plot: at an edge they end or start at the point.
    fn placed(&self, text: &str, point: Point, side: f64) -> Placed {
        let wide = width(text) / self.plot * 100.0;
        let (anchor, left) = match point.x {
            x if x - wide / 2.0 < 0.0 => ("start", x),
            x if x + wide / 2.0 > 100.0 => ("end", x - wide),
            x => ("middle", x - wide / 2.0),
        };
        Placed { text: text.to_owned(), x: point.x, anchor, left, right: left + wide, middle: point.y + side }
    }

    /// The places beside a line that its name could have, those at its end first.
    fn along<'a>(&'a self, name: &'a str, points: &'a [Option<Point>]) -> impl Iterator<Item = Placed> + 'a {
        let points = points.iter().rev().flatten();
        points.flat_map(move |point| [-AWAY, AWAY].map(|side| self.placed(name, *point, side)))
    }

    /// How bad it is to have the words there: other words in their place are worse than lines.
    fn cost(&self, words: &Placed, others: &[Placed]) -> usize {
        const WORDS: usize = 1000;
        let meets = |other: &&Placed| {
            (words.middle - other.middle).abs() < LEADING
                && words.left < other.right + 2.0
                && other.left < words.right + 2.0
        };
        let outside =
            words.left < -0.1 || words.right > 100.1 || words.middle < HALF || words.middle + HALF > self.bottom;
        let crossed = self.lines.iter().filter(|line| passes(words, line, HALF)).count();
        (others.iter().filter(meets).count() + usize::from(outside)) * WORDS + crossed
    }
}

/// True where a line comes as near to the middle of the words as that: within half their height it goes through them.
fn passes(words: &Placed, line: &Segment, near: f64) -> bool {
    let (left, right) = (words.left.max(line.x1), words.right.min(line.x2));
    if left > right {
        return false;
    }
    let y = |x: f64| line.y1 + (line.y2 - line.y1) * (x - line.x1) / (line.x2 - line.x1);
    let (above, below) = (y(left).min(y(right)), y(left).max(y(right)));
    below > words.middle - near && above < words.middle + near
}
