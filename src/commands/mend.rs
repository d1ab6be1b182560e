//! `casebook check --fix`: makes the edits that mend faults.

use super::{
    files::{Change, put},
    report::count,
    shown,
};
use crate::{
    diagnostic::{Diagnostic, Edit, SourceTexts, edited, together},
    model::Position,
    pipeline::Run,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Mending may bring another fault to light that can be mended: this often, and no more.
const MOST_ROUNDS: usize = 10;

/// What was mended.
#[derive(Default)]
pub(super) struct Mended {
    /// A line for each fault, with its place at that time.
    pub(super) lines: Vec<String>,
    files: BTreeSet<String>,
}

impl Mended {
    /// “Mended 3 faults in 2 files.”
    pub(super) fn summary(&self) -> String {
        match self.lines.len() {
            0 => "There is nothing to mend here without somebody to decide.".to_owned(),
            faults => {
                let (faults, files) = (count(faults, "fault", "faults"), count(self.files.len(), "file", "files"));
                format!("Mended {faults} in {files}. Look over the changes before you publish them.")
            }
        }
    }
}

/// Runs `check` and mends what it finds until there is nothing left to mend. Gives the last run.
///
/// # Errors
/// Why a file can't be written; those of that round are as they were.
pub(super) fn mend(root: &Path, mut check: impl FnMut() -> Result<Run, String>) -> Result<(Run, Mended), String> {
    let mut mended = Mended::default();
    let mut run = check()?;
    // What a file held in earlier rounds: two fixes that undo each other would go on for ever.
    let mut held: BTreeSet<(PathBuf, Vec<u8>)> = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let text = |path: &str| run.texts.text(path).unwrap_or_default();
        let can_be = |edit: &Edit| root.join(&edit.path).is_file() && edit.span.of(text(&edit.path)) != edit.text;
        let (faults, edits) = together(&run.diagnostics, can_be);
        if edits.is_empty() {
            break;
        }
        let changes = changes(root, &run, &edits)?;
        let before = |change: &Change| Some((change.path.clone(), change.before.clone()?));
        held.extend(changes.iter().filter_map(before));
        if changes.iter().any(|change| held.contains(&(change.path.clone(), change.now.to_vec()))) {
            break;
        }
        put(&changes)?;
        mended.lines.extend(faults.into_iter().map(|fault| line(fault, &run)));
        mended.files.extend(edits.into_iter().map(|edit| edit.path));
        run = check()?;
    }
    Ok((run, mended))
}

/// `content/a.md:3:9: Replace “Mentoring” with “mentoring”`
fn line(fault: &Diagnostic, run: &Run) -> String {
    let title = fault.fix.as_ref().map_or("", |fix| fix.title.as_str());
    let place = fault.place.as_ref().map_or(String::new(), |place| {
        let Position { line, column } = Position::of(run.texts.text(&place.path).unwrap_or_default(), place.span.start);
        format!("{}:{line}:{column}: ", place.path)
    });
    format!("{place}{title} ({})", fault.code)
}

/// The files with these edits made.
fn changes(root: &Path, run: &Run, edits: &BTreeSet<Edit>) -> Result<Vec<Change<'static>>, String> {
    let mut by_file: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    edits.iter().for_each(|edit| by_file.entry(&edit.path).or_default().push(edit));
    let change = |(path, edits): (&str, Vec<&Edit>)| {
        // What a link leads to is changed, and not the link.
        let path_here = fs::canonicalize(root.join(path)).unwrap_or_else(|_| root.join(path));
        let before = fs::read(&path_here).map_err(|error| format!("{} can't be read: {error}", shown(&path_here)))?;
        let known = run.texts.text(path).unwrap_or_default();
        let (mark, bytes) = before.split_at(if before.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 });
        if !is_same(bytes, known.as_bytes()) {
            return Err(format!("{} was changed meanwhile. Try again.", shown(&path_here)));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| format!("{} is not UTF-8", shown(&path_here)))?;
        let now = [mark, edited(text, edits).as_bytes()].concat();
        Ok(Change { before: Some(before), ..Change::new(path_here, now) })
    };
    by_file.into_iter().map(change).collect()
}

/// True where the text was read from these bytes: of a lone carriage return it has a line feed.
fn is_same(bytes: &[u8], text: &[u8]) -> bool {
    let alike = |(a, b): (&u8, &u8)| a == b || (*a == b'\r' && *b == b'\n');
    bytes.len() == text.len() && bytes.iter().zip(text).all(alike)
}
