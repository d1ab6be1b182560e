//! The chain, again and again: what a change does not touch is kept from the last time.

use super::{
    Clock, Overlaid, PageFigures, Progress, Run, SiteChange, Stage, Texts, aside,
    entries::{self, Checked, Difference, Understood},
    silenced::{self, LookedFor},
    site::{Plans, Site},
    sources::{Beside, Sources},
    survey::{self, Surveyed},
};
use crate::{
    agenda,
    config::Config,
    diagnostic::{self, Diagnostic},
    link, lsp, mishap,
    model::{Changed, Entry, Later, Library, Outlet, Output, SourceFile, State, Unsaved},
    validate,
};
use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::{collections::BTreeSet, fmt, sync::Arc};

/// A library at work. Each run gives what a first run over the same files would give, at the price of what changed.
#[derive(Debug, Default)]
pub struct Session {
    known: Option<Known>,
    /// True where costly jobs wait until somebody asks for what they make.
    postponing: bool,
    /// What an editor has and the disk has not.
    unsaved: Unsaved,
    /// True where what there is to say is wanted, and no page.
    reading: bool,
    /// True where what there is to say of the language of pages is among the faults.
    advising: bool,
    /// How many days the agenda looks ahead: such a run makes no page.
    days: Option<u16>,
    /// What was read already.
    read: Option<Sources>,
    /// Where outputs go as soon as they are made.
    outlet: Option<Handed>,
    /// True where it runs once: nobody will ask what its outputs were made from.
    is_last: bool,
}

/// An outlet that goes by no name.
#[derive(Clone)]
struct Handed(Arc<dyn Outlet>);

impl fmt::Debug for Handed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handed")
    }
}

/// What a run left behind.
#[derive(Debug)]
struct Known {
    config: Arc<Config>,
    sources: Sources,
    understood: Understood,
    checked: Vec<Checked>,
    bound: Bound,
    site: Site,
}

/// A library as it was linked.
#[derive(Debug)]
struct Bound {
    library: Arc<Library>,
    /// What it takes to link a changed text alone; nothing in a session that runs once.
    linked: Option<link::Linked>,
    faults: Vec<Diagnostic>,
    beside: Arc<Beside>,
}

/// What became of a run, and how the site differs from that of the run before.
#[derive(Debug)]
pub struct Update {
    /// What it has to say; it holds no outputs.
    pub run: Run,
    /// The files that are others than before.
    pub site: SiteChange,
    /// Files that nobody has asked for yet.
    pub later: Vec<Arc<Later>>,
}

impl Session {
    /// A session whose costly jobs wait until somebody asks for what they make.
    pub fn postponing() -> Self {
        Self { postponing: true, ..Self::default() }
    }

    /// A session that reads and checks, again and again, and makes no page.
    pub fn reading() -> Self {
        Self { reading: true, ..Self::default() }
    }

    /// Puts texts before those on the disk. Whoever does so names the paths in the next run's changes, and those that
    /// the disk speaks for again.
    pub fn lay(&mut self, unsaved: Unsaved) {
        self.unsaved = unsaved;
    }

    /// A session with these pages more than the disk has, or in place of what it has.
    pub(super) fn with_pages(pages: Vec<SourceFile>) -> Self {
        let mut unsaved = Unsaved::default();
        for SourceFile { path, text } in pages {
            unsaved.set(path, Some(text.into()));
        }
        Self { unsaved, ..Self::default() }
    }

    /// The same session, which makes no page.
    pub(super) fn without_site(self) -> Self {
        Self { reading: true, ..self }
    }

    /// The same session, which also says what there is to say of the language of pages.
    pub fn advising(self) -> Self {
        Self { advising: true, ..self }
    }

    /// A session that finds out what is overdue or comes up within so many days, and makes no page.
    pub(super) fn for_agenda(days: u16) -> Self {
        Self { days: Some(days), ..Self::default() }
    }

