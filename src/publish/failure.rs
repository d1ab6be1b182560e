//! The three ways in which publishing says no.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use crate::diagnostic::{Code, Diagnostic};

/// A fault of the system: what could not be done to which path, in the system's own words.
pub(super) fn failed(done: &str, path: &Path) -> impl FnOnce(io::Error) -> Diagnostic {
    move |error| {
        let advice = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "Make room on this disk, then build again.",
            ErrorKind::PermissionDenied => "Check that you may read and write there, then build again.",
            ErrorKind::ReadOnlyFilesystem => "This disk can only be read: choose an output folder on another one.",
            ErrorKind::NotFound => "Something may have been moved or deleted during the build: build again.",
            _ => "Build again; if it persists, choose another output folder.",
        };
        Diagnostic::new(Code::OutputFailed, format!("{} could not be {done}: {error}", path.display()))
            .help(format!("The site is as it was before this build. {advice}"))
    }
}

/// As `failed`, where the folder cannot be swapped and the update of its files broke off.
pub(super) fn broken_off(done: &str, path: &Path) -> impl FnOnce(io::Error) -> Diagnostic {
    move |error| {
        Diagnostic::new(Code::OutputFailed, format!("{} could not be {done}: {error}", path.display()))
            .help("Part of the site is new and part is old. Build again: the next build completes it.")
    }
}

/// As `failed`, between two renames of which neither the second could be done nor the first undone.
pub(super) fn vanished(site: &Path) -> impl FnOnce(io::Error) -> Diagnostic {
    move |error| {
        let message = format!("{} could not be replaced by the new site: {error}", site.display());
        Diagnostic::new(Code::OutputFailed, message)
            .help("There is no site there just now. Build again: the next build puts the old site back first.")
    }
}

/// An output that no site can hold.
pub(super) fn impossible(message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::OutputFailed, message).help(help)
}

/// A destination that Casebook must not replace.
pub(super) fn refused(message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::OutputNotOurs, message).help(help)
}

/// Another publish is under way.
pub(super) fn busy(destination: &Path) -> Diagnostic {
    Diagnostic::new(Code::OutputBusy, format!("another build is writing to {} just now", destination.display()))
        .help("Wait until it has finished, then build again.")
}
