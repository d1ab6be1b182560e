//! The chain from a folder to outputs: the only place that knows every stage.

use crate::{
    agenda::{self, Due},
    config::{self, Config, Overrides},
    diagnostic::{self, Diagnostic, SourceTexts},
    discover, link,
    model::{Document, Job, Output, Registers, SourceFile, StaticFile, Theme, ThemeFiles},
    outputs, parse, publish,
    render::Workshop,
    search,
    validate::{self, Rules},
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// What a run made, and what it has to say.
#[derive(Debug, Default)]
pub struct Run {
    /// Every file of the site; of no use where there are errors.
    pub outputs: Vec<Output>,
    /// Every fault, at its level here, in the order of reports.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the faults are in.
    pub texts: Texts,
    /// The real paths of files that are laid over `content/`, by the path that they have there.
    pub overlaid: Overlaid,
    /// How many entries the site has.
    pub entries: usize,
    /// How many entries are not in it: drafts, and what has a date to come.
    pub hidden: usize,
    /// What the dates of all entries ask of editors, for a run that goes no further than that.
    pub agenda: Vec<Due>,
    /// How long each stage took.
    pub timings: Vec<(Stage, Duration)>,
}

impl Run {
    /// True where the site can't be published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// A stage of the chain, for progress and timings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after the rooms")]
pub enum Stage {
    Discover,
    Parse,
    Validate,
    Link,
    Render,
    Search,
    Publish,
}

impl Stage {
    /// The stage's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Discover => "discover",
            Self::Parse => "parse",
            Self::Validate => "validate",
            Self::Link => "link",
            Self::Render => "render",
            Self::Search => "search",
            Self::Publish => "publish",
        }
    }
}

