//! How long each stage takes, by itself.
//!
//!     cargo bench --bench stages                          the library of this repository
//!     LIBRARY=DIR cargo bench --bench stages              another one, such as benches/build/corpus.py writes
//!     cargo bench --bench stages -- session               only what has this in its name
//!
//! Nothing is made for download. `session` is what `serve` does: a library stays in memory, one page is saved, and
//! what depends on it is read, checked and made again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "a program of its own")]

use casebook::{
    config::{Config, Overrides},
    discover,
    link::{self, Parts},
    model::{AssetFile, Changed, Document, Entry, Job, Library, Output, Registers, SourceFile, Theme, Unsaved},
    outputs, parse,
    pipeline::{self, Session, Unseen},
    render::Workshop,
    rules::Rules,
    validate,
};
use divan::Bencher;
use rayon::prelude::*;
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // Not in the time of the first stage.
    LazyLock::force(&MADE);
    divan::main();
}

/// A library as far as each stage takes it.
struct Made {
    config: Arc<Config>,
    pages: Vec<Arc<SourceFile>>,
    data: Vec<Arc<SourceFile>>,
    assets: Vec<AssetFile>,
    overlaid: BTreeMap<String, String>,
    theme: Arc<Theme>,
    registers: Arc<Registers>,
    documents: Vec<Document>,
    entries: Vec<Arc<Entry>>,
    library: Arc<Library>,
    workshop: Workshop,
    jobs: Vec<Job>,
}

static MADE: LazyLock<Made> = LazyLock::new(made);

