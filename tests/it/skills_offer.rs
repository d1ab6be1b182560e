//! Kinds are data: a kind that the program has never heard of, by one YAML file and one template.
//!
//! A council's scrutiny committee asked its members to complete a directory of the work opportunities in their wards.

use crate::site::Site;
use serde_json::{Value, json};

/// The library of the fixtures: a theme that extends civic by the kind, and two offers.
fn library() -> Site {
    Site::fixture("skills")
}

fn built() -> Site {
    let site = library();
    site.run(&["build", "--strict", "--now", "2027-05-01"]).clean();
    site
}

#[test]
fn it_takes_one_kind_file_one_template_and_no_rust() {
    let own: Vec<String> = crate::site::files(&library().root().join("themes")).into_keys().collect();
    assert_eq!(own, ["careers/kinds/skills-offer.yaml", "careers/templates/skills-offer.html", "careers/theme.yaml"]);
}

#[test]
fn an_offer_has_its_page_by_its_own_template() {
    let page = built().built("skills-offers/bicycle-workshop/index.html");
    for part in [
        "<h1>Bicycle workshop</h1>",
        "<dt>Ward</dt><dd><a href=\"/wards/northside/\">Northside</a>",
        "<dt>Hours a week</dt><dd>8</dd>",
        "<time datetime=\"2027-06-01\">1 June</time> to <time datetime=\"2027-08-31\">31 August 2027</time>",
        "Help to mend bicycles and serve in the shop.",
        "A bus stops outside.",
    ] {
        assert!(page.contains(part), "{part} is missing from {page}");
    }
}

#[test]
fn a_bad_value_is_a_fault_at_its_place() {
    let site = library().page(
        "content/skills-offers/bad.md",
        "Bad",
        "councils: [exampleshire]\nward: northsde\noffered_by: Member\nwhat: x\nhours: 80\nfrom: soon\nwages: 5\n",
        "",
    );
    let ran = site.run(&["check", "--format", "json"]);
    let faults: Vec<Value> = serde_json::from_str(&ran.stdout()).unwrap();
    let told = |code: &str| {
        let fault = faults.iter().find(|fault| fault["code"] == code).unwrap_or_else(|| panic!("{code}: {faults:?}"));
        assert_eq!(fault["path"], "content/skills-offers/bad.md");
        (fault["line"].as_u64().unwrap(), fault["column"].as_u64().unwrap())
    };
    assert_eq!(told("CB0304"), (5, 7));
    assert_eq!(told("CB0309"), (8, 8));
    assert_eq!(told("CB0301"), (10, 1));
    assert!(faults.iter().any(|fault| fault["line"] == 9), "{faults:?}");
    let missing = library().page("content/skills-offers/bad.md", "Bad", "", "").run(&["check"]).stderr();
    for field in ["ward", "offered_by", "what", "from"] {
        assert!(
            missing.contains(&format!("“{field}”")) || missing.contains(&format!("`{field}`")),
            "{field}: {missing}"
        );
    }
}

#[test]
fn offers_are_listed_and_in_the_indexes_of_their_facets() {
    let site = built();
    let list = site.built("skills-offers/index.html");
    assert!(list.contains("<h1>Offers of work experience</h1>"), "{list}");
    let (first, second) = (list.find("Bicycle workshop"), list.find("Parish archive"));
    assert!(first.is_some() && first < second, "by title, as its kind says");
    assert!(site.built("index.html").contains("href=\"/skills-offers/\""));
    let ward = site.built("wards/northside/index.html");
    assert!(ward.contains("Bicycle workshop") && !ward.contains("Parish archive"));
    assert!(site.built("wards/index.html").contains("Old Mill"));
    assert!(site.built("themes/work/index.html").contains("Parish archive"));
}

#[test]
fn the_list_of_offers_is_narrowed_down_by_ward() {
    let site = built();
    let narrowed = site.built("skills-offers/wards/northside/index.html");
    assert!(narrowed.contains("Bicycle workshop") && !narrowed.contains("Parish archive"), "{narrowed}");
    assert!(site.built("skills-offers/index.html").contains("href=\"/skills-offers/wards/northside/\""));
}

#[test]
fn offers_are_found_by_search_and_by_search_engines() {
    let site = built();
    let index = site.index();
    assert!(
        index.contains("Offer of work experience") && index.contains("/skills-offers/bicycle-workshop/"),
        "{index}"
    );
    let map = site.built("sitemap.xml");
    assert!(map.contains("<loc>https://example.org/skills-offers/parish-archive/</loc>"), "{map}");
}

#[test]
fn a_new_offer_is_made_and_passes_check() {
    let site = library();
    let set = [
        "summary=Mornings in a kitchen.",
        "councils=exampleshire",
        "ward=old-mill",
        "offered_by=Member for Old Mill",
        "what=Help in a kitchen.",
        "from=2027-09-06",
    ];
    let set: Vec<&str> = set.iter().flat_map(|pair| ["--set", pair]).collect();
    let made = site.run(&[&["new", "skills-offer", "School kitchen"], set.as_slice()].concat()).clean().stdout();
    assert!(made.contains("content/skills-offers/school-kitchen.md"), "{made}");
    site.run(&["check", "--strict"]).clean();
    let refused = site.run(&["new", "skills-offer", "Nothing"]);
    assert_eq!(refused.code(), 2);
    assert!(refused.stderr().contains("--set ward="), "{}", refused.stderr());
}

#[test]
fn the_reference_of_kinds_has_it() {
    let said = library().run(&["kinds", "skills-offer"]).clean().stdout();
    for part in [
        "## skills-offer",
        "- folder: `content/skills-offers/`",
        "- `ward` (reference to wards, required, in the index wards): The ward that the place of work is in.",
        "- `hours` (number)",
        "- `audience` (choice of councillor",
    ] {
        assert!(said.contains(part), "{part} is missing from {said}");
    }
    assert!(library().run(&["kinds"]).clean().stdout().contains("## skills-offer"));
}

#[test]
fn offers_are_data_in_the_catalogue_and_its_schema() {
    let site = built();
    let catalogue: Value = serde_json::from_str(&site.built("catalogue.json")).unwrap();
    assert_eq!(catalogue["kinds"][0]["name"], "skills-offer");
    let entries = catalogue["entries"].as_array().unwrap();
    let offer = entries.iter().find(|entry| entry["id"] == "skills-offers/bicycle-workshop").unwrap();
    let fields = &offer["fields"];
    assert_eq!(fields["ward"], json!({"id": "northside", "label": "Northside"}));
    assert_eq!((&fields["hours"], &fields["from"]), (&json!(8), &json!("2027-06-01")));

    let table = site.built("catalogue.csv");
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let column = reader.headers().unwrap().iter().position(|name| name == "offered_by").unwrap();
    let cells: Vec<String> = reader.records().map(|row| row.unwrap()[column].to_owned()).collect();
    assert_eq!(cells, ["Member for Northside", "Member for Old Mill"]);

    let schema: Value = serde_json::from_str(&site.built("catalogue.schema.json")).unwrap();
    let text = schema["$defs"]["kind.skills-offer"].to_string();
    for part in ["\"ward\"", "\"hours\"", "\"offered_by\"", "\"title\":\"Hours a week\""] {
        assert!(text.contains(part), "{part} is missing from {text}");
    }
}
