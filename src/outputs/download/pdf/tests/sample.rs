//! A paper that has one of everything.

use crate::model::{
    Paper, SourceFile, Span,
    paper::{
        Alignment, Block, BlockContent, Card, CardPart, ChartRow, Definition, Fact, Figure, Inline, Item, PaperChart,
        PaperFile, PaperPicture, Section, Spot, Table,
    },
};
use std::sync::Arc;

/// The text that the paper comes from: each block stands in the line that says its name.
pub(super) const SOURCE: &str = "---\ntitle: \"Wythnos: tŷ a ŵyl\"\nsummary: All of it\nposts:\n  - text: \"Share\"\n---\n# body\nheading\nparagraph\nlist\ntable\nalert\ncard\nchart\npicture\n";

/// The place of a line of the source.
pub(super) fn spot(line: &str) -> Spot {
    let start = SOURCE.find(line).unwrap();
    Spot::At(Span::new(start, start + line.len()))
}

pub(super) fn block(line: &str, content: BlockContent) -> Block {
    Block { spot: spot(line), content }
}

pub(super) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

pub(super) fn paragraph(words: &str) -> Block {
    block("paragraph", BlockContent::Paragraph(text(words)))
}

pub(super) fn heading(level: u8, id: &str, words: &str) -> Block {
    block("heading", BlockContent::Heading { level, id: id.to_owned(), text: text(words) })
}

pub(super) fn table(header: &[&str], rows: &[&[&str]]) -> Table {
    let row = |cells: &[&str]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    Table {
        alignments: (0..header.len()).map(|at| if at == 0 { Alignment::Start } else { Alignment::End }).collect(),
        header: row(header),
        rows: rows.iter().map(|cells| row(cells)).collect(),
    }
}

fn figure(number: f64) -> Figure {
    Figure { number, text: number.to_string() }
}

pub(super) fn chart(kind: &str, rows: &[(&str, f64, Option<f64>)]) -> PaperChart {
    PaperChart {
        kind: kind.to_owned(),
        title: "Fewer children in care gain five GCSEs".to_owned(),
        description: "The gap is 45 percentage points.".to_owned(),
        unit: "Per cent".to_owned(),
        series: if rows[0].2.is_some() { vec!["Children in care".into(), "All children".into()] } else { vec![] },
        out_of: figure(100.0),
        rows: rows
            .iter()
            .map(|(label, value, second)| ChartRow {
                label: (*label).to_owned(),
                value: figure(*value),
                second: second.map(figure),
            })
            .collect(),
        source: text("As of 2012. Source: Department for Education"),
        table: {
            let cells: Vec<Vec<String>> =
                rows.iter().map(|(label, value, _)| vec![(*label).to_owned(), value.to_string()]).collect();
            let cells: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            table(&["Year", "Per cent"], &cells.iter().map(Vec::as_slice).collect::<Vec<_>>())
        },
    }
}

pub(super) fn card(title: &str, parts: &[(&str, &str)], words: usize) -> Block {
    let part = |(label, words): &(&str, &str)| CardPart {
        name: label.to_lowercase(),
        label: (*label).to_owned(),
        blocks: vec![paragraph(words)],
    };
    let mut parts: Vec<CardPart> = parts.iter().map(part).collect();
    if words > 0 {
        parts.push(CardPart {
            name: "more".into(),
            label: String::new(),
            blocks: vec![paragraph(&"Every young person. ".repeat(words))],
        });
    }
    block("card", BlockContent::Card(Card { name: "posts".into(), title: text(title), parts }))
}

fn item(words: &str, task: Option<bool>, inner: Vec<Block>) -> Item {
    Item { task, blocks: [vec![paragraph(words)], inner].concat() }
}

fn list(start: Option<u64>, items: Vec<Item>) -> Block {
    block("list", BlockContent::List { start, items })
}

