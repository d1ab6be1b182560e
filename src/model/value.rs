//! Typed values of fields.

use std::collections::BTreeMap;

/// The fields of an entry, a group or a component, by name.
pub type Fields = BTreeMap<String, Value>;

/// A value that fits its field's type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, a web address or an e-mail address.
    Text(String),
    /// Markdown: the index of its [`super::PageText`] in the entry.
    Markdown(usize),
    /// A date, or a part of one.
    Date(PartialDate),
    /// A moment.
    DateTime(DateTime),
    /// A number.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// The index of an option of the field's choice.
    Choice(usize),
    /// A term: its register, and its index there.
    Term(String, usize),
    /// A page of the library.
    Page(super::PageReference),
    /// A file of the library, by its path from the root.
    File(String),
    /// Fields within the field.
    Group(Fields),
    /// A list.
    Many(Vec<Value>),
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// The first day of the time meant.
    pub first: jiff::civil::Date,
    /// How much of it is given: 1 the year, 2 the month too, 3 the day.
    pub parts: u8,
}

/// A moment as the front matter gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateTime {
    /// The moment, in the zone it was given in or else the library's.
    pub zoned: jiff::Zoned,
}

impl PartialDate {
    /// A whole date.
    pub fn day(date: jiff::civil::Date) -> Self {
        Self { first: date, parts: 3 }
    }

    /// `2008`, `2008-05` or `2008-05-17`.
    pub fn iso(&self) -> String {
        let date = self.first;
        match self.parts {
            1 => format!("{:04}", date.year()),
            2 => format!("{:04}-{:02}", date.year(), date.month()),
            _ => date.to_string(),
        }
    }
}
