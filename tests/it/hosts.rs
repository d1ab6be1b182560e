//! Files for GitHub, GitLab and VS Code.

use crate::site::Site;
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

/// A kind that nobody has seen before, with every type of field that a form can ask for.
const KIND: &str = "
name: made-up
folder: made-ups
label: {en: Made-up}
plural: {en: Made-ups}
description: {en: A kind that nobody has seen before.}
template: page.html
order: 1
fields:
  - {name: must, type: text, required: true, label: Must, help: What must be., example: Must}
  - {name: words, type: text, label: Words, many: true}
  - {name: story, type: markdown, label: The story, help: 'At length, with “-->” in it.'}
  - {name: day, type: date, label: Day}
  - {name: when, type: date, partial: true, label: When}
  - {name: count, type: number, label: Count}
  - {name: sure, type: yes-no, label: Sure}
  - {name: band, type: choice, label: Band, options: [{id: none, label: None}, {id: low, label: 'Up to 1,000'}, {id: 'no', label: 'No'}]}
  - {name: bands, type: choice, many: true, label: Bands, options: [{id: low, label: 'Up to 1,000'}, {id: high, label: 'Over 1,000'}]}
  - {name: sizes, type: choice, many: true, label: Sizes, options: [SIZES]}
  - {name: areas, type: choice, many: true, label: Areas, options: [AREAS]}
  - {name: web, type: url, label: Web}
  - {name: photo, type: image, label: Photo}
  - {name: photo_alt, type: text, label: Words for the photo}
  - {name: secret, type: text, label: Secret, internal: true}
  - {name: other, type: text, label: 'The story'}
  - name: one
    type: group
    label: One
    fields:
      - {name: name, type: text, label: Name}
      - {name: text, type: markdown, label: Text}
  - name: parts
    type: group
    many: true
    label: Parts
    fields:
      - {name: name, type: text, required: true, label: Name, example: Part}
      - {name: size, type: number, label: Size, example: '3'}
      - {name: aside, type: text, label: Aside, internal: true, example: Among us}
  - name: files
    type: group
    many: true
    label: Files
    fields:
      - {name: file, type: file, required: true, label: File}
";

/// A library with that kind.
pub fn library() -> Site {
    let sizes: Vec<String> = (1..=13).map(|n| format!("{{id: s{n}, label: 'Up to {n},000'}}")).collect();
    let areas: Vec<String> = (1..=13).map(|n| format!("{{id: a{n}, label: Area {n}}}")).collect();
    Site::new()
        .file("casebook.yaml", "title: Test\nbase_url: https://example.org/\ntheme: own\nbranch: trunk\n")
        .file("themes/own/theme.yaml", "name: own\nversion: 0.1.0\nextends: civic\n")
        .file(
            "themes/own/kinds/made-up.yaml",
            KIND.replace("SIZES", &sizes.join(", ")).replace("AREAS", &areas.join(", ")),
        )
        .page("content/made-ups/there.md", "There already", "must: Here\n", "Text.")
}

pub fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn data(site: &Site, path: &str) -> Value {
    serde_yaml::from_str(&read(site, path)).unwrap()
}

/// The files below a folder of the library, by path.
pub fn below(site: &Site, folder: &str) -> BTreeSet<String> {
    let root = site.root().join(folder);
    if !root.exists() {
        return BTreeSet::new();
    }
    crate::site::files(&root).into_keys().collect()
}

#[test]
fn what_vs_code_gets_comes_from_the_kinds_and_stands_beside_what_is_there() {
    let site = library().file(".vscode/settings.json", "{\"editor.fontSize\": 20}\n");
    site.run(&["schema"]).clean();
    let schema = data(&site, ".vscode/schemas/made-up.schema.json");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["required"], serde_json::json!(["title", "summary", "must"]));
    assert_eq!(schema["properties"]["must"]["description"], "What must be.");
    let settings = data(&site, ".vscode/settings.json");
    assert_eq!(settings["editor.fontSize"], 20);
    let pages = &settings["yaml.schemas"]["./.vscode/schemas/made-up.schema.json"];
    assert_eq!(*pages, serde_json::json!(["content/made-ups/**/*.md"]));
    let snippets = data(&site, ".vscode/casebook.code-snippets");
    assert_eq!(snippets["Made-up"]["prefix"], "made-up");
    // The lines that docs/lsp.md gives are those that are written.
    let docs = include_str!("../../docs/lsp.md").split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    for (name, value) in serde_json::from_str::<serde_json::Map<_, Value>>(docs).unwrap() {
        assert_eq!(settings[&name], value, "{name}");
    }

    // Nothing is written that says nothing new.
    let before = crate::site::files(&site.root().join(".vscode"));
    assert!(site.run(&["schema"]).clean().stdout().contains("all of it was there already"));
    assert_eq!(crate::site::files(&site.root().join(".vscode")), before);

    // Settings with notes stay as they are, and what is missing in them is told.
    site.write(".vscode/settings.json", "{\n  // Large.\n  \"editor.fontSize\": 20\n}\n");
    let ran = site.run(&["schema"]).clean();
    assert!(ran.stderr().contains("has notes in it") && ran.stderr().contains("yaml.schemas"), "{}", ran.stderr());
    assert!(read(&site, ".vscode/settings.json").contains("// Large."));

    // With a folder of one's own there is nothing for VS Code.
    let other = library();
    other.run(&["schema", "--output", "out"]).clean();
    assert!(below(&other, "out").contains("made-up.schema.json"));
    assert!(!other.root().join(".vscode").exists());

    // What somebody else wrote under such a name stays, and so does everything else.
    other.write("mine/made-up.schema.json", "{}");
    let ran = other.run(&["schema", "--output", "mine"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("made-up.schema.json") && ran.stderr().contains("--output"), "{}", ran.stderr());
    assert_eq!(below(&other, "mine").len(), 1);
    assert!(other.run(&["schema", "--output", "casebook.yaml"]).stderr().contains("is a file"));
}

