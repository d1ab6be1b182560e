//! The plan: every page and file that the site needs, in one order whatever the machine.

use super::download;
use crate::{
    config::Config,
    model::{Job, Library, ListingOf},
    render::{Lists, Part, feeds::feeds},
};

/// Every job of a library's site.
pub fn plan(library: &Library, config: &Config) -> Vec<Job> {
    let lists = Lists::new(library, config);
    let mut jobs = pages(library, config, &lists);
    jobs.extend([Job::NotFound, Job::SearchPage, Job::SearchIndex, Job::Sitemap, Job::Robots]);
    jobs.extend([Job::Catalogue, Job::OpenSearch]);
    jobs.extend(library.entries.iter().any(|entry| download::has_days(entry)).then_some(Job::Calendar));
    jobs.extend(feeds(library, &lists).into_iter().map(Job::Feed));
    let redirect = |alias: &String, url: &String| Job::Redirect(alias.clone(), url.clone());
    let entries = library.entries.iter();
    jobs.extend(entries.flat_map(|entry| entry.aliases.iter().map(move |alias| redirect(alias, &entry.url))));
    let newest = |years: &Vec<usize>| years.first().and_then(|index| library.entries.get(*index));
    let lasting = library.lasting.iter().filter_map(|(address, years)| Some((address, &newest(years)?.url)));
    jobs.extend(lasting.map(|(address, url)| redirect(address, url)));
    jobs.extend(library.assets.keys().map(|path| Job::Asset(path.clone())));
    jobs.extend((0..library.theme.statics.len()).map(Job::Static));
    // An icon that the library brings along itself takes the place of the theme's.
    let is_own = |path: &str| library.assets.contains_key(&format!("content{path}"));
    let icons = library.theme.app.icons.iter().enumerate().filter(|(_, icon)| !is_own(&icon.path));
    jobs.extend(icons.map(|(place, _)| Job::Icon(place)));
    jobs.extend((!library.theme.app.icons.is_empty()).then_some(Job::Manifest));
    jobs.extend(config.editor.is_some().then_some(Job::Editor));
    jobs
}

/// The pages for readers.
pub(super) fn pages(library: &Library, config: &Config, lists: &Lists) -> Vec<Job> {
    let homes = library.by_id.get("");
    let main_home = homes.and_then(|homes| homes.get(&config.language)).copied();
    let mut jobs = vec![Job::Home(main_home)];
    // The words of a listing are on the listing; the home page of another language is at its own address.
    let introductions = lists.introductions();
    for (index, entry) in library.entries.iter().enumerate() {
        if entry.id.is_empty() {
            jobs.extend((Some(index) != main_home).then_some(Job::Home(Some(index))));
        } else if !introductions.contains(&index) {
            jobs.push(Job::Entry(index));
        }
    }
    for (place, kind) in library.theme.kinds.iter().enumerate().filter(|(place, _)| lists.has_listing(library, *place))
    {
        let total = lists.of_kind(place).len();
        jobs.extend(parts(ListingOf::Kind(place), total, kind.listing_size(config.page_size)));
        if let Some((order, _)) = lists.in_other_order(place) {
            jobs.extend(parts(ListingOf::Other(place), total, order.listing_size(config.page_size)));
        }
        for facet in lists.facets(place) {
            jobs.push(Job::Facet(place, facet.taxonomy));
            for (term, entries) in &facet.terms {
                let filter = ListingOf::Filter(place, facet.taxonomy, *term);
                jobs.extend(parts(filter, entries.len(), kind.listing_size(config.page_size)));
            }
        }
    }
    for (place, taxonomy) in library.taxonomies.iter().enumerate().filter(|(place, _)| lists.terms_in_use(*place) > 0) {
        jobs.push(Job::Taxonomy(place));
        for term in (0..taxonomy.terms.len()).filter(|term| lists.has_page(place, *term)) {
            jobs.extend(parts(ListingOf::Term(place, term), lists.term_count(place, term), config.page_size));
        }
    }
    jobs
}

fn parts(of: ListingOf, entries: usize, size: usize) -> impl Iterator<Item = Job> {
    (1..=Part::count(entries, size)).map(move |part| Job::Listing(of, part))
}
