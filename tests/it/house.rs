//! What never happens: the invariants of ARCHITECTURE.md, held against the source.

use std::{fs, path::Path};

const STAGES: [&str; 9] = ["discover", "parse", "validate", "advice", "link", "render", "search", "outputs", "publish"];

/// Pairs of rooms that are one stage: the outputs are made with templates, and one of them is the search index.
const ONE_STAGE: [(&str, &str); 3] = [("outputs", "render"), ("outputs", "search"), ("search", "render")];

/// Every source file, with its room (the first folder or file below src) and its text without tests.
fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let walk = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let rust = walk.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    rust.map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let room = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(entry.path()).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        (path, room, text)
    })
    .filter(|(path, ..)| !path.contains("/tests/") && !path.ends_with("/tests.rs") && !path.ends_with("/samples.rs"))
    .collect()
}

/// The code of a text, without comments.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn offenders(wrong: impl Fn(&str, &str, &str) -> bool) -> Vec<String> {
    sources().into_iter().filter(|(path, room, text)| wrong(path, room, text)).map(|(path, ..)| path).collect()
}

/// The rooms that a text names after `crate::`, in paths and in braces.
fn imports(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let (mut depth, mut word) = (0, String::new());
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => rooms.push(std::mem::take(&mut word)),
                    _ => {}
                }
                if depth == 0 && (c.is_alphanumeric() || c == '_' || c == ':') {
                    word.push(c);
                }
            }
            rooms.push(word);
        } else {
            rooms.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    let first = |room: &String| room.split(':').next().unwrap_or_default().to_owned();
    rooms.iter().map(first).filter(|room| !room.is_empty()).collect()
}

#[test]
fn imports_are_read_from_paths_and_braces() {
    let text = "use crate::{\n    diagnostic::{Code, Diagnostic},\n    link,\n    model::Entry,\n};\nlet x = crate::publish::all();";
    assert_eq!(imports(text), ["diagnostic", "link", "model", "publish"]);
}

#[test]
fn no_stage_imports_another() {
    for stage in STAGES {
        let others = STAGES.iter().filter(|other| **other != stage && !ONE_STAGE.contains(&(stage, other)));
        let others: Vec<&str> = others.copied().collect();
        let wrong = offenders(|_, room, text| {
            room == stage && imports(&code(text)).iter().any(|import| others.contains(&import.as_str()))
        });
        assert_eq!(wrong, Vec::<String>::new(), "{stage} imports another stage");
    }
}

#[test]
fn only_the_pipeline_knows_the_stages() {
    let knows = |text: &str| imports(&code(text)).iter().any(|import| STAGES.contains(&import.as_str()));
    let wrong = offenders(|_, room, text| room != "pipeline" && !STAGES.contains(&room) && knows(text));
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_four_rooms_touch_the_disk() {
    let touches = |text: &str| {
        ["std::fs", "fs::", "File::", "std::{fs", "    fs,"].iter().any(|needle| code(text).contains(needle))
    };
    let wrong =
        offenders(|_, room, text| !["discover", "publish", "watch", "commands"].contains(&room) && touches(text));
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_commands_print_and_nothing_exits() {
    let prints = |text: &str| {
        ["println!", "eprintln!", "print!(", "eprint!(", "stdout()", "stderr()"]
            .iter()
            .any(|needle| code(text).contains(needle))
    };
    assert_eq!(offenders(|_, room, text| room != "commands" && prints(text)), Vec::<String>::new());
    assert_eq!(offenders(|_, _, text| code(text).contains("process::exit")), Vec::<String>::new());
}

#[test]
fn the_clock_is_read_in_one_place() {
    let reads = |text: &str| {
        ["Timestamp::now", "Zoned::now", "SystemTime::now"].iter().any(|needle| code(text).contains(needle))
    };
    assert_eq!(offenders(|path, _, text| path != "config.rs" && reads(text)), Vec::<String>::new());
}

#[test]
fn no_file_is_long_and_no_room_is_named_for_nothing() {
    assert_eq!(offenders(|_, _, text| text.lines().count() > 600), Vec::<String>::new());
    let nothing = ["utils", "util", "helpers", "common", "types", "errors", "error", "misc"];
    let named = |path: &str| path.split('/').any(|part| nothing.contains(&part.trim_end_matches(".rs")));
    assert_eq!(offenders(|path, _, _| named(path)), Vec::<String>::new());
}

#[test]
fn nothing_is_left_half_done() {
    // Put together here, so that this file does not name them itself.
    let words = [["TO", "DO"], ["FIX", "ME"], ["X", "XX"], ["to", "do!("], ["unimplemen", "ted!("], ["dbg", "!("]];
    let words = words.map(|parts| parts.concat());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "themes", "tests"] {
        let walk = walkdir::WalkDir::new(root.join(folder)).into_iter();
        // What others wrote, and sums of it, in which any letters may stand together.
        let others = ["node_modules", "package-lock.json"];
        let walk = walk.filter_entry(|entry| others.iter().all(|name| entry.file_name() != *name)).map(Result::unwrap);
        for file in walk.filter(|entry| entry.file_type().is_file()) {
            let text = String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned();
            let left = words.iter().find(|word| text.contains(word.as_str()));
            assert_eq!(left, None, "{}", file.path().display());
        }
    }
}

#[test]
fn main_is_short() {
    let main = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/main.rs")).unwrap();
    assert!(main.lines().count() < 30);
}

#[test]
fn no_kind_is_named_in_the_source() {
    let kinds = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/civic/kinds")).unwrap();
    let mut names = Vec::new();
    for file in kinds.map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("_every.yaml")) {
        let kind: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        names.extend(["name", "folder"].iter().filter_map(|key| kind[*key].as_str().map(str::to_owned)));
    }
    assert!(names.len() > 10);
    // A reference's target `page` is any page: a word of the kind files' own language, like `text` or `date`.
    let quoted = |text: &str| {
        names.iter().filter(|name| *name != "page").any(|name| code(text).contains(&format!("\"{name}\"")))
    };
    // A name of one word is an ordinary word in comments; one of several is a kind's wherever it stands.
    let named = |text: &str| names.iter().filter(|name| name.contains('-')).any(|name| text.contains(name.as_str()));
    assert_eq!(offenders(|_, _, text| quoted(text) || named(text)), Vec::<String>::new());
}

#[test]
fn what_could_bring_the_program_down_is_forbidden_to_write() {
    let text = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let manifest = text("Cargo.toml");
    let lints =
        ["panic", "unwrap_used", "expect_used", "unreachable", "indexing_slicing", "string_slice", "get_unwrap"];
    for lint in lints {
        assert!(manifest.contains(&format!("\n{lint} = \"warn\"\n")), "{lint}");
        let allowed = offenders(|_, _, text| text.contains(&format!("clippy::{lint}")));
        // The first has a rule for each code, made by one macro; the others speak of tests.
        let known = ["diagnostic/catalogue.rs", "lib.rs", "watch/source.rs"];
        assert!(allowed.iter().all(|path| known.contains(&path.as_str())), "{lint}: {allowed:?}");
    }
    assert!(manifest.contains("\nunsafe_code = \"forbid\"\n"));
    // Warnings are errors in CI.
    assert!(text("test.sh").contains("cargo clippy --all-targets --release -- -D warnings"));
}
