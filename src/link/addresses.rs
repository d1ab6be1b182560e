//! One address, one page.

use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic},
    model::{Entry, Span, Step, Theme},
    yaml,
};
use std::collections::HashMap;

/// The entries, less those whose address another one has, sorted by address; and the faults.
pub(super) fn unique(entries: Vec<Entry>, theme: &Theme, config: &Config) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut owners: HashMap<String, String> = HashMap::new();
    let made = |path: &str| format!("the page that Casebook makes at {path}");
    for taxonomy in &theme.taxonomies {
        let path = format!("/{}/", taxonomy.path);
        owners.insert(path.clone(), made(&path));
    }
    owners.insert("/search/".to_owned(), made("/search/"));
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match owners.get(&entry.url) {
            None => {
                owners.insert(entry.url.clone(), entry.path().to_owned());
                kept.push(entry);
            }
            Some(owner) => diagnostics.push(
                Diagnostic::new(
                    Code::SameUrl,
                    format!("This page would have the address {}, which {owner} has", entry.url),
                )
                .at(entry.path(), Span::default())
                .help("Rename one of the two files."),
            ),
        }
    }
    for entry in &mut kept {
        let aliases = std::mem::take(&mut entry.aliases);
        for (index, alias) in aliases.into_iter().enumerate() {
            match owners.get(&alias) {
                None => {
                    owners.insert(alias.clone(), entry.path().to_owned());
                    entry.aliases.push(alias);
                }
                Some(owner) => {
                    let front = entry.front_span.unwrap_or_default();
                    let path = [Step::Key("aliases".into()), Step::Item(index)];
                    let span = yaml::locate(front.of(&entry.source.text), &path).value.shifted(front.start);
                    let message = format!("The old address {alias} is taken: {owner} has it");
                    diagnostics.push(
                        Diagnostic::new(Code::AliasTaken, message)
                            .at(entry.path(), span)
                            .help("Delete this line, or the other one."),
                    );
                }
            }
        }
    }
    // The main language stands before the others, so that indexes do not move when a twin is added.
    kept.sort_by(|a, b| {
        (a.language != config.language, &a.language, &a.url).cmp(&(b.language != config.language, &b.language, &b.url))
    });
    (kept, diagnostics)
}
