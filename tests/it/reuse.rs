//! The library as data for others: the catalogue, its table and its schema.

use crate::site::{SETTINGS, Site};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A kind with a field of every type that is none of the theme's.
const OFFER: &str = "name: offer\nfolder: offers\nlabel: Offer\nplural: Offers\ntemplate: page.html\norder: 15
fields:
  - {name: ward, type: text, label: Ward}
  - {name: places, type: number, label: Places}
  - {name: open, type: yes-no, label: Open}
  - {name: since, type: date, partial: true, label: Since}
  - {name: at, type: date-time, label: At}
  - {name: lines, type: text, many: true, label: Lines}
  - {name: size, type: choice, label: Size, options: [{id: big, label: Big}]}
  - {name: more, type: markdown, label: More}
  - {name: with, type: reference, to: page, many: true, label: With}
  - {name: paper, type: file, label: Paper}
  - name: span
    type: group
    label: Span
    fields: [{name: from, type: number}, {name: to, type: number}]
  - name: steps
    type: group
    many: true
    label: Steps
    fields: [{name: task, type: text}]
";

fn library() -> Site {
    Site::new()
        .file("themes/civic/kinds/offer.yaml", OFFER)
        .page("content/guides/g.md", "A guide", "published: 2026-01-02\n", "Text.\n")
        .page(
            "content/offers/a.md",
            "\"=HYPERLINK(1)\"",
            "themes: [mentoring]\nward: '@North; \"x\"'\nplaces: -3\nopen: yes\nsince: 2008-05\nat: 2026-07-01T09:30\n\
             lines: ['-1', a|b]\nsize: big\nmore: 'Some *words* <!-- not for you --> [here we say](/guides/g.md).'\n\
             with: [/guides/g.md]\npaper: plan.txt\nspan: {from: 1}\nsteps: [{task: Go}]\n",
            "Body.\n",
        )
        .file("content/offers/plan.txt", "x")
}

fn entry(site: &Site, id: &str) -> Value {
    let catalogue: Value = serde_json::from_str(&site.built("catalogue.json")).unwrap();
    catalogue["entries"].as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap().clone()
}

/// The rows of the table by their id, each by its columns.
fn table(site: &Site) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = site.built("catalogue.csv");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with("\r\n") && text.lines().all(|line| line.starts_with('"')));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    rows.into_iter().map(|row| (row["id"].clone(), row)).collect()
}

#[test]
fn the_catalogue_has_every_field_of_a_kind_that_no_code_knows() {
    let site = library();
    site.run(&["build", "--strict", "--now", "2027-01-01"]).clean();
    let page = "https://example.org/offers/a/";
    assert_eq!(
        entry(&site, "offers/a"),
        json!({
            "id": "offers/a", "url": page, "kind": "offer", "language": "en", "state": "current",
            "title": "=HYPERLINK(1)", "summary": "About \"=HYPERLINK(1)\".",
            "fields": {
                "themes": [{"id": "mentoring", "label": "Mentoring"}],
                "ward": "@North; \"x\"",
                "places": -3,
                "open": true,
                "since": "2008-05",
                "at": "2026-07-01T09:30:00+01:00",
                "lines": ["-1", "a|b"],
                "size": {"id": "big", "label": "Big"},
                "more": "Some words here we say.",
                "with": [{"id": "guides/g", "label": "A guide", "url": "https://example.org/guides/g/"}],
                "paper": {"url": "https://example.org/offers/plan.txt", "name": "plan.txt"},
                "span": {"from": 1},
                "steps": [{"task": "Go"}],
            },
        })
    );
    assert_eq!(entry(&site, "guides/g")["fields"], json!({"published": "2026-01-02"}));
    let catalogue: Value = serde_json::from_str(&site.built("catalogue.json")).unwrap();
    assert_eq!(catalogue["updated"], "2026-01-02");
    assert_eq!(catalogue["kinds"][0]["name"], "offer");
}

#[test]
fn the_table_is_safe_to_open_in_a_spreadsheet() {
    let site = library();
    site.run(&["build", "--now", "2027-01-01"]).clean();
    let rows = table(&site);
    let cell = |column: &str| rows["offers/a"][column].as_str();
    assert_eq!(cell("title"), "'=HYPERLINK(1)");
    assert_eq!(cell("ward"), "'@North; \"x\"");
    assert_eq!((cell("places"), cell("open"), cell("since")), ("-3", "true", "2008-05"));
    assert_eq!((cell("themes.id"), cell("themes.label")), ("mentoring", "Mentoring"));
    assert_eq!(cell("lines"), r#"["-1","a|b"]"#);
    assert_eq!(cell("steps"), r#"[{"task":"Go"}]"#);
    assert_eq!((cell("span.from"), cell("span.to")), ("1", ""));
    assert_eq!((cell("with.id"), cell("paper.url")), ("guides/g", "https://example.org/offers/plan.txt"));
    // A field of the theme's own has the name of a column that each entry has.
    assert!(rows["offers/a"].contains_key("url") && rows["offers/a"].contains_key("fields.url"));
    assert_eq!(rows["guides/g"]["places"], "");
}

#[test]
fn the_schema_describes_the_kinds() {
    let site = library();
    site.run(&["build", "--now", "2027-01-01"]).clean();
    let schema: Value = serde_json::from_str(&site.built("catalogue.schema.json")).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["$id"], "https://example.org/catalogue.schema.json");
    let offer = &schema["$defs"]["kind.offer"];
    assert_eq!(offer["properties"]["kind"], json!({"const": "offer"}));
    let fields = &offer["properties"]["fields"]["properties"];
    assert_eq!(fields["places"], json!({"type": "number", "title": "Places"}));
    assert_eq!(fields["themes"]["items"], json!({"$ref": "#/$defs/term"}));
    assert_eq!(fields["size"]["properties"]["id"], json!({"enum": ["big"]}));
    assert_eq!(fields["steps"]["items"]["properties"]["task"]["type"], "string");
    let catalogue: Value = serde_json::from_str(&site.built("catalogue.json")).unwrap();
    assert_eq!(catalogue["$schema"], schema["$id"]);
}

#[test]
fn only_what_lists_name_is_in_the_catalogue() {
    let site = Site::new()
        .file("casebook.yaml", format!("{SETTINGS}languages: [en, cy]\n"))
        .page("content/index.md", "Home", "", "Text.\n")
        .page("content/guides/index.md", "Above the list", "", "Text.\n")
        .page("content/guides/a.md", "A", "", "See [b](/guides/b.md).\n")
        .page("content/guides/a.cy.md", "Canllaw", "", "Testun.\n")
        .page("content/guides/b.md", "B", "status: archived\n", "Text.\n")
        .page("content/guides/c.md", "Zyxel", "status: withdrawn\n", "Text.\n")
        .page("content/guides/d.md", "Zyxel", "status: draft\n", "Text.\n")
        .page("content/guides/e.md", "Zyxel", "embargo: 2999-01-01T00:01\n", "Text.\n");
    site.run(&["build"]).clean();
    for file in ["catalogue.json", "catalogue.csv", "catalogue.schema.json"] {
        assert!(!site.built(file).contains("Zyxel"), "{file}");
    }
    let catalogue: Value = serde_json::from_str(&site.built("catalogue.json")).unwrap();
    let listed: Vec<_> = catalogue["entries"].as_array().unwrap().iter().map(|entry| &entry["title"]).collect();
    assert_eq!(listed, ["A", "B", "Canllaw"]);
    assert_eq!(entry(&site, "guides/b")["state"], "archived");
}
