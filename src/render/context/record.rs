//! A map that a template reads by its keys.

use std::collections::BTreeMap;
use tera::{Value, value::Key};

/// The entries of a map on their way into a template. The map is sorted, so that a template that goes through all of
/// it gives the same bytes each time. Of what is set twice, the last stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(Vec<(Key<'static>, Value)>);

impl Record {
    /// An empty map.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Sets a key.
    pub(crate) fn set(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((Key::Str(key), value.into()));
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
        self.0.push((key, value));
    }

    /// Sets such a key unless it is set already.
    pub(crate) fn insert_new(&mut self, key: Key<'static>, value: Value) {
        if self.0.iter().all(|(known, _)| *known != key) {
            self.0.push((key, value));
        }
    }

    /// The map as a value.
    pub(crate) fn value(self) -> Value {
        // Sorted at once: cheaper than to find the place of each.
        Value::from(self.0.into_iter().collect::<BTreeMap<_, _>>())
    }
}
