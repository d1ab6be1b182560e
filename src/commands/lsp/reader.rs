//! The thread that runs the pipeline over what was typed, and finds out what is known next.

use super::server::Event;
use crate::{
    commands::build::FOLDER,
    config::Overrides,
    lsp::{self, OfFile, Shelf, Units},
    model::{Changed, Unsaved},
    pipeline::{self, Session, Texts, Unseen},
    watch::Folders,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};
use url::Url;

/// Something to run the pipeline for.
pub(super) struct Work {
    pub changed: Changed,
    pub desk: Option<Typed>,
    /// The number of this piece of work.
    pub number: u64,
}

/// What lies open in the editor.
pub(super) struct Typed {
    pub unsaved: Unsaved,
    pub open: BTreeMap<String, (Url, i32)>,
}

/// What a run found.
pub(super) struct Findings {
    pub shelf: Option<Arc<Shelf>>,
    /// The faults of the files whose faults are others than before; none for those that have none any more.
    pub faults: BTreeMap<String, Option<OfFile>>,
    /// The same for the editor.
    pub published: Vec<Value>,
    /// The last piece of work that it is about.
    pub number: u64,
}

/// Starts to read a library and to watch its folder; gives back whom to ask for a run.
pub(super) fn start(root: &Path, units: Units, events: &Sender<Event>) -> Sender<Work> {
    let (work, jobs) = mpsc::channel();
    let mut reader = Reader::new(Session::reading().advising(), root.to_path_buf(), units);
    let finds = events.clone();
    thread::spawn(move || reader.work(&jobs, &finds));
    let told = work.clone();
    let watched = root.to_path_buf();
    thread::spawn(move || watch(&watched, &told));
    work
}

/// Tells of changes on the disk. Where it can't be watched, the editor's word on what it saves has to do.
fn watch(root: &Path, work: &Sender<Work>) {
    let Ok(mut folders) = Folders::watch(root, &[root.join(FOLDER)]) else { return };
    loop {
        if let Ok(config) = pipeline::settings(root, &Overrides::default()) {
            folders.lay(&config.overlays);
        }
        let Some(word) = folders.next() else { return };
        if work.send(Work { changed: word.changed, desk: None, number: 0 }).is_err() {
            return;
        }
    }
}

/// Runs the pipeline over the library, as often as there is something new.
pub(super) struct Reader {
    session: Session,
    root: PathBuf,
    units: Units,
    unsaved: Unsaved,
    open: BTreeMap<String, (Url, i32)>,
    /// What runs with unsound settings have missed.
    missed: Option<Changed>,
    /// What the last run left.
    shelf: Option<Arc<Shelf>>,
    /// What was said last.
    told: BTreeMap<String, OfFile>,
}

impl Reader {
    pub fn new(session: Session, root: PathBuf, units: Units) -> Self {
        Self {
            session,
            root,
            units,
            unsaved: Unsaved::default(),
            open: BTreeMap::new(),
            missed: None,
            shelf: None,
            told: BTreeMap::new(),
        }
    }

    fn work(&mut self, jobs: &Receiver<Work>, events: &Sender<Event>) {
        while let Ok(first) = jobs.recv() {
            let (mut changed, mut number) = (Changed::Paths(Vec::new()), 0);
            // Whatever else was typed by now belongs to the same run.
            for work in [first].into_iter().chain(jobs.try_iter()) {
                changed = changed.and(work.changed);
                number = number.max(work.number);
                if let Some(Typed { unsaved, open }) = work.desk {
                    (self.unsaved, self.open) = (unsaved, open);
                }
            }
            let findings = self.run(changed, number);
            if events.send(Event::Found(Box::new(findings))).is_err() {
                return;
            }
        }
    }

