//! The arguments of `casebook compare`.

use crate::config::Overrides;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `casebook compare`
///
/// It builds the library as it is here and as it was where this branch left the other one, and writes neither. Nothing
/// that the repository says to run is run.
#[derive(Debug, Args)]
pub struct Compare {
    /// What to compare with: a branch, a tag or a commit, such as origin/main
    pub revision: String,
    /// How to tell it: Markdown for a comment, HTML for a page with before and now side by side, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: Telling,
    /// Write it into this file [default: show it]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Compare the sites as they are at this time, such as 2027-10-25 or 2027-10-25T09:00
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

/// How a comparison is told.
#[allow(missing_docs, reason = "doc comments here would make the help longer")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Telling {
    #[default]
    Markdown,
    Html,
    Json,
}

impl Compare {
    /// What these options change in the settings.
    pub fn overrides(&self) -> Overrides {
        Overrides { now: self.now.clone(), ..Overrides::default() }
    }
}
