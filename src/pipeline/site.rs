//! Every page and file of a site, each with what it was made from.

use super::{Clock, Stage, aside, stepped};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    mishap,
    model::{Changes, Job, Later, Library, Outlet, Output, Reads, Theme},
    outputs,
    render::{Look, Workshop, languages},
};
use rayon::prelude::*;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// A site. Without a workshop, as its theme can't be made use of, it has no files.
#[derive(Debug, Default)]
pub(super) struct Site {
    theme: Option<Arc<Theme>>,
    look: Option<Arc<Look>>,
    look_faults: Vec<Diagnostic>,
    workshop: Option<Workshop>,
    /// What the documents of one look share.
    shared: Arc<outputs::Shared>,
    jobs: Vec<Job>,
    /// What each job gave.
    made: Vec<Made>,
    postponed: Vec<(Job, Covers)>,
    /// What nobody has asked for yet.
    pub(super) later: Vec<Arc<Later>>,
}

/// Says which paths the files of a job have.
type Covers = fn(&str) -> bool;

/// What a job gave.
#[derive(Debug)]
struct Made {
    outputs: Vec<Output>,
    faults: Vec<Diagnostic>,
    reads: Reads,
}

/// How the files of a site differ from those that it had before.
#[derive(Clone, Debug)]
pub enum SiteChange {
    /// All may be others.
    Whole,
    /// These are others or new, and those at these paths are gone.
    Part(Vec<Output>, Vec<String>),
}

/// What a site is made from.
pub(super) struct Plans<'a> {
    pub(super) library: &'a Arc<Library>,
    pub(super) config: &'a Arc<Config>,
    /// True where the library differs from the last one in nothing but texts.
    pub(super) texts_only: bool,
    /// True where costly jobs wait until somebody asks for what they make.
    pub(super) postponing: bool,
    /// Where outputs go as soon as they are made.
    pub(super) outlet: Option<&'a dyn Outlet>,
    /// True where it is made once.
    pub(super) is_last: bool,
}

impl Site {
    /// Makes it the site of a library. Of the jobs only those run that read what is otherwise than it was before.
    pub(super) fn make(&mut self, plans: &Plans<'_>, clock: &mut Clock<'_>) -> SiteChange {
        let old = self.workshop.take();
        let (changes, jobs) = clock.stage(Stage::Plan, 0, || {
            self.look(plans);
            self.workshop = self.look.clone().map(|look| workshop(old.as_ref(), look, plans));
            let changes = match (&self.workshop, &old) {
                (Some(workshop), Some(old)) => workshop.changes(old),
                _ => Changes::All,
            };
            let same = plans.texts_only && matches!(changes, Changes::Of(_));
            (changes, (!same).then(|| self.plan(plans)))
        });
        self.postpone(&changes);
        let gone = self.keep(jobs, &changes);
        let workshop = if plans.is_last { self.workshop.take() } else { self.workshop.clone() };
        let Some(workshop) = workshop else { return SiteChange::Whole };
        let change = self.run(workshop, &changes, gone, plans, clock);
        aside(old);
        change
    }

    /// Readies the look of the theme, where it is not the one that is there.
    fn look(&mut self, plans: &Plans<'_>) {
        let Plans { library, config, .. } = plans;
        let languages = languages(library);
        let is_same = self.look.as_ref().is_some_and(|look| look.speaks(&languages));
        if is_same && self.theme.as_ref().is_some_and(|theme| Arc::ptr_eq(theme, &library.theme)) {
            return;
        }
        (self.look, self.look_faults) = Look::new(&library.theme, config, &languages);
        self.theme = Some(library.theme.clone());
        self.shared = Arc::default();
    }

    /// The jobs of the site; those that wait are set aside.
    fn plan(&mut self, plans: &Plans<'_>) -> Vec<Job> {
        if self.workshop.is_none() {
            return Vec::new();
        }
        let jobs = outputs::plan(plans.library, plans.config);
        let covers = |job: &Job| outputs::later(job).filter(|_| plans.postponing);
        self.postponed = jobs.iter().filter_map(|job| Some((job.clone(), covers(job)?))).collect();
        jobs.into_iter().filter(|job| covers(job).is_none()).collect()
    }

    fn postpone(&mut self, changes: &Changes) {
        let Some(workshop) = self.workshop.as_ref().filter(|_| !changes.is_empty()) else { return };
        let later = |(job, covers): &(Job, Covers)| {
            let (workshop, shared, job) = (workshop.clone(), self.shared.clone(), job.clone());
            Arc::new(Later::new(*covers, move || outputs::make(&workshop.renderer(), &shared, &job).0))
        };
        self.later = self.postponed.iter().map(later).collect();
    }

    /// Puts the jobs of a new plan in the place of the old ones. Each keeps what it gave; what the others gave is
    /// given back.
    fn keep(&mut self, jobs: Option<Vec<Job>>, changes: &Changes) -> Vec<Made> {
        let Some(jobs) = jobs else { return Vec::new() };
        let (old_jobs, old_made) = (std::mem::take(&mut self.jobs), std::mem::take(&mut self.made));
        let mut known: HashMap<Job, Made> = match changes {
            Changes::All => HashMap::new(),
            Changes::Of(_) => old_jobs.into_iter().zip(old_made).collect(),
        };
        self.made = jobs.iter().map(|job| known.remove(job).unwrap_or_else(Made::nothing)).collect();
        self.jobs = jobs;
        known.into_values().collect()
    }

