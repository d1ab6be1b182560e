//! Pictures need words for those who can't see them.

use super::fields::{Checker, down};
use crate::{
    diagnostic::Code,
    model::{Field, FieldPath, FieldType, Fields, Step},
};

/// Reports each picture whose field for a description, `alt` or `<field>_alt` beside it, is empty.
pub(super) fn check(checker: &mut Checker, fields: &[Field], typed: &Fields, path: &FieldPath) {
    for picture in fields.iter().filter(|field| matches!(field.field_type, FieldType::Image)) {
        let own = format!("{}_alt", picture.name);
        let described_by = fields.iter().find(|field| field.name == own || field.name == "alt");
        let Some(alt) = described_by.filter(|alt| !alt.required) else { continue };
        if typed.contains_key(&picture.name) && !typed.contains_key(&alt.name) {
            let path = down(path, Step::Key(picture.name.clone()));
            let help = format!(
                "Add `{}:` with what it shows, in a sentence. Repeat any words that are in the picture.",
                alt.name
            );
            checker.report(
                Code::MissingAltText,
                &path,
                "This picture has no description for people who can't see it",
                help,
            );
        }
    }
}
