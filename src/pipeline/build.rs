//! The whole chain, the last stage with it: from a folder to a folder.

use super::{
    Clock, Nowhere, Progress, Run, Session, Stage, Summary,
    gone::gone,
    made,
    noted::{self, Noted},
    sources::Sources,
};
use crate::{
    config::Config,
    diagnostic::{self, Diagnostic},
    model::{Changed, Output, Unsaved},
    publish::{self, Press},
};
use std::{path::Path, sync::Arc, time::Duration};

/// How long a build waits for another one that writes to the same folder.
const PATIENCE: Duration = Duration::from_secs(60);

/// What became of a build.
#[derive(Debug)]
pub struct Built {
    /// What it has to say of the library; it holds no outputs.
    pub run: Run,
    /// What was published, or why nothing was; nothing where the library has errors.
    pub published: Option<Result<Summary, Vec<Diagnostic>>>,
}

/// Makes the folder `destination` hold the site of a library. `program` tells one program from another, be it of the
/// same version: what one has built, another builds anew.
pub fn build(config: &Config, destination: &Path, program: &str, progress: &dyn Progress) -> Built {
    let mut clock = Clock { timings: Vec::new(), progress };
    let (sources, fingerprint) = clock.stage(Stage::Discover, 0, || {
        let sources = Sources::read(None, config, &Changed::Everything, &Unsaved::default());
        let fingerprint = noted::fingerprint(&sources, config, program);
        (sources, fingerprint)
    });
    let read = clock.timings;
    let known = publish::unchanged(&config.root, destination);
    let known = known.and_then(|(note, summary)| Some((serde_json::from_str::<Noted>(&note).ok()?, summary)));
    if let Some((noted, summary)) = known.filter(|(noted, _)| noted.holds(&fingerprint, config)) {
        let run = Run { timings: read, ..noted.into_run(&sources, config) };
        return Built { run, published: Some(Ok(summary)) };
    }
    let session = Session::over(sources);
    let last = Noted::last(config, destination);
    let press = match Press::open_within(PATIENCE, &config.root, destination, &|| progress.wait()) {
        Ok(press) => Arc::new(press),
        Err(fault) => {
            // Faults of the library come first: whoever mends them may not get as far as this one.
            let mut session = session.handing_on(Arc::new(Nowhere));
            let run = session.run(config, &Changed::Everything, progress).run;
            let published = (!run.has_errors()).then(|| Err(vec![fault]));
            return Built { run, published };
        }
    };
    let mut session = session.handing_on(press.clone());
    let mut run = session.run(config, &Changed::Everything, progress).run;
    for (stage, time) in &mut run.timings {
        *time += read.iter().filter(|(read, _)| read == stage).map(|(_, time)| *time).sum::<Duration>();
    }
    if run.has_errors() {
        return Built { run, published: None };
    }
    let noted = Noted {
        fingerprint,
        made: config.now.timestamp().as_microsecond(),
        drafts: config.drafts,
        until: session.next_end_of_embargo().map(|end| end.as_microsecond()),
        entries: run.entries,
        hidden: run.hidden,
        diagnostics: run.diagnostics.clone(),
    };
    // Without a note the next build does all its work.
    let noted = serde_json::to_string(&noted).ok();
    let outputs = session.into_outputs();
    run.diagnostics.extend(gone(&press, &outputs, last.as_ref(), config));
    diagnostic::sort(&mut run.diagnostics);
    if run.has_errors() {
        return Built { run, published: None };
    }
    let mut clock = Clock { timings: Vec::new(), progress };
    let published =
        clock.stage(Stage::Publish, 0, || press.publish(&outputs, noted.as_deref(), &|making| made(making, progress)));
    run.timings.append(&mut clock.timings);
    Built { run, published: Some(published) }
}

/// The last stage alone: makes the folder `destination` hold these outputs, and says of which pages the addresses are
/// lost.
///
/// # Errors
/// Why it can't be; the folder is then as it was.
pub fn publish(
    config: &Config,
    destination: &Path,
    outputs: &[Output],
    progress: &dyn Progress,
) -> Result<(Summary, Vec<Diagnostic>), Vec<Diagnostic>> {
    let last = Noted::last(config, destination);
    let press = Press::open(&config.root, destination)?;
    let told = gone(&press, outputs, last.as_ref(), config);
    if told.iter().any(Diagnostic::is_error) {
        return Err(told);
    }
    let summary = press.publish(outputs, None, &|making| made(making, progress))?;
    Ok((summary, told))
}
