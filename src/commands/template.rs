//! `casebook template`: a Word form for a kind of page, made from the kind's file alone.

use super::{Status, kinds, report, root, say::remark, shown};
use crate::{
    cli::{Global, Template},
    config::Overrides,
    diagnostic::Format,
    pipeline,
};
use std::{fs, io::ErrorKind, path::Path, path::PathBuf};

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
    write(&path, &bytes)?;
    if !global.quiet {
        let path = shown(&path);
        remark(format_args!(
            "Wrote {path}. Open it in Word and fill it in, or send it to whoever knows the work.\n\
             When it comes back: casebook import \"{path}\""
        ));
    }
    Ok(Status::Clean)
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => format!("{} can't be written: there is no such folder", path.display()),
        _ => format!("{} can't be written: {error}", path.display()),
    };
    let beside = path.with_extension("docx.part");
    fs::write(&beside, bytes).map_err(failed)?;
    fs::rename(&beside, path).map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
