//! `casebook serve`

use super::{
    Status,
    build::{FOLDER, let_all_read},
    progress::Bars,
    report, root,
    say::{complain, remark},
};
use crate::{
    cli::{Global, Serve},
    config::Config,
    diagnostic::{Diagnostic, Format, SourceTexts},
    model::{Changed, Later, Output, Position},
    pipeline::{self, Run, Session, SiteChange, Unseen, Update},
    watch::{self, Fault, Folders, Preview},
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

pub(super) fn serve(options: &Serve, global: &Global) -> Result<Status, String> {
    let root = root(global)?;
    let_all_read();
    let overrides = options.overrides();
    let listener = watch::bind(options.host.as_deref(), options.port)?;
    let address = listener.local_addr().map_err(|error| format!("the server has no address: {error}"))?;

    // The files are watched before they are first read, so that no change falls between the two.
    let mut changes = Folders::watch(&root, &[root.join(FOLDER)])?;
    let bars = Bars::new(global);
    let settings = pipeline::settings(&root, &overrides);
    let prefix = settings.as_ref().map_or("/".to_owned(), |config| config.prefix().to_owned());
    let preview = Preview::new(&prefix);
    let mut show = Show {
        session: Session::postponing(),
        preview: preview.clone(),
        is_shown: false,
        missed: Changed::Paths(Vec::new()),
        global: global.clone(),
    };
    if let Ok(config) = &settings {
        changes.lay(&config.overlays);
    }
    let start = Instant::now();
    let update = show.run(settings.as_ref(), &Changed::Everything, &bars);
    bars.finish();
    if let (Ok(config), Some(update)) = (settings.as_ref(), &update)
        && !update.run.has_errors()
        && overrides.now.is_none()
        && !overrides.drafts
        && overrides.downloads
    {
        publish(config.clone(), show.session.outputs(), update.later.clone(), &update.run);
    }
    let clean = show.show(update.ok_or_else(|| settings.err().unwrap_or_default()), start);
    let url = format!("http://{}{prefix}", reached(address));
    if !address.ip().is_loopback() {
        let drafts = if overrides.drafts { ", drafts included" } else { "" };
        complain(format_args!(
            "Warning: this preview is not for this machine alone: whoever can reach {address} can read it{drafts}."
        ));
    }
    remark(format_args!("{} {url} (Ctrl+C ends it)", if clean { "See it at" } else { "The server is at" }));
    if options.open {
        let _ = open::that_detached(&url);
    }

    thread::spawn(move || {
        let mut told = false;
        while let Some(word) = changes.next() {
            if let (Some(reason), false) = (word.polling, told) {
                complain(format_args!("Looking for changes once a second: {reason}"));
                told = true;
            }
            let start = Instant::now();
            let settings = pipeline::settings(&root, &overrides);
            if let Ok(config) = &settings {
                changes.lay(&config.overlays);
            }
            let update = show.run(settings.as_ref(), &word.changed, &Unseen);
            show.show(update.ok_or_else(|| settings.err().unwrap_or_default()), start);
        }
    });
    let runtime = tokio::runtime::Runtime::new().map_err(|error| format!("the server can't start: {error}"))?;
    runtime.block_on(watch::serve(listener, options.host.as_deref(), preview, async {
        let _ = tokio::signal::ctrl_c().await;
    }))?;
    runtime.shutdown_timeout(Duration::from_millis(200));
    Ok(Status::Clean)
}

/// Where a browser on this machine finds the server.
fn reached(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Writes the first build to the disk as well. The preview neither waits for what takes long to make, nor does a
/// folder that can't be written stop it.
fn publish(config: Config, mut outputs: Vec<Output>, later: Vec<Arc<Later>>, run: &Run) {
    let (overlaid, texts) = (run.overlaid.clone(), run.texts.clone());
    thread::spawn(move || {
        // On one thread, so that downloads which nobody has asked for yet don't keep the preview waiting.
        let mut publish = || {
            outputs.extend(later.iter().flat_map(|later| later.outputs()));
            pipeline::publish(&config, &config.root.join(FOLDER), &outputs, &Unseen)
        };
        let published = match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(pool) => pool.install(publish),
            Err(_) => publish(),
        };
        match published {
            Ok((_, told)) => report::told(&told, &texts),
            Err(mut faults) => {
                overlaid.name(&mut faults);
                report::told(&faults, &texts);
                complain(format_args!("{FOLDER}/ is as it was; the preview goes on without it."));
            }
        }
    });
}

/// A library on show.
struct Show {
    session: Session,
    preview: Preview,
    /// True where the preview shows what the session made last.
    is_shown: bool,
    /// What the session has not been told of yet.
    missed: Changed,
    global: Global,
}

impl Show {
    /// Runs the chain over what is on the disk now; not without sound settings.
    fn run(
        &mut self,
        settings: Result<&Config, &Run>,
        changed: &Changed,
        progress: &dyn pipeline::Progress,
    ) -> Option<Update> {
        // What a run with unsound settings has missed, the next one has to find.
        let missed = std::mem::replace(&mut self.missed, Changed::Paths(Vec::new()));
        let changed = missed.and(changed.clone());
        let Ok(config) = settings else {
            self.missed = changed;
            return None;
        };
        Some(self.session.run(config, &changed, progress))
    }

    /// Puts a run on show: its files, or its errors over the last good site.
    fn show(&mut self, update: Result<Update, Run>, start: Instant) -> bool {
        let Self { session, preview, is_shown, global, .. } = self;
        let (run, site) = match update {
            Ok(Update { run, site, later }) => (run, Some((site, later))),
            Err(run) => (run, None),
        };
        report::faults(&run, Format::Human);
        let has_run = site.is_some();
        let Some((site, later)) = site.filter(|_| !run.has_errors()) else {
            let errors = run.diagnostics.iter().filter(|fault| fault.is_error());
            preview.fail(errors.map(|fault| overlaid(fault, &run.texts)).collect());
            *is_shown &= !has_run;
            return false;
        };
        match site {
            SiteChange::Part(outputs, gone) if *is_shown => preview.change(outputs, &gone, later),
            _ => preview.show(session.outputs(), later),
        }
        *is_shown = true;
        if global.verbose {
            report::timings(&run.timings);
        }
        if !global.quiet {
            let pages = report::count(run.entries, "page", "pages") + &report::hidden(&run);
            remark(format_args!("Built {pages} in {:.3} s.", start.elapsed().as_secs_f64()));
        }
        true
    }
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
