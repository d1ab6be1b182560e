//! What the site is made of: the plan of its pages and files, and the making of each. One file an output.
//!
//! Nothing here touches the disk: a job gives site paths and bytes.

mod agenda;
mod asset;
mod catalogue;
mod download;
mod editor;
mod facet;
mod feed;
mod filter;
mod home;
mod icon;
mod listing;
mod not_found;
mod open_search;
mod page;
mod plan;
mod redirect;
mod robots;
mod search;
mod search_page;
mod sitemap;
mod spreadsheet;
mod statics;
mod taxonomy;
mod term;
#[cfg(test)]
mod tests;
mod xml;

pub use agenda::agenda;
pub use download::{FormSetting, Shared, form};
pub use plan::plan;

use crate::{
    diagnostic::Diagnostic,
    model::{Content, Job, Output},
    render::{Frame, Renderer, social},
};
use std::collections::HashSet;
use tera::Context;

/// What a job made, and what went wrong.
type Made = (Vec<Output>, Vec<Diagnostic>);

/// Makes what a job asks for. Any number of threads may make jobs of one renderer; `shared` is that of all of them.
pub fn make(renderer: &Renderer<'_>, shared: &Shared, job: &Job) -> Made {
    match job {
        Job::Entry(entry) => page::make(renderer, shared, *entry),
        Job::Home(entry) => home::make(renderer, *entry),
        Job::Listing(of, part) => listing::make(renderer, of, *part),
        Job::Facet(kind, taxonomy) => facet::make(renderer, *kind, *taxonomy),
        Job::Taxonomy(taxonomy) => taxonomy::make(renderer, *taxonomy),
        Job::SearchPage => search_page::make(renderer),
        Job::SearchIndex => search::make(renderer),
        Job::NotFound => not_found::make(renderer),
        Job::Redirect(from, to) => redirect::make(renderer, from, to),
        Job::Sitemap => sitemap::make(renderer),
        Job::Robots => robots::make(renderer),
        Job::Feed(of) => feed::make(renderer, *of),
        Job::Catalogue => catalogue::make(renderer),
        Job::Calendar => download::calendar(renderer),
        Job::OpenSearch => open_search::make(renderer),
        Job::Asset(path) => asset::make(renderer, path),
        Job::Static(place) => statics::make(renderer, *place),
        Job::Icon(place) => icon::make(renderer, *place),
        Job::Manifest => icon::manifest(renderer),
        Job::Editor => editor::make(renderer),
    }
}

/// For a job that takes long and whose files few people ask for: which paths these have. Nothing can go wrong in it.
pub fn later(job: &Job) -> Option<fn(&str) -> bool> {
    match job {
        Job::SearchIndex => Some(|path| path.starts_with("search/") && path != "search/index.html"),
        Job::Catalogue => Some(|path| path.starts_with("catalogue.")),
        _ => None,
    }
}

/// Pages that share a card each bring it: of the outputs that one recipe makes at one path, the first is enough.
pub fn shared(outputs: &mut Vec<Output>) {
    let mut seen = HashSet::new();
    outputs.retain(|output| match &output.content {
        Content::Made(recipe) => seen.insert((output.path.clone(), recipe.key().to_owned())),
        Content::Bytes(_) | Content::File(_) | Content::Measured(_) => true,
    });
}

/// A page by a template: the frame's context with what `fill` adds. `source` is the file that its words come from.
fn page_of(
    renderer: &Renderer<'_>,
    template: &str,
    language: &str,
    frame: &Frame<'_>,
    source: Option<&str>,
    fill: impl FnOnce(&mut Context),
) -> Made {
    let mut context = frame.context(renderer, language);
    let (card, faults) = if frame.nowhere { Default::default() } else { social(renderer, language, &frame.card) };
    let card = card.map(|(value, card)| {
        context.insert_value("social", value);
        card
    });
    fill(&mut context);
    let page = match source {
        Some(source) => format!("{} from {source}", frame.path),
        None => frame.path.to_owned(),
    };
    let (html, mut diagnostics) = renderer.render(template, language, &context, &page);
    diagnostics.extend(faults);
    (html.map(|html| Output::bytes(file_of(frame.path), html)).into_iter().chain(card).collect(), diagnostics)
}

/// The file that a server gives out at a site path: `/themes/` is `themes/index.html`.
fn file_of(path: &str) -> String {
    let inside = path.trim_start_matches('/');
    if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() }
}
