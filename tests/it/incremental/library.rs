//! The library that is edited: pages of every kind made by chance, and a few of the repository's own that use what
//! chance would not.

use super::chance::Chance;
use crate::site::files;
use std::{collections::BTreeMap, path::Path};

/// The files of a library by their paths from its root.
pub type Tree = BTreeMap<String, Vec<u8>>;

pub const SETTINGS: &str = "title: Test\nbase_url: https://example.org/\nrepository: https://example.org/source\n\
    navigation:\n  - case-studies\n  - guides\n  - themes\nfooter:\n  - /about.md\ncontribute: /about.md\npage_size: 5\n";

pub const THEMES: [&str; 4] = ["mentoring", "housing", "education", "health"];
pub const COUNCILS: [&str; 4] = ["ashford", "beckton", "coldharbour", "dunmere"];

/// Each kind with its folder, and the front matter that it needs.
const KINDS: [(&str, &str); 8] = [
    ("case-studies", "councils: [ashford]\n"),
    ("guides", "questions:\n  - What has changed?\n  - Who says so?\n"),
    ("packs", "year: 2026\nmessages:\n  - We are all corporate parents.\n"),
    ("events", "start: 2026-12-01\nend: 2026-12-04\n"),
    ("organisations", "type: charity\n"),
    ("decisions", "body: The cabinet\nmet: 2025-03-04\nactions:\n  - text: Ask again\n    status: in-progress\n"),
    ("training", "format: workshop\nmodules:\n  - title: One\n    text: Listen.\n"),
    ("notes", ""),
];

/// Pages of the repository's library that are taken over as they are, with the folder's other files.
const OWN: [&str; 4] = [
    "packs/care-leavers-week-2027/",
    "events/care-leavers-week-2027.md",
    "guides/virtual-school-heads.md",
    "self-assessments/corporate-parenting-board.md",
];

/// A new library.
pub fn library(chance: &mut Chance) -> Tree {
    let mut tree = Tree::new();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for (path, bytes) in files(&content) {
        let is_wanted = OWN.iter().any(|own| path.starts_with(own)) || path == "_data/themes.yaml";
        if is_wanted || ["_data/campaigns.yaml", "_data/glossary.yaml"].contains(&path.as_str()) {
            tree.insert(format!("content/{path}"), bytes);
        }
    }
    // Links of those pages to others that are not here are told, and the site is made all the same.
    let levels = ["broken-link", "broken-anchor", "hidden-target", "unknown-term", "too-long"];
    let levels: String = levels.iter().map(|name| format!("  {name}: warning\n")).collect();
    tree.insert("casebook.yaml".into(), format!("{SETTINGS}levels:\n{levels}").into_bytes());
    let more: String = THEMES.iter().map(|id| format!("- id: {id}\n  label: {}\n", id.to_uppercase())).collect();
    let themes = String::from_utf8(tree["content/_data/themes.yaml"].clone()).unwrap();
    let known = |id: &str| themes.contains(&format!("- id: {id}\n"));
    let themes = if THEMES.iter().all(|id| known(id)) { themes } else { more };
    tree.insert("content/_data/themes.yaml".into(), themes.into_bytes());
    let rows: String = COUNCILS.iter().map(|id| format!("{id},{}\n", id.to_uppercase())).collect();
    tree.insert("content/_data/councils.csv".into(), format!("id,label\n{rows}").into_bytes());
    tree.insert("content/about.md".into(), page("About", "", "Write to us.\n"));
    tree.insert("content/index.md".into(), page("Home", "", "Welcome.\n\n## Start here\n\nRead.\n"));
    for number in 0..20 {
        let (path, bytes) = new_page(chance, &tree, number);
        tree.insert(path, bytes);
    }
    tree
}

