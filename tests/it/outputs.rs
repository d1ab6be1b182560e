//! What a build makes.

use crate::site::Site;

const LUTON: &str = "id,label\nluton,Luton\n";

#[test]
fn a_page_has_its_kinds_template_its_links_and_who_links_to_it() {
    let site = Site::new()
        .file("content/_data/councils.csv", LUTON)
        .page(
            "content/guides/a.md",
            "Guide A",
            "themes: [mentoring]\n",
            "See [Luton](../case-studies/luton.md#what-we-did).\n",
        )
        .page(
            "content/case-studies/luton.md",
            "Luton",
            "councils: [luton]\nthemes: [mentoring]\n",
            "## What we did\n\nText.\n",
        );
    site.run(&["build", "--strict"]).clean();
    let guide = site.built("guides/a/index.html");
    assert!(guide.contains("href=\"/case-studies/luton/#what-we-did\""), "{guide}");
    let study = site.built("case-studies/luton/index.html");
    assert!(
        study.contains("id=\"what-we-did\"")
            && study.contains("href=\"/guides/a/\"")
            && study.contains("href=\"/councils/luton/\""),
        "{study}"
    );
    assert!(site.built("themes/mentoring/index.html").contains("Guide A"));
    assert!(site.built("councils/luton/index.html").contains("href=\"/case-studies/luton/\""));
    assert!(site.built("guides/index.html").contains("Guide A") && site.built("councils/index.html").contains("Luton"));
}

#[test]
fn every_site_has_what_machines_and_lost_people_need() {
    let site = Site::new().page(
        "content/guides/a.md",
        "A",
        "aliases: [/old/, /older.html]\npublished: 2020-01-02\n",
        "Text.\n",
    );
    site.run(&["build"]).clean();
    assert!(site.built("sitemap.xml").contains("<loc>https://example.org/guides/a/</loc>"));
    assert!(site.built("robots.txt").contains("https://example.org/sitemap.xml"));
    assert!(site.built("404.html").contains("<h1"));
    for alias in ["old/index.html", "older.html"] {
        assert!(site.built(alias).contains("/guides/a/"), "{alias}");
    }
    let index = site.index();
    assert!(index.contains("About A.") && site.built("search/reader.js").contains("export"));
}

#[test]
fn listings_are_paginated() {
    let site = (0..45).fold(Site::new(), |site, n| {
        site.page(&format!("content/guides/g{n:02}.md"), &format!("Guide {n:02}"), "", "Text.\n")
    });
    site.run(&["build"]).clean();
    assert!(site.built("guides/index.html").contains("/guides/page/2/"));
    let last = site.built("guides/page/3/index.html");
    assert!(last.contains("Guide 44") && !last.contains("Guide 05"), "{last}");
    assert!(!site.has("guides/page/4/index.html"));
}

#[test]
fn what_is_not_to_be_seen_is_in_no_byte_of_the_site() {
    let hidden = |front: &str| {
        format!(
            "---\ntitle: Xyzzy title\nsummary: Xyzzy summary.\naliases: [/xyzzy/]\nthemes: [xyzzy]\n{front}---\n\n## Xyzzy\n\nText.\n"
        )
    };
    for front in ["status: draft\n", "embargo: 2999-01-01T09:00\n", "published: 2999-01-01\n"] {
        let site = Site::new()
            .file(
                "content/_data/themes.yaml",
                "- id: mentoring\n  label: Mentoring\n- id: xyzzy\n  label: Theme of one\n",
            )
            .page("content/guides/a.md", "A", "themes: [mentoring]\n", "Text.\n")
            .file("content/packs/plugh/index.md", hidden(front))
            .file("content/packs/plugh/plugh.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        site.run(&["build"]).clean();
        let index = [("search/*".to_owned(), site.index().into_bytes())];
        for (path, bytes) in site.site().into_iter().chain(index) {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            let shows =
                ["xyzzy", "plugh", "theme of one"].iter().find(|word| path.contains(**word) || text.contains(**word));
            assert_eq!(shows, None, "{path} with {front}");
        }
    }
}

#[test]
fn a_slip_in_a_date_that_hides_a_page_does_not_publish_it() {
    let site = Site::new()
        .file(
            "casebook.yaml",
            format!(
                "{}levels: {{wrong-type: warning, unknown-term: warning, invalid-yaml: warning, unknown-field: warning,
  front-matter-not-fields: warning, missing-field: warning}}\n",
                crate::site::SETTINGS
            ),
        )
        .page("content/a.md", "A", "", "Text.\n")
        .page("content/b.md", "B", "embargo: next Tuesday\n", "Text.\n")
        .page("content/c.md", "C", "status: drafty\n", "Text.\n")
        .file("content/d.md", "---\ntitle: D: draft\nstatus: draft\n---\n")
        .page("content/e.md", "E", "embrago: 2999-01-01T09:00\n", "Text.\n")
        .page("content/f.md", "F", "Status: draft\n", "Text.\n")
        .page("content/g.md", "G", "draft: true\n", "Text.\n")
        .page("content/h.md", "H", "embargo:\n", "Text.\n")
        .file("content/i.md", "\n---\ntitle: I\nsummary: x\nstatus: draft\n---\n")
        .file("content/j.md", "+++\ntitle = \"J\"\ndraft = true\n+++\n\nText.\n");
    site.run(&["build"]).clean();
    let shown: Vec<_> = "abcdefghij".chars().filter(|page| site.has(&format!("{page}/index.html"))).collect();
    assert_eq!(shown, ['a']);
}