    /// A session whose first run takes these sources for what is on the disk.
    pub(super) fn over(sources: Sources) -> Self {
        Self { read: Some(sources), ..Self::default() }
    }

    /// The same session, which hands on each output as soon as it is made, and runs once.
    pub(super) fn handing_on(self, outlet: Arc<dyn Outlet>) -> Self {
        Self { is_last: true, ..self.passing_through(outlet) }
    }

    /// The same session, in which each output passes through this outlet, run after run.
    pub(super) fn passing_through(self, outlet: Arc<dyn Outlet>) -> Self {
        Self { outlet: Some(Handed(outlet)), ..self }
    }

    /// The next moment at which an embargo ends.
    pub(super) fn next_end_of_embargo(&self) -> Option<Timestamp> {
        let known = self.known.as_ref()?;
        let entries = known.checked.iter().filter_map(|checked| checked.entry.as_ref());
        let ends = entries.filter_map(|entry| Some(entry.embargo()?.timestamp()));
        ends.filter(|end| *end > known.config.now.timestamp()).min()
    }

    /// Runs every stage but the last, over what is on the disk now. `changed` is what may be otherwise there than at
    /// the last run.
    pub fn run(&mut self, config: &Config, changed: &Changed, progress: &dyn Progress) -> Update {
        let update = mishap::caught(|| "the library".to_owned(), || self.run_over(config, changed, progress));
        // What a run takes up it puts back at its end: after one that failed the next begins from nothing.
        update.unwrap_or_else(|fault| Update {
            run: Run { diagnostics: vec![fault], ..Run::default() },
            site: SiteChange::Whole,
            later: Vec::new(),
        })
    }

    fn run_over(&mut self, config: &Config, changed: &Changed, progress: &dyn Progress) -> Update {
        let mut clock = Clock { timings: Vec::new(), progress };
        let known = self.known.take().filter(|known| known.holds(config));
        let asked = config;
        let config = known.as_ref().map_or_else(|| Arc::new(config.clone()), |known| known.config.clone());
        let (sources, understood, checked, bound, site) = match known {
            Some(Known { config: _, sources, understood, checked, bound, site }) => {
                (Some(sources), Some(understood), Some(checked), Some(bound), site)
            }
            None => (None, None, None, None, Site::default()),
        };
        let read = self.read.take();
        let read = || read.unwrap_or_else(|| Sources::read(sources, &config, changed, &self.unsaved));
        let sources = clock.stage(Stage::Discover, 0, read);
        let (understood, checked, difference) = clock.stage(Stage::Parse, sources.pages.len(), || {
            let now = Understood::read(understood.as_ref(), &sources);
            let same = understood.is_some_and(|before| before.has_same_rules(&now));
            let checked = checked.filter(|_| same);
            let (checked, difference) = entries::check(checked, &sources, &now, &config, self.advising, progress);
            (now, checked, difference)
        });
        // The clock of the kept settings stands still: a page may have got an embargo that ended since.
        if config.now != asked.now && any_has_passed(&checked, asked) {
            return self.run_over(asked, &Changed::Everything, progress);
        }
        let (mut bound, texts_only) = clock
            .stage(Stage::Link, 0, || bind(bound, &difference, &sources, &understood, &checked, &config, self.reading));
        if self.is_last {
            bound.linked = None;
        }
        let mut known = Known { config, sources, understood, checked, bound, site };
        let site = if self.days.is_none() && !self.reading {
            let Known { config, bound, site, .. } = &mut known;
            let outlet = self.outlet.as_ref().map(|Handed(outlet)| outlet.as_ref());
            let (library, postponing, is_last) = (&bound.library, self.postponing, self.is_last);
            let plans = Plans { library, config, texts_only, postponing, outlet, is_last };
            site.make(&plans, &mut clock)
        } else if self.reading {
            SiteChange::Part(Vec::new(), Vec::new())
        } else {
            SiteChange::Whole
        };
        let looked_for = match (self.advising, self.days.is_none() && !self.reading) {
            (false, _) => LookedFor::Faults,
            (true, false) => LookedFor::Advice,
            (true, true) => LookedFor::Everything,
        };
        let mut run = known.told(matches!(site, SiteChange::Whole), looked_for);
        if let Some(days) = self.days {
            run.agenda = known.agenda(days, &run.overlaid);
        }
        run.timings = clock.timings;
        let later = known.site.later.clone();
        self.known = Some(known);
        Update { run, site, later }
    }

