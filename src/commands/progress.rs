//! Progress on a terminal, for what takes over a second.

use super::{build::FOLDER, say::complain};
use crate::{
    cli::Global,
    pipeline::{Progress, Stage},
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::IsTerminal,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

/// What takes less long needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// One bar, which shows itself once a run takes longer than a second.
pub(super) struct Bars {
    bar: ProgressBar,
    start: Instant,
    may_show: bool,
    is_quiet: bool,
    shown: AtomicBool,
}

impl Bars {
    pub fn new(global: &Global) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:>9} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        let may_show = !global.quiet && std::io::stderr().is_terminal();
        Self { bar, start: Instant::now(), may_show, is_quiet: global.quiet, shown: AtomicBool::new(false) }
    }

    /// Takes the bar off the terminal.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn show_when_due(&self) {
        let due = self.may_show && self.start.elapsed() > PATIENCE;
        if due && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Progress for Bars {
    fn start(&self, stage: Stage, steps: usize) {
        self.bar.set_position(0);
        self.bar.set_length(steps as u64);
        self.bar.set_message(stage.name());
        self.show_when_due();
    }

    fn wait(&self) {
        if self.is_quiet {
            return;
        }
        self.bar.suspend(|| {
            complain(format_args!("Another build is writing to {FOLDER}/ just now: waiting until it has finished."))
        });
    }

    fn step(&self) {
        self.bar.inc(1);
        self.show_when_due();
    }
}
