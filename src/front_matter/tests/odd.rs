//! Front matter as nobody would write it: whatever becomes of it means the same, has every comment, and stays so.

use super::kind;
use crate::{front_matter::format, model::Span};
use serde_yaml::{Mapping, Value};

/// Choices out of bytes: the fewer and the smaller these are, the plainer what is made of them.
struct Draw<'a>(std::slice::Iter<'a, u8>);

impl Draw<'_> {
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % count
    }

    fn of<'t>(&mut self, among: &[&'t str]) -> &'t str {
        among[self.below(among.len())]
    }

    /// True once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }
}

const KEYS: [&str; 16] = [
    "title",
    "story",
    "terms",
    "day",
    "hour",
    "sure",
    "number",
    "words",
    "sources",
    "straße",
    "日本",
    "'q r'",
    "\"ŵ: #\"",
    "x-y",
    "12",
    "yes",
];
const COMMENTS: [&str; 6] = ["# one", "#two", "# one", "#", "# a: [b", "# ŷ “’"];
const PLAIN: [&str; 22] = [
    "a",
    "two words",
    "7",
    "07",
    "1.50",
    "1_000",
    "0x1F",
    "yes",
    "No",
    "true",
    "null",
    "~",
    "2026-01-02",
    "2026-01-02 09:00",
    "12:30",
    "a#b",
    "a:b",
    "ŵythnos",
    "it's",
    "https://example.org/a#b",
    "-1e3",
    ".5",
];
const QUOTED: [&str; 12] = [
    "\"\"",
    "''",
    "'# one'",
    "\"a # one\"",
    "'it''s'",
    "\"a\\tb\\n\"",
    "\"\\u00e9\\x07\"",
    "'7'",
    "\"2026-01-02\"",
    "\" a \"",
    "'#two'",
    "\"\\\"\"",
];

/// The text of a front matter.
fn front(draw: &mut Draw<'_>) -> String {
    let mut text = String::new();
    let mut keys = KEYS.to_vec();
    for _ in 0..=draw.below(6) {
        above(draw, 0, &mut text);
        text.push_str(keys.remove(draw.below(keys.len())));
        text.push_str(draw.of(&[":", ":", ":", " :"]));
        value(draw, 0, 3, &mut text);
    }
    above(draw, 0, &mut text);
    text
}

/// Comments and empty lines before a line that is indented by so many blanks.
fn above(draw: &mut Draw<'_>, indent: usize, text: &mut String) {
    while draw.once_in(4) {
        let blanks = [0, indent, indent + 1][draw.below(3)];
        let line = if draw.once_in(3) { "" } else { draw.of(&COMMENTS) };
        text.push_str(&" ".repeat(blanks));
        text.push_str(line);
        text.push('\n');
    }
}

/// The end of a line, perhaps with a comment.
fn end(draw: &mut Draw<'_>, text: &mut String) {
    match draw.below(5) {
        4 => text.extend(["  ", draw.of(&COMMENTS)]),
        3 => text.push(' '),
        _ => {}
    }
    text.push('\n');
}

/// What stands behind a colon or a hyphen, to the end of its last line; the lines below it are indented further than
/// so many blanks.
fn value(draw: &mut Draw<'_>, indent: usize, depth: usize, text: &mut String) {
    let nested = depth > 0 && draw.below(2) == 1;
    let mark = draw.below(64);
    if let 61.. = mark {
        text.push_str([" &a", " !!str", " !own"][mark - 61]);
    }
    match (nested, draw.below(8)) {
        (false, 0..=2) => {
            text.extend([" ", draw.of(&PLAIN)]);
            // A text may go on below.
            if draw.once_in(6) {
                text.extend(["\n", &" ".repeat(indent + 1), "goes on"]);
            }
            end(draw, text);
        }
        (false, 3) => {
            text.extend([" ", draw.of(&QUOTED)]);
            end(draw, text);
        }
        (false, 4) => {
            let (open, inner) = (draw.of(&["\"", "'"]), " ".repeat(indent + 1 + draw.below(3)));
            text.extend([" ", open, "one\n", draw.of(&["", "\n"]), &inner, draw.of(&["two", "# two"]), open]);
            end(draw, text);
        }
        (false, 5) => end(draw, text),
        (false, _) => block(draw, indent, text),
        (true, 0..=1) => {
            text.push(' ');
            flow(draw, indent, depth - 1, text);
            end(draw, text);
        }
        (true, 2..=4) => {
            end(draw, text);
            // A list may stand as far left as a key of the page.
            let within = if indent == 0 { [0, 2, 4][draw.below(3)] } else { indent + 1 };
            for _ in 0..=draw.below(3) {
                above(draw, within, text);
                text.extend([" ".repeat(within).as_str(), "-"]);
                value(draw, within, depth - 1, text);
            }
        }
        (true, _) => {
            end(draw, text);
            let within = indent + 1 + draw.below(4);
            for at in 0..=draw.below(3) {
                above(draw, within, text);
                text.extend([" ".repeat(within).as_str(), ["name", "many", "ü"][at % 3], ":"]);
                value(draw, within, depth - 1, text);
            }
        }
    }
}

