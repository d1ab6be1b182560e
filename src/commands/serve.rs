//! `casebook serve`

use super::{Status, build::FOLDER, progress::Bars, report, root};
use crate::{
    cli::{Global, Serve},
    config::{Config, Overrides},
    diagnostic::{Diagnostic, Format, SourceTexts},
    model::{Output, Position},
    pipeline::{self, Overlaid, Run, Texts, Unseen},
    watch::{self, Fault, Folders, Preview},
};
use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

pub(super) fn serve(options: &Serve, global: &Global) -> Result<Status, String> {
    let root = root(global)?;
    let overrides = options.site.overrides();
    let listener = watch::bind(options.port)?;
    let address = listener.local_addr().map_err(|error| format!("the server has no address: {error}"))?;

    // The files are watched before they are first read, so that no change falls between the two.
    let mut changes = Folders::watch(&root, &[root.join(FOLDER)])?;
    let bars = Bars::new(global);
    let start = Instant::now();
    let (first, config) = match pipeline::settings(&root, &overrides) {
        Ok(config) => {
            changes.lay(&config.overlays);
            (pipeline::run(&config, &bars), Some(config))
        }
        Err(run) => (run, None),
    };
    bars.finish();
    let prefix = config.as_ref().map_or("/".to_owned(), |config| config.prefix().to_owned());
    let preview = Preview::new(&prefix);
    if let Some(config) = config.filter(|_| !first.has_errors() && overrides.now.is_none() && !overrides.drafts) {
        publish(config, first.outputs.clone(), first.overlaid.clone(), first.texts.clone());
    }
    let clean = show(first, &preview, start, global);
    let url = format!("http://{address}{prefix}");
    println!("{} {url} (Ctrl+C ends it)", if clean { "See it at" } else { "The server is at" });
    if options.open {
        let _ = open::that_detached(&url);
    }

    let rebuilt = preview.clone();
    let quiet = global.clone();
    thread::spawn(move || {
        let mut told = false;
        while let Some(word) = changes.next() {
            if let (Some(reason), false) = (word.polling, told) {
                eprintln!("Looking for changes once a second: {reason}");
                told = true;
            }
            rebuild(&root, &overrides, &mut changes, &rebuilt, &quiet);
        }
    });
    let runtime = tokio::runtime::Runtime::new().map_err(|error| format!("the server can't start: {error}"))?;
    runtime.block_on(watch::serve(listener, preview, async {
        let _ = tokio::signal::ctrl_c().await;
    }))?;
    runtime.shutdown_timeout(Duration::from_millis(200));
    Ok(Status::Clean)
}

/// Writes the first build to the disk as well. The preview neither waits for what takes long to make, nor does a
/// folder that can't be written stop it.
fn publish(config: Config, outputs: Vec<Output>, overlaid: Overlaid, texts: Texts) {
    thread::spawn(move || {
        // On one thread, so that downloads which nobody has asked for yet don't keep the preview waiting.
        let publish = || pipeline::publish(&config, &config.root.join(FOLDER), &outputs, &Unseen);
        let published = match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(pool) => pool.install(publish),
            Err(_) => publish(),
        };
        if let Err(mut faults) = published {
            overlaid.name(&mut faults);
            report::unpublished(&faults, &texts);
            eprintln!("{FOLDER}/ is as it was; the preview goes on without it.");
        }
    });
}

/// Runs the same chain again over what is on the disk now.
fn rebuild(root: &Path, overrides: &Overrides, changes: &mut Folders, preview: &Preview, global: &Global) {
    let start = Instant::now();
    let run = match pipeline::settings(root, overrides) {
        Ok(config) => {
            changes.lay(&config.overlays);
            pipeline::run(&config, &Unseen)
        }
        Err(run) => run,
    };
    show(run, preview, start, global);
}

/// Puts a run on show: its outputs, or its errors over the last good site.
fn show(run: Run, preview: &Preview, start: Instant, global: &Global) -> bool {
    report::faults(&run, Format::Human);
    if run.has_errors() {
        let errors = run.diagnostics.iter().filter(|fault| fault.is_error());
        preview.fail(errors.map(|fault| overlaid(fault, &run.texts)).collect());
        return false;
    }
    if global.verbose {
        report::timings(&run.timings);
    }
    let pages = report::count(run.entries, "page", "pages") + &report::hidden(&run);
    preview.show(run.outputs);
    if !global.quiet {
        println!("Built {pages} in {:.2} s.", start.elapsed().as_secs_f64());
    }
    true
}

/// A fault as the overlay in the browser shows it.
fn overlaid(fault: &Diagnostic, texts: &dyn SourceTexts) -> Fault {
    let position =
        fault.place.as_ref().and_then(|place| Some(Position::of(texts.text(&place.path)?, place.span.start)));
    Fault {
        code: fault.code.to_string(),
        name: fault.code.rule().name.to_owned(),
        message: fault.message.clone(),
        help: fault.help.clone(),
        path: fault.place.as_ref().map(|place| place.path.clone()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}
