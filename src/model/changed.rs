//! What has changed in a library since somebody last looked.

use std::path::PathBuf;

/// What may be otherwise than it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Anything, for all that is known.
    Everything,
    /// These files and no others, sorted: made, written, replaced or gone. Each path is from the library's root, and
    /// what is laid over `content/` has the path that it has there. A folder stands here only where it holds no file.
    Paths(Vec<PathBuf>),
}

impl Changed {
    /// This and that.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Paths(mut paths), Self::Paths(others)) => {
                paths.extend(others);
                paths.sort_unstable();
                paths.dedup();
                Self::Paths(paths)
            }
            _ => Self::Everything,
        }
    }
}
