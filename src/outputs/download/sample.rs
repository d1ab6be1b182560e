//! A paper with everything that one can hold, for the tests of every format.

use crate::model::{
    FieldPath, SourceFile, Span, Step,
    paper::{
        Alignment, Block, BlockContent, Card, CardPart, ChartRow, Definition, Fact, Figure, Inline, Item, Paper,
        PaperChart, PaperFile, PaperPicture, Section, Spot, Table,
    },
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

pub(super) fn paper() -> Paper {
    Paper {
        source: Arc::new(SourceFile { path: "content/things/week.md".into(), text: String::new() }),
        front: Span::default(),
        language: "en".into(),
        kind: "Pack".into(),
        template: "entry".into(),
        title: "Pack for the week of Tŷ Ŵyn & friends".into(),
        summary: "What to say, and when.".into(),
        site: "Good practice".into(),
        address: "https://example.org/casebook/things/week/".into(),
        dated: Some("2026-11-21".into()),
        dated_words: "21 November 2026".into(),
        days: Some("25 October to 1 November 2027".into()),
        days_note: Some("These dates are not confirmed.".into()),
        facts: vec![fact("Themes", words("Work, Housing")), fact("Owner", vec![link("Us", "https://example.org/us/")])],
        picture: Some(picture(0, "A door stands open.")),
        sections: vec![text(), posts(), figures()],
        files: vec![file("door.png", false), file("plan.svg", true)],
        words: said(),
        tokens: Arc::new(tokens()),
    }
}

fn text() -> Section {
    let blocks = vec![
        heading(2, "Before <you> begin"),
        paragraph(vec![
            plain("Ask "),
            Inline::Strong(words("care leavers")),
            plain(" first. "),
            Inline::Emphasis(words("Then")),
            plain(" write to "),
            Inline::Placeholder { name: "council".into(), label: "Council name".into() },
            plain(", see "),
            link("the guide", "https://example.org/casebook/guides/g/"),
            plain(" or "),
            link("below", "#second"),
            plain("."),
            Inline::Note { id: "1".into(), blocks: vec![paragraph(words("Counted in March."))] },
            Inline::Break,
            Inline::Struck(words("Old")),
            Inline::Code("new()".into()),
        ]),
        list(
            None,
            vec![
                item(vec![
                    paragraph(words("Read it aloud to two or three people")),
                    list(None, vec![item(vec![paragraph(words("slowly"))])]),
                ]),
                Item { task: Some(true), blocks: vec![paragraph(words("Ring the council"))] },
                Item { task: Some(false), blocks: vec![paragraph(words("Write"))] },
            ],
        ),
        list(Some(3), vec![item(vec![paragraph(words("third"))]), item(vec![paragraph(words("fourth"))])]),
        block(BlockContent::Quote(vec![paragraph(words("Somebody rang me."))])),
        block(BlockContent::Alert {
            kind: "important",
            label: "Important".into(),
            blocks: vec![paragraph(words("Check the dates before you print anything."))],
        }),
        heading(3, "Second"),
        block(BlockContent::Table(table())),
        block(BlockContent::Code("one  two\n  three".into())),
        block(BlockContent::Rule),
        block(BlockContent::Definitions(vec![Definition {
            term: words("PA"),
            meanings: vec![vec![paragraph(words("Personal adviser"))]],
        }])),
        block(BlockContent::Picture(PaperPicture { caption: words("By us"), ..picture(1, "A plan.") })),
    ];
    Section { name: String::new(), heading: String::new(), blocks }
}

fn posts() -> Section {
    let part = |name: &str, label: &str, blocks| CardPart { name: name.into(), label: label.into(), blocks };
    let card = |channel: &str| {
        block(BlockContent::Card(Card {
            name: "posts".into(),
            title: words(channel),
            parts: vec![
                part("text", "", vec![paragraph(words("Today the week begins. #Week"))]),
                part("image", "Picture", vec![block(BlockContent::Picture(picture(0, "A door stands open.")))]),
                part("when", "When to post", vec![paragraph(words("25 October 2027, 09:00"))]),
            ],
        }))
    };
    Section { name: "posts".into(), heading: "Posts".into(), blocks: vec![card("X"), card("Facebook")] }
}

fn figures() -> Section {
    let row = |label: &str, number: f64| ChartRow { label: label.into(), value: figure(number), second: None };
    let chart = PaperChart {
        kind: "bar".into(),
        title: "More young people work".into(),
        description: "The number has doubled.".into(),
        unit: "people".into(),
        series: Vec::new(),
        out_of: figure(100.0),
        rows: vec![row("2025", 40.0), row("2026", 80.0)],
        source: words("Source: Exampleshire, 2026"),
        table: table(),
    };
    Section {
        name: "figures".into(),
        heading: "Figures".into(),
        blocks: vec![block(BlockContent::Chart(chart)), heading(3, "About them"), paragraph(words("They are exact."))],
    }
}

fn table() -> Table {
    let row = |year: &str, count: &str| vec![words(year), words(count)];
    Table {
        alignments: vec![Alignment::Start, Alignment::End],
        header: row("Year", "People in work or training"),
        rows: vec![row("2025", "40"), row("2026", "80, of whom 12 are apprentices with the council")],
    }
}

/// A picture of four pixels, as PNG.
pub(super) fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(2, 2).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn said() -> BTreeMap<String, String> {
    let said = [
        ("archive_contents", "What is in here:"),
        ("archive_sums", "The SHA-256 of each file."),
        ("link_list", "Links"),
        ("locale", "en-GB"),
        ("link_number", "(link {n})"),
        ("note_number", "(note {n})"),
        ("notes", "Notes"),
        ("page_of", "Page {page} of {pages}"),
        ("picture", "Picture"),
        ("task_done", "Done"),
        ("task_open", "Not done"),
    ];
    said.map(|(key, words)| (key.to_owned(), words.to_owned())).into()
}

fn tokens() -> BTreeMap<String, String> {
    let tokens = [
        ("paper", "#ffffff"),
        ("tint", "#edf4f4"),
        ("ink", "#15212a"),
        ("ink-quiet", "#43515a"),
        ("line", "#c5d1d3"),
        ("line-strong", "#5b6d73"),
        ("action", "#0a5260"),
        ("action-strong", "#063741"),
        ("on-action", "#ffffff"),
        ("due", "#b36b00"),
        ("due-tint", "#fff3d9"),
    ];
    tokens.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

fn plain(text: &str) -> Inline {
    Inline::Text(text.into())
}

pub(super) fn words(text: &str) -> Vec<Inline> {
    vec![plain(text)]
}

fn link(text: &str, address: &str) -> Inline {
    Inline::Link { address: address.into(), text: words(text) }
}

fn fact(label: &str, text: Vec<Inline>) -> Fact {
    Fact { name: label.to_lowercase(), label: label.into(), text }
}

fn figure(number: f64) -> Figure {
    Figure { number, text: number.to_string() }
}

fn picture(file: usize, alt: &str) -> PaperPicture {
    PaperPicture { file, alt: alt.into(), caption: Vec::new(), size: Some((1200, 630)) }
}

fn file(name: &str, drawing: bool) -> PaperFile {
    PaperFile { disk: PathBuf::from("/library/content").join(name), path: format!("content/{name}"), drawing }
}

pub(super) fn block(content: BlockContent) -> Block {
    let path: FieldPath = vec![Step::Key("text".into())];
    Block { spot: Spot::Field(Arc::new(path)), content }
}

pub(super) fn paragraph(text: Vec<Inline>) -> Block {
    block(BlockContent::Paragraph(text))
}

fn heading(level: u8, text: &str) -> Block {
    block(BlockContent::Heading { level, id: crate::markdown::slug(text), text: words(text) })
}

fn list(start: Option<u64>, items: Vec<Item>) -> Block {
    block(BlockContent::List { start, items })
}

fn item(blocks: Vec<Block>) -> Item {
    Item { task: None, blocks }
}
