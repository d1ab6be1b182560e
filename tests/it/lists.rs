//! Lists: their orders, their filters, indexes worked out from others, and terms without entries.

use crate::site::Site;

const COUNCILS: &str = "id,label,region,replaced_by\n\
    bolton,Bolton,North West,\n\
    carlisle,Carlisle,North West,cumbria\n\
    cumberland,Cumberland,North West,\n\
    cumbria,Cumbria (until 2023),North West,cumberland|westmorland\n\
    gwent,Gwent,Wales,\n\
    luton,Luton,East of England,\n\
    westmorland,Westmorland,North West,\n";

const THEMES: &str = "- {id: a, label: Alpha}\n- {id: b, label: Beta, broader: a}\n- {id: c, label: Gamma, broader: b}\n\
    - {id: d, label: Delta}\n- {id: e, label: Epsilon, broader: d}\n";

fn library() -> Site {
    Site::new().file("content/_data/councils.csv", COUNCILS).file("content/_data/themes.yaml", THEMES)
}

/// A case study of a council, on themes, published on a day of January 2020.
fn study(site: Site, name: &str, council: &str, themes: &str, day: usize) -> Site {
    let front = format!("councils: [{council}]\nthemes: [{themes}]\npublished: 2020-01-{day:02}\n");
    site.page(&format!("content/case-studies/{name}.md"), &format!("The {name}"), &front, "Text.\n")
}

/// So many of them, the later ones the newer: `study-00` on the first of January is about Luton and Alpha, every third
/// from there on too, the others are about Bolton and Beta.
fn studies(count: usize) -> Site {
    (0..count).fold(library(), |site, n| {
        let (council, theme) = if n % 3 == 0 { ("luton", "a") } else { ("bolton", "b") };
        study(site, &format!("study-{n:02}"), council, theme, n + 1)
    })
}

/// The titles that a list names, in its order.
fn titles(html: &str) -> Vec<String> {
    let titles = html.split("<p class=\"entry-title\"><a href=\"").skip(1).filter_map(|rest| rest.split_once("\">"));
    titles.filter_map(|(_, rest)| Some(rest.split_once("</a>")?.0.to_owned())).collect()
}

fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let rest = html.split_once(start).unwrap_or_else(|| panic!("no {start} in {html}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

#[test]
fn a_list_of_some_length_has_both_orders_at_addresses_of_their_own() {
    let site = studies(8);
    site.run(&["build", "--strict"]).clean();
    let newest = site.built("case-studies/index.html");
    let by_title = site.built("case-studies/a-z/index.html");
    assert_eq!(titles(&newest).first().map(String::as_str), Some("The study-07"));
    assert_eq!(titles(&by_title).first().map(String::as_str), Some("The study-00"));
    assert!(newest.contains("Newest first.") && newest.contains("<a href=\"/case-studies/a-z/\">Show A to Z</a>"));
    assert!(by_title.contains("A to Z.") && by_title.contains("<a href=\"/case-studies/\">Show newest first</a>"));
    assert!(by_title.contains("rel=\"canonical\" href=\"https://example.org/case-studies/a-z/\""), "{by_title}");
    assert_ne!(between(&newest, "<title>", "</title>"), between(&by_title, "<title>", "</title>"));
    assert!(site.built("sitemap.xml").contains("<loc>https://example.org/case-studies/a-z/</loc>"));
}

#[test]
fn a_short_list_has_one_order_and_an_a_to_z_of_one_day_too() {
    let site = studies(7);
    let site = (0..9).fold(site, |site, n| {
        let path = format!("content/organisations/o{n}.md");
        site.page(&path, &format!("Body {n}"), "published: 2020-01-01\n", "Text.\n")
    });
    site.run(&["build"]).clean();
    assert!(!site.has("case-studies/a-z/index.html") && !site.built("case-studies/index.html").contains("a-z"));
    assert!(!site.has("organisations/newest/index.html"));
    site.write(
        "content/organisations/o3.md",
        "---\ntitle: Body 3\nsummary: About it.\npublished: 2020-02-01\n---\n\nText.\n",
    );
    site.run(&["build"]).clean();
    assert_eq!(titles(&site.built("organisations/newest/index.html"))[..2], ["Body 3", "Body 0"]);
    assert!(site.built("organisations/index.html").contains("href=\"/organisations/newest/\""));
}

#[test]
fn each_filter_is_a_page_that_says_what_is_chosen_and_how_many() {
    let site = studies(7);
    site.run(&["build", "--strict"]).clean();
    let panel = |html: &str| between(html, "<nav class=\"filters\"", "</nav>").to_owned();
    let whole = panel(&site.built("case-studies/index.html"));
    assert!(whole.contains("href=\"/case-studies/themes/a/\">Alpha</a> <span class=\"quiet\">3</span>"), "{whole}");
    assert!(whole.contains("href=\"/case-studies/regions/north-west/\">North West</a>"), "{whole}");
    let page = site.built("case-studies/themes/a/index.html");
    assert_eq!(titles(&page), ["The study-06", "The study-03", "The study-00"]);
    assert!(page.contains("<strong>Theme: Alpha</strong> Showing 3 of 7."), "{page}");
    assert!(page.contains("<a href=\"/case-studies/\">Remove this filter</a>"), "{page}");
    assert!(panel(&page).contains("href=\"/case-studies/themes/a/\" aria-current=\"true\""), "{page}");
    assert!(page.contains("<h1>Case studies: Alpha</h1>") && !page.contains("noindex"), "{page}");
    assert!(page.contains("rel=\"canonical\" href=\"https://example.org/case-studies/themes/a/\""));
    let map = site.built("sitemap.xml");
    for address in ["case-studies/themes/a/", "case-studies/themes/", "case-studies/councils/luton/"] {
        assert!(map.contains(&format!("<loc>https://example.org/{address}</loc>")), "{address}");
    }
    let all = site.built("case-studies/councils/index.html");
    assert!(all.contains("<h1>Case studies: Councils</h1>") && all.contains("href=\"/case-studies/councils/luton/\""));
}

#[test]
fn what_narrows_nothing_down_is_no_filter() {
    let site = library().page("content/guides/a.md", "A", "themes: [a]\nnation: [england]\n", "Text.\n").page(
        "content/guides/b.md",
        "B",
        "themes: [b]\nnation: [england]\n",
        "Text.\n",
    );
    site.run(&["build"]).clean();
    let page = site.built("guides/index.html");
    assert!(page.contains("/guides/themes/a/") && !page.contains("/guides/nation/"), "{page}");
    assert!(!site.has("guides/nation/england/index.html"));
    let alone = library().page("content/guides/a.md", "A", "themes: [a, b]\n", "Text.\n");
    alone.run(&["build"]).clean();
    assert!(!alone.built("guides/index.html").contains("class=\"filters\""));
}

#[test]
fn a_filter_of_many_entries_has_parts_and_a_facet_of_many_terms_is_short() {
    let councils: String = (0..150).map(|n| format!("c{n:03},Council {n:03},North\n")).collect();
    let site = library().file("content/_data/councils.csv", format!("id,label,region\n{councils}"));
    let site = (0..170).fold(site, |site, n| {
        let theme = if n < 45 { "a" } else { "b" };
        study(site, &format!("s{n:03}"), &format!("c{:03}", n % 150), theme, 1)
    });
    site.run(&["build"]).clean();
    let page = site.built("case-studies/themes/a/page/3/index.html");
    assert_eq!(titles(&page).len(), 5);
    assert!(page.contains("href=\"/case-studies/themes/a/page/2/\"") && page.contains("Showing 45 of 170."), "{page}");
    assert!(!site.has("case-studies/themes/a/page/4/index.html"));
    let panel = between(&page, "<nav class=\"filters\"", "</nav>");
    let links = panel.matches("href=\"/case-studies/councils/").count();
    assert!(links < 12 && panel.contains("href=\"/case-studies/councils/\">Councils: show all 150</a>"), "{panel}");
    // What is chosen is in the panel, be it ever so far down.
    let rare = site.built("case-studies/councils/c149/index.html");
    let panel = between(&rare, "<nav class=\"filters\"", "</nav>");
    assert!(panel.contains("href=\"/case-studies/councils/c149/\" aria-current=\"true\""), "{panel}");
    assert_eq!(site.built("case-studies/councils/index.html").matches("class=\"term-name\"").count(), 150);
}

#[test]
fn a_page_at_the_address_of_a_filter_or_an_order_is_a_fault_that_names_both() {
    for path in ["a-z", "themes/index", "themes/a"] {
        let site =
            studies(8).page(&format!("content/case-studies/{path}.md"), "Mine", "councils: [luton]\n", "Text.\n");
        let said = site.run(&["check"]).stderr();
        let address = format!("/case-studies/{}/", path.trim_end_matches("/index"));
        assert!(
            said.contains("CB0601")
                && said.contains(&format!("content/case-studies/{path}.md"))
                && said.contains(&format!("the page that Casebook makes at {address}")),
            "{path}: {said}"
        );
    }
}

#[test]
fn a_link_may_lead_to_a_filter_and_not_to_one_that_is_not_there() {
    let site = studies(8).page("content/about.md", "About", "", "[Alpha](/case-studies/themes/a/)\n");
    site.run(&["check"]).clean();
    let site = site.page("content/more.md", "More", "", "[Gamma](/case-studies/themes/c/)\n");
    assert!(site.run(&["check"]).stderr().contains("CB0401"));
}

#[test]
fn regions_follow_from_the_councils() {
    let site = study(studies(7), "joint", "gwent, bolton, carlisle", "d", 20);
    site.run(&["build", "--strict"]).clean();
    let index = site.built("regions/index.html");
    for (region, count) in [("north-west", "5 pages"), ("wales", "1 page"), ("east-of-england", "3 pages")] {
        let rest = between(&index, &format!("href=\"/regions/{region}/\">"), "</p>");
        assert!(rest.contains(count), "{region}: {rest}");
    }
    let wales = site.built("regions/wales/index.html");
    assert_eq!(titles(&wales), ["The joint"]);
    // An entry of two councils of one region stands there once.
    assert_eq!(
        titles(&site.built("regions/north-west/index.html")).iter().filter(|title| *title == "The joint").count(),
        1
    );
    let tags = site.built("case-studies/joint/index.html");
    assert!(tags.contains("href=\"/regions/wales/\"") && tags.contains("href=\"/regions/north-west/\""), "{tags}");
    let plain = Site::new().file("content/_data/councils.csv", "id,label\nluton,Luton\n");
    let plain = plain.page("content/case-studies/a.md", "A", "councils: [luton]\n", "Text.\n");
    plain.run(&["build", "--strict"]).clean();
    assert!(!plain.has("regions/index.html"));
}

#[test]
fn narrower_themes_stand_within_wider_ones_at_any_depth() {
    let site = library().page("content/guides/a.md", "A", "themes: [c]\n", "Text.\n").page(
        "content/guides/b.md",
        "B",
        "themes: [d]\n",
        "Text.\n",
    );
    site.run(&["build", "--strict"]).clean();
    let index = site.built("themes/index.html");
    let tree = between(&index, "<ul class=\"terms terms-tree\">", "</main>");
    let words: Vec<&str> = ["Alpha", "<ul", "Beta", "<ul", "Gamma", "</ul>", "</ul>", "Delta"].into();
    let mut rest = tree;
    for word in words {
        rest = rest.split_once(word).unwrap_or_else(|| panic!("no {word} in {tree}")).1;
    }
    assert!(!tree.contains("Epsilon") && !tree.contains("href=\"/themes/a/\""), "{tree}");
    assert!(index.contains("Each number counts the pages on that very subject."), "{index}");
}

#[test]
fn a_council_without_entries_has_a_page_that_leads_on() {
    let site = studies(7).file("casebook.yaml", format!("{}contribute: /send.md\n", crate::site::SETTINGS)).page(
        "content/send.md",
        "How to send one",
        "",
        "Text.\n",
    );
    site.run(&["build", "--strict"]).clean();
    let page = site.built("councils/westmorland/index.html");
    assert!(page.contains("There is nothing from Westmorland here yet."), "{page}");
    assert!(page.contains("href=\"/send/\">How to send one</a>"), "{page}");
    let near = between(&page, "Elsewhere in North West", "</section>");
    assert!(near.contains("href=\"/councils/bolton/\"") && !near.contains("luton"), "{near}");
    assert!(page.contains("content=\"noindex\"") && !site.built("sitemap.xml").contains("/councils/westmorland/"));
    assert!(site.built("sitemap.xml").contains("/councils/bolton/"));
    let index = site.built("councils/index.html");
    let (first, others) = index.split_once("<details class=\"fold\">").unwrap();
    assert!(first.contains("/councils/bolton/") && !first.contains("/councils/gwent/"));
    assert!(others.contains("/councils/gwent/") && others.contains("Councils with nothing here yet (5)"), "{others}");
    // Where nobody names a council there is no index, and none of them has a page.
    let unused = library().page("content/guides/a.md", "A", "", "Text.\n");
    unused.run(&["build"]).clean();
    assert!(!unused.has("councils/index.html") && !unused.has("councils/bolton/index.html"));
}

#[test]
fn a_replaced_council_leads_to_its_successors_and_they_list_its_entries() {
    let site = study(studies(7), "old", "cumbria", "d", 20);
    let site = study(study(site, "older", "carlisle", "d", 21), "new", "cumberland", "d", 22);
    site.run(&["build", "--strict"]).clean();
    let old = site.built("councils/cumbria/index.html");
    let successors = between(&old, "In its place are now:", "</ul>");
    assert!(successors.contains("/councils/cumberland/") && successors.contains("/councils/westmorland/"), "{old}");
    assert_eq!(titles(&old), ["The older", "The old"]);
    let heir = site.built("councils/cumberland/index.html");
    assert_eq!(titles(&heir), ["The new", "The older", "The old"]);
    assert!(heir.contains("href=\"/councils/cumbria/\">Cumbria (until 2023)</a>"), "{heir}");
    let index = site.built("councils/index.html");
    assert!(between(&index, "href=\"/councils/cumberland/\">", "</p>").contains("3 pages"), "{index}");
    assert_eq!(titles(&site.built("councils/westmorland/index.html")).len(), 2);
    assert_eq!(titles(&site.built("case-studies/councils/cumberland/index.html")).len(), 3);
}

#[test]
fn titles_of_lists_are_all_different() {
    let site = study(studies(9), "joint", "gwent, bolton", "d", 20)
        .page("content/guides/a.md", "A", "nation: [wales]\nthemes: [a]\n", "Text.\n")
        .page("content/guides/b.md", "B", "nation: [england]\nthemes: [b]\n", "Text.\n");
    site.run(&["build"]).clean();
    let mut seen = std::collections::BTreeMap::new();
    for (path, bytes) in site.site().into_iter().filter(|(path, _)| path.ends_with("index.html")) {
        let html = String::from_utf8(bytes).unwrap();
        let title = between(&html, "<title>", "</title>").to_owned();
        assert_eq!(seen.insert(title.clone(), path.clone()), None, "{title} is also that of {path}");
    }
}
