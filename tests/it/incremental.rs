//! A library is edited at random, and after each edit what is made of the change alone must be, byte for byte, what is
//! made from nothing.
//!
//! `CASEBOOK_SEED` and `CASEBOOK_EDITS` run it with another seed and for longer; the seed and the last edits are said
//! where there is a difference.

pub mod chance;
mod edits;
pub mod library;

use crate::site::Site;
use casebook::{
    config::{Config, Overrides},
    diagnostic::{Diagnostic, Label, SourceTexts},
    model::{Changed, Content, Later, Measure, Output, Recipe},
    pipeline::{self, Run, Session, SiteChange, Texts, Unseen},
};
use chance::Chance;
use edits::Edit;
use library::{Tree, library};
use std::{
    collections::BTreeMap,
    env, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

/// What a run made, in a form that can be compared.
#[derive(PartialEq)]
struct Made {
    outputs: BTreeMap<String, String>,
    diagnostics: Vec<Diagnostic>,
    lines: Vec<Option<String>>,
    counts: (usize, usize),
}

impl Made {
    /// What was made from nothing.
    fn clean(run: &Run) -> Self {
        Self::of(run, run.outputs.iter())
    }

    fn of<'a>(run: &Run, made: impl Iterator<Item = &'a Output>) -> Self {
        let mut outputs = BTreeMap::new();
        // What is made where there are errors is of no use to anybody.
        for Output { path, content } in made.filter(|_| !run.has_errors()) {
            let before = outputs.insert(path.clone(), shape(content));
            assert!(before.is_none(), "{path} is made twice");
        }
        let labels = run.diagnostics.iter().flat_map(|fault| fault.place.iter().chain(&fault.related));
        let lines = labels.map(|label| line(label, &run.texts)).collect();
        Self { outputs, diagnostics: run.diagnostics.clone(), lines, counts: (run.entries, run.hidden) }
    }

    /// What the one has and the other has not, or has otherwise.
    fn differences(&self, clean: &Self) -> Vec<String> {
        let mut all = Vec::new();
        let paths = self.outputs.keys().chain(clean.outputs.keys().filter(|path| !self.outputs.contains_key(*path)));
        for path in paths {
            match (self.outputs.get(path), clean.outputs.get(path)) {
                (Some(own), Some(clean)) if own == clean => {}
                (Some(own), Some(clean)) => all.push(format!("{path} differs:\n{}", around(own, clean))),
                (Some(_), None) => all.push(format!("{path} is too much")),
                _ => all.push(format!("{path} is missing")),
            }
        }
        for fault in self.diagnostics.iter().filter(|fault| !clean.diagnostics.contains(fault)) {
            all.push(format!("said too much: {fault:?}"));
        }
        for fault in clean.diagnostics.iter().filter(|fault| !self.diagnostics.contains(fault)) {
            all.push(format!("not said: {fault:?}"));
        }
        if all.is_empty() {
            all.push(format!("the order of faults, their lines, or the counts: {:?} {:?}", self.counts, clean.counts));
        }
        all
    }
}

/// A library at work, and what somebody sees who is told only what differs from the last time.
#[derive(Default)]
struct Shown {
    session: Option<Session>,
    // The same library in an editor, where no page is made.
    read: Option<Session>,
    files: BTreeMap<String, Content>,
    later: Vec<Arc<Later>>,
    is_shown: bool,
    // What the session has not been told of yet.
    missed: Vec<Changed>,
    overlays: Vec<PathBuf>,
    // How often it was told no more than differed.
    parts: u64,
}

impl Shown {
    /// Tells of changed files as the watch does: what is laid over the library by the place that it has there.
    fn told(&mut self, edit: &Edit, root: &Path, had_overlay: bool) {
        let is_laid = |path: &str| self.overlays.iter().any(|overlay| root.join(path).starts_with(overlay));
        if self.overlays.iter().any(|overlay| overlay.is_dir() != had_overlay) {
            return self.missed.push(Changed::Everything);
        }
        let name = |path: &String| match path.split_once('/') {
            Some((_, inner)) if is_laid(path) => Path::new("content").join(inner),
            _ => PathBuf::from(path),
        };
        let mut paths: Vec<PathBuf> = edit.files.iter().map(|(path, _)| name(path)).collect();
        paths.sort();
        paths.dedup();
        self.missed.push(Changed::Paths(paths));
    }