    /// What an editor may ask about: the library as the last run left it, drafts and all. `before` is what this gave
    /// after the run before.
    pub fn shelf(&self, before: Option<&lsp::Shelf>) -> Option<lsp::Shelf> {
        let Known { config, sources, understood, checked, .. } = self.known.as_ref()?;
        Some(lsp::Shelf::new(
            config.clone(),
            understood.theme.clone(),
            understood.registers.clone(),
            checked.iter().filter_map(|checked| checked.entry.clone()).collect(),
            sources.data.clone(),
            sources.beside.assets.clone(),
            sources.beside.overlaid.clone(),
            validate::url,
            before,
        ))
    }

    /// What a comparison needs of the site, but for its files.
    pub(super) fn surveyed(&self) -> Option<Surveyed> {
        let known = self.known.as_ref()?;
        let entries = known.checked.iter().filter_map(|checked| checked.entry.as_ref());
        Some(survey::side(&known.bound.library, entries, &known.config))
    }

    /// The figures of every page, in the order of paths.
    pub(super) fn figures(&self, overlaid: &Overlaid) -> Vec<PageFigures> {
        let Some(known) = &self.known else { return Vec::new() };
        let adviser = known.understood.adviser();
        let entries = known.checked.par_iter().filter_map(|checked| checked.entry.as_ref());
        let figures = entries.map(|entry| PageFigures {
            path: overlaid.0.get(entry.path()).map_or_else(|| entry.path().to_owned(), String::clone),
            title: entry.title.clone(),
            language: entry.language.clone(),
            figures: adviser.figures(entry),
        });
        figures.collect()
    }

    /// Every file that was made; of no use where the last run had errors.
    pub fn outputs(&self) -> Vec<Output> {
        self.known.as_ref().map(|known| known.site.outputs()).unwrap_or_default()
    }

    /// Every file that was made, where the session goes no further.
    pub(super) fn into_outputs(self) -> Vec<Output> {
        let Some(Known { config: _, sources, understood, checked, bound, site }) = self.known else {
            return Vec::new();
        };
        aside(Some((sources, understood, checked, bound)));
        site.into_outputs()
    }
}

impl Known {
    /// True where these settings ask for what was made already: no embargo has ended since.
    fn holds(&self, config: &Config) -> bool {
        self.config.asks_for_the_same(config)
            && self.config.now.timestamp() <= config.now.timestamp()
            && !any_has_passed(&self.checked, config)
    }

    /// What there is to say of a run. The texts are those that its faults are in, or all of them.
    fn told(&self, with_all_texts: bool, looked_for: LookedFor) -> Run {
        let Self { config, sources, understood, checked, bound, site } = self;
        let of_pages = checked.iter().flat_map(|checked| &checked.faults);
        let faults = sources.faults.iter().chain(understood.faults()).chain(of_pages);
        let mut diagnostics: Vec<Diagnostic> = faults.chain(&bound.faults).chain(site.faults()).cloned().collect();
        silenced::silence(&mut diagnostics, checked, looked_for);
        config.levels.apply(&mut diagnostics, config.strict);
        let labels = diagnostics.iter().flat_map(Diagnostic::labels);
        let edits = diagnostics.iter().filter_map(|fault| fault.fix.as_ref()).flat_map(|fix| &fix.edits);
        let edited = edits.map(|edit| edit.path.as_str());
        let named: FxHashSet<&str> = labels.map(|label| label.path.as_str()).chain(edited).collect();
        let texts = sources.texts().chain([config.file.clone()]);
        let mut texts = match (with_all_texts, named.is_empty()) {
            (true, _) => Texts::of(texts),
            (_, true) => Texts::default(),
            _ => Texts::of(texts.filter(|file| named.contains(file.path.as_str()))),
        };
        let overlaid = Overlaid(sources.beside.overlaid.clone());
        texts.name(&overlaid);
        overlaid.name(&mut diagnostics);
        diagnostic::sort(&mut diagnostics);
        let known = checked.iter().filter(|checked| checked.entry.is_some()).count();
        let entries = bound.library.entries.len();
        Run { diagnostics, texts, overlaid, entries, hidden: known.saturating_sub(entries), ..Run::default() }
    }

