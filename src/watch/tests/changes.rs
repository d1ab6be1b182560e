//! Watching a library.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use notify::{Error, ErrorKind, Event, EventKind, event::Flag};

use crate::watch::{Changes, watch};

/// How long a test waits before it fails.
const LONG: Duration = Duration::from_secs(20);

/// How often files are looked at.
const OFTEN: Duration = Duration::from_millis(20);

pub(super) struct Library {
    folder: tempfile::TempDir,
}

impl Library {
    pub(super) fn new() -> Self {
        let library = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["content/guides", "public", ".git", "target"] {
            fs::create_dir_all(library.path(folder)).unwrap();
        }
        fs::write(library.path("content/guides/a.md"), "a").unwrap();
        fs::write(library.path("casebook.yaml"), "title: T").unwrap();
        library
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    pub(super) fn watch(&self) -> Told {
        let changes = watch(self.folder.path(), &[self.path("public")]).unwrap();
        assert_eq!(changes.polling(), None);
        Told::by(changes)
    }
}

/// What is told of that which has happened by the time that a test asks.
pub(super) struct Told {
    changes: Option<Changes>,
}

impl Told {
    fn by(changes: Changes) -> Self {
        Self { changes: Some(changes) }
    }

    /// Asked on another thread, so that a test need not wait for ever.
    fn next(&mut self) -> BTreeSet<PathBuf> {
        let (sender, receiver) = mpsc::channel();
        let mut changes = self.changes.take().unwrap();
        thread::spawn(move || {
            let told = changes.next();
            let _ = sender.send((told, changes));
        });
        let (told, changes) = receiver.recv_timeout(LONG).expect("nothing is told");
        self.changes = Some(changes);
        told.unwrap()
    }

    /// Waits until a path is told, and gives all that was told by then.
    fn until(&mut self, path: &str) -> BTreeSet<PathBuf> {
        let mut all = BTreeSet::new();
        while !all.contains(Path::new(path)) {
            all.extend(self.next());
        }
        all
    }

    /// The next that is told is this.
    pub(super) fn is(&mut self, paths: &[&str]) {
        assert_eq!(self.next(), paths.iter().map(PathBuf::from).collect::<BTreeSet<_>>());
    }

