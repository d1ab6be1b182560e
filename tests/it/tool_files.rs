//! Files for tools and hosts: whether they are up to date, and where the program comes from that they run.

use crate::site::{Ran, Site, program};
use std::{fs, path::Path};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn library() -> Site {
    Site::new().file("casebook.yaml", "title: Test\nbase_url: https://example.org/\n")
}

#[test]
fn what_this_repository_carries_is_up_to_date() {
    let check = ["editors", "github", "--program", ".", "--check", "--root", ROOT];
    let ran = Ran::of(program().args(check).output().unwrap());
    assert_eq!(
        ran.code(),
        0,
        "run `cargo run --release -- editors github --force --program .`:\n{}{}",
        ran.stdout(),
        ran.stderr()
    );
}

#[test]
fn nothing_is_written_where_no_host_would_read_it() {
    let site = library().file("docs/lib/casebook.yaml", "title: Test\nbase_url: https://example.org/\n");
    crate::changed::git(&site, &["init", "-q"]);
    let before = crate::site::files(site.root());
    let lib = site.root().join("docs/lib");
    for host in ["github", "gitlab"] {
        let editors = ["editors", host, "--root", lib.to_str().unwrap()];
        let ran = Ran::of(program().args(editors).output().unwrap());
        assert_eq!(ran.code(), 2, "{}", ran.stderr());
        assert!(ran.stderr().contains("this library lies in its folder docs/lib."), "{}", ran.stderr());
    }
    assert_eq!(crate::site::files(site.root()), before);
    site.run(&["editors", "github"]).clean();
}

#[test]
fn files_that_are_not_up_to_date_are_named_and_stay_as_they_are() {
    for (make, stale, missing) in [
        (&["editors", "github"][..], ".github/workflows/casebook-check.yml", ".github/ISSUE_TEMPLATE/guide.yml"),
        (&["editors", "gitlab"], ".gitlab-ci.yml", ".gitlab/issue_templates/guide.md"),
        (&["schema"], ".vscode/schemas/guide.schema.json", ".vscode/casebook.code-snippets"),
        (&["schema", "--output", "own"], "own/guide.schema.json", "own/pack.schema.json"),
    ] {
        let site = library();
        let check = [make, &["--check"]].concat();
        let none = site.run(&check);
        assert_eq!((none.code(), site.root().join(missing).exists()), (1, false), "{make:?}: {}", none.stderr());
        assert!(none.stdout().contains(&format!("Missing: {missing}\n")), "{make:?}: {}", none.stdout());
        site.run(make).clean();
        assert_eq!(site.run(&check).clean().stdout(), "All files are up to date.\n");
        // A file that somebody wrote himself is no more up to date than one that is old.
        site.write(stale, "mine: true\n");
        fs::remove_file(site.root().join(missing)).unwrap();
        let before = crate::site::files(site.root());
        let ran = site.run(&[&check[..], &["--quiet"]].concat());
        assert_eq!((ran.code(), ran.stdout().lines().count()), (1, 2), "{make:?}: {}", ran.stdout());
        let told = site.run(&check).stdout();
        let command = match make {
            ["editors", host] => format!("casebook editors {host} --force"),
            _ => format!("casebook {}", make.join(" ")),
        };
        for expected in [
            format!("Not up to date: {stale}\n"),
            format!("Missing: {missing}\n"),
            format!("`{command}` brings them up to date.\n"),
        ] {
            assert!(told.contains(&expected), "{make:?}: {expected} in {told}");
        }
        assert_eq!(crate::site::files(site.root()), before, "{make:?}: something was written");
    }
    assert_eq!(library().run(&["editors", "github", "--check", "--force"]).code(), 2);
}

