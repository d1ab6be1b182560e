use super::*;
use std::collections::BTreeMap;

/// Everything below a folder: its files with what they hold, and its folders.
fn tree(root: &Path) -> BTreeMap<String, Option<String>> {
    let below = walkdir::WalkDir::new(root).min_depth(1).into_iter().map(Result::unwrap);
    let named = below.map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        (path, fs::read_to_string(entry.path()).ok())
    });
    named.collect()
}

fn library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.md"), "old").unwrap();
    fs::write(folder.path().join("other.md"), "other").unwrap();
    folder
}

#[test]
fn a_failure_in_the_middle_leaves_everything_as_it_was() {
    type Spoil = fn(&Path) -> Change<'static>;
    let cases: [(&str, &str, Spoil); 6] = [
        ("a folder in its place", "it is a folder", |root| {
            fs::create_dir(root.join("a.md")).unwrap();
            Change::new(root.join("a.md"), b"new")
        }),
        ("a file where a folder is needed", "", |root| Change::new(root.join("other.md/a.md"), b"new")),
        ("a file that came meanwhile", "there is one already", |root| Change::new(root.join("other.md"), b"new")),
        ("a file that was changed meanwhile", "it was changed meanwhile", |root| Change {
            before: Some(b"read earlier".to_vec()),
            ..Change::new(root.join("other.md"), b"new")
        }),
        ("a file that is gone", "it was changed meanwhile", |root| {
            let change = Change::over(root.join("other.md"), b"new").unwrap();
            fs::remove_file(root.join("other.md")).unwrap();
            change
        }),
        ("a file that may not be written", "it is read-only", |root| {
            let path = root.join("other.md");
            let mut permissions = fs::metadata(&path).unwrap().permissions();
            permissions.set_readonly(true);
            fs::set_permissions(&path, permissions).unwrap();
            Change::over(path, b"new").unwrap()
        }),
    ];
    for (case, why, spoil) in cases {
        let folder = library();
        let root = folder.path();
        let spoilt = spoil(root);
        let before = tree(root);
        let changes = [
            Change::over(root.join("old.md"), b"new").unwrap(),
            Change::new(root.join("new/deep/one.md"), b"new"),
            spoilt,
            Change::new(root.join("new/last.md"), b"new"),
        ];
        let said = put(&changes).unwrap_err();
        assert!(said.contains(why) && said.ends_with(". Nothing was changed."), "{case}: {said}");
        assert!(said.starts_with(&format!("{} can't be written: ", shown(&changes[2].path))), "{case}: {said}");
        assert_eq!(tree(root), before, "{case}");
    }
}

/// The last moment at which it can fail: all is written, and some of it is in its place.
#[test]
fn what_took_its_place_already_gives_it_back() {
    let folder = library();
    let root = folder.path();
    let before = tree(root);
    let changes = [
        Change::over(root.join("old.md"), b"new").unwrap(),
        Change::new(root.join("new/one.md"), b"new"),
        Change::over(root.join("other.md"), b"new").unwrap(),
    ];
    let mut work = Work::default();
    changes.iter().for_each(|change| work.write(change).unwrap());
    for (index, change) in changes.iter().enumerate() {
        work.place(change, index).unwrap();
    }
    assert_eq!(fs::read_to_string(root.join("other.md")).unwrap(), "new");
    fs::create_dir(root.join("new/strange")).unwrap();
    assert_eq!(work.undo(), None);
    // A folder that somebody puts something into meanwhile stays.
    fs::remove_dir(root.join("new/strange")).unwrap();
    fs::remove_dir(root.join("new")).unwrap();
    assert_eq!(tree(root), before);
}

#[test]
fn what_can_not_be_put_back_is_told_with_what_it_held() {
    let folder = library();
    let root = folder.path();
    let mut work = Work::default();
    let change = Change::over(root.join("old.md"), b"new").unwrap();
    work.write(&change).unwrap();
    work.place(&change, 0).unwrap();
    fs::remove_file(root.join("old.md")).unwrap();
    fs::create_dir(root.join("old.md")).unwrap();
    let left = work.undo().unwrap();
    assert!(left.contains("old.md can't be put back as it was") && left.contains("; what it held is in "), "{left}");
    assert!(tree(root).values().any(|text| text.as_deref() == Some("old")), "{:?}", tree(root));
}

#[test]
fn files_are_put_with_their_folders_and_nothing_is_left_beside_them() {
    let folder = library();
    let root = folder.path();
    let changes = [
        Change::over(root.join("old.md"), b"new").unwrap(),
        Change::over(root.join("a/b/new.md"), b"one").unwrap(),
        Change::new(root.join("a/other.md"), b"two"),
    ];
    put(&changes).unwrap();
    let now = [("a/b/new.md", "one"), ("a/other.md", "two"), ("old.md", "new"), ("other.md", "other")];
    let files = tree(root).into_iter().filter_map(|(path, text)| Some((path, text?)));
    assert_eq!(files.collect::<Vec<_>>(), now.map(|(path, text)| (path.to_owned(), text.to_owned())));
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = library();
    let path = folder.path().join("old.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    put(&[Change::over(path.clone(), b"new").unwrap()]).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}