/// A page of any kind that is not there yet.
pub fn new_page(chance: &mut Chance, tree: &Tree, number: usize) -> (String, Vec<u8>) {
    // Mostly of one kind, so that lists are longer than a page and can be narrowed down.
    let (folder, needs) = if chance.percent(50) { KINDS[0] } else { *chance.of(&KINDS) };
    let name = format!("{}-{number}", chance.word().to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let path = match chance.below(10) {
        0 => format!("content/{folder}/{name}/index.md"),
        1 => format!("content/{folder}/{name}.cy.md"),
        _ => format!("content/{folder}/{name}.md"),
    };
    let words = 2 + chance.below(6);
    let (title, front) = (chance.phrase(words), front(chance, needs));
    let mut body = chance.paragraph() + "\n\n";
    for _ in 0..chance.below(6) {
        body += &(block(chance, tree) + "\n\n");
    }
    (path, page(&title, &front, &body))
}

fn page(title: &str, front: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\nsummary: About {title}.\n{front}---\n\n{body}").into_bytes()
}

fn front(chance: &mut Chance, needs: &str) -> String {
    let mut front = needs.to_owned();
    let (one, two) = (chance.of(&THEMES), chance.of(&THEMES));
    front += &format!("themes: [{one}{}]\n", if one == two { String::new() } else { format!(", {two}") });
    if chance.percent(50) && !needs.contains("councils") {
        front += &format!("councils: [{}]\n", chance.of(&COUNCILS));
    }
    if chance.percent(60) {
        front += &format!("published: 20{:02}-0{}-1{}\n", 10 + chance.below(16), 1 + chance.below(9), chance.below(9));
    }
    if chance.percent(30) {
        front += "review_by: 2027-01-01\n";
    }
    if chance.percent(15) {
        front += &format!("embargo: 2026-{}-2{}T10:00\n", 11 + chance.below(2), chance.below(9));
    }
    if chance.percent(15) {
        front += &format!("status: {}\n", chance.of(&["draft", "withdrawn", "archived", "current"]));
    }
    if chance.percent(20) {
        front += &format!("aliases: [/old-{}/]\n", chance.below(9_999));
    }
    if needs.contains("type: charity") {
        // The status of an organisation is another one.
        front = front.replace("status: ", "url: https://example.org/#");
    }
    front
}

/// A piece of Markdown: words, links, what the dialect has, and components.
pub fn block(chance: &mut Chance, tree: &Tree) -> String {
    let (words, more) = (chance.phrase(4), chance.paragraph());
    match chance.below(14) {
        0 => format!("## {words}\n\n{more}"),
        1 => format!("### {words}\n\n{more}"),
        2 => format!("- {words}\n- {more}\n- [ ] {words}"),
        3 => format!("| {words} | 1 |\n| --- | --- |\n| {more} | 2 |"),
        4 => format!("> [!NOTE]\n> {more}"),
        5 => format!("{words}.[^n]\n\n[^n]: {more}"),
        6 => format!("```python\ndef total(rows):\n    return sum(rows)  # {words}\n```"),
        7 => format!("```quote\ntext: {more}\nname: {words}\n```"),
        8 => format!(
            "```chart\ntype: bar\ntitle: {words}\nunit: Per cent\nrows:\n  - label: One\n    value: {}\n  \
             - label: Two\n    value: {}\nas_of: 2011\nsource: A report\n```",
            chance.below(100),
            chance.below(100)
        ),
        9 => format!("<b>{words}</b> and <script>alert(1)</script> {more}"),
        10 | 11 => format!("See [{words}]({}) for {more}", link(chance, tree)),
        _ => more,
    }
}

/// The target of a link: mostly a page that is there, with or without a heading.
pub fn link(chance: &mut Chance, tree: &Tree) -> String {
    let pages = tree.keys().filter(|path| path.ends_with(".md")).map(|path| path["content".len()..].to_owned());
    match (chance.below(12), chance.any(pages.collect())) {
        (0, _) | (_, None) => "/guides/not-there.md".to_owned(),
        (1, Some(page)) => format!("{page}#start-here"),
        (2, _) => "https://example.org/elsewhere".to_owned(),
        (_, Some(page)) => page,
    }
}
