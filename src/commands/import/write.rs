//! Writes all pages of an import, or none.

use super::{
    super::{
        files::{Change, put, way_out},
        shown,
    },
    Places,
};
use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic},
    import::{Import, Known, Page, PageName, has_drafts},
    model::{SourceFile, State},
    pipeline,
};
use std::{collections::BTreeMap, fs, io, path::Path};

/// What is at the address of a page already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum There {
    /// No page.
    #[default]
    None,
    /// The page itself.
    Own,
    /// The page of this other path, which goes where the new one is written.
    Twin(String),
}

/// Makes sure that these pages stay in the library: others may look after what a link leads to.
///
/// # Errors
/// Which folder leads out of it.
pub(super) fn within(root: &Path, pages: &[Page]) -> Result<(), String> {
    let mut paths = pages.iter().flat_map(|page| page.files.iter().map(|(path, _)| path).chain([&page.path]));
    paths.find_map(|path| way_out(root, path)).map_or(Ok(()), |(link, real)| {
        Err(format!(
            "{} is a link that leads out of the library, to {}, and import writes nothing there. Make it a folder of \
             the library, or give the page another title. Nothing was written",
            shown(&link),
            shown(&real)
        ))
    })
}

/// What there is of each page already, by its path; what is in the way is a fault of the import.
pub(super) fn places(import: &mut Import, config: &Config, known: &Known, force: bool) -> Places {
    let mut places = Places::new();
    let names: BTreeMap<&str, &PageName> = known.pages.iter().map(|page| (page.path.as_str(), page)).collect();
    let mut first: BTreeMap<String, &Page> = BTreeMap::new();
    let mut faults = Vec::new();
    for page in &mut import.pages {
        if force {
            keep_place(page, &config.root);
        }
    }
    for page in &import.pages {
        let mut refuse = |message: String, help: &str| {
            let mut fault = Diagnostic::new(Code::PageExists, message).help(help);
            fault.place = Some(page.from.clone());
            faults.push(fault);
        };
        let own = own_name(&page.path).to_lowercase();
        if let Some(other) = first.get(&own) {
            let message = format!("“{}” would be the same file as “{}”: {}", page.title, other.title, page.path);
            refuse(message, "Give the two titles that differ.");
            continue;
        }
        first.insert(own, page);
        let twin = twin(&page.path);
        let on_disk = |path: &str| fs::symlink_metadata(config.root.join(path)).is_ok();
        let in_library = |path: &str| names.contains_key(path);
        let there = on_disk(&page.path);
        let gives_way = force && !there && on_disk(&twin);
        places.insert(
            page.path.clone(),
            match () {
                () if there => There::Own,
                () if gives_way => There::Twin(twin.clone()),
                () => There::None,
            },
        );
        let before = if there { &page.path } else { &twin };
        let other = names.get(before.as_str()).filter(|before| before.kind != page.kind());
        if let Some(other) = other.filter(|_| on_disk(before)) {
            let (path, was, title) = (&other.path, &other.kind, &other.title);
            let message =
                format!("{path} is another page, “{title}” of the kind {was}, and this is of the kind {}", page.kind());
            let help = "Import it as a page of its own: under another title, or with its text copied into a form \
                        (`casebook template KIND`).";
            refuse(message, help);
        } else if there && !force {
            let help = "Give the page another title, or write it anew with --force.";
            refuse(format!("The page {} is there already", page.path), help);
        } else if !there && in_library(&page.path) {
            let help = "Change the page in the folder that it comes from, or give this one another title.";
            refuse(format!("The page {} is there already, in a folder laid over this library", page.path), help);
        } else if !there && !gives_way && (on_disk(&twin) || in_library(&twin)) {
            let help = if on_disk(&twin) {
                "Give the page another title, or write it anew with --force."
            } else {
                "Change the page in the folder that it comes from, or give this one another title."
            };
            refuse(format!("The page {twin} is there already, and has the address of {}", page.path), help);
        } else if let (false, Some(file)) = (force, others(page, &config.root).next()) {
            let help = "Move that file first, or write over it with --force.";
            refuse(format!("The file {file} is there already, and is another one"), help);
        }
    }
    import.faults.extend(faults);
    import.faults.extend(undraftable(&import.pages, &places, known));
    for page in &mut import.pages {
        if force {
            let before = match places.get(&page.path) {
                Some(There::Twin(twin)) => twin.clone(),
                _ => page.path.clone(),
            };
            let known_as = names.get(before.as_str());
            if known_as.is_some_and(|before| before.kind != page.kind()) {
                // It is refused: nothing of the page goes.
                continue;
            }
            let state = known_as.and_then(|before| before.state);
            import.faults.extend(replaced(page, &before, &config.root, known, state));
        }
    }
    places
}

