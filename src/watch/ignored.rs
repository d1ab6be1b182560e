//! The paths whose changes change nothing in the site.

use std::path::{Component, Path, PathBuf};

/// Which paths below the library's root nobody waits for.
#[derive(Clone, Debug)]
pub(super) struct Ignored {
    root: PathBuf,
    // macOS tells of changes by the real path, whatever path was asked for.
    real_root: PathBuf,
    paths: Vec<PathBuf>,
}

impl Ignored {
    /// `root` is absolute; the other paths are absolute or below it.
    pub(super) fn new(root: &Path, paths: &[PathBuf]) -> Self {
        let relative = paths.iter().filter_map(|path| root.join(path).strip_prefix(root).map(Path::to_owned).ok());
        Self {
            root: root.to_owned(),
            real_root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            // The root itself would be everything.
            paths: relative.filter(|path| path != Path::new("")).collect(),
        }
    }

    /// The root without symbolic links.
    pub(super) fn real_root(&self) -> &Path {
        &self.real_root
    }

    /// True for the root itself.
    pub(super) fn is_root(&self, path: &Path) -> bool {
        path == self.root || path == self.real_root
    }

    /// A path as seen from the root, unless nobody waits for it.
    pub(super) fn relevant<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        let below = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(&self.real_root)).ok()?;
        (below != Path::new("") && !self.covers(below)).then_some(below)
    }

    /// True for a path below the root that is ignored, or lies in an ignored folder.
    pub(super) fn covers(&self, below: &Path) -> bool {
        // Only Cargo's folder at the root: further down, `target` is a page like any other.
        self.paths.iter().any(|ignored| below.starts_with(ignored))
            || below.starts_with("target")
            || below.components().any(|component| match component {
                Component::Normal(name) => is_passing(&name.to_string_lossy()),
                _ => false,
            })
    }
}

/// True for folders that tools keep to themselves, and for what editors write beside the file they save.
fn is_passing(name: &str) -> bool {
    matches!(name, ".git" | "node_modules" | ".DS_Store" | "4913")
        || name.starts_with(".#")
        || (name.starts_with('.') && [".casebook", ".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end)))
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with(".goutputstream-")
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
}