#[test]
fn settings_of_vs_code_with_more_in_them_are_up_to_date() {
    let site = library().file(".vscode/settings.json", "{\"editor.fontSize\": 20}\n");
    site.run(&["schema"]).clean();
    assert_eq!(site.run(&["schema", "--check"]).code(), 0);
    site.write(".vscode/settings.json", "{\"editor.fontSize\": 20}\n");
    assert_eq!(site.run(&["schema", "--check"]).stdout().lines().next(), Some("Not up to date: .vscode/settings.json"));
}

#[test]
fn a_host_runs_the_program_that_lies_beside_the_library() {
    let manifest = "[package]\nname = \"casebook\"\nversion = \"0.1.0\"\n";
    for (given, name, before) in
        [(".", ".", ""), ("./", ".", ""), ("./vendor/casebook/", "vendor/casebook", "vendor/casebook/")]
    {
        let site = library().file(&format!("{name}/Cargo.toml"), manifest);
        site.run(&["editors", "github", "--program", given]).clean();
        for workflow in ["check", "issue", "publish"] {
            let text =
                fs::read_to_string(site.root().join(format!(".github/workflows/casebook-{workflow}.yml"))).unwrap();
            let again = format!("`casebook editors github --force --program {name}`");
            let installed = format!("        run: |\n          cargo install --locked --path {name}\n");
            for expected in [again, installed, format!("hashFiles('{before}Cargo.*', ")] {
                assert!(text.contains(&expected), "{workflow}: {expected} in\n{text}");
            }
            assert!(!text.contains("CASEBOOK_"), "{workflow}: it fetches something as well\n{text}");
        }
        // What compiles it otherwise is not what it is kept for.
        assert_eq!(site.run(&["editors", "github", "--check"]).code(), 1);
        assert_eq!(site.run(&["editors", "github", "--check", "--program", name]).code(), 0);
    }
    let site = library().file("other/Cargo.toml", "[package]\nname = \"other\"\n").file("it's/Cargo.toml", manifest);
    fs::create_dir_all(site.root().join("inner")).unwrap();
    fs::write(site.root().join("inner/Cargo.toml"), manifest).unwrap();
    for (host, folder) in [
        ("github", "other"),
        ("github", "none"),
        ("github", ""),
        ("github", "it's"),
        ("github", "other/../inner"),
        ("github", "/inner"),
        ("gitlab", "inner"),
    ] {
        let ran = site.run(&["editors", host, "--program", folder]);
        assert_eq!(ran.code(), 2, "{host} {folder:?}");
        assert!(!site.root().join(".github").exists() && !site.root().join(".gitlab-ci.yml").exists(), "{folder:?}");
    }
    assert_eq!(site.run(&["editors", "github", "--program", "inner", "--revision", "main"]).code(), 2);
}

#[test]
fn the_program_that_was_kept_is_compiled_anew_where_anything_in_it_changes() {
    let site = library().file("Cargo.toml", "name = \"casebook\"\n");
    site.run(&["editors", "github", "--program", "."]).clean();
    let text = fs::read_to_string(site.root().join(".github/workflows/casebook-check.yml")).unwrap();
    let known = text.lines().find(|line| line.contains("hashFiles(")).unwrap();
    let mut found = 0;
    for (path, source) in crate::site::files(&Path::new(ROOT).join("src")) {
        let source = String::from_utf8_lossy(&source).into_owned();
        for included in source.split("include_").skip(1).filter(|rest| rest.starts_with(['s', 'b', 'd'])) {
            let named =
                included.split(['"', ')']).find(|part| part.starts_with("../../") || part.starts_with("$CARGO"));
            let Some(named) = named else { continue };
            let folder =
                named.trim_start_matches("../").trim_start_matches("$CARGO_MANIFEST_DIR/").trim_end_matches('/');
            assert!(known.contains(&format!("'{folder}/**'")), "{path} has {folder} in it, which {known} does not");
            found += 1;
        }
    }
    assert!(found >= 2, "{found}");
    for built_from in ["Cargo.*", "build.rs", "src/**"] {
        assert!(known.contains(&format!("'{built_from}'")), "{built_from}");
    }
}
