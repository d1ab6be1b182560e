//! The map of councils.

use crate::site::Site;

/// Old is replaced by New and Newer, which have no places of their own.
const COUNCILS: &str = "id,label,region,replaced_by,q,r
north,North,The North,,1,3
south,South,The South,,1,0
old,Old (until 2019),The West,new|newer,0,1
new,New,The West,,,
newer,Newer,The West,,,
scot,Elsewhere,,,,
";

fn study(site: Site, name: &str, councils: &str) -> Site {
    site.page(&format!("content/case-studies/{name}.md"), name, &format!("councils: [{councils}]\n"), "Text.\n")
}

fn built(studies: &[(&str, &str)]) -> Site {
    let site = Site::new().file("content/_data/councils.csv", COUNCILS);
    let site = studies.iter().fold(site, |site, (name, councils)| study(site, name, councils));
    site.run(&["build", "--strict"]).clean();
    site
}

/// The accessible names of the links in the map that keyboard and screen reader meet, in their order, each with where
/// it leads.
fn links(html: &str) -> Vec<(String, String)> {
    let map = html.split("<svg class=\"map-drawing\"").nth(1).unwrap().split("</svg>").next().unwrap();
    let map = map.split("<g role=\"list\">").nth(1).unwrap_or_default();
    let link = |rest: &str| {
        let (url, rest) = rest.split_once("\" aria-label=\"").unwrap();
        (rest.split('"').next().unwrap().to_owned(), url.to_owned())
    };
    map.split("<a href=\"").skip(1).map(link).collect()
}

#[test]
fn every_council_is_a_link_and_those_with_pages_are_stops_that_say_how_many() {
    let site = built(&[("a", "south"), ("b", "south, north"), ("c", "scot")]);
    let html = site.built("councils/index.html");
    let expected = [("North: 1 page", "/councils/north/"), ("South: 2 pages", "/councils/south/")];
    assert_eq!(links(&html), expected.map(|(name, url)| (name.to_owned(), url.to_owned())));
    let (open, close) =
        ("<a href=\"/councils/old/\" tabindex=\"-1\">", "<title>Old (until 2019): No page yet</title></use></a>");
    let empty = html.split(open).nth(1).and_then(|rest| rest.split("</a>").next());
    assert!(empty.is_some_and(|empty| format!("{empty}</a>").ends_with(close)), "{html}");
    // The table beside it says the same.
    let row = "<tr><th scope=\"row\"><a href=\"/councils/south/\">South</a></th><td>The South</td><td class=\"align-right\">2</td></tr>";
    assert!(html.contains(row), "{html}");
}

#[test]
fn a_page_of_a_new_council_counts_at_the_place_of_the_old_one_and_once() {
    let site = built(&[("a", "new, newer"), ("b", "newer"), ("c", "old")]);
    let html = site.built("councils/index.html");
    assert_eq!(links(&html)[0].0, "Old (until 2019): 3 pages");
    let study = site.built("case-studies/a/index.html");
    assert!(study.contains("aria-label=\"Where New, Newer are on the map of councils\""), "{study}");
}

#[test]
fn a_case_study_shows_where_its_council_is_and_one_without_a_place_shows_nothing() {
    let site = built(&[("a", "south"), ("b", "scot")]);
    let study = site.built("case-studies/a/index.html");
    assert!(study.contains("role=\"img\" aria-label=\"Where South is on the map of councils\""), "{study}");
    assert!(!site.built("case-studies/b/index.html").contains("map-small"));
}

#[test]
fn a_register_without_places_has_no_map() {
    let site = Site::new().file("content/_data/councils.csv", "id,label\nluton,Luton\n");
    let site = study(site, "a", "luton");
    site.run(&["build", "--strict"]).clean();
    assert!(!site.built("councils/index.html").contains("map-drawing"));
    assert!(!site.built("case-studies/a/index.html").contains("map-small"));
}

#[test]
fn every_council_of_the_library_has_a_place_of_its_own() {
    let councils = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/content/_data/councils.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(councils.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let placed: Vec<(i32, i32)> = rows
        .iter()
        .filter(|row| !row[8].is_empty())
        .map(|row| (row[8].parse().unwrap(), row[9].parse().unwrap()))
        .collect();
    assert_eq!(placed.len(), 151);
    assert_eq!(placed.iter().collect::<std::collections::BTreeSet<_>>().len(), 151);
}
