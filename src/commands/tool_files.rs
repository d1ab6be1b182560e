//! Files for tools: what is new in them, and nothing over what somebody else wrote.

use super::{Status, files::Change, say::remark, shown};
use crate::{cli::Global, editors::ToolFile};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What stays as it is where a file is there already and says something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nothing: the file can be nobody else's.
    Nothing,
    /// What has not this in it, by which the command knows its own.
    Without(&'static str),
    /// Everything.
    Everything,
}

/// What has to be written for these files to be below a folder: those that say something new. `advice` is what to do
/// where something is in the way.
///
/// # Errors
/// What is in the way.
pub(super) fn changes<'a>(
    folder: &Path,
    files: &'a [ToolFile],
    kept: Kept,
    advice: &str,
) -> Result<Vec<Change<'a>>, String> {
    let is_new = |file: &&ToolFile| !fs::read(folder.join(&file.path)).is_ok_and(|there| there == file.text.as_bytes());
    let new: Vec<(PathBuf, &ToolFile)> =
        files.iter().filter(is_new).map(|file| (folder.join(&file.path), file)).collect();
    let is_kept = |path: &Path| match kept {
        _ if path.is_dir() => true,
        Kept::Nothing => false,
        Kept::Without(mark) => fs::read_to_string(path).is_ok_and(|there| !there.contains(mark)),
        Kept::Everything => fs::symlink_metadata(path).is_ok(),
    };
    let in_the_way: Vec<String> =
        new.iter().filter(|(path, _)| is_kept(path)).map(|(path, _)| format!("  {}", shown(path))).collect();
    if !in_the_way.is_empty() {
        let list = in_the_way.join("\n");
        return Err(format!("these are there already and say something else:\n{list}\nNothing was written. {advice}"));
    }
    new.into_iter().map(|(path, file)| Change::over(path, file.text.as_bytes())).collect()
}

/// Says which files are not what they would be, and makes none of these changes. `command` is what makes them.
pub(super) fn stale(changes: &[Change], command: &str, global: &Global) -> Status {
    for change in changes {
        let what = if change.before.is_some() { "Not up to date:" } else { "Missing:" };
        remark(format_args!("{what} {}", shown(&change.path)));
    }
    if !global.quiet {
        remark(match changes.len() {
            0 => "All files are up to date.".to_owned(),
            _ => format!("`{command}` brings them up to date."),
        });
    }
    if changes.is_empty() { Status::Clean } else { Status::Faults }
}
