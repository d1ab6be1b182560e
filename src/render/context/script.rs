//! JSON that stays JSON within HTML and is one line of JavaScript, written into one text: no word in it ends the
//! element that it stands in.

use serde_json::{Map, Value};
use std::{borrow::Cow, fmt::Write as _};

/// How many bytes are looked at together.
const PART: usize = 32;

/// Such a text on its way.
#[derive(Debug)]
pub(super) struct Script(String);

/// What is said of a thing, in order; what is said again is said at the first place.
#[derive(Debug, Default)]
pub(super) struct Properties<'a>(Vec<(Cow<'a, str>, Property<'a>)>);

/// A value of a property.
#[derive(Debug)]
pub(super) enum Property<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// Another thing, by its id.
    Node(Cow<'a, str>),
    /// Anything else.
    Value(Value),
}

impl<'a> Properties<'a> {
    /// Says something.
    pub(super) fn set(&mut self, name: impl Into<Cow<'a, str>>, value: Property<'a>) {
        let name = name.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name, value)),
        }
    }

    /// Says more.
    pub(super) fn extend(&mut self, more: Map<String, Value>) {
        for (name, value) in more {
            self.set(name, Property::Value(value));
        }
    }

    /// The text that a property has.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).and_then(|(_, value)| match value {
            Property::Text(text) => Some(&**text),
            Property::Value(value) => value.as_str(),
            Property::Node(_) => None,
        })
    }
}

impl Script {
    /// A text that begins so.
    pub(super) fn new(beginning: &str) -> Self {
        let mut text = String::with_capacity(2048);
        text.push_str(beginning);
        Self(text)
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Appends JSON as it stands.
    pub(super) fn push(&mut self, json: &str) {
        self.0.push_str(json);
    }

    /// Appends a thing of a type, with its id.
    pub(super) fn node(&mut self, type_name: &str, id: &str, properties: &Properties<'_>) {
        self.push("{\"@type\":");
        self.text(type_name);
        self.push(",\"@id\":");
        self.text(id);
        for (name, value) in &properties.0 {
            self.push(",");
            self.text(name);
            self.push(":");
            match value {
                Property::Text(text) => self.text(text),
                Property::Value(value) => self.value(value),
                Property::Node(id) => {
                    self.push("{\"@id\":");
                    self.text(id);
                    self.push("}");
                }
            }
        }
        self.push("}");
    }

    /// Appends a value.
    pub(super) fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.push(if place == 0 { "[" } else { "," });
                    self.value(item);
                }
                self.push(if items.is_empty() { "[]" } else { "]" });
            }
            Value::Object(map) => {
                for (place, (name, item)) in map.iter().enumerate() {
                    self.push(if place == 0 { "{" } else { "," });
                    self.text(name);
                    self.push(":");
                    self.value(item);
                }
                self.push(if map.is_empty() { "{}" } else { "}" });
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                let _ = write!(self.0, "{value}");
            }
        }
    }

    /// Appends a text in quotation marks.
    pub(super) fn text(&mut self, text: &str) {
        self.0.push('"');
        let mut done = 0;
        for (start, part) in text.as_bytes().chunks(PART).enumerate() {
            // Most parts have nothing to escape, and the processor looks through one as fast as at one byte.
            let is_special = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\' | b'<' | b'>' | b'&' | 0xe2);
            if !part.iter().fold(false, |found, byte| found | is_special(byte)) {
                continue;
            }
            for (at, byte) in (start * PART..).zip(part) {
                let (escape, length) = match byte {
                    b'"' => ("\\\"", 1),
                    b'\\' => ("\\\\", 1),
                    b'<' => ("\\u003c", 1),
                    b'>' => ("\\u003e", 1),
                    b'&' => ("\\u0026", 1),
                    b'\n' => ("\\n", 1),
                    b'\r' => ("\\r", 1),
                    b'\t' => ("\\t", 1),
                    0x08 => ("\\b", 1),
                    0x0c => ("\\f", 1),
                    0x00..=0x1f => ("", 1),
                    // The line and paragraph separators end a line of JavaScript.
                    0xe2 if text.get(at..).is_some_and(|rest| rest.starts_with('\u{2028}')) => ("\\u2028", 3),
                    0xe2 if text.get(at..).is_some_and(|rest| rest.starts_with('\u{2029}')) => ("\\u2029", 3),
                    _ => continue,
                };
                self.0.push_str(text.get(done..at).unwrap_or_default());
                self.0.push_str(escape);
                if escape.is_empty() {
                    let _ = write!(self.0, "\\u{byte:04x}");
                }
                done = at + length;
            }
        }
        self.0.push_str(text.get(done..).unwrap_or_default());
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &Value) -> String {
        let mut script = Script::new("");
        script.value(value);
        script.finish()
    }

    #[test]
    fn no_text_ends_the_script() {
        let text = "</script><!--<script>&\u{2028}\u{2029}";
        let safe = written(&text.into());
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }

    #[test]
    fn values_are_written_as_they_are() {
        let json = r#"{"a":[],"b":{},"c":[1,-2.5,null,true,{"d":"e"}],"f":"é"}"#;
        assert_eq!(written(&serde_json::from_str(json).unwrap()), json);
    }

    #[test]
    fn what_is_said_again_is_said_at_the_first_place() {
        let mut properties = Properties::default();
        properties.set("name", Property::Text("a".into()));
        properties.set("isPartOf", Property::Node("#b".into()));
        properties.extend(Map::from_iter([("name".to_owned(), "c".into()), ("keywords".to_owned(), "d".into())]));
        let mut script = Script::new("");
        script.node("Thing", "#e", &properties);
        assert_eq!(
            script.finish(),
            r##"{"@type":"Thing","@id":"#e","name":"c","isPartOf":{"@id":"#b"},"keywords":"d"}"##
        );
    }

    proptest! {
        #[test]
        fn any_text_can_be_read_again(text in any::<String>()) {
            let safe = written(&text.as_str().into());
            let is_unsafe = |c: char| c < '\u{20}' || "<>&\u{2028}\u{2029}".contains(c);
            prop_assert!(!safe.chars().any(is_unsafe), "{safe}");
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
        }
    }
}
