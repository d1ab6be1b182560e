//! What people do to a library, by chance.

use super::{
    chance::Chance,
    library::{COUNCILS, SETTINGS, THEMES, Tree, block, link, new_page},
};
use casebook::builtin;

/// An edit: what is done, in words, and the files with what they hold afterwards.
pub struct Edit {
    pub said: String,
    pub files: Vec<File>,
}

/// A file with what it holds afterwards, if it is there.
type File = (String, Option<Vec<u8>>);

type Made = Option<File>;

/// An edit of one file, or of several at once.
pub fn edit(chance: &mut Chance, tree: &Tree, number: usize) -> Edit {
    let mut edit = Edit { said: String::new(), files: Vec::new() };
    let mut after = tree.clone();
    let most = if chance.percent(85) { 1 } else { 2 + chance.below(6) };
    while edit.files.len() < most {
        let (said, files) = one(chance, &after, number * 10 + edit.files.len());
        if files.is_empty() {
            continue;
        }
        for (path, bytes) in files {
            match &bytes {
                Some(bytes) => drop(after.insert(path.clone(), bytes.clone())),
                None => drop(after.remove(&path)),
            }
            edit.said += &format!("{}{said}: {path}", if edit.said.is_empty() { "" } else { "; " });
            edit.files.retain(|(known, _)| *known != path);
            edit.files.push((path, bytes));
        }
    }
    edit
}

fn one(chance: &mut Chance, tree: &Tree, number: usize) -> (&'static str, Vec<File>) {
    let (said, made): (_, Vec<Made>) = match chance.below(100) {
        0..=27 => ("body", vec![body(chance, tree)]),
        28..=35 => ("title", vec![front(chance, tree, "title")]),
        36..=38 => ("summary", vec![front(chance, tree, "summary")]),
        39..=43 => ("themes", vec![front(chance, tree, "themes")]),
        44..=47 => ("another field", vec![other_field(chance, tree)]),
        48..=52 => (
            "new page",
            vec![{
                let (path, bytes) = new_page(chance, tree, 100 + number);
                Some((path, Some(bytes)))
            }],
        ),
        53..=56 => ("gone", vec![any(chance, tree, is_page).map(|path| (path, None))]),
        57..=61 => ("renamed", renamed(chance, tree, number)),
        62..=65 => ("broken", vec![broken(chance, tree)]),
        66..=68 => ("picture", vec![picture(chance, tree)]),
        69..=74 => ("template", vec![template(chance, tree)]),
        75..=78 => ("style or script", vec![sheet(chance, tree)]),
        79..=82 => ("vocabulary", vec![vocabulary(chance, tree)]),
        83..=86 => ("kind", vec![kind(chance, tree)]),
        87..=88 => ("words of the site", vec![words(chance, tree)]),
        89..=92 => ("settings", vec![settings(chance)]),
        93..=95 => ("overlay", vec![overlay(chance, tree, number)]),
        96..=97 => ("own theme", vec![own_theme(chance)]),
        _ => ("not of the site", vec![Some((format!("docs/{}.txt", chance.word()), Some(b"notes".to_vec())))]),
    };
    (said, made.into_iter().flatten().collect())
}

fn is_page(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md")
}

fn any(chance: &mut Chance, tree: &Tree, wanted: impl Fn(&str) -> bool) -> Option<String> {
    chance.any(tree.keys().filter(|path| wanted(path)).cloned().collect())
}

/// A page's front matter and body.
fn page(chance: &mut Chance, tree: &Tree) -> Option<(String, String, String)> {
    let path = any(chance, tree, is_page)?;
    let text = String::from_utf8(tree[&path].clone()).ok()?;
    let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    Some((path, front.to_owned(), body.to_owned()))
}

fn joined(path: String, front: &str, body: &str) -> Made {
    Some((path, Some(format!("---\n{front}\n---\n{body}").into_bytes())))
}

