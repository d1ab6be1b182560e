//! `casebook schema`

use clap::Args;
use std::path::PathBuf;

/// What `casebook schema` is told.
#[derive(Debug, Args)]
pub struct Schema {
    /// Write the schemas alone, into this folder, and nothing for VS Code
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}