/// What a snippet writes when nobody changes anything in it.
fn expanded(snippet: &Value) -> String {
    let lines: Vec<&str> = snippet["body"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let (body, mut text, mut at) = (lines.join("\n"), String::new(), 0);
    while at < body.len() {
        let rest = &body[at..];
        let c = rest.chars().next().unwrap();
        if c == '\\' {
            text.push(rest[1..].chars().next().unwrap());
            at += 2;
        } else if rest.starts_with("$0") {
            at += 2;
        } else if let Some(inner) = rest.strip_prefix("${") {
            let digits = inner.find([':', '|']).unwrap() + 2;
            at += digits + 1;
            let choice = body[at - 1..].starts_with('|');
            let mut first = true;
            while !(body[at..].starts_with(if choice { "|}" } else { "}" })) {
                let c = body[at..].chars().next().unwrap();
                if c == '\\' {
                    at += 1;
                    text.push(body[at..].chars().next().unwrap());
                } else if choice && c == ',' {
                    first = false;
                } else if first {
                    text.push(c);
                }
                at += body[at..].chars().next().unwrap().len_utf8();
            }
            at += if choice { 2 } else { 1 };
        } else {
            text.push(c);
            at += c.len_utf8();
        }
    }
    text + "\n"
}

#[test]
fn a_snippet_left_as_it_is_makes_a_page_whose_only_faults_are_its_examples() {
    let site = library();
    site.run(&["schema"]).clean();
    let snippets = data(&site, ".vscode/casebook.code-snippets");
    let kinds = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/kinds")).unwrap();
    let mut made = 0;
    for kind in kinds.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).chain([KIND.to_owned()]) {
        let kind: Value = serde_yaml::from_str(&kind).unwrap();
        let (Some(folder), Some(label)) = (kind["folder"].as_str(), kind["label"]["en"].as_str()) else { continue };
        let text = expanded(&snippets[label]);
        // What may be there as well is sound YAML too.
        let notes: String =
            text.lines().filter_map(|line| line.strip_prefix("# ")).skip(1).map(|line| format!("{line}\n")).collect();
        let notes: serde_yaml::Mapping =
            serde_yaml::from_str(&notes).unwrap_or_else(|error| panic!("{label}: {error}\n{notes}"));
        assert!(notes.len() > 5);
        site.write(
            &format!("content/{folder}/from-snippet-{made}.md"),
            text.replace("title: ", &format!("title: {made} ")),
        );
        made += 1;
    }
    assert!(made > 8);
    let faults: Vec<Value> = serde_json::from_str(&site.run(&["check", "--format", "json"]).stdout()).unwrap();
    let unexpected: Vec<_> = faults
        .iter()
        .filter(|fault| fault["path"].as_str().is_some_and(|path| path.contains("from-snippet")))
        .filter(|fault| !["missing-register", "unknown-term", "broken-link"].contains(&fault["name"].as_str().unwrap()))
        .collect();
    assert_eq!(unexpected, Vec::<&Value>::new());
}

