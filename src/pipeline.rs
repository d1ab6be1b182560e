//! The chain from a folder to outputs: the only place that knows every stage.

mod build;
mod entries;
mod form;
mod gone;
mod known;
mod noted;
mod session;
mod silenced;
mod site;
mod sources;
mod survey;

use crate::{
    agenda::Due,
    config::{self, Config, Overrides},
    diagnostic::{Diagnostic, SourceTexts},
    discover,
    import::Known,
    model::{Changed, Document, Kind, Outlet, Output, SourceFile, Theme, Unsaved},
    outputs, parse, render, search,
};
use rustc_hash::FxHashMap;
use std::{
    collections::BTreeMap,
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
    /// How much there is to read on each page, in the order of paths, for a run that was asked.
    pub figures: Vec<PageFigures>,
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
    Link,
    Plan,
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
            Self::Link => "link",
            Self::Plan => "plan",
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
    /// Another build has to finish first.
    fn wait(&self) {}
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
        for edit in faults.iter_mut().filter_map(|fault| fault.fix.as_mut()).flat_map(|fix| &mut fix.edits) {
            if let Some(real) = self.0.get(&edit.path) {
                edit.path.clone_from(real);
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
pub struct Texts(FxHashMap<String, Text>);

/// A text, and the name of the sheet that it shows where it shows one.
#[derive(Clone, Debug)]
struct Text {
    file: Arc<SourceFile>,
    sheet: Option<String>,
}

impl Texts {
    /// The texts of these files.
    pub fn of(files: impl IntoIterator<Item = Arc<SourceFile>>) -> Self {
        Self::of_sheet(files, None)
    }

    /// The texts of these files, which show the sheet of this name where there is one: a row a line, with tabs between
    /// its cells.
    pub fn of_sheet(files: impl IntoIterator<Item = Arc<SourceFile>>, sheet: Option<&str>) -> Self {
        let text = |file: Arc<SourceFile>| (file.path.clone(), Text { file, sheet: sheet.map(str::to_owned) });
        Self(files.into_iter().map(text).collect())
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&Arc<SourceFile>> {
        self.0.get(path).map(|text| &text.file)
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
        self.file(path).map(|file| file.text.as_str())
    }

    fn sheet(&self, path: &str) -> Option<&str> {
        self.0.get(path)?.sheet.as_deref()
    }
}

pub use crate::advice::Figures;
use crate::publish::Making;
pub use crate::publish::Summary;
pub use build::{Built, build, publish};
pub use form::{Formed, formed};
pub use known::known;
pub use search::{Answer, FOLDER as INDEX_FOLDER, Facet, Filters, Found, Index, Options as SearchOptions, Sort};
pub use session::{Session, Update};
pub use site::SiteChange;
pub use survey::Survey;

/// Gives the threads of this program the stack that a page may take, so that none is fetched for each page.
pub fn ready_threads() {
    // Whoever has threads already goes on with those.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(2 * render::STACK).build_global();
}

/// The nearest library from a folder upwards.
pub fn root(start: &Path) -> Option<PathBuf> {
    discover::root(start)
}

/// The settings of the library at `root`, or the faults in them.
///
/// # Errors
/// A run that made nothing, with what is wrong.
pub fn settings(root: &Path, overrides: &Overrides) -> Result<Config, Run> {
    settings_before(root, overrides, &Unsaved::default())
}

/// The same, where they may not be saved yet.
///
/// # Errors
/// A run that made nothing, with what is wrong.
pub fn settings_before(root: &Path, overrides: &Overrides, unsaved: &Unsaved) -> Result<Config, Run> {
    let refused = |diagnostics, file: Option<SourceFile>| Run {
        diagnostics,
        texts: Texts::of(file.map(Arc::new)),
        ..Run::default()
    };
    let file = discover::settings(root, unsaved).map_err(|unread| refused(vec![unread.0], unread.1))?;
    config::resolve(root.to_path_buf(), &file, overrides).map_err(|faults| refused(faults, Some(file)))
}

/// The theme of a library, without its pages.
pub fn theme(config: &Config) -> (Theme, Vec<Diagnostic>) {
    let (files, mut faults) = discover::theme(config, &Unsaved::default());
    let (theme, parsed) = parse::theme(files);
    faults.extend(parsed);
    (theme, faults)
}

fn made(making: Making, progress: &dyn Progress) {
    match making {
        Making::Start(steps) => progress.start(Stage::Publish, steps),
        Making::Step => progress.step(),
    }
}

/// Runs every stage but the last, and holds none of the files that it makes: for what there is to say of them, and of the
/// language of pages.
pub fn check(config: &Config, progress: &dyn Progress) -> Run {
    let mut session = Session::default().advising().handing_on(Arc::new(Nowhere));
    session.run(config, &Changed::Everything, progress).run
}

/// The same, with the figures of every page.
pub fn check_with_figures(config: &Config, progress: &dyn Progress) -> Run {
    let mut session = Session::default().advising().handing_on(Arc::new(Nowhere));
    let run = session.run(config, &Changed::Everything, progress).run;
    let figures = session.figures(&run.overlaid);
    Run { figures, ..run }
}

/// How much there is to read on a page, and how hard it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFigures {
    /// The path of its file from the root.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// The figures.
    pub figures: Figures,
}

/// Takes outputs that nobody wants.
struct Nowhere;

impl Outlet for Nowhere {
    fn take(&self, _: Output) -> Option<Output> {
        None
    }
}

/// Runs every stage but the last: nothing is written.
pub fn run(config: &Config, progress: &dyn Progress) -> Run {
    whole(Session::default(), config, progress)
}

/// What there is to say of a library in which these pages stand that are not on the disk yet, in place of those of
/// the same path; advice on their language is among it. No page is made.
pub fn try_pages(config: &Config, progress: &dyn Progress, pages: Vec<SourceFile>) -> Run {
    whole(Session::with_pages(pages).without_site().advising(), config, progress)
}

/// A page by itself, as far as it can be read.
pub fn page(source: SourceFile) -> Document {
    parse::document(Arc::new(source)).0
}

/// Reads and checks the library, and finds what is overdue or comes up within so many days. No page is made.
pub fn agenda(config: &Config, progress: &dyn Progress, days: u16) -> Run {
    whole(Session::for_agenda(days), config, progress)
}

fn whole(mut session: Session, config: &Config, progress: &dyn Progress) -> Run {
    let run = session.run(config, &Changed::Everything, progress).run;
    Run { outputs: session.into_outputs(), ..run }
}

/// A form for a kind of page, to be filled in with Word; `known` is what the library has to choose from.
///
/// # Errors
/// What it can't be packed for.
pub fn form(config: &Config, kind: &Kind, known: &Known) -> Result<Vec<u8>, Diagnostic> {
    let (words, tokens) = render::of_documents(&known.theme, config);
    let setting = outputs::FormSetting { known, site: &config.title, words, tokens };
    outputs::form(kind, &setting)
}

/// An agenda as a calendar (RFC 5545).
pub fn agenda_calendar(config: &Config, run: &Run) -> Vec<u8> {
    outputs::agenda(&run.agenda, config)
}

/// Lets go of what was there before: of a large library it takes its time, which nobody has to wait for.
fn aside<T: Send + 'static>(old: Option<T>) {
    if let Some(old) = old {
        std::thread::spawn(move || drop(old));
    }
}

fn stepped<T>(progress: &dyn Progress, work: impl FnOnce() -> T) -> T {
    let result = work();
    progress.step();
    result
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
