//! What was otherwise in a library at a commit, where that can be laid over it as it is today: then it need not be read
//! and made twice.

use super::git::{Blob, Repository};
use crate::{
    config::{Config, FILE_NAME},
    model::Unsaved,
};
use std::{collections::BTreeSet, fs, path::MAIN_SEPARATOR};
use walkdir::WalkDir;

const CONTENT: &str = "content/";

/// The texts of then, and the files of today that were not there; nothing where more than that was otherwise: settings,
/// a theme, what lies over `content/`, the bytes of a picture. A library with links is too much as well.
///
/// # Errors
/// What git says.
pub(super) fn laid(repository: &Repository, commit: &str, config: &Config) -> Result<Option<Unsaved>, String> {
    let Some(today) = today(config) else { return Ok(None) };
    let made_from = |file: &Blob| is_below(&file.path, config) || file.path == FILE_NAME;
    let then: Vec<Blob> = repository.files(commit)?.into_iter().filter(made_from).collect();
    if then.iter().all(|file| file.path != FILE_NAME) || then.iter().any(|file| file.is_link) {
        return Ok(None);
    }
    let (both, gone): (Vec<&Blob>, Vec<&Blob>) = then.iter().partition(|file| today.contains(&file.path));
    let hashes = repository.hashes(both.iter().map(|file| file.path.as_str()))?;
    let others = both.iter().zip(&hashes).filter(|(file, hash)| file.hash != **hash).map(|(file, _)| *file);
    let mut unsaved = Unsaved::default();
    // What is laid over the library today may stand where a page was.
    let is_taken = |file: &&Blob| {
        let inner = file.path.strip_prefix(CONTENT).unwrap_or_default();
        config.overlays.iter().any(|overlay| overlay.disk.join(inner).exists())
    };
    let mut can_be = !gone.iter().any(is_taken);
    repository.contents(&others.chain(gone.iter().copied()).collect::<Vec<_>>(), |file, bytes| {
        let is_there = today.contains(&file.path);
        let bytes = file.with_endings(bytes, &config.root);
        if is_there && fs::read(config.root.join(&file.path)).is_ok_and(|now| now == bytes) {
            return Ok(());
        }
        match String::from_utf8(bytes) {
            Ok(text) if is_there && Blob::is_note(text.as_bytes()) => {}
            Ok(text) if is_text(&file.path) => unsaved.set(&file.path, Some(text.into())),
            _ => can_be = false,
        }
        Ok(())
    })?;
    let known: BTreeSet<&str> = then.iter().map(|file| file.path.as_str()).collect();
    for path in today.iter().filter(|path| !known.contains(path.as_str())) {
        can_be &= path.starts_with(CONTENT);
        unsaved.hide(path);
    }
    Ok(can_be.then_some(unsaved))
}

/// The files that a site is made from, by path from the root; nothing where there are links among them, or names that
/// git is not to be asked about.
fn today(config: &Config) -> Option<BTreeSet<String>> {
    let mut files = BTreeSet::from([FILE_NAME.to_owned()]);
    for folder in folders(config).filter(|folder| config.root.join(folder).is_dir()) {
        for found in WalkDir::new(config.root.join(folder)) {
            let found = found.ok().filter(|found| !found.path_is_symlink())?;
            let path = found.path().strip_prefix(&config.root).ok()?.to_str()?.replace(MAIN_SEPARATOR, "/");
            if found.file_type().is_file() && !is_hidden(&path) {
                files.insert(Some(path).filter(|path| !path.contains('\n'))?);
            }
        }
    }
    Some(files)
}

fn folders(config: &Config) -> impl Iterator<Item = &str> {
    let overlays = config.overlays.iter().filter(|overlay| overlay.disk.starts_with(&config.root));
    ["content", "themes"].into_iter().chain(overlays.map(|overlay| overlay.folder.as_str()))
}

