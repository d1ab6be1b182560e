//! The files of the web editor that the site brings along.

use super::read;
use crate::{
    config::{Config, Editor},
    diagnostic::{Code, Diagnostic},
    editors::decap::{self, VERSION},
    model::{AssetFile, Step},
    yaml,
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Where the files lie in a folder: there, or where the package that they come in has them.
const WITHIN: [&str; 3] = ["", "dist", "package/dist"];

/// The files of the editor that the settings ask for; without one that it can't do without, what to do. Each is held
/// against the version that Casebook knows, as whoever uses the editor lets it write to the library.
pub fn editor(config: &Config) -> (Vec<AssetFile>, Vec<Diagnostic>) {
    let Some(editor) = &config.editor else { return Default::default() };
    let folders = WITHIN.map(|within| editor.disk.join(within));
    let Some(folder) = folders.iter().find(|folder| folder.join(decap::SCRIPT).is_file()) else {
        return (Vec::new(), vec![missing(config, editor)]);
    };
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for (name, known) in decap::files() {
        match file(folder, name) {
            Ok(Some((disk, size, hash))) if hash == known => {
                let path = format!("{}/{name}", editor.folder);
                files.push(AssetFile { path, disk, size, dimensions: None, picture: None });
            }
            Ok(Some(_)) => diagnostics.push(another(config, editor, name)),
            Ok(None) if decap::REQUIRED.contains(&name) => {
                let message = format!("The folder {}/ has no file {name}", editor.folder);
                diagnostics.push(at(config, message).help(format!(
                    "It lies beside {}. {}",
                    decap::SCRIPT,
                    get(editor)
                )));
            }
            Ok(None) => {}
            Err(error) => diagnostics.push(read::unreadable(&format!("{}/{name}", editor.folder), &error)),
        }
    }
    (files, diagnostics)
}

/// A file: where it lies, its size, and what it holds as a hash (SHA-256); nothing where there is none.
fn file(folder: &Path, name: &str) -> std::io::Result<Option<(PathBuf, u64, String)>> {
    let disk = folder.join(name);
    match fs::read(&disk) {
        Ok(bytes) => {
            let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            Ok(Some((disk, bytes.len() as u64, hash)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn missing(config: &Config, editor: &Editor) -> Diagnostic {
    let message = if editor.disk.is_dir() {
        format!("The folder {}/ has no file {}", editor.folder, decap::SCRIPT)
    } else {
        format!("There is no folder {}/ with the files of the web editor", editor.folder)
    };
    at(config, message).help(get(editor))
}

fn another(config: &Config, editor: &Editor, name: &str) -> Diagnostic {
    let message = format!("The file {name} in {}/ is not that of Decap CMS {VERSION}", editor.folder);
    at(config, message).help(get(editor))
}

/// How to get the files.
fn get(editor: &Editor) -> String {
    format!(
        "Casebook fetches nothing: run `npm pack decap-cms@{VERSION}`, unpack the file that it writes, and put what is \
         in package/dist into {}/. Or take `editor` out of casebook.yaml.",
        editor.folder
    )
}

fn at(config: &Config, message: String) -> Diagnostic {
    let key = |name: &str| Step::Key(name.to_owned());
    let written = [vec![key("editor"), key("files")], vec![key("editor")]];
    let spans = written.map(|path| yaml::locate(&config.file.text, &path).value.first_line(&config.file.text));
    let [files, editor] = spans;
    let span = if files.start > editor.start { files } else { editor };
    Diagnostic::new(Code::InvalidSettings, message).at(&config.file.path, span)
}
