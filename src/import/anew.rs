//! A page that takes the place of one that is there: what it keeps of that one, and what of that one goes.

use super::{
    draft::{DRAFT, STATUS},
    page::Page,
};
use crate::{
    front_matter,
    model::{Document, Field, FieldType, Kind, State},
};
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};

impl Page {
    /// Keeps the fields of the page before that only those who look after the library write, where this one has none.
    /// Gives what else of that page goes, each as people call it. `state` is where that page is in its life.
    pub fn replacing(&mut self, before: &Document, kind: &Kind, state: Option<State>) -> Vec<String> {
        let mut gone = Vec::new();
        // A page that is hidden by something else than its status may lose that: it stays a draft.
        if self.parts.is_draft_unasked && state.is_some_and(|state| state != State::Draft) {
            self.parts.values.shift_remove(STATUS);
        }
        gone.extend(retitled(before, &self.title));
        if !before.readable {
            gone.push("all fields, for none of them can be read".to_owned());
        }
        for (key, value) in &before.front {
            let Some(name) = key.as_str() else { continue };
            match (self.parts.values.get(name), kind.field(name)) {
                (None, Some(field)) if field.internal => {
                    self.parts.values.insert(key.clone(), value.clone());
                }
                (None, _) => gone.push(format!("`{name}`")),
                (Some(new), Some(field)) if field.internal && new != value => {
                    let line = front_matter::yaml(&kind.fields, &Mapping::from_iter([(key.clone(), value.clone())]));
                    gone.push(format!("`{}`", line.trim_end()));
                }
                (Some(new), Some(field)) => {
                    gone.extend(lost(field, value, new).into_iter().map(|inner| format!("`{name}.{inner}`")));
                }
                (Some(_), None) => {}
            }
        }
        // What a field holds is indented: such a line is no heading of a text.
        if before.front_text().lines().any(|line| line.starts_with('#')) {
            gone.push("the notes among the fields".to_owned());
        }
        if self.parts.body.trim().is_empty() && !before.body.markdown(&before.source.text).trim().is_empty() {
            gone.push("the text below the fields".to_owned());
        } else if keeps_little(
            &prose(before.body.markdown(&before.source.text), &before.front, kind),
            &self.prose(kind),
        ) {
            gone.push("most of its text, of which little is in the new one".to_owned());
        }
        self.text = self.parts.text(kind);
        gone.extend(fewer_blocks(&before.source.text, &self.text));
        gone
    }

    /// True for a page that nobody is to see yet.
    pub fn is_draft(&self) -> bool {
        self.parts.values.get(STATUS).and_then(Value::as_str) == Some(DRAFT)
    }

    fn prose(&self, kind: &Kind) -> String {
        prose(&self.parts.body, &self.parts.values, kind)
    }
}

/// The title that goes, and the one that comes.
fn retitled(before: &Document, new: &str) -> Option<String> {
    let title = before.front.get("title").and_then(Value::as_str)?;
    (title.trim() != new).then(|| format!("the title “{}”, which becomes “{new}”", title.trim()))
}

/// The long texts of a page.
fn prose(body: &str, values: &Mapping, kind: &Kind) -> String {
    let is_text = |field: &&Field| matches!(field.field_type, FieldType::Markdown);
    let texts = kind.fields.iter().filter(is_text).filter_map(|field| values.get(field.name.as_str())?.as_str());
    [body].into_iter().chain(texts).collect::<Vec<_>>().join("\n\n")
}

/// How many runs of words a text has before it says enough to be held against another.
const ENOUGH: usize = 20;

/// True where less than half of what a text says is still said, by its runs of three words: two pages about the like
/// share their words, and hardly a run of them.
fn keeps_little(before: &str, new: &str) -> bool {
    let (before, new) = (runs(before), runs(new));
    before.len() >= ENOUGH && before.intersection(&new).count() * 2 < before.len()
}

fn runs(text: &str) -> BTreeSet<String> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(3).map(|run| run.join(" ")).collect()
}

/// The blocks of data and of code that a text has fewer of than the one before: some program took out what says where
/// they are, or somebody deleted them.
fn fewer_blocks(before: &str, new: &str) -> Vec<String> {
    let left = blocks(new);
    let fewer = |(name, count): (&str, usize)| {
        let gone = count.saturating_sub(left.get(name).copied().unwrap_or(0));
        (gone > 0).then(|| format!("{gone} of {count} blocks `{name}`"))
    };
    blocks(before).into_iter().filter_map(fewer).collect()
}

/// How many fenced blocks of each name a text has.
fn blocks(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    let mut is_within = false;
    for fence in text.lines().filter_map(|line| line.trim_start().strip_prefix("```")) {
        is_within = !is_within;
        if let Some(name) = fence.split_whitespace().next().filter(|_| is_within) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts
}

/// The fields of a group that the value before has, and no part of the new one.
fn lost<'a>(field: &'a Field, before: &Value, new: &Value) -> Vec<&'a str> {
    let FieldType::Group(fields) = &field.field_type else { return Vec::new() };
    let has = |value: &Value, name: &str| match value {
        Value::Sequence(items) => items.iter().any(|item| item.get(name).is_some()),
        other => other.get(name).is_some(),
    };
    let is_lost = |name: &&str| has(before, name) && !has(new, name);
    fields.iter().map(|field| field.name.as_str()).filter(is_lost).collect()
}
