//! What cameras and programs note in pictures whose files can't be freed of it here.

use exif::{Context, Reader, Tag};
use std::io::{BufRead, Seek};

/// True where a file has notes of where, when, with what or by whom it was taken.
pub(super) fn has_notes(file: &mut (impl BufRead + Seek)) -> bool {
    const OF_PEOPLE: [Tag; 7] = [
        Tag::Make,
        Tag::Model,
        Tag::Artist,
        Tag::Copyright,
        Tag::DateTime,
        Tag::ImageDescription,
        Tag::DateTimeOriginal,
    ];
    let noted = file.rewind().ok().and_then(|()| Reader::new().read_from_container(file).ok());
    noted.is_some_and(|exif| {
        exif.fields().any(|field| field.tag.context() == Context::Gps || OF_PEOPLE.contains(&field.tag))
    })
}
