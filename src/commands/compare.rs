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
    config::{Config, Overrides},
    diagnostic::COMMENT,
    pipeline::Survey,
};
use std::fs;

pub(super) fn compare(options: &Compare, global: &Global) -> Result<Status, Stopped> {
    let root = root(global)?;
    let repository = Repository::of(&root)?;
    let commit = repository.parted(&repository.commit(&options.revision)?)?;
    let config = settings(&root, &options.overrides())?;
    let mut today = Survey::default();
    let after = side(&mut today, &config, global);
    let before = if let Some(unsaved) = laid(&repository, &commit, &config)? {
        today.lay(unsaved);
        side(&mut today, &config, global)
    } else {
        let past = Past::of(&repository, &commit, &options.revision, &config, Overrides::default())?;
        // Where the library is new, the older side has no page at all.
        past.map_or_else(Side::default, |past| side(&mut Survey::default(), &past.config, global))
    };
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

fn side(survey: &mut Survey, config: &Config, global: &Global) -> Side {
    let bars = Bars::new(global);
    let side = survey.side(config, &bars);
    bars.finish();
    side
}
