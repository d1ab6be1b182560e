//! The built-in theme and the library that `init` writes, in memory.

use casebook::{
    advice::{self, Adviser},
    builtin,
    config::{self, Config, Overrides},
    diagnostic::Diagnostic,
    discover, link,
    model::{Content, Entry, Ingredient, Job, Output, Recipe, Registers, SourceFile, Theme, ThemeFiles},
    outputs, parse,
    render::{Look, Workshop},
    rules::Rules,
    validate,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Arc, LazyLock, OnceLock},
};

/// What a page is held against and made with.
pub struct Desk {
    pub config: Arc<Config>,
    pub files: ThemeFiles,
    pub registers: Arc<Registers>,
    theme: Arc<Theme>,
    adviser: Adviser,
    look: Arc<Look>,
    shared: outputs::Shared,
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// A file of the site: its path, and what it holds.
pub type File = (String, Vec<u8>);

impl Desk {
    /// The one desk there is.
    pub fn get() -> &'static Self {
        static DESK: LazyLock<Desk> = LazyLock::new(Desk::new);
        &DESK
    }

    fn new() -> Self {
        let settings = SourceFile {
            path: "casebook.yaml".to_owned(),
            text: "title: Test\nbase_url: https://example.org/\n".to_owned(),
        };
        let overrides = Overrides { now: Some("2027-01-01".to_owned()), ..Overrides::default() };
        let config = config::resolve(PathBuf::from("/nowhere"), &settings, &overrides).expect("sound settings");
        let (files, _) = discover::theme(&config, &casebook::model::Unsaved::default());
        let (theme, _) = parse::theme(files.clone());
        let registers = starter("content/_data/").map(|file| parse::register(&file).0);
        let registers: Registers = registers.map(|register| (register.name.clone(), register)).collect();
        let (look, faults) = Look::new(&theme, &config, &BTreeSet::from(["en"]));
        let theme = Arc::new(theme);
        Self {
            config: Arc::new(config),
            files,
            adviser: Adviser::new(theme.clone(), &registers),
            registers: Arc::new(registers),
            theme,
            look: look.unwrap_or_else(|| panic!("{faults:?}")),
            shared: outputs::Shared::default(),
            index: OnceLock::new(),
        }
    }

    /// What a page with this text comes to.
    pub fn entry(&self, path: &str, text: &str) -> (Option<Arc<Entry>>, Vec<Diagnostic>) {
        let rules = Rules { config: &self.config, theme: &self.theme, registers: &self.registers };
        let (entry, mut faults) = entry(path, text, rules);
        if let Some(entry) = &entry {
            faults.extend(self.adviser.advise(entry));
            faults.extend(advice::silences(entry).into_iter().flat_map(|silence| silence.faults));
        }
        (entry, faults)
    }

    /// The pages and downloads of a library with one entry.
    pub fn files_of(&self, entry: Arc<Entry>) -> Vec<File> {
        let jobs = |job: &Job| matches!(job, Job::Entry(_) | Job::Feed(_) | Job::Catalogue | Job::Calendar);
        self.make(vec![entry], jobs)
    }

    fn make(&self, entries: Vec<Arc<Entry>>, wanted: impl Fn(&Job) -> bool) -> Vec<File> {
        let parts = link::Parts {
            entries,
            theme: self.theme.clone(),
            registers: self.registers.clone(),
            assets: Vec::new(),
            unread: BTreeSet::new(),
            overlaid: BTreeMap::new(),
            is_only_read: false,
        };
        let library = Arc::new(link::link(parts, &self.config).0);
        let workshop = Workshop::with(self.look.clone(), library.clone(), self.config.clone());
        let jobs = outputs::plan(&library, &self.config);
        let make = |job: &Job| outputs::make(&workshop.renderer(), &self.shared, job).0;
        jobs.iter().filter(|job| wanted(job)).flat_map(make).filter_map(made).collect()
    }

    /// The search index of the library that `init` writes, by path below the folder of the index.
    pub fn index(&self) -> &BTreeMap<String, Vec<u8>> {
        self.index.get_or_init(|| {
            let entries = starter("content/").filter(|file| file.path.ends_with(".md"));
            let entries = entries.filter_map(|file| self.entry(&file.path, &file.text).0).collect();
            let files = self.make(entries, |job| *job == Job::SearchIndex);
            let inside = |(path, bytes): File| Some((path.strip_prefix("search/")?.to_owned(), bytes));
            files.into_iter().filter_map(inside).collect()
        })
    }
}

/// What a page comes to under these rules.
pub fn entry(path: &str, text: &str, rules: Rules<'_>) -> (Option<Arc<Entry>>, Vec<Diagnostic>) {
    let source = Arc::new(SourceFile { path: path.to_owned(), text: text.to_owned() });
    let (document, mut faults) = parse::document(source);
    let (entry, found) = validate::entry(document, rules);
    faults.extend(found);
    (entry.map(Arc::new), faults)
}

/// Every fault of a file has a place in it that can be shown.
pub fn held(faults: &[Diagnostic], path: &str, text: &str) {
    for fault in faults {
        for label in fault.place.iter().chain(&fault.related).filter(|label| label.path == path) {
            let (start, end) = (label.span.start, label.span.end);
            let is_in = start <= end && text.is_char_boundary(start) && text.is_char_boundary(end);
            assert!(is_in, "{start}..{end} is no place in the file: {fault:?}");
        }
    }
}

fn starter(folder: &'static str) -> impl Iterator<Item = SourceFile> {
    let files = builtin::starter().into_iter().filter(move |(path, _)| path.starts_with(folder));
    files.map(|(path, bytes)| SourceFile { path, text: String::from_utf8(bytes.to_vec()).expect("text") })
}

/// What an output holds, as far as it is text or is made of text: pictures have nothing to do with what is tried here.
fn made(output: Output) -> Option<File> {
    let Output { path, content } = output;
    let wanted = [".html", ".xml", ".json", ".ics", ".csv", ".txt", ".docx"];
    let is_index = path.starts_with("search/") && path != "search/index.html";
    if !is_index && !wanted.iter().any(|ending| path.ends_with(ending)) {
        return None;
    }
    let bytes = match content {
        Content::Bytes(bytes) => bytes.to_vec(),
        Content::Made(recipe) => work(&recipe)?,
        Content::Measured(measured) => (measured.tell)(&vec![Default::default(); measured.of.len()]),
        Content::File(_) => return None,
    };
    Some((path, bytes))
}

/// What a recipe gives; none where it is given a file, or says what is wrong.
fn work(recipe: &Recipe) -> Option<Vec<u8>> {
    let ingredients = recipe.ingredients().iter().map(|ingredient| match ingredient {
        Ingredient::File(_) => None,
        Ingredient::Made(recipe) => Some(Arc::from(work(recipe)?)),
    });
    recipe.make(&ingredients.collect::<Option<Vec<_>>>()?).ok()
}
