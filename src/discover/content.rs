//! The files of `content/` and of the folders that are laid over it.

use super::{layer::Layer, read};
use crate::{
    config::{Config, Overlay},
    diagnostic::{Code, Diagnostic},
    model::{AssetFile, SourceFile, Span, Step, Unsaved},
    picture, yaml,
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
};
use unicode_normalization::UnicodeNormalization;

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
    /// What can be shown of texts that can't be read, under the paths that their faults have.
    pub broken: Vec<SourceFile>,
    /// The real paths from the root of files that are laid over `content/`, by the path that they have there.
    pub overlaid: BTreeMap<String, String>,
}

const FOLDER: &str = "content";
const DATA: &str = "content/_data/";

/// A file: where it lies, its path below `content/`, and its real path from the root.
type Found = (PathBuf, String, String);

/// Finds and reads the library's files. Hidden files are passed over. What is unsaved stands before what is on the disk.
pub fn content(config: &Config, unsaved: &Unsaved) -> (Content, Vec<Diagnostic>) {
    let start = config.root.join(FOLDER);
    if !start.is_dir() {
        let message = format!("There is no folder {FOLDER}/ beside casebook.yaml");
        let fault = Diagnostic::new(Code::UnreadableFile, message);
        return (Content::default(), vec![fault.help("Make the folder and put the library's pages into it.")]);
    }
    let (mut files, mut diagnostics) = found(config, &start, unsaved);
    files.extend(only_unsaved(config, unsaved, &files));
    let mut content = Content::default();
    let mut texts: Vec<Found> = Vec::new();
    for (disk, path, shown) in files {
        let ending = disk.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_data = path.starts_with(DATA);
        if path != shown {
            content.overlaid.insert(path.clone(), shown.clone());
        }
        match ending.as_str() {
            "md" | "markdown" if !is_data => texts.push((disk, path, shown)),
            "yaml" | "yml" | "csv" if is_data => texts.push((disk, path, shown)),
            _ if is_data => {}
            _ => content.assets.push(AssetFile { path, disk, size: 0, dimensions: None, picture: None }),
        }
    }
    let overlaid = &content.overlaid;
    diagnostics.par_extend(content.assets.par_iter_mut().filter_map(|asset| {
        let error = examine(asset).err()?;
        Some(read::unreadable(overlaid.get(&asset.path).unwrap_or(&asset.path), &error))
    }));
    let text = |(disk, _, shown): &Found| match unsaved.get(shown) {
        Some(text) => read::typed(text, shown, config.limits),
        None => read::text(disk, shown, config.limits),
    };
    let read: Vec<_> = texts.par_iter().map(text).collect();
    for (file, (_, path, shown)) in read.into_iter().zip(texts) {
        match file {
            Ok(file) if path.starts_with(DATA) => content.data.push(SourceFile { path, ..file }),
            Ok(file) if is_empty(&file) => diagnostics.push(
                Diagnostic::new(Code::SkippedFile, "This file is empty, so the site has no page of it")
                    .at(&shown, Span::default())
                    .help("Write the page, or delete the file."),
            ),
            Ok(file) => content.pages.push(SourceFile { path, ..file }),
            Err(unread) => {
                let (fault, file) = unread.shown_at(&shown);
                diagnostics.push(fault);
                content.broken.extend(file);
                content.unread.push(path);
            }
        }
    }
    content.pages.sort_by(|a, b| a.path.cmp(&b.path));
    content.data.sort_by(|a, b| a.path.cmp(&b.path));
    content.assets.sort_by(|a, b| a.path.cmp(&b.path));
    (content, diagnostics)
}

/// A page at a path that had one before, read again; `None` where it has to be looked for as if for the first time.
pub fn page(config: &Config, path: &str, unsaved: &Unsaved) -> Option<SourceFile> {
    if let Some(text) = unsaved.get(path) {
        return read::typed(text, path, config.limits).ok().filter(|file| !is_empty(file));
    }
    let disk = config.root.join(path);
    // A folder above it may have become a link.
    let is_file = fs::symlink_metadata(&disk).is_ok_and(|metadata| metadata.is_file())
        && own(config, &config.root.join(FOLDER)).holds(&disk);
    // What is laid over the library may have got the same place.
    let inner = path.strip_prefix(FOLDER)?.trim_start_matches('/');
    let is_alone = !config.overlays.iter().any(|overlay| overlay.disk.join(inner).exists());
    // Whatever is no file may never come to an end.
    let file = (is_file && is_alone).then(|| read::text(&disk, path, config.limits).ok()).flatten();
    file.filter(|file| !is_empty(file))
}

