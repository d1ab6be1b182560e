//! The index as the program reads it: the same answers as the site's own search gives, and no harm from broken files.

use crate::site::{SETTINGS, Site, files, unpacked};
use casebook::search::{Filters, Index, Options};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path, process::Command, sync::LazyLock};

type Files = BTreeMap<String, Vec<u8>>;

/// A library in two languages with what is hard: short forms, accents, hyphens, numbers, a page of several parts.
fn small() -> Site {
    let long: String =
        (0..900).map(|n| format!("## Part {n}\n\nNumber{n} is about kinship and word{}.\n\n", n % 70)).collect();
    let glossary = "- id: LAC\n  label: looked-after children\n  synonyms: [children in care]\n\
                    - id: IRO\n  label: independent reviewing officer\n";
    let mentoring = "## How it began\n\nMentors meet children in care. The mentor's well-being counts: it is well known.\n\n\
                     ## What it cost\n\nIt cost £1,200m in 2012, of 12,000 `<img src=x onerror=alert(1)>` asked. C++ and a.b*c?\n";
    let signs = "## Café and tŷ\n\nNaïve façade, ŵyth 🙂🙂 ½ of O’Brien's. שלום עולם and العربية. Part-time work, carers'-group.\n";
    Site::new()
        .file("casebook.yaml", format!("{SETTINGS}languages: [en, cy]\n"))
        .file("content/_data/glossary.yaml", glossary)
        .file(
            "content/_data/themes.yaml",
            "- id: mentoring\n  label: Mentoring\n- id: fostering\n  label: Fostering and kinship\n",
        )
        .page("content/guides/mentors.md", "Independent mentors for LAC", "themes: [mentoring]\n", mentoring)
        .page(
            "content/guides/fostering.md",
            "Fostering",
            "themes: [fostering, mentoring]\n",
            "An IRO and the council. Foster carers.\n",
        )
        .page("content/guides/signs.md", "Signs of all kinds", "themes: [fostering]\n", signs)
        .page(
            "content/guides/emoji.md",
            "Faces",
            "themes: [mentoring]\n",
            &format!("{}cornerstone{}\n", "🙂".repeat(130), "🙂".repeat(400)),
        )
        .page("content/long.md", "Kinship at length", "", &long)
        .page("content/guides/gofal.cy.md", "Gofal yn Abertawe", "themes: [fostering]\n", "Plant mewn gofal a'r tŷ.\n")
        .page("content/guides/empty.md", "Nothing much", "themes: [mentoring]\n", "")
}

fn built(site: &Site) -> Files {
    site.run(&["build", "--no-downloads"]).clean();
    files(&site.root().join("public/search"))
}

/// The files of the small library's index.
static SMALL: LazyLock<Files> = LazyLock::new(|| built(&small()));

