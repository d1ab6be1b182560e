//! Walks `content/`.

use super::read;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{AssetFile, SourceFile, Span},
    picture,
};
use rayon::prelude::*;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use walkdir::{DirEntry, WalkDir};

/// The files of the library, each list sorted by path.
#[derive(Debug, Default)]
pub struct Content {
    /// Markdown files.
    pub pages: Vec<SourceFile>,
    /// Files of `content/_data/`: YAML and CSV.
    pub data: Vec<SourceFile>,
    /// Everything else.
    pub assets: Vec<AssetFile>,
    /// The paths of Markdown files that are there and can't be read.
    pub unread: Vec<String>,
}

const FOLDER: &str = "content";
const DATA: &str = "content/_data/";

/// Finds and reads the library's files. Hidden files are passed over.
pub fn content(root: &Path) -> (Content, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut texts: Vec<(PathBuf, String)> = Vec::new();
    let mut content = Content::default();
    let start = root.join(FOLDER);
    if !start.is_dir() {
        let message = format!("There is no folder {FOLDER}/ beside casebook.yaml");
        diagnostics.push(
            Diagnostic::new(Code::UnreadableFile, message).help("Make the folder and put the library's pages into it."),
        );
        return (content, diagnostics);
    }
    let visible = |entry: &DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let inside = |entry: &DirEntry| !entry.path_is_symlink() || stays_inside(entry.path(), root);
    let mut outside = Vec::new();
    let walk = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter().filter_entry(|entry| {
        let (visible, inside) = (entry.depth() == 0 || visible(entry), inside(entry));
        if visible && !inside {
            outside.push(entry.path().to_path_buf());
        }
        visible && inside
    });
    for found in walk {
        match found {
            Err(error) => diagnostics.push(unwalkable(root, &error)),
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() => {
                let Some(path) = site_path(root, entry.path()) else {
                    let shown = entry.path().to_string_lossy();
                    diagnostics.push(skipped(&shown, "Its name is not valid UTF-8", "Give the file another name."));
                    continue;
                };
                let ending = entry.path().extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
                let is_data = path.starts_with(DATA);
                match ending.as_str() {
                    "md" | "markdown" if !is_data => texts.push((entry.into_path(), path)),
                    "yaml" | "yml" | "csv" if is_data => texts.push((entry.into_path(), path)),
                    _ if is_data => {}
                    _ => {
                        let size = entry.metadata().map_or(0, |metadata| metadata.len());
                        content.assets.push(AssetFile {
                            path,
                            disk: entry.into_path(),
                            size,
                            dimensions: None,
                            picture: None,
                        });
                    }
                }
            }
            Ok(entry) => {
                let path = site_path(root, entry.path()).unwrap_or_default();
                diagnostics.push(skipped(&path, "This is neither a file nor a folder", "Take it out of content/."));
            }
        }
    }
    for link in outside {
        let path = site_path(root, &link).unwrap_or_default();
        diagnostics.push(skipped(
            &path,
            "This link leads out of the library, so it is not followed",
            "Copy the file into content/ instead.",
        ));
    }
    content.assets.par_iter_mut().for_each(examine);
    let read: Vec<_> = texts.par_iter().map(|(disk, path)| read::text(disk, path)).collect();
    for (file, (_, path)) in read.into_iter().zip(&texts) {
        match file {
            Ok(file) if file.path.starts_with(DATA) => content.data.push(file),
            Ok(file) => content.pages.push(file),
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                content.unread.push(path.clone());
            }
        }
    }
    content.pages.sort_by(|a, b| a.path.cmp(&b.path));
    content.data.sort_by(|a, b| a.path.cmp(&b.path));
    content.assets.sort_by(|a, b| a.path.cmp(&b.path));
    (content, diagnostics)
}

/// Looks at the first bytes of a picture. One that can't be opened is no sound picture either.
fn examine(asset: &mut AssetFile) {
    let mut nothing = io::Cursor::new([]);
    let seen = match fs::File::open(&asset.disk) {
        Ok(file) => picture::examine(&asset.path, &mut io::BufReader::new(file)),
        Err(_) => picture::examine(&asset.path, &mut nothing),
    };
    (asset.dimensions, asset.picture) = (seen.dimensions, seen.picture);
}

/// The path from the root with `/`, or `None` where a part is no UTF-8.
fn site_path(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components();
    let parts: Option<Vec<_>> = parts.map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// True where a symbolic link leads to something in `content/`: what else lies in the root is not for the site.
fn stays_inside(link: &Path, root: &Path) -> bool {
    match (fs::canonicalize(link), fs::canonicalize(root)) {
        (Ok(target), Ok(root)) => target.starts_with(root.join(FOLDER)),
        // A link to nothing is met again by the walk, which says so.
        _ => true,
    }
}

fn unwalkable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().and_then(|path| site_path(root, path)).unwrap_or_else(|| FOLDER.to_owned());
    if error.loop_ancestor().is_some() {
        return skipped(&path, "This link leads back to a folder above it", "Take the link out of content/.");
    }
    if error.path().is_some_and(Path::is_symlink) {
        return skipped(
            &path,
            "This link leads to nothing",
            "Take the link out of content/, or put the file there itself.",
        );
    }
    match error.io_error() {
        Some(io) => read::unreadable(&path, io),
        None => skipped(&path, "This can't be read", "Take it out of content/."),
    }
}

fn skipped(path: &str, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::SkippedFile, message).at(path, Span::default()).help(help)
}
