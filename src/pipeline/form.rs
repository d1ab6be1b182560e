//! The front matter of every page in the one style.

use super::{entries::Understood, sources::Sources};
use crate::{
    config::Config,
    front_matter::{self, Left},
    mishap,
    model::{Changed, SourceFile, Span, Unsaved},
    parse,
    rules::Rules,
    validate,
};
use rayon::prelude::*;
use std::sync::Arc;

/// What became of the front matter of a page.
#[derive(Clone, Debug)]
pub struct Formed {
    /// The page as it is, under the path that people can open.
    pub source: Arc<SourceFile>,
    /// Its text in the one style, or why it is left as it is.
    pub text: Result<String, Left>,
}

/// The pages of a library, each with its front matter in the one style. Nothing is written.
pub fn formed(config: &Config) -> Vec<Formed> {
    let sources = Sources::read(None, config, &Changed::Everything, &Unsaved::default());
    let understood = Understood::read(None, &sources);
    let rules = Rules { config, theme: &understood.theme, registers: &understood.registers };
    let form = |source: &Arc<SourceFile>| {
        let (document, _) = parse::document(source.clone());
        let text = match (document.front_span, validate::kind_of(&document, rules)) {
            (Some(front), Some(kind)) => front_matter::format(&kind, &source.text, front),
            _ => Ok(source.text.clone()),
        };
        let real = sources.beside.overlaid.get(&source.path);
        let named = |path: &String| Arc::new(SourceFile { path: path.clone(), text: source.text.clone() });
        Formed { source: real.map_or_else(|| source.clone(), named), text }
    };
    let read = |source: &Arc<SourceFile>| {
        let formed = mishap::caught(|| source.path.clone(), || form(source));
        formed.unwrap_or_else(|fault| {
            let left = Left { span: Span::default(), why: fault.message };
            Formed { source: source.clone(), text: Err(left) }
        })
    };
    sources.pages.par_iter().map(read).collect()
}
