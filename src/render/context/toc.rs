//! The contents of a page: its headings as a tree.

use super::Record;
use crate::model::Heading;
use tera::Value;

/// Headings, each with those of a lower rank that follow it: `{id, text, level, children}`.
pub(crate) fn toc(headings: &[Heading]) -> Value {
    let (tree, _) = below(0, headings);
    Value::from(tree)
}

/// The headings of a rank lower than `level` at the start of `headings`, and those that are left.
fn below(level: u8, mut headings: &[Heading]) -> (Vec<Value>, &[Heading]) {
    let mut items = Vec::new();
    while let Some((heading, rest)) = headings.split_first() {
        if heading.level <= level {
            break;
        }
        let (children, after) = below(heading.level, rest);
        let item = Record::new()
            .set("id", heading.id.as_str())
            .set("text", heading.text.as_str())
            .set("level", u64::from(heading.level))
            .set("children", Value::from(children));
        items.push(item.value());
        headings = after;
    }
    (items, headings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn outline(levels: &[u8]) -> String {
        let heading = |level: &u8| Heading {
            level: *level,
            id: String::new(),
            text: level.to_string(),
            span: Span::default(),
            empty: false,
        };
        let headings: Vec<Heading> = levels.iter().map(heading).collect();
        fn show(items: &Value) -> String {
            let get = |item: &Value, key| item.as_map().unwrap().get(&tera::value::Key::Str(key)).unwrap().clone();
            let items = items.as_array().unwrap().iter();
            items.map(|item| format!("{}({})", get(item, "text"), show(&get(item, "children")))).collect()
        }
        show(&toc(&headings))
    }

    #[test]
    fn headings_of_a_lower_rank_are_children() {
        assert_eq!(outline(&[2, 3, 3, 2, 4]), "2(3()3())2(4())");
        assert_eq!(outline(&[3, 2, 1, 2]), "3()2()1(2())");
        assert_eq!(outline(&[]), "");
    }
}