    /// What is there once all that was told is made, and what an editor is told.
    fn run(&mut self, config: &Config) -> (Made, Made) {
        let session = self.session.get_or_insert_with(Session::postponing);
        let changed = std::mem::take(&mut self.missed).into_iter().reduce(Changed::and);
        let changed = changed.unwrap_or(Changed::Everything);
        let reading = self.read.get_or_insert_with(reading);
        let read = Made::clean(&reading.run(config, &changed, &Unseen).run);
        let update = session.run(config, &changed, &Unseen);
        self.overlays = config.overlays.iter().map(|overlay| overlay.disk.clone()).collect();
        let placed = |outputs: Vec<Output>| outputs.into_iter().map(|output| (output.path, output.content));
        if update.run.has_errors() {
            // It stays as it was on show; what comes next must not build on it.
            self.is_shown = false;
        } else {
            match update.site {
                SiteChange::Part(outputs, gone) if self.is_shown => {
                    self.files.retain(|path, _| !gone.contains(path));
                    self.files.extend(placed(outputs));
                    self.parts += 1;
                }
                _ => self.files = placed(session.outputs()).collect(),
            }
            (self.later, self.is_shown) = (update.later, true);
        }
        let later: Vec<Output> = self.later.iter().flat_map(|later| later.outputs()).collect();
        let now: Vec<Output> =
            self.files.iter().map(|(path, content)| Output { path: path.clone(), content: content.clone() }).collect();
        let made = Made::of(&update.run, now.iter().chain(&later));
        if self.is_shown {
            let whole: Vec<Output> = session.outputs();
            assert_eq!(whole.len(), now.len(), "what is on show and what was made are not as much");
        }
        (made, read)
    }
}

/// A library in an editor.
fn reading() -> Session {
    Session::reading().advising()
}

/// The bytes of an output, or all that they come from.
fn shape(content: &Content) -> String {
    match content {
        Content::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| format!("{bytes:?}")),
        Content::File(path) => format!("the file {}", path.display()),
        Content::Made(recipe) => origin(recipe),
        Content::Measured(measured) => {
            let measures = (0..measured.of.len()).map(|at| Measure { size: 1_000 + at as u64, pages: Some(3) });
            let told = (measured.tell)(&measures.collect::<Vec<_>>());
            measured.of.iter().map(|recipe| origin(recipe)).collect::<String>() + &String::from_utf8(told).unwrap()
        }
    }
}

/// A recipe is known by its key and its ingredients.
fn origin(recipe: &Recipe) -> String {
    format!("{recipe:?}")
}

/// The line that a report shows.
fn line(label: &Label, texts: &Texts) -> Option<String> {
    let text = texts.text(&label.path)?;
    let start = text.get(..label.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    Some(text[start..].lines().next().unwrap_or_default().to_owned())
}

/// The first place where two texts differ.
fn around(own: &str, clean: &str) -> String {
    let same = own.bytes().zip(clean.bytes()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[same.saturating_sub(80)..(same + 120).min(text.len())]).into_owned()
    };
    format!("  changed: …{}…\n  clean:   …{}…", part(own), part(clean))
}

/// A library on the disk and in mind.
struct Edited {
    site: Site,
    tree: Tree,
    // As it was when there was no error in it.
    sound: Tree,
}

impl Edited {
    fn new(chance: &mut Chance) -> Self {
        let (site, tree) = (Site::new(), library(chance));
        fs::remove_dir_all(site.root().join("content")).unwrap();
        for (path, bytes) in &tree {
            site.write(path, bytes);
        }
        Self { site, sound: tree.clone(), tree }
    }

    /// Does what an edit says.
    fn apply(&mut self, edit: &Edit) {
        for (path, bytes) in &edit.files {
            match bytes {
                Some(bytes) => {
                    self.site.write(path, bytes);
                    self.tree.insert(path.clone(), bytes.clone());
                }
                None => {
                    remove(self.site.root(), path);
                    self.tree.remove(path);
                }
            }
        }
    }

    /// Puts everything back as it was when there was no error.
    fn mending(&self) -> Edit {
        let differs = |path: &&String| self.tree.get(*path) != self.sound.get(*path);
        let gone = self.tree.keys().filter(|path| !self.sound.contains_key(*path));
        let paths = self.sound.keys().chain(gone).filter(differs);
        Edit { said: "mended".into(), files: paths.map(|path| (path.clone(), self.sound.get(path).cloned())).collect() }
    }
}

