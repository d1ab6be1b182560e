//! Documents to change, for Word (ISO/IEC 29500, transitional).
//!
//! Written by hand. The crate that writes such documents has no language, no rows that are headers, no descriptions of
//! pictures and no names of fields to fill in; it numbers links by one counter for all threads, so that two documents
//! made at once can get one another's; and it panics at what it does not know.

mod body;
mod element;
mod fields;
mod form;
mod look;
mod numbering;
mod package;
mod picture;
mod runs;
mod styles;
mod table;

pub use form::{Setting, form};

use super::archive::archive;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Ingredient, Paper, Recipe, Span},
};
use std::sync::Arc;

/// What names the work in keys; another one where the same paper is to give other bytes.
const VERSION: &str = "docx 3";

/// The paper as a document; its ingredients are the paper's files.
pub(super) fn recipe(paper: Arc<Paper>) -> Recipe {
    let files: Vec<Ingredient> = paper.files.iter().map(|file| Ingredient::File(file.disk.clone())).collect();
    Recipe::new(format!("{VERSION} {}", paper.fingerprint()), files, move |files| document(&paper, files))
}

/// The bytes of the document, of those of the paper's files.
fn document(paper: &Paper, files: &[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> {
    let held = paper.files.iter().zip(files).map(|(file, bytes)| {
        picture::held(bytes, file.drawing).map_err(|reason| {
            Diagnostic::new(Code::UnusablePicture, format!("This picture can't go into a document: {reason}"))
                .at(&file.path, Span::default())
                .help("Open it in a program for pictures, save it anew as JPEG or PNG, and put that in its place.")
        })
    });
    let held = held.collect::<Result<Vec<_>, _>>()?;
    let parts = package::parts(paper, &held);
    let day = paper.dated.as_deref().and_then(|day| day.parse().ok());
    archive(parts.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())), day).map_err(|error| {
        Diagnostic::new(Code::OutputFailed, format!("The Word document of this page can't be made: {error}"))
            .at(&paper.source.path, Span::default())
            .help("Take out some of its pictures, or make them smaller.")
    })
}

#[cfg(test)]
mod tests;
