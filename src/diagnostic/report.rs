//! Faults as text for a reader: a person at a terminal, or a machine that shows them elsewhere.

use super::lines::Lines;
use super::{Diagnostic, Edit, Label, github, gitlab, human, json, junit, sarif, summary};
use crate::model::{Position, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Where a format that needs a file for every fault puts one of the library as a whole.
pub(super) const LIBRARY_FILE: &str = "casebook.yaml";

/// What a comment of GitHub may have, less a little for what a workflow adds: 65,536 characters.
pub const COMMENT: usize = 65_000;

/// A form in which faults are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Snippets of the source for a person at a terminal.
    #[default]
    Human,
    /// An array of objects whose shape is stable.
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a pull request.
    Github,
    /// A Code Quality report for GitLab.
    Gitlab,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// JUnit's XML, for what only reads test results.
    Junit,
    /// Markdown, for a comment or the summary of a job.
    Markdown,
}

impl Format {
    /// Every format, in the order in which help texts name them.
    pub const ALL: [Self; 7] =
        [Self::Human, Self::Json, Self::Github, Self::Gitlab, Self::Sarif, Self::Junit, Self::Markdown];

    /// The names of [`Format::ALL`], as arguments take them.
    pub const NAMES: [&'static str; 7] = ["human", "json", "github", "gitlab", "sarif", "junit", "markdown"];

    /// True where a machine of the repository's host reads it, which knows files from the repository's root alone.
    pub fn is_for_hosts(self) -> bool {
        !matches!(self, Self::Human | Self::Json)
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or_default()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|format| format.name() == text);
        found.ok_or_else(|| format!("there is no format `{text}`; the formats are {}", Self::NAMES.join(", ")))
    }
}

/// The texts in which faults were found: they turn byte offsets into lines and columns.
pub trait SourceTexts {
    /// The text of a file by its path from the root, less a byte order mark; none where it is not at hand.
    fn text(&self, path: &str) -> Option<&str>;

    /// The name of the sheet that the text of a file shows, a row a line and a tab between cells; none for any other
    /// file.
    fn sheet(&self, _path: &str) -> Option<&str> {
        None
    }
}

impl SourceTexts for BTreeMap<String, String> {
    fn text(&self, path: &str) -> Option<&str> {
        self.get(path).map(String::as_str)
    }
}

/// No texts: a report names files alone.
impl SourceTexts for () {
    fn text(&self, _path: &str) -> Option<&str> {
        None
    }
}

/// Faults, and what is needed to tell them.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The faults, in the order in which they are told.
    pub diagnostics: &'a [Diagnostic],
    /// The texts that they point into.
    pub texts: &'a dyn SourceTexts,
    /// Whether [`Format::Human`] uses colours; the other formats have none.
    pub colour: bool,
    /// The library's folder in its repository, empty or with `/` at its end: every path told begins with it.
    pub folder: &'a str,
}

impl Report<'_> {
    /// The whole report, ending with a line break where it is not empty.
    pub fn render(&self, format: Format) -> String {
        self.with_faults(|faults| match format {
            Format::Human => human::render(faults, self.colour),
            Format::Json => json::render(faults),
            Format::Github => github::render(faults),
            Format::Gitlab => gitlab::render(faults),
            Format::Sarif => sarif::render(faults),
            Format::Junit => junit::render(faults),
            Format::Markdown => summary::render(faults, COMMENT, None),
        })
    }

    /// The report as Markdown in at most so many bytes, with a sentence at its end.
    pub fn markdown(&self, most: usize, note: Option<&str>) -> String {
        self.with_faults(|faults| summary::render(faults, most, note))
    }

    fn with_faults(&self, tell: impl FnOnce(&[Fault]) -> String) -> String {
        let mut files: BTreeMap<&str, Option<Lines>> = BTreeMap::new();
        let diagnostics = self.in_repository();
        let library = format!("{}{LIBRARY_FILE}", self.folder);
        let labels = diagnostics.iter().flat_map(|d| d.place.iter().chain(&d.related)).map(|label| &label.path);
        let edits = diagnostics.iter().filter_map(|d| d.fix.as_ref()).flat_map(|fix| &fix.edits);
        for path in labels.chain(edits.map(|edit| &edit.path)) {
            let inside = path.strip_prefix(self.folder).unwrap_or(path);
            let lines = || self.texts.text(inside).map(|text| Lines::of_sheet(text, self.texts.sheet(inside)));
            files.entry(path).or_insert_with(lines);
        }
        let fault = |diagnostic| Fault::new(diagnostic, &files, &library);
        let faults: Vec<Fault> = diagnostics.iter().map(fault).collect();
        tell(&faults)
    }

    /// The faults at paths from the repository's root.
    fn in_repository(&self) -> Cow<'_, [Diagnostic]> {
        if self.folder.is_empty() {
            return Cow::Borrowed(self.diagnostics);
        }
        let mut diagnostics = self.diagnostics.to_vec();
        for diagnostic in &mut diagnostics {
            let labels = diagnostic.place.iter_mut().chain(&mut diagnostic.related).map(|label| &mut label.path);
            let edits = diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.path);
            labels.chain(edits).for_each(|path| path.insert_str(0, self.folder));
        }
        Cow::Owned(diagnostics)
    }
}

