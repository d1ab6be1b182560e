//! `casebook compare`

use super::{
    Status,
    git::Repository,
    progress::Bars,
    report, root,
    say::{complain, give},
};
use crate::{
    cli::{Compare, Global, Telling},
    compare::{self, Side},
    config::{Config, Overrides},
    diagnostic::{COMMENT, Format},
    pipeline,
};
use std::{fs, path::Path};

pub(super) fn compare(options: &Compare, global: &Global) -> Result<Status, String> {
    let root = root(global)?;
    let repository = Repository::of(&root)?;
    let commit = repository.parted(&repository.commit(&options.revision)?)?;
    let config = match pipeline::settings(&root, &options.overrides()) {
        Ok(config) => config,
        Err(run) => return Ok(report::faults(&run, Format::Human)),
    };
    let after = survey(&config, global);
    let before = past(&repository, &commit, &config, options, global)?;
    let told = compare::compare(&options.revision, &before, &after, &config.now);
    let text = match options.format {
        Telling::Markdown => told.markdown(COMMENT),
        Telling::Html => told.html(&config.title),
        Telling::Json => serde_json::to_string_pretty(&told).map_err(|error| error.to_string())? + "\n",
    };
    match &options.output {
        None => give(text)?,
        Some(file) => {
            fs::write(file, text).map_err(|error| format!("{} can't be written: {error}", file.display()))?;
            if !global.quiet {
                complain(format_args!("Wrote {}.", super::shown(file)));
            }
        }
    }
    Ok(Status::Clean)
}

/// The site of the library as it was at a commit.
fn past(
    repository: &Repository,
    commit: &str,
    config: &Config,
    options: &Compare,
    global: &Global,
) -> Result<Side, String> {
    let folder = tempfile::Builder::new().prefix("casebook-").tempdir();
    let folder = folder.map_err(|error| format!("there is no room for the older side: {error}"))?;
    // The temporary folder may itself be reached by a link.
    let root = fs::canonicalize(folder.path()).unwrap_or_else(|_| folder.path().to_path_buf());
    repository.extract(commit, &root)?;
    if !root.join("casebook.yaml").is_file() {
        // The library is new: the older side has no page at all.
        return Ok(Side::default());
    }
    let overrides = Overrides { now: Some(config.now.timestamp().to_string()), ..Overrides::default() };
    let mut old = pipeline::settings(&root, &overrides).map_err(|run| {
        let first = run.diagnostics.first().map_or("", |fault| fault.message.as_str());
        format!("the settings of the library at “{}” have a fault: {first}", options.revision)
    })?;
    with_overlays(&mut old, &root, &config.root);
    Ok(survey(&old, global))
}

/// Gives the older side those overlays as they are today that git does not have.
fn with_overlays(old: &mut Config, root: &Path, today: &Path) {
    for overlay in old.overlays.iter_mut().filter(|overlay| !overlay.disk.is_dir()) {
        if let Ok(inside) = overlay.disk.strip_prefix(root) {
            overlay.disk = today.join(inside);
        }
    }
}

fn survey(config: &Config, global: &Global) -> Side {
    let bars = Bars::new(global);
    let (side, _) = pipeline::survey(config, &bars);
    bars.finish();
    side
}