/// Removes a file and the folders that have nothing in them then.
fn remove(root: &Path, path: &str) {
    match fs::remove_file(root.join(path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        result => result.unwrap(),
    }
    for folder in Path::new(path).ancestors().skip(1) {
        if folder == Path::new("") || folder == Path::new("content") || fs::remove_dir(root.join(folder)).is_err() {
            break;
        }
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// So many minutes after the first build.
fn overrides(minutes: usize) -> Overrides {
    let days = minutes / (24 * 60);
    let now = format!("2026-11-{}T{:02}:{:02}", 22 + days, minutes / 60 % 24, minutes % 60);
    Overrides { now: Some(now), ..Overrides::default() }
}

/// Makes a library, edits it, and compares after each edit.
fn edited(seed: u64, count: u64) {
    let mut chance = Chance::new(seed);
    let mut edited = Edited::new(&mut chance);
    let mut shown = Shown::default();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let (mut said, mut minutes, mut sound) = (Vec::new(), 0, 0);
    for step in 0..=count {
        let clean = match pipeline::settings(edited.site.root(), &overrides(minutes)) {
            Ok(config) => {
                let run = pipeline::run(&config, &Unseen);
                let clean = Made::clean(&run);
                let read = Made::clean(&reading().run(&config, &Changed::Everything, &Unseen).run);
                let (own, own_read) = shown.run(&config);
                assert_same(&own, &clean, seed, &said);
                assert_same(&own_read, &read, seed, &said);
                if step % 25 == 0 {
                    assert_same(&Made::clean(&one.install(|| pipeline::run(&config, &Unseen))), &clean, seed, &said);
                }
                run
            }
            Err(run) => run,
        };
        if let Some(error) = clean.diagnostics.iter().find(|fault| fault.is_error()) {
            said.push(format!("   ({})", error.message));
        } else {
            sound += 1;
            edited.sound.clone_from(&edited.tree);
        }
        let edit = if clean.has_errors() && chance.percent(60) {
            edited.mending()
        } else {
            edits::edit(&mut chance, &edited.tree, usize::try_from(step).unwrap())
        };
        let had_overlay = edited.site.root().join("private").is_dir();
        edited.apply(&edit);
        shown.told(&edit, edited.site.root(), had_overlay);
        said.push(format!("{}: {}", step + 1, edit.said));
        if chance.percent(5) {
            minutes = (minutes + 1 + chance.below(600)).min(8 * 24 * 60);
        }
    }
    // Were nearly all broken, or each made anew, this would compare nothing.
    assert!(sound * 2 > count, "only {sound} of {count} libraries could be built");
    assert!(shown.parts * 4 > count, "only {} of {count} changes were made by themselves", shown.parts);
}

#[track_caller]
fn assert_same(own: &Made, clean: &Made, seed: u64, said: &[String]) {
    if own != clean {
        let last = said.iter().skip(said.len().saturating_sub(12)).cloned().collect::<Vec<_>>().join("\n  ");
        let all = own.differences(clean);
        let shown = all.iter().take(8).cloned().collect::<Vec<_>>().join("\n");
        panic!("CASEBOOK_SEED={seed}, after the last of\n  {last}\n{} differences:\n{shown}", all.len());
    }
}

#[test]
fn what_is_made_of_changes_is_what_is_made_from_nothing() {
    edited(number("CASEBOOK_SEED", 6), number("CASEBOOK_EDITS", 500));
}

/// The clock goes on between two runs, and a page may get a date from the time between.
#[test]
fn an_embargo_that_has_ended_by_the_time_it_is_written_hides_nothing() {
    let page = |front: &str| format!("---\ntitle: A\nsummary: About A.\n{front}---\n\nText.\n");
    let site = Site::new().file("content/guides/a.md", page(""));
    let config = |minutes| pipeline::settings(site.root(), &overrides(minutes)).unwrap_or_else(|_| panic!("settings"));
    let mut shown = Shown::default();
    shown.run(&config(0));
    site.write("content/guides/a.md", page("embargo: 2026-11-22T00:30\n"));
    shown.missed.push(Changed::Paths(vec!["content/guides/a.md".into()]));
    let (own, clean) = (shown.run(&config(60)), Made::clean(&pipeline::run(&config(60), &Unseen)));
    assert!(clean.outputs.contains_key("guides/a/index.html"));
    assert_same(&own.0, &clean, 0, &[]);
}
