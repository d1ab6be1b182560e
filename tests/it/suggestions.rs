//! `check --suggest`: what a program can mend in a pull request, as a review with suggestions.

use crate::{
    changed::{commit, git},
    site::{Ran, Site},
};
use serde_json::{Value, json};
use std::fs;

/// A page whose faults are all in its front matter and its first heading.
fn page(themes: &str, heading: &str) -> String {
    format!("---\ntitle: A\nsummary: A.\nthemes: [{themes}]\n---\n\n{heading}\n\nWords.\n\n## End\n\nWords.\n")
}

fn library() -> Site {
    let site = Site::new().file("content/_data/themes.yaml", "- {id: mentoring, label: Mentoring}\n");
    git(&site, &["init", "-q"]);
    commit(&site);
    git(&site, &["branch", "base"]);
    site
}

fn suggested(site: &Site, more: &[&str]) -> Ran {
    site.run(&[&["check", "--changed-since", "base", "--suggest", "github"], more].concat())
}

fn review(site: &Site) -> Value {
    serde_json::from_str(&suggested(site, &[]).stdout()).unwrap()
}

/// Of each comment its place, from its first line to its last, and the lines that it suggests.
fn comments(review: &Value) -> Vec<(String, Value, Value, String)> {
    let comment = |one: &Value| {
        let body = one["body"].as_str().unwrap();
        let (words, lines) = body.split_once("suggestion\n").unwrap();
        let fence = words.lines().last().unwrap();
        let lines = lines.strip_suffix(&format!("{fence}\n")).unwrap();
        assert!(fence.len() >= 3 && fence.trim_matches('`').is_empty() && !lines.contains(fence), "{body}");
        (one["path"].as_str().unwrap().to_owned(), one["start_line"].clone(), one["line"].clone(), lines.to_owned())
    };
    review["comments"].as_array().unwrap().iter().map(comment).collect()
}

#[test]
fn what_can_be_mended_is_a_review_of_the_commit() {
    let site = library();
    site.write("content/a.md", page("Mentoring", "## Text"));
    site.write(
        "content/b.md",
        page("mentoring", "Words before.\n\n#### Costs of ```` and more\n\nSee [gone](gone.md)."),
    );
    site.write("content/c.md", page("mentoring", "# First\n\nWords.\n\n## Second"));
    commit(&site);
    let ran = suggested(&site, &[]);
    assert_eq!(ran.code(), 1);
    let review: Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(review["event"], "COMMENT");
    assert_eq!(review["commit_id"], git(&site, &["rev-parse", "HEAD"]).trim());
    let told = review["body"].as_str().unwrap();
    assert!(
        told.ends_with("\n\n1 fault needs somebody to decide: the check of this pull request says which."),
        "{told}"
    );
    let place =
        |path: &str, start: Value, line: usize, lines: &str| (path.to_owned(), start, json!(line), lines.to_owned());
    let expected = vec![
        place("content/a.md", Value::Null, 4, "themes: [mentoring]\n"),
        place("content/b.md", Value::Null, 9, "## Costs of ```` and more\n"),
        place("content/c.md", json!(7), 15, "## First\n\nWords.\n\n### Second\n\nWords.\n\n### End\n"),
    ];
    assert_eq!(comments(&review), expected);
    for comment in review["comments"].as_array().unwrap() {
        let is_long = comment.get("start_line").is_some();
        assert_eq!(
            (comment["side"].as_str(), comment["start_side"].as_str()),
            (Some("RIGHT"), is_long.then_some("RIGHT"))
        );
        let body = comment["body"].as_str().unwrap();
        let (mark, words) = body.split_once('\n').unwrap();
        assert!(mark.starts_with("<!-- casebook ") && mark.len() == 34 && words.starts_with("`CB"), "{body}");
    }
}

#[test]
fn what_can_be_mended_but_not_suggested_is_told() {
    let site = library();
    git(&site, &["config", "core.autocrlf", "false"]);
    site.write("content/a.md", page("Mentoring", "## Text").replace('\n', "\r\n"));
    commit(&site);
    let ran = suggested(&site, &[]);
    assert_eq!(ran.stdout(), "");
    let told = "1 fault can be mended by program, but on no line that a suggestion can stand on";
    assert!(ran.stderr().contains(told), "{}", ran.stderr());
}

#[test]
fn a_suggestion_that_is_made_again_has_the_same_mark_wherever_its_line_is_now() {
    let site = library();
    let twice = "[a](b.html)\n\nWords.\n\n[a](b.html)";
    site.write("content/a.md", page("mentoring", twice));
    site.write("content/b.md", page("mentoring", "Words."));
    commit(&site);
    let marks = |site: &Site| -> Vec<String> {
        let review = review(site);
        let comments = review["comments"].as_array().unwrap().iter();
        comments.map(|one| one["body"].as_str().unwrap().lines().next().unwrap().to_owned()).collect()
    };
    let before = marks(&site);
    assert!(before.len() == 2 && before[0] != before[1], "{before:?}");
    site.write("content/a.md", page("mentoring", &format!("One more line.\n\n{twice}")));
    commit(&site);
    assert_eq!(marks(&site), before);
}