/// Says once of new pages that their kind has no drafts.
fn undraftable(pages: &[Page], places: &Places, known: &Known) -> Option<Diagnostic> {
    let has_none = |page: &&Page| known.theme.kind(page.kind()).is_some_and(|kind| !has_drafts(kind));
    let is_new = |page: &&Page| places.get(&page.path) == Some(&There::None);
    let new: Vec<&Page> = pages.iter().filter(is_new).filter(has_none).collect();
    let first = new.first()?;
    let which = match new.len() {
        1 => format!("{} is", first.path),
        count => format!("these {count} are"),
    };
    let message =
        format!("This kind of page has no drafts ({}): {which} on the site with the next build", first.kind());
    let help = "Read them before the site is built, or import them on a branch that is not published.";
    let mut fault = Diagnostic::new(Code::ImportChanged, message).help(help);
    fault.place = Some(first.from.clone());
    Some(fault)
}

/// Leaves a page that brings no files in the folder that it has.
fn keep_place(page: &mut Page, root: &Path) {
    let twin = twin(&page.path);
    let is_there = |path: &str| root.join(path).is_file();
    if page.files.is_empty() && !is_there(&page.path) && is_there(&twin) {
        page.path = twin;
    }
}

/// What goes of a page that is written over, and of the files beside it. What only those who look after the library
/// write is kept.
fn replaced(page: &mut Page, before: &str, root: &Path, known: &Known, state: Option<State>) -> Vec<Diagnostic> {
    let mut gone = match (fs::read_to_string(root.join(before)), known.theme.kind(page.kind())) {
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        (Ok(text), Some(kind)) => {
            let before = pipeline::page(SourceFile { path: before.to_owned(), text });
            page.replacing(&before, kind, state)
        }
        _ => vec!["all that it has".to_owned()],
    };
    gone.extend(others(page, root).map(|path| format!("the file {path} as it is")));
    let told = |message: String, help: &str| {
        let mut fault = Diagnostic::new(Code::ImportChanged, message).help(help);
        fault.place = Some(page.from.clone());
        fault
    };
    let goes = |gone: String| {
        let message = format!("The page {} is written anew, and this goes: {gone}", page.path);
        told(message, "Keep a copy of the page, and write into the new one what it should still have.")
    };
    let mut faults: Vec<Diagnostic> = gone.into_iter().map(goes).collect();
    if state.is_some_and(State::is_published) && !page.is_draft() {
        let message =
            format!("The page {} is public, and stays so: what is new is on the site with the next build", page.path);
        faults.push(told(message, "Read it before the site is built."));
    }
    faults
}

/// The files beside a page that are there already with other bytes.
fn others<'a>(page: &'a Page, root: &'a Path) -> impl Iterator<Item = &'a str> {
    let differs = |(path, bytes): &&(String, Vec<u8>)| fs::read(root.join(path)).is_ok_and(|there| there != *bytes);
    page.files.iter().filter(differs).map(|(path, _)| path.as_str())
}

/// The path of a page without what may differ between two of one address.
fn own_name(path: &str) -> &str {
    path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path)
}

/// The other path that a page of the same address may have.
fn twin(path: &str) -> String {
    let own = own_name(path);
    if path.ends_with("/index.md") { format!("{own}.md") } else { format!("{own}/index.md") }
}

/// Writes every file of these pages. Where one can't be written, all is as it was before.
///
/// # Errors
/// Which file could not be written, and why.
pub(super) fn all(root: &Path, pages: &[Page], places: &Places) -> Result<(), String> {
    let mut changes = Vec::new();
    for page in pages {
        for (path, bytes) in &page.files {
            changes.push(Change::over(root.join(path), bytes)?);
        }
        let (path, text) = (root.join(&page.path), page.text.as_bytes());
        let is_there = places.get(&page.path) == Some(&There::Own);
        changes.push(if is_there { Change::over(path, text)? } else { Change::new(path, text) });
    }
    put(&changes)?;
    let twins = pages.iter().filter_map(|page| match places.get(&page.path) {
        Some(There::Twin(twin)) => Some((twin, page)),
        _ => None,
    });
    for (twin, page) in twins {
        fs::remove_file(root.join(twin))
            .map_err(|error| format!("{} was written, and {twin} can't be removed: {error}. Remove it", page.path))?;
    }
    Ok(())
}
