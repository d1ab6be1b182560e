//! Whatever the front matter of a page is like, the site is the same before and after, and so is what is said of it.

use crate::site::Site;
use casebook::{
    config::Overrides,
    model::{Content, Measure, Output},
    pipeline::{self, Unseen},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, fs};

/// What is made of a library, and what there is to say of it without its places: those move.
fn made(site: &Site) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let config = pipeline::settings(site.root(), &Overrides::default()).unwrap();
    let run = pipeline::run(&config, &Unseen);
    let bytes = |content: &Content| match content {
        Content::Bytes(bytes) => bytes.to_vec(),
        Content::Measured(measured) => {
            let measures: Vec<_> = measured.of.iter().map(|_| Measure { size: 1_000, pages: Some(3) }).collect();
            (measured.tell)(&measures)
        }
        // Its key has the places of texts in it.
        Content::Made(_) | Content::File(_) => Vec::new(),
    };
    let outputs = run.outputs.iter().map(|Output { path, content }| (path.clone(), bytes(content))).collect();
    let mut said: Vec<_> = run.diagnostics.iter().map(|fault| format!("{} {}", fault.code, fault.message)).collect();
    said.sort();
    (outputs, said)
}

/// A text in one of the ways in which YAML can hold it on the line of its key.
fn scalar(text: &'static str) -> impl Strategy<Value = String> {
    let double = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let single = format!("'{}'", text.replace('\'', "''"));
    let plain = if text.contains([':', '#', '"', '\'']) { double.clone() } else { text.to_owned() };
    prop_oneof![Just(plain), Just(double), Just(single)]
}

fn lines(name: &'static str, texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    let list = |indent: &str| texts.iter().map(|text| format!("{indent}- {text}\n")).collect::<String>();
    prop_oneof![
        Just(format!("{name}: [{}]\n", texts.join(", "))),
        Just(format!("{name}: [\n  {},\n  ]\n", texts.join(",\n  "))),
        Just(format!("{name}:\n{}", list(""))),
        Just(format!("{name}:\n{}", list("    "))),
        Just(format!("{name}: # a comment\n{}", list("  "))),
    ]
}

/// A field in one of many forms.
fn field() -> impl Strategy<Value = Vec<String>> {
    let summary = scalar("About 'this': \"that\" # and those");
    let of = |name: &'static str, written: &'static [&'static str]| {
        proptest::sample::select(written).prop_map(move |value| format!("{name}: {value}\n"))
    };
    let text = prop_oneof![
        Just("problem: |\n  One #1.\n\n  - two\n\n"),
        Just("problem: \"One #1.\\n\\n- two\\n\"\n"),
        Just("problem: >\n  One #1.\n\n\n  - two\n"),
        Just("problem: |+\n  One #1.\n\n  - two\n\n# below\n"),
        Just("problem: |2\n    One\n  # two\n"),
    ];
    let sources = prop_oneof![
        Just("sources:\n- url: https://example.org/a\n  title: A\n- title: 'B'\n"),
        Just("sources: [{title: A, url: 'https://example.org/a'}, {title: B}]\n"),
        Just("sources:\n  - title: A # first\n    accessed: '2026-01-02'\n"),
        Just("sources:\n\n  - title:\n      A\n\n  # second\n  - title: B\n"),
    ];
    (
        summary.prop_map(|summary| format!("summary: {summary}\n")),
        lines("themes", &["mentoring", "leaving-care"]),
        lines("awards", &["One and two", "'3'", "\"a, b\""]),
        of("published", &["2026-01-02", "'2026-01-02'", "\"2026-01-02\" # then"]),
        of("started", &["2025", "\"2025\"", "2025-05", "1_000"]),
        of("verbatim", &["yes", "true", "\"No\"", "maybe"]),
        of("cost_band", &["not-given", "'Not given'", "~", "#none", ""]),
        text.prop_map(str::to_owned),
        sources.prop_map(str::to_owned),
        of("statistics", &["[{value: 07, text: of them, as_of: 2026}]", "{value: 1.50, text: 'x', as_of: '2026-03'}"]),
        of("ages", &["{from: 16, to: 25}", "\n  to: 25\n  from: 016", "{from: '16'}"]),
        of("nobody", &["x", "[1, {a: b}]", "\"0x1F\"", "\n  - - a"]),
    )
        .prop_map(|fields| {
            let (a, b, c, d, e, f, g, h, i, j, k, l) = fields;
            vec![a, b, c, d, e, f, g, h, i, j, k, l]
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_site_is_the_same_before_and_after(
        fields in field().prop_shuffle(),
        count in 4usize..=12,
        comment in "(# [a-z: '\"]{0,12}\n)?\n?",
        windows in any::<bool>(),
    ) {
        let front: String = fields.into_iter().take(count).map(|field| format!("{comment}{field}")).collect();
        let page = format!("---\n{front}councils: [luton]\ntitle: Mentoring in Luton\n---\nSee [it](../about.md).\n");
        let page = if windows { page.replace('\n', "\r\n") } else { page };
        let site = Site::new()
            .file("content/_data/themes.yaml", "- id: mentoring\n  label: Mentoring\n- id: leaving-care\n  label: Leaving care\n")
            .file("content/_data/councils.csv", "id,label\nluton,Luton\n")
            .page("content/about.md", "About", "", "About.\n")
            .file("content/case-studies/a.md", &page);
        let before = made(&site);
        let formed = site.run(&["fmt"]);
        prop_assert_eq!(formed.code(), 0);
        let text = fs::read_to_string(site.root().join("content/case-studies/a.md")).unwrap();
        prop_assert_eq!(text.matches('#').count(), page.matches('#').count(), "{}\n{}", page, text);
        let after = made(&site);
        prop_assert_eq!(&before.1, &after.1, "{}\n{}", page, text);
        for (path, bytes) in &before.0 {
            prop_assert!(after.0.get(path) == Some(bytes), "{path} differs\n{page}\n{text}");
        }
        prop_assert_eq!(before.0.len(), after.0.len());
        prop_assert_eq!(site.run(&["fmt", "--check"]).code(), 0, "{}", text);
    }
}
