//! Which column becomes which field.

use super::{Asked, grid::Cell};
use crate::{
    import::{text::one_line, value::by_name},
    model::{Field, FieldType, Kind, folded},
    nearest::nearest,
};

/// What a column becomes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target<'a> {
    /// A field.
    Field(&'a Field),
    /// A field of a group.
    Inner(&'a Field, &'a Field),
    /// The text of the page.
    Body,
    /// A field for those who keep the library, and nobody of them asked for it: a note.
    Withheld(&'a Field),
    /// Nothing that a page has.
    Nothing,
}

impl Target<'_> {
    /// Whether it is what a page is called by.
    pub fn is_title(&self) -> bool {
        matches!(self, Self::Field(field) if field.name == "title")
    }

    /// How people name it.
    pub fn name(&self) -> String {
        match self {
            Self::Field(field) => field.name.clone(),
            Self::Inner(group, field) => format!("{}.{}", group.name, field.name),
            Self::Body => "the text of the page".to_owned(),
            Self::Withheld(_) | Self::Nothing => "a note in the front matter".to_owned(),
        }
    }
}

impl<'a> Target<'a> {
    /// The same, without what nobody decides on by giving a column its name. What a page says of its own kind is
    /// looked at elsewhere.
    fn by_name_alone(self) -> Self {
        match self {
            Self::Field(field) | Self::Inner(field, _) if field.internal && field.name != KIND => Self::Withheld(field),
            Self::Inner(_, field) if field.internal => Self::Withheld(field),
            other => other,
        }
    }
}

/// The field that says of what kind a page is.
const KIND: &str = "kind";

/// How far down the names of the columns may stand: above them may be a title and words about the table.
pub(super) const FARTHEST: usize = 20;

/// The place of the row that names the columns: the first one with the title among them.
pub(super) fn header(rows: &[Vec<Cell>], kind: Option<&Kind>, asked: &Asked) -> Option<usize> {
    let names_title =
        |row: &Vec<Cell>, kind| targets(row, kind, asked).is_ok_and(|targets| targets.iter().any(Target::is_title));
    rows.iter().take(FARTHEST).position(|row| kind.is_some_and(|kind| names_title(row, kind)))
}

/// What each column becomes: what was asked for, else what it is called.
///
/// # Errors
/// Which field or column of those asked for there is not.
pub(super) fn targets<'a>(header: &[Cell], kind: &'a Kind, asked: &Asked) -> Result<Vec<Target<'a>>, String> {
    let mut targets = vec![None; header.len()];
    let fields =
        asked.map.iter().map(|(field, column)| (target(kind, field).ok_or_else(|| no_field(kind, field)), column));
    let body = asked.body.iter().map(|column| (Ok(Target::Body), column));
    for (target, column) in fields.chain(body) {
        let place = column_of(header, column).ok_or_else(|| no_column(header, column))?;
        if let Some(slot) = targets.get_mut(place) {
            *slot = Some(target?);
        }
    }
    let asked_for: Vec<String> = targets.iter().flatten().map(Target::name).collect();
    let own = |(cell, target): (&Cell, Option<Target<'a>>)| {
        // What was asked for by another column is not taken from the one of its name as well.
        let called = || self::target(kind, &cell.text).filter(|target| !asked_for.contains(&target.name()));
        target.or_else(|| called().map(Target::by_name_alone)).unwrap_or(Target::Nothing)
    };
    Ok(header.iter().zip(targets).map(own).collect())
}

/// What goes by a name: a field, `group.field`, or the text.
fn target<'a>(kind: &'a Kind, name: &str) -> Option<Target<'a>> {
    if let Some(field) = by_name(&kind.fields, name) {
        return Some(Target::Field(field));
    }
    if let Some(field) = without_hint(name).and_then(|name| by_name(&kind.fields, name)) {
        return Some(Target::Field(field));
    }
    let wanted = folded(name);
    if wanted == "body" {
        return Some(Target::Body);
    }
    kind.fields.iter().find_map(|group| {
        let FieldType::Group(fields) = &group.field_type else { return None };
        let goes_by = |field: &&Field| {
            let labels =
                || group.label.all().flat_map(|label| field.label.all().map(move |inner| format!("{label}{inner}")));
            folded(&format!("{}{}", group.name, field.name)) == wanted || labels().any(|label| folded(&label) == wanted)
        };
        fields.iter().find(goes_by).map(|field| Target::Inner(group, field))
    })
}

/// A name without how it is to be filled in, in brackets behind it: `(max 200)`, `(£)`. Words alone may be part of it.
fn without_hint(name: &str) -> Option<&str> {
    let (name, hint) = name.trim().strip_suffix(')')?.rsplit_once('(')?;
    let is_hint = hint.chars().any(|c| c.is_ascii_digit()) || !hint.chars().any(char::is_alphabetic);
    is_hint.then_some(name)
}

fn column_of(header: &[Cell], name: &str) -> Option<usize> {
    let exactly = header.iter().position(|cell| cell.text == name.trim());
    exactly.or_else(|| header.iter().position(|cell| folded(&cell.text) == folded(name) && !folded(name).is_empty()))
}

fn no_field(kind: &Kind, name: &str) -> String {
    let near = nearest(name, kind.fields.iter().map(|field| field.name.as_str()));
    let help =
        near.map_or(format!("`casebook kinds {}` lists them.", kind.name), |near| format!("Did you mean {near}?"));
    format!("the kind {} has no field called “{name}”. {help}", kind.name)
}

fn no_column(header: &[Cell], name: &str) -> String {
    let all: Vec<String> = header.iter().map(|cell| one_line(&cell.text)).filter(|name| !name.is_empty()).collect();
    let help = match nearest(name, all.iter().map(String::as_str)) {
        Some(near) => format!("Did you mean {near}?"),
        None => format!("The columns are: {}.", all.join(", ")),
    };
    format!("the table has no column called “{name}”. {help}")
}

/// How many of these columns are called like something of a kind.
pub(super) fn alike(header: &[Cell], kind: &Kind) -> usize {
    header.iter().filter(|cell| target(kind, &cell.text).is_some()).count()
}
