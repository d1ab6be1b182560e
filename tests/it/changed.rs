//! `check --changed-since`, and what GitHub is told.

use crate::site::{Ran, Site, program};
use std::{fs, process::Command};

/// Runs git in the library's folder, whatever the machine's own settings are.
pub fn git(site: &Site, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")] {
        command.env(name, value);
    }
    let who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"];
    let done = command.args(who).args(arguments).current_dir(site.root()).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Commits all that is there.
pub fn commit(site: &Site) {
    git(site, &["add", "-A"]);
    git(site, &["commit", "-q", "-m", "x"]);
}

const OLD: &str = "## Old\n\nSee [gone](gone-old.md).\n\n## Kept\n\nWords.\n";

fn site() -> Site {
    let site = Site::new().page("content/a.md", "A", "", OLD).page("content/b.md", "B", "", OLD);
    git(&site, &["init", "-q"]);
    commit(&site);
    git(&site, &["branch", "base"]);
    site
}

/// Where the faults are that are told.
fn places(ran: &Ran) -> Vec<String> {
    let told: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    let place = |fault: &serde_json::Value| format!("{}:{}", fault["path"].as_str().unwrap(), fault["line"]);
    told.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn faults_on_changed_lines_are_told_and_the_others_counted() {
    let site = site();
    let since = ["check", "--changed-since", "base", "--format", "json"];
    let none = site.run(&since);
    assert_eq!((places(&none), none.code()), (vec![], 1));
    let rest = "Besides, 2 errors stand on lines that have not changed since base, in 2 files.";
    assert!(none.stderr().starts_with(rest), "{}", none.stderr());

    // In a commit, not committed yet, a new file, a file of a new name with a space.
    site.write("content/a.md", format!("---\ntitle: A\nsummary: A.\n---\n\n{OLD}\n[new](gone-new.md)\n"));
    commit(&site);
    let text = fs::read_to_string(site.root().join("content/a.md")).unwrap();
    site.write("content/a.md", text + "\n[newer](gone-newer.md)\n");
    site.write("content/tŷ c.md", "---\ntitle: C\nsummary: C.\n---\n\n[c](gone-c.md)\n");
    git(&site, &["mv", "content/b.md", "content/b 2.md"]);
    let all = site.run(&since);
    assert_eq!(places(&all), ["content/a.md:14", "content/a.md:16", "content/b 2.md:8", "content/tŷ c.md:6"]);
    assert!(all.stderr().starts_with("Besides, 1 error stands"), "{}", all.stderr());

    // What others did since is none of this branch's doing.
    git(&site, &["stash", "-q", "-u"]);
    git(&site, &["checkout", "-q", "base"]);
    site.write("content/d.md", "---\ntitle: D\nsummary: D.\n---\n\nWords.\n");
    site.write("content/b.md", "---\ntitle: B\nsummary: B.\n---\n\nWords.\n");
    commit(&site);
    git(&site, &["checkout", "-q", "main"]);
    git(&site, &["stash", "pop", "-q"]);
    assert_eq!(places(&site.run(&since)), places(&all));
}

#[test]
fn what_hosts_read_names_files_from_the_root_of_the_repository() {
    let site = Site::new().page("docs/lib/content/a.md", "A", "", OLD);
    site.write("docs/lib/casebook.yaml", "title: Test\nbase_url: https://example.org/\n");
    git(&site, &["init", "-q"]);
    let told = |format: &str| {
        let lib = site.root().join("docs/lib");
        let check = ["check", "--format", format, "--root", lib.to_str().unwrap()];
        let ran = Ran::of(program().args(check).env("GITHUB_STEP_SUMMARY", "").output().unwrap());
        ran.stdout()
    };
    for format in ["github", "gitlab", "sarif", "junit", "markdown"] {
        assert!(told(format).contains("docs/lib/content/a.md"), "{format}: {}", told(format));
    }
    assert!(told("json").contains("\"path\": \"content/a.md\""), "{}", told("json"));
}

#[test]
fn what_a_change_breaks_elsewhere_is_told() {
    let links = "See [b](b.md), [c](c.md#kept), [d](d.md).\n\nSee [gone](gone-old.md).\n";
    let body = "## Kept\n\nWords.\n";
    let site = Site::new().page("content/a.md", "A", "", links);
    let site = site.page("content/b.md", "B", "", body).page("content/c.md", "C", "", body).page(
        "content/d.md",
        "D",
        "",
        body,
    );
    git(&site, &["init", "-q"]);
    commit(&site);
    git(&site, &["branch", "base"]);
    let since = ["check", "--changed-since", "base", "--format", "json"];
    let before = site.run(&since);
    assert_eq!(places(&before), Vec::<String>::new());
    assert!(before.stderr().contains("so this check fails until it is mended"), "{}", before.stderr());

    // A page that goes, a heading of another name, a page of another name.
    git(&site, &["rm", "-q", "content/b.md"]);
    let site = site.page("content/c.md", "C", "", "## Other\n\nWords.\n");
    git(&site, &["mv", "content/d.md", "content/e.md"]);
    let broken = site.run(&since);
    assert_eq!((places(&broken), broken.code()), (vec!["content/a.md:6".to_owned(); 3], 1));
    let told = broken.stderr();
    assert!(told.starts_with("3 of these stand on lines that have not changed: the change made them"), "{told}");
    assert!(told.contains("Besides, 1 error stands on lines that have not changed since base, in 1 file."), "{told}");

    // Where nothing can be known of the library of then, its faults are counted as before.
    let settings = fs::read_to_string(site.root().join("casebook.yaml")).unwrap();
    site.write("casebook.yaml", "title: [\n");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    site.write("casebook.yaml", settings);
    assert_eq!(places(&site.run(&since)), Vec::<String>::new());
}

#[test]
fn a_library_in_a_folder_of_a_repository_has_its_own_paths() {
    let site = site();
    for path in ["lib/casebook.yaml", "lib/content/a.md"] {
        fs::create_dir_all(site.root().join("lib/content")).unwrap();
        fs::copy(site.root().join(path.trim_start_matches("lib/")), site.root().join(path)).unwrap();
    }
    commit(&site);
    site.write("lib/content/a.md", format!("---\ntitle: A\nsummary: A.\n---\n\n{OLD}\n[new](gone-new.md)\n"));
    let ran = site.run(&["check", "--root", "lib", "--changed-since", "HEAD", "--format", "json"]);
    assert_eq!(places(&ran), ["content/a.md:14"]);
}

#[test]
fn what_git_does_not_know_is_said_in_plain_words() {
    let outside = Site::new().page("content/a.md", "A", "", "Words.\n");
    let said = |site: &Site, revision: &str| {
        let mut program = program();
        program.current_dir(site.root()).env("GIT_CEILING_DIRECTORIES", "/").env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = program.args(["check", &format!("--changed-since={revision}")]).output().unwrap();
        let ran = Ran::of(output);
        assert_eq!(ran.code(), 2, "{}", ran.stderr());
        ran.stderr()
    };
    assert!(said(&outside, "main").contains("is in no git repository, so nobody knows what changed"));
    let site = site();
    for unknown in ["origin/main", "--output=x", "a b", "HEAD~99", "", "HEAD^{tree}"] {
        let told = said(&site, unknown);
        assert!(told.contains(&format!("git knows no “{unknown}” here")) && !told.contains("shallow"), "{told}");
        assert_eq!(told.contains("git fetch"), unknown == "origin/main", "{told}");
    }
    assert!(said(&site, "HEAD..HEAD").contains("that is a range"));
    assert!(!site.root().join("x").exists());
    site.write("content/b.md", "---\ntitle: B\nsummary: B.\n---\n\nWords.\n");
    commit(&site);
    let copy = Site::new();
    fs::remove_dir_all(copy.root().join("content")).unwrap();
    let from = format!("file://{}", site.root().display());
    git(&copy, &["clone", "-q", "--depth", "1", &from, "copy"]);
    fs::rename(copy.root().join("copy/.git"), copy.root().join(".git")).unwrap();
    let told = said(&copy, "origin/base");
    assert!(told.contains("a shallow clone") && told.contains("fetch-depth: 0"), "{told}");
    git(&site, &["checkout", "-q", "--orphan", "other"]);
    commit(&site);
    assert!(said(&site, "main").contains("the two have no commit in common"));
}

#[test]
fn settings_of_the_repository_run_nothing() {
    let site = site();
    let trap = format!("touch {}/trapped; false", site.root().display());
    for (name, value) in [
        ("core.fsmonitor", trap.as_str()),
        ("diff.external", &trap),
        ("diff.trap.textconv", &trap),
        ("diff.noprefix", "true"),
        ("color.ui", "always"),
        ("core.pager", &trap),
    ] {
        git(&site, &["config", name, value]);
    }
    site.write(".gitattributes", "*.md diff=trap\n");
    site.write("content/a.md", format!("---\ntitle: A\nsummary: A.\n---\n\n{OLD}\n[new](gone-new.md)\n"));
    let ran = site.run(&["check", "--changed-since", "base", "--format", "json"]);
    assert_eq!(places(&ran), ["content/a.md:14"]);
    assert!(!site.root().join("trapped").exists());
}

#[test]
fn only_what_the_change_touches_is_mended() {
    let site = Site::new().page("content/a.md", "A", "themes: [Mentoring]\n", "Words.\n");
    git(&site, &["init", "-q"]);
    commit(&site);
    let site = site.page("content/b.md", "B", "themes: [Mentoring]\n", "Words.\n");
    site.run(&["check", "--fix", "--changed-since", "HEAD"]);
    let has = |path: &str| fs::read_to_string(site.root().join(path)).unwrap().contains("[mentoring]");
    assert!(!has("content/a.md") && has("content/b.md"));
}

#[test]
fn github_gets_the_whole_as_a_summary() {
    let links: String = (1..=13).map(|n| format!("- [Page {n}](gone-{n}.md)\n")).collect();
    let site = Site::new().page("content/a.md", "A", "themes: [Mentoring]\n", &links);
    let file = site.root().join("summary.md");
    fs::write(&file, "Before\n").unwrap();
    let output = program()
        .args(["check", "--format", "github"])
        .env("GITHUB_STEP_SUMMARY", &file)
        .current_dir(site.root())
        .output()
        .unwrap();
    let told = Ran::of(output).stdout();
    assert_eq!(told.matches("\n::error ").count() + 1, 10);
    let summary = fs::read_to_string(&file).unwrap();
    assert!(summary.starts_with("Before\n## Casebook found 13 errors and 1 warning\n"), "{summary}");
    assert_eq!(summary.matches("CB0401 broken-link").count(), 13);
    assert!(summary.contains("  - themes: [Mentoring]\n  + themes: [mentoring]\n"), "{summary}");
}
