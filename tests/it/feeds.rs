//! What programs that follow the library get.

use crate::site::{SETTINGS, Site};
use quick_xml::{Reader, events::Event};
use serde_json::Value;

/// The elements of a document with the text in them, each by its path: `feed/entry/title`. An element without text
/// has its attributes in its place.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let (mut path, mut found): (Vec<String>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                path.push(tag.name().as_ref().to_owned());
                found.push((path.join("/"), String::new()));
            }
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    format!("{}={}", attribute.key.as_ref().to_owned(), attribute.value)
                });
                found.push((format!("{}/{name}", path.join("/")), attributes.collect::<Vec<_>>().join(" ")));
            }
            Event::Text(text) => {
                let last = found.iter_mut().rfind(|(known, _)| *known == path.join("/"));
                last.into_iter().for_each(|(_, words)| words.push_str(&text));
            }
            Event::GeneralRef(entity) => {
                let entity: &str = &entity;
                let c = quick_xml::escape::resolve_predefined_entity(entity).unwrap();
                let last = found.iter_mut().rfind(|(known, _)| *known == path.join("/"));
                last.into_iter().for_each(|(_, words)| words.push_str(c));
            }
            Event::End(_) => drop(path.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty(), "{path:?} stays open");
    found
}

fn texts<'a>(elements: &'a [(String, String)], path: &str) -> Vec<&'a str> {
    elements.iter().filter(|(known, _)| known == path).map(|(_, text)| text.trim()).collect()
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.built(path)).unwrap()
}

