//! The lines that a change touches, which faults are on them, and which were there before it.

use super::{
    Code, Diagnostic, Severity, SourceTexts,
    diff::{Hunk, hunks},
};
use crate::model::Position;
use std::{collections::BTreeMap, ops::RangeInclusive};

/// The lines that a change touches, by the path of their file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedLines(BTreeMap<String, Lines>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Lines {
    All,
    /// The lines, from 1.
    These(Vec<RangeInclusive<usize>>),
}

impl ChangedLines {
    /// What `git diff --unified=0` says, for paths from the folder in which the library is.
    pub fn of_diff(diff: &str) -> Self {
        let mut changed = Self::default();
        for Hunk { path, first, now } in hunks(diff) {
            // Where lines were taken out, the two that meet now are touched.
            let last = if now.is_empty() { first + 1 } else { first + now.len() - 1 };
            changed.touch(path.as_deref(), first..=last);
        }
        changed
    }

    fn touch(&mut self, file: Option<&str>, lines: RangeInclusive<usize>) {
        let Some(file) = file else { return };
        if let Lines::These(known) = self.0.entry(file.to_owned()).or_insert(Lines::These(Vec::new())) {
            known.push(lines);
        }
    }

    /// Takes all lines of a file for changed: it is new, or no text.
    pub fn add_whole(&mut self, path: impl Into<String>) {
        self.0.insert(path.into(), Lines::All);
    }

    /// The same of a file of which no line is known to be.
    pub fn add_unless_known(&mut self, path: impl Into<String>) {
        self.0.entry(path.into()).or_insert(Lines::All);
    }

    /// True for a fault on a line that the change touches. What concerns a page as a whole is on a line of it wherever
    /// the change is, and what concerns the library is on all.
    pub fn touches(&self, fault: &Diagnostic, texts: &dyn SourceTexts) -> bool {
        let Some(place) = &fault.place else { return true };
        let Some(text) = texts.text(&place.path) else { return self.0.contains_key(&place.path) };
        match self.0.get(&place.path) {
            None => false,
            Some(Lines::All) => true,
            Some(Lines::These(_)) if place.span.start == 0 => true,
            Some(Lines::These(touched)) => {
                let [first, last] = [place.span.start, place.span.end].map(|at| Position::of(text, at).line);
                touched.iter().any(|lines| *lines.start() <= last && first <= *lines.end())
            }
        }
    }
}

/// The faults that a library had before a change, wherever in their files they stood.
#[derive(Clone, Debug, Default)]
pub struct KnownFaults(BTreeMap<Known, usize>);

type Known = (Code, Severity, Option<String>, String);

impl KnownFaults {
    /// These.
    pub fn of(faults: &[Diagnostic]) -> Self {
        let mut known = Self::default();
        faults.iter().for_each(|fault| *known.0.entry(key(fault)).or_default() += 1);
        known
    }

    /// True for a fault that was there before. Each is known once, so of two alike where there was one, one is new.
    pub fn take(&mut self, fault: &Diagnostic) -> bool {
        match self.0.get_mut(&key(fault)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
}

fn key(fault: &Diagnostic) -> Known {
    (fault.code, fault.severity, fault.place.as_ref().map(|place| place.path.clone()), fault.message.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    const DIFF: &str = "\
diff --git content/a.md content/a.md
index 1..2 100644
--- content/a.md
+++ content/a.md
@@ -2 +2,2 @@ title
-old
+++ content/trap.md
+new
@@ -6,2 +6,0 @@
-x
-y
diff --git \"content/t\\305\\267 \\\"b\\\".md\" \"content/x.md\"
--- /dev/null
+++ \"content/t\\305\\267 \\\"b\\\".md\"\t
@@ -0,0 +1,3 @@
+a
+b
+c
\\ No newline at end of file
diff --git content/gone.md content/gone.md
--- content/gone.md
+++ /dev/null
@@ -1,2 +0,0 @@
-a
-b
diff --git content/end.md content/end.md
--- content/end.md
+++ content/end.md
@@ -9 +9 @@
-a
+b
";

    #[test]
    fn a_fault_is_on_a_changed_line_or_not() {
        let changed = ChangedLines::of_diff(DIFF);
        let text = (1..=20).map(|n| format!("{n}\n")).collect::<String>();
        let paths = ["content/a.md", "content/tŷ \"b\".md", "content/gone.md", "content/end.md", "content/trap.md"];
        let texts: BTreeMap<String, String> = paths.map(|path| (path.to_owned(), text.clone())).into();
        let touched = |path: &str| {
            let on = |line: &usize| {
                let at = Position { line: *line, column: 1 }.offset(&text);
                changed.touches(&Diagnostic::new(Code::BrokenLink, "…").at(path, Span::at(at)), &texts)
            };
            (2..=20).filter(on).collect::<Vec<_>>()
        };
        assert_eq!(paths.map(touched), [vec![2, 3, 6, 7], vec![2, 3], vec![], vec![9], vec![]]);
        let whole = |path: &str| Diagnostic::new(Code::MissingField, "…").at(path, Span::default());
        assert!(changed.touches(&whole("content/a.md"), &texts) && !changed.touches(&whole("content/b.md"), &texts));
        assert!(changed.touches(&Diagnostic::new(Code::OutputBusy, "…"), &texts));
    }
}
