//! `casebook build`

use super::{
    Status, Stopped,
    library::settings,
    progress::Bars,
    report, root,
    say::{complain, remark},
    shown,
};
use crate::{
    cli::{Build, Global},
    diagnostic::Format,
    pipeline,
};
use std::{
    env, fs,
    time::{Instant, UNIX_EPOCH},
};

/// The folder of the built site, below the root.
pub(super) const FOLDER: &str = "public";

pub(super) fn build(options: &Build, global: &Global) -> Result<Status, Stopped> {
    let start = Instant::now();
    let root = root(global)?;
    let config = settings(&root, &options.overrides())?;
    if !options.site.drafts {
        let_all_read();
    }
    let bars = Bars::new(global);
    let destination = root.join(FOLDER);
    let pipeline::Built { run, published } = pipeline::build(&config, &destination, &program(), &bars);
    bars.finish();
    let status = report::faults(&run, Format::Human);
    let Some(published) = published.filter(|_| status == Status::Clean) else {
        if !global.quiet {
            complain(format_args!("Nothing was built; {FOLDER}/ is as it was."));
        }
        return Ok(status);
    };
    let summary = match published {
        Ok(summary) => summary,
        Err(mut faults) => {
            run.overlaid.name(&mut faults);
            let status = report::unpublished(&faults, &run.texts);
            if status == Status::Faults && !global.quiet {
                complain(format_args!("Nothing was built; {FOLDER}/ is as it was."));
            }
            return Ok(status);
        }
    };
    if global.verbose {
        report::timings(&run.timings);
    }
    if !global.quiet {
        remark(format_args!(
            "Built {} in {:.2} s: {} from {}{}. {} written, {} unchanged, {} removed.",
            shown(&destination),
            start.elapsed().as_secs_f64(),
            report::count(summary.written + summary.unchanged, "file", "files"),
            report::count(run.entries, "page", "pages"),
            report::hidden(&run),
            summary.written,
            summary.unchanged,
            summary.removed,
        ));
    }
    Ok(Status::Clean)
}

/// Lets everybody read what is written from now on, even where the system was told that files are private: a site is
/// there to be read, and the program that gives it out seldom runs under the name of whoever built it.
#[cfg(unix)]
pub(super) fn let_all_read() {
    use rustix::{fs::Mode, process::umask};
    let reading = Mode::RGRP | Mode::XGRP | Mode::ROTH | Mode::XOTH;
    let mask = umask(Mode::RWXG | Mode::RWXO);
    umask(mask - reading);
}

#[cfg(not(unix))]
pub(super) fn let_all_read() {}

/// What tells this program from another one, be it of the same version.
fn program() -> String {
    let file = env::current_exe().and_then(fs::metadata);
    let stamp = file.and_then(|file| Ok((file.len(), file.modified()?)));
    let stamp = stamp.map(|(size, time)| (size, time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos()));
    format!("{} {:?}", env!("CARGO_PKG_VERSION"), stamp.ok())
}
