//! What a library has that texts from elsewhere may name.

use super::{
    Run, Texts, Unseen,
    entries::{self, Understood},
    sources::Sources,
};
use crate::{
    config::Config,
    diagnostic::{self, Diagnostic},
    import::{Known, PageName},
    model::{Changed, Entry, Unsaved},
};

/// The theme, the registers and the names of the pages of a library.
///
/// # Errors
/// A run that made nothing, with what is wrong with its theme and its registers, without which nothing can be said of a
/// page.
pub fn known(config: &Config) -> Result<Known, Run> {
    let sources = Sources::read(None, config, &Changed::Everything, &Unsaved::default());
    let understood = Understood::read(None, &sources);
    let mut diagnostics: Vec<Diagnostic> = understood.faults().filter(|fault| fault.is_error()).cloned().collect();
    if !diagnostics.is_empty() {
        diagnostic::sort(&mut diagnostics);
        return Err(Run { diagnostics, texts: Texts::of(sources.texts()), ..Run::default() });
    }
    let (checked, _) = entries::check(None, &sources, &understood, config, false, &Unseen);
    let named = |entry: &Entry| PageName {
        path: entry.source.path.clone(),
        title: entry.title.clone(),
        url: entry.url.clone(),
        kind: entry.kind.name.clone(),
        state: Some(entry.state),
    };
    Ok(Known {
        theme: understood.theme.clone(),
        registers: understood.registers.clone(),
        pages: checked.iter().filter_map(|checked| checked.entry.as_deref().map(named)).collect(),
        language: config.language.clone(),
    })
}
