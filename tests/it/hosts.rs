//! Files for GitHub, GitLab and VS Code, and the way back: a filled form to a page.

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
fn library() -> Site {
    let sizes: Vec<String> = (1..=13).map(|n| format!("{{id: s{n}, label: 'Up to {n},000'}}")).collect();
    Site::new()
        .file("casebook.yaml", "title: Test\nbase_url: https://example.org/\ntheme: own\nbranch: trunk\n")
        .file("themes/own/theme.yaml", "name: own\nversion: 0.1.0\nextends: civic\n")
        .file("themes/own/kinds/made-up.yaml", KIND.replace("SIZES", &sizes.join(", ")))
        .page("content/made-ups/there.md", "There already", "must: Here\n", "Text.")
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn data(site: &Site, path: &str) -> Value {
    serde_yaml::from_str(&read(site, path)).unwrap()
}

/// The files below a folder of the library, by path.
fn below(site: &Site, folder: &str) -> BTreeSet<String> {
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

/// The text of an issue as GitHub makes it of a filled form: the answers by the ids of their questions.
fn filled(site: &Site, form: &str, answers: &[(&str, &str)]) -> String {
    let form = data(site, &format!(".github/ISSUE_TEMPLATE/{form}.yml"));
    let mut text = String::new();
    for element in form["body"].as_array().unwrap().iter().filter(|element| element["type"] != "markdown") {
        let attributes = &element["attributes"];
        let id = element["id"].as_str().unwrap();
        let answer = answers.iter().find(|(of, _)| *of == id).map(|(_, answer)| *answer);
        let options = attributes["options"].as_array();
        let answer = match element["type"].as_str().unwrap() {
            "checkboxes" => {
                let chosen: Vec<&str> = answer.unwrap_or_default().split('|').collect();
                let boxes = options.unwrap().iter().map(|one| one["label"].as_str().unwrap());
                let boxes: Vec<String> = boxes
                    .map(|label| format!("- [{}] {label}", if chosen.contains(&label) { "x" } else { " " }))
                    .collect();
                boxes.join("\n")
            }
            "dropdown" => {
                let first = attributes["default"].as_u64().map(|at| options.unwrap()[at as usize].as_str().unwrap());
                let chosen = answer.or(first).unwrap_or("_No response_");
                for one in chosen.split("|").filter(|one| *one != "_No response_") {
                    assert!(options.unwrap().iter().any(|option| option == one), "{id} has no option {one}");
                }
                chosen.replace('|', ", ")
            }
            _ => answer.unwrap_or("_No response_").to_owned(),
        };
        text += &format!("### {}\n\n{answer}\n\n", attributes["label"].as_str().unwrap());
    }
    text
}

#[test]
fn a_filled_form_becomes_a_page_that_check_passes_and_the_site_shows() {
    let site = library();
    site.run(&["editors", "github"]).clean();
    let body = filled(
        &site,
        "made-up",
        &[
            ("title", "Tea on Tuesdays"),
            ("summary", "Young people come for tea."),
            ("must", "yes"),
            ("words", "One, two\nThree"),
            ("story", "It began.\n\n### A heading\n\n- a\n- b\n\n```text\n### Must\n```"),
            ("other", "Other: words"),
            ("day", "21 November 2027"),
            ("when", "May 2008"),
            ("count", "1,250"),
            ("sure", "No"),
            ("band", "None (none)"),
            ("bands", "Up to 1,000|Over 1,000"),
            ("web", "https://example.org/a"),
            ("one-name", "A name"),
            ("one-text", "Two\n\nparagraphs"),
            ("parts", "Name: First\nSize: 2\n\nName: Second"),
            ("themes", "Mentoring"),
            ("casebook-text", "### More\n\nText."),
        ],
    );
    site.write("issue.md", &body);
    let ran = site.run(&["import", "--issue", "issue.md"]).clean();
    assert_eq!(ran.stderr(), "");
    let text = read(&site, "content/made-ups/tea-on-tuesdays.md");
    let (_, rest) = text.split_once("---\n").unwrap();
    let (front, body) = rest.split_once("\n---\n").unwrap();
    let front: Value = serde_yaml::from_str(&format!("{front}\n")).unwrap();
    let expected = serde_json::json!({
        "title": "Tea on Tuesdays", "summary": "Young people come for tea.", "must": "yes",
        "words": ["One, two", "Three"],
        "story": "It began.\n\n### A heading\n\n- a\n- b\n\n```text\n### Must\n```\n",
        "other": "Other: words", "day": "2027-11-21", "when": "2008-05", "count": 1250, "sure": "no", "band": "none",
        "bands": ["low", "high"], "web": "https://example.org/a",
        "one": { "name": "A name", "text": "Two\n\nparagraphs\n" },
        "parts": [{ "name": "First", "size": 2 }, { "name": "Second" }], "themes": ["mentoring"], "status": "draft",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(front.get(name), Some(value), "{name} in {text}");
    }
    assert_eq!(front.as_object().unwrap().len(), expected.as_object().unwrap().len(), "{text}");
    assert_eq!(body.trim(), "## More\n\nText.");
    site.run(&["check", "--strict", "--drafts"]).clean();
    site.run(&["build", "--drafts"]).clean();
    assert!(site.built("made-ups/tea-on-tuesdays/index.html").contains("Tea on Tuesdays"));

    // It is there now, and nothing goes over it unasked.
    let again = site.run(&["import", "--issue", "issue.md"]);
    assert_ne!(again.code(), 0);
    assert_eq!(read(&site, "content/made-ups/tea-on-tuesdays.md"), text);
    // Line ends of Windows and a mark of byte order change nothing.
    site.write(
        "issue.md",
        format!("\u{feff}{}", fs::read_to_string(site.root().join("issue.md")).unwrap().replace('\n', "\r\n")),
    );
    site.run(&["import", "--issue", "issue.md", "--force"]).clean();
    assert_eq!(read(&site, "content/made-ups/tea-on-tuesdays.md"), text);
}

#[test]
fn a_template_of_gitlab_that_was_filled_in_becomes_the_same_page() {
    let site = library();
    site.run(&["editors", "gitlab"]).clean();
    let template = read(&site, ".gitlab/issue_templates/made-up.md");
    assert!(!template.contains("with “-->” in it"), "a note ends where its text says so");
    let answered = |text: String, heading: &str, answer: &str| {
        let at = text.find(&format!("### {heading}\n")).unwrap_or_else(|| panic!("{heading}"));
        let end = text[at + 3..].find("\n### ").map_or(text.len(), |end| at + 3 + end);
        format!("{}\n{answer}\n{}", &text[..end], &text[end..])
    };
    let mut text = template;
    for (heading, answer) in
        [("Title", "Tea"), ("Summary", "Tea."), ("Must", "yes"), ("The story", "A story."), ("Anything else", "Text.")]
    {
        text = answered(text, heading, answer);
    }
    let text = text
        .replace("- [ ] Up to 1,000\n- [ ] Over", "- [x] Up to 1,000\n- [x] Over")
        .replace("- [ ] None (none)", "- [x] None (none)");
    site.write("issue.md", text);
    let ran = site.run(&["import", "--issue", "issue.md"]).clean();
    assert_eq!(ran.stderr(), "");
    let page = read(&site, "content/made-ups/tea.md");
    for line in ["must: \"yes\"", "story: |", "  A story.", "band: \"none\"", "bands: [low, high]", "\nText.\n"] {
        assert!(page.replace("'yes'", "\"yes\"").contains(line), "{line} in {page}");
    }
    assert!(!page.contains("<!--"), "{page}");
}

#[test]
fn what_people_do_to_a_filled_form_is_understood_or_told_and_never_lost() {
    // What is in the text, what is in the page, and the faults told at their lines.
    let cases: [(&str, &str, &[&str], &[&str]); 10] = [
        (
            "a slip in a heading",
            "### Title\nA\n### Summery\nB\n### Must\nC\n",
            &["title: A\n", "summary: B\n", "must: C\n"],
            &["CB1105 3:1"],
        ),
        (
            "a question that nobody asked",
            "### Title\nA\n### Summary\nB\n### Must\nC\n### Colour of the door\nBlue\n",
            &["\n## Colour of the door\n\nBlue\n"],
            &["CB1104 7:1"],
        ),
        (
            "words above the first question",
            "Hello there\n\n### Title\nA\n### Summary\nB\n### Must\nC\n",
            &["\nHello there\n"],
            &["CB1104 1:1"],
        ),
        (
            "a section twice",
            "### Title\nA\n### Summary\nB\n### Must\nC\n### The story\nOne.\n### Words\nx\n### The story\nTwo.\n### Must\nD\n",
            &["  One.\n\n  Two.\n", "# Must: D\n"],
            &["CB1104 13:1"],
        ),
        (
            "two ticked where one counts",
            "### Title\nA\n### Summary\nB\n### Must\nC\n### Band\n- [x] Up to 1,000\n- [x] No\n",
            &["# Band: Up to 1,000; No\n"],
            &["CB1104 7:1"],
        ),
        (
            "an answer that is none of the choices",
            "### Title\nA\n### Summary\nB\n### Must\nC\n### Band\nHuge\n### One: Name\nx\n",
            &["# band: Huge\n", "name: x\n"],
            &["CB1103 7:1"],
        ),
        (
            "headings of another rank",
            "## Title\nA\n## Summary\nB\n## Must\nC\n## The story\nText.\n### Words\nin the story\n",
            &["title: A\n", "  Text.\n\n  ### Words\n\n  in the story\n"],
            &[],
        ),
        (
            "what only those who keep the library may say",
            "### Title\nA\n### Summary\nB\n### Must\nC\n### Status\ncurrent\n### Secret\nx\n",
            &["status: draft\n", "\n## Status\n\ncurrent\n", "\n## Secret\n\nx\n"],
            &["CB1104 7:1", "CB1104 9:1"],
        ),
        (
            "words behind the kind",
            "### Kind of page\nMade-up\nof sorts\n### Title\nA\n### Summary\nB\n### Must\nC\n",
            &["\nof sorts\n"],
            &["CB1104 1:1"],
        ),
        (
            "front matter in an answer",
            "### Title\nA: \"b\" # c\n### Summary\nB\n---\nstatus: current\n### Must\nC\n### The story\n---\nstatus: current\n---\n",
            &["title: 'A: \"b\" # c'\n", "status: draft\n"],
            &[],
        ),
    ];
    for (what, body, expected, told) in cases {
        let site = library().file("issue.md", body);
        let ran = site.run(&["import", "--issue", "issue.md", "--kind", "made-up"]);
        let text = read(
            &site,
            &format!(
                "content/made-ups/{}",
                below(&site, "content/made-ups").iter().find(|path| *path != "there.md").unwrap()
            ),
        );
        for words in expected {
            assert!(text.contains(words), "{what}: {words:?} in\n{text}\n{}", ran.stderr());
        }
        let lines = ran.stderr();
        let faults = lines.lines().filter_map(|line| line.strip_prefix("issue.md:"));
        let faults: Vec<String> = faults
            .map(|line| {
                let mut parts = line.splitn(3, ':');
                let (line, column) = (parts.next().unwrap(), parts.next().unwrap());
                let code =
                    parts.next().unwrap().split(['[', ' ']).find(|word| word.starts_with("CB")).unwrap().to_owned();
                format!("{code} {line}:{column}")
            })
            .collect();
        assert_eq!(faults, told, "{what}: {lines}");
        let every = body.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric) && word.len() > 3);
        for word in every.filter(|word| {
            !["Kind", "page", "Summery", "Summary", "Title", "Must", "Band", "story", "Name", "Words"].contains(word)
        }) {
            assert!(text.contains(word), "{what}: “{word}” is lost in\n{text}");
        }
    }
}

#[test]
fn a_text_of_which_no_page_can_be_made_is_refused_with_its_reason() {
    let good = "### Title\nA\n### Summary\nB\n### Must\nC\n";
    for (what, body, message) in [
        ("empty", Vec::new(), "This text is empty"),
        ("blank", b" \n\n".to_vec(), "This text is empty"),
        ("not text", vec![0xff, 0xfe, 0x41, 0], "no text in UTF-8"),
        ("no kind", b"### Colour\nBlue\n".to_vec(), "what kind of page this is"),
        ("no title", b"### Kind of page\nMade-up\n### Summary\nB\n".to_vec(), "has no title"),
    ] {
        let site = library().file("issue.md", &body);
        let before = crate::site::files(site.root());
        let ran = site.run(&["import", "--issue", "issue.md"]);
        assert_ne!(ran.code(), 0, "{what}");
        assert!(ran.stderr().contains("CB1101") && ran.stderr().contains(message), "{what}: {}", ran.stderr());
        assert_eq!(crate::site::files(site.root()), before, "{what}");
    }
    // The kind is told by the questions, where no other has the same, or by the caller.
    let site = library().file("issue.md", good);
    site.run(&["import", "--issue", "issue.md", "--kind", "made-up"]).clean();
    let site = library().file("issue.md", format!("{good}### Bands\n### Parts\n"));
    site.run(&["import", "--issue", "issue.md"]).clean();
    assert!(site.root().join("content/made-ups/a.md").exists());
}