#[test]
fn drafts_are_shown_on_request_and_the_clock_can_be_set() {
    let site = Site::new().page("content/guides/a.md", "A", "status: draft\n", "Text.\n").page(
        "content/guides/b.md",
        "B",
        "embargo: 2027-10-18T00:01\n",
        "Text.\n",
    );
    site.run(&["build", "--drafts", "--now", "2027-10-18T00:00"]).clean();
    assert!(site.has("guides/a/index.html") && !site.has("guides/b/index.html"));
    site.run(&["build", "--now", "2027-10-18T00:01"]).clean();
    assert!(!site.has("guides/a/index.html") && site.has("guides/b/index.html"));
    // In October London is an hour ahead of universal time.
    site.run(&["build", "--now", "2027-10-17T23:00:59Z"]).clean();
    assert!(!site.has("guides/b/index.html"));
}

#[test]
fn the_clock_is_now_then_source_date_epoch() {
    let site = Site::new().page("content/a.md", "A", "published: 2040-01-02\n", "Text.\n");
    let shows = |arguments: &[&str], epoch: &str| {
        let mut command = crate::site::program();
        let output = command.args(arguments).current_dir(site.root()).env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
        assert!(output.status.success());
        site.has("a/index.html")
    };
    // 2208988800 is the first moment of 2040, 2209161600 two days later.
    assert!(!shows(&["build"], "2208988800"));
    assert!(shows(&["build"], "2209161600"));
    assert!(!shows(&["build", "--now", "2040-01-01"], "2209161600"));
}

#[test]
fn a_withdrawn_page_stays_and_is_in_no_list() {
    let site = Site::new().page("content/guides/a.md", "Withdrawn one", "status: withdrawn\n", "Text.\n").page(
        "content/guides/b.md",
        "B",
        "",
        "Text.\n",
    );
    site.run(&["build"]).clean();
    assert!(site.has("guides/a/index.html"));
    let lists = ["guides/index.html", "sitemap.xml"].map(|list| site.built(list));
    for list in lists.into_iter().chain([site.index()]) {
        assert!(!list.contains("Withdrawn one") && !list.contains("/guides/a/"), "{list}");
    }
}

#[test]
fn files_beside_a_page_come_along_and_others_only_when_named() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let site = Site::new()
        .page("content/packs/week/index.md", "Week", "", "![A logo](logo.svg)\n")
        .file("content/packs/week/logo.svg", svg)
        .file("content/packs/week/more/extra.svg", svg)
        .page("content/guides/a.md", "A", "", "![A picture](used.svg)\n")
        .file("content/guides/used.svg", svg)
        .file("content/guides/unused.svg", svg);
    site.run(&["build"]).clean();
    assert!(site.has("packs/week/logo.svg") && site.has("packs/week/more/extra.svg") && site.has("guides/used.svg"));
    assert!(!site.has("guides/unused.svg"));
    assert!(site.built("packs/week/index.html").contains("src=\"/packs/week/logo.svg\""));
}

