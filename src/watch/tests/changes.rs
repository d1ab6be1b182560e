//! Watching a library.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

use crate::watch::{Changes, watch};

struct Library {
    folder: tempfile::TempDir,
}

impl Library {
    fn new() -> Self {
        let library = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["content/guides", "public", ".git", "target"] {
            fs::create_dir_all(library.path(folder)).unwrap();
        }
        fs::write(library.path("content/guides/a.md"), "a").unwrap();
        fs::write(library.path("casebook.yaml"), "title: T").unwrap();
        library
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    fn watch(&self) -> Told {
        let changes = watch(self.folder.path(), &[self.path("public")]).unwrap();
        assert_eq!(changes.polling(), None);
        Told::by(changes, self.folder.path())
    }
}

/// What is told, from a thread of its own so that a test need not wait for ever.
struct Told {
    receiver: Receiver<Vec<PathBuf>>,
    root: PathBuf,
}

impl Told {
    fn by(changes: Changes, root: &Path) -> Self {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || while changes.next().is_some_and(|paths| sender.send(paths).is_ok()) {});
        Self { receiver, root: root.to_owned() }
    }

    /// Waits until a path is told, and gives all that was told by then.
    fn until(&self, path: &str) -> Vec<PathBuf> {
        let mut all = Vec::new();
        while !all.contains(&self.root.join(path)) {
            match self.receiver.recv_timeout(Duration::from_secs(10)) {
                Ok(paths) => all.extend(paths),
                Err(error) => panic!("{path} was not told, only {all:?} ({error})"),
            }
        }
        all
    }

    fn nothing(&self) {
        let told = self.receiver.recv_timeout(Duration::from_millis(300));
        assert_eq!(told, Err(RecvTimeoutError::Timeout));
    }
}

#[test]
fn files_written_renamed_and_removed() {
    let library = Library::new();
    let told = library.watch();
    library.write("content/guides/a.md", "changed");
    told.until("content/guides/a.md");
    library.write("casebook.yaml", "title: U");
    told.until("casebook.yaml");
    fs::rename(library.path("content/guides/a.md"), library.path("content/guides/b.md")).unwrap();
    told.until("content/guides/b.md");
    fs::remove_file(library.path("content/guides/b.md")).unwrap();
    told.until("content/guides/b.md");
}

#[test]
fn an_editor_that_saves_by_renaming() {
    let library = Library::new();
    let told = library.watch();
    for text in ["first", "second", "third"] {
        library.write("content/guides/.a.md.swp", text);
        fs::rename(library.path("content/guides/a.md"), library.path("content/guides/a.md~")).unwrap();
        fs::rename(library.path("content/guides/.a.md.swp"), library.path("content/guides/a.md")).unwrap();
        fs::remove_file(library.path("content/guides/a.md~")).unwrap();
        let paths = told.until("content/guides/a.md");
        assert!(paths.iter().all(|path| path.ends_with("a.md")), "{paths:?}");
    }
}

#[test]
fn every_theme_of_a_chain() {
    let library = Library::new();
    for folder in ["themes/own", "themes/parent/templates"] {
        fs::create_dir_all(library.path(folder)).unwrap();
    }
    let told = library.watch();
    library.write("themes/parent/templates/base.html", "changed");
    told.until("themes/parent/templates/base.html");
    library.write("themes/own/theme.yaml", "extends: parent");
    told.until("themes/own/theme.yaml");
}

#[test]
fn folders_that_come_later() {
    let library = Library::new();
    let told = library.watch();
    fs::create_dir_all(library.path("themes/civic")).unwrap();
    told.until("themes");
    library.write("themes/civic/theme.yaml", "name: civic");
    told.until("themes/civic/theme.yaml");
    fs::remove_dir_all(library.path("themes")).unwrap();
    told.until("themes");
    fs::create_dir_all(library.path("themes")).unwrap();
    told.until("themes");
    library.write("themes/again.yaml", "");
    told.until("themes/again.yaml");
}

#[test]
fn a_page_named_target_is_a_page() {
    let library = Library::new();
    fs::create_dir_all(library.path("content/target")).unwrap();
    let told = library.watch();
    library.write("content/target/index.md", "");
    told.until("content/target/index.md");
}

#[test]
fn what_builds_and_tools_write_is_not_told() {
    let library = Library::new();
    let told = library.watch();
    library.write("public/index.html", "");
    library.write(".git/index", "");
    library.write("target/debug", "");
    library.write("content/guides/.a.md.swp", "");
    library.write("content/guides/.#a.md", "");
    fs::create_dir_all(library.path(".public.casebook/staging")).unwrap();
    fs::rename(library.path("public"), library.path(".public.casebook/old")).unwrap();
    fs::rename(library.path(".public.casebook/staging"), library.path("public")).unwrap();
    fs::create_dir_all(library.path("content/node_modules/x")).unwrap();
    told.nothing();
}

#[test]
fn reading_is_no_change() {
    let library = Library::new();
    let told = library.watch();
    for _ in 0..50 {
        fs::read(library.path("content/guides/a.md")).unwrap();
        fs::read_dir(library.path("content/guides")).unwrap().for_each(drop);
    }
    told.nothing();
}

#[test]
fn many_files_at_once_come_in_few_lots() {
    let library = Library::new();
    let told = library.watch();
    for number in 0..2000 {
        library.write(&format!("content/guides/{number}.md"), "");
    }
    let mut lots = 0;
    let mut seen = std::collections::HashSet::new();
    while seen.len() < 2000 {
        seen.extend(told.receiver.recv_timeout(Duration::from_secs(10)).unwrap());
        lots += 1;
    }
    assert!(lots < 50, "{lots}");
}

#[test]
fn looking_where_the_system_does_not_tell() {
    let library = Library::new();
    let root = library.folder.path();
    let changes = Changes::by_looking(root, &["public".into()], Duration::from_millis(20));
    let told = Told::by(changes, root);
    library.write("public/index.html", "");
    told.nothing();
    library.write("content/guides/a.md", "b");
    told.until("content/guides/a.md");
    fs::create_dir_all(library.path("content/new")).unwrap();
    library.write("content/new/index.md", "");
    told.until("content/new/index.md");
    fs::remove_file(library.path("content/guides/a.md")).unwrap();
    told.until("content/guides/a.md");
}

#[test]
fn lost_events_are_found_by_looking_and_do_not_repeat() {
    let library = Library::new();
    let changes = watch(library.folder.path(), &[]).unwrap();
    assert_eq!(changes.after_a_loss(), [PathBuf::new()], "anything may have changed");
    assert!(changes.after_a_loss().is_empty());
    library.write("content/guides/a.md", "longer");
    assert_eq!(changes.after_a_loss(), [PathBuf::from("content/guides/a.md")]);
}

#[test]
fn paths_are_told_below_the_root_as_it_was_given() {
    let library = Library::new();
    let name = library.folder.path().file_name().unwrap();
    let roundabout = library.folder.path().join("..").join(name);
    let told = Told::by(watch(&roundabout, &[roundabout.join("public")]).unwrap(), &roundabout);
    library.write("public/index.html", "");
    told.nothing();
    library.write("content/guides/a.md", "b");
    told.until("content/guides/a.md");
}

#[test]
fn a_root_that_is_not_there() {
    assert!(watch(Path::new("/nowhere/at/all"), &[]).unwrap_err().contains("cannot be watched"));
}