    /// Nothing that has happened by now is told any more: what happens next is told first.
    pub(super) fn nothing_more(&mut self, library: &Library) {
        library.write("last.txt", "");
        self.is(&["last.txt"]);
    }
}

#[test]
fn files_written_renamed_and_removed() {
    let library = Library::new();
    let mut told = library.watch();
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
fn every_theme_of_a_chain() {
    let library = Library::new();
    for folder in ["themes/own", "themes/parent/templates"] {
        fs::create_dir_all(library.path(folder)).unwrap();
    }
    let mut told = library.watch();
    library.write("themes/parent/templates/base.html", "changed");
    told.until("themes/parent/templates/base.html");
    library.write("themes/own/theme.yaml", "extends: parent");
    told.until("themes/own/theme.yaml");
}

#[test]
fn folders_that_come_later() {
    let library = Library::new();
    let mut told = library.watch();
    fs::create_dir_all(library.path("themes/civic")).unwrap();
    told.until("themes");
    library.write("themes/civic/theme.yaml", "name: civic");
    told.until("themes/civic/theme.yaml");
    fs::remove_dir_all(library.path("themes")).unwrap();
    told.until("themes/civic/theme.yaml");
    fs::create_dir_all(library.path("themes")).unwrap();
    told.until("themes");
    library.write("themes/again.yaml", "");
    told.until("themes/again.yaml");
}

#[test]
fn a_page_named_target_is_a_page() {
    let library = Library::new();
    fs::create_dir_all(library.path("content/target")).unwrap();
    let mut told = library.watch();
    library.write("content/target/index.md", "");
    told.until("content/target/index.md");
}

#[test]
fn what_builds_and_tools_write_is_not_told() {
    let library = Library::new();
    let mut told = library.watch();
    library.write("public/index.html", "");
    library.write(".git/index", "");
    library.write("target/debug", "");
    library.write("content/guides/.a.md.swp", "");
    library.write("content/guides/.#a.md", "");
    fs::create_dir_all(library.path(".public.casebook/staging")).unwrap();
    fs::rename(library.path("public"), library.path(".public.casebook/old")).unwrap();
    fs::rename(library.path(".public.casebook/staging"), library.path("public")).unwrap();
    fs::create_dir_all(library.path("content/node_modules/x")).unwrap();
    told.nothing_more(&library);
}

#[test]
fn reading_is_no_change() {
    let library = Library::new();
    let mut told = library.watch();
    for _ in 0..50 {
        fs::read(library.path("content/guides/a.md")).unwrap();
        fs::read_dir(library.path("content/guides")).unwrap().for_each(drop);
    }
    told.nothing_more(&library);
}

#[test]
fn a_file_given_in_one_piece() {
    let library = Library::new();
    let mut told = library.watch();
    fs::hard_link(library.path("casebook.yaml"), library.path("content/guides/linked.yaml")).unwrap();
    told.is(&["content/guides/linked.yaml"]);
    fs::rename(library.path("content/guides"), library.path("content/renamed")).unwrap();
    told.is(&[
        "content/guides",
        "content/guides/a.md",
        "content/guides/linked.yaml",
        "content/renamed",
        "content/renamed/a.md",
        "content/renamed/linked.yaml",
    ]);
    library.write("content/renamed/a.md", "heard under its new name");
    told.is(&["content/renamed/a.md"]);
}

#[test]
fn folders_with_what_was_in_them_before_anybody_listened() {
    let library = Library::new();
    let mut told = library.watch();
    for number in 0..50 {
        let folder = library.path(&format!("content/guides/{number}/deeper/still"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.md"), "").unwrap();
    }
    let mut seen = BTreeSet::new();
    let is_page = |path: &&PathBuf| path.ends_with("index.md");
    while seen.iter().filter(is_page).count() < 50 {
        seen.extend(told.next());
    }
}

#[cfg(unix)]
#[test]
fn a_change_behind_a_symbolic_link_is_one_of_the_link() {
    let library = Library::new();
    std::os::unix::fs::symlink("guides/a.md", library.path("content/b.md")).unwrap();
    std::os::unix::fs::symlink("guides", library.path("content/linked")).unwrap();
    let mut told = library.watch();
    library.write("content/guides/a.md", "changed");
    told.is(&["content/b.md", "content/guides/a.md", "content/linked/a.md"]);
}

#[test]
fn a_switched_branch_comes_in_one_lot_or_two() {
    let library = Library::new();
    for number in 0..2000 {
        library.write(&format!("content/guides/{number}.md"), "before");
    }
    let mut told = library.watch();
    for number in 0..2000 {
        let path = library.path(&format!("content/guides/{number}.md"));
        fs::remove_file(&path).unwrap();
        fs::write(&path, "after").unwrap();
    }
    let first = told.next();
    if first.len() < 2000 {
        let second = told.next();
        assert_eq!(first.union(&second).count(), 2000);
    }
    told.nothing_more(&library);
}

#[test]
fn looking_where_the_system_does_not_tell() {
    let library = Library::new();
    let (_sender, changes) = Changes::hearing(library.folder.path(), &["public".into()], OFTEN);
    let changes = changes.deaf();
    assert!(changes.polling().is_some());
    let mut told = Told::by(changes);
    library.write("public/index.html", "");
    library.write("content/guides/a.md", "longer");
    told.is(&["content/guides/a.md"]);
    fs::create_dir_all(library.path("content/new")).unwrap();
    library.write("content/new/index.md", "");
    told.is(&["content/new/index.md"]);
    fs::remove_file(library.path("content/guides/a.md")).unwrap();
    told.is(&["content/guides/a.md"]);
}

#[test]
fn lost_events_are_found_by_looking_and_do_not_repeat() {
    let library = Library::new();
    let (sender, changes) = Changes::hearing(library.folder.path(), &[], OFTEN);
    let mut told = Told::by(changes);
    let lost = || sender.send(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))).unwrap();
    library.write("content/guides/a.md", "longer");
    fs::create_dir_all(library.path("content/new")).unwrap();
    library.write("content/new/b.md", "");
    lost();
    told.is(&["content/guides/a.md", "content/new/b.md"]);
    // A build that reads many files may itself be why word is lost: it must not start the next one.
    lost();
    lost();
    fs::remove_file(library.path("content/guides/a.md")).unwrap();
    lost();
    told.is(&["content/guides/a.md"]);
}

#[test]
fn at_the_system_s_limit_it_looks_and_says_so() {
    let library = Library::new();
    let (sender, mut changes) = Changes::hearing(library.folder.path(), &[], OFTEN);
    assert_eq!(changes.polling(), None);
    library.write("content/guides/a.md", "unheard");
    sender.send(Err(Error::new(ErrorKind::MaxFilesWatch))).unwrap();
    assert_eq!(changes.next().unwrap(), BTreeSet::from(["content/guides/a.md".into()]));
    assert!(changes.polling().unwrap().contains("fs.inotify.max_user_watches"));
    library.write("content/guides/a.md", "unheard as well");
    assert_eq!(changes.next().unwrap(), BTreeSet::from(["content/guides/a.md".into()]));
}

#[test]
fn paths_are_told_below_the_root_as_it_was_given() {
    let library = Library::new();
    let name = library.folder.path().file_name().unwrap();
    let roundabout = library.folder.path().join("..").join(name);
    let mut told = Told::by(watch(&roundabout, &[roundabout.join("public")]).unwrap());
    library.write("public/index.html", "");
    told.nothing_more(&library);
    library.write("content/guides/a.md", "b");
    told.until("content/guides/a.md");
}

#[test]
fn a_root_that_is_not_there() {
    assert!(watch(Path::new("/nowhere/at/all"), &[]).unwrap_err().contains("cannot be watched"));
}