fn body(chance: &mut Chance, tree: &Tree) -> Made {
    let (path, front, body) = page(chance, tree)?;
    let mut blocks: Vec<String> = body.split("\n\n").map(str::to_owned).collect();
    let at = chance.below(blocks.len());
    match chance.below(10) {
        // A word more in the middle of a text: what editors do all day.
        0..=5 => {
            let plain = |text: &&mut String| text.starts_with(char::is_alphabetic) && text.contains(". ");
            let text = blocks.iter_mut().find(plain)?;
            *text = text.replacen(". ", &format!(" {}. ", chance.word()), 1);
        }
        6 => drop(blocks.remove(at)),
        7 => blocks.push(format!("[{}]({})", chance.phrase(2), link(chance, tree))),
        _ => blocks.insert(at, block(chance, tree)),
    }
    joined(path, &front, &blocks.join("\n\n"))
}

fn front(chance: &mut Chance, tree: &Tree, field: &str) -> Made {
    let (path, front, body) = page(chance, tree)?;
    let value = match field {
        "themes" if chance.percent(10) => format!("[{}, unheard-of]", chance.of(&THEMES)),
        "themes" => format!("[{}]", chance.of(&THEMES)),
        _ if chance.percent(5) => String::new(),
        _ => chance.phrase(5),
    };
    joined(path, &with_line(&front, field, &value), &body)
}

fn other_field(chance: &mut Chance, tree: &Tree) -> Made {
    let (path, front, body) = page(chance, tree)?;
    let (field, value) = match chance.below(9) {
        0 => ("published", format!("202{}-1{}-2{}", chance.below(8), chance.below(2), chance.below(9))),
        1 => ("embargo", format!("2026-11-2{}T1{}:30", 2 + chance.below(7), chance.below(9))),
        2 => ("status", (*chance.of(&["draft", "withdrawn", "archived", "current"])).to_owned()),
        3 => ("review_by", format!("2026-1{}-0{}", 1 + chance.below(2), 1 + chance.below(9))),
        4 => ("aliases", format!("[/old-{}/]", chance.below(6))),
        5 => ("councils", format!("[{}]", chance.of(&COUNCILS))),
        6 => ("superseded_by", link(chance, tree)),
        7 => (
            "owner",
            any(chance, tree, |path| path.starts_with("content/organisations/")).map_or_else(String::new, |path| {
                path.trim_end_matches(".md").rsplit('/').next().unwrap_or_default().to_owned()
            }),
        ),
        _ => ("audience", "[officer, councillor]".to_owned()),
    };
    joined(path, &with_line(&front, field, &value), &body)
}

fn with_line(front: &str, field: &str, value: &str) -> String {
    let start = format!("{field}: ");
    let line = format!("{start}{value}");
    if front.lines().any(|known| known.starts_with(&start)) {
        let lines = front.lines().map(|known| if known.starts_with(&start) { line.as_str() } else { known });
        return lines.collect::<Vec<_>>().join("\n");
    }
    format!("{front}\n{line}")
}

fn renamed(chance: &mut Chance, tree: &Tree, number: usize) -> Vec<Made> {
    let Some(path) = any(chance, tree, is_page) else { return Vec::new() };
    let folder = if chance.percent(80) { path.rsplit_once('/').unwrap().0 } else { "content/guides" };
    let to = format!("{folder}/{}-{number}.md", if chance.percent(50) { "a" } else { "z" });
    vec![Some((to, Some(tree[&path].clone()))), Some((path, None))]
}

fn broken(chance: &mut Chance, tree: &Tree) -> Made {
    let path = any(chance, tree, is_page)?;
    let text = String::from_utf8_lossy(&tree[&path]).into_owned();
    let bytes = match chance.below(7) {
        0 => text.replacen("title: ", "title: [", 1).into_bytes(),
        1 => text.replacen("\n---\n", "\n", 1).into_bytes(),
        2 => text.replacen("title: ", "titel: ", 1).into_bytes(),
        3 => b"---\ntitle: \xff\n---\n".to_vec(),
        4 => Vec::new(),
        5 => format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
        _ => format!("{text}\n```chart\ntype: bar\n```\n").into_bytes(),
    };
    Some((path, Some(bytes)))
}

fn picture(chance: &mut Chance, tree: &Tree) -> Made {
    let path = any(chance, tree, |path| path.ends_with(".svg") || path.ends_with(".png"));
    if chance.percent(20) {
        return path.map(|path| (path, None));
    }
    let path = path.filter(|path| path.ends_with(".svg")).unwrap_or_else(|| "content/packs/new.svg".to_owned());
    let side = 10 + chance.below(90);
    let inside = if chance.percent(10) { "<script>1</script>" } else { "<path d=\"M0 0h9v9z\"/>" };
    let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\">{inside}</svg>");
    Some((path, Some(text.into_bytes())))
}

