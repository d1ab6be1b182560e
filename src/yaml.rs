//! The one way in for YAML: values, and the place of each value when there is something to say of it.
//!
//! Values come from `serde_yaml`. What it takes though YAML forbids it, a second parser refuses, which also knows the
//! place of each value. Texts of the plainest form need neither.

mod block;
mod locate;
mod mend;
mod simple;

pub use block::{component_span, field_span, markdown_span};
pub use locate::{Located, Placed, locate, oddity, values};
pub use mend::mend;

use crate::model::{Position, Span};
use serde::de::DeserializeOwned;
use serde_yaml::Value;

/// What is wrong with a piece of YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in plain words.
    pub message: String,
    /// What to do, where that is known.
    pub help: Option<String>,
    /// Where: bytes of the YAML text.
    pub span: Span,
    /// True where a key stands twice.
    pub duplicate: bool,
}

/// The value of a YAML text.
///
/// # Errors
/// What is wrong with the text as YAML: its syntax, or a key that stands twice.
pub fn parse(text: &str) -> Result<Value, Fault> {
    if let Some(value) = simple::mapping(text) {
        return Ok(value);
    }
    if let Some(fault) = nested_too_deeply(text) {
        return Err(fault);
    }
    let value = serde_yaml::from_str(text).map_err(|error| fault(text, &error))?;
    // It takes a dozen mistakes for what may have been meant. The marked parser, which knows the rules of YAML 1.2,
    // does not.
    locate::complaint(text).map_or(Ok(value), |(said, at)| Err(said_of(text, &said, at)))
}

/// How many values may lie in each other: as many as `serde_yaml` takes.
const DEEPEST: usize = 128;

/// The fault of a text with so many open brackets that the parser, whose time grows with their square, would take
/// minutes to say the same.
fn nested_too_deeply(text: &str) -> Option<Fault> {
    let (mut open, mut most) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    // Brackets may stand in words as well. Only where there are very many is it worth while to look closely.
    let span = Some(most).filter(|most| *most > 4 * DEEPEST).and_then(|_| locate::too_deep(text, DEEPEST))?;
    let (_, message, help) = DEEP;
    let span = span.first_line(text);
    Some(Fault { message: message.to_owned(), help: Some(help.to_owned()), span, duplicate: false })
}

/// The value of a YAML text as a type. `required` are the keys that it must have: the fault of a missing
/// one stands at the start of the text.
///
/// # Errors
/// What is wrong with the text: its syntax, an unknown key, a missing one, or a value of another type.
pub fn typed<T: DeserializeOwned>(text: &str, required: &[&str]) -> Result<T, Fault> {
    let value = parse(text)?;
    if let Some(missing) = required.iter().find(|key| value.get(**key).is_none()) {
        return Err(Fault {
            message: format!("The key “{missing}” is missing"),
            help: Some(format!("Add a line that starts with `{missing}:`.")),
            span: Span::at(0),
            duplicate: false,
        });
    }
    serde_yaml::from_str(text).map_err(|error| fault(text, &error))
}

/// Turns an error of the YAML library into words and a place.
fn fault(text: &str, error: &serde_yaml::Error) -> Fault {
    let raw = error.to_string();
    let opened =
        ["quoted scalar", "simple key"].iter().any(|thing| raw.contains(thing)).then(|| opened_at(&raw)).flatten();
    let place = opened.or_else(|| error.location().map(|location| (location.line(), location.column())));
    let at = place.map_or(0, |(line, column)| Position { line, column }.offset(text));
    let bare = raw.split(" at line ").next().unwrap_or(&raw);
    if let Some(rest) = bare.split("duplicate entry with key ").nth(1) {
        let key = rest.trim_matches(['"', ' ']);
        let span = locate::second_key(text, key).unwrap_or_else(|| word_at(text, at));
        return Fault {
            message: format!("The key “{key}” stands twice"),
            help: Some("Keep one of the two lines and delete the other.".to_owned()),
            span,
            duplicate: true,
        };
    }
    if let Some((key, known)) = unknown_key(bare) {
        let nearest = crate::nearest::nearest(&key, known.iter().map(String::as_str));
        return Fault {
            message: format!("There is no setting called “{key}”"),
            help: Some(match nearest {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("The keys are: {}.", known.join(", ")),
            }),
            span: locate::first_key(text, &key).unwrap_or_else(|| word_at(text, at)),
            duplicate: false,
        };
    }
    said_of(text, bare, at)
}

/// What a parser says of a place, as a fault.
fn said_of(text: &str, said: &str, at: usize) -> Fault {
    let at = tab_behind(text, at, said).unwrap_or(at);
    let (message, help) = plain(text, at, said);
    Fault { message, help, span: word_at(text, at), duplicate: false }
}

/// Where the thing was opened that is never closed: "…, while scanning a quoted scalar at line 2 column 8".
fn opened_at(message: &str) -> Option<(usize, usize)> {
    let (_, context) = message.split_once("while scanning")?;
    let mut figures = context.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok());
    Some((figures.next()?, figures.next()?))
}

/// The key and the keys there are, of serde's "unknown field `x`, expected one of `a`, `b`".
fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.split("unknown field ").nth(1)?;
    let mut ticked = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    Some((ticked.next()?, ticked.collect()))
}

