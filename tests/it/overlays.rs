//! Folders that are laid over `content/`.

use crate::site::Site;
use std::fs;
use tempfile::TempDir;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// A library whose pack lies in a folder outside it.
fn library() -> (Site, TempDir) {
    let private = TempDir::new().unwrap();
    let folder = private.path().join("packs/week");
    fs::create_dir_all(&folder).unwrap();
    let page = "---\ntitle: Week\nsummary: S.\n---\n\nSee [the guide](/guides/a.md) and ![a logo](logo.svg).\n";
    fs::write(folder.join("index.md"), page).unwrap();
    fs::write(folder.join("logo.svg"), SVG).unwrap();
    let way = format!("../{}", private.path().file_name().unwrap().to_str().unwrap());
    let settings =
        format!("{}repository: https://example.org/source\ncontent_overlays:\n  - {way}\n", crate::site::SETTINGS);
    let site = Site::new().file("casebook.yaml", settings).page(
        "content/guides/a.md",
        "A",
        "",
        "See [the pack](../packs/week/index.md).\n",
    );
    (site, private)
}

#[test]
fn pages_and_files_of_an_overlay_stand_as_if_they_were_in_content() {
    let (site, _private) = library();
    site.run(&["build", "--strict"]).clean();
    let pack = site.built("packs/week/index.html");
    assert!(pack.contains("href=\"/guides/a/\"") && pack.contains("src=\"/packs/week/logo.svg\""), "{pack}");
    assert!(site.built("guides/a/index.html").contains("href=\"/packs/week/\"") && site.has("packs/week/logo.svg"));
    assert!(site.built("packs/index.html").contains("/packs/week/") && site.index().contains("Week"));
}

#[test]
fn a_page_kept_elsewhere_has_no_link_to_change_it_here() {
    let (site, private) = library();
    site.run(&["build"]).clean();
    assert!(site.built("guides/a/index.html").contains("https://example.org/source/edit/"));
    assert!(!site.built("packs/week/index.html").contains("/edit/"));
    let name = private.path().file_name().unwrap().to_str().unwrap();
    for (path, bytes) in site.site() {
        assert!(!String::from_utf8_lossy(&bytes).contains(name), "{path} says where the folder lies");
    }
}

#[test]
fn a_fault_names_the_file_that_people_can_open() {
    let (site, private) = library();
    fs::write(private.path().join("packs/week/index.md"), "---\ntitle: Week\nsummary: S.\n---\n\n[x](y.md)\n").unwrap();
    let said = site.run(&["check"]).stderr();
    let name = private.path().file_name().unwrap().to_str().unwrap();
    assert!(said.contains(&format!("../{name}/packs/week/index.md:6:5: error[CB0401")), "{said}");
    assert!(said.contains("[x](y.md)"), "the line itself is shown: {said}");
    let due = site.run(&["upcoming", "--now", "2027-10-01"]);
    assert!(due.stderr().contains("1 error"));
    fs::write(private.path().join("packs/week/index.md"), "---\ntitle: W\nsummary: S.\nreview_by: 2027-10-02\n---\n")
        .unwrap();
    let due = site.run(&["upcoming", "--now", "2027-10-01"]).clean().stdout();
    assert!(due.contains(&format!("../{name}/packs/week/index.md:4")), "{due}");
}

#[test]
fn without_the_folder_nothing_is_built_unless_the_library_says_so() {
    let (site, private) = library();
    site.write("content/guides/a.md", "---\ntitle: A\nsummary: S.\n---\n\nText.\n");
    site.run(&["build"]).clean();
    fs::remove_dir_all(private.path()).unwrap();
    let refused = site.run(&["build"]);
    assert!(
        refused.code() == 1 && refused.stderr().contains("casebook.yaml:5:5: error[CB0609"),
        "{}",
        refused.stderr()
    );
    assert!(site.has("packs/week/index.html"));
    let settings = fs::read_to_string(site.root().join("casebook.yaml")).unwrap();
    site.write("casebook.yaml", settings + "levels: {missing-overlay: warning}\n");
    assert_eq!(site.run(&["build", "--strict"]).code(), 1);
    assert!(site.run(&["build"]).clean().stderr().contains("warning[CB0609"));
    assert!(!site.has("packs/week/index.html"));
}

#[test]
fn a_new_page_is_written_to_content_and_not_over_one_of_an_overlay() {
    let (site, private) = library();
    let taken = site.run(&["new", "pack", "Week", "--set", "summary=x"]);
    assert!(taken.code() == 2 && taken.stderr().contains("CB0601"), "{}", taken.stderr());
    assert!(!site.root().join("content/packs").exists());
    site.run(&["new", "pack", "Other", "--set", "summary=x"]).clean();
    assert!(site.root().join("content/packs/other.md").exists() && !private.path().join("packs/other.md").exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_an_overlay_leads_no_further_than_the_overlay() {
    let (site, private) = library();
    let secret = TempDir::new().unwrap();
    fs::write(secret.path().join("secret.md"), "---\ntitle: Secret\nsummary: x\n---\n").unwrap();
    std::os::unix::fs::symlink(secret.path(), private.path().join("packs/out")).unwrap();
    let said = site.run(&["build"]).clean().stderr();
    assert!(
        said.contains("CB0103") && said.contains("/packs/out") && !site.has("packs/out/secret/index.html"),
        "{said}"
    );
}
