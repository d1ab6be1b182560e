//! What a program can mend, as lines of a page that give way to others: what a host offers to take over at a button.

use super::{Diagnostic, Edit, ShownLines, SourceTexts, edited, lines::Lines, together};
use crate::model::Span;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

/// Over more lines than these nobody sees what a suggestion changes.
const MOST_LINES: usize = 30;

/// Whole lines of a file that give way to others, and the faults that this mends.
pub(super) struct Suggestion<'a> {
    pub(super) path: &'a str,
    /// The lines that go, from 1.
    pub(super) numbers: RangeInclusive<usize>,
    /// What they say.
    pub(super) before: &'a str,
    /// The lines that come, each with its line feed; empty where none do.
    pub(super) now: String,
    pub(super) faults: Vec<&'a Diagnostic>,
}

/// A suggestion for what can be mended on lines that are shown. Fixes that have a line in common are one, as the second
/// could not be taken over once the first was; of fixes that can't both be made the first counts.
pub(super) fn suggestions<'a>(
    faults: &'a [Diagnostic],
    texts: &'a dyn SourceTexts,
    shown: &ShownLines,
) -> Vec<Suggestion<'a>> {
    let files = Files::of(faults, texts);
    let fits = |piece: &Piece| files.get(piece.path).is_some_and(|file| piece.fits(file, shown));
    let of_one = |fault: &'a Diagnostic| Piece::of(fault, &files).filter(fits);
    let (mended, _) = together(faults.iter().filter(|fault| of_one(fault).is_some()), |_| true);
    let mut pieces: Vec<Piece> = mended.into_iter().filter_map(of_one).collect();
    pieces.sort_by_key(|piece| (piece.path, *piece.numbers.start()));
    let joined = pieces.into_iter().fold(Vec::<Piece>::new(), |mut joined, piece| {
        match joined.last_mut() {
            Some(last) if last.meets(&piece) => last.join(piece),
            _ => joined.push(piece),
        }
        joined
    });
    joined.into_iter().filter(fits).filter_map(|piece| piece.suggestion(&files)).collect()
}

/// The files that fixes are for.
struct Files<'a>(BTreeMap<&'a str, File<'a>>);

struct File<'a> {
    text: &'a str,
    lines: Lines<'a>,
}

impl<'a> Files<'a> {
    fn of(faults: &'a [Diagnostic], texts: &'a dyn SourceTexts) -> Self {
        let edits = faults.iter().filter_map(|fault| fault.fix.as_ref()).flat_map(|fix| &fix.edits);
        let file = |edit: &'a Edit| {
            let text = texts.text(&edit.path)?;
            Some((edit.path.as_str(), File { text, lines: Lines::new(text) }))
        };
        Self(edits.filter_map(file).collect())
    }

    fn get(&self, path: &str) -> Option<&File<'a>> {
        self.0.get(path)
    }
}

/// The lines that the fixes of a fault, or of several, change.
struct Piece<'a> {
    path: &'a str,
    numbers: RangeInclusive<usize>,
    faults: Vec<&'a Diagnostic>,
}

impl<'a> Piece<'a> {
    /// Nothing where a fault has no fix, or one in several files.
    fn of(fault: &'a Diagnostic, files: &Files<'a>) -> Option<Self> {
        let edits = &fault.fix.as_ref()?.edits;
        let path = edits.first().map(|edit| edit.path.as_str())?;
        let lines = &files.get(path)?.lines;
        let first = edits.iter().map(|edit| lines.position(edit.span.start).line).min()?;
        let last = edits.iter().map(|edit| last_line(lines, edit.span)).max()?;
        let is_one_file = edits.iter().all(|edit| edit.path == path);
        is_one_file.then(|| Self { path, numbers: first..=last, faults: vec![fault] })
    }

    fn fits(&self, file: &File, shown: &ShownLines) -> bool {
        self.numbers.clone().count() <= MOST_LINES && shown.shows(self.path, self.numbers.clone(), &file.lines)
    }

    /// True where another one, which does not begin before this one, has a line of it.
    fn meets(&self, other: &Self) -> bool {
        self.path == other.path && other.numbers.start() <= self.numbers.end()
    }

    fn join(&mut self, other: Self) {
        self.numbers = *self.numbers.start()..=*self.numbers.end().max(other.numbers.end());
        self.faults.extend(other.faults);
    }