    /// Runs it for what has changed, and gives what is known then.
    pub fn run(&mut self, changed: Changed, number: u64) -> Findings {
        let changed = self.missed.take().map_or(changed.clone(), |missed| missed.and(changed));
        let settings = pipeline::settings_before(&self.root, &Overrides::default(), &self.unsaved);
        let (run, shelf) = match settings {
            Ok(config) => {
                self.session.lay(self.unsaved.clone());
                let run = self.session.run(&config, &changed, &Unseen).run;
                self.shelf = self.session.shelf(self.shelf.as_deref()).map(Arc::new);
                (run, self.shelf.clone())
            }
            Err(run) => {
                self.missed = Some(changed);
                (run, None)
            }
        };
        let (faults, published) = self.news(lsp::by_file(run.diagnostics, |path| run.texts.file(path)), &run.texts);
        Findings { shelf, faults, published, number }
    }

    /// What is otherwise than it was said last.
    fn news(&mut self, now: BTreeMap<String, OfFile>, texts: &Texts) -> (BTreeMap<String, Option<OfFile>>, Vec<Value>) {
        let paths: BTreeSet<&String> = now.keys().chain(self.told.keys()).collect();
        let differs = |path: &&String| now.get(*path) != self.told.get(*path);
        let paths: Vec<String> = paths.into_iter().filter(differs).cloned().collect();
        let (mut faults, mut published) = (BTreeMap::new(), Vec::new());
        for path in paths {
            let open = self.open.get(&path).cloned();
            let uri = open.as_ref().map(|(uri, _)| uri.clone()).or_else(|| lsp::address(&self.root, &path));
            let of_file = now.get(&path);
            let none = OfFile::default();
            if let Some(uri) = uri {
                let version = open.map(|(_, version)| version);
                let of_file = of_file.unwrap_or(&none);
                published.push(lsp::published(&self.root, &uri, version, of_file, self.units, texts));
            }
            faults.insert(path, of_file.cloned());
        }
        self.told = now;
        (faults, published)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;
    use std::fs;

    #[test]
    fn nothing_that_changed_is_missed_while_the_settings_can_not_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let settings = "title: Test\nbase_url: https://example.org/\ncontent_overlays: [more]\n";
        let write = |path: &str, text: &str| fs::write(root.join(path), text).unwrap();
        fs::create_dir(root.join("content")).unwrap();
        fs::create_dir(root.join("more")).unwrap();
        write("casebook.yaml", settings);
        let page = |link: &str| format!("---\ntitle: A\nsummary: A.\n---\n[x]({link})\n");
        write("content/a.md", &page("a.md"));
        write("more/b.md", &page("a.md"));
        let mut reader = Reader::new(Session::reading(), root.clone(), Units::Utf16);
        let mut run = |changed: &[&str], typed: Option<(&str, String)>| {
            reader.unsaved = Unsaved::default();
            reader.open.clear();
            if let Some((path, text)) = typed {
                reader.unsaved.set(path.to_owned(), Some(text.into()));
                reader.open.insert(path.to_owned(), (lsp::address(&root, path).unwrap(), 3));
            }
            reader.run(Changed::Paths(changed.iter().map(PathBuf::from).collect()), 1)
        };
        let first = run(&["casebook.yaml"], None);
        assert_eq!(first.published, Vec::<Value>::new());

        write("casebook.yaml", "title: [\n");
        write("content/a.md", &page("gone.md"));
        assert!(run(&["casebook.yaml", "content/a.md"], None).shelf.is_none());
        write("casebook.yaml", settings);
        let told = run(&["casebook.yaml"], None).faults;
        assert!(told.get("content/a.md").is_some_and(Option::is_some), "{told:?}");
        // What is typed stands before what is saved, and is told with its version.
        let typed = run(&["content/a.md"], Some(("content/a.md", page("typed.md")))).published;
        assert_eq!(typed.first().map(|told| &told["version"]), Some(&json!(3)), "{typed:?}");
        assert!(typed.iter().any(|told| told.to_string().contains("typed.md")), "{typed:?}");
    }
}
