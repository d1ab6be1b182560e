mod odd;

use super::*;
use crate::model::{FieldType, Labels};
use serde_yaml::Value;

fn field(name: &str, field_type: FieldType, many: bool) -> Field {
    Field { name: name.into(), field_type, many, label: Labels::same(name), ..Field::default() }
}

fn text() -> FieldType {
    FieldType::Text { max_length: None }
}

fn fields() -> Vec<Field> {
    vec![
        field("title", text(), false),
        field("story", FieldType::Markdown, false),
        field("terms", FieldType::Reference("terms".into()), true),
        field("day", FieldType::Date { partial: true }, false),
        field("hour", FieldType::DateTime, false),
        field("sure", FieldType::YesNo, false),
        field("number", FieldType::Number { min: None, max: None }, false),
        field("words", text(), true),
        field(
            "sources",
            FieldType::Group(vec![
                field("name", text(), false),
                field("text", text(), false),
                field("many", text(), true),
            ]),
            true,
        ),
    ]
}

fn kind() -> Kind {
    Kind {
        name: "note".into(),
        folder: Some("notes".into()),
        label: Labels::same("Note"),
        plural: Labels::same("Notes"),
        description: Labels::default(),
        template: "note.html".into(),
        place: 0,
        sort: crate::model::Order::Newest,
        series: None,
        schema: None,
        downloads: Vec::new(),
        shared: 0,
        own_card: false,
        similar: Labels::default(),
        fields: fields(),
        path: String::new(),
    }
}

fn written(given: &str) -> String {
    let values = serde_yaml::from_str::<Mapping>(given).unwrap();
    yaml(&fields(), &values)
}

#[test]
fn a_page_is_written_as_people_write_it() {
    let given = r#"{sources: [{text: "A: b", name: One, many: [x, "y z"]}, {name: Two}], words: [One thing, Another],
        story: "First.\n\nSecond.\n", title: Mentoring in Luton, terms: [a, b-c], day: "2027-11-21", sure: true,
        hour: "2027-10-25 09:00", number: 7, other: [1, x], nought: null, empty: []}"#;
    assert_eq!(
        written(given),
        "title: Mentoring in Luton\nterms: [a, b-c]\nday: 2027-11-21\nhour: 2027-10-25T09:00\nsure: yes\nnumber: 7\n\
         words:\n  - One thing\n  - Another\nsources:\n  - name: One\n    text: \"A: b\"\n    many:\n      - x\n      - y z\n  \
         - name: Two\nstory: |\n  First.\n\n  Second.\nother: [1, x]\nnought:\nempty: []\n"
    );
}

#[test]
fn a_text_is_quoted_only_where_it_has_to_be() {
    let cases = [
        ("What works, and why", "What works, and why"),
        ("Yes: and no", "\"Yes: and no\""),
        ("a #tag", "\"a #tag\""),
        ("#tag", "\"#tag\""),
        ("{{council}} acts", "\"{{council}} acts\""),
        ("She said: \"no\"", "'She said: \"no\"'"),
        ("It's: \"no\"", "\"It's: \\\"no\\\"\""),
        ("yes", "\"yes\""),
        ("No", "\"No\""),
        ("null", "\"null\""),
        ("~", "\"~\""),
        ("2027", "\"2027\""),
        ("1.50", "\"1.50\""),
        ("07", "\"07\""),
        ("2027-11-21", "\"2027-11-21\""),
        ("12:30", "\"12:30\""),
        ("0x1F", "\"0x1F\""),
        ("93 per cent", "93 per cent"),
        ("- a", "\"- a\""),
        ("ends with:", "\"ends with:\""),
        ("", "\"\""),
        (" a", "\" a\""),
        ("https://example.org/a#b", "https://example.org/a#b"),
        ("£5,000", "£5,000"),
        ("one\ntwo", "|-\n  one\n  two"),
        ("one\n\n\n", "|+\n  one\n\n"),
        (" one\ntwo\n", "|2\n   one\n  two"),
        ("a\rb", "\"a\\rb\""),
        ("a\u{2028}b", "\"a\\u2028b\""),
    ];
    for (value, expected) in cases {
        let yaml = yaml(&fields(), &Mapping::from_iter([(Value::from("title"), Value::from(value))]));
        assert_eq!(yaml, format!("title: {expected}\n"), "{value:?}");
        let read: Mapping = serde_yaml::from_str(&yaml).unwrap();
        assert_eq!(read.get("title").and_then(Value::as_str), Some(value));
    }
}

#[test]
fn a_long_list_of_terms_stands_on_lines_of_its_own() {
    let terms: Vec<Value> = (0..30).map(|number| Value::from(format!("term-{number}"))).collect();
    let yaml = yaml(&fields(), &Mapping::from_iter([(Value::from("terms"), Value::from(terms))]));
    assert!(yaml.starts_with("terms:\n  - term-0\n  - term-1\n"), "{yaml}");
}

#[test]
fn a_page_has_its_notes_and_its_body() {
    let kind = kind();
    let front = Mapping::from_iter([(Value::from("title"), Value::from("A"))]);
    assert_eq!(page(&kind, &front, "\n\nBody\n\n"), "---\ntitle: A\n---\n\nBody\n");
    assert_eq!(page(&kind, &front, "\n \n"), "---\ntitle: A\n---\n");
    let noted = page_with_notes(&kind, &front, &["cost: about\nfive\u{7} pounds".to_owned()], "");
    assert_eq!(noted, "---\ntitle: A\n# cost: about\n# five  pounds\n---\n");
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_is_read_again(
        title in "\\PC{0,12}|[ \\n\\t:#'\"a-c,\\[\\]{}|>&*!%@`~0-9.-]{0,12}",
        items in proptest::collection::vec("\\PC{0,6}|[ \\n:#'\"a,\\[\\]{}|-]{0,6}", 0..4),
        text in "[ \\n\\t:#a-b|>-]{0,20}",
    ) {
        let list = |list: &[String]| Value::from(list.iter().map(|item| Value::from(item.as_str())).collect::<Vec<_>>());
        let group = Mapping::from_iter([
            (Value::from("name"), Value::from(title.as_str())),
            (Value::from("text"), Value::from(text.as_str())),
            (Value::from("many"), list(&items)),
        ]);
        let values = Mapping::from_iter([
            (Value::from("title"), Value::from(title.as_str())),
            (Value::from("story"), Value::from(text.as_str())),
            (Value::from("terms"), list(&items)),
            (Value::from("words"), list(&items)),
            (Value::from("sources"), Value::from(vec![Value::Mapping(group)])),
            (Value::from(format!("x{title}")), Value::from(text.as_str())),
        ]);
        let written = yaml(&fields(), &values);
        let read = serde_yaml::from_str::<Mapping>(&written);
        proptest::prop_assert_eq!(read.ok(), Some(values), "{}", written);
    }
}
