//! `casebook check`

use super::{
    Status, figures,
    git::{self, Repository},
    mend,
    past::Past,
    progress::Bars,
    report::{self, Rest},
    root,
    say::{complain, give, remark},
};
use crate::{
    cli::{Check, Global, Reviewer},
    diagnostic::{Diagnostic, Format, KnownFaults, Review, review},
    pipeline::{self, Run, Unseen},
};
use std::{cell::OnceCell, path::Path};

pub(super) fn check(options: &Check, global: &Global) -> Result<Status, String> {
    if options.stats && !matches!(options.format, Format::Human | Format::Json) {
        return Err("the figures of --stats can be had as text, or with --format json".to_owned());
    }
    let root = root(global)?;
    let since = options.changed_since.as_deref().map(|revision| Since::find(&root, revision)).transpose()?;
    let mut rest = Rest::default();
    let mut look = || {
        let mut run = checked(&root, options, global);
        if let Some(since) = &since {
            rest = since.split(&mut run, &root, options)?;
        }
        Ok(run)
    };
    let run = if options.fix { mended(&root, options, global, look)? } else { look()? };
    if let (Some(since), Some(Reviewer::Github)) = (&since, options.suggest) {
        since.suggest(&run)?;
        return Ok(rest.ends(report::status_of(&run)));
    }
    let folder = if options.format.is_for_hosts() { git::folder(&root) } else { String::new() };
    let status = match (options.stats, options.format) {
        (true, Format::Json) => {
            give(figures::json(&run.figures))?;
            report::status_of(&run)
        }
        (shows, format) => {
            let status = report::faults_of(&run, &folder, format);
            if shows {
                give(figures::text(&run.figures))?;
            }
            status
        }
    };
    let note = since.as_ref().and_then(|since| rest.told(since.revision));
    if let (Some(note), false) = (&note, global.quiet && options.format != Format::Human) {
        complain(note);
    }
    if options.format == Format::Github {
        report::summary(&run, &folder, note.as_deref());
    }
    if global.verbose {
        report::timings(&run.timings);
    }
    if run.diagnostics.is_empty() && options.format == Format::Human && !global.quiet {
        let pages = report::count(run.entries, "page", "pages") + " checked" + &report::hidden(&run);
        let place = since.map_or(String::new(), |since| format!(" on lines changed since {}", since.revision));
        remark(format_args!("{pages}: no faults{place}."));
    }
    Ok(rest.ends(status))
}

/// What there is to say of the library as it is on the disk.
fn checked(root: &Path, options: &Check, global: &Global) -> Run {
    match pipeline::settings(root, &options.site.overrides()) {
        Ok(config) => {
            let bars = Bars::new(global);
            let run = if options.stats {
                pipeline::check_with_figures(&config, &bars)
            } else {
                pipeline::check(&config, &bars)
            };
            bars.finish();
            run
        }
        Err(run) => run,
    }
}

/// Mends what can be, and says so; gives what is left.
fn mended(
    root: &Path,
    options: &Check,
    global: &Global,
    look: impl FnMut() -> Result<Run, String>,
) -> Result<Run, String> {
    let (run, mended) = mend::mend(root, look)?;
    let say = |text: &str| match options.format {
        Format::Human => remark(report::plain(text)),
        // Standard output is for the machine.
        _ => complain(report::plain(text)),
    };
    if !global.quiet {
        mended.lines.iter().for_each(|line| say(line));
        if !(mended.lines.is_empty() && run.diagnostics.is_empty()) {
            say(&mended.summary());
        }
    }
    Ok(run)
}

/// A place in the library's past.
struct Since<'a> {
    repository: Repository<'a>,
    /// As it was asked for.
    revision: &'a str,
    commit: String,
    /// What there was to say of the library then, once somebody asked.
    known: OnceCell<Option<KnownFaults>>,
}

impl<'a> Since<'a> {
    fn find(root: &'a Path, revision: &'a str) -> Result<Self, String> {
        let repository = Repository::of(root)?;
        let commit = repository.parted(&repository.commit(revision)?)?;
        Ok(Self { repository, revision, commit, known: OnceCell::new() })
    }

    /// Leaves a run the faults on lines that were changed since, and those that the change made elsewhere; counts the
    /// others.
    fn split(&self, run: &mut Run, root: &Path, options: &Check) -> Result<Rest, String> {
        let changed = self.repository.changed_since(&self.commit)?;
        let all = std::mem::take(&mut run.diagnostics);
        let touches = |fault: &Diagnostic| changed.touches(fault, &run.texts);
        let mut known = match all.iter().all(touches) {
            true => None,
            false => self.known(root, options),
        };
        let (mut told, mut others, mut elsewhere) = (Vec::new(), Vec::new(), 0);
        for fault in all {
            if touches(&fault) {
                told.push(fault);
            } else if known.as_mut().is_none_or(|known| known.take(&fault)) {
                others.push(fault);
            } else {
                elsewhere += 1;
                told.push(fault);
            }
        }
        run.diagnostics = told;
        Ok(Rest::of(&others).beside(elsewhere))
    }

    /// Gives what can be mended as a review, where there is something.
    fn suggest(&self, run: &Run) -> Result<(), String> {
        let (commit, folder) = (self.repository.commit("HEAD")?, self.repository.folder()?);
        let shown = self.repository.shown_since(&self.commit)?;
        let reviewed = Review { commit: &commit, folder: &folder, shown: &shown };
        if let Some(review) = review(&run.diagnostics, &run.texts, &reviewed) {
            return give(review);
        }
        let fixes = run.diagnostics.iter().filter(|fault| fault.fix.is_some()).count();
        if fixes > 0 {
            complain(format_args!(
                "{} can be mended by program, but on no line that a suggestion can stand on: the commit does not show \
                 it, or its lines end otherwise there (CRLF). `casebook check --fix` does it.",
                report::count(fixes, "fault", "faults")
            ));
        }
        Ok(())
    }

    /// What there was to say before the change. Nobody knows where the library of then can't be read at all.
    fn known(&self, root: &Path, options: &Check) -> Option<KnownFaults> {
        let find = || {
            let overrides = options.site.overrides();
            let today = pipeline::settings(root, &overrides).ok()?;
            let past = Past::of(&self.repository, &self.commit, self.revision, &today, overrides).ok()?;
            let Some(past) = past else { return Some(KnownFaults::default()) };
            Some(KnownFaults::of(&pipeline::check(&past.config, &Unseen).diagnostics))
        };
        self.known.get_or_init(find).clone()
    }
}
