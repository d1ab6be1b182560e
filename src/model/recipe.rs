//! How to make bytes that are costly to make: pictures, and whatever else a build should not make twice.

use crate::diagnostic::Diagnostic;
use std::{fmt, path::PathBuf, sync::Arc};

/// The work of a recipe: from the bytes of its ingredients, in their order, to the bytes of the output.
type Work = dyn Fn(&[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> + Send + Sync;

/// A pure function of the bytes of its ingredients and of parameters, done only when somebody wants what it gives.
///
/// Whoever keeps what it gave knows it again by the key and the bytes of the ingredients, so nothing else may go into
/// the work: no clock, no setting, no path that the key does not name.
pub struct Recipe {
    key: String,
    ingredients: Vec<Ingredient>,
    work: Box<Work>,
    pages: fn(&[u8]) -> Option<u32>,
}

/// What goes into the work of a recipe.
#[derive(Clone, Debug)]
pub enum Ingredient {
    /// A file, by its place on the disk.
    File(PathBuf),
    /// What another recipe gives.
    Made(Arc<Recipe>),
}

impl Recipe {
    /// A recipe. `key` names the work, its version and every parameter; two recipes of one key must give the same
    /// bytes for the same ingredients. These are read or made by whoever has the work done.
    pub fn new(
        key: impl Into<String>,
        ingredients: impl IntoIterator<Item = Ingredient>,
        work: impl Fn(&[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> + Send + Sync + 'static,
    ) -> Self {
        let ingredients = ingredients.into_iter().collect();
        Self { key: key.into(), ingredients, work: Box::new(work), pages: |_| None }
    }

    /// The same for a document: `pages` counts the pages of what it gives.
    pub fn of_pages(self, pages: fn(&[u8]) -> Option<u32>) -> Self {
        Self { pages, ..self }
    }

    /// How many pages there are in what it gave; `None` for what has none.
    pub fn pages(&self, bytes: &[u8]) -> Option<u32> {
        (self.pages)(bytes)
    }

    /// What goes into the work beside the bytes of the files.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What goes into the work, in its order.
    pub fn ingredients(&self) -> &[Ingredient] {
        &self.ingredients
    }

    /// Does the work on the bytes of the ingredients, in their order.
    ///
    /// # Errors
    /// What is wrong with them, placed where an editor can mend it.
    pub fn make(&self, ingredients: &[Arc<[u8]>]) -> Result<Vec<u8>, Diagnostic> {
        (self.work)(ingredients)
    }
}

impl fmt::Debug for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, ingredients, work: _, pages: _ } = self;
        f.debug_struct("Recipe").field("key", key).field("ingredients", ingredients).finish_non_exhaustive()
    }
}