    /// Nothing where the lines would run into the next, or have something in them that nobody sees.
    fn suggestion(self, files: &Files<'a>) -> Option<Suggestion<'a>> {
        let File { text, lines } = files.get(self.path)?;
        let (start, end) = (lines.start(*self.numbers.start()), lines.start(*self.numbers.end() + 1));
        let before = text.get(start..end)?;
        let edits: BTreeSet<&Edit> =
            self.faults.iter().filter_map(|fault| fault.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
        let moved = |edit: &Edit| {
            let span = Span::new(edit.span.start - start, edit.span.end - start);
            Edit { path: edit.path.clone(), span, text: edit.text.clone() }
        };
        let mut now = edited(before, &edits.into_iter().map(moved).collect::<Vec<_>>());
        if !now.is_empty() && !now.ends_with('\n') {
            if before.ends_with('\n') {
                return None;
            }
            now.push('\n');
        }
        let is_seen = !now.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
        (now != before && is_seen).then_some(Suggestion {
            path: self.path,
            numbers: self.numbers,
            before,
            now,
            faults: self.faults,
        })
    }
}

/// The last line that a span has a byte of; the line of a place.
fn last_line(lines: &Lines, span: Span) -> usize {
    let end = lines.position(span.end);
    if end.column == 1 && span.end > span.start { end.line - 1 } else { end.line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Fix};

    /// The lines of a file, all of them shown, that give way to others: the first, the last, and what comes.
    fn told(text: &str, fixes: &[&[(usize, usize, &str)]]) -> Vec<(usize, usize, String, usize)> {
        let fault = |edits: &&[(usize, usize, &str)]| {
            let edit = |(start, end, text): &(usize, usize, &str)| Edit {
                path: "a.md".to_owned(),
                span: Span::new(*start, *end),
                text: (*text).to_owned(),
            };
            let fix = Fix { title: "…".to_owned(), edits: edits.iter().map(edit).collect() };
            Diagnostic::new(Code::TermVariant, "…").fix(fix)
        };
        let faults: Vec<Diagnostic> = fixes.iter().map(fault).collect();
        let texts = BTreeMap::from([("a.md".to_owned(), text.to_owned())]);
        let count = text.lines().count();
        let diff = format!("+++ a.md\n@@ -0,0 +1,{count} @@\n+{}", text.trim_end_matches('\n').replace('\n', "\n+"));
        let found = suggestions(&faults, &texts, &ShownLines::of_diff(&diff, ""));
        found.into_iter().map(|one| (*one.numbers.start(), *one.numbers.end(), one.now, one.faults.len())).collect()
    }

    #[test]
    fn whole_lines_give_way_to_others() {
        let text = "one\ntwo\nthree\nfour";
        let line = |first: usize, last: usize, now: &str, faults| vec![(first, last, now.to_owned(), faults)];
        for (what, fixes, expected) in [
            ("a word", &[&[(4, 7, "TWO")][..]][..], line(2, 2, "TWO\n", 1)),
            ("two words of a line", &[&[(0, 1, "O")], &[(2, 3, "E")]], line(1, 1, "OnE\n", 2)),
            ("two faults with one fix", &[&[(0, 1, "O")], &[(0, 1, "O")]], line(1, 1, "One\n", 2)),
            ("what can't be done together", &[&[(0, 2, "O")], &[(1, 3, "E")]], line(1, 1, "Oe\n", 1)),
            ("a line goes", &[&[(4, 8, "")]], line(2, 2, "", 1)),
            ("a line becomes empty", &[&[(4, 7, "")]], line(2, 2, "\n", 1)),
            ("a line comes", &[&[(4, 4, "new\n")]], line(2, 2, "new\ntwo\n", 1)),
            (
                "a fix of several lines",
                &[&[(0, 1, "O"), (8, 9, "T")], &[(4, 5, "t\u{308}")]],
                line(1, 3, "One\nt\u{308}wo\nThree\n", 2),
            ),
            ("the last line, which nothing ends", &[&[(14, 18, "4")]], line(4, 4, "4\n", 1)),
            ("lines that would run together", &[&[(3, 4, " ")]], vec![]),
            ("what nobody sees", &[&[(0, 1, "\u{7}")]], vec![]),
            ("nothing new", &[&[(0, 3, "one")]], vec![]),
        ] {
            assert_eq!(told(text, fixes), expected, "{what}");
        }
        let two = told(text, &[&[(8, 9, "T")], &[(4, 5, "T")]]);
        assert_eq!(two.iter().map(|one| one.0).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn what_is_too_long_or_in_several_files_is_left_to_the_program() {
        let text = "line\n".repeat(40);
        let last = |line: usize| (line - 1) * 5;
        assert_eq!(told(&text, &[&[(0, 1, "L"), (last(30), last(30) + 1, "L")]]).len(), 1);
        assert_eq!(told(&text, &[&[(0, 1, "L"), (last(31), last(31) + 1, "L")]]).len(), 0);
        let (one, other) = (
            [(0, 1, "L"), (last(20), last(20) + 1, "L")],
            [(last(19), last(19) + 1, "L"), (last(38), last(38) + 1, "L")],
        );
        assert_eq!(
            [told(&text, &[&one]).len(), told(&text, &[&other]).len(), told(&text, &[&one, &other]).len()],
            [1, 1, 0]
        );
        let edit = |path: &str| Edit { path: path.to_owned(), span: Span::new(0, 1), text: "L".to_owned() };
        let fix = Fix { title: "…".to_owned(), edits: vec![edit("a.md"), edit("b.md")] };
        let fault = [Diagnostic::new(Code::TermVariant, "…").fix(fix)];
        let texts = BTreeMap::from(["a.md", "b.md"].map(|path| (path.to_owned(), "l\n".to_owned())));
        let shown = ShownLines::of_diff("+++ a.md\n@@ -0,0 +1 @@\n+l\n+++ b.md\n@@ -0,0 +1 @@\n+l\n", "");
        assert!(suggestions(&fault, &texts, &shown).is_empty());
    }
}
