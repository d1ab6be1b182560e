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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Value {
    /// True for a date or moment that is over before `other` begins; a month is over on its last day.
    pub fn is_before(&self, other: &Self) -> bool {
        let moment = |value: &Self| match value {
            Self::DateTime(moment) => Some(moment.zoned.timestamp()),
            _ => None,
        };
        if let (Some(own), Some(others)) = (moment(self), moment(other)) {
            return own < others;
        }
        let days = |value: &Self| match value {
            Self::Date(date) => Some((date.first, date.last())),
            Self::DateTime(moment) => Some((moment.zoned.date(), moment.zoned.date())),
            _ => None,
        };
        days(self).zip(days(other)).is_some_and(|((_, own), (others, _))| own < others)
    }
}

impl PartialDate {
    /// A whole date.
    pub fn day(date: jiff::civil::Date) -> Self {
        Self { first: date, parts: 3 }
    }

    /// The date that `2008`, `2008-05` or `2008-05-17` writes; `None` for another form, or no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let digits =
            |(part, length): (&&str, &usize)| part.len() == *length && part.bytes().all(|b| b.is_ascii_digit());
        if parts.len() > 3 || !parts.iter().zip(&[4, 2, 2]).all(digits) {
            return None;
        }
        let part = |index: usize| parts.get(index).map_or(Some(1), |part| part.parse::<i16>().ok());
        let first = jiff::civil::Date::new(part(0)?, part(1)? as i8, part(2)? as i8).ok()?;
        Some(Self { first, parts: parts.len() as u8 })
    }

    /// The last day of the time meant.
    pub fn last(&self) -> jiff::civil::Date {
        match self.parts {
            1 => self.first.last_of_year(),
            2 => self.first.last_of_month(),
            _ => self.first,
        }
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
