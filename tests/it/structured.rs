//! What search engines, and programs that show a shared link, read of a page.

use crate::site::Site;
use serde_json::{Value, json};

fn library() -> Site {
    Site::new()
        .file("content/_data/councils.csv", "id,label,official_name,region\nluton,Luton,Luton Borough Council,East\n")
        .page("content/organisations/care.md", "Care Network", "type: charity\nurl: https://example.com/\n", "Text.\n")
        .page(
            "content/case-studies/a.md",
            "A study",
            "councils: [luton]\nthemes: [mentoring]\nowner: care\npublished: 2026-02-01\nupdated: 2026-03-01\n\
             sources: [{title: A report, url: 'https://example.com/report'}]\n",
            "Text.\n",
        )
        .page(
            "content/events/week.md",
            "Week",
            "start: 2027-10-25\nend: 2027-11-01\nconfirmed: yes\norganiser: care\nlocation: Town Hall\n",
            "Text.\n",
        )
        .page("content/events/guess.md", "Guess", "start: 2027-10-25\nconfirmed: no\n", "Text.\n")
        .page("content/packs/steps.md", "Steps", "checklist: [{task: Ask}, {task: Go}]\n", "Text.\n")
        .page("content/packs/none.md", "None", "", "Text.\n")
        .page("content/guides/gone.md", "Gone", "status: withdrawn\n", "Text.\n")
}

/// The block of data of a page.
fn block(site: &Site, path: &str) -> Option<String> {
    let html = site.built(path);
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    Some(rest.split_once("</script>").unwrap().0.to_owned())
}

/// The nodes of a page's graph.
fn graph(site: &Site, path: &str) -> Vec<Value> {
    let block: Value = serde_json::from_str(&block(site, path).unwrap()).unwrap();
    assert_eq!(block["@context"], "https://schema.org");
    block["@graph"].as_array().unwrap().clone()
}

fn types(site: &Site, path: &str) -> Vec<String> {
    graph(site, path).iter().map(|node| node["@type"].as_str().unwrap().to_owned()).collect()
}

fn build(site: Site) -> Site {
    site.run(&["build", "--now", "2027-01-01"]).clean();
    site
}

#[test]
fn a_work_says_what_it_is_about_and_who_answers_for_it() {
    let site = build(library());
    let study = &graph(&site, "case-studies/a/index.html")[0];
    assert_eq!(study["@type"], "Article");
    assert_eq!(study["headline"], "A study");
    assert_eq!((&study["datePublished"], &study["dateModified"]), (&json!("2026-02-01"), &json!("2026-03-01")));
    assert_eq!(study["keywords"], json!(["Mentoring"]));
    let council =
        json!({"@type": "GovernmentOrganization", "name": "Luton", "url": "https://example.org/councils/luton/"});
    assert_eq!(study["about"], json!([council]));
    let owner = json!({"@type": "NGO", "name": "Care Network", "url": "https://example.org/organisations/care/"});
    assert_eq!(study["author"], owner);
    let report = json!({"@type": "CreativeWork", "name": "A report", "url": "https://example.com/report"});
    assert_eq!(study["citation"], json!([report]));
}

#[test]
fn an_event_has_its_dates_and_is_told_from_its_page() {
    let site = build(library());
    let nodes = graph(&site, "events/week/index.html");
    assert_eq!(nodes[0]["@type"], "WebPage");
    assert_eq!(nodes[0]["mainEntity"]["@id"], nodes[1]["@id"]);
    let event = &nodes[1];
    assert_eq!(event["@type"], "Event");
    assert_eq!((&event["startDate"], &event["endDate"]), (&json!("2027-10-25"), &json!("2027-11-01")));
    assert_eq!(event["eventStatus"], "https://schema.org/EventScheduled");
    assert_eq!(event["location"], json!({"@type": "Place", "name": "Town Hall"}));
    assert_eq!(event["organizer"]["name"], "Care Network");
    // Nobody has announced it yet.
    assert_eq!(graph(&site, "events/guess/index.html")[1]["eventStatus"], Value::Null);
}

