//! YAML that every reader takes the same way: texts always in quotes, as the YAML of 2005 takes a bare `No` for false
//! and a bare `2027-11-21` for a date.

use serde_json::Value;

/// A mapping or a list as a YAML document.
pub(super) fn document(value: &Value) -> String {
    let mut text = String::new();
    block(value, 0, &mut text);
    text
}

fn block(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(pairs) => {
            for (name, value) in pairs {
                text.push_str(&"  ".repeat(depth));
                text.push_str(name);
                text.push(':');
                behind(value, depth, text);
            }
        }
        Value::Array(items) => {
            for item in items {
                let mut inner = String::new();
                if is_block(item) {
                    block(item, depth + 1, &mut inner);
                } else {
                    inner = "  ".repeat(depth + 1) + &scalar(item) + "\n";
                }
                // The mark of an item stands where the indent of its first line was.
                text.push_str(&"  ".repeat(depth));
                text.push_str("- ");
                text.push_str(inner.trim_start_matches(' '));
            }
        }
        other => text.push_str(&(scalar(other) + "\n")),
    }
}

/// What stands behind a name and its colon.
fn behind(value: &Value, depth: usize, text: &mut String) {
    match value {
        value if is_block(value) => {
            text.push('\n');
            block(value, depth + 1, text);
        }
        Value::String(words) if is_literal(words) => {
            let ends = words.ends_with('\n');
            text.push_str(if ends { " |\n" } else { " |-\n" });
            for line in words.lines() {
                let indent = if line.is_empty() { String::new() } else { "  ".repeat(depth + 1) };
                text.push_str(&format!("{indent}{line}\n"));
            }
        }
        other => text.push_str(&format!(" {}\n", scalar(other))),
    }
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(pairs) => !pairs.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

/// True for several lines that can stand as they are.
fn is_literal(text: &str) -> bool {
    let is_plain = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'));
    text.trim_end_matches('\n').contains('\n')
        && text.chars().all(is_plain)
        && !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && text.lines().all(|line| line.trim_end() == line)
}

fn scalar(value: &Value) -> String {
    let Value::String(text) = value else { return value.to_string() };
    let quoted = Value::from(text.as_str()).to_string();
    // JSON lets these stand; YAML takes some of them for the end of a line.
    let is_odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    quoted.chars().map(|c| if is_odd(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_what_is_read() {
        for value in [
            json!({ "name": "No", "on": true, "list": ["Yes", "a: b", "- c", "2027-11-21"], "none": [] }),
            json!({ "body": [{ "type": "input", "attributes": { "label": "“A” # b", "options": ["1", "~"] } }, { "x": 1 }] }),
            json!({ "text": "One\n\n  two\nthree\n", "other": "a\nb", "odd": "a \nb", "lead": "\n a", "end": "a\n\n\n" }),
            json!({ "seen": "a\u{85}b\u{2028}c\u{feff}\t\u{7f}\"\\" }),
            json!([["a", ["b"]], [{ "c": ["d"] }]]),
        ] {
            let text = document(&value);
            let read: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(read, value, "{text}");
        }
    }
}
