//! The update of an output folder that cannot be renamed: a mount point, or a folder of a container's image.
//!
//! The new files are brought into the folder first, where a full disk still leaves the old site whole. Then
//! each is renamed into its place. Killed in between, the folder holds files of both sites; a manifest that
//! knows both lies there by then, so that the next build completes the work instead of refusing.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use crate::diagnostic::Diagnostic;

use super::{
    comparison::Comparison,
    destination::Destination,
    disk,
    failure::{broken_off, failed},
    manifest::{self, Manifest, Staged},
    staging,
    survey::Survey,
};

/// The folder in the site through which the new files come.
pub(super) const INCOMING: &str = ".casebook-incoming";

/// Makes the site equal to the staged one, file by file.
pub(super) fn update(
    destination: &Destination,
    survey: &Survey,
    comparison: &Comparison<'_>,
    staged: &[Staged<'_>],
) -> Result<(), Diagnostic> {
    let manifest = Manifest::of(staged);
    let site = &destination.site;
    let incoming = site.join(INCOMING);
    let changed = comparison.items.iter().filter(|item| item.kept.is_none());
    let arriving: Vec<_> = changed.map(|item| item.path).chain([manifest::NAME]).collect();
    let both = incoming.join(".both.json");
    let brought = bring(&destination.staging(), &incoming, &arriving)
        .and_then(|()| disk::write(&both, manifest.union(&survey.manifest).text()))
        .and_then(|()| disk::rename(&both, &site.join(manifest::NAME)));
    if let Err(error) = brought {
        let _ = disk::remove(&incoming);
        return Err(failed("written", &incoming)(error));
    }
    for path in survey.files.keys().filter(|path| !manifest.knows(path)) {
        let path = site.join(path);
        disk::remove(&path).map_err(broken_off("removed", &path))?;
    }
    for folder in survey.folders.iter().rev() {
        // Only an empty one goes.
        let _ = disk::remove_dir(&site.join(folder));
    }
    for path in arriving {
        let target = site.join(path);
        if let Some(folder) = target.parent() {
            disk::create_dir_all(folder).map_err(broken_off("created", folder))?;
        }
        disk::rename(&incoming.join(path), &target).map_err(broken_off("replaced", &target))?;
    }
    disk::remove(&incoming).map_err(broken_off("removed", &incoming))
}

/// Brings the new files to the site's own disk.
fn bring(staging: &Path, incoming: &Path, arriving: &[&str]) -> io::Result<()> {
    match disk::rename(staging, incoming) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {}
        other => return other,
    }
    disk::create_dir(incoming)?;
    for path in arriving {
        let target = incoming.join(path);
        if let Some(folder) = target.parent() {
            disk::create_dir_all(folder)?;
        }
        staging::link(&staging.join(path), &target)?;
    }
    Ok(())
}
