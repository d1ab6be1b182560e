//! What a library has that texts from elsewhere may name.

use super::{
    Unseen,
    entries::{self, Understood},
    sources::Sources,
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    import::{Known, PageName},
    model::{Changed, Unsaved},
};

/// The theme, the registers and the names of the pages of a library; and the faults of its theme, without which
/// nothing can be said of a page.
pub fn known(config: &Config) -> (Known, Vec<Diagnostic>) {
    let sources = Sources::read(None, config, &Changed::Everything, &Unsaved::default());
    let understood = Understood::read(None, &sources);
    let (checked, _) = entries::check(None, &sources, &understood, config, false, &Unseen);
    let named = |entry: &crate::model::Entry| PageName {
        path: entry.source.path.clone(),
        title: entry.title.clone(),
        url: entry.url.clone(),
    };
    let pages = checked.iter().filter_map(|checked| checked.entry.as_deref().map(named)).collect();
    let known = Known {
        theme: understood.theme.clone(),
        registers: understood.registers.clone(),
        pages,
        language: config.language.clone(),
    };
    (known, understood.faults().filter(|fault| fault.is_error()).cloned().collect())
}
