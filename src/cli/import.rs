//! The arguments of `casebook import`.

use clap::Args;
use std::path::PathBuf;

/// `casebook import`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook import filled-in.docx
  casebook import cases.xlsx --kind KIND --dry-run
  casebook import cases.csv --kind KIND --map title=Name,summary=Text --body Story

The pages are drafts, unless the file says otherwise or their kind has no drafts, which is said: nobody sees a draft \
before somebody takes `status: draft` out. \
What could not be placed is told, and kept in the page as a note. Where something is in the way, nothing is written.")]
pub struct Import {
    /// The file: a Word document, a table (.xlsx, .ods, .csv), or with --issue the text of an issue
    pub file: PathBuf,
    /// The kind of page that it becomes: `casebook kinds` lists them
    #[arg(long)]
    pub kind: Option<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write pages anew that are there already
    #[arg(long)]
    pub force: bool,
    /// A Word document: the title of the page, where the document has none or another one
    #[arg(long)]
    pub title: Option<String>,
    /// A table: the column of a field, as often as needed or with commas between. Columns that are called like a field
    /// need none
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// A table: the column that is the text of the page
    #[arg(long, value_name = "COLUMN")]
    pub body: Option<String>,
    /// A workbook: the sheet whose rows become pages. Without it, the first that has a title among its columns
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The file is the text of an issue that was filled in
    #[arg(long)]
    pub issue: bool,
}