/// A file of the built-in theme, or what stands before it.
fn themed(tree: &Tree, path: &str) -> Option<String> {
    let built_in = || builtin::theme().into_iter().find(|(known, _)| *known == path).map(|(_, bytes)| bytes.to_vec());
    let bytes = tree.get(&format!("themes/civic/{path}")).cloned().or_else(built_in)?;
    String::from_utf8(bytes).ok()
}

/// Puts a file before one of the built-in theme, changed; or takes it away again.
fn theme_file(chance: &mut Chance, tree: &Tree, path: &str, change: impl FnOnce(&str, &mut Chance) -> String) -> Made {
    let full = format!("themes/civic/{path}");
    if tree.contains_key(&full) && chance.percent(40) {
        return Some((full, None));
    }
    let text = themed(tree, path)?;
    let text = change(&text, chance);
    Some((full, Some(text.into_bytes())))
}

fn template(chance: &mut Chance, tree: &Tree) -> Made {
    let path = *chance.of(&[
        "templates/base.html",
        "templates/entry.html",
        "templates/guide.html",
        "templates/listing.html",
        "templates/term.html",
        "templates/home.html",
        "templates/404.html",
        "templates/parts/footer.html",
        "templates/parts/facts.html",
        "templates/parts/entries.html",
        "templates/components/quote.html",
        "templates/cards/card.svg",
    ]);
    theme_file(chance, tree, path, |text, chance| {
        let word = chance.word();
        if chance.percent(10) {
            return format!("{text}{{% if %}}");
        }
        for place in ["</main>", "{% block text %}", "{% block main %}", "<footer>", "</blockquote>", "</svg>", "</li>"]
        {
            if text.contains(place) {
                let more = if place.starts_with("</") {
                    format!("<i>{word}</i>{place}")
                } else {
                    format!("{place}<i>{word}</i>")
                };
                return text.replacen(place, &more, 1);
            }
        }
        format!("{text}{{#- {word} -#}}")
    })
}

fn sheet(chance: &mut Chance, tree: &Tree) -> Made {
    let path = *chance.of(&[
        "static/css/_lists.css",
        "static/css/tokens.css",
        "static/css/search.css",
        "static/js/site.js",
        "static/js/pack.js",
        "static/icon.svg",
    ]);
    theme_file(chance, tree, path, |text, chance| match (path.rsplit('.').next(), chance.percent(10)) {
        (Some("css"), true) => format!("{text}\n}}}} a {{"),
        (Some("css"), false) => format!("{text}\n.note-{} {{ margin: {}px }}\n", chance.below(99), chance.below(99)),
        (Some("js"), true) => format!("{text}\nconst = ;\n"),
        (Some("js"), false) => format!("{text}\nconsole.log({});\n", chance.below(99)),
        _ => text.replacen("<svg ", &format!("<svg data-note=\"{}\" ", chance.below(99)), 1),
    })
}

fn vocabulary(chance: &mut Chance, tree: &Tree) -> Made {
    let path = *chance.of(&[
        "content/_data/themes.yaml",
        "content/_data/councils.csv",
        "content/_data/campaigns.yaml",
        "content/_data/glossary.yaml",
    ]);
    let text = String::from_utf8(tree.get(path)?.clone()).ok()?;
    let is_csv = path.ends_with(".csv");
    let text = match chance.below(8) {
        0 if is_csv => format!("{text}new-{0},New {0}\n", chance.below(9_999)),
        0 => format!("{text}\n- id: new-{0}\n  label: New {0}\n", chance.below(9_999)),
        1 => text.lines().take(text.lines().count() - 1).map(|line| format!("{line}\n")).collect(),
        2 => format!("{text}{}", if is_csv { "\"\n" } else { "- [\n" }),
        3 if !is_csv => {
            text.replacen("synonyms: [", &format!("synonyms: [{} {}, ", chance.word(), chance.below(999)), 1)
        }
        _ if is_csv => text.replacen(",", &format!(",{} ", chance.word()), 1 + chance.below(4)),
        _ => text.replacen("label: ", &format!("label: {} ", chance.phrase(1)), 1 + chance.below(6)),
    };
    Some((path.to_owned(), Some(text.into_bytes())))
}