/// The texts that have no file yet: somebody is about to write one.
fn only_unsaved(config: &Config, unsaved: &Unsaved, files: &[Found]) -> Vec<Found> {
    let known: HashSet<&str> = files.iter().map(|(_, path, _)| path.as_str()).collect();
    let is_text = |path: &&str| [".md", ".markdown", ".yaml", ".yml", ".csv"].iter().any(|end| path.ends_with(end));
    let new = unsaved.below(FOLDER).filter(|path| is_text(path) && !known.contains(path));
    new.map(|path| (config.root.join(path), path.to_owned(), path.to_owned())).collect()
}

/// The library's own pages.
fn own<'a>(config: &Config, start: &'a Path) -> Layer<'a> {
    let real = fs::canonicalize(&config.root).ok().map(|root| root.join(FOLDER));
    Layer { disk: start, real, shown: FOLDER }
}

/// Every file of `content/` and of what is laid over it. Of two files in one place the first counts.
fn found(config: &Config, start: &Path, unsaved: &Unsaved) -> (Vec<Found>, Vec<Diagnostic>) {
    let mut layers = vec![own(config, start)];
    let mut diagnostics = Vec::new();
    for (index, Overlay { folder, disk }) in config.overlays.iter().enumerate() {
        match fs::canonicalize(disk) {
            // One in the library is no more trusted than the rest of it.
            Ok(real) if real.is_dir() && (!disk.starts_with(&config.root) || is_within(&real, &config.root)) => {
                layers.push(Layer { disk, real: Some(real), shown: folder })
            }
            _ => diagnostics.push(missing(config, index, folder)),
        }
    }
    let mut files: Vec<Found> = Vec::new();
    // Windows and macOS take names for one that differ in capitals, or in how an accent is written.
    let folded = |path: &str| path.to_lowercase().nfc().collect::<String>();
    let mut taken: HashMap<String, String> = HashMap::new();
    for layer in layers {
        let (mut found, faults) = layer.files();
        // A disk gives them in an order of its own; which of two is told of must not depend on that.
        found.sort_unstable_by(|(_, a), (_, b)| a.cmp(b));
        let hides = |fault: &Diagnostic| fault.place.as_ref().is_some_and(|place| unsaved.hides(&place.path));
        diagnostics.extend(faults.into_iter().filter(|fault| !hides(fault)));
        for (disk, inner) in found {
            let (path, shown) = (format!("{FOLDER}/{inner}"), format!("{}/{inner}", layer.shown));
            if unsaved.hides(&shown) {
                continue;
            }
            match taken.get(&folded(&path)) {
                Some(other) => diagnostics.push(twice(&shown, &path, other)),
                None => {
                    taken.insert(folded(&path), shown.clone());
                    files.push((disk, path, shown));
                }
            }
        }
    }
    (files, diagnostics)
}

/// True for a page that nobody has begun to write.
fn is_empty(file: &SourceFile) -> bool {
    file.text.trim().is_empty()
}

/// Looks at a file that is no page: its size, and what kind of picture it is. One that can't be opened is told of
/// here, and not when the whole site is made already.
fn examine(asset: &mut AssetFile) -> io::Result<()> {
    let file = fs::File::open(&asset.disk)?;
    asset.size = file.metadata()?.len();
    let seen = picture::examine(&asset.path, asset.size, &mut io::BufReader::new(file));
    (asset.dimensions, asset.picture) = (seen.dimensions, seen.picture);
    Ok(())
}

fn is_within(real: &Path, root: &Path) -> bool {
    fs::canonicalize(root).is_ok_and(|root| real.starts_with(root))
}

fn missing(config: &Config, index: usize, folder: &str) -> Diagnostic {
    let path = [Step::Key("content_overlays".to_owned()), Step::Item(index)];
    let span = yaml::locate(&config.file.text, &path).value;
    let message = format!("There is no folder {folder}/, so the site lacks the pages that it holds");
    Diagnostic::new(Code::MissingOverlay, message)
        .at(&config.file.path, span)
        .help("Put the folder there. Where a copy of the library has to do without it, set `levels: missing-overlay: warning`.")
}

fn twice(shown: &str, path: &str, other: &str) -> Diagnostic {
    let message = if other.ends_with(path.strip_prefix(FOLDER).unwrap_or(path)) {
        format!("The file {other} already has the place {path} in the library")
    } else {
        format!("The name of this file differs from {other} in nothing but capitals or the way an accent is stored")
    };
    Diagnostic::new(Code::SameUrl, message)
        .at(shown, Span::default())
        .help("Keep one of the two, or give one of them another name: some systems have room for one of them only.")
}
