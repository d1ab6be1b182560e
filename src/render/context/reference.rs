//! What each template is given, in words: the reference in the README of the built-in theme.
//!
//! A test holds these tables against the values that a build of the published library hands to its templates. Who
//! adds a value adds a line here, then writes the README with `cargo run --release --example reference`.

mod calls;
mod shapes;
mod templates;

pub use calls::CALLS;
pub use shapes::SHAPES;
pub use templates::{COMPONENTS, ENTRIES, EVERY, TEMPLATES};

use std::fmt::Write as _;

/// What a template is given under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The key; `<taxonomy>` stands for the name of any taxonomy.
    pub key: &'static str,
    /// What is there.
    pub sort: Sort,
    /// False where the key may be absent.
    pub always: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// What sort of value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A string.
    Text,
    /// A string of safe HTML.
    Html,
    /// A number.
    Number,
    /// True or false.
    YesNo,
    /// A map of the shape of this name.
    A(&'static str),
    /// A list of maps of one shape.
    Many(&'static str),
    /// Fields, by their names.
    Fields,
    /// Values of fields, by the fields' names, each as its type gives it.
    Values,
    /// The value of a field, as its type gives it.
    Value,
    /// Texts, by names that the library gives.
    Texts,
}

/// A map that comes up in more than one place.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its name.
    pub name: &'static str,
    /// What it is of.
    pub about: &'static str,
    /// What is in it.
    pub keys: &'static [Given],
}

/// What some templates are given beside what all are.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// The templates: their names, or what they have in common.
    pub names: &'static str,
    /// What is in their scope.
    pub keys: &'static [Given],
}

/// A function or a filter that templates can call.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Its name.
    pub name: &'static str,
    /// How it is written.
    pub example: &'static str,
    /// What it gives.
    pub meaning: &'static str,
}

/// A key that is always there.
const fn given(key: &'static str, sort: Sort, meaning: &'static str) -> Given {
    Given { key, sort, always: true, meaning }
}

/// A key that is absent where there is nothing to say.
const fn maybe(key: &'static str, sort: Sort, meaning: &'static str) -> Given {
    Given { key, sort, always: false, meaning }
}

impl Sort {
    fn words(self) -> String {
        let link = |name: &str| format!("[{name}](#{name})");
        match self {
            Self::Text => "text".to_owned(),
            Self::Html => "HTML".to_owned(),
            Self::Number => "number".to_owned(),
            Self::YesNo => "true or false".to_owned(),
            Self::A(name) => link(name),
            Self::Many(name) => format!("list of {}", link(name)),
            Self::Fields => format!("{} by name", link("field")),
            Self::Values => "values by name".to_owned(),
            Self::Value => "[value](#the-value-of-a-field)".to_owned(),
            Self::Texts => "texts by name".to_owned(),
        }
    }
}

/// The line before the reference in the README.
pub const START: &str = "<!-- The reference starts here. `cargo run --release --example reference` writes it. -->\n";

/// The line after it.
pub const END: &str = "<!-- The reference ends here. -->\n";

/// The reference with the lines around it, as Markdown.
pub fn reference() -> String {
    let mut text = format!("{START}\n");
    for template in TEMPLATES {
        let _ = writeln!(text, "### {}\n", template.names);
        table(template.keys, &mut text);
    }
    text += "### The value of a field\n\n";
    table_of(
        ["type of the field", "value"],
        VALUES.iter().map(|(name, value)| [(*name).to_owned(), (*value).to_owned()]),
        &mut text,
    );
    text += "### Functions and filters\n\n";
    let calls = CALLS.iter().map(|call| [format!("`{}`", call.example), call.meaning.to_owned()]);
    table_of(["call", "gives"], calls, &mut text);
    text += "Beside them there are Tera's own.\n\n### Shapes\n\n";
    for shape in SHAPES {
        let _ = writeln!(text, "#### {}\n\n{}\n", shape.name, shape.about);
        table(shape.keys, &mut text);
    }
    text + END
}

/// What a field's value is, by the field's type.
const VALUES: [(&str, &str); 9] = [
    ("text, email, url", "text"),
    ("markdown", "HTML"),
    ("number", "number"),
    ("yes-no", "true or false"),
    ("date, date-time", "[date](#date)"),
    ("choice", "[choice](#choice)"),
    ("reference", "[term](#term) of a register, which has a label, or [card](#card) of an entry, which has a title"),
    ("image, file", "[file](#file)"),
    ("group", "[group](#group)"),
];

fn table(keys: &[Given], text: &mut String) {
    let row = |given: &Given| {
        let mark = if given.always { "" } else { " ?" };
        [format!("`{}`{mark}", given.key), given.sort.words(), given.meaning.to_owned()]
    };
    table_of(["key", "type", "meaning"], keys.iter().map(row), text);
}

fn table_of<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>, text: &mut String) {
    let line = |cells: &[String]| {
        format!("| {} |\n", cells.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
    };
    text.push_str(&line(&heads.map(str::to_owned)));
    text.push_str(&line(&heads.map(|_| "---".to_owned())));
    rows.for_each(|row| text.push_str(&line(&row)));
    text.push('\n');
}
