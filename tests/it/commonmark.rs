//! CommonMark's own examples, through our own Markdown room.
//!
//! Every example must come out exactly as the specification has it, but for what we always write otherwise
//! ([`without_ours`]), and for the examples of [`BEYOND`], each with the reason why it differs.

use casebook::{
    config::RawHtml,
    markdown::outline,
    model::{Place, Span},
    render::{
        highlight::Highlighter,
        markdown::{TextContext, Words, to_html},
    },
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One example of the specification.
#[derive(Deserialize)]
struct Example {
    /// Its number in the specification.
    example: usize,
    markdown: String,
    html: String,
}

/// The examples that come out otherwise, by the extension of ours that applies. The parser itself deviates in none.
const BEYOND: &[(&str, &[usize])] = &[("highlighting: Ruby is a language that is coloured", &[142, 143])];

fn ours(markdown: &str) -> String {
    let text = outline(markdown, Place::Body(Span::new(0, markdown.len())), None);
    let context = TextContext {
        text: &text,
        markdown,
        html: RawHtml::Trust,
        href: &|link| text.links[link].destination.clone(),
        component: &|_| None,
        picture: &|_| casebook::render::Shown::default(),
        name: "",
        footnotes: "",
        words: &Words::default(),
    };
    to_html(&context, &Highlighter::new())
}

/// The HTML without the attributes that we always add (anchors of headings, the tab stop of code, the lazy loading
/// of pictures), and with the slash that the specification writes in elements without content and HTML does not need.
fn without_ours(html: &str) -> String {
    let mut out = String::new();
    for (index, piece) in html.split("<h").enumerate() {
        if index > 0 {
            out.push_str("<h");
        }
        match piece.split_once(" id=\"").filter(|(level, _)| ["1", "2", "3", "4", "5", "6"].contains(level)) {
            Some((level, rest)) => {
                out.push_str(level);
                out.push_str(rest.split_once('"').unwrap().1);
            }
            None => out.push_str(piece),
        }
    }
    out.replace("<pre tabindex=\"0\">", "<pre>")
        .replace(" decoding=\"async\">", " />")
        .replace("<br>", "<br />")
        .replace("<hr>", "<hr />")
}

#[test]
#[ignore = "needs the examples: `node tests/browser/commonmark.mjs` prints them, CASEBOOK_COMMONMARK is the path of that file"]
fn every_example_of_commonmark_comes_out_as_specified() {
    let path = std::env::var("CASEBOOK_COMMONMARK").expect("CASEBOOK_COMMONMARK is the path of CommonMark's examples");
    let examples: Vec<Example> = serde_json::from_str(&std::fs::read_to_string(&path).expect(&path)).unwrap();
    assert_eq!(examples.len(), 652);
    let beyond: BTreeMap<usize, &str> =
        BEYOND.iter().flat_map(|(why, numbers)| numbers.iter().map(move |number| (*number, *why))).collect();
    let mut faults = Vec::new();
    for Example { example, markdown, html } in &examples {
        let seen = without_ours(&ours(markdown));
        match (seen == *html, beyond.get(example)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(why)) => faults.push(format!("{example} is as specified, and listed as: {why}")),
            (false, None) => {
                faults.push(format!("{example}: {markdown:?}\n  specified: {html:?}\n  ours:      {seen:?}"))
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{} of {} differ", faults.join("\n"), faults.len(), examples.len());
}