const TEXTS: [&str; 92] = [
    // Words, in any form and order.
    "mentor",
    "mentors",
    "MENTORING",
    "mentored children",
    "children mentoring council fostering",
    "kinship kinship word7",
    "word7 number12 number700",
    "councillor care leavers housing",
    "report of the scrutiny committee",
    // The last word may be a beginning.
    "ment",
    "m",
    "independent rev",
    "ment council",
    "ment ",
    "number1",
    "wor",
    "wellbei",
    "well-bei",
    // Misspelt, also at the beginning, twice, and beyond help.
    "fostring",
    "fosterign council",
    "mentroing",
    "nentoring",
    "kinshp and mentrs",
    "wentors indpendent",
    "councilor",
    "corproate parentng",
    "independnt mentros again",
    "leadrship leadrship",
    "zzzzqqq",
    "fosxyz",
    "xq",
    "luten",
    // Phrases and what is not wanted.
    "\"children in care\"",
    "\"well known\" mentors",
    "“kinship and word12”",
    "\"kinship word\"",
    "\"mentors meet",
    "\"the\"",
    "\"of the\"",
    "\"\"",
    "\"foster carers\" \"the council\"",
    "mentoring -council",
    "mentoring -\"well known\"",
    "kinship −word7",
    "-kinship",
    "-\"foster carers\"",
    "mentors-council",
    "children -in -care",
    "say\"quoted words\"here",
    // Short forms and what they stand for.
    "LAC",
    "lac mentors",
    "looked-after children",
    "looked after child",
    "children in care",
    "children in care homes",
    "\"looked-after children\"",
    "-LAC mentors",
    "iro",
    // Signs.
    "well-being",
    "wellbeing",
    "Well\u{2010}Being part-time",
    "parttime",
    "carers'-group",
    "o'brien",
    "OBriens",
    "O’’Brien",
    "1,200m",
    "1200m",
    "12,000",
    "2012",
    "½",
    "cafe ty",
    "CAFÉ TŶ ŵyth naive facade",
    "İstanbul ΟΔΟΣ ﬁgures",
    "🙂",
    "🙂 mentors 🙂",
    "cornerstone",
    "שלום",
    "العربية mentors",
    "<img onerror>",
    "<img src=x onerror=alert(1)>",
    "(.*)[",
    "a.b*c? C++ \\d+ ^$ |",
    "constructor __proto__ toString hasOwnProperty",
    "\u{feff}mentor\u{85}council\u{a0}care",
    "m\u{301}entor -\u{301}a",
    // Nothing that says anything.
    "the",
    "of the and",
    "-",
    "\" \"",
    "",
    "   ",
];

/// The questions for a library with these facets and values.
fn questions(values: &[(&str, &str)], language: Option<&str>) -> Vec<Value> {
    let mut questions: Vec<Value> = Vec::new();
    let mut ask = |text: &str, options: Value| {
        questions.push(json!({ "language": language, "text": text, "options": options }));
    };
    let long = ["mentor ".repeat(1500), "x".repeat(10_000), format!("{}-being", "x".repeat(41)), "\"a ".repeat(3000)];
    let texts = || TEXTS.into_iter().chain(long.iter().map(String::as_str));
    texts().for_each(|text| ask(text, json!({})));
    texts().for_each(|text| ask(text, json!({ "filters": {}, "limit": 3 })));
    for text in ["", "mentoring", "children council", "fostring", "\"children in care\"", "-council", "zzzzqqq"] {
        for sort in ["newest", "title"] {
            ask(text, json!({ "sort": sort }));
            ask(text, json!({ "sort": sort, "filters": {}, "limit": 4, "offset": 1 }));
        }
        for (facet, value) in values {
            ask(text, json!({ "filters": { *facet: [value] } }));
            ask(text, json!({ "filters": { *facet: [value, "nowhere"], "kind": ["guide"] }, "limit": 100 }));
            ask(text, json!({ "filters": { *facet: [] }, "sort": "title" }));
        }
    }
    for offset in [0, 1, 2, 7, 1000] {
        ask("children", json!({ "limit": 2, "offset": offset }));
    }
    ask("children", json!({ "limit": 0 }));
    questions
}

fn options(of: &Value) -> Options {
    let number = |name: &str| of.get(name).map(|number| number.as_u64().unwrap() as usize);
    let usual = Options::default();
    Options {
        filters: of.get("filters").map(|filters| serde_json::from_value::<Filters>(filters.clone()).unwrap()),
        limit: number("limit").unwrap_or(usual.limit),
        offset: number("offset").unwrap_or(usual.offset),
        sort: of.get("sort").map_or(usual.sort, |sort| sort.as_str().unwrap().parse().unwrap()),
    }
}

/// What the site's own search answers.
fn in_javascript(folder: &Path, questions: &[Value]) -> Vec<Value> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), Value::from(questions).to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/ask.mjs");
    let node = Command::new("node").arg(script).arg(folder).arg(file.path()).output();
    let node = node.expect("`node` should be on this machine: the site's search is JavaScript");
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
    serde_json::from_slice(&node.stdout).unwrap()
}