/// The commonest slips of people who write YAML by hand: a part of what the parser says, what it means in their
/// words, and what to do.
const SLIPS: [(&str, &str, &str); 15] = [
    (
        "mapping values are not allowed",
        "There is a second colon on this line, so it can't be told which is the value",
        "Put the whole value in quotes, as in `title: \"Mentoring: what works\"`.",
    ),
    (
        "cannot start any token",
        "A value can't start with this character",
        "Put the value in quotes, as in `hashtag: \"@home\"`.",
    ),
    (
        "could not find expected ':'",
        "Here should be a field's name, a colon and a space",
        "Write `name: value`, with a space behind the colon. A longer text goes in quotes.",
    ),
    ("expected ',' or ']'", BRACKET.0, BRACKET.1),
    ("expected ',' or '}'", BRACKET.0, BRACKET.1),
    DEEP,
    (
        "a tab character",
        "A tab stands where only spaces may",
        "Use spaces at the start of the line instead of the tab.",
    ),
    ("as u128", NUMBER.0, NUMBER.1),
    ("as i128", NUMBER.0, NUMBER.1),
    ("repetition limit", ALIAS.0, ALIAS.1),
    ("anchor", ALIAS.0, ALIAS.1),
    ("alias", ALIAS.0, ALIAS.1),
    ("quoted scalar", QUOTE.0, QUOTE.1),
    ("end of stream", QUOTE.0, QUOTE.1),
    ("more than one document", "There are two documents in one", "Delete the line `---` between them."),
];

const DEEP: (&str, &str, &str) =
    ("recursion limit", "The values are nested too deeply", "Front matter needs no more than a few levels.");
const NUMBER: (&str, &str) = ("This number is too long to be one", "If it is a name or a code, put it in quotes.");
const BRACKET: (&str, &str) = (
    "A bracket is opened and not closed",
    "Close it behind the last value, as in `[housing, health]`, or put a value with brackets in quotes.",
);
const ALIAS: (&str, &str) = (
    "An alias (`*name`) leads nowhere or repeats too much",
    "Write the value out instead of using `*`, or put it in quotes.",
);
const QUOTE: (&str, &str) =
    ("A quotation mark is opened and not closed", "Close the quotation mark at the end of the value.");

/// The same of what the second parser refuses.
const FORBIDDEN: [(&str, &str, &str); 4] = [
    (
        "comments must be separated",
        "A `#` stands right behind a value, where it would start a note",
        "Put a space before the `#`, or put a value that has one in quotes.",
    ),
    ("invalid indentation", OUTSIDE.0, OUTSIDE.1),
    ("tab cannot be used as indentation", OUTSIDE.0, OUTSIDE.1),
    (
        "plain scalar cannot start",
        "A value can't start with this character",
        "Put the value in quotes, as in `tags: [\"-\"]`.",
    ),
];
const OUTSIDE: (&str, &str) = (
    "A value goes on over a line that is not indented",
    "Put two spaces at the start of each line that a value goes on in, or write it on one line.",
);

/// Where the first line starts that is indented with a tab.
fn first_tab(text: &str) -> Option<usize> {
    Span::lines(text, 0).find(|line| line.of(text).starts_with('\t')).map(|line| line.start)
}

/// The place of the first tab, where it is behind the place that the parser names and may still be what it stumbled
/// over: a second colon is a fault of its own line.
fn tab_behind(text: &str, at: usize, said: &str) -> Option<usize> {
    first_tab(text).filter(|tab| *tab > at && !said.contains("mapping values"))
}

/// What is wrong, in words for people, and what to do; where no slip is known, what the parser says.
fn plain(text: &str, at: usize, raw: &str) -> (String, Option<String>) {
    let said = |message: &str, help: &str| (message.to_owned(), Some(help.to_owned()));
    if first_tab(text).is_some_and(|tab| tab <= at) {
        return said("A line is indented with a tab", "Use spaces at the start of the line instead of the tab.");
    }
    let line_start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(line_start..).unwrap_or_default().lines().next().unwrap_or_default();
    if raw.contains("mapping values") && line.starts_with(' ') && !line.trim_start().starts_with("- ") {
        return said(
            "This line starts further to the right than the one it follows",
            "Take the spaces at its start away, or put a value with a colon in it in quotes.",
        );
    }
    if let Some((_, message, help)) = FORBIDDEN.iter().chain(&SLIPS).find(|(part, ..)| raw.contains(part)) {
        return said(message, help);
    }
    if let Some((_, rest)) = raw.split_once("invalid type: ").or_else(|| raw.split_once("unknown variant ")) {
        let (found, expected) = rest.split_once(", expected ").unwrap_or((rest, "something else"));
        let words = [("usize", "a number"), ("a sequence", "a list"), ("a map", "settings of its own")];
        let expected = words.iter().fold(expected.to_owned(), |text, (from, to)| text.replace(from, to));
        let help = "The comments in casebook.yaml, or docs/, say what it takes.";
        return said(&format!("{found} stands where {expected} should be"), help);
    }
    let expected = raw.split_once(": ").map_or(raw, |(_, rest)| rest);
    said(
        &format!("This can't be read: {expected}"),
        "Compare the line with its neighbours: each is `name: value`, and lists have `- ` before each item.",
    )
}

/// The word or quoted text at an offset, so that a report has something to underline.
fn word_at(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let length = rest.get(..end).unwrap_or_default().trim_end().len();
    Span::new(at, at + length)
}