    fn agenda(&self, days: u16, overlaid: &Overlaid) -> Vec<agenda::Due> {
        let entries: Vec<Arc<Entry>> = self.checked.iter().filter_map(|checked| checked.entry.clone()).collect();
        let mut due = agenda::agenda(&entries, &self.understood.registers, &self.config, days);
        overlaid.name_due(&mut due);
        due
    }
}

/// True where a page is held back by an embargo that these settings take for ended.
fn any_has_passed(checked: &[Checked], config: &Config) -> bool {
    let mut held = checked
        .iter()
        .filter_map(|checked| checked.entry.as_ref())
        .filter(|entry| entry.state == State::Embargoed)
        .filter_map(|entry| entry.embargo());
    held.any(|until| until.timestamp() <= config.now.timestamp())
}

/// Links the library, as far as the difference to the last time asks for it; and whether nothing but texts differs.
fn bind(
    before: Option<Bound>,
    difference: &Difference,
    sources: &Sources,
    understood: &Understood,
    checked: &[Checked],
    config: &Arc<Config>,
    is_only_read: bool,
) -> (Bound, bool) {
    let before = match (before, difference) {
        (Some(mut before), Difference::Entries { changed, in_texts_only })
            if Arc::ptr_eq(&before.beside, &sources.beside) && (*in_texts_only || is_only_read) =>
        {
            if before.again(changed, understood).is_some() {
                return (before, true);
            }
            Some(before)
        }
        (before, _) => before,
    };
    aside(before);
    let entries: Vec<Arc<Entry>> = checked.iter().filter_map(|checked| checked.entry.clone()).collect();
    let mut unread: BTreeSet<String> = sources.beside.unread.iter().cloned().collect();
    let unreadable = checked.iter().filter(|checked| checked.entry.is_none());
    unread.extend(unreadable.map(|checked| checked.source.path.clone()));
    let parts = link::Parts {
        entries,
        theme: understood.theme.clone(),
        registers: understood.registers.clone(),
        assets: sources.beside.assets.to_vec(),
        unread,
        overlaid: sources.beside.overlaid.clone(),
        is_only_read,
    };
    let (library, faults, linked) = link::link(parts, config);
    let library = Library { editor: Arc::new(sources.beside.editor.clone()), ..library };
    (Bound { library: Arc::new(library), linked: Some(linked), faults, beside: sources.beside.clone() }, false)
}

impl Bound {
    /// Gives the library these entries in the place of those before; nothing where that ties others otherwise.
    fn again(&mut self, changed: &[Arc<Entry>], understood: &Understood) -> Option<()> {
        if !changed.is_empty() {
            let (library, faults) = link::relink(self.linked.as_mut()?, &self.library, changed)?;
            (self.library, self.faults) = (Arc::new(library), faults);
        }
        if !Arc::ptr_eq(&self.library.theme, &understood.theme) {
            let (theme, registers) = (understood.theme.clone(), understood.registers.clone());
            self.library = Arc::new(Library { theme, registers, ..Library::clone(&self.library) });
        }
        Some(())
    }
}
