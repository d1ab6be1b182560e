//! What a kind or a component says of one of its fields.

use super::{Fields, Labels, Value};

/// A field: its name, the values it takes, and its words for editors and readers. By default a text.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Key in the front matter.
    pub name: String,
    /// What a value must be.
    pub field_type: FieldType,
    /// True where the field takes a list.
    pub many: bool,
    /// True where an entry is not complete without it.
    pub required: bool,
    /// The taxonomy that its values go into.
    pub facet: Option<String>,
    /// What readers see before the value.
    pub label: Labels,
    /// What an editor should know to fill it in.
    pub help: Labels,
    /// A value for examples and new files.
    pub example: Option<String>,
    /// A date: the field beside it that it can't come before.
    pub after: Option<String>,
    /// A date: the entry's field whose days it lies in, a reference to an entry that has a `start`.
    pub within: Option<String>,
    /// A date: the entry's field whose first day it does not come after, likewise.
    pub before: Option<String>,
    /// A date: true for the last day on which what stands beside it may be used, such as that of a consent.
    pub expires: bool,
    /// A number of days: the entry's field that they are counted from, a date or a reference to an entry that has a
    /// `start`.
    pub days_from: Option<String>,
    /// True for a list of groups of `name` and `label` that are the placeholders of the entry's texts.
    pub declares_placeholders: bool,
    /// True for names, titles and words that stand as others wrote them: no advice is given on them.
    pub verbatim: bool,
    /// The property of schema.org that it gives: `startDate`. `@type` is the type itself.
    pub schema: Option<String>,
    /// True for what those who keep the library decide: whoever sends something in is not asked for it.
    pub internal: bool,
}

/// The type of a field, with what belongs to it alone.
#[derive(Clone, Debug)]
pub enum FieldType {
    /// Plain text; `max_length` in characters.
    Text {
        /// More characters than these are too long.
        max_length: Option<usize>,
    },
    /// Markdown, shown as part of the page.
    Markdown,
    /// A calendar date; `partial` allows a year or a month alone.
    Date {
        /// True where `2008` and `2008-05` will do.
        partial: bool,
    },
    /// A date with a time of day, in the library's time zone unless it says otherwise.
    DateTime,
    /// A number, within bounds where the kind gives them.
    Number {
        /// The least allowed.
        min: Option<f64>,
        /// The most allowed.
        max: Option<f64>,
    },
    /// `true` or `false`; `yes` and `no` are understood.
    YesNo,
    /// One of a few options.
    Choice(Vec<ChoiceOption>),
    /// The id of a term in a register, the slug of a page in a kind's folder, or the path of a `page`.
    Reference(String),
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// A picture beside the page or elsewhere in `content/`.
    Image,
    /// A file beside the page or elsewhere in `content/`.
    File,
    /// Fields within the field.
    Group(Vec<Field>),
}

/// One option of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceOption {
    /// What the front matter says.
    pub id: String,
    /// What readers see.
    pub label: Labels,
    /// The longest text that goes with it, in characters: a channel's limit for a post.
    pub max_length: Option<usize>,
    /// How many characters the channel counts for a web address, however long it is; `None` for as many as it has.
    pub url_length: Option<usize>,
    /// The type of schema.org that it stands for, where the field gives the `@type`.
    pub schema: Option<String>,
}

impl ChoiceOption {
    /// How many characters a text has as this option counts them.
    pub fn length(&self, text: &str) -> usize {
        let written = text.chars().count();
        let Some(each) = self.url_length else { return written };
        let address = |word: &str| {
            let at = word.find("https://").or_else(|| word.find("http://"))?;
            Some(word.get(at..)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"']).chars().count())
        };
        let addresses = text.split_whitespace().filter_map(address);
        addresses.fold(written, |length, address| (length + each).saturating_sub(address))
    }
}

/// What limits the field `text` of a group: the option of a choice beside it, as a post's channel does.
#[derive(Clone, Copy, Debug)]
pub struct TextLimit<'a> {
    /// The option.
    pub option: &'a ChoiceOption,
    /// How many characters it takes.
    pub most: usize,
    /// How many the text has, as the option counts them.
    pub length: usize,
}

impl<'a> TextLimit<'a> {
    /// The limit of the text among these values, where there is one.
    pub fn of(fields: impl IntoIterator<Item = &'a Field>, values: &Fields) -> Option<Self> {
        let Some(Value::Text(text)) = values.get("text") else { return None };
        fields.into_iter().find_map(|field| {
            let (FieldType::Choice(options), Some(Value::Choice(index))) = (&field.field_type, values.get(&field.name))
            else {
                return None;
            };
            let option = options.get(*index)?;
            Some(Self { option, most: option.max_length?, length: option.length(text) })
        })
    }
}

impl Default for FieldType {
    fn default() -> Self {
        Self::Text { max_length: None }
    }
}

impl FieldType {
    /// The type's name in a kind file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Markdown => "markdown",
            Self::Date { .. } => "date",
            Self::DateTime => "date-time",
            Self::Number { .. } => "number",
            Self::YesNo => "yes-no",
            Self::Choice(_) => "choice",
            Self::Reference(_) => "reference",
            Self::Url => "url",
            Self::Email => "email",
            Self::Image => "image",
            Self::File => "file",
            Self::Group(_) => "group",
        }
    }
}

/// The way to a value in front matter: `posts`, 2, `alt`.
pub type FieldPath = Vec<Step>;

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a mapping, by key.
    Key(String),
    /// Into a list, from 0.
    Item(usize),
}
