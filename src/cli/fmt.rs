//! The arguments of `casebook fmt`.

use clap::Args;
use std::path::PathBuf;

/// `casebook fmt`
#[derive(Debug, Args)]
#[command(after_help = "\
The text below the front matter is never touched, and a comment moves with the field below it, but for one on the first line, which stays there. The site is the same before and \
after. A page whose front matter can't be written anew without a doubt is left as it is, and named.")]
pub struct Fmt {
    /// Pages, or folders of pages [default: all pages of the library]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Change nothing, and end with an error where a page is not in order
    #[arg(long)]
    pub check: bool,
}
