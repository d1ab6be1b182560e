//! Every output of a small library: which files there are, and what they hold.

use super::{make, plan};
use crate::{
    diagnostic::{self, Code, Diagnostic},
    model::{Content, Entry, Job, Library, ListingOf, Order, Output, State},
    render::{
        Workshop,
        fixture::{Fixture, config, theme},
    },
};
use jiff::civil::date;
use rayon::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Every file of a library's site, by path; nothing may go wrong.
fn site(library: &Arc<Library>, settings: &str) -> BTreeMap<String, String> {
    let (outputs, faults) = built(library, settings);
    assert_eq!(faults, []);
    let count = outputs.len();
    let text = |output: Output| match output.content {
        Content::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Content::File(path) => path.display().to_string(),
        Content::Made(recipe) => recipe.key().to_owned(),
        Content::Measured(measured) => String::from_utf8_lossy(&(measured.tell)(&[])).into_owned(),
    };
    let files: BTreeMap<_, _> = outputs.into_iter().map(|output| (output.path.clone(), text(output))).collect();
    assert_eq!(files.len(), count, "two outputs have one path");
    files
}

fn built(library: &Arc<Library>, settings: &str) -> (Vec<Output>, Vec<Diagnostic>) {
    let config = config(settings);
    let (workshop, mut faults) = Workshop::new(library.clone(), Arc::new(config.clone()));
    let Some(workshop) = workshop else { return (Vec::new(), faults) };
    let make = |job| make(&workshop.renderer(), &Default::default(), job);
    let made: Vec<_> = plan(library, &config).par_iter().map(make).collect();
    let mut outputs = Vec::new();
    for (own, found) in made {
        outputs.extend(own);
        faults.extend(found);
    }
    (outputs, faults)
}

fn dated(month: i8) -> impl Fn(&mut Entry) {
    move |entry| {
        entry.published = Some(date(2026, month, 1));
        entry.fields.insert("themes".into(), theme(0));
    }
}

/// Three things in order of date: c, b, a.
fn three() -> Fixture {
    let things = Fixture::new().entry("content/things/a.md", "", dated(1)).entry("content/things/b.md", "", dated(2));
    things.entry("content/things/c.md", "", dated(3))
}