#[test]
fn only_lines_that_the_pull_request_shows_have_suggestions() {
    let site = library();
    let long = format!("{0}See [costs](#cost).\n\n{0}", "Words.\n\n".repeat(10));
    site.write("content/old.md", page("mentoring", &format!("{long}## Costs")));
    commit(&site);
    git(&site, &["branch", "-f", "base"]);

    // Of a page with a new name GitHub shows what changed in it, though each line may have a fault now.
    fs::create_dir_all(site.root().join("content/sub")).unwrap();
    git(&site, &["mv", "content/old.md", "content/sub/new.md"]);
    let text = page("Mentoring", &format!("{long}#### Costs"));
    site.write("content/sub/new.md", &text);
    commit(&site);
    let places = |site: &Site| -> Vec<Value> { comments(&review(site)).into_iter().map(|one| one.2).collect() };
    assert_eq!(places(&site), [4, 49]);

    // What nobody has committed is not what the host shows.
    site.write("content/sub/new.md", text.replace("summary: A.\n", "summary: A.\norder: 1\n"));
    assert_eq!(suggested(&site, &[]).stdout(), "");
    site.write("content/sub/new.md", text.replace("Mentoring", "Mentoring "));
    assert_eq!(places(&site), [49]);
    let told = review(&site);
    assert!(told["body"].as_str().unwrap().contains("2 more faults can be mended so"), "{told}");

    // Nor do settings of the repository change what is shown there.
    site.write("content/sub/new.md", &text);
    git(&site, &["config", "diff.context", "40"]);
    for (name, value) in [
        ("diff.renames", "false"),
        ("diff.noprefix", "false"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.interHunkContext", "40"),
        ("diff.relative", "true"),
        ("diff.external", "false"),
        ("color.ui", "always"),
    ] {
        git(&site, &["config", name, value]);
        assert_eq!(places(&site), [4, 49], "{name}");
    }

    // A few lines around a change are shown with it.
    let text = "---\ntitle: C\nsummary: C.\n---\n\n## First\n\n## Second\n\nWords.\n";
    site.write("content/c.md", text);
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    site.write("content/c.md", text.replace("## First", "# First"));
    commit(&site);
    let expected = ("content/c.md".to_owned(), json!(6), json!(8), "## First\n\n### Second\n".to_owned());
    assert_eq!(comments(&review(&site)), [expected]);
}

#[test]
fn a_review_has_no_more_than_people_read_and_is_none_where_there_is_nothing() {
    let site = library();
    assert_eq!((suggested(&site, &[]).stdout().as_str(), suggested(&site, &[]).code()), ("", 0));
    for number in 0..23 {
        site.write(&format!("content/p{number:02}.md"), page("Mentoring", "Words."));
    }
    commit(&site);
    let told = review(&site);
    assert_eq!(comments(&told).len(), 20);
    assert!(told["body"].as_str().unwrap().contains("\n\n3 more faults can be mended so"), "{told}");
    // Where errors are only counted there is no site all the same.
    git(&site, &["branch", "-f", "base"]);
    site.write("content/z.md", page("mentoring", "[gone](gone.md)"));
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    assert_eq!((suggested(&site, &[]).stdout().as_str(), suggested(&site, &[]).code()), ("", 1));
}

#[test]
fn a_library_in_a_folder_names_files_as_its_repository_does() {
    let site = library();
    fs::create_dir_all(site.root().join("the lib")).unwrap();
    for path in ["casebook.yaml", "content"] {
        fs::rename(site.root().join(path), site.root().join("the lib").join(path)).unwrap();
    }
    site.write("the lib/content/a.md", page("Mentoring", "Words."));
    commit(&site);
    let ran = suggested(&site, &["--root", "the lib"]);
    let review: Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(comments(&review)[0].0, "the lib/content/a.md");
    git(&site, &["config", "diff.relative", "true"]);
    assert_eq!(suggested(&site, &["--root", "the lib"]).stdout(), ran.stdout());
}

#[test]
fn suggestions_go_with_no_other_way_of_telling() {
    let site = library();
    for (arguments, expected) in [
        (&["check", "--suggest", "github"][..], "--changed-since"),
        (&["check", "--suggest", "github", "--changed-since", "base", "--format", "json"], "--format"),
        (&["check", "--suggest", "github", "--changed-since", "base", "--fix"], "--fix"),
        (&["check", "--suggest", "github", "--changed-since", "base", "--stats"], "--stats"),
    ] {
        let ran = site.run(arguments);
        assert_eq!(ran.code(), 2, "{arguments:?}");
        assert!(ran.stderr().contains(expected), "{arguments:?}: {}", ran.stderr());
    }
}
