//! Themes that extend others: the smallest change is a small file.

use crate::site::{SETTINGS, Site, files};
use std::path::Path;

/// The published library in a theme of the fixtures.
fn published_in(theme: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/themes").join(theme);
    let own = files(&folder).into_iter();
    own.fold(Site::published_in(theme), |site, (path, bytes)| site.file(&format!("themes/{theme}/{path}"), bytes))
}

/// A library in the theme `own`, which extends `parent` and has no more than a name.
fn extending(parent: &str) -> Site {
    Site::new()
        .file("casebook.yaml", format!("{SETTINGS}theme: own\n"))
        .file("themes/own/theme.yaml", format!("name: own\nextends: {parent}\n"))
}

/// The bytes of the style sheet whose name starts like this.
fn sheet(site: &Site, start: &str) -> String {
    let sheets = site.site();
    let of_name = |path: &String| path.starts_with(start) && path.ends_with(".css");
    let path = sheets.keys().find(|path| of_name(path)).unwrap();
    String::from_utf8(sheets[path].clone()).unwrap()
}

#[test]
fn the_published_library_is_built_in_a_tiny_theme_that_changes_civic() {
    let site = published_in("harbour");
    let tip = "---\ntitle: Tips\nsummary: A tip.\n---\n\n```tip\ntext: Ask the young people first.\n```\n";
    site.write("content/tips.md", tip);
    site.run(&["build", "--strict"]).clean();

    // A block of the parent's template of the same name, around what the parent has in it.
    let about = site.built("about/index.html");
    let (notice, crumbs) = (about.find("This library is on trial."), about.find("class=\"crumbs"));
    assert!(notice.is_some() && notice < crumbs, "{about}");
    assert!(about.contains("<main id=\"main_content\""));
    // A part in the place of the parent's, in templates that the child has not touched.
    assert!(
        about.contains("Good practice in corporate parenting, kept at the harbour")
            && !about.contains("<nav aria-label=\"About this site\"")
    );
    // A template two parents up, through the child's own `base.html`.
    let study = site.built("case-studies/luton-mentoring/index.html");
    assert!(study.contains("<span>Told by the council itself</span>") && study.contains("At a glance"));
    assert!(study.contains("This library is on trial."));
    // One word, and all the others.
    assert!(about.contains(">Look it up</button>") && about.contains("Search this library"));
    // A component of its own.
    assert!(site.built("tips/index.html").contains("<aside class=\"panel tip\"><p>Ask the young people first."));
    // The colours that it changes stand after those that it does not.
    let tokens = sheet(&site, "assets/css/tokens.");
    assert!(tokens.contains("--focus:#ffb000"), "{tokens}");
    assert!(tokens.rfind("--action:light-dark(#4a2a7a").unwrap() > tokens.find("--action:light-dark(#0a5260").unwrap());
    // The parent's style sheet takes the child's part, which takes the parent's.
    let styles = sheet(&site, "assets/css/site.");
    assert!(styles.contains(".entry-title{font-size:var(--heading)}") && styles.contains(".entry-line{"), "{styles}");
    assert!(!site.site().keys().any(|path| path.contains("civic")), "the parent's sheets are not served");
}

#[test]
fn what_a_theme_does_not_say_is_its_parents_at_any_depth() {
    let site = extending("middle")
        .file("themes/middle/theme.yaml", "name: middle\nextends: civic\n")
        .file(
            "themes/middle/templates/base.html",
            "{% extends \"civic/base.html\" %}\n{% block crumbs %}<p>middle</p>{% endblock crumbs %}\n",
        )
        .file("themes/middle/i18n/en.yaml", "skip: Jump\nsearch: {button: Find}\n")
        .file(
            "themes/own/templates/base.html",
            "{% extends \"middle/base.html\" %}\n{% block search %}<p>own</p>{% endblock search %}\n",
        )
        .file("themes/own/i18n/en.yaml", "skip: Hop\n")
        .page("content/guides/a.md", "A", "themes: [mentoring]\n", "Text.\n");
    site.run(&["build", "--strict"]).clean();
    let page = site.built("guides/a/index.html");
    for part in ["<p>own</p>", "<p>middle</p>", ">Hop</a>", "class=\"site-footer\""] {
        assert!(page.contains(part), "{part} is missing from {page}");
    }
    assert!(site.built("search/index.html").contains(">Find</button>"));
}

#[test]
fn one_component_of_a_template_can_be_replaced_by_its_name() {
    let prose =
        "{% component prose(html) -%}<div class=\"own-prose\">{{ html | safe }}</div>{%- endcomponent prose %}\n";
    let site = extending("civic").file("themes/own/templates/own.html", prose).page("content/a.md", "A", "", "Text.\n");
    site.run(&["build", "--strict"]).clean();
    assert!(site.built("a/index.html").contains("<div class=\"own-prose\"><p>Text.</p>"));
}

#[test]
fn fields_of_every_kind_and_taxonomies_are_joined_by_name() {
    let every = "fields:\n  - {name: summary, required: false}\n  - {name: ward, type: choice, facet: wards, label: {en: Ward}, options: [{id: north, label: {en: North}}]}\n";
    let manifest = "name: own\nextends: civic\ntaxonomies:\n  - {name: wards, label: {en: Ward}, plural: {en: Wards}, path: wards, order: 5}\n  - {name: themes, label: {en: Subject}, plural: {en: Subjects}, path: subjects, order: 10}\n";
    let site =
        extending("civic").file("themes/own/theme.yaml", manifest).file("themes/own/kinds/_every.yaml", every).file(
            "content/guides/a.md",
            "---\ntitle: A\nthemes: [mentoring]\nward: north\naudience: [officer]\n---\n\nText.\n",
        );
    site.run(&["build", "--strict"]).clean();
    assert!(site.has("wards/north/index.html") && site.has("subjects/mentoring/index.html"));
    assert!(site.has("audience/officer/index.html") && !site.has("themes/index.html"));
    // The label and help of a field that the child only loosens are still those of the parent.
    let kinds = site.run(&["kinds", "guide"]).clean().stdout();
    assert!(kinds.contains("`summary` (text, at most 200 characters): One or two"), "{kinds}");
    assert!(kinds.contains("`ward`"), "{kinds}");
}

#[test]
fn a_kind_of_the_child_takes_the_place_of_its_parents() {
    let kind = "name: guide\nfolder: advice\nlabel: {en: Advice}\nplural: {en: Advice}\ntemplate: page.html\n";
    let site =
        extending("civic").file("themes/own/kinds/guide.yaml", kind).page("content/advice/a.md", "A", "", "Text.\n");
    site.run(&["build", "--strict"]).clean();
    assert!(site.has("advice/a/index.html"));
    assert!(!site.run(&["kinds", "guide"]).clean().stdout().contains("questions"));
}
