//! What the output of a recipe is made from.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    model::{Content, Output, Recipe},
};

use super::{failure::failed, hash::Hash};

/// The hashes of the files that recipes take, each read once however many recipes take it.
#[derive(Debug, Default)]
pub(super) struct Origins<'a> {
    files: BTreeMap<&'a Path, Hash>,
}

impl<'a> Origins<'a> {
    /// Reads every file that a recipe takes.
    pub(super) fn read(outputs: &'a [Output]) -> Result<Self, Diagnostic> {
        let recipes = outputs.iter().filter_map(|output| match &output.content {
            Content::Made(recipe) => Some(recipe),
            Content::Bytes(_) | Content::File(_) | Content::Measured(_) => None,
        });
        let files: BTreeSet<&Path> = recipes.flat_map(|recipe| recipe.files()).map(|file| file.as_path()).collect();
        let read = |file: &'a Path| Ok((file, Hash::of_file(file).map_err(failed("read", file))?));
        Ok(Self { files: files.into_par_iter().map(read).collect::<Result<_, _>>()? })
    }

    /// The hash of all that goes into a recipe: what it gives is known by it.
    pub(super) fn of(&self, recipe: &Recipe) -> Hash {
        let files = recipe.files().filter_map(|file| self.files.get(file.as_path()));
        // A key has no limit to what it holds; the hashes have one length, so no two origins give one text.
        Hash::of(files.fold(recipe.key().to_owned(), |text, hash| format!("{text}\n{hash}")).as_bytes())
    }
}
