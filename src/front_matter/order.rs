//! The order of fields in a file.

use crate::model::{Field, FieldType};

/// Sorts what goes by the names of a page's fields: facts first, then what takes several lines each, then long texts,
/// and each of these in the order of the kind. What is no field stands last, as it stood.
pub(super) fn sort<T>(fields: &[Field], entries: &mut [T], name: impl Fn(&T) -> &String) {
    let place = |entry: &T| fields.iter().enumerate().find(|(_, field)| field.name == *name(entry));
    entries.sort_by_cached_key(|entry| place(entry).map_or((usize::MAX, 0), |(at, field)| (bulk(field), at)));
}

/// How far down a field stands: nobody should have to look for the year of something below its whole story.
fn bulk(field: &Field) -> usize {
    match &field.field_type {
        FieldType::Markdown if !field.many => 2,
        FieldType::Markdown => 1,
        FieldType::Group(fields) if field.many || fields.iter().any(|field| bulk(field) > 0) => 1,
        _ => 0,
    }
}

/// The entries of a group in the order of its fields; what is none of them stands last, as it stood.
pub(super) fn within<'a, T>(fields: &[Field], entries: &'a [(String, T)]) -> Vec<&'a (String, T)> {
    let place = |name: &str| fields.iter().position(|field| field.name == name).unwrap_or(usize::MAX);
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_by_key(|(name, _)| place(name));
    sorted
}