fn library_folder() -> PathBuf {
    env::var_os("LIBRARY").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

fn config(root: &Path) -> Config {
    let overrides = Overrides { now: Some("2026-11-22T12:00".into()), downloads: false, ..Overrides::default() };
    pipeline::settings(root, &overrides).expect("a library without faults in its settings")
}

fn made() -> Made {
    let config = Arc::new(config(&library_folder()));
    let (content, _) = discover::content(&config, &Unsaved::default());
    let shared = |files: Vec<SourceFile>| -> Vec<Arc<SourceFile>> { files.into_iter().map(Arc::new).collect() };
    let (pages, data) = (shared(content.pages), shared(content.data));
    let (theme, _) = pipeline::theme(&config);
    let (theme, registers) = (Arc::new(theme), Arc::new(registers(&data)));
    let documents = documents(&pages);
    let entries = entries(documents.clone(), Rules { config: &config, theme: &theme, registers: &registers });
    let parts = Parts {
        entries: entries.clone(),
        theme: theme.clone(),
        registers: registers.clone(),
        assets: content.assets.clone(),
        unread: content.unread.into_iter().collect(),
        overlaid: content.overlaid.clone(),
        is_only_read: false,
    };
    let library = Arc::new(link::link(parts, &config).0);
    let workshop = Workshop::new(library.clone(), config.clone()).0.expect("a theme without faults");
    let jobs = outputs::plan(&library, &config);
    let (assets, overlaid) = (content.assets, content.overlaid);
    Made { config, pages, data, assets, overlaid, theme, registers, documents, entries, library, workshop, jobs }
}

fn registers(data: &[Arc<SourceFile>]) -> Registers {
    data.iter().map(|file| parse::register(file).0).map(|register| (register.name.clone(), register)).collect()
}

fn documents(pages: &[Arc<SourceFile>]) -> Vec<Document> {
    pages.par_iter().map(|page| parse::document(page.clone()).0).collect()
}

fn entries(documents: Vec<Document>, rules: Rules<'_>) -> Vec<Arc<Entry>> {
    documents.into_par_iter().filter_map(|document| validate::entry(document, rules).0.map(Arc::new)).collect()
}

fn outputs_of(made: &Made, wanted: impl Fn(&Job) -> bool) -> Vec<Output> {
    let shared = outputs::Shared::default();
    let jobs: Vec<&Job> = made.jobs.iter().filter(|job| wanted(job)).collect();
    jobs.par_iter().flat_map_iter(|job| outputs::make(&made.workshop.renderer(), &shared, job).0).collect()
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn a_discover() {
    divan::black_box(discover::content(&MADE.config, &Unsaved::default()));
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn b_theme() {
    divan::black_box(pipeline::theme(&MADE.config));
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn c_parse(bencher: Bencher<'_, '_>) {
    let made = &*MADE;
    bencher.bench(|| (registers(&made.data), documents(&made.pages)));
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn d_validate(bencher: Bencher<'_, '_>) {
    let Made { config, theme, registers, documents, .. } = &*MADE;
    let rules = Rules { config, theme, registers };
    bencher.with_inputs(|| documents.clone()).bench_values(|documents| entries(documents, rules));
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn e_link(bencher: Bencher<'_, '_>) {
    let made = &*MADE;
    let parts = || Parts {
        entries: made.entries.clone(),
        theme: made.theme.clone(),
        registers: made.registers.clone(),
        assets: made.assets.clone(),
        unread: Default::default(),
        overlaid: made.overlaid.clone(),
        is_only_read: false,
    };
    bencher.with_inputs(parts).bench_values(|parts| link::link(parts, &made.config));
}

/// Templates, style sheets, words and lists made ready.
#[divan::bench(sample_size = 1, sample_count = 20)]
fn f_workshop(bencher: Bencher<'_, '_>) {
    let made = &*MADE;
    bencher.bench(|| Workshop::new(made.library.clone(), made.config.clone()));
}

#[divan::bench(sample_size = 1, sample_count = 10)]
fn g_render(bencher: Bencher<'_, '_>) {
    let made = &*MADE;
    bencher.bench(|| outputs_of(made, |job| *job != Job::SearchIndex));
}

#[divan::bench(sample_size = 1, sample_count = 10)]
fn h_search(bencher: Bencher<'_, '_>) {
    let made = &*MADE;
    bencher.bench(|| outputs_of(made, |job| *job == Job::SearchIndex));
}

/// Into a folder that is not there.
#[divan::bench(sample_size = 1, sample_count = 10)]
fn i_publish(bencher: Bencher<'_, '_>) {
    let made = &*MADE;
    let outputs = outputs_of(made, |_| true);
    let fresh = || TempDir::new().unwrap();
    bencher.with_inputs(fresh).bench_refs(|folder| {
        let config = Config { root: folder.path().to_owned(), ..Config::clone(&made.config) };
        pipeline::publish(&config, &folder.path().join("public"), &outputs, &Unseen).unwrap()
    });
}

/// A library at work in a folder of its own.
struct Served {
    folder: TempDir,
    config: Config,
    session: Session,
    page: String,
    text: String,
    turn: usize,
}

impl Served {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let library = library_folder();
        for entry in walkdir::WalkDir::new(&library).into_iter().filter_entry(|entry| !is_apart(entry)) {
            let entry = entry.unwrap();
            let to = folder.path().join(entry.path().strip_prefix(&library).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
        let config = config(folder.path());
        let mut session = Session::postponing();
        session.run(&config, &Changed::Everything, &Unseen);
        // One in the middle that has a text.
        let pages = &MADE.pages;
        let half = pages.iter().skip(pages.len() / 2);
        let page = half.clone().find(|page| page.text.matches(". ").count() > 8).expect("a page with a text");
        let (page, text) = (page.path.clone(), page.text.clone());
        Self { folder, config, session, page, text, turn: 0 }
    }

    /// Saves the page, changed so.
    fn save(&mut self, change: impl Fn(&str, usize) -> String) {
        self.turn += 1;
        fs::write(self.folder.path().join(&self.page), change(&self.text, self.turn)).unwrap();
    }

    fn run(&mut self) {
        let changed = Changed::Paths(vec![PathBuf::from(&self.page)]);
        divan::black_box(self.session.run(&self.config, &changed, &Unseen));
    }
}

/// True for what lies in the folder of a library and is none of it.
fn is_apart(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 1 && !["casebook.yaml", "content", "themes"].contains(&name.as_ref())
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn session_a_text(bencher: Bencher<'_, '_>) {
    let mut served = Served::new();
    bencher.bench_local(|| {
        served.save(|text, turn| {
            let (before, after) = text.rsplit_once(". ").unwrap();
            format!("{before} word{turn}. {after}")
        });
        served.run();
    });
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn session_a_title(bencher: Bencher<'_, '_>) {
    let mut served = Served::new();
    bencher.bench_local(|| {
        served.save(|text, turn| {
            let (before, after) = text.split_once("\ntitle: ").unwrap();
            format!("{before}\ntitle: Another title {turn}\n{}", after.split_once('\n').unwrap().1)
        });
        served.run();
    });
}
