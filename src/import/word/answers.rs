//! The answers in a form's controls, by the way to their field.

use crate::{
    import::docx::{self, Block, Control},
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

    pub(super) fn slots(&self) -> impl Iterator<Item = &(String, Slot)> {
        self.0.iter()
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
        let begins = fresh.remove(&here);
        if groups.is_empty() || (field.many && (begins || (is_first && has_it))) {
            groups.push(Self::default());
        }
        if let Some(group) = groups.last_mut() {
            group.take(inner, rest, &here, answer, fresh);
        }
    }
}

/// The fields of a kind by the tags of their controls, and by what these are called: some programs keep no tags.
#[derive(Default)]
pub(super) struct Ways<'a> {
    tags: HashMap<String, (String, &'a Field)>,
    aliases: HashMap<String, String>,
}

impl<'a> Ways<'a> {
    pub(super) fn of(kind: &'a Kind) -> Self {
        let mut ways = Self::default();
        ways.gather(&kind.fields, "", &[String::new()]);
        ways
    }

    /// The way to the field of a control.
    pub(super) fn find(&self, control: &Control) -> Option<&str> {
        match self.tags.get(&control.tag) {
            Some((way, _)) => Some(way),
            None if control.tag.is_empty() => self.aliases.get(&control.alias).map(String::as_str),
            None => None,
        }
    }

    /// The same for a box to tick, and the option that it stands for.
    pub(super) fn option<'c>(&self, control: &'c Control) -> Option<(&str, &'c str)> {
        control.ticked?;
        if let Some((tag, option)) = control.tag.split_once('=') {
            return self.tags.get(tag).map(|(way, _)| (way.as_str(), option));
        }
        let mut splits = control.alias.match_indices(docx::OF);
        splits.find_map(|(at, between)| {
            let (field, option) = control.alias.split_at_checked(at)?;
            Some((self.aliases.get(field)?.as_str(), option.strip_prefix(between)?))
        })
    }

    /// True for the way to a group, whose control holds others.
    pub(super) fn is_group(&self, way: &str) -> bool {
        self.tags.values().any(|(known, field)| known == way && matches!(field.field_type, FieldType::Group(_)))
    }

    fn gather(&mut self, fields: &'a [Field], before: &str, labels: &[String]) {
        for field in fields {
            let way = if before.is_empty() { field.name.clone() } else { format!("{before}/{}", field.name) };
            let called = |above: &String| {
                let label = |label: &str| {
                    if above.is_empty() { label.to_owned() } else { format!("{above}{}{label}", docx::OF) }
                };
                field.label.all().map(label).collect::<Vec<_>>()
            };
            let labels: Vec<String> = labels.iter().flat_map(called).collect();
            for label in &labels {
                self.aliases.entry(label.clone()).or_insert_with(|| way.clone());
            }
            if let FieldType::Group(inner) = &field.field_type {
                self.gather(inner, &way, &labels);
            }
            self.tags.insert(docx::tag(&way), (way, field));
        }
    }
}
