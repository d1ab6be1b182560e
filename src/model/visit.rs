//! Every value of an entry, a group or a component, with what its schema says of it.

use super::{Field, FieldPath, FieldType, Fields, Step, Value};

/// A single value that is no group.
#[derive(Clone, Copy, Debug)]
pub struct Met<'a> {
    /// Its field.
    pub field: &'a Field,
    /// The value.
    pub value: &'a Value,
    /// The fields among which it stands: those of its group, or of the whole.
    pub beside: &'a Fields,
}

/// Calls `look` with every single value and the way to it, in the order of the schema.
pub fn visit<'a>(schema: &'a [Field], fields: &'a Fields, look: &mut impl FnMut(Met<'a>, &FieldPath)) {
    visit_fields(schema, fields, &mut FieldPath::new(), look);
}

fn visit_fields<'a>(
    schema: &'a [Field],
    beside: &'a Fields,
    path: &mut FieldPath,
    look: &mut impl FnMut(Met<'a>, &FieldPath),
) {
    for field in schema {
        let Some(value) = beside.get(&field.name) else { continue };
        path.push(Step::Key(field.name.clone()));
        visit_value(Met { field, value, beside }, path, look);
        path.pop();
    }
}

fn visit_value<'a>(met: Met<'a>, path: &mut FieldPath, look: &mut impl FnMut(Met<'a>, &FieldPath)) {
    match (met.value, &met.field.field_type) {
        (Value::Group(group), FieldType::Group(schema)) => visit_fields(schema, group, path, look),
        (Value::Many(values), _) => {
            for (index, value) in values.iter().enumerate() {
                path.push(Step::Item(index));
                visit_value(Met { value, ..met }, path, look);
                path.pop();
            }
        }
        _ => look(met, path),
    }
}
