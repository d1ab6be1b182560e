//! Symbolic links that lead where nobody should look.
#![cfg(unix)]

use crate::{
    embargo::bytes::everything,
    site::{SETTINGS, Site, program},
};
use std::{fs, os::unix::fs::symlink, path::Path};
use tempfile::TempDir;

/// A folder that is none of the library's, with a secret in every form.
fn secrets() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let page = "---\ntitle: Secret\nsummary: Secret.\n---\n\nSecret.\n";
    write("secret.md", page);
    write("secret.txt", "secret");
    write("secret.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><title>Secret</title></svg>");
    write("pages/a.md", page);
    write("pages/_data/themes.yaml", "- {id: secret, label: Secret}\n");
    write("theme/static/secret.txt", "secret");
    write("theme/static/css/_more.css", ".secret { color: red }\n");
    write("theme/templates/page.html", "secret");
    write("theme/kinds/page.yaml", "secret");
    write("themes/civic/static/secret.txt", "secret");
    write("themes/other/theme.yaml", "name: other\nextends: civic\n");
    write("themes/other/static/secret.txt", "secret");
    folder
}

fn library() -> Site {
    Site::new().page("content/guides/a.md", "A", "", "Words.\n")
}

#[test]
fn a_link_that_leads_out_is_not_followed_wherever_it_is() {
    let secrets = secrets();
    // Where the link is, what it leads to, and what it takes the place of.
    let links = [
        ("content/guides/s.md", "secret.md"),
        ("content/guides/s.txt", "secret.txt"),
        ("content/guides/s.svg", "secret.svg"),
        ("content/guides/pages", "pages"),
        ("content/guides", "pages"),
        ("content/_data/themes.yaml", "pages/_data/themes.yaml"),
        ("content/_data", "pages/_data"),
        ("content", "pages"),
        ("themes/civic/static/secret.txt", "secret.txt"),
        ("themes/civic/static/css", "theme/static/css"),
        ("themes/civic/templates/page.html", "theme/templates/page.html"),
        ("themes/civic/kinds", "theme/kinds"),
        ("themes/civic/static", "theme/static"),
        ("themes/civic", "theme"),
        ("themes", "themes"),
    ];
    for (at, to) in links {
        let site = library();
        let link = site.root().join(at);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&link);
        let _ = fs::remove_dir_all(&link);
        symlink(secrets.path().join(to), &link).unwrap();
        let ran = site.run(&["build"]);
        let said = ran.stderr();
        let named = if at == "themes" { "themes/civic" } else { at };
        let told = said.lines().find(|line| line.contains("warning[CB0103") && line.contains("leads out"));
        assert!(told.is_some_and(|line| line.starts_with(&format!("{named}:"))), "{at}: {said}");
        assert_eq!(ran.code(), 0, "{at}: {said}");
        let found =
            everything(&site).into_iter().find(|(path, text)| path.contains("secret") || text.contains("secret"));
        assert_eq!(found.map(|(path, _)| path), None, "{at}");
    }
}

#[test]
fn a_theme_that_is_a_link_out_of_the_library_is_no_theme() {
    let secrets = secrets();
    let site = library().file("casebook.yaml", format!("{}theme: other\n", crate::site::SETTINGS));
    fs::create_dir(site.root().join("themes")).unwrap();
    symlink(secrets.path().join("themes/other"), site.root().join("themes/other")).unwrap();
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 1);
    let said = ran.stderr();
    assert!(said.contains("no theme called “other”") && said.contains("themes/other: warning[CB0103"), "{said}");
    // The same as an ordinary folder, and as a link to one of the library's own.
    fs::remove_file(site.root().join("themes/other")).unwrap();
    site.write("themes/real/theme.yaml", "name: other\nextends: civic\n");
    site.write("themes/real/static/mine.txt", "mine");
    symlink("real", site.root().join("themes/other")).unwrap();
    site.run(&["build", "--strict"]).clean();
    assert!(site.site().values().any(|bytes| bytes == b"mine"));
}

