//! What stands for a page where somebody shares it, and the icons of the site.

use crate::site::Site;
use serde_json::Value;

/// What the page says of its card under a name such as `og:image`.
fn said(site: &Site, page: &str, name: &str) -> Option<String> {
    let page = site.built(page);
    let value = page.split(&format!("property=\"{name}\" content=\"")).nth(1)?;
    Some(value.split('"').next()?.to_owned())
}

/// The card of a page: its path in the site.
fn card(site: &Site, page: &str) -> String {
    let url = said(site, page, "og:image").unwrap();
    url.strip_prefix("https://example.org/").unwrap().to_owned()
}

fn library() -> Site {
    Site::new()
        .file("content/_data/councils.csv", "id,label\nluton,Luton\n")
        .page("content/guides/a.md", "Guide A", "themes: [mentoring]\n", "Text.\n")
        .page("content/guides/b.md", "Guide B", "themes: [mentoring]\n", "Text.\n")
        .page("content/guides/c.md", "Guide C", "", "Text.\n")
        .page("content/case-studies/x.md", "X", "councils: [luton]\n", "Text.\n")
        .page("content/case-studies/y.md", "Y", "councils: [luton]\n", "Text.\n")
}

#[test]
fn a_kind_says_whether_its_pages_have_cards_of_their_own() {
    let site = library();
    site.run(&["build"]).clean();
    let [a, b, c, x, y, home, theme, guides] = [
        "guides/a/index.html",
        "guides/b/index.html",
        "guides/c/index.html",
        "case-studies/x/index.html",
        "case-studies/y/index.html",
        "index.html",
        "themes/mentoring/index.html",
        "guides/index.html",
    ]
    .map(|page| card(&site, page));
    assert_eq!((&a, &c), (&b, &guides));
    let different: std::collections::BTreeSet<_> = [&a, &c, &x, &y, &home, &theme].into_iter().collect();
    assert_eq!(different.len(), 6);
    let files = site.site();
    for path in different {
        let [.., a, b, c, d, e, f, g, h] = files[path][..24] else { panic!("{path} is no PNG") };
        assert_eq!((u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])), (1200, 630), "{path}");
    }
    assert_eq!(said(&site, "case-studies/x/index.html", "og:image:alt").as_deref(), Some("Case study: X"));
    assert_eq!(said(&site, "index.html", "og:image:alt").as_deref(), Some("Test"));
    assert_eq!(said(&site, "404.html", "og:image"), None);
}

#[test]
fn a_card_is_the_same_in_any_place_and_another_for_other_words() {
    let (one, other) = (library(), library());
    one.run(&["build"]).clean();
    let ran = crate::site::program()
        .args(["build"])
        .current_dir(other.root())
        .env("RAYON_NUM_THREADS", "1")
        .env("HOME", other.root())
        .output()
        .unwrap();
    assert!(ran.status.success());
    let path = card(&one, "case-studies/x/index.html");
    assert_eq!(path, card(&other, "case-studies/x/index.html"));
    assert!(one.site()[&path] == other.site()[&path]);
    one.write("content/case-studies/x.md", "---\ntitle: Z\nsummary: About X.\ncouncils: [luton]\n---\n\nText.\n");
    one.run(&["build"]).clean();
    assert_ne!(card(&one, "case-studies/x/index.html"), path);
    assert!(!one.has(&path), "a card that no page has stays");
}

#[test]
fn any_title_has_a_card() {
    let titles = [
        "Independent visitors and mentors who stay ".repeat(8),
        "x".repeat(80),
        "בית פתוח".to_owned(),
        "🎉 世界".to_owned(),
        "Fish & chips <b> “quoted”".to_owned(),
    ];
    let mut site = library();
    for (n, title) in titles.iter().enumerate() {
        let front = format!("---\ntitle: '{title}'\nsummary: x\ncouncils: [luton]\n---\n\nText.\n");
        site = site.file(&format!("content/case-studies/t{n}.md"), front);
    }
    site.run(&["build"]).clean();
    for n in 0..titles.len() {
        assert!(site.has(&card(&site, &format!("case-studies/t{n}/index.html"))), "{n}");
    }
}

#[test]
fn a_template_that_draws_no_card_is_told_of() {
    let site = library().file("themes/civic/templates/cards/card.svg", "<svg>{{ card.title }}");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 1, "{}", ran.stderr());
    assert!(ran.stderr().contains("themes/civic/templates/cards/card.svg"), "{}", ran.stderr());
    assert!(!site.has("index.html"));
}

#[test]
fn the_icons_and_the_manifest_are_under_the_address_of_the_site() {
    let site = library();
    site.run(&["build", "--base-url", "https://example.org/library/"]).clean();
    let manifest: Value = serde_json::from_str(&site.built("manifest.webmanifest")).unwrap();
    assert_eq!((&manifest["name"], &manifest["lang"]), (&"Test".into(), &"en".into()));
    assert_eq!((&manifest["start_url"], &manifest["theme_color"]), (&"/library/".into(), &"#0a5260".into()));
    let icons = manifest["icons"].as_array().unwrap();
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
    for icon in icons {
        let path = icon["src"].as_str().unwrap().strip_prefix("/library/").unwrap();
        let sizes = format!("{0}x{0}", u32::from_be_bytes(site.site()[path][16..20].try_into().unwrap()));
        assert_eq!(icon["sizes"], sizes.as_str());
    }
    assert!(site.site()["favicon.ico"].starts_with(&[0, 0, 1, 0]));
    let page = site.built("index.html");
    for part in ["rel=\"apple-touch-icon\" href=\"/library/", "rel=\"manifest\" href=\"/library/manifest.webmanifest\""]
    {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("name=\"theme-color\"").count(), 2);
}

#[test]
fn a_library_may_bring_its_own_icon() {
    let site = library().file("content/favicon.ico", "mine").page("content/p.md", "P", "", "[x](favicon.ico)\n");
    site.run(&["build"]).clean();
    assert_eq!(site.built("favicon.ico"), "mine");
}
