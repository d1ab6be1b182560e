//! The old site out, the new site in.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use crate::diagnostic::Diagnostic;

use super::{
    comparison::Comparison,
    destination::Destination,
    disk,
    failure::{failed, vanished},
    in_place,
    manifest::Staged,
    survey::Survey,
};

/// Puts right what a killed build has left: the old site back in its place, everything half-made away.
pub(super) fn recover(destination: &Destination) -> Result<(), Diagnostic> {
    let (site, retired) = (&destination.site, destination.retired());
    if !exists(site) && exists(&retired) {
        // Killed between the two renames.
        disk::rename(&retired, site).map_err(failed("put back", site))?;
    }
    for left in [destination.staging(), destination.made(), retired, site.join(in_place::INCOMING)] {
        disk::remove(&left).map_err(failed("removed", &left))?;
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
        match disk::exchange(&staging, site) {
            Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
                by_renames(destination)
            }
            other => other,
        }
    } else {
        disk::rename(&staging, site)
    };
    match swapped {
        // A folder that is a disk of its own, or part of a container's image, cannot be renamed.
        Err(error) if matches!(error.kind(), ErrorKind::CrossesDevices | ErrorKind::ResourceBusy) => {
            in_place::update(destination, survey, comparison, staged)
        }
        Err(error) if !exists(site) && exists(&destination.retired()) => Err(vanished(site)(error)),
        other => other.map_err(failed("replaced by the new site", site)),
    }
}

/// Takes away what is left beside the site. What cannot be removed now, the next build tries again and reports.
pub(super) fn clear(destination: &Destination) {
    for left in [destination.staging(), destination.made(), destination.retired()] {
        let _ = disk::remove(&left);
    }
}

/// The swap where the system cannot exchange two folders: for a moment there is no site.
pub(super) fn by_renames(destination: &Destination) -> io::Result<()> {
    let (site, retired) = (&destination.site, destination.retired());
    disk::rename(site, &retired)?;
    disk::rename(&destination.staging(), site).inspect_err(|_| {
        // If this fails too, the next build puts the old site back.
        let _ = disk::rename(&retired, site);
    })
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
