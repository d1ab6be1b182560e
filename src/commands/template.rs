//! `casebook template`: a Word form for a kind of page, made from the kind's file alone.

use super::{
    Status,
    files::{Change, put},
    kinds, report, root,
    say::remark,
    shown,
};
use crate::{
    cli::{Global, Template},
    config::Overrides,
    diagnostic::Format,
    pipeline,
};
use std::path::PathBuf;

pub(super) fn template(options: &Template, global: &Global) -> Result<Status, String> {
    let root = root(global)?;
    let config = match pipeline::settings(&root, &Overrides::default()) {
        Ok(config) => config,
        Err(run) => return Ok(report::faults(&run, Format::Human)),
    };
    let (known, faults) = pipeline::known(&config);
    if !faults.is_empty() {
        return Err("the kinds and lists of this library have faults: `casebook check` names them".to_owned());
    }
    let kind = kinds::find(&known.theme, &options.kind)?;
    let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}-form.docx", kind.name)));
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx")) {
        return Err(format!("{} has to end in .docx: Word opens the form by its ending", path.display()));
    }
    if path.exists() && !options.force {
        return Err(format!("{} is there already; choose another name with --output, or say --force", shown(&path)));
    }
    let bytes = pipeline::form(&config, kind, &known).map_err(|fault| fault.message)?;
    // A folder that is not there is a slip of the pen, more often than not.
    if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(format!("{} can't be written: there is no such folder", shown(&path)));
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
