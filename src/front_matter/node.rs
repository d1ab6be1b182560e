//! A value as the writer sees it: what it is, and how it was written where that matters.

use crate::{model::Step, yaml};
use serde_yaml::Value;

/// A value of front matter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// No value.
    Nothing,
    /// A number or a truth, as it is written: `1.50` has a digit that no number keeps.
    Plain(String),
    /// A text.
    Text(String),
    /// Several.
    List(Vec<Node>),
    /// Keys and their values, in the order written.
    Group(Vec<(String, Node)>),
}

impl Node {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(truth) => Self::Plain(truth.to_string()),
            Value::Number(number) => Self::Plain(number.to_string()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Sequence(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Mapping(group) => {
                Self::Group(group.iter().map(|(key, value)| (name(key), Self::of(value))).collect())
            }
            Value::Tagged(tagged) => Self::of(&tagged.value),
        }
    }

    /// The value at `path` of a text, with numbers and truths as they are written there.
    pub(super) fn written(value: &Value, text: &str, path: &mut Vec<Step>) -> Self {
        let mut down = |step: Step, value: &Value| {
            path.push(step);
            let node = Self::written(value, text, path);
            path.pop();
            node
        };
        match value {
            Value::Sequence(items) => {
                Self::List(items.iter().enumerate().map(|(index, item)| down(Step::Item(index), item)).collect())
            }
            Value::Mapping(group) => {
                let named = group.iter().map(|(key, value)| (name(key), value));
                Self::Group(named.map(|(name, value)| (name.clone(), down(Step::Key(name), value))).collect())
            }
            Value::Bool(_) | Value::Number(_) => Self::Plain(yaml::locate(text, path).value.of(text).to_owned()),
            other => Self::of(other),
        }
    }
}

/// A key as text: one that is none is nothing that a field could be called.
pub(super) fn name(key: &Value) -> String {
    match key {
        Value::String(name) => name.clone(),
        other => serde_yaml::to_string(other).unwrap_or_default().trim().to_owned(),
    }
}
