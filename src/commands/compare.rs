//! `casebook compare`

use super::{
    Status, Stopped,
    git::Repository,
    laid::laid,
    library::settings,
    past::Past,
    progress::Bars,
    root,
    say::{complain, give},
};
use crate::{
    cli::{Compare, Global, Telling},
    compare::{self, Side},
    config::{Config, FILE_NAME, Overrides},
    diagnostic::COMMENT,
    pipeline::Survey,
};
use std::{fs, path::Path};

pub(super) fn compare(options: &Compare, global: &Global) -> Result<Status, Stopped> {
    let root = root(global)?;
    let repository = Repository::of(&root)?;
    if let Some(file) = &options.output {
        free(file, &root, &repository)?;
    }
    let commit = repository.parted(&repository.commit(&options.revision)?)?;
    let config = settings(&root, &options.overrides())?;
    let mut today = Survey::default();
    let after = side(&mut today, &config, global);
    let before = if let Some(unsaved) = laid(&repository, &commit, &config)? {
        today.lay(unsaved);
        side(&mut today, &config, global)
    } else {
        let past = Past::of(&repository, &commit, &options.revision, &config, Overrides::default())?;
        if past.is_none() && !global.quiet {
            complain(format_args!(
                "At “{}” there is no library in this folder, so every page counts as new. Where the folder had \
                 another name then, nothing can be compared with it.",
                options.revision
            ));
        }
        // Where the library is new, the older side has no page at all.
        past.map_or_else(Side::default, |past| side(&mut Survey::default(), &past.config, global))
    };
    let replaced =
        repository.replaced(&commit, before.assets.keys().filter(|path| after.assets.contains_key(*path)))?;
    let told = compare::compare(&options.revision, &before, &after, &replaced, &config.now);
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

/// That a report does not take the place of a part of the library, or of anything that git keeps.
fn free(file: &Path, root: &Path, repository: &Repository) -> Result<(), String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = || Some(fs::canonicalize(folder).ok()?.join(file.file_name()?));
    let Some(real) = fs::canonicalize(file).ok().or_else(beside) else { return Ok(()) };
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let is_ours = ["content", "themes", FILE_NAME].iter().any(|part| real.starts_with(root.join(part)));
    if is_ours || repository.keeps(&real) {
        let shown = super::shown(file);
        return Err(format!(
            "the report is not written to {shown}: that is a place of the library itself, or a file that git keeps. \
             Name another file, such as report.html"
        ));
    }
    Ok(())
}

fn side(survey: &mut Survey, config: &Config, global: &Global) -> Side {
    let bars = Bars::new(global);
    let side = survey.side(config, &bars);
    bars.finish();
    side
}
