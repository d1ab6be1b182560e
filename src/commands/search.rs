//! `casebook search`: the built site's own index, read in the terminal.

use super::{
    Status, Stopped,
    build::FOLDER,
    library::settings,
    report::{self, plain},
    root,
    say::give,
};
use crate::{
    cli::{Global, Search, Shape},
    config::{Config, Overrides},
    nearest::nearest,
    pipeline::{Answer, Facet, Filters, Found, INDEX_FOLDER, Index, SearchOptions, Sort},
};
use clap::builder::styling::Style;
use std::{collections::BTreeSet, fmt::Write as _, fs};

/// A facet or value that nobody has is told with all there are, if these are no more.
const MOST_NAMED: usize = 20;

pub(super) fn search(options: &Search, global: &Global) -> Result<Status, Stopped> {
    let root = root(global)?;
    let config = settings(&root, &Overrides::default())?;
    let folder = root.join(FOLDER).join(INDEX_FOLDER);
    if !folder.is_dir() {
        return Err(format!("there is no search index in {FOLDER}/. Run `casebook build` first.").into());
    }
    let read = |path: &str| fs::read(folder.join(path)).map_err(|error| error.to_string());
    let outdated = |message: String| format!("{message}. Run `casebook build` again.");
    let index = Index::open(&read, language(options, &config)?).map_err(outdated)?;
    let filters = filters(&index, &options.choices()?)?;
    let text = options.words.join(" ");
    if text.trim().is_empty() && filters.is_empty() && options.sort == Sort::Relevance {
        return Err("say what to look for: casebook search \"words\"".to_owned().into());
    }
    let asked = SearchOptions { filters: Some(filters), limit: options.limit, sort: options.sort, offset: 0 };
    let answer = index.search(&text, &asked).map_err(outdated)?;
    let shown = match options.format {
        Shape::Json => serde_json::to_string_pretty(&answer).map_err(|error| error.to_string())? + "\n",
        Shape::Text => described(&answer, &text, &config),
    };
    give(shown)?;
    Ok(Status::Clean)
}

/// The language to open the index for; `None` for the site's main one.
fn language<'a>(options: &'a Search, config: &Config) -> Result<Option<&'a str>, String> {
    let Some(code) = options.language.as_deref().filter(|code| *code != config.language) else { return Ok(None) };
    if config.languages.iter().any(|known| known == code) {
        return Ok(Some(code));
    }
    let known: Vec<&str> = config.languages.iter().map(String::as_str).collect();
    Err(format!("the site has no pages in the language “{code}”. {}", help(code, &known)))
}

/// The choices as the index names them.
fn filters(index: &Index<'_>, choices: &[(&str, &str)]) -> Result<Filters, String> {
    let mut filters = Filters::new();
    for (name, value) in choices {
        let facet = facet(index.facets(), name)?;
        filters.entry(facet.name.clone()).or_default().push(value_of(index, facet, value)?);
    }
    Ok(filters)
}

/// The facet of that name or label, or the only one that begins so: `theme` is `themes`.
fn facet<'a>(facets: &'a [Facet], name: &str) -> Result<&'a Facet, String> {
    let wanted = name.trim().to_lowercase();
    let called = |fits: &dyn Fn(&str) -> bool| {
        let fitting =
            facets.iter().filter(|facet| fits(&facet.name.to_lowercase()) || fits(&facet.label.to_lowercase()));
        fitting.collect::<Vec<_>>()
    };
    let exact = called(&|known| known == wanted);
    let begun = called(&|known| !wanted.is_empty() && known.starts_with(&wanted));
    match (exact.as_slice(), begun.as_slice()) {
        ([facet, ..], _) | ([], [facet]) => Ok(facet),
        _ => {
            let names: Vec<&str> = facets.iter().map(|facet| facet.name.as_str()).collect();
            Err(format!("the site has no facet “{name}”. {}", help(name, &names)))
        }
    }
}

/// The value of that name or label.
fn value_of(index: &Index<'_>, facet: &Facet, wanted: &str) -> Result<String, String> {
    let values = index.values(&facet.name)?;
    let folded = wanted.trim().to_lowercase();
    let goes_by = |(value, label): &&(String, String)| value.to_lowercase() == folded || label.to_lowercase() == folded;
    if let Some((value, _)) = values.iter().find(goes_by) {
        return Ok(value.clone());
    }
    let labels = values.iter().map(|(_, label)| label.as_str());
    let near = nearest(wanted, labels).and_then(|near| values.iter().find(|(_, label)| label == near));
    let ids = || values.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>();
    let help = near.map_or_else(|| help(wanted, &ids()), |(value, _)| format!("Did you mean {value}?"));
    Err(format!("the facet {} has no value “{wanted}”. {help}", facet.name))
}

fn help(wanted: &str, known: &[&str]) -> String {
    match nearest(wanted, known.iter().copied()) {
        Some(near) => format!("Did you mean {near}?"),
        None if known.len() <= MOST_NAMED => format!("There are: {}.", known.join(", ")),
        None => format!(
            "There are {}, {} and {} more.",
            known.first().unwrap_or(&""),
            known.get(1).unwrap_or(&""),
            known.len() - 2
        ),
    }
}

/// An answer for people, with styles that only a terminal shows.
fn described(answer: &Answer, text: &str, config: &Config) -> String {
    let mut out = String::new();
    let site = config.base_url.strip_suffix(config.prefix()).unwrap_or_default();
    if let Some(corrected) = &answer.corrected {
        let _ = writeln!(out, "Showing results for {}\n", plain(corrected));
    }
    for found in &answer.results {
        page(found, site, &mut out);
    }
    let total = report::count(answer.total, "page", "pages");
    let _ = match answer.results.len() {
        _ if answer.total == 0 => writeln!(out, "Nothing was found for “{}”.", plain(text)),
        shown if shown < answer.total => writeln!(out, "{total}; these are the first {shown}."),
        _ => writeln!(out, "{total}."),
    };
    if !answer.near.is_empty() {
        out.push_str("\nWhat is near:\n");
    }
    for near in &answer.near {
        let _ = writeln!(out, "{}  {site}{}", plain(&near.title), plain(near.url.as_deref().unwrap_or_default()));
    }
    out
}

fn page(found: &Found, site: &str, out: &mut String) {
    let bold = Style::new().bold();
    let labels = found.fields.terms.iter().flat_map(|(_, labels)| labels);
    let mut said = BTreeSet::new();
    let about = [&found.kind].into_iter().chain(&found.fields.date).chain(labels).filter(|label| said.insert(*label));
    let about: Vec<String> = about.map(|label| plain(label)).collect();
    let address = found.section.as_ref().and_then(|section| section.url.as_ref()).unwrap_or(&found.url);
    let _ = writeln!(out, "{bold}{}{bold:#}\n{}", plain(&found.title), about.join(" · "));
    if !found.excerpt.is_empty() {
        let _ = writeln!(out, "{}", marked(found, bold));
    }
    let _ = writeln!(out, "{site}{}\n", plain(address));
}

/// The excerpt, the words in it that were asked for in bold.
fn marked(found: &Found, bold: Style) -> String {
    let units: Vec<u16> = found.excerpt.encode_utf16().collect();
    let of = |from: usize, to: usize| plain(&String::from_utf16_lossy(units.get(from..to).unwrap_or_default()));
    let mut out = String::new();
    let mut at = 0;
    for (start, end) in &found.marks {
        let _ = write!(out, "{}{bold}{}{bold:#}", of(at, *start), of(*start, *end));
        at = *end;
    }
    out + &of(at, units.len())
}
