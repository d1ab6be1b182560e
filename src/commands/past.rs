//! The library as it was at a commit.

use super::git::Repository;
use crate::{
    config::{Config, Overrides},
    pipeline,
};
use std::{fs, path::Path};

/// A library of the past, in a folder that goes with this.
pub(super) struct Past {
    pub(super) config: Config,
    _folder: tempfile::TempDir,
}

impl Past {
    /// The library of `today` as it was at a commit, at the same moment; nothing where there was none yet. `revision` is
    /// what the commit was asked for by.
    ///
    /// # Errors
    /// What git says, why a file can't be written, or the first fault of the settings of then.
    pub(super) fn of(
        repository: &Repository,
        commit: &str,
        revision: &str,
        today: &Config,
        overrides: Overrides,
    ) -> Result<Option<Self>, String> {
        let folder = tempfile::Builder::new().prefix("casebook-").tempdir();
        let folder = folder.map_err(|error| format!("there is no room for the older side: {error}"))?;
        // The temporary folder may itself be reached by a link.
        let root = fs::canonicalize(folder.path()).unwrap_or_else(|_| folder.path().to_path_buf());
        repository.extract(commit, &root)?;
        if !root.join("casebook.yaml").is_file() {
            return Ok(None);
        }
        let overrides = Overrides { now: Some(today.now.timestamp().to_string()), ..overrides };
        let mut config = pipeline::settings(&root, &overrides).map_err(|run| {
            let first = run.diagnostics.first().map_or("", |fault| fault.message.as_str());
            format!("the settings of the library at “{revision}” have a fault: {first}")
        })?;
        with_overlays(&mut config, &root, &today.root);
        Ok(Some(Self { config, _folder: folder }))
    }
}

/// Gives the older side those overlays as they are today that git does not have.
fn with_overlays(old: &mut Config, root: &Path, today: &Path) {
    for overlay in old.overlays.iter_mut().filter(|overlay| !overlay.disk.is_dir()) {
        if let Ok(inside) = overlay.disk.strip_prefix(root) {
            overlay.disk = today.join(inside);
        }
    }
}