fn is_below(path: &str, config: &Config) -> bool {
    let inside = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let is_editor = config.editor.as_ref().is_some_and(|editor| inside(&editor.folder));
    !is_hidden(path) && (is_editor || folders(config).any(inside))
}

/// True for what a library passes over.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// True for a text that can be laid before the one on the disk.
fn is_text(path: &str) -> bool {
    path.starts_with(CONTENT) && [".md", ".yaml", ".yml", ".csv"].iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;
    use crate::{config::Overrides, pipeline};
    use std::{path::Path, process::Command};

    const SETTINGS: &str = "title: T\nbase_url: https://example.org/\n";

    fn git(root: &Path, arguments: &[&str]) {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(root).args(identity).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn write(root: &Path, path: &str, bytes: &[u8]) {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), bytes).unwrap();
    }

    /// What is laid over, or nothing where the older side has to be made by itself.
    #[test]
    fn texts_and_new_files_are_laid_and_all_else_is_made_by_itself() {
        type Change = fn(&Path);
        /// The paths of texts, and those of files that are taken for not there.
        type Laid = Option<(&'static [&'static str], &'static [&'static str])>;
        let cases: &[(&str, Change, Laid)] = &[
            ("nothing", |_| {}, Some((&[], &[]))),
            ("a text", |root| write(root, "content/a.md", b"B"), Some((&["content/a.md"], &[]))),
            (
                "one that is gone",
                |root| fs::remove_file(root.join("content/a.md")).unwrap(),
                Some((&["content/a.md"], &[])),
            ),
            (
                "new files",
                |root| ["a/b.md", "a/b.png"].iter().for_each(|path| write(root, &format!("content/{path}"), b"B")),
                Some((&[], &["content/a/b.md", "content/a/b.png"])),
            ),
            ("a file for the note that git has of it", |root| write(root, "content/a.mp4", b"B"), Some((&[], &[]))),
            (
                "what is no part of the site",
                |root| {
                    ["README.md", "content/.a.md", "content/.b.md", "src/a.rs"]
                        .iter()
                        .for_each(|path| write(root, path, b"B"))
                },
                Some((&[], &[])),
            ),
            ("a picture", |root| write(root, "content/a.png", b"B"), None),
            ("one that is gone", |root| fs::remove_file(root.join("content/a.png")).unwrap(), None),
            ("settings", |root| write(root, "casebook.yaml", format!("{SETTINGS}language: cy\n").as_bytes()), None),
            ("a theme", |root| write(root, "themes/own/a.css", b"B"), None),
            ("a file of a theme", |root| write(root, "themes/own/b.css", b"B"), None),
            #[cfg(unix)]
            ("a link", |root| std::os::unix::fs::symlink("a.md", root.join("content/b.md")).unwrap(), None),
        ];
        for (case, change, expected) in cases {
            let folder = tempfile::tempdir().unwrap();
            let root = fs::canonicalize(folder.path()).unwrap();
            for (path, bytes) in [
                ("casebook.yaml", SETTINGS),
                ("content/a.md", "A"),
                ("content/a.png", "A"),
                ("content/a.mp4", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
                ("content/.a.md", "A"),
                ("themes/own/a.css", "A"),
                ("README.md", "A"),
            ] {
                write(&root, path, bytes.as_bytes());
            }
            git(&root, &["init", "-q"]);
            git(&root, &["add", "-A"]);
            git(&root, &["commit", "-qm", "x"]);
            change(&root);
            let config = pipeline::settings(&root, &Overrides::default()).unwrap();
            let laid = laid(&Repository::of(&root).unwrap(), "HEAD", &config).unwrap();
            let wanted = expected.map(|(texts, hidden)| {
                let mut unsaved = Unsaved::default();
                texts.iter().for_each(|path| unsaved.set(*path, Some("A".into())));
                hidden.iter().for_each(|path| unsaved.hide(*path));
                unsaved
            });
            assert_eq!(laid, wanted, "{case}");
        }
    }
}
