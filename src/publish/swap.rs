//! The old site out, the new site in.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use crate::diagnostic::Diagnostic;

use super::{
    comparison::Comparison, destination::Destination, failure::failed, in_place, manifest::Staged, survey::Survey,
};

/// Puts right what a killed build has left: the old site back in its place, everything half-made away.
pub(super) fn recover(destination: &Destination) -> Result<(), Diagnostic> {
    let (site, retired) = (&destination.site, destination.retired());
    if !exists(site) && exists(&retired) {
        // Killed between the two renames.
        fs::rename(&retired, site).map_err(failed("put back", site))?;
    }
    for left in [destination.staging(), retired, site.join(in_place::INCOMING)] {
        remove(&left).map_err(failed("removed", &left))?;
    }
    Ok(())
}

/// Puts the staged site in the place of the old one.
pub(super) fn swap(
    destination: &Destination,
    survey: &Survey,
    comparison: &Comparison<'_>,
    staged: &[Staged<'_>],
) -> Result<(), Diagnostic> {
    let (site, staging) = (&destination.site, destination.staging());
    let swapped = if survey.exists {
        match exchange(&staging, site) {
            Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
                by_renames(destination)
            }
            other => other,
        }
    } else {
        fs::rename(&staging, site)
    };
    match swapped {
        // A folder that is a disk of its own, or part of a container's image, cannot be renamed.
        Err(error) if matches!(error.kind(), ErrorKind::CrossesDevices | ErrorKind::ResourceBusy) => {
            in_place::update(destination, survey, comparison, staged)
        }
        other => other.map_err(failed("replaced by the new site", site)),
    }
}

/// Takes away what is left beside the site. What cannot be removed now, the next build tries again and reports.
pub(super) fn clear(destination: &Destination) {
    for left in [destination.staging(), destination.retired()] {
        let _ = remove(&left);
    }
}

/// The swap where the system cannot exchange two folders: for a moment there is no site.
pub(super) fn by_renames(destination: &Destination) -> io::Result<()> {
    let (site, retired) = (&destination.site, destination.retired());
    fs::rename(site, &retired)?;
    fs::rename(destination.staging(), site).inspect_err(|_| {
        // If this fails too, the next build puts the old site back.
        let _ = fs::rename(&retired, site);
    })
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Removes a folder with all that it holds, or a file; nothing where there is nothing.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