#[test]
fn a_form_asks_what_the_kind_has_and_keeps_to_what_github_takes() {
    let site = library();
    site.run(&["editors", "github"]).clean();
    for file in below(&site, ".github/ISSUE_TEMPLATE").iter().filter(|file| *file != "config.yml") {
        let form = data(&site, &format!(".github/ISSUE_TEMPLATE/{file}"));
        let body = form["body"].as_array().unwrap();
        let asked: Vec<&Value> = body.iter().filter(|element| element["type"] != "markdown").collect();
        let unique =
            |of: fn(&Value) -> &Value| asked.iter().map(|one| of(one).as_str().unwrap()).collect::<BTreeSet<_>>().len();
        assert_eq!(unique(|one| &one["id"]), asked.len(), "{file}");
        assert_eq!(unique(|one| &one["attributes"]["label"]), asked.len(), "{file}");
        for element in &asked {
            let id = element["id"].as_str().unwrap();
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{file} {id}");
            let options = element["attributes"]["options"].as_array();
            let labels = options.into_iter().flatten().map(|one| one.as_str().or(one["label"].as_str()).unwrap());
            let labels: Vec<String> = labels.map(str::to_lowercase).collect();
            assert!(!labels.contains(&"none".to_owned()) && labels.len() <= 100, "{file} {id}: {labels:?}");
            assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len(), "{file} {id}");
            // Choices of one list are joined with commas.
            let joined = element["attributes"]["multiple"] == true;
            assert!(!joined || labels.iter().all(|label| !label.contains(',')), "{file} {id}");
        }
    }
    let form = data(&site, ".github/ISSUE_TEMPLATE/made-up.yml");
    let element = |id: &str| form["body"].as_array().unwrap().iter().find(|one| one["id"] == id);
    for (id, shape) in [
        ("casebook-kind", "dropdown"),
        ("must", "input"),
        ("words", "textarea"),
        ("story", "textarea"),
        ("sure", "dropdown"),
        ("band", "dropdown"),
        ("bands", "checkboxes"),
        ("sizes", "textarea"),
        ("areas", "dropdown"),
        ("title", "input"),
        ("summary", "textarea"),
        ("one-name", "input"),
        ("one-text", "textarea"),
        ("parts", "textarea"),
        ("casebook-text", "textarea"),
    ] {
        assert_eq!(element(id).map(|one| &one["type"]), Some(&Value::from(shape)), "{id}");
    }
    for id in ["photo", "photo_alt", "secret", "files", "status", "embargo", "kind"] {
        assert!(element(id).is_none(), "{id} is asked for");
    }
    assert_eq!(element("must").unwrap()["validations"]["required"], true);
    assert_eq!(element("parts").unwrap()["attributes"]["placeholder"], "Name: Part\nSize: 3");
    assert_eq!(element("areas").unwrap()["attributes"]["multiple"], true);
    assert_eq!(element("areas").unwrap()["attributes"].get("placeholder"), None);
    // GitHub refuses a form without a description.
    assert_eq!(form["description"], "A kind that nobody has seen before.");
    let plain = library();
    let kind = read(&plain, "themes/own/kinds/made-up.yaml");
    plain.write(
        "themes/own/kinds/made-up.yaml",
        kind.replace("description: {en: A kind that nobody has seen before.}\n", ""),
    );
    plain.run(&["editors", "github"]).clean();
    assert_eq!(data(&plain, ".github/ISSUE_TEMPLATE/made-up.yml")["description"], "Made-up");
    // Nobody is led to a page that there is not.
    let chooser = data(&plain, ".github/ISSUE_TEMPLATE/config.yml");
    assert_eq!(chooser, serde_json::json!({ "blank_issues_enabled": true }));
    // A bare No is false to the YAML that GitHub reads.
    assert!(read(&site, ".github/ISSUE_TEMPLATE/made-up.yml").contains("- \"No\""));
}

#[test]
fn files_of_others_are_written_over_only_when_that_is_asked_for() {
    for (host, path) in [("github", ".github/workflows/casebook-check.yml"), ("gitlab", ".gitlab-ci.yml")] {
        let site = library().file(path, "mine: true\n");
        let before = crate::site::files(site.root());
        let ran = site.run(&["editors", host]);
        assert_eq!(ran.code(), 2, "{host}");
        assert!(ran.stderr().contains(path) && ran.stderr().contains("--force"), "{}", ran.stderr());
        assert_eq!(crate::site::files(site.root()), before, "{host}: something was written");
        site.run(&["editors", host, "--force"]).clean();
        assert!(!read(&site, path).contains("mine"));
        assert!(site.run(&["editors", host]).clean().stdout().contains("there already"), "{host}");
    }
}

