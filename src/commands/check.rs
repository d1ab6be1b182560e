//! `casebook check`

use super::{Status, progress::Bars, report, root, say::remark};
use crate::{
    cli::{Check, Global},
    diagnostic::Format,
    pipeline,
};

pub(super) fn check(options: &Check, global: &Global) -> Result<Status, String> {
    let root = root(global)?;
    let run = match pipeline::settings(&root, &options.site.overrides()) {
        Ok(config) => {
            let bars = Bars::new(global);
            let run = pipeline::check(&config, &bars);
            bars.finish();
            run
        }
        Err(run) => run,
    };
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