/// A text of several lines behind its mark.
fn block(draw: &mut Draw<'_>, indent: usize, text: &mut String) {
    let figure = draw.below(4);
    text.extend([" ", draw.of(&["|", ">"]), draw.of(&["", "-", "+"])]);
    let inner = match figure {
        3 => {
            text.push('2');
            indent + 2
        }
        more => indent + 1 + more,
    };
    end(draw, text);
    for _ in 0..=draw.below(4) {
        let line = draw.of(&["one", "", "# one", "  in", "a: b", "- c", "\ttab", "ends "]);
        let blanks = if line.is_empty() { 0 } else { inner };
        text.extend([" ".repeat(blanks).as_str(), line, "\n"]);
    }
}

/// A list or a group in brackets, on one line or on several.
fn flow(draw: &mut Draw<'_>, indent: usize, depth: usize, text: &mut String) {
    let is_list = draw.below(2) == 0;
    let is_long = draw.once_in(3);
    let blanks = " ".repeat(indent + 1);
    let next = |draw: &mut Draw<'_>, text: &mut String| {
        if is_long {
            end(draw, text);
            above(draw, indent + 1, text);
            text.push_str(&blanks);
        } else {
            text.push(' ');
        }
    };
    text.push(if is_list { '[' } else { '{' });
    for at in 0..draw.below(4) {
        if at > 0 {
            text.push(',');
        }
        next(draw, text);
        if !is_list {
            text.extend([["name", "many", "ü", "x"][at], ": "]);
        }
        match draw.below(4) {
            3 if depth > 0 => flow(draw, indent, depth - 1, text),
            2 => text.push_str(draw.of(&QUOTED)),
            _ => text.push_str(draw.of(&PLAIN[..16])),
        }
    }
    if is_long {
        next(draw, text);
    }
    text.push(if is_list { ']' } else { '}' });
}

/// True for a value that readers of pages take for the other: a figure and the text that it is written as, two ways to
/// say yes, two ways to write a moment.
fn means(before: &Value, after: &Value, written: &str) -> bool {
    match (before, after) {
        (Value::Sequence(one), Value::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| means(one, other, written))
        }
        (Value::Mapping(one), Value::Mapping(other)) => same(one, other, written),
        (Value::Number(_), Value::String(text)) => written.contains(text.as_str()),
        (Value::Bool(truth), Value::String(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" => *truth,
            _ => !truth,
        },
        (Value::String(one), Value::String(other)) if one.len() < 30 => {
            let said = |text: &str| text.trim().replacen(' ', "T", 1).to_lowercase();
            one == other || said(one) == said(other)
        }
        (one, other) => one == other,
    }
}

fn same(before: &Mapping, after: &Mapping, written: &str) -> bool {
    let key = |one: &Value, other: &Value| {
        one == other || crate::front_matter::node::name(one) == crate::front_matter::node::name(other)
    };
    let found = |name: &Value| after.iter().find(|(other, _)| key(name, other)).map(|(_, value)| value);
    before.len() == after.len()
        && before.iter().all(|(name, value)| found(name).is_some_and(|after| means(value, after, written)))
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::default() })]

    #[test]
    fn odd_front_matter_means_the_same_and_has_its_comments(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        windows in proptest::bool::ANY,
    ) {
        let front = front(&mut Draw(bytes.iter()));
        let front = if windows { front.replace('\n', "\r\n") } else { front };
        let formed = |front: &str| {
            let text = format!("---\n{front}---\nBody # one\n");
            let formed = format(&kind(), &text, Span::new(4, 4 + front.len()));
            let front = |text: &str| text.strip_prefix("---\n")?.strip_suffix("---\nBody # one\n").map(str::to_owned);
            formed.map(|text| front(&text).unwrap_or_else(|| panic!("{text}"))).map_err(|left| left.why)
        };
        let once = match formed(&front) {
            Ok(once) => once,
            Err(why) => {
                let known = ["It has a tag", "It has an anchor", "It can't be read"];
                proptest::prop_assert!(known.iter().any(|known| why.starts_with(known)), "{}: {}", why, front);
                return Ok(());
            }
        };
        let read = |text: &str| serde_yaml::from_str::<Option<Mapping>>(text).map(Option::unwrap_or_default);
        let (before, after) = (read(&front), read(&once));
        let (Ok(before), Ok(after)) = (before, after) else { panic!("{front}\n{once}") };
        proptest::prop_assert!(same(&before, &after, &front), "{}\n-----\n{}", front, once);
        for comment in COMMENTS.iter().filter(|comment| comment.len() > 1) {
            let count = |text: &str| text.matches(comment).count();
            proptest::prop_assert_eq!(count(&front), count(&once), "{} in\n{}\n-----\n{}", comment, front, once);
        }
        proptest::prop_assert_eq!(once.matches('\n').count() * usize::from(windows), once.matches("\r\n").count());
        proptest::prop_assert_eq!(formed(&once), Ok(once.clone()), "{}", front);
    }
}
