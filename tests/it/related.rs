//! What is like what: by shared terms and pages, and by the words of title, summary, headings and links.

use crate::site::Site;

const COUNCILS: &str = "id,label\nbolton,Bolton\nleeds,Leeds\nluton,Luton\nyork,York\n";
const THEMES: &str =
    "- {id: mentoring, label: Mentoring}\n- {id: housing, label: Housing}\n- {id: health, label: Health}\n";

fn library() -> Site {
    Site::new().file("content/_data/councils.csv", COUNCILS).file("content/_data/themes.yaml", THEMES)
}

fn study(site: Site, name: &str, council: &str, themes: &str, body: &str) -> Site {
    let front = format!("councils: [{council}]\nthemes: [{themes}]\n");
    site.page(&format!("content/case-studies/{name}.md"), name, &front, body)
}

/// The addresses that a section of a built page names, in its order.
fn named(site: &Site, page: &str, section: &str) -> Vec<String> {
    let html = site.built(&format!("{page}/index.html"));
    let Some((_, rest)) = html.split_once(&format!("<section class=\"{section}\">")) else { return Vec::new() };
    let rest = rest.split_once("</section>").unwrap().0;
    let links = rest.split("<p class=\"entry-title\"><a href=\"").skip(1);
    links.map(|link| link.split_once('"').unwrap().0.trim_matches('/').to_owned()).collect()
}

#[test]
fn another_council_stands_before_the_same_one() {
    let site = library();
    let site = study(site, "luton-a", "luton", "mentoring", "Volunteers meet teenagers weekly.\n");
    let site = study(site, "luton-b", "luton", "mentoring", "Volunteers meet teenagers weekly.\n");
    let site = study(site, "york-a", "york", "mentoring", "Something else entirely.\n");
    let site = study(site, "leeds-a", "leeds", "housing", "Flats and tenancies.\n");
    site.run(&["build"]).clean();
    assert_eq!(named(&site, "case-studies/luton-a", "similar"), ["case-studies/york-a", "case-studies/luton-b"]);
    assert!(site.built("case-studies/luton-a/index.html").contains("<h2>Councils doing similar things</h2>"));
}

#[test]
fn words_of_summaries_and_headings_bring_pages_together_and_nothing_shared_does_not() {
    let filler = ["bread", "castle", "garden", "harbour", "lantern", "meadow"];
    let site = filler.iter().fold(library(), |site, word| {
        site.page(&format!("content/guides/{word}.md"), &format!("Our {word}"), "", &format!("Only {word} matters.\n"))
    });
    let site = site.page("content/guides/p.md", "Pottery", "", "## Glazing stoneware in kilns\n\nWords.\n").page(
        "content/guides/q.md",
        "Kilns",
        "",
        "Words.\n\n## Stoneware needs glazes\n\nWords.\n",
    );
    site.run(&["build"]).clean();
    assert_eq!(named(&site, "guides/p", "similar"), ["guides/q"]);
    assert_eq!(named(&site, "guides/bread", "similar"), Vec::<String>::new());
}

#[test]
fn an_edit_of_a_paragraph_changes_no_other_page() {
    let filler = ["bread", "castle", "garden", "harbour", "lantern", "meadow"];
    let site = filler.iter().fold(library(), |site, word| {
        site.page(&format!("content/guides/{word}.md"), &format!("Our {word}"), "themes: [health]\n", "Words.\n")
    });
    let pages = || filler.map(|word| site.built(&format!("guides/{word}/index.html")));
    site.run(&["build"]).clean();
    let before = pages();
    let text = "---\ntitle: Our bread\nsummary: About Our bread.\nthemes: [health]\n---\n\nCastle, castle, meadow.\n";
    site.write("content/guides/bread.md", text);
    site.run(&["build"]).clean();
    let after = pages();
    assert_ne!(before.first(), after.first());
    assert_eq!(before.get(1..), after.get(1..));
}

#[test]
fn other_kinds_are_named_apart_and_at_most_four_and_six() {
    let site = (0..9).fold(library(), |site, n| {
        let site = study(site, &format!("s{n}"), "luton", "mentoring", "Text.\n");
        site.page(&format!("content/guides/g{n}.md"), &format!("Guide {n}"), "themes: [mentoring]\n", "Text.\n")
    });
    let site = site.page("content/guides/x.md", "X", "themes: [health]\n", "Other.\n");
    site.run(&["build"]).clean();
    let (similar, related) = (named(&site, "guides/g0", "similar"), named(&site, "guides/g0", "related"));
    assert_eq!((similar.len(), related.len()), (6, 4));
    assert!(similar.iter().all(|page| page.starts_with("guides/g") && page != "guides/g0"), "{similar:?}");
    assert!(related.iter().all(|page| page.starts_with("case-studies/")), "{related:?}");
    assert!(named(&site, "guides/x", "similar").is_empty());
}