/// Whoever wants to see how far a run is.
pub trait Progress: Sync {
    /// A stage starts that has so many steps.
    fn start(&self, stage: Stage, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// Nobody wants to see it.
#[derive(Clone, Copy, Debug)]
pub struct Unseen;

impl Progress for Unseen {
    fn start(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

/// The real paths from the root of files that are laid over `content/`, by the path that they have there.
#[derive(Clone, Debug, Default)]
pub struct Overlaid(BTreeMap<String, String>);

impl Overlaid {
    /// Makes faults name the files that people can open.
    pub fn name(&self, faults: &mut [Diagnostic]) {
        let labels = faults.iter_mut().flat_map(|fault| fault.place.iter_mut().chain(&mut fault.related));
        for label in labels {
            if let Some(real) = self.0.get(&label.path) {
                label.path.clone_from(real);
            }
        }
    }

    fn name_due(&self, agenda: &mut [Due]) {
        for due in agenda {
            if let Some(real) = self.0.get(&due.path) {
                due.path.clone_from(real);
            }
        }
    }
}

/// The texts of a run's files, by path from the root.
#[derive(Clone, Debug, Default)]
pub struct Texts(HashMap<String, Arc<SourceFile>>);

impl Texts {
    /// The texts of these files.
    pub fn of(files: impl IntoIterator<Item = Arc<SourceFile>>) -> Self {
        Self(files.into_iter().map(|file| (file.path.clone(), file)).collect())
    }

    /// Puts each text under the path that people can open.
    fn name(&mut self, overlaid: &Overlaid) {
        for (path, real) in &overlaid.0 {
            if let Some(text) = self.0.remove(path) {
                self.0.insert(real.clone(), text);
            }
        }
    }
}

impl SourceTexts for Texts {
    fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(|file| file.text.as_str())
    }
}

use publish::Making;
pub use publish::Summary;
pub use search::{Answer, FOLDER as INDEX_FOLDER, Facet, Filters, Found, Index, Options as SearchOptions, Sort};

/// The nearest library from a folder upwards.
pub fn root(start: &Path) -> Option<PathBuf> {
    discover::root(start)
}

/// The settings of the library at `root`, or the faults in them.
///
/// # Errors
/// A run that made nothing, with what is wrong.
pub fn settings(root: &Path, overrides: &Overrides) -> Result<Config, Run> {
    let refused = |diagnostics, file: Option<SourceFile>| Run {
        diagnostics,
        texts: Texts::of(file.map(Arc::new)),
        ..Run::default()
    };
    let file = discover::settings(root).map_err(|fault| refused(vec![fault], None))?;
    config::resolve(root.to_path_buf(), &file, overrides).map_err(|faults| refused(faults, Some(file)))
}

/// The theme of a library, without its pages.
pub fn theme(config: &Config) -> (Theme, Vec<Diagnostic>) {
    let (files, mut faults) = discover::theme(config);
    let (theme, parsed) = parse::theme(files);
    faults.extend(parsed);
    (theme, faults)
}

/// The last stage: makes the folder `destination` hold these outputs.
///
/// # Errors
/// Why it can't be; the folder is then as it was.
pub fn publish(
    config: &Config,
    destination: &Path,
    outputs: &[Output],
    progress: &dyn Progress,
) -> Result<Summary, Vec<Diagnostic>> {
    publish::publish(&config.root, destination, outputs, &|making| match making {
        Making::Start(steps) => progress.start(Stage::Publish, steps),
        Making::Step => progress.step(),
    })
}

/// Runs every stage but the last: nothing is written.
pub fn run(config: &Config, progress: &dyn Progress) -> Run {
    run_with(config, progress, None)
}

/// As [`run`], with one more page that is not on the disk yet.
pub fn run_with(config: &Config, progress: &dyn Progress, page: Option<SourceFile>) -> Run {
    chain(config, progress, page, None)
}

/// Reads and checks the library, and finds what is overdue or comes up within so many days. No page is made.
pub fn agenda(config: &Config, progress: &dyn Progress, days: u16) -> Run {
    chain(config, progress, None, Some(days))
}

/// An agenda as a calendar (RFC 5545).
pub fn agenda_calendar(config: &Config, run: &Run) -> Vec<u8> {
    outputs::agenda(&run.agenda, config)
}

/// The chain: whole, or as far as an agenda of so many days takes it.
fn chain(config: &Config, progress: &dyn Progress, page: Option<SourceFile>, days: Option<u16>) -> Run {
    let mut run = Run::default();
    let mut clock = Clock { timings: Vec::new(), progress };

    let (content, theme_files) = clock.stage(Stage::Discover, 0, || {
        let (mut content, faults) = discover::content(config);
        if let Some(page) = page {
            content.overlaid.remove(&page.path);
            content.pages.push(page);
        }
        run.diagnostics.extend(faults);
        let (theme, faults) = discover::theme(config);
        run.diagnostics.extend(faults);
        (content, theme)
    });

    let mut unread: BTreeSet<String> = content.unread.into_iter().collect();
    unread.extend(content.pages.iter().map(|page| page.path.clone()));
    let pages: Vec<Arc<SourceFile>> = content.pages.into_iter().map(Arc::new).collect();
    let data: Vec<Arc<SourceFile>> = content.data.into_iter().map(Arc::new).collect();
    run.texts = Texts::of(pages.iter().chain(&data).chain([&config.file]).cloned().chain(texts(&theme_files)));
    run.overlaid = Overlaid(content.overlaid.clone());
    run.texts.name(&run.overlaid);
    let (theme, registers, documents) = clock.stage(Stage::Parse, pages.len(), || {
        let (theme, faults) = parse::theme(theme_files);
        run.diagnostics.extend(faults);
        let mut registers = Registers::new();
        for file in &data {
            let (register, faults) = parse::register(file);
            run.diagnostics.extend(faults);
            registers.insert(register.name.clone(), register);
        }
        let parsed: Vec<_> = pages.into_par_iter().map(|page| stepped(progress, || parse::document(page))).collect();
        (Arc::new(theme), Arc::new(registers), gathered(parsed, &mut run.diagnostics))
    });

    let entries = clock.stage(Stage::Validate, documents.len(), || {
        let rules = Rules { config, theme: &theme, registers: &registers };
        let held = |document: Document| stepped(progress, || validate::entry(document, rules));
        let validated: Vec<_> = documents.into_par_iter().map(held).collect();
        gathered(validated, &mut run.diagnostics).into_iter().flatten().map(Arc::new).collect::<Vec<_>>()
    });
    for entry in &entries {
        unread.remove(entry.path());
    }
    let known = entries.len();
    run.agenda = days.map(|days| agenda::agenda(&entries, &registers, config, days)).unwrap_or_default();

    let library = clock.stage(Stage::Link, 0, || {
        let parts =
            link::Parts { entries, theme, registers, assets: content.assets, unread, overlaid: content.overlaid };
        let (library, faults, _) = link::link(parts, &Arc::new(config.clone()));
        run.diagnostics.extend(faults);
        library
    });
    run.entries = library.entries.len();
    run.hidden = known - run.entries;

    let library = Arc::new(library);
    let (workshop, faults) =
        if days.is_none() { Workshop::new(library.clone(), Arc::new(config.clone())) } else { (None, Vec::new()) };
    run.diagnostics.extend(faults);
    if let Some(workshop) = workshop {
        // The index works on many threads itself, so it comes by itself.
        let jobs = outputs::plan(&library, config);
        let (indexes, pages): (Vec<Job>, Vec<Job>) = jobs.into_iter().partition(|job| *job == Job::SearchIndex);
        for (stage, jobs) in [(Stage::Render, pages), (Stage::Search, indexes)] {
            clock.stage(stage, jobs.len(), || render(&workshop, &jobs, &mut run, progress));
        }
        outputs::shared(&mut run.outputs);
        outputs::distinct(&mut run.diagnostics);
    }
    run.timings = clock.timings;
    config.levels.apply(&mut run.diagnostics, config.strict);
    run.overlaid.name(&mut run.diagnostics);
    run.overlaid.name_due(&mut run.agenda);
    diagnostic::sort(&mut run.diagnostics);
    run
}

fn render(workshop: &Workshop, jobs: &[Job], run: &mut Run, progress: &dyn Progress) {
    let shared = outputs::Shared::default();
    let make = |job| stepped(progress, || outputs::make(&workshop.renderer(), &shared, job));
    let made: Vec<_> = jobs.par_iter().map(make).collect();
    run.outputs.extend(gathered(made, &mut run.diagnostics).into_iter().flatten());
}

/// The values of a stage; its diagnostics go to the others.
fn gathered<T>(results: Vec<(T, Vec<Diagnostic>)>, diagnostics: &mut Vec<Diagnostic>) -> Vec<T> {
    let gather = |(value, faults)| {
        diagnostics.extend::<Vec<Diagnostic>>(faults);
        value
    };
    results.into_iter().map(gather).collect()
}

fn stepped<T>(progress: &dyn Progress, work: impl FnOnce() -> T) -> T {
    let result = work();
    progress.step();
    result
}

/// The texts of a theme that faults may be in.
fn texts(theme: &ThemeFiles) -> impl Iterator<Item = Arc<SourceFile>> {
    let ThemeFiles { names: _, manifests, kinds, components, templates, translations, statics, pdf, inherited } = theme;
    let sheets = inherited.iter().map(|(_, sheet)| sheet);
    let is_script = |file: &&StaticFile| [".css", ".js", ".typ"].iter().any(|ending| file.path.ends_with(ending));
    let scripts = statics.iter().chain(pdf).chain(sheets).filter(is_script);
    let scripts = scripts
        .map(|file| SourceFile { path: file.source.clone(), text: String::from_utf8_lossy(&file.bytes).into_owned() });
    let files: Vec<Arc<SourceFile>> = [manifests, kinds, components, templates, translations]
        .into_iter()
        .flatten()
        .cloned()
        .chain(scripts)
        .map(Arc::new)
        .collect();
    files.into_iter()
}

/// Takes the time of each stage.
struct Clock<'a> {
    timings: Vec<(Stage, Duration)>,
    progress: &'a dyn Progress,
}

impl Clock<'_> {
    fn stage<T>(&mut self, stage: Stage, steps: usize, work: impl FnOnce() -> T) -> T {
        self.progress.start(stage, steps);
        let start = Instant::now();
        let result = work();
        self.timings.push((stage, start.elapsed()));
        result
    }
}
