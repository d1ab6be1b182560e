//! How to make bytes that are costly to make: pictures, and whatever else a build should not make twice.

use crate::diagnostic::Diagnostic;
use std::{fmt, path::PathBuf, sync::Arc};

/// The work of a recipe: from the bytes of its files, in their order, to the bytes of the output.
type Work = dyn Fn(&[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> + Send + Sync;

/// A pure function of the bytes of files and of parameters, done only when somebody wants what it gives.
///
/// Whoever keeps what it gave knows it again by the key and the bytes of the files, so nothing else may go into the
/// work: no clock, no setting, no path that the key does not name.
pub struct Recipe {
    key: String,
    files: Vec<PathBuf>,
    work: Box<Work>,
}

impl Recipe {
    /// A recipe. `key` names the work, its version and every parameter; two recipes of one key must give the same
    /// bytes for the same files. `files` are read by whoever has the work done.
    pub fn new(
        key: impl Into<String>,
        files: Vec<PathBuf>,
        work: impl Fn(&[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> + Send + Sync + 'static,
    ) -> Self {
        Self { key: key.into(), files, work: Box::new(work) }
    }

    /// What goes into the work beside the bytes of the files.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The files whose bytes go into the work.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Does the work.
    ///
    /// # Errors
    /// What is wrong with the files, placed where an editor can mend it.
    pub fn make(&self, files: &[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> {
        (self.work)(files)
    }
}

impl fmt::Debug for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, files, work: _ } = self;
        f.debug_struct("Recipe").field("key", key).field("files", files).finish_non_exhaustive()
    }
}
