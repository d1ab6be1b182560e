//! `casebook check`

use super::{
    Status, mend,
    progress::Bars,
    report, root,
    say::{complain, remark},
};
use crate::{
    cli::{Check, Global},
    diagnostic::Format,
    pipeline::{self, Run},
};
use std::path::Path;

pub(super) fn check(options: &Check, global: &Global) -> Result<Status, String> {
    let root = root(global)?;
    let run = if options.fix { mended(&root, options, global)? } else { checked(&root, options, global) };
    let status = report::faults(&run, options.format);
    if global.verbose {
        report::timings(&run.timings);
    }
    if run.diagnostics.is_empty() && options.format == Format::Human && !global.quiet {
        let pages = report::count(run.entries, "page", "pages") + " checked" + &report::hidden(&run);
        remark(format_args!("{pages}: no faults."));
    }
    Ok(status)
}

/// What there is to say of the library as it is on the disk.
fn checked(root: &Path, options: &Check, global: &Global) -> Run {
    match pipeline::settings(root, &options.site.overrides()) {
        Ok(config) => {
            let bars = Bars::new(global);
            let run = pipeline::check(&config, &bars);
            bars.finish();
            run
        }
        Err(run) => run,
    }
}

/// Mends what can be, and says so; gives what is left.
fn mended(root: &Path, options: &Check, global: &Global) -> Result<Run, String> {
    let (run, mended) = mend::mend(root, || Ok(checked(root, options, global)))?;
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
