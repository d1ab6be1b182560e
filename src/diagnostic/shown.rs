//! The lines of a change that its host shows: those that came, and a few around them. A host takes remarks on no others.

use super::{
    diff::{Hunk, hunks},
    lines::Lines,
};
use std::{collections::BTreeMap, ops::RangeInclusive};

/// What is shown of each file, by its path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownLines(BTreeMap<String, Vec<Shown>>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    /// The number of the first line, from 1.
    first: usize,
    lines: Vec<String>,
}

impl ShownLines {
    /// What `git diff` says with as many lines around a change as the host shows. Of the paths, those below `folder`
    /// count, which is empty or ends in `/`, and they are taken from there.
    pub fn of_diff(diff: &str, folder: &str) -> Self {
        let mut shown = Self::default();
        for Hunk { path, first, now } in hunks(diff) {
            if let Some(path) = path.as_deref().and_then(|path| path.strip_prefix(folder)) {
                let lines = now.into_iter().map(str::to_owned).collect();
                shown.0.entry(path.to_owned()).or_default().push(Shown { first, lines });
            }
        }
        shown
    }

    /// True where these lines stand together in what is shown, and say what they say here: a file that was saved since,
    /// or whose lines end otherwise, has others under these numbers.
    pub(super) fn shows(&self, path: &str, numbers: RangeInclusive<usize>, text: &Lines) -> bool {
        let is_the_same = |shown: &Shown, number: usize| {
            let there = number.checked_sub(shown.first).and_then(|index| shown.lines.get(index));
            there.is_some_and(|line| line == text.line(number))
        };
        self.0.get(path).is_some_and(|all| all.iter().any(|one| numbers.clone().all(|number| is_the_same(one, number))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFF: &str = "\
--- lib/content/a.md
+++ lib/content/a.md
@@ -1,5 +1,5 @@ heading
 one
 two
-3
+three
 four
\x20
@@ -20,2 +20,3 @@
 twenty
+++ b
 twenty-two
--- other/content/a.md
+++ other/content/b.md
@@ -1 +1 @@
-a
+b
";

    #[test]
    fn lines_are_shown_where_the_very_same_stand_in_one_piece_of_the_diff() {
        let shown = ShownLines::of_diff(DIFF, "lib/");
        let text = |three: &str| {
            let lines = (1..=25).map(|number| match number {
                1 => "one\n",
                2 => "two\n",
                3 => three,
                4 => "four\n",
                20 => "twenty\n",
                21 => "++ b\n",
                22 => "twenty-two\n",
                _ => "\n",
            });
            lines.collect::<String>()
        };
        for (path, numbers, three, expected) in [
            ("content/a.md", 1..=5, "three\n", true),
            ("content/a.md", 3..=3, "three\n", true),
            ("content/a.md", 3..=3, "third\n", false),
            ("content/a.md", 4..=6, "three\n", false),
            ("content/a.md", 21..=22, "three\n", true),
            ("content/a.md", 23..=23, "three\n", false),
            ("content/b.md", 1..=1, "three\n", false),
        ] {
            let text = text(three);
            assert_eq!(shown.shows(path, numbers.clone(), &Lines::new(&text)), expected, "{path} {numbers:?} {three}");
        }
        let windows = ShownLines::of_diff("+++ a.md\n@@ -0,0 +1 @@\n+one\r\n", "");
        assert!(!windows.shows("a.md", 1..=1, &Lines::new("one\r\n")));
    }
}
