//! Finds the library and its theme and reads their files. The only stage that reads the disk.

#![allow(clippy::disallowed_methods, reason = "reading the library is what this stage is for")]

mod content;
mod editor;
mod layer;
mod read;
mod theme;

pub use content::{Content, content, page};
pub use editor::editor;
pub use read::digest;
pub use theme::theme;

use crate::{
    config::{self, Limits},
    diagnostic::{Code, Diagnostic},
    model::{SourceFile, Unsaved},
};
use std::path::{Path, PathBuf};

/// The nearest folder from `start` upwards that is a library.
pub fn root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(config::FILE_NAME).is_file()).map(Path::to_path_buf)
}

/// The settings file of the library at `root`, as it is on the disk or as somebody has it who has not saved it yet.
///
/// # Errors
/// That the file is not there, or is no text; with what can be shown of it.
pub fn settings(root: &Path, unsaved: &Unsaved) -> Result<SourceFile, Box<(Diagnostic, Option<SourceFile>)>> {
    let path = root.join(config::FILE_NAME);
    if !path.is_file() {
        let message = format!("There is no library here: {} has no {}", root.display(), config::FILE_NAME);
        let fault = Diagnostic::new(Code::InvalidSettings, message).help(
            "Go to the folder of a library, name it with --root, or make a new one with `casebook init my-library`.",
        );
        return Err(Box::new((fault, None)));
    }
    let read = match unsaved.get(config::FILE_NAME) {
        Some(text) => read::typed(text, config::FILE_NAME, Limits::default()),
        None => read::text(&path, config::FILE_NAME, Limits::default()),
    };
    read.map_err(|unread| Box::new(unread.shown_at(config::FILE_NAME)))
}
