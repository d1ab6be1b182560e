//! The arguments of `casebook template`.

use clap::Args;
use std::path::PathBuf;

/// `casebook template`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook template KIND
  casebook template KIND --output form.docx

Send the form to whoever knows the work. When it comes back filled in: casebook import form.docx")]
pub struct Template {
    /// The kind of page: `casebook kinds` lists them
    pub kind: String,
    /// The file to write [default: the kind's name with -form.docx, in the current folder]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the file anew where it is there already
    #[arg(long)]
    pub force: bool,
}
