//! A build that finds what the last one found has nothing to do, and says the same all the same.

use crate::site::{Ran, SETTINGS, Site};
use std::{collections::BTreeMap, fs, path::Path, time::SystemTime};

const NOW: &str = "2027-10-25T08:00";

fn library() -> Site {
    Site::new()
        .page("content/guides/a.md", "A", "", "See [b](b.md) and ![a dot](dot.svg).\n")
        .page("content/guides/b.md", "B", "", "## Nothing here\n\n## Something\n\nWords.\n")
        .page("content/guides/later.md", "Later", "embargo: 2027-10-25T09:00\n", "Soon.\n")
        .file("content/guides/dot.svg", DOT)
}

const DOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><circle r=\"4\"/></svg>";

fn build(site: &Site, now: &str, more: &[&str]) -> Ran {
    site.run(&[&["build", "--no-downloads", "-v", "--now", now], more].concat())
}

/// True where pages were made: the stage has its time.
fn rendered(ran: &Ran) -> bool {
    format!("{}{}", ran.stdout(), ran.stderr()).contains("render ")
}

/// What was said, but for how long it took.
fn said(ran: &Ran) -> String {
    let text = format!("{}{}", ran.stderr(), ran.stdout());
    let is_timed = |line: &&str| line.ends_with(" s") || line.starts_with("Built ");
    text.lines().filter(|line| !is_timed(line)).collect()
}

fn times(site: &Site) -> BTreeMap<String, SystemTime> {
    let root = site.root().join("public");
    let time = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
    site.site().into_keys().map(|path| (path.clone(), time(&root.join(&path)))).collect()
}

#[test]
fn nothing_is_made_or_touched_where_nothing_has_changed_and_warnings_come_again() {
    let site = library();
    let first = build(&site, NOW, &[]).clean();
    let (before, made) = (times(&site), site.site());
    let second = build(&site, NOW, &[]).clean();
    assert!(rendered(&first) && !rendered(&second), "{}", second.stdout());
    assert!(second.stdout().contains("0 written") && second.stdout().contains("from 2 pages"), "{}", second.stdout());
    assert!(said(&first).contains("Nothing here"), "{}", said(&first));
    assert_eq!(said(&first), said(&second));
    assert_eq!((times(&site), site.site()), (before, made));
    let strict = build(&site, NOW, &["--strict"]);
    assert_eq!(strict.code(), 1, "{}", strict.stderr());
    assert!(!rendered(&build(&site, NOW, &[]).clean()));
}

#[test]
fn whatever_goes_into_a_build_is_noticed() {
    type Change = (&'static str, fn(&Site));
    let changes: [Change; 9] = [
        ("a page", |site| site.write("content/guides/c.md", "---\ntitle: C\nsummary: About c.\n---\n\nWords.\n")),
        ("a word", |site| {
            let path = site.root().join("content/guides/a.md");
            let text = fs::read_to_string(&path).unwrap().replace("See", "Sea");
            fs::write(path, text).unwrap();
        }),
        ("a picture", |site| site.write("content/guides/dot.svg", DOT.replace("\"4\"", "\"3\""))),
        ("a file less", |site| fs::remove_file(site.root().join("content/guides/c.md")).unwrap()),
        ("a setting", |site| site.write("casebook.yaml", SETTINGS.replace("Test", "Toast"))),
        ("a term", |site| site.write("content/_data/themes.yaml", "- id: mentoring\n  label: Mentors\n")),
        ("a style", |site| site.write("themes/civic/static/css/_more.css", "p { color: inherit }\n")),
        ("a template", |site| site.write("themes/civic/templates/more.html", "<p>More</p>\n")),
        ("a place", |site| {
            let content = site.root().join("content/guides");
            fs::rename(content.join("b.md"), content.join("d.md")).unwrap();
            site.write("content/guides/a.md", "---\ntitle: A\nsummary: About a.\n---\n\n![a dot](dot.svg)\n");
        }),
    ];
    let site = library();
    build(&site, NOW, &[]).clean();
    for (what, change) in changes {
        change(&site);
        assert!(rendered(&build(&site, NOW, &[]).clean()), "{what}");
        assert!(!rendered(&build(&site, NOW, &[]).clean()), "again after {what}");
    }
    for options in [&["--drafts"][..], &["--base-url", "https://example.com/"]] {
        assert!(rendered(&build(&site, NOW, options).clean()), "{options:?}");
    }
}

#[test]
fn the_end_of_an_embargo_and_of_a_day_are_noticed() {
    let site = library();
    let is_there = || site.has("guides/later/index.html");
    build(&site, NOW, &[]).clean();
    assert!(!rendered(&build(&site, "2027-10-25T08:59", &[]).clean()) && !is_there());
    assert!(rendered(&build(&site, "2027-10-25T09:00", &[]).clean()) && is_there());
    assert!(!rendered(&build(&site, "2027-10-25T20:00", &[]).clean()) && is_there());
    assert!(rendered(&build(&site, "2027-10-25T08:00", &[]).clean()) && !is_there());
    assert!(rendered(&build(&site, "2027-10-26T08:00", &[]).clean()) && is_there());
}

#[test]
fn a_site_that_somebody_touched_is_put_right() {
    let site = library();
    let at = |path: &str| site.root().join("public").join(path);
    build(&site, NOW, &[]).clean();
    let made = site.site();
    let touch: [&dyn Fn(); 4] = [
        &|| fs::write(at("guides/a/index.html"), "spoilt").unwrap(),
        &|| fs::remove_file(at("guides/b/index.html")).unwrap(),
        &|| fs::write(at(".casebook.json"), "{}").unwrap(),
        &|| fs::remove_dir_all(at("guides")).unwrap(),
    ];
    for (index, touch) in touch.into_iter().enumerate() {
        touch();
        let again = build(&site, NOW, &[]);
        // Without the manifest nobody can tell whose the files are.
        if index == 2 {
            assert_eq!(again.code(), 2, "{}", again.stderr());
            fs::remove_dir_all(site.root().join("public")).unwrap();
            build(&site, NOW, &[]).clean();
        } else {
            assert!(rendered(&again.clean()), "{index}");
        }
        assert_eq!(site.site(), made, "{index}");
    }
    fs::write(at("mine.html"), "mine").unwrap();
    assert_ne!(build(&site, NOW, &[]).code(), 0);
}
