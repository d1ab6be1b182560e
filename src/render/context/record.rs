//! A map that a template reads by its keys.

use std::collections::BTreeMap;
use tera::{Value, value::Key};

/// The entries of a map on their way into a template. They stand sorted, so that a template that goes through
/// them all gives the same bytes each time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(BTreeMap<Key<'static>, Value>);

impl Record {
    /// An empty map.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Sets a key.
    pub(crate) fn set(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.insert(Key::Str(key), value.into());
        self
    }

    /// Sets a key where there is something to set it to; a template asks whether it is there.
    pub(crate) fn set_some(self, key: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    /// Sets a key that is known at run time only.
    pub(crate) fn insert(&mut self, key: Key<'static>, value: Value) {
        self.0.insert(key, value);
    }

    /// Sets such a key unless it is set already.
    pub(crate) fn insert_new(&mut self, key: Key<'static>, value: Value) {
        self.0.entry(key).or_insert(value);
    }

    /// The map as a value.
    pub(crate) fn value(self) -> Value {
        Value::from(self.0)
    }
}
