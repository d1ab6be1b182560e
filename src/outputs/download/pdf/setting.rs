//! What all documents of a build share.

use super::{glyphs::Glyphs, world};
use crate::model::{StaticFile, Theme};
use std::collections::BTreeMap;
use typst::{
    foundations::Bytes,
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Fonts, and the theme's files as Typst knows them.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    /// The theme's files, by their path below `pdf/`.
    files: BTreeMap<String, ThemeFile>,
    glyphs: Glyphs,
    hash: String,
}

/// A file of the theme's folder `pdf/`.
#[derive(Debug)]
pub(super) struct ThemeFile {
    pub(super) id: FileId,
    /// Its path from the root, for reports.
    pub(super) path: String,
    pub(super) bytes: Bytes,
    /// The same as Typst reads it, of a Typst file.
    pub(super) source: Option<Source>,
}

impl Setting {
    /// The setting of a theme. A font in its folder `pdf/` may be used beside Noto Sans.
    pub(crate) fn new(theme: &Theme) -> Self {
        let own = [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF];
        let mut fonts: Vec<Font> = own.into_iter().flat_map(|font| Font::iter(Bytes::new(font))).collect();
        let is_font = |file: &&StaticFile| file.path.ends_with(".ttf") || file.path.ends_with(".otf");
        let more = theme.pdf.iter().filter(is_font);
        fonts.extend(more.flat_map(|file| Font::iter(Bytes::new(file.bytes.to_vec()))));
        let mut hash = blake3::Hasher::new();
        for file in &theme.pdf {
            hash.update(file.path.as_bytes()).update(&[0]).update(blake3::hash(&file.bytes).as_bytes());
        }
        Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            glyphs: Glyphs::of(&fonts),
            fonts,
            files: theme.pdf.iter().filter_map(|file| Some((file.path.clone(), theme_file(file)?))).collect(),
            hash: hash.finalize().to_hex().to_string(),
        }
    }

    /// The file at a path below `pdf/`.
    pub(super) fn file(&self, path: &str) -> Option<&ThemeFile> {
        self.files.get(path)
    }

    /// The file of that id.
    pub(super) fn file_of(&self, id: FileId) -> Option<&ThemeFile> {
        self.file(id.get().vpath().get_without_slash()).filter(|file| file.id == id)
    }

    /// The letters that its fonts have.
    pub(super) fn glyphs(&self) -> &Glyphs {
        &self.glyphs
    }

    /// Tells this theme's files from all others.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    /// The path of a file for what concerns all of them.
    pub(super) fn path(&self) -> &str {
        self.files.values().next().map_or("", |file| &file.path)
    }
}

fn theme_file(file: &StaticFile) -> Option<ThemeFile> {
    let id = world::id_of(&file.path)?;
    let source =
        file.path.ends_with(".typ").then(|| file.text()).flatten().map(|text| Source::new(id, text.to_owned()));
    let bytes = Bytes::new(file.bytes.to_vec());
    Some(ThemeFile { id, path: file.source.clone(), bytes, source })
}
