//! Folders that are laid over `content/`.

use super::{Faults, keys};
use crate::{
    diagnostic::Code,
    model::{FieldPath, Step},
};
use std::path::{Component, Path, PathBuf};

/// A folder whose files stand as if they were in `content/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Its path from the root, with `/` between its parts and none at its end: `../private-content`.
    pub folder: String,
    /// Where it lies.
    pub disk: PathBuf,
}

const KEY: &str = "content_overlays";

/// The overlays that the settings name.
pub(super) fn resolve(written: Vec<String>, root: &Path, faults: &mut Faults<'_>) -> Vec<Overlay> {
    let mut overlays: Vec<Overlay> = Vec::new();
    for (index, written) in written.into_iter().enumerate() {
        match overlay(&written, root, &overlays) {
            Ok(overlay) => overlays.push(overlay),
            Err((message, help)) => faults.report_path(&at(index), Code::InvalidSettings, message, help),
        }
    }
    overlays
}

fn overlay(written: &str, root: &Path, others: &[Overlay]) -> Result<Overlay, (String, &'static str)> {
    let (folder, disk) = folder(written, root).ok_or_else(|| {
        let help = "Write the way from casebook.yaml to the folder, such as ../private-content.";
        (format!("“{written}” is not the path of a folder from here"), help)
    })?;
    let overlap = |other: &Path| disk.starts_with(other) || other.starts_with(&disk);
    if overlap(&plain(&root.join("content"))) {
        let message = format!("The folder “{written}” holds content/, or lies in it");
        return Err((message, "Name a folder beside content/, or outside the library."));
    }
    if ["public", ".casebook", ".public.casebook", "themes"].iter().any(|own| overlap(&plain(&root.join(own)))) {
        let message = format!("The folder “{written}” is one that Casebook writes to, or that holds themes");
        return Err((message, "Name another folder beside content/, or one outside the library."));
    }
    if others.iter().any(|other| overlap(&other.disk)) {
        let message = format!("The folder “{written}” is named already, or lies in one that is");
        return Err((message, "Delete this line."));
    }
    Ok(Overlay { folder, disk })
}

/// A folder as settings name it: its path from the root with `/` between its parts, and where it lies. `None` for what
/// is no path from here.
pub(super) fn folder(written: &str, root: &Path) -> Option<(String, PathBuf)> {
    let path = Path::new(written.trim());
    let is_plain =
        |part: Component<'_>| matches!(part, Component::CurDir | Component::ParentDir | Component::Normal(_));
    if written.trim().is_empty() || !path.components().all(is_plain) || written.contains('\\') {
        return None;
    }
    let parts: Vec<_> = path.components().filter(|part| *part != Component::CurDir).collect();
    let folder = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    Some((folder, plain(&root.join(path))))
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

fn at(index: usize) -> FieldPath {
    let mut path = keys(&[KEY]);
    path.push(Step::Item(index));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay(written: &str) -> Result<(String, PathBuf), String> {
        let other = Overlay { folder: "more".into(), disk: "/a/library/more".into() };
        let found = super::overlay(written, Path::new("/a/library"), &[other]);
        found.map(|overlay| (overlay.folder, overlay.disk)).map_err(|(message, _)| message)
    }

    #[test]
    fn an_overlay_is_a_folder_beside_content_or_outside() {
        assert_eq!(overlay("../private/"), Ok(("../private".into(), "/a/private".into())));
        assert_eq!(overlay("./private"), Ok(("private".into(), "/a/library/private".into())));
        assert_eq!(overlay("../library/content-2"), Ok(("../library/content-2".into(), "/a/library/content-2".into())));
    }

    #[test]
    fn no_file_may_count_twice_and_no_path_depend_on_the_machine() {
        for written in ["", " ", "/private", "C:\\private", "a\\b"] {
            assert!(overlay(written).unwrap_err().contains("not the path"), "{written}");
        }
        for written in [".", "..", "content", "content/packs", "../library/content", "./content/"] {
            assert!(overlay(written).unwrap_err().contains("content/"), "{written}");
        }
        for written in ["public", "public/guides", ".casebook", "themes/civic"] {
            assert!(overlay(written).unwrap_err().contains("writes to"), "{written}");
        }
        for written in ["more", "more/packs"] {
            assert!(overlay(written).unwrap_err().contains("already"), "{written}");
        }
    }
}
