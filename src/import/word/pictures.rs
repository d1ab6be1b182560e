//! Pictures: files beside the page, and fields that name them.

use super::{
    Place, Writer,
    inside::{each_inline, first_picture},
};
use crate::{
    import::docx::{Block, Inline, Role},
    markdown::slug,
    model::{Field, FieldType},
};
use std::collections::BTreeMap;

impl<'a> Writer<'a> {
    /// Puts the pictures beside the page, but for those that are there already.
    pub(super) fn files(&mut self, before: Option<&str>, place: &Place<'_>) {
        let folder = before.and_then(|path| path.rsplit_once('/')).map(|(folder, _)| folder);
        let mut alts: BTreeMap<usize, String> = BTreeMap::new();
        described(&self.manuscript.blocks, &mut alts);
        for (number, picture) in self.manuscript.pictures.iter().enumerate() {
            let file = |folder: &str, name: &str| (place.bytes)(&format!("{folder}/{name}"));
            let is_there = |folder: &str| picture.name.contains('.') && file(folder, &picture.name).is_some();
            if folder.is_some_and(is_there) {
                self.pictures.push(picture.name.clone());
                continue;
            }
            let stem = match picture.name.rsplit_once('.') {
                Some((stem, ending))
                    if ["png", "jpg", "jpeg", "gif", "webp", "svg"].contains(&ending.to_ascii_lowercase().as_str()) =>
                {
                    slug(stem)
                }
                _ => alts.get(&number).map(|alt| shortened(&slug(alt))).unwrap_or_default(),
            };
            let stem = if stem.is_empty() { "picture".to_owned() } else { stem };
            // Other pages may have their pictures in the folder of one that comes back.
            let is_free = |name: &String| {
                let there = folder.and_then(|folder| file(folder, name));
                there.is_none_or(|there| *there == *picture.bytes)
            };
            let first = format!("{stem}.{}", picture.ending);
            let names = std::iter::once(first).chain((2..).map(|number| format!("{stem}-{number}.{}", picture.ending)));
            let name = names.into_iter().find(is_free).unwrap_or_default();
            let name = self.draft.file(&name, picture.bytes.to_vec());
            self.pictures.push(name);
        }
    }

    /// The picture above the text of a document of ours.
    pub(super) fn cover(&mut self, blocks: &mut Vec<Block>) {
        let is_image = |field: &&Field| matches!(field.field_type, FieldType::Image) && !field.many;
        let Some(field) = self.kind.fields.iter().find(is_image) else { return };
        if self.manuscript.address.is_empty() {
            return;
        }
        let opening = blocks
            .iter()
            .take_while(|block| !matches!(block, Block::Heading { .. } | Block::Paragraph { role: Role::Fact, .. }));
        let is_picture = |block: &Block| matches!(block, Block::Paragraph { text, .. } if matches!(text.as_slice(), [Inline::Picture(..)]));
        let Some(place) = opening.into_iter().position(is_picture) else { return };
        let block = blocks.remove(place);
        if let Some((picture, alt)) = first_picture(&[block]) {
            self.pictured(field, picture, &alt);
        }
    }

    /// Gives a field of the kind a picture, and the field beside it what it shows.
    pub(super) fn pictured(&mut self, field: &Field, picture: usize, alt: &str) {
        let Some(name) = self.pictures.get(picture).cloned() else { return };
        self.draft.set(field, name.into());
        let alt_field = self.kind.field(&format!("{}_alt", field.name));
        if let Some(alt_field) = alt_field.filter(|alt_field| !alt.is_empty() && !self.draft.has(&alt_field.name)) {
            self.draft.set(alt_field, alt.into());
        }
    }
}

/// The first words of a slug.
fn shortened(slug: &str) -> String {
    const WORDS: usize = 5;
    slug.split('-').take(WORDS).collect::<Vec<_>>().join("-")
}

/// What each picture shows, in the words of its first place.
fn described(blocks: &[Block], out: &mut BTreeMap<usize, String>) {
    each_inline(blocks, &mut |inline| {
        if let Inline::Picture(place, alt) = inline
            && !alt.is_empty()
        {
            out.entry(*place).or_insert_with(|| alt.clone());
        }
    });
}

/// True for a field whose value is a picture or another file.
pub(super) fn is_file(field: &Field) -> bool {
    matches!(field.field_type, FieldType::Image | FieldType::File)
}