#[track_caller]
fn both_answer_the_same(folder: &Path, questions: &[Value]) {
    let theirs = in_javascript(folder, questions);
    let read = |path: &str| fs::read(folder.join(path)).map_err(|error| error.to_string());
    let mut found = 0;
    for (question, theirs) in questions.iter().zip(&theirs) {
        let index = Index::open(&read, question["language"].as_str()).unwrap();
        let answer = index.search(question["text"].as_str().unwrap(), &options(&question["options"])).unwrap();
        let ours = serde_json::to_value(&answer).unwrap();
        assert_eq!(ours, *theirs, "{question}");
        found += answer.results.len();
    }
    assert_eq!(theirs.len(), questions.len());
    assert!(found > questions.len() / 2, "too few of the questions find anything: {found}");
}

#[test]
#[ignore = "needs Node 20.19 or newer; ./test.sh has it"]
fn both_readers_answer_the_same_of_what_is_hard() {
    let site = small();
    built(&site);
    let values = [("themes", "mentoring"), ("themes", "fostering"), ("kind", "page")];
    let questions = [questions(&values, None), questions(&values, Some("cy"))].concat();
    both_answer_the_same(&site.root().join("public/search"), &questions);
}

#[test]
#[ignore = "needs Node 20.19 or newer; ./test.sh has it"]
fn both_readers_answer_the_same_of_the_published_library() {
    let site = Site::published_in("civic");
    built(&site);
    let values = [("themes", "housing"), ("councils", "luton"), ("kind", "case-study"), ("years", "2012")];
    both_answer_the_same(&site.root().join("public/search"), &questions(&values, None));
}

/// Asks what needs every file, of an index whose files are these.
fn asked_everything(files: &Files) -> Vec<Result<usize, String>> {
    let read = |path: &str| files.get(path).cloned().ok_or_else(|| "it is not there".to_owned());
    let index = match Index::open(&read, None) {
        Ok(index) => index,
        Err(message) => return vec![Err(message)],
    };
    let ask = |text: &str, sort: &str| {
        let options = Options { filters: Some(Filters::new()), sort: sort.parse().unwrap(), ..Options::default() };
        index.search(text, &options).map(|answer| answer.total)
    };
    let asked = [
        ("kinshp mentors", "newest"),
        ("\"children in care\" -zzz", "title"),
        ("word7 LAC", "relevance"),
        ("zzzqqq", "newest"),
    ];
    asked.into_iter().map(|(text, sort)| ask(text, sort)).collect()
}

/// Names of the files in the folder of the index's state, one of each sort.
fn parts() -> Vec<String> {
    let folder = serde_json::from_slice::<Value>(&SMALL["index.json"]).unwrap()["state"].as_str().unwrap().to_owned();
    ["t0", "d0", "s0", "e0", "facets", "newest", "titles"].map(|name| format!("{folder}/{name}.bin")).to_vec()
}

fn with(path: &str, bytes: Option<Vec<u8>>) -> Files {
    let mut files = SMALL.clone();
    files.remove(path);
    files.extend(bytes.map(|bytes| (path.to_owned(), bytes)));
    files
}

#[test]
fn a_sound_index_answers() {
    assert!(parts().iter().all(|part| SMALL.contains_key(part)), "{:?}", SMALL.keys());
    let answers = asked_everything(&SMALL);
    assert!(answers[..3].iter().all(|answer| answer.as_ref().is_ok_and(|total| *total > 0)), "{answers:?}");
}

#[test]
fn a_file_that_is_missing_or_cut_short_is_named() {
    for path in parts() {
        let whole = &SMALL[&path];
        let cuts = [0, 1, whole.len() / 2, whole.len() - 9];
        for bytes in [None].into_iter().chain(cuts.map(|cut| Some(whole[..cut].to_vec()))) {
            let answers = asked_everything(&with(&path, bytes));
            assert!(
                answers.iter().any(|answer| answer.as_ref().is_err_and(|said| said.contains(&path))),
                "{path}: {answers:?}"
            );
        }
    }
}