fn kind(chance: &mut Chance, tree: &Tree) -> Made {
    let path = *chance.of(&[
        "kinds/guide.yaml",
        "kinds/case-study.yaml",
        "kinds/_every.yaml",
        "kinds/pack.yaml",
        "theme.yaml",
        "components/quote.yaml",
    ]);
    theme_file(chance, tree, path, |text, chance| match chance.below(7) {
        0 => text.replacen("sort: newest", "sort: title", 1),
        1 => text.replacen("downloads: [pdf, ", "downloads: [", 1),
        2 => text.replacen("facet: ", "facet: x", 1),
        3 => text.replacen("required: true", "required: false", 1),
        4 => format!("{text}\n  - name: note\n    type: text\n    label: {{en: Note}}\n    help: {{en: A note.}}\n"),
        5 => format!("{text}\nnonsense: [\n"),
        _ => text.replacen("label: {en: ", &format!("label: {{en: {} ", chance.phrase(1)), 1 + chance.below(5)),
    })
}

fn words(chance: &mut Chance, tree: &Tree) -> Made {
    theme_file(chance, tree, "i18n/en.yaml", |text, chance| match chance.below(4) {
        0 => text.replacen("skip: Skip to the text\n", "", 1),
        1 => text.replacen("home: Home", &format!("home: {}", chance.phrase(1)), 1),
        2 => format!("{text}\nmore: {{\n"),
        _ => text.replacen("follow: ", &format!("follow: {} ", chance.phrase(1)), 1),
    })
}

fn settings(chance: &mut Chance) -> Made {
    let text = match chance.below(12) {
        0 => SETTINGS.replace("title: Test", &format!("title: {}", chance.phrase(2))),
        1 => SETTINGS.replace("page_size: 5", &format!("page_size: {}", 1 + chance.below(9))),
        2 => SETTINGS.replace("  - guides\n", ""),
        3 => format!("{SETTINGS}languages: [en, cy]\n"),
        4 => format!("{SETTINGS}html: {}\n", chance.of(&["sanitise", "escape", "trust"])),
        5 => format!("{SETTINGS}timezone: Pacific/Auckland\n"),
        6 => format!("{SETTINGS}content_overlays:\n  - private\n"),
        7 => format!("{SETTINGS}theme: own\n"),
        8 => format!("{SETTINGS}page_size: [\n"),
        9 => SETTINGS.replace("https://example.org/\n", "https://example.org/library/\n"),
        10 => format!("{SETTINGS}folders:\n  guides:\n    levels:\n      empty-section: error\n"),
        _ => SETTINGS.to_owned(),
    };
    let levels = if chance.percent(90) {
        "levels:\n  broken-link: warning\n  broken-anchor: warning\n  hidden-target: warning\n  unknown-term: warning\n  too-long: warning\n"
    } else {
        ""
    };
    Some(("casebook.yaml".to_owned(), Some(format!("{text}{levels}").into_bytes())))
}

/// A folder beside `content/`, which counts where the settings name it.
fn overlay(chance: &mut Chance, tree: &Tree, number: usize) -> Made {
    let known = any(chance, tree, |path| path.starts_with("private/"));
    if let Some(path) = known.filter(|_| chance.percent(40)) {
        return Some((path, None));
    }
    let (path, bytes) = new_page(chance, tree, number);
    // Now and then in the place of a page that is there.
    let path = any(chance, tree, is_page).filter(|_| chance.percent(20)).unwrap_or(path);
    Some((path.replacen("content/", "private/", 1), Some(bytes)))
}

/// Another theme, which counts where the settings name it.
fn own_theme(chance: &mut Chance) -> Made {
    let (path, text) = match chance.below(4) {
        0 => ("theme.yaml", format!("name: own\nversion: 0.1.0\nlabel: {{en: {}}}\nextends: civic\n", chance.word())),
        1 => ("theme.yaml", "name: own\nversion: 0.1.0\nlabel: {en: Own}\nextends: civic\n".to_owned()),
        2 => ("static/css/own.css", format!("p {{ margin: {}px }}", chance.below(99))),
        _ => ("templates/page.html", format!("{{% extends \"civic/page.html\" %}}{{# {} #}}", chance.word())),
    };
    Some((format!("themes/own/{path}"), Some(text.into_bytes())))
}
