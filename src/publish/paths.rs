//! Whether the outputs can be files side by side, on any system.

use std::{
    collections::HashSet,
    path::{Component, Path},
};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

use super::{failure::impossible, in_place, manifest};

/// Refuses paths that leave the site, that no file can have, or that two outputs share.
pub(super) fn check(paths: &[&str]) -> Result<(), Diagnostic> {
    for path in paths {
        if let Some(fault) = fault(path) {
            // Debug form, as the path may hold line breaks or other controls.
            let message = format!("no file of the site can be called {path:?}: {fault}");
            return Err(impossible(message, "Rename the file, or change the address that makes this path."));
        }
    }
    // Windows and macOS take `About` and `about` for one file, so they are one on every system.
    let mut lowered: Vec<_> = paths.iter().map(|path| (path.to_lowercase(), *path)).collect();
    lowered.par_sort_unstable();
    for pair in lowered.windows(2) {
        if let [(a, first), (b, second)] = pair
            && a == b
        {
            let message = format!("two files of the site share one path: {first} and {second}");
            return Err(impossible(message, "Rename one of them; capital and small letters count as the same."));
        }
    }
    let mut folders = HashSet::new();
    for (path, _) in &lowered {
        let parents = path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at));
        for folder in parents {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    match lowered.iter().find(|(path, _)| folders.contains(path.as_str())) {
        Some((_, path)) => {
            let message = format!("{path} would be both a file and a folder of the site");
            Err(impossible(message, "Rename the file, or the page whose folder has its name."))
        }
        None => Ok(()),
    }
}

/// What is wrong with a path by itself.
pub(super) fn fault(path: &str) -> Option<&'static str> {
    if path.starts_with('/') {
        return Some("it begins with a slash");
    }
    if path.contains('\\') {
        return Some("it has a backslash");
    }
    if path.chars().any(char::is_control) {
        return Some("it has an invisible control character");
    }
    let lowered = path.to_ascii_lowercase();
    if lowered == manifest::NAME || lowered.split('/').next() == Some(in_place::INCOMING) {
        return Some("Casebook keeps its own notes there");
    }
    path.split('/').find_map(|name| {
        let mut components = Path::new(name).components();
        match (components.next(), components.next()) {
            _ if name.len() > 255 => Some("a name in it is longer than 255 bytes"),
            (None, _) => Some("a name in it is empty"),
            // `.` and `..`, and on Windows a drive letter.
            (Some(Component::Normal(_)), None) => None,
            _ => Some("it leads elsewhere"),
        }
    })
}