#[test]
fn a_site_below_a_path_has_that_path_in_every_address() {
    let site = Site::new().page("content/guides/a.md", "A", "", "See [b](b.md).\n").page(
        "content/guides/b.md",
        "B",
        "",
        "Text.\n",
    );
    site.run(&["build", "--base-url", "https://example.org/library/"]).clean();
    for (path, bytes) in site.site() {
        if path.ends_with(".html") {
            let text = String::from_utf8(bytes).unwrap();
            let outside = text.match_indices("=\"/").find(|(at, _)| !text[at + 2..].starts_with("/library/"));
            assert_eq!(outside.map(|(at, _)| &text[at..at + 40]), None, "{path}");
        }
    }
    assert!(site.built("guides/a/index.html").contains("href=\"/library/guides/b/\""));
}

#[test]
fn a_new_kind_is_a_yaml_file_and_nothing_else() {
    let kind = "name: offer\nfolder: offers\nlabel: Offer\nplural: Offers\ntemplate: page.html\norder: 15\n\
                fields:\n  - {name: ward, type: text, required: true, label: Ward}\n  - {name: places, type: number, label: Places on offer}\n";
    let site = Site::new().file("themes/civic/kinds/offer.yaml", kind).page(
        "content/offers/a.md",
        "An offer",
        "ward: Northgate\nplaces: 3\n",
        "Text.\n",
    );
    site.run(&["build", "--strict"]).clean();
    let page = site.built("offers/a/index.html");
    assert!(page.contains("Northgate") && page.contains("Places on offer"), "{page}");
    assert!(site.built("offers/index.html").contains("An offer") && site.built("index.html").contains("/offers/"));
    let faulty = site.page("content/offers/b.md", "B", "places: many\n", "Text.\n");
    let said = faulty.run(&["check"]).stderr();
    assert!(said.contains("CB0302") && said.contains("CB0303"), "{said}");
}

#[test]
fn styles_and_scripts_have_the_hash_of_what_they_hold_in_their_names() {
    let site = Site::new().page("content/a.md", "A", "", "Text.\n");
    site.run(&["build"]).clean();
    let before = site.site();
    let style =
        before.keys().find(|path| path.starts_with("assets/css/site.") && path.ends_with(".css")).unwrap().clone();
    assert!(site.built("index.html").contains(&style));
    site.write("themes/civic/static/css/site.css", "body { color: black }\n");
    site.run(&["build"]).clean();
    assert!(!site.has(&style) && !site.built("index.html").contains(&style));
}

#[test]
fn no_page_has_an_inline_script_or_style_or_names_another_host() {
    let site = Site::case("clean");
    site.run(&["build"]).clean();
    for (path, bytes) in site.site().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8(bytes).unwrap();
        for wrong in [" style=", "<style", " onclick=", " onload=", "javascript:", "<script>", "src=\"http", "@import"]
        {
            assert!(!text.contains(wrong), "{path} has {wrong}");
        }
    }
}

#[test]
fn markdown_html_is_sanitised_unless_the_site_says_otherwise() {
    let body = "<b onclick=\"x()\">bold</b> <script>alert(1)</script>\n\n[x](https://example.org/)\n";
    let built = |setting: &str| {
        let site = Site::new().file("casebook.yaml", format!("{}{setting}", crate::site::SETTINGS)).page(
            "content/a.md",
            "A",
            "",
            body,
        );
        site.run(&["build"]).clean();
        site.built("a/index.html")
    };
    let sanitised = built("");
    assert!(
        sanitised.contains("<b>bold</b>") && !sanitised.contains("alert(1)") && !sanitised.contains("onclick"),
        "{sanitised}"
    );
    assert!(built("html: escape\n").contains("&lt;b onclick="));
    assert!(built("html: trust\n").contains("<b onclick=\"x()\">bold</b>"));
}

#[test]
fn a_page_in_two_languages_has_two_addresses_that_know_each_other() {
    let site = Site::new()
        .file("casebook.yaml", format!("{}languages: [en, cy]\n", crate::site::SETTINGS))
        .page("content/guides/a.md", "Guide", "", "Text.\n")
        .page("content/guides/a.cy.md", "Canllaw", "", "Testun.\n");
    site.run(&["build"]).clean();
    let welsh = site.built("cy/guides/a/index.html");
    assert!(
        welsh.contains("<html lang=\"cy\"") && welsh.contains("Canllaw") && welsh.contains("/guides/a/"),
        "{welsh}"
    );
    assert!(site.built("guides/a/index.html").contains("/cy/guides/a/"));
}
