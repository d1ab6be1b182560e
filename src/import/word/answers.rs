//! The answers in a form's controls, by the way to their field.

use crate::{
    import::docx::{self, Block},
    model::{Field, FieldType, Kind},
};
use std::collections::{BTreeSet, HashMap};

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// Nothing, in a control that is there.
    Empty,
    /// The option of that id.
    Chosen(String),
    /// Paragraphs.
    Blocks(Vec<Block>),
}

/// The answers to the fields of a group, or of the whole form, in the order in which they were met.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Group(Vec<(String, Slot)>);

/// The answers to one field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// To a field that is no group.
    Answers(Vec<Answer>),
    /// To a group, or to each of several.
    Groups(Vec<Group>),
}

impl Group {
    pub(super) fn into_slots(self) -> impl Iterator<Item = (String, Slot)> {
        self.0.into_iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, slot)| match slot {
            Slot::Answers(answers) => answers.iter().all(|answer| *answer == Answer::Empty),
            Slot::Groups(groups) => groups.iter().all(Self::is_empty),
        })
    }

    fn slot(&mut self, name: &str, otherwise: Slot) -> Option<&mut Slot> {
        let place = self.0.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.0.push((name.to_owned(), otherwise));
            self.0.len() - 1
        });
        self.0.get_mut(place).map(|(_, slot)| slot)
    }

    /// Takes an answer to the field that a way leads to. `fresh` holds the ways of groups of which another one begins;
    /// where a program lost the signs for that, it begins where the first field of a group is met again.
    pub(super) fn take(
        &mut self,
        fields: &[Field],
        way: &[&str],
        before: &str,
        answer: Answer,
        fresh: &mut BTreeSet<String>,
    ) {
        let Some((name, rest)) = way.split_first() else { return };
        let Some(field) = fields.iter().find(|field| field.name == *name) else { return };
        let here = if before.is_empty() { (*name).to_owned() } else { format!("{before}/{name}") };
        let (FieldType::Group(inner), Some(next)) = (&field.field_type, rest.first()) else {
            if let Some(Slot::Answers(answers)) = self.slot(name, Slot::Answers(Vec::new())) {
                answers.push(answer);
            }
            return;
        };
        let Some(Slot::Groups(groups)) = self.slot(name, Slot::Groups(Vec::new())) else { return };
        let is_first = inner.first().is_some_and(|first| first.name == *next && rest.len() == 1 && !first.many);
        let has_it = groups.last().is_some_and(|group| group.0.iter().any(|(known, _)| known == next));
        if groups.is_empty() || (field.many && (fresh.remove(&here) || (is_first && has_it))) {
            groups.push(Self::default());
        }
        if let Some(group) = groups.last_mut() {
            group.take(inner, rest, &here, answer, fresh);
        }
    }
}

/// The fields of a kind by the tags of their controls.
pub(super) struct Ways<'a>(HashMap<String, (String, &'a Field)>);

impl<'a> Ways<'a> {
    pub(super) fn of(kind: &'a Kind) -> Self {
        let mut ways = HashMap::new();
        gather(&kind.fields, "", &mut ways);
        Self(ways)
    }

    /// The way and the field of a tag.
    pub(super) fn find(&self, tag: &str) -> Option<(&str, &'a Field)> {
        self.0.get(tag).map(|(way, field)| (way.as_str(), *field))
    }

    /// The same for a box to tick, and the option that it stands for.
    pub(super) fn option<'t>(&self, tag: &'t str) -> Option<(&str, &'t str)> {
        let (tag, option) = tag.split_once('=')?;
        Some((self.find(tag)?.0, option))
    }
}

fn gather<'a>(fields: &'a [Field], before: &str, ways: &mut HashMap<String, (String, &'a Field)>) {
    for field in fields {
        let way = if before.is_empty() { field.name.clone() } else { format!("{before}/{}", field.name) };
        if let FieldType::Group(inner) = &field.field_type {
            gather(inner, &way, ways);
        }
        ways.insert(docx::tag(&way), (way, field));
    }
}
