//! A filled form of GitHub or GitLab, and the page that is made of it.

use crate::{
    hosts::{below, data, library, read},
    site::Site,
};
use serde_json::Value;
use std::fs;

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