const LONG: &str = "Young people keep the same adult at their side when they leave care. The council asked them what they \
    missed most, and they said: somebody who knows me. So each of them now has a mentor whom they choose themselves, \
    who stays until they are 25, and who is there at night and at the weekend.";

/// The paper; its picture is at that place on the disk.
pub(super) fn sample(picture: Option<&str>) -> Paper {
    let inline = vec![
        Inline::Text("It costs £8,750 a year, ".into()),
        Inline::Strong(text("less than half")),
        Inline::Text(" of what it ".into()),
        Inline::Emphasis(text("would")),
        Inline::Text(" have cost; see ".into()),
        Inline::Link { address: "https://example.org/report?x=1&y=2".into(), text: text("the report") },
        Inline::Text(", ".into()),
        Inline::Link { address: "#figures".into(), text: text("the figures") },
        Inline::Text(" and ".into()),
        Inline::Link { address: "#nowhere".into(), text: text("nothing") },
        Inline::Text(".".into()),
        Inline::Note { id: "1".into(), blocks: vec![paragraph("Said in a note.")] },
        Inline::Break,
        Inline::Struck(text("gone")),
        Inline::Text(" ".into()),
        Inline::Code("let x = 1;".into()),
        Inline::Text(" of ".into()),
        Inline::Placeholder { name: "council".into(), label: "Council name".into() },
        Inline::Note { id: "1".into(), blocks: vec![] },
    ];
    let shown = PaperPicture {
        file: 0,
        alt: "A red door with a wreath".into(),
        caption: text("The door of the house in Luton"),
        size: Some((1200, 800)),
    };
    let pictures: Vec<Block> =
        picture.map(|_| block("picture", BlockContent::Picture(shown.clone()))).into_iter().collect();
    let body = [
        vec![
            paragraph(LONG),
            heading(2, "what", "What was done"),
            block("paragraph", BlockContent::Paragraph(inline)),
            paragraph("#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\" $x$ *a* _b_ <c> @d = e \\ // f /* g */"),
            list(
                None,
                vec![
                    item("First", None, vec![list(None, vec![item("Below", None, vec![])])]),
                    item(LONG, None, vec![]),
                ],
            ),
            list(Some(3), vec![item("Third", None, vec![]), item("Fourth", None, vec![])]),
            list(None, vec![item("To do", Some(false), vec![]), item("Over", Some(true), vec![])]),
            heading(3, "figures", "Figures"),
            block(
                "table",
                BlockContent::Table(table(
                    &["Year", "Children", "Of these in care"],
                    &[&["2012", "1,204", "12"], &["2013", "1,310", "9"]],
                )),
            ),
            block(
                "chart",
                BlockContent::Chart(chart(
                    "bar",
                    &[("Luton", 62.0, None), ("Essex and its twelve districts", 44.5, None), ("Powys", 0.0, None)],
                )),
            ),
            block(
                "chart",
                BlockContent::Chart(chart("paired", &[("Boys", 12.0, Some(57.0)), ("Girls", 16.0, Some(61.0))])),
            ),
            block(
                "chart",
                BlockContent::Chart(chart(
                    "line",
                    &[("2008", 5.0, None), ("2009", 7.5, None), ("2010", 8.0, None), ("2011", 12.25, None)],
                )),
            ),
            block(
                "chart",
                BlockContent::Chart(chart("waffle", &[("Children in care", 13.0, None), ("All children", 58.0, None)])),
            ),
            block("alert", BlockContent::Alert { kind: "note", label: "Note".into(), blocks: vec![paragraph(LONG)] }),
            block(
                "alert",
                BlockContent::Alert { kind: "warning", label: "Warning".into(), blocks: vec![paragraph("Look out.")] },
            ),
            block("paragraph", BlockContent::Quote(vec![paragraph("I was listened to for the first time.")])),
            block(
                "paragraph",
                BlockContent::Definitions(vec![
                    Definition { term: text("IRO"), meanings: vec![vec![paragraph("Independent reviewing officer")]] },
                    Definition {
                        term: text("Pathway plan"),
                        meanings: vec![vec![paragraph(LONG)], vec![paragraph("Another meaning")]],
                    },
                ]),
            ),
            block("paragraph", BlockContent::Code("fn main() {\n    let y = 2;\n}".into())),
            block("paragraph", BlockContent::Rule),
            heading(5, "deep", "A heading that is too deep"),
            paragraph(LONG),
        ],
        pictures,
    ]
    .concat();
    let rows: Vec<Vec<String>> =
        (0..60).map(|n| vec![format!("Measure {n}"), (n * 7).to_string(), (n * n).to_string()]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let wide: Vec<String> = (2010..2026).map(|year| format!("{year}/{}", year + 1)).collect();
    let wide: Vec<&str> = wide.iter().map(String::as_str).collect();
    let tables = vec![
        block(
            "table",
            BlockContent::Table(table(
                &["Measure", "Number", "Square"],
                &rows.iter().map(Vec::as_slice).collect::<Vec<_>>(),
            )),
        ),
        block("table", BlockContent::Table(table(&wide, &[&["1,234"; 16], &["5,678"; 16]]))),
    ];
    let section =
        |name: &str, heading: &str, blocks: Vec<Block>| Section { name: name.into(), heading: heading.into(), blocks };
    let facts = [
        ("campaign", "Campaign", "Care Leavers’ Week"),
        ("themes", "Themes", "Leaving care, mentoring, money"),
        ("council", "Council", "Luton Borough Council"),
    ];
    let words = [("contents", "Contents"), ("dated", "Last changed {date}."), ("online", "Online:"), ("done", "done")];
    let tokens = [
        ("action", "#0a5260"),
        ("action-strong", "#063741"),
        ("ink", "#15212a"),
        ("due-tint", "#fff3d9"),
        ("font", "system-ui"),
    ];
    Paper {
        source: Arc::new(SourceFile { path: "content/packs/sample.md".into(), text: SOURCE.into() }),
        front: Span::new(4, SOURCE.find("---\n#").unwrap()),
        language: "en-GB".into(),
        kind: "Pack".into(),
        template: "pack".into(),
        title: "Wythnos: tŷ a ŵyl, a week for young people who leave care".into(),
        summary: "Posts, a press release and ideas for a week that starts with young people: all that a council needs."
            .into(),
        site: "Good practice with children in care".into(),
        address: "https://example.org/packs/sample/".into(),
        dated: Some("2026-11-21".into()),
        dated_words: "21 November 2026".into(),
        days: Some("25 October to 1 November 2027".into()),
        days_note: Some("The dates are not confirmed yet.".into()),
        facts: facts
            .map(|(name, label, words)| Fact { name: name.into(), label: label.into(), text: text(words) })
            .into(),
        picture: picture.map(|_| PaperPicture { caption: vec![], ..shown }),
        sections: vec![
            section("", "", body),
            section(
                "posts",
                "Posts",
                vec![
                    card(
                        "Thank your mentors",
                        &[
                            ("Channel", "Bluesky"),
                            ("When", "25 October 2027, 9:00"),
                            ("Text", "This week we thank every mentor in [council name]. #CareLeaversWeek"),
                        ],
                        0,
                    ),
                    card("A second post", &[("Channel", "X"), ("Text", LONG)], 0),
                    card("A long one", &[("Channel", "Website")], 250),
                ],
            ),
            section("more", "Tables", tables),
        ],
        files: picture
            .map(|disk| PaperFile { disk: disk.into(), path: "content/packs/door.jpg".into(), drawing: false })
            .into_iter()
            .collect(),
        words: words.map(|(key, word)| (key.to_owned(), word.to_owned())).into(),
        tokens: Arc::new(tokens.map(|(name, value)| (name.to_owned(), value.to_owned())).into()),
    }
}