#[test]
fn the_type_comes_from_the_data_of_the_theme() {
    let site = build(library());
    assert_eq!(types(&site, "organisations/care/index.html"), ["WebPage", "NGO", "BreadcrumbList"]);
    assert_eq!(graph(&site, "organisations/care/index.html")[1]["url"], "https://example.com/");
    let council = graph(&site, "councils/luton/index.html");
    assert_eq!(council[1]["@type"], "GovernmentOrganization");
    assert_eq!(
        (&council[1]["legalName"], &council[1]["areaServed"]),
        (&json!("Luton Borough Council"), &json!("East"))
    );
    assert_eq!(types(&site, "themes/mentoring/index.html"), ["CollectionPage", "BreadcrumbList"]);
    let steps = &graph(&site, "packs/steps/index.html")[0];
    assert_eq!(steps["@type"], "HowTo");
    assert_eq!(steps["step"][1], json!({"@type": "HowToStep", "text": "Go"}));
    // Without a step nothing says how to do it.
    assert_eq!(types(&site, "packs/none/index.html")[0], "Article");
}

#[test]
fn a_kind_of_a_librarys_own_gives_its_own_properties() {
    let kind = "name: film\nfolder: films\nlabel: Film\nplural: Films\ntemplate: page.html\nschema: VideoObject\n\
                fields:\n  - {name: watch, type: url, label: Watch, schema: contentUrl}\n";
    let site = build(Site::new().file("themes/civic/kinds/film.yaml", kind).page(
        "content/films/a.md",
        "A film",
        "watch: https://example.com/film\n",
        "Text.\n",
    ));
    let film = &graph(&site, "films/a/index.html")[0];
    assert_eq!((&film["@type"], &film["contentUrl"]), (&json!("VideoObject"), &json!("https://example.com/film")));
}

#[test]
fn the_way_to_a_page_and_the_search_of_the_site_are_told() {
    let site = build(library());
    let way = graph(&site, "case-studies/a/index.html").pop().unwrap();
    let items: Vec<_> = way["itemListElement"].as_array().unwrap().iter().map(|step| step["item"].clone()).collect();
    let expected = ["https://example.org/", "https://example.org/case-studies/", "https://example.org/case-studies/a/"];
    assert_eq!(items, expected);
    assert_eq!(types(&site, "index.html"), ["WebPage", "WebSite"]);
    let search = &graph(&site, "index.html")[1]["potentialAction"];
    assert_eq!(search["target"]["urlTemplate"], "https://example.org/search/?q={search_term_string}");
    let description = site.built("opensearch.xml");
    assert!(description.contains("template=\"https://example.org/search/?q={searchTerms}\""), "{description}");
    assert!(site.built("events/index.html").contains("href=\"/opensearch.xml\""));
    for nothing in ["404.html", "search/index.html", "guides/gone/index.html"] {
        assert_eq!(block(&site, nothing), None, "{nothing}");
    }
}

#[test]
fn no_title_ends_the_block() {
    let title = r#"</script><script>alert(1)</script><!-- & \u2028"#;
    let page = format!("---\ntitle: \"{title}\"\nsummary: x\n---\n\nText.\n");
    let site = build(Site::new().file("content/guides/a.md", page));
    let block = block(&site, "guides/a/index.html").unwrap();
    assert!(!block.contains(['<', '>', '&', '\u{2028}']), "{block}");
    assert!(graph(&site, "guides/a/index.html")[0]["headline"].as_str().unwrap().starts_with("</script>"));
    assert!(!site.built("guides/a/index.html").contains("<script>"));
}

#[test]
fn a_shared_link_and_a_library_catalogue_find_the_words_of_a_page() {
    let site = build(library());
    let html = site.built("case-studies/a/index.html");
    for tag in [
        "<meta property=\"og:title\" content=\"A study\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<meta property=\"og:url\" content=\"https://example.org/case-studies/a/\">",
        "<meta property=\"og:description\" content=\"About A study.\">",
        "<meta property=\"og:site_name\" content=\"Test\">",
        "<meta property=\"og:locale\" content=\"en_GB\">",
        "<meta property=\"article:published_time\" content=\"2026-02-01\">",
        "<meta property=\"article:modified_time\" content=\"2026-03-01\">",
        "<link rel=\"schema.DC\" href=\"http://purl.org/dc/elements/1.1/\">",
        "<meta name=\"DC.date\" content=\"2026-02-01\">",
        "<meta name=\"DC.publisher\" content=\"Care Network\">",
        "<meta name=\"DC.subject\" content=\"Mentoring\">",
        "<meta name=\"DC.language\" content=\"en\">",
    ] {
        assert!(html.contains(tag), "{tag} is not in {html}");
    }
    assert!(site.built("case-studies/index.html").contains("<meta property=\"og:type\" content=\"website\">"));
    assert!(!site.built("404.html").contains("og:url"));
}