    /// Runs the jobs that have to run.
    fn run(
        &mut self,
        mut workshop: Workshop,
        changes: &Changes,
        gone: Vec<Made>,
        plans: &Plans<'_>,
        clock: &mut Clock<'_>,
    ) -> SiteChange {
        let is_stale = |(place, made): (usize, &Made)| made.reads.any_of(changes).then_some(place);
        let stale: Vec<usize> = self.made.par_iter().enumerate().filter_map(is_stale).collect();
        // The index works on many threads itself, so it comes by itself.
        let (indexes, pages): (Vec<usize>, Vec<usize>) =
            stale.into_iter().partition(|place| self.jobs.get(*place) == Some(&Job::SearchIndex));
        let (mut put, mut old) = (Vec::new(), gone);
        for (stage, places) in [(Stage::Render, pages), (Stage::Search, indexes)] {
            let jobs = places.iter().filter_map(|place| self.jobs.get(*place));
            let jobs: Vec<&Job> = jobs.collect();
            let progress = clock.progress;
            let make = |job: &&Job| {
                let made = || stepped(progress, || Made::by(job, &workshop, &self.shared, plans));
                mishap::caught(|| subject(job, workshop.library()), made)
                    .unwrap_or_else(|fault| Made { faults: vec![fault], ..Made::nothing() })
            };
            let made: Vec<Made> = clock.stage(stage, jobs.len(), || jobs.par_iter().map(make).collect());
            for (place, made) in places.into_iter().zip(made) {
                if matches!(changes, Changes::Of(_)) {
                    put.extend(made.outputs.iter().cloned());
                }
                if let Some(slot) = self.made.get_mut(place) {
                    old.push(std::mem::replace(slot, made));
                }
            }
            if plans.is_last {
                // The index needs the room that the pages took.
                workshop = workshop.emptied();
            }
        }
        aside(Some(workshop));
        match changes {
            Changes::All => SiteChange::Whole,
            Changes::Of(_) => {
                let gone = self.gone(&old, &put);
                aside(Some(old));
                SiteChange::Part(put, gone)
            }
        }
    }

    /// The paths of old outputs that no job gives any more.
    fn gone(&self, old: &[Made], put: &[Output]) -> Vec<String> {
        let new: HashSet<&str> = put.iter().map(|output| output.path.as_str()).collect();
        let old = old.iter().flat_map(|made| &made.outputs).map(|output| output.path.as_str());
        let mut gone: HashSet<&str> = old.filter(|path| !new.contains(path)).collect();
        if !gone.is_empty() {
            // Several pages may bring one file, a card they share.
            self.made.iter().flat_map(|made| &made.outputs).for_each(|output| {
                gone.remove(output.path.as_str());
            });
        }
        let mut gone: Vec<String> = gone.into_iter().map(str::to_owned).collect();
        gone.sort_unstable();
        gone
    }

    /// Everything that is wrong.
    pub(super) fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.look_faults.iter().chain(self.made.iter().flat_map(|made| &made.faults))
    }

    /// Every file that was made.
    pub(super) fn outputs(&self) -> Vec<Output> {
        let mut outputs = self.made.iter().flat_map(|made| made.outputs.iter().cloned()).collect();
        outputs::shared(&mut outputs);
        outputs
    }

    /// The same, of a site that is of no further use.
    pub(super) fn into_outputs(self) -> Vec<Output> {
        aside(self.workshop);
        let mut outputs = self.made.into_iter().flat_map(|made| made.outputs).collect();
        outputs::shared(&mut outputs);
        outputs
    }
}

/// What a job is about, for whoever is told that it failed.
fn subject(job: &Job, library: &Library) -> String {
    let entry = match job {
        Job::Entry(entry) | Job::Home(Some(entry)) => library.entries.get(*entry),
        _ => None,
    };
    entry.map_or_else(|| format!("{job:?}"), |entry| entry.source.path.clone())
}

impl Made {
    /// What a job that has not run yet gave: it has to run whatever changed.
    fn nothing() -> Self {
        Self { outputs: Vec::new(), faults: Vec::new(), reads: Reads::of_new() }
    }

    fn by(job: &Job, workshop: &Workshop, shared: &outputs::Shared, plans: &Plans<'_>) -> Self {
        let renderer = workshop.renderer();
        let (mut outputs, faults) = outputs::make(&renderer, shared, job);
        if let Some(outlet) = plans.outlet {
            outputs = outputs.into_iter().filter_map(|output| outlet.take(output)).collect();
        }
        let reads = if plans.is_last { Reads::of_new() } else { renderer.reads() };
        Self { outputs, faults, reads }
    }
}

/// The workshop of a library: the old one, as far as nothing else is asked of it.
fn workshop(old: Option<&Workshop>, look: Arc<Look>, plans: &Plans<'_>) -> Workshop {
    let Plans { library, config, texts_only, .. } = plans;
    match old.filter(|old| old.has_look(&look)) {
        Some(old) if Arc::ptr_eq(old.library(), library) => old.clone(),
        Some(old) if *texts_only => old.with_texts(Arc::clone(library)),
        _ => Workshop::with(look, Arc::clone(library), Arc::clone(config)),
    }
}
