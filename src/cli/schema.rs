//! `casebook schema`

use clap::Args;
use std::path::PathBuf;

/// What `casebook schema` is told.
#[derive(Debug, Args)]
pub struct Schema {
    /// Write the schemas alone, into this folder, and nothing for VS Code
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Write nothing, and end with an error where a file is not what it would be
    #[arg(long)]
    pub check: bool,
}