#[test]
fn links_that_go_round_or_nowhere_are_told_of_and_passed_over() {
    let site = library().file("themes/civic/static/a.txt", "a");
    let at = |path: &str| site.root().join(path);
    symlink("..", at("content/guides/up")).unwrap();
    symlink(".", at("content/guides/here")).unwrap();
    symlink("itself", at("content/guides/itself")).unwrap();
    symlink("two", at("content/guides/one")).unwrap();
    symlink("one", at("content/guides/two")).unwrap();
    symlink("nothing", at("content/guides/none.md")).unwrap();
    symlink("..", at("themes/civic/static/up")).unwrap();
    let ran = site.run(&["build"]).clean();
    let said = ran.stderr();
    let names = ["up", "here", "itself", "one", "two", "none.md"].map(|name| format!("content/guides/{name}"));
    for name in names.iter().map(String::as_str).chain(["themes/civic/static/up"]) {
        assert!(said.contains(&format!("{name}: warning[CB0103 skipped-file]")), "{name}: {said}");
    }
    assert!(site.has("guides/a/index.html"));
}

#[test]
fn what_was_a_folder_and_became_a_link_is_not_read_again_by_the_preview() {
    // The preview reads a page that was written anew by its path alone.
    let (secrets, site) = (secrets(), library());
    let mut served = crate::trust::server::Served::start(site.root(), &[]);
    assert!(served.get("/guides/a/").1.contains("Words."));
    fs::remove_dir_all(site.root().join("content/guides")).unwrap();
    symlink(secrets.path().join("pages"), site.root().join("content/guides")).unwrap();
    let is_gone = |(status, text): (u16, String)| {
        assert!(!text.contains("Secret"), "{text}");
        status == 404
    };
    served.until("/guides/a/", is_gone);
}

#[test]
fn the_output_folder_is_never_a_link_nor_what_holds_something_else() {
    let other = TempDir::new().unwrap();
    let refused = |site: &Site, home: &Path| {
        let output = crate::site::program().arg("build").env("HOME", home).current_dir(site.root()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains("CB0801"), "{said}");
        said
    };
    let site = library();
    symlink(other.path(), site.root().join("public")).unwrap();
    assert!(refused(&site, other.path()).contains("symbolic link"));
    let site = library();
    symlink(other.path(), site.root().join(".public.casebook")).unwrap();
    assert!(refused(&site, other.path()).contains("symbolic link"));
    let site = library().file("public/ada/diary.txt", "mine");
    assert!(refused(&site, &site.root().join("public/ada")).contains("your home folder"));
    assert_eq!(site.built("ada/diary.txt"), "mine");
    // The library in what would be its own output.
    let site = Site::new();
    fs::create_dir(site.root().join("public")).unwrap();
    fs::rename(site.root().join("content"), site.root().join("public/content")).unwrap();
    symlink("public/content", site.root().join("content")).unwrap();
    assert!(refused(&site, other.path()).contains("did not make"));
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn an_overlay_in_the_library_that_is_a_link_out_of_it_is_not_followed() {
    let outside = tempfile::TempDir::new().unwrap();
    std::fs::write(outside.path().join("secret.md"), "---\ntitle: Secret\n---\n").unwrap();
    let site = Site::new().page("content/a.md", "A", "", "Text.");
    site.write("casebook.yaml", format!("{SETTINGS}content_overlays: [more]\n"));
    std::os::unix::fs::symlink(outside.path(), site.root().join("more")).unwrap();
    let ran = site.run(&["build"]);
    assert!(ran.stderr().contains("casebook.yaml:3:20: error[CB0609 missing-overlay]"), "{}", ran.stderr());
    assert!(!site.root().join("public/secret").exists());
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_of_ours_keeps_nobody_waiting() {
    for name in [".public.casebook/note", ".public.casebook/stamps", "public/.casebook.json"] {
        let site = Site::new().page("content/a.md", "A", "", "Text.");
        site.run(&["build"]).clean();
        let path = site.root().join(name);
        assert!(path.is_file(), "{name}");
        std::fs::remove_file(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let ended =
            program().arg("build").current_dir(site.root()).timeout(std::time::Duration::from_secs(60)).output();
        assert!(ended.unwrap().status.code().is_some(), "{name}");
    }
}

#[test]
fn a_link_in_the_place_of_a_file_of_ours_is_not_written_through() {
    let outside = tempfile::TempDir::new().unwrap();
    let theirs = outside.path().join("theirs");
    for name in ["note", "stamps"] {
        let site = Site::new().page("content/a.md", "A", "", "Text.");
        site.run(&["build"]).clean();
        fs::write(&theirs, "theirs").unwrap();
        let path = site.root().join(".public.casebook").join(name);
        fs::remove_file(&path).unwrap();
        symlink(&theirs, &path).unwrap();
        site.write("content/a.md", "---\ntitle: B\n---\n");
        site.run(&["build"]).clean();
        assert_eq!(fs::read_to_string(&theirs).unwrap(), "theirs", "{name}");
    }
}