/// A fault whose places are lines and columns: what every format starts from.
pub(super) struct Fault<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) place: Option<Place<'a>>,
    pub(super) related: Vec<Place<'a>>,
    /// Where the edits of its fix are made; the words are those that come there.
    pub(super) edits: Vec<Place<'a>>,
    /// The file that stands for the library as a whole.
    library: &'a str,
}

impl<'a> Fault<'a> {
    fn new(diagnostic: &'a Diagnostic, files: &'a BTreeMap<&str, Option<Lines<'a>>>, library: &'a str) -> Self {
        let place = |label: &'a Label| Place::new(&label.path, label.span, label.text.as_deref(), files);
        let edit = |edit: &'a Edit| Place::new(&edit.path, edit.span, Some(&edit.text), files);
        Self {
            diagnostic,
            edits: diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(edit).collect(),
            place: diagnostic.place.as_ref().map(&place),
            related: diagnostic.related.iter().map(&place).collect(),
            library,
        }
    }

    /// The file at fault; the settings for what concerns the library as a whole.
    pub(super) fn path(&self) -> &'a str {
        self.place.as_ref().map_or(self.library, |place| place.path)
    }

    /// Lines and columns of the place at fault, where both place and text are known.
    pub(super) fn range(&self) -> Option<Range> {
        self.place.as_ref().and_then(Place::range)
    }

    /// What is wrong and, on a line of its own, what to do.
    pub(super) fn message_and_help(&self) -> String {
        let Diagnostic { message, help, .. } = self.diagnostic;
        help.as_ref().map_or_else(|| message.clone(), |help| format!("{message}.\n{help}"))
    }
}

/// A label in its file.
pub(super) struct Place<'a> {
    pub(super) path: &'a str,
    /// The words on it.
    pub(super) text: Option<&'a str>,
    /// The bytes meant; inside the text where that is known.
    pub(super) span: Span,
    /// The file's text, where it is at hand.
    pub(super) lines: Option<&'a Lines<'a>>,
}

/// Lines and columns from the first character to after the last one.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl<'a> Place<'a> {
    fn new(path: &'a str, span: Span, text: Option<&'a str>, files: &'a BTreeMap<&str, Option<Lines<'a>>>) -> Self {
        let lines = files.get(path).and_then(Option::as_ref);
        Self { path, text, span: lines.map_or(span, |lines| lines.clamp(span)), lines }
    }

    /// Lines and columns, where the text is known.
    pub(super) fn range(&self) -> Option<Range> {
        let lines = self.lines?;
        Some(Range { start: lines.position(self.span.start), end: lines.position(self.span.end) })
    }

    /// The bytes meant, where the text is known.
    pub(super) fn covered(&self) -> &'a str {
        self.lines.map(|lines| lines.covered(self.span)).unwrap_or_default()
    }
}

impl fmt::Display for Place<'_> {
    /// `path:line:column`, `path:sheet!cell`, or the path alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)?;
        if let Some(cell) = self.lines.and_then(|lines| lines.cell(self.span.start)) {
            return write!(f, ":{cell}");
        }
        self.range().map_or(Ok(()), |Range { start, .. }| write!(f, ":{}:{}", start.line, start.column))
    }
}

/// A value as JSON to read, for the formats that are JSON.
pub(super) fn to_json(value: &impl serde::Serialize) -> String {
    // Strings and numbers in structs and arrays always have a JSON form.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Fix};

    #[test]
    fn a_format_goes_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
        assert_eq!(
            "xml".parse::<Format>(),
            Err("there is no format `xml`; the formats are human, json, github, gitlab, sarif, junit, markdown"
                .to_owned())
        );
    }

    #[test]
    fn paths_begin_with_the_library_s_folder_and_lines_are_known_all_the_same() {
        let edit = Edit { path: "content/a.md".to_owned(), span: Span::new(2, 3), text: "c".to_owned() };
        let fix = Fix { title: "…".to_owned(), edits: vec![edit] };
        let faults = [
            Diagnostic::new(Code::BrokenLink, "…").at("content/a.md", 2..3).fix(fix),
            Diagnostic::new(Code::OutputBusy, "…"),
        ];
        let texts = BTreeMap::from([("content/a.md".to_owned(), "a\nb\n".to_owned())]);
        let report = Report { diagnostics: &faults, texts: &texts, colour: false, folder: "docs/lib/" };
        for (format, expected) in [
            (Format::Github, "file=docs/lib/content/a.md,line=2,"),
            (
                Format::Gitlab,
                "\"path\": \"docs/lib/content/a.md\",\n      \"positions\": {\n        \"begin\": {\n          \"line\": 2",
            ),
            (Format::Gitlab, "\"path\": \"docs/lib/casebook.yaml\""),
            (Format::Sarif, "\"uri\": \"docs/lib/content/a.md\""),
            (Format::Junit, "file=\"docs/lib/content/a.md\" line=\"2\""),
            (Format::Markdown, "docs/lib/content/a.md"),
        ] {
            let told = report.render(format);
            assert!(told.contains(expected), "{format}: {told}");
            assert_eq!(told.matches("content/a.md").count(), told.matches("docs/lib/content/a.md").count(), "{told}");
        }
    }
}
