//! A list of groups as a table for spreadsheets: a row an item, a column a field.

use super::words::Words;
use crate::{
    model::{Field, FieldType, Value},
    outputs::spreadsheet::{document, guarded, row},
    render::Renderer,
};

/// The table of a field of groups of an entry; `None` where it is not set or is no list of groups. Its header has the
/// labels of the fields that any of the items has.
pub(super) fn table(renderer: &Renderer<'_>, index: usize, name: &str) -> Option<Vec<u8>> {
    let entry = renderer.library().entry(index)?;
    let field = entry.kind.field(name)?;
    let (FieldType::Group(inner), Value::Many(items)) = (&field.field_type, entry.fields.get(name)?) else {
        return None;
    };
    let items: Vec<_> =
        items.iter().filter_map(|item| if let Value::Group(item) = item { Some(item) } else { None }).collect();
    let is_used = |field: &&Field| items.iter().any(|item| item.contains_key(&field.name));
    let columns: Vec<&Field> = inner.iter().filter(is_used).collect();
    let words = Words::new(renderer, entry);
    let cell = |field: &Field, value: &Value| match value {
        // A number below nothing is no formula.
        Value::Number(_) => words.cell(field, value),
        _ => guarded(words.cell(field, value)),
    };
    let rows = items.iter().map(|item| {
        row(columns.iter().map(|field| item.get(&field.name).map_or_else(String::new, |value| cell(field, value))))
    });
    let header = row(columns.iter().map(|field| guarded(field.label.get(&entry.language).to_owned())));
    Some(document(header, rows.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{ChoiceOption, DateTime, Fields, Labels},
        render::fixture::{Fixture, config, field, workshop},
    };

    fn posts() -> Field {
        let option =
            ChoiceOption { id: "x".into(), label: Labels::same("X"), max_length: None, url_length: None, schema: None };
        let inner = vec![
            field("channel", FieldType::Choice(vec![option])),
            field("text", FieldType::Text { max_length: None }),
            field("image", FieldType::Image),
            field("when", FieldType::DateTime),
            field("days", FieldType::Number { min: None, max: None }),
            field("unused", FieldType::YesNo),
        ];
        Field { many: true, ..field("posts", FieldType::Group(inner)) }
    }

    #[test]
    fn each_item_is_a_row_and_no_cell_is_a_formula() {
        let post = |text: &str| {
            let when: jiff::Zoned = "2027-10-25T09:00+01:00[Europe/London]".parse().unwrap();
            Value::Group(Fields::from([
                ("channel".to_owned(), Value::Choice(0)),
                ("text".to_owned(), Value::Text(text.to_owned())),
                ("image".to_owned(), Value::File("content/things/a.png".into())),
                ("when".to_owned(), Value::DateTime(DateTime { zoned: when })),
                ("days".to_owned(), Value::Number(-3.0)),
            ]))
        };
        let items = Value::Many(vec![post("Say \"hello\", ŵ\nand wave"), post("=HYPERLINK(1)")]);
        let fixture = Fixture::new().field(posts());
        let library = fixture.entry("content/things/a.md", "", |entry| _ = entry.fields.insert("posts".into(), items));
        let (library, config) = (library.library(), config(""));
        let workshop = workshop(library, config);
        let renderer = workshop.renderer();
        let table = String::from_utf8(table(&renderer, 0, "posts").unwrap()).unwrap();
        let expected = [
            "\u{feff}\"The channel\",\"The text\",\"The image\",\"The when\",\"The days\"\r\n",
            "\"X\",\"Say \"\"hello\"\", ŵ\nand wave\",\"a.png\",\"2027-10-25 09:00\",\"-3\"\r\n",
            "\"X\",\"'=HYPERLINK(1)\",\"a.png\",\"2027-10-25 09:00\",\"-3\"\r\n",
        ];
        assert_eq!(table, expected.concat());
        assert_eq!(super::table(&renderer, 0, "themes"), None);
    }
}
