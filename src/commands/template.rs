//! `casebook template`: a Word form for a kind of page, made from the kind's file alone.

use super::{
    Status, Stopped,
    files::{Change, put},
    kinds,
    library::Library,
    say::remark,
    shown,
};
use crate::{
    cli::{Global, Template},
    pipeline,
};
use std::path::PathBuf;

pub(super) fn template(options: &Template, global: &Global) -> Result<Status, Stopped> {
    let Library { config, known } = Library::open(global)?;
    let kind = kinds::find(&known.theme, &options.kind)?;
    let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}-form.docx", kind.name)));
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx")) {
        return Err(format!("{} has to end in .docx: Word opens the form by its ending", path.display()).into());
    }
    if path.exists() && !options.force {
        return Err(
            format!("{} is there already; choose another name with --output, or say --force", shown(&path)).into()
        );
    }
    let bytes = pipeline::form(&config, kind, &known).map_err(|fault| fault.message)?;
    // A folder that is not there is a slip of the pen, more often than not.
    if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(format!("{} can't be written: there is no such folder", shown(&path)).into());
    }
    put(&[Change::over(path.clone(), bytes)?])?;
    if !global.quiet {
        let path = shown(&path);
        remark(format_args!(
            "Wrote {path}. Open it in Word and fill it in, or send it to whoever knows the work.\n\
             When it comes back: casebook import \"{path}\""
        ));
    }
    Ok(Status::Clean)
}
