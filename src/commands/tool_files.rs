//! Writes files for tools: all of them or none, and nothing over what somebody else wrote.

use super::{kinds::first, shown};
use crate::{
    config::{Config, Overrides},
    editors::{Known, ToolFile},
    model::{Registers, Theme},
    pipeline,
};
use std::{fs, path::Path};

/// What a library asks of its pages.
pub(super) struct Rules {
    config: Config,
    theme: Theme,
    registers: Registers,
}

impl Rules {
    /// Those of the library in a folder.
    ///
    /// # Errors
    /// What is wrong with them: files made of such rules would be wrong as well.
    pub(super) fn of(root: &Path) -> Result<Self, String> {
        let config = pipeline::settings(root, &Overrides::default()).map_err(|run| first(&run.diagnostics))?;
        let (theme, registers, faults) = pipeline::rules(&config);
        if faults.iter().any(|fault| fault.is_error()) {
            return Err(first(&faults));
        }
        Ok(Self { config, theme, registers })
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known { config: &self.config, theme: &self.theme, registers: &self.registers }
    }
}

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

/// Writes the files below a folder, as far as they say something new, and gives the paths of those that it wrote.
/// `advice` is what to do where something is in the way.
///
/// # Errors
/// What is in the way; nothing has been written then, or the file that could not be written is named.
pub(super) fn write(folder: &Path, files: &[ToolFile], kept: Kept, advice: &str) -> Result<Vec<String>, String> {
    let is_new = |file: &&ToolFile| !fs::read(folder.join(&file.path)).is_ok_and(|there| there == file.text.as_bytes());
    let new: Vec<&ToolFile> = files.iter().filter(is_new).collect();
    let is_kept = |path: &Path| match kept {
        _ if path.is_dir() => true,
        Kept::Nothing => false,
        Kept::Without(mark) => fs::read_to_string(path).is_ok_and(|there| !there.contains(mark)),
        Kept::Everything => fs::symlink_metadata(path).is_ok(),
    };
    let paths = new.iter().map(|file| folder.join(&file.path));
    let in_the_way: Vec<String> =
        paths.filter(|path| is_kept(path)).map(|path| format!("  {}", shown(&path))).collect();
    if !in_the_way.is_empty() {
        let list = in_the_way.join("\n");
        return Err(format!("these are there already and say something else:\n{list}\nNothing was written. {advice}"));
    }
    for file in &new {
        let path = folder.join(&file.path);
        written(&path, &file.text).map_err(|error| format!("{} can't be written: {error}", shown(&path)))?;
    }
    Ok(new.into_iter().map(|file| file.path.clone()).collect())
}

/// Puts a whole file in its place at once.
fn written(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.part"));
    let done = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}