#[test]
fn an_empty_library_is_a_site_all_the_same() {
    let files = site(&Fixture::new().library(), "");
    let is_part = |path: &&str| path.starts_with("search/") && path.ends_with(".bin");
    let paths: Vec<_> = files.keys().map(String::as_str).filter(|path| !is_part(path)).collect();
    let expected = [
        "404.html",
        "catalogue.csv",
        "catalogue.json",
        "catalogue.schema.json",
        "index.html",
        "opensearch.xml",
        "robots.txt",
        "search/index.html",
        "search/index.json",
        "search/reader.js",
        "sitemap.xml",
    ];
    assert_eq!(paths, expected);
    assert_eq!(files["index.html"], "Good practice;-;0;");
    assert_eq!(files["404.html"], "missing.title;");
    assert_eq!(files["search/index.html"], "search.title;/casebook/search/;true");
    assert_eq!(files["robots.txt"], "User-agent: *\nAllow: /\n\nSitemap: https://example.org/casebook/sitemap.xml\n");
    assert!(files["search/index.json"].contains(r#""pages":0"#));
}

#[test]
fn lists_are_in_parts_newest_first() {
    let files = site(&three().library(), "page_size: 2\n");
    assert_eq!(files["things/index.html"], "All things;c,b,");
    assert_eq!(files["things/page/2/index.html"], "All things 2/2;a,");
    assert_eq!(files["themes/index.html"], "Themes;work=3,");
    // A term lists its entries in the library's order, which the link stage gives.
    assert_eq!(files["themes/work/index.html"], "WORK;a,b,");
    assert_eq!(files["themes/work/page/2/index.html"], "WORK;c,");
    assert_eq!(files["index.html"], "Good practice;-;3;work ");
    assert!(!files.contains_key("themes/jobs/index.html"));
}

#[test]
fn a_list_by_title_has_letters() {
    let mut fixture = three().template(
        "listing.html",
        "{% for g in listing.groups %}{{ g.letter }}:{% for e in g.entries %}{{ e.title }},{% endfor %}{% endfor %}",
    );
    Arc::make_mut(&mut fixture.theme.kinds[0]).sort = Order::Title;
    for (entry, title) in fixture.library.entries.iter_mut().zip(["Éire", "10 things", "“east”"]) {
        Arc::make_mut(entry).title = title.into();
    }
    assert_eq!(site(&fixture.library(), "")["things/index.html"], "0-9:10 things,E:“east”,Éire,");
}

#[test]
fn a_listing_is_introduced_by_the_index_of_its_folder() {
    let fixture = three().template(
        "listing.html",
        "{{ title }};{{ listing.intro is defined }};{{ listing.intro or \"\" }};{{ description }}",
    );
    let fixture = fixture.entry("content/things/index.md", "Hello", |entry| {
        entry.title = "Our things".into();
        entry.summary = "Short.".into();
    });
    let library = fixture.library();
    let files = site(&library, "page_size: 2\n");
    assert_eq!(files["things/index.html"].replace('\n', ""), "Our things;true;<p>Hello</p>;Short.");
    assert_eq!(files["things/page/2/index.html"], "Our things 2/2;false;;Short.");
    assert!(!plan(&library, &config("")).contains(&Job::Entry(3)));
}

#[test]
fn the_home_page_takes_its_words_from_the_index_and_each_language_has_its_own() {
    let fixture = Fixture::new().entry("content/index.md", "", |entry| entry.title = "Welcome".into());
    let fixture = fixture.entry("content/index.cy.md", "", |entry| entry.title = "Croeso".into());
    let mut fixture =
        fixture.template("home.html", "{{ lang }} {{ page.title }} {{ site.home }} {{ crumbs | length }}");
    let english = fixture.theme.translations["en"].clone();
    fixture.theme.translations.insert("cy".into(), english);
    let files = site(&fixture.library(), "languages: [en, cy]\n");
    assert_eq!(files["index.html"], "en Welcome /casebook/ 1");
    assert_eq!(files["cy/index.html"], "cy Croeso /casebook/cy/ 1");
}

#[test]
fn what_is_withdrawn_has_a_page_and_is_in_no_list() {
    let fixture = three().entry("content/things/d.md", "", |entry| {
        dated(4)(entry);
        entry.state = State::Withdrawn;
    });
    let files = site(&fixture.library(), "");
    assert_eq!(files["things/d/index.html"], "d;en");
    assert_eq!(files["things/index.html"], "All things;c,b,a,");
    assert!(!files["sitemap.xml"].contains("/things/d/"));
    assert!(files["search/index.json"].contains(r#""pages":3"#));
}

#[test]
fn lists_name_a_twin_only_where_the_main_language_has_none() {
    let fixture = three().entry("content/things/a.cy.md", "", dated(5)).entry("content/things/e.cy.md", "", dated(6));
    let mut fixture = fixture.template("listing.html", "{% for e in listing.entries %}{{ e.url }} {% endfor %}");
    let english = fixture.theme.translations["en"].clone();
    fixture.theme.translations.insert("cy".into(), english);
    let files = site(&fixture.library(), "languages: [en, cy]\n");
    assert_eq!(
        files["things/index.html"],
        "/casebook/cy/things/e/ /casebook/things/c/ /casebook/things/b/ /casebook/things/a/ "
    );
}

#[test]
fn the_sitemap_has_whole_addresses_and_the_last_change() {
    let fixture = three().entry("content/about.md", "", |entry| entry.aliases = vec!["/old/".into()]);
    let map = site(&fixture.library(), "")["sitemap.xml"].clone();
    assert!(
        map.contains("<url><loc>https://example.org/casebook/things/a/</loc><lastmod>2026-01-01</lastmod></url>"),
        "{map}"
    );
    assert!(map.contains("<url><loc>https://example.org/casebook/</loc></url>"), "{map}");
    for absent in ["/search/", "404", "/old/"] {
        assert!(!map.contains(absent), "{absent}");
    }
}

#[test]
fn an_alias_leads_on() {
    let fixture = Fixture::new().entry("content/about.md", "", |entry| {
        entry.aliases = vec!["/old/page/".into(), "/old.html".into()];
    });
    let files = site(&fixture.library(), "");
    assert_eq!(files["old/page/index.html"], "/casebook/about/;https://example.org/casebook/about/");
    assert_eq!(files["old.html"], files["old/page/index.html"]);
}

#[test]
fn files_of_the_library_are_carried_and_those_of_the_theme_served() {
    let mut fixture =
        Fixture::new().asset("content/My Things/a b.png", 5).template("page.html", "{{ asset(path='css/a.css') }}");
    fixture.theme.statics.push(crate::model::StaticFile {
        path: "css/a.css".into(),
        source: "themes/x/static/css/a.css".into(),
        bytes: b"a { color: red }".as_slice().into(),
    });
    let files = site(&fixture.entry("content/about.md", "", |_| {}).library(), "");
    assert_eq!(files["my-things/a b.png"], "/library/content/My Things/a b.png");
    let address = files["about/index.html"].strip_prefix("/casebook/").unwrap();
    assert_eq!(files[address], "a{color:red}");
}

#[test]
fn the_navigation_leads_to_what_there_is() {
    let template = "{% for item in site.navigation %}{{ item.label }}={{ item.url }}/{{ item.section }} {% endfor %};{% for item in site.footer %}{{ item.label }}{% endfor %}";
    let shown = |settings: &str| {
        let fixture =
            three().template("home.html", template).entry("content/about.md", "", |entry| entry.title = "About".into());
        site(&fixture.library(), settings)["index.html"].clone()
    };
    let usual = "All things=/casebook/things//things Themes=/casebook/themes//themes ";
    assert_eq!(shown(""), format!("{usual};"));
    let named = shown("navigation: [themes, /about.md, none]\nfooter: [about.md]\n");
    assert_eq!(named, "Themes=/casebook/themes//themes About=/casebook/about//about ;About");
    let empty = Fixture::new().template("home.html", template).library();
    assert_eq!(site(&empty, "navigation: [things, themes]\n")["index.html"], ";");
}

#[test]
fn the_plan_and_the_bytes_are_the_same_each_time() {
    let settings = "page_size: 2\n";
    let whole = || {
        let library =
            three().template("thing.html", "{% for k, v in page.kind %}{{ k }}={{ v }} {% endfor %}").library();
        (plan(&library, &config(settings)), site(&library, settings))
    };
    assert_eq!(whole(), whole());
    let plan = plan(&three().library(), &config(settings));
    assert_eq!(
        plan[..5],
        [Job::Home(None), Job::Entry(0), Job::Entry(1), Job::Entry(2), Job::Listing(ListingOf::Kind(0), 1)]
    );
}

#[test]
fn a_template_that_fails_is_told_once_with_its_place_and_the_first_page() {
    let text = "{{ page.title }} {{ page.nothing }}";
    let (outputs, mut faults) = built(&three().template("thing.html", text).library(), "");
    assert!(!outputs.iter().any(|output| output.path == "things/a/index.html"));
    assert_eq!(faults.len(), 3);
    diagnostic::sort(&mut faults);
    let [fault] = faults.as_slice() else { panic!("{faults:?}") };
    assert_eq!(fault.code, Code::InvalidTemplate);
    assert!(fault.message.contains("`nothing`"), "{}", fault.message);
    assert!(
        fault.help.as_ref().unwrap().ends_with("while /things/a/ from content/things/a.md was made."),
        "{:?}",
        fault.help
    );
    let place = fault.place.as_ref().unwrap();
    assert_eq!((place.path.as_str(), place.span.of(text)), ("themes/x/templates/thing.html", "nothing"));
}

#[test]
fn every_template_that_cannot_be_read_is_told_at_its_place() {
    let faults = |fixture: Fixture| built(&fixture.library(), "").1;
    let broken = faults(Fixture::new().template("page.html", "\n{% if x %}").template("thing.html", "{{ x"));
    let mut paths: Vec<_> = broken.iter().map(|fault| fault.place.as_ref().unwrap().path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["themes/x/templates/page.html", "themes/x/templates/thing.html"]);

    let text = "é {{ 1 | nofilter }} {{ notest(x=1) }} {% include \"no.html\" %}";
    let unknown = faults(Fixture::new().template("page.html", text));
    let marked: Vec<_> = unknown.iter().map(|fault| fault.place.as_ref().unwrap().span.of(text)).collect();
    assert_eq!(unknown.len(), 3, "{unknown:?}");
    assert!(marked.iter().all(|marked| !marked.is_empty()) && marked.contains(&"notest"), "{marked:?}");

    let orphan = faults(Fixture::new().template("page.html", "{% extends \"none.html\" %}"));
    assert_eq!(orphan[0].message, "There is no template none.html that this one could extend");

    let mut fixture = Fixture::new();
    fixture.theme.templates.retain(|(name, _)| name != "thing.html" && name != "404.html");
    let missing: Vec<_> = faults(fixture).into_iter().map(|fault| fault.message).collect();
    assert_eq!(missing, ["The theme has no template 404.html", "The theme has no template thing.html"]);
}

#[test]
fn a_message_that_nobody_wrote_is_told_once() {
    let text = "{{ t(key='no.' ~ page.title) }}";
    let (outputs, faults) = built(&three().template("thing.html", text).library(), "");
    let codes: Vec<_> = faults.iter().map(|fault| (fault.code, fault.message.as_str())).collect();
    assert_eq!(codes.len(), 3);
    assert!(codes.contains(&(Code::MissingTranslation, "The theme has no words for “no.a”")));
    assert!(outputs.iter().any(|output| output.path == "things/a/index.html"));
}