#[test]
fn an_index_of_another_version_or_with_numbers_that_lie_is_refused() {
    let root: Value = serde_json::from_slice(&SMALL["index.json"]).unwrap();
    let said = |name: &str, value: Value| {
        let mut root = root.clone();
        root[name] = value;
        asked_everything(&with("index.json", Some(root.to_string().into_bytes())))
    };
    let refusal = "the search index is of another version than its reader";
    assert_eq!(said("version", json!(1)), [Err(refusal.to_owned())]);
    assert!(asked_everything(&with("index.json", None))[0].is_err());
    let lies = [
        ("pages", json!(9_000_000_000_000_u64)),
        ("parts", json!(u64::MAX)),
        ("pages", json!(-1)),
        ("perFile", json!(0)),
        ("state", json!("../secret")),
        ("state", json!("")),
        ("names", json!(null)),
        ("facets", json!([])),
        ("longer", json!([[0, u64::MAX]])),
        ("preface", json!("x".repeat(70_000))),
    ];
    for (name, value) in lies {
        assert!(said(name, value.clone()).iter().any(Result::is_err), "{name}: {value}");
    }
    // A name without words would be found everywhere, again and again.
    assert!(said("names", json!({ "words": {}, "of": [[[], 0]] }))[0].is_ok());
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_file_of_any_bytes_does_no_harm(file in 0..7_usize, bytes in prop::collection::vec(any::<u8>(), 0..200), is_packed: bool) {
        let bytes = if is_packed { packed(&bytes) } else { bytes };
        asked_everything(&with(&parts()[file], Some(bytes)));
    }

    #[test]
    fn a_file_with_some_bytes_changed_does_no_harm(
        file in 0..7_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        is_inside: bool,
    ) {
        let path = &parts()[file];
        let is_inside = is_inside && !path.ends_with("/d0.bin");
        let mut bytes = if is_inside { unpacked(&SMALL[path]) } else { SMALL[path].clone() };
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        asked_everything(&with(path, Some(if is_inside { packed(&bytes) } else { bytes })));
    }
}

#[test]
fn the_command_answers_in_words_and_as_data() {
    let site = small();
    let ran = site.run(&["search", "mentors"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("Run `casebook build` first"), "{}", ran.stderr());

    site.run(&["build", "--no-downloads"]).clean();
    let said = site.run(&["search", "fostring", "--theme", "Fostering and kinship", "--limit", "3"]).clean().stdout();
    assert!(said.starts_with("Showing results for fostering\n\nFostering\nGuide"), "{said}");
    assert!(said.contains("\nhttps://example.org/guides/fostering/"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    let said = site.run(&["search", "zzzqqq"]).clean().stdout();
    assert_eq!(said, "Nothing was found for “zzzqqq”.\n");

    let said = site.run(&["search", "mentoring", "--in", "themes=mentoring", "--format", "json"]).clean().stdout();
    let answer: Value = serde_json::from_str(&said).unwrap();
    let names: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(names, ["total", "results", "facets", "corrected", "near"]);
    let themes = answer["facets"]["themes"].as_array().unwrap();
    assert!(themes.contains(&json!({ "value": "mentoring", "label": "Mentoring", "count": 4 })), "{themes:?}");
    let said = site.run(&["search", "gofal", "--language", "cy"]).clean().stdout();
    assert!(said.contains("Gofal yn Abertawe"), "{said}");
}

#[test]
fn what_the_site_does_not_have_is_told_with_what_is_near() {
    let site = small();
    site.run(&["build", "--no-downloads"]).clean();
    let said = |arguments: &[&str]| {
        let ran = site.run(&[&["search", "x"], arguments].concat());
        assert_eq!((ran.code(), ran.stdout().as_str()), (2, ""));
        ran.stderr()
    };
    let ran = site.run(&["search"]);
    assert!(ran.code() == 2 && ran.stderr().contains("say what to look for"), "{}", ran.stderr());
    assert!(said(&["--in", "thmes=mentoring"]).contains("no facet “thmes”. Did you mean themes?"));
    assert!(said(&["--theme", "mentring"]).contains("has no value “mentring”. Did you mean mentoring?"));
    assert!(said(&["--in", "mentoring"]).contains("“mentoring” is not FACET=VALUE"));
    assert!(said(&["--kind", "zzz"]).contains("There are: "));
    assert!(said(&["--language", "fr"]).contains("There are: en, cy."));
}
