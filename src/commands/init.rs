//! `casebook init`

use super::{
    Status,
    files::{Change, put},
    report,
    say::remark,
    shown,
};
use crate::{
    builtin,
    cli::{Global, Init},
};
use std::fs;

pub(super) fn init(options: &Init, global: &Global) -> Result<Status, String> {
    let folder = &options.folder;
    let occupied = fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some());
    if occupied || folder.is_file() {
        return Err(format!("{} is not empty. Name a folder that is not there yet", folder.display()));
    }
    let mut files = builtin::starter();
    files.push((".gitignore".to_owned(), b"/public/*\n!/public/.gitkeep\n/.public.casebook/\n/.casebook/\n"));
    files.push(("public/.gitkeep".to_owned(), b""));
    let changes: Vec<Change> = files.iter().map(|(path, bytes)| Change::new(folder.join(path), *bytes)).collect();
    put(&changes)?;
    if !global.quiet {
        let folder = shown(folder);
        remark(format_args!("Made a small library in {folder} ({}).", report::count(files.len(), "file", "files")));
        remark(format_args!("See it:    cd {folder} && casebook serve"));
        remark("Check it:  casebook check");
        remark("Add to it: casebook new KIND \"Title of the page\"  (casebook kinds lists the kinds)");
    }
    Ok(Status::Clean)
}
