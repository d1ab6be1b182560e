//! Addresses that stay while years pass.

use crate::site::Site;

/// Where the page at an old address leads.
fn leads(site: &Site, address: &str) -> Option<String> {
    let path = format!("{address}/index.html");
    let page = site.has(&path).then(|| site.built(&path))?;
    assert!(page.contains("noindex"), "{address} is no page that leads on");
    Some(page.split_once("url=").unwrap().1.split('"').next().unwrap().to_owned())
}

/// A pack of each of these years with more front matter.
fn packs(years: &[(u16, &str)]) -> Site {
    years.iter().fold(Site::new(), |site, (year, front)| {
        let path = format!("content/packs/week-{year}.md");
        site.page(&path, &format!("Week {year}"), &format!("year: {year}\n{front}"), "Text.\n")
    })
}

#[test]
fn it_leads_to_the_newest_year_of_any_kind() {
    let site = packs(&[(2026, ""), (2027, ""), (2012, "status: archived\n")]).page(
        "content/events/day-2026.md",
        "Day",
        "start: 2026-10-25\n",
        "Text.\n",
    );
    site.run(&["build", "--strict", "--base-url", "https://example.org/library/"]).clean();
    assert_eq!(leads(&site, "packs/week").as_deref(), Some("/library/packs/week-2027/"));
    assert_eq!(leads(&site, "events/day").as_deref(), Some("/library/events/day-2026/"));
    for list in ["sitemap.xml", "catalogue.json", "packs/index.html"].map(|list| site.built(list)) {
        assert!(!list.contains("packs/week/"), "{list}");
    }
}

#[test]
fn it_leads_to_no_year_that_is_hidden_or_withdrawn() {
    let site = packs(&[(2026, ""), (2027, "embargo: 2027-10-18T00:01\n"), (2028, "status: withdrawn\n")]);
    site.run(&["build", "--now", "2027-10-18T00:00"]).clean();
    assert_eq!(leads(&site, "packs/week").as_deref(), Some("/packs/week-2026/"));
    site.run(&["build", "--now", "2027-10-18T00:01"]).clean();
    assert_eq!(leads(&site, "packs/week").as_deref(), Some("/packs/week-2027/"));
    let first = packs(&[(2027, "embargo: 2027-10-18T00:01\n")]);
    first.run(&["build", "--now", "2027-10-18T00:00"]).clean();
    assert!(!first.has("packs/week"));
}

#[test]
fn a_page_or_an_old_address_of_one_comes_first_and_a_year_must_be_the_entrys_own() {
    let site = packs(&[(2026, ""), (2027, "")])
        .page("content/packs/week.md", "All weeks", "", "Text.\n")
        .page("content/packs/other-2026.md", "Other", "year: 2025\n", "Text.\n")
        .page("content/packs/day-2025.md", "Day", "year: 2025\n", "Text.\n")
        .page("content/packs/day-2026.md", "Day", "year: 2026\n", "Text.\n")
        .page("content/guides/a.md", "A", "aliases: [/packs/day/]\n", "Text.\n");
    site.run(&["build", "--strict"]).clean();
    assert!(site.built("packs/week/index.html").contains("<h1>All weeks</h1>"));
    assert_eq!(leads(&site, "packs/day").as_deref(), Some("/guides/a/"));
    assert!(!site.has("packs/other"));
}

#[test]
fn links_to_it_hold_and_one_before_its_time_is_told_of() {
    let site = packs(&[(2027, "embargo: 2027-10-18T00:01\n")])
        .page("content/guides/a.md", "A", "", "See [the pack](/packs/week/#posts).\n")
        .page("content/guides/b.md", "B", "status: draft\n", "See [the pack](../packs/week/).\n");
    let before = site.run(&["check", "--now", "2027-10-18T00:00"]).stderr();
    assert!(before.contains("content/guides/a.md:6:16: error[CB0409") && !before.contains("guides/b.md"), "{before}");
    site.run(&["build", "--now", "2027-10-18T00:01", "--strict"]).clean();
    assert!(site.built("guides/a/index.html").contains("href=\"/packs/week/#posts\""));
}

#[test]
fn a_template_knows_the_other_years_and_the_address_of_them_all() {
    let template =
        "{{ page.lasting }}|{% for other in page.years %}{{ other.year }} {{ other.entry.url }};{% endfor %}";
    let site = packs(&[(2025, ""), (2026, ""), (2027, "")])
        .file("themes/mine/theme.yaml", "name: mine\nextends: civic\n")
        .file("themes/mine/templates/pack.html", template)
        .file("casebook.yaml", format!("{}theme: mine\n", crate::site::SETTINGS));
    site.run(&["build"]).clean();
    let built = site.built("packs/week-2026/index.html");
    assert_eq!(built.trim(), "/packs/week/|2027 /packs/week-2027/;2025 /packs/week-2025/;");
}

#[test]
fn a_language_has_its_own() {
    let site = packs(&[(2026, ""), (2027, "")])
        .file("casebook.yaml", format!("{}languages: [en, cy]\n", crate::site::SETTINGS))
        .page("content/packs/week-2026.cy.md", "Wythnos", "year: 2026\n", "Testun.\n");
    site.run(&["build"]).clean();
    assert_eq!(leads(&site, "cy/packs/week").as_deref(), Some("/cy/packs/week-2026/"));
}
