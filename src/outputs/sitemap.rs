//! The list of all pages for search engines.

use super::{Made, page::is_indexed, plan};
use crate::{
    model::{Job, ListingOf, Output},
    render::{Part, Renderer, kind_url},
};
use jiff::civil::Date;
use std::fmt::Write as _;

/// The most pages that one sitemap may name.
const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// A page: its whole address, and when its words last changed.
type Page = (String, Option<Date>);

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    let jobs = plan::pages(renderer.library().fronts(), renderer.config(), renderer.lists().whole());
    let pages: Vec<Page> = jobs.iter().filter_map(|job| page(renderer, job)).collect();
    (files(&pages, |path| renderer.addresses().absolute(path), MOST), Vec::new())
}

/// One sitemap, or several and an index of them.
fn files(pages: &[Page], absolute: impl Fn(&str) -> String, most: usize) -> Vec<Output> {
    if pages.len() <= most {
        return vec![Output::bytes("sitemap.xml", listed("urlset", "url", pages))];
    }
    let name = |number: usize| format!("sitemap-{number}.xml");
    let parts = pages.chunks(most).zip(1..).map(|(part, number)| (name(number), listed("urlset", "url", part)));
    let parts: Vec<Output> = parts.map(|(name, xml)| Output::bytes(name, xml)).collect();
    let addresses: Vec<Page> = parts.iter().map(|part| (absolute(&format!("/{}", part.path)), None)).collect();
    let index = Output::bytes("sitemap.xml", listed("sitemapindex", "sitemap", &addresses));
    std::iter::once(index).chain(parts).collect()
}

fn listed(root: &str, item: &str, pages: &[Page]) -> String {
    let mut xml = format!("{HEAD}<{root} {NAMESPACE}>\n");
    for (address, changed) in pages {
        let _ = write!(xml, "<{item}><loc>{}</loc>", escaped(address));
        if let Some(changed) = changed {
            let _ = write!(xml, "<lastmod>{changed}</lastmod>");
        }
        let _ = writeln!(xml, "</{item}>");
    }
    xml + "</" + root + ">\n"
}

fn escaped(address: &str) -> String {
    address
        .replace('&', "&amp;")
        .replace('\'', "&apos;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The page that a job makes, where search engines may name it.
fn page(renderer: &Renderer<'_>, job: &Job) -> Option<Page> {
    let library = renderer.library().fronts();
    let page = |path: &str, changed| (renderer.addresses().absolute(path), changed);
    match job {
        Job::Home(None) => Some(page("/", None)),
        Job::Entry(index) | Job::Home(Some(index)) => {
            let entry = library.entries.get(*index).filter(|entry| is_indexed(entry))?;
            Some(page(&entry.url, entry.newest()))
        }
        // A page that says there is nothing yet is of no use to who searches.
        Job::Listing(ListingOf::Term(taxonomy, term), _)
            if renderer.lists().whole().term_count(*taxonomy, *term) == 0 =>
        {
            None
        }
        Job::Listing(of, number) => Some(page(&Part::path(&base(renderer, of)?, *number), None)),
        Job::Facet(kind, taxonomy) => {
            let listing = kind_url(library.theme.kinds.get(*kind)?)?;
            Some(page(&library.taxonomies.get(*taxonomy)?.facet_url(&listing), None))
        }
        Job::Taxonomy(place) => Some(page(&library.taxonomies.get(*place)?.url(), None)),
        _ => None,
    }
}

/// The site path of a list's first part.
fn base(renderer: &Renderer<'_>, of: &ListingOf) -> Option<String> {
    let library = renderer.library().fronts();
    match of {
        ListingOf::Kind(kind) => kind_url(library.theme.kinds.get(*kind)?),
        ListingOf::Other(kind) => {
            let (order, _) = renderer.lists().whole().in_other_order(*kind)?;
            Some(kind_url(library.theme.kinds.get(*kind)?)? + order.segment() + "/")
        }
        ListingOf::Filter(kind, taxonomy, term) => {
            let listing = kind_url(library.theme.kinds.get(*kind)?)?;
            let taxonomy = library.taxonomies.get(*taxonomy)?;
            Some(taxonomy.filter_url(&listing, &taxonomy.terms.get(*term)?.id))
        }
        ListingOf::Term(taxonomy, term) => {
            let taxonomy = library.taxonomies.get(*taxonomy)?;
            Some(taxonomy.term_url(&taxonomy.terms.get(*term)?.id))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_that_is_too_long_is_split() {
        let pages: Vec<Page> = (0..5).map(|n| (format!("https://example.org/{n}/?a&b"), None)).collect();
        let absolute = |path: &str| format!("https://example.org{path}");
        let names = |most| files(&pages, absolute, most).into_iter().map(|output| output.path).collect::<Vec<_>>();
        assert_eq!(names(5), ["sitemap.xml"]);
        assert_eq!(names(2), ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        assert!(listed("urlset", "url", &pages).contains("<url><loc>https://example.org/0/?a&amp;b</loc></url>"));
    }
}