/// The scripts of a workflow or a pipeline.
fn scripts(value: &Value, name: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(pairs) => {
            for (key, value) in pairs {
                match (key.as_str(), value) {
                    ("run" | "script" | "before_script", Value::String(text)) => found.push(text.clone()),
                    _ => scripts(value, key, found),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::String(text) if ["script", "before_script"].contains(&name) => found.push(text.clone()),
                    other => scripts(other, "", found),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn no_workflow_puts_words_of_others_into_a_script_or_has_more_rights_than_it_needs() {
    let site = library();
    site.run(&["editors", "github", "--revision", "0123456789abcdef0123456789abcdef01234567"]).clean();
    let names = below(&site, ".github/workflows");
    assert_eq!(names.len(), 4);
    for name in names {
        let path = format!(".github/workflows/{name}");
        let text = read(&site, &path);
        let workflow = data(&site, &path);
        assert!(!text.contains("@word:") && !text.contains("@branch@"), "{name}: something was not filled in");
        for used in text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: ")) {
            let commit = used.split_once('@').unwrap().1.split(' ').next().unwrap();
            assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{name}: {used}");
        }
        let mut found = Vec::new();
        scripts(&workflow, "", &mut found);
        assert!(found.iter().all(|script| !script.contains("${{")), "{name}: an expression in a script");
        // Rights are given job by job, and whoever runs what a pull request brings has none but to read.
        let triggers = workflow["on"].as_object().unwrap();
        let foreign = triggers.contains_key("pull_request");
        assert!(!triggers.contains_key("pull_request_target"), "{name}");
        let none = serde_json::json!({});
        let expected = if foreign { serde_json::json!({ "contents": "read" }) } else { none };
        assert_eq!(workflow["permissions"], expected, "{name}");
        for (job, settings) in workflow["jobs"].as_object().unwrap() {
            assert!(!foreign || settings.get("permissions").is_none(), "{name} {job}");
            assert!(settings["timeout-minutes"].as_u64().is_some_and(|minutes| minutes <= 60), "{name} {job}");
            for step in settings["steps"].as_array().unwrap() {
                let is_checkout = step["uses"].as_str().is_some_and(|used| used.starts_with("actions/checkout@"));
                assert!(!is_checkout || step["with"]["persist-credentials"] == false, "{name} {job}");
                // What a pull request brings is never checked out by what may write.
                assert!(!is_checkout || name != "casebook-comment.yml", "{name} {job}");
            }
        }
        assert!(!foreign || !text.contains("secrets."), "{name}");
    }
    let publish = data(&site, ".github/workflows/casebook-publish.yml");
    assert_eq!(publish["on"]["push"]["branches"], serde_json::json!(["trunk"]));
    // Five past midnight in London, in winter and in summer.
    let crons: Vec<&str> =
        publish["on"]["schedule"].as_array().unwrap().iter().map(|one| one["cron"].as_str().unwrap()).collect();
    assert_eq!(crons, ["5 0 * * *", "5 23 * * *"]);
    assert!(read(&site, ".github/workflows/casebook-issue.yml").contains("0123456789abcdef"));
    // Where the clocks are never changed one run a day is enough.
    let settings = read(&site, "casebook.yaml");
    site.write("casebook.yaml", settings + "timezone: UTC\n");
    site.run(&["editors", "github", "--force"]).clean();
    let publish = data(&site, ".github/workflows/casebook-publish.yml");
    assert_eq!(publish["on"]["schedule"], serde_json::json!([{ "cron": "5 0 * * *" }]));
}

#[test]
fn every_command_that_hosts_run_is_one() {
    use clap::Parser as _;
    let site = library();
    let mut found = Vec::new();
    for (host, folder) in [("github", ".github/workflows"), ("gitlab", "")] {
        site.run(&["editors", host]).clean();
        for name in below(&site, if folder.is_empty() { ".gitlab" } else { folder }) {
            if !folder.is_empty() {
                scripts(&data(&site, &format!("{folder}/{name}")), "", &mut found);
            }
        }
    }
    scripts(&data(&site, ".gitlab-ci.yml"), "", &mut found);
    let lines =
        found.iter().flat_map(|script| script.lines()).map(str::trim).filter(|line| line.starts_with("casebook "));
    let commands: Vec<Vec<String>> = lines
        .map(|line| {
            let command = line.split(['>', '|']).next().unwrap();
            command.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect()
        })
        .collect();
    for command in &commands {
        let parsed = casebook::cli::Arguments::try_parse_from(command);
        assert!(parsed.is_ok(), "{command:?}: {}", parsed.unwrap_err());
    }
    let names: BTreeSet<&str> = commands.iter().map(|command| command[1].as_str()).collect();
    assert_eq!(names, BTreeSet::from(["build", "check", "compare", "import"]));
}

#[test]
fn a_revision_that_could_be_more_than_one_is_refused() {
    let site = library();
    for wrong in ["a b", "$(rm -rf .)", "-x", "", "a\nb", "a\"b", "${{ github.token }}"] {
        let ran = site.run(&["editors", "github", &format!("--revision={wrong}")]);
        assert_eq!(ran.code(), 2, "{wrong:?}");
        assert!(!site.root().join(".github").exists(), "{wrong:?}");
    }
}