fn titles(site: &Site, path: &str) -> Vec<String> {
    let feed = json(site, path);
    feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

fn library() -> Site {
    Site::new()
        .page("content/organisations/care.md", "Care Network", "", "Text.\n")
        .page(
            "content/guides/winter.md",
            "Winter",
            "published: 2026-01-10\nthemes: [mentoring]\nowner: care\n",
            "See [summer](summer.md#more) and [elsewhere](https://example.com/).\n\n![A drawing](a.svg)\n",
        )
        .page(
            "content/guides/summer.md",
            "Summer",
            "published: 2025-12-01\nupdated: 2026-07-01\n",
            "## More\n\nText.\n",
        )
        .file("content/guides/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
}

const NOW: [&str; 3] = ["build", "--now", "2027-01-01"];

#[test]
fn an_atom_feed_has_what_rfc_4287_asks_for() {
    let site = library();
    site.run(&NOW).clean();
    let xml = site.built("feed.xml");
    assert!(xml.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">"), "{xml}");
    let all = elements(&xml);
    assert_eq!(texts(&all, "feed/title"), ["Test"]);
    assert_eq!(texts(&all, "feed/id"), ["https://example.org/feed.xml"]);
    // The start of the day by the clock of London, which is an hour ahead in July.
    assert_eq!(texts(&all, "feed/updated"), ["2026-07-01T00:00:00+01:00"]);
    let links = texts(&all, "feed/link");
    assert!(links[0].starts_with("rel=self") && links[0].ends_with("href=https://example.org/feed.xml"), "{links:?}");
    assert!(links[1].starts_with("rel=alternate") && links[1].ends_with("href=https://example.org/"), "{links:?}");
    assert_eq!(texts(&all, "feed/author/name"), ["Test"]);
    assert_eq!(texts(&all, "feed/entry/title"), ["Summer", "Winter"]);
    let ids = ["https://example.org/guides/summer/", "https://example.org/guides/winter/"];
    assert_eq!(texts(&all, "feed/entry/id"), ids);
    assert_eq!(texts(&all, "feed/entry/updated"), ["2026-07-01T00:00:00+01:00", "2026-01-10T00:00:00+00:00"]);
    assert_eq!(texts(&all, "feed/entry/published"), ["2025-12-01T00:00:00+00:00", "2026-01-10T00:00:00+00:00"]);
    assert_eq!(texts(&all, "feed/entry/summary"), ["About Summer.", "About Winter."]);
    let category = "term=mentoring scheme=https://example.org/themes/ label=Mentoring";
    assert_eq!(texts(&all, "feed/entry/category"), [category]);
    assert_eq!(texts(&all, "feed/entry/author/name"), ["Care Network"]);
    let content = texts(&all, "feed/entry/content")[1].to_owned();
    for whole in [
        "<a href=\"https://example.org/guides/summer/#more\">summer</a>",
        "<a href=\"https://example.com/\">",
        "src=\"https://example.org/guides/a.svg\"",
    ] {
        assert!(content.contains(whole), "{content}");
    }
}

#[test]
fn a_json_feed_says_the_same() {
    let site = library();
    site.run(&NOW).clean();
    let feed = json(&site, "feed.json");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/feed.json");
    assert_eq!(feed["home_page_url"], "https://example.org/");
    assert_eq!(feed["language"], "en");
    let winter = &feed["items"][1];
    assert_eq!(winter["id"], "https://example.org/guides/winter/");
    assert_eq!(winter["date_published"], "2026-01-10T00:00:00+00:00");
    assert_eq!(winter["tags"], serde_json::json!(["Mentoring"]));
    assert_eq!(winter["authors"][0]["name"], "Care Network");
    assert!(winter["content_html"].as_str().unwrap().contains("https://example.org/guides/summer/#more"));
}

#[test]
fn each_kind_and_each_theme_has_a_feed_and_pages_lead_to_it() {
    let site = library().file("content/_data/councils.csv", "id,label\nluton,Luton\n").page(
        "content/case-studies/a.md",
        "Luton",
        "councils: [luton]\npublished: 2026-02-01\n",
        "Text.\n",
    );
    site.run(&NOW).clean();
    assert_eq!(titles(&site, "feed.json"), ["Summer", "Luton", "Winter"]);
    assert_eq!(titles(&site, "guides/feed.json"), ["Summer", "Winter"]);
    assert_eq!(titles(&site, "themes/mentoring/feed.json"), ["Winter"]);
    // The theme asks for feeds of themes only, and nothing in organisations has a date.
    assert!(!site.has("councils/luton/feed.xml") && !site.has("organisations/feed.xml"));
    // Of a theme the summaries are enough.
    let item = &json(&site, "themes/mentoring/feed.json")["items"][0];
    assert_eq!((&item["content_text"], &item["content_html"]), (&"About Winter.".into(), &Value::Null));
    assert!(!site.built("themes/mentoring/feed.xml").contains("<content"));

    let page = |path: &str| site.built(&format!("{path}index.html"));
    let link = |list: &str| format!("type=\"application/atom+xml\" title=\"{list}\" href=\"https://example.org");
    for (path, own) in [("guides/", "Guides – Test"), ("themes/mentoring/", "Mentoring – Test")] {
        let html = page(path);
        assert!(html.contains(&format!("{}/{path}feed.xml\"", link(own))), "{html}");
        assert!(html.contains(&format!("<a href=\"/{path}feed.xml\"")), "{html}");
        assert!(html.contains(&format!("{}/feed.xml\"", link("Test"))), "{html}");
    }
    assert_eq!(page("guides/winter/").matches("application/feed+json\" title").count(), 1);
    assert_eq!(page("organisations/").matches("application/feed+json\" title").count(), 1);
    for list in [site.built("sitemap.xml"), site.index()] {
        assert!(!list.contains("feed.") && !list.contains("catalogue"), "{list}");
    }
}

#[test]
fn a_feed_names_the_newest_that_lists_name() {
    let dated = |site: Site, n: usize| {
        site.page(
            &format!("content/guides/g{n:02}.md"),
            &format!("G{n:02}"),
            &format!("published: 2026-01-{n:02}\n"),
            "",
        )
    };
    let site = (1..=25)
        .fold(Site::new(), dated)
        .page("content/guides/undated.md", "Undated", "", "Text.\n")
        .page("content/guides/withdrawn.md", "Withdrawn", "published: 2026-05-01\nstatus: withdrawn\n", "Text.\n")
        .page("content/guides/draft.md", "Draft", "published: 2026-05-01\nstatus: draft\n", "Text.\n")
        .page("content/guides/later.md", "Later", "published: 2999-05-01\n", "Text.\n")
        .page("content/guides/archived.md", "Archived", "published: 2026-05-01\nstatus: archived\n", "Text.\n")
        .page("content/about.md", "About", "published: 2026-06-01\n", "Text.\n");
    site.run(&NOW).clean();
    let expected: Vec<String> =
        std::iter::once("Archived".to_owned()).chain((7..=25).rev().map(|n| format!("G{n:02}"))).collect();
    assert_eq!(titles(&site, "feed.json"), expected);
    assert_eq!(titles(&site, "guides/feed.json"), expected);
    assert_eq!(texts(&elements(&site.built("guides/feed.xml")), "feed/entry/title"), expected);
}

#[test]
fn a_list_in_another_order_has_a_feed_by_date() {
    let site = Site::new()
        .page("content/organisations/a.md", "A", "published: 2026-01-01\n", "Text.\n")
        .page("content/organisations/b.md", "B", "published: 2026-03-01\n", "Text.\n")
        .page("content/organisations/c.md", "C", "", "Text.\n");
    site.run(&NOW).clean();
    assert_eq!(titles(&site, "organisations/feed.json"), ["B", "A"]);
}

#[test]
fn a_feed_does_not_change_with_the_clock() {
    let site = library();
    site.run(&NOW).clean();
    let before = site.built("feed.xml");
    site.run(&["build", "--now", "2028-05-05T12:34"]).clean();
    assert_eq!(site.built("feed.xml"), before);
}

#[test]
fn words_can_not_break_a_feed() {
    let title = r#"</title>&<b>" one"#;
    let site = Site::new()
        .file("casebook.yaml", format!("{SETTINGS}html: trust\n"))
        .file(
            "content/guides/a.md",
            "---\ntitle: \"</title>&<b>\\\" one\"\nsummary: x\npublished: 2026-01-01\n---\n\n<script>alert(1)</script> ]]> &#1; text\n",
        );
    site.run(&["build"]);
    let all = elements(&site.built("feed.xml"));
    assert_eq!(texts(&all, "feed/entry/title"), [title]);
    assert!(texts(&all, "feed/entry/content")[0].contains("text") && !site.built("feed.xml").contains("alert(1)"));
}

#[test]
fn the_text_of_a_feed_is_that_of_every_field_under_its_label() {
    let site = Site::new().file("content/_data/councils.csv", "id,label\nluton,Luton\n").page(
        "content/case-studies/a.md",
        "Luton",
        "councils: [luton]\npublished: 2026-02-01\nproblem: A *sore* thing.\nimpact: Less of it.\n",
        "After all.\n",
    );
    site.run(&NOW).clean();
    let html = json(&site, "feed.json")["items"][0]["content_html"].as_str().unwrap().to_owned();
    assert_eq!(
        html.replace('\n', ""),
        "<h2>The problem</h2><p>A <em>sore</em> thing.</p><h2>What changed</h2><p>Less of it.</p><p>After all.</p>"
    );
}

#[test]
fn the_addresses_of_feeds_are_taken_and_can_be_linked_to() {
    let site = library().file("content/guides/feed.xml", "<x/>").page(
        "content/about.md",
        "About",
        "aliases: [/feed.json, /themes/mentoring/feed.xml]\n",
        "[The file](guides/feed.xml)\n",
    );
    let said = site.run(&["check", "--now", "2027-01-01"]).stderr();
    assert_eq!(said.matches("[CB0606").count(), 2, "{said}");
    assert_eq!(said.matches("[CB0601").count(), 1, "{said}");

    let linking = |target: &str| library().page("content/about.md", "About", "", &format!("[The feed]({target})\n"));
    for target in ["/feed.xml", "/guides/feed.json", "/themes/mentoring/feed.xml", "/catalogue.csv"] {
        linking(target).run(&["check", "--now", "2027-01-01"]).clean();
    }
    let said = linking("/organisations/feed.xml").run(&["check"]).stderr();
    assert!(said.contains("CB0401") || said.contains("CB0403"), "{said}");
}
