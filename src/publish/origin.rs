//! What the output of a recipe is made from.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    model::{Content, Ingredient, Output, Recipe},
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
        let mut files = BTreeSet::new();
        for output in outputs {
            match &output.content {
                Content::Made(recipe) => gather(recipe, &mut files),
                Content::Measured(measured) => measured.of.iter().for_each(|recipe| gather(recipe, &mut files)),
                Content::Bytes(_) | Content::File(_) => {}
            }
        }
        let read = |file: &'a Path| Ok((file, Hash::of_file(file).map_err(failed("read", file))?));
        Ok(Self { files: files.into_par_iter().map(read).collect::<Result<_, _>>()? })
    }

    /// The hash of all that goes into a recipe: what it gives is known by it.
    pub(super) fn of(&self, recipe: &Recipe) -> Hash {
        let hash = |ingredient: &Ingredient| match ingredient {
            Ingredient::File(path) => self.files.get(path.as_path()).copied(),
            Ingredient::Made(recipe) => Some(self.of(recipe)),
        };
        // A key has no limit to what it holds; the hashes have one length, so no two origins give one text.
        let hashes = recipe.ingredients().iter().filter_map(hash);
        Hash::of(hashes.fold(recipe.key().to_owned(), |text, hash| format!("{text}\n{hash}")).as_bytes())
    }
}

/// The files that go into a recipe, and into those that it needs.
fn gather<'a>(recipe: &'a Recipe, files: &mut BTreeSet<&'a Path>) {
    for ingredient in recipe.ingredients() {
        match ingredient {
            Ingredient::File(path) => {
                files.insert(path);
            }
            Ingredient::Made(recipe) => gather(recipe, files),
        }
    }
}
