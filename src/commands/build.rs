//! `casebook build`

use super::{Status, progress::Bars, report, root, shown};
use crate::{
    cli::{Build, Global},
    diagnostic::Format,
    pipeline::{self, Progress, Stage},
};
use std::time::Instant;

/// The folder of the built site, below the root.
pub(super) const FOLDER: &str = "public";

pub(super) fn build(options: &Build, global: &Global) -> Result<Status, String> {
    let start = Instant::now();
    let root = root(global)?;
    let config = match pipeline::settings(&root, &options.overrides()) {
        Ok(config) => config,
        Err(run) => return Ok(report::faults(&run, Format::Human)),
    };
    let bars = Bars::new(global);
    let mut run = pipeline::run(&config, &bars);
    let status = report::faults(&run, Format::Human);
    if status != Status::Clean {
        bars.finish();
        if !global.quiet {
            eprintln!("Nothing was built; {FOLDER}/ is as it was.");
        }
        return Ok(status);
    }
    bars.start(Stage::Publish, 0);
    let before = Instant::now();
    let destination = root.join(FOLDER);
    let published = pipeline::publish(&config, &destination, &run.outputs, &bars);
    run.timings.push((Stage::Publish, before.elapsed()));
    bars.finish();
    let summary = match published {
        Ok(summary) => summary,
        Err(mut faults) => {
            run.overlaid.name(&mut faults);
            let status = report::unpublished(&faults, &run.texts);
            if status == Status::Faults && !global.quiet {
                eprintln!("Nothing was built; {FOLDER}/ is as it was.");
            }
            return Ok(status);
        }
    };
    if global.verbose {
        report::timings(&run.timings);
    }
    if !global.quiet {
        println!(
            "Built {} in {:.2} s: {} from {}{}. {} written, {} unchanged, {} removed.",
            shown(&destination),
            start.elapsed().as_secs_f64(),
            report::count(run.outputs.len(), "file", "files"),
            report::count(run.entries, "page", "pages"),
            report::hidden(&run),
            summary.written,
            summary.unchanged,
            summary.removed,
        );
    }
    Ok(Status::Clean)
}