#[test]
fn what_nobody_should_find_is_not_named() {
    let page = |site: Site, name: &str, more: &str| {
        site.page(&format!("content/guides/{name}.md"), name, &format!("themes: [mentoring]\n{more}"), "Stoneware.\n")
    };
    let site = library().file("casebook.yaml", format!("{}languages: [en, cy]\n", crate::site::SETTINGS));
    let site = page(page(page(site, "a", ""), "a.cy", ""), "b", "");
    let site = page(page(page(site, "withdrawn", "status: withdrawn\n"), "draft", "status: draft\n"), "b.cy", "");
    let site = page(site, "later", "embargo: 2999-01-01T09:00\n");
    let site = site.page("content/guides/x.md", "X", "themes: [health]\n", "Other.\n");
    let site = site.page("content/about.md", "About", "themes: [mentoring]\n", "Stoneware.\n");
    site.run(&["build"]).clean();
    assert_eq!(named(&site, "guides/a", "similar"), ["guides/b"]);
    assert_eq!(named(&site, "guides/a", "related"), Vec::<String>::new());
    assert_eq!(named(&site, "cy/guides/a", "similar"), ["cy/guides/b"]);
    assert_eq!(named(&site, "about", "similar"), Vec::<String>::new());
}

#[test]
fn a_page_of_which_very_many_are_alike_still_has_its_nearest() {
    let site = (0..260).fold(library(), |site, n| {
        site.page(&format!("content/guides/g{n:03}.md"), &format!("Guide {n}"), "themes: [mentoring]\n", "Text.\n")
    });
    let site = site
        .page("content/guides/p.md", "Pottery", "themes: [mentoring]\n", "## Glazing stoneware\n\nText.\n")
        .page("content/guides/q.md", "Kilns", "themes: [mentoring]\n", "## Stoneware glazes\n\nText.\n")
        .page("content/guides/x.md", "X", "themes: [health]\n", "Other.\n");
    site.run(&["build"]).clean();
    assert_eq!(named(&site, "guides/p", "similar").first().map(String::as_str), Some("guides/q"));
    assert_eq!(named(&site, "guides/g000", "similar").len(), 6);
}

/// Pairs of the real library where the reason is plain.
const JUDGED: [(&str, &str, &str, &str); 9] = [
    ("case-studies/bolton-lase-and-quest", "similar", "case-studies/newcastle-jobs-and-set-visit", "both about jobs"),
    ("case-studies/newcastle-jobs-and-set-visit", "similar", "case-studies/bolton-lase-and-quest", "both about jobs"),
    (
        "case-studies/central-bedfordshire-teenage-adoption-panel",
        "similar",
        "case-studies/south-gloucestershire-us-in-care",
        "young people are heard in both",
    ),
    (
        "case-studies/central-bedfordshire-teenage-adoption-panel",
        "similar",
        "case-studies/trafford-foster-carers-charter",
        "new families for children",
    ),
    ("case-studies/lambeth-wriggle-and-roar", "related", "guides/virtual-school-heads", "both about education"),
    (
        "case-studies/trafford-foster-carers-charter",
        "related",
        "guides/recruiting-foster-carers-and-adopters",
        "fostering",
    ),
    ("case-studies/east-sussex-panel", "related", "guides/a-strong-board", "panels and boards"),
    ("case-studies/south-gloucestershire-us-in-care", "related", "guides/the-voice-of-children", "being heard"),
    ("packs/care-leavers-week-2027", "related", "events/care-leavers-week-2027", "its own week"),
];

#[test]
fn the_real_library_is_judged_right_where_the_reason_is_plain() {
    let site = Site::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in crate::site::files(&root.join("content")) {
        site.write(&format!("content/{path}"), bytes);
    }
    site.write("casebook.yaml", std::fs::read(root.join("casebook.yaml")).unwrap());
    site.run(&["build", "--no-downloads", "--now", "2026-11-22"]).clean();
    for (page, section, wanted, why) in JUDGED {
        let found = named(&site, page, section);
        let near = if section == "similar" { 2 } else { 3 };
        assert!(found.iter().take(near).any(|other| other == wanted), "{page} and {wanted}, {why}: {found:?}");
    }
    for study in std::fs::read_dir(root.join("content/case-studies")).unwrap() {
        let name = study.unwrap().file_name().into_string().unwrap();
        let page = format!("case-studies/{}", name.trim_end_matches(".md"));
        assert!(!named(&site, &page, "similar").is_empty(), "{page} is like nothing");
        assert!(!named(&site, &page, "related").is_empty(), "{page} leads nowhere");
    }
}
