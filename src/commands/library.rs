//! The library that a command works on.

use super::{Stopped, report, root};
use crate::{
    cli::Global,
    config::{Config, Overrides},
    diagnostic::Format,
    import::Known,
    pipeline,
    rules::Rules,
};
use std::path::Path;

/// A library, as far as a command has to know it that makes files for it or takes in pages.
pub(super) struct Library {
    pub(super) config: Config,
    pub(super) known: Known,
}

impl Library {
    /// The library that the arguments mean.
    ///
    /// # Errors
    /// That there is none, or that what it asks of its pages has errors: what would be made of such rules would be wrong
    /// as well.
    pub(super) fn open(global: &Global) -> Result<Self, Stopped> {
        let config = settings(&root(global)?, &Overrides::default())?;
        let known = pipeline::known(&config).map_err(|run| Stopped::Told(report::faults(&run, Format::Human)))?;
        Ok(Self { config, known })
    }

    /// What it asks of its pages.
    pub(super) fn rules(&self) -> Rules<'_> {
        let Self { config, known } = self;
        Rules { config, theme: &known.theme, registers: &known.registers }
    }
}

/// The settings of a library.
///
/// # Errors
/// That they have errors, which are told.
pub(super) fn settings(root: &Path, overrides: &Overrides) -> Result<Config, Stopped> {
    pipeline::settings(root, overrides).map_err(|run| Stopped::Told(report::faults(&run, Format::Human)))
}
