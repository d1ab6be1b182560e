//! The lines that a change touches, which faults are on them, and which were there before it.

use super::{Code, Diagnostic, Severity, SourceTexts};
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
        let mut file: Option<String> = None;
        let mut lines = diff.lines();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_prefix("+++ ") {
                file = Some(name.trim_end_matches('\t')).filter(|name| *name != "/dev/null").map(unquoted);
            } else if let Some((removed, start, added)) = line.strip_prefix("@@ -").and_then(hunk) {
                // A line of the text may itself begin like a header.
                for _ in 0..removed + added {
                    lines.next();
                }
                // Where lines were taken out, the two that meet now are touched.
                let last = if added == 0 { start + 1 } else { start + added - 1 };
                let touched = start..=last;
                changed.touch(file.as_deref(), touched);
            }
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

/// How many lines went, and the first and the number of those that came, of `12,3 +14,2 @@`.
fn hunk(header: &str) -> Option<(usize, usize, usize)> {
    let mut sides = header.split(" @@").next()?.split(" +");
    let side = |side: &str| {
        let (start, count) = side.split_once(',').unwrap_or((side, "1"));
        Some((start.parse::<usize>().ok()?, count.parse::<usize>().ok()?))
    };
    let (_, removed) = side(sides.next()?)?;
    let (start, added) = side(sides.next()?)?;
    Some((removed, start, added))
}

/// A name as git writes it: where it has a quotation mark or a character that is no ASCII, in quotation marks and with
/// each such byte in octal.
fn unquoted(name: &str) -> String {
    let Some(inside) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = inside.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(first @ b'0'..=b'3') => {
                let digits = [Some(first), rest.next(), rest.next()].into_iter().flatten();
                bytes.push(
                    digits.fold(0u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit.wrapping_sub(b'0'))),
                );
            }
            Some(b't') => bytes.push(b'\t'),
            Some(b'n') => bytes.push(b'\n'),
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
