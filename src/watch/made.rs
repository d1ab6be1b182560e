//! What recipes made because somebody asked for it: once, as long as nothing that goes into it changes.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Bytes;

use crate::mishap;
use crate::model::{Content, Ingredient, Measure, Measured, Recipe};

/// What was made, by origin, with the key of its recipe.
type Known = HashMap<blake3::Hash, (String, Bytes)>;

/// How much is kept whether it is in the site or not: to look through a large site takes longer than to make a page.
const FEW: usize = 64;

/// The outputs of recipes so far.
#[derive(Debug, Default)]
pub(super) struct Made(Mutex<Known>);

impl Made {
    /// What a recipe gives, made now unless it is known; `None` where it can't be made.
    pub(super) fn bytes(&self, recipe: &Recipe) -> Option<Bytes> {
        let ingredients = recipe.ingredients().iter().map(|ingredient| match ingredient {
            Ingredient::File(path) => fs::read(path).map(Arc::<[u8]>::from),
            Ingredient::Made(recipe) => {
                self.bytes(recipe).map(|bytes| Arc::from(&*bytes)).ok_or(io::ErrorKind::Other.into())
            }
        });
        let ingredients: Vec<Arc<[u8]>> = ingredients.collect::<io::Result<_>>().ok()?;
        let origin = origin(recipe, &ingredients);
        let known = self.lock().get(&origin).map(|(_, bytes)| bytes.clone());
        if known.is_some() {
            return known;
        }
        let made = mishap::caught(|| recipe.key().to_owned(), || recipe.make(&ingredients));
        let bytes = Bytes::from(made.and_then(|made| made).ok()?);
        self.lock().insert(origin, (recipe.key().to_owned(), bytes.clone()));
        Some(bytes)
    }

    /// The bytes of a page that tells of others, which are made now unless they are known. One that can't be made
    /// has no size: the page is there all the same.
    pub(super) fn told(&self, measured: &Measured) -> Bytes {
        let measure = |recipe: &Arc<Recipe>| {
            let bytes = self.bytes(recipe)?;
            Some(Measure { size: bytes.len() as u64, pages: recipe.pages(&bytes) })
        };
        let measures: Vec<Measure> = measured.of.iter().map(|recipe| measure(recipe).unwrap_or_default()).collect();
        (measured.tell)(&measures).into()
    }

    /// Forgets what is no longer in a site of these files, once there is enough to forget that it is worth looking.
    pub(super) fn keep<'a>(&self, files: impl Iterator<Item = &'a Content>) {
        if self.lock().len() < FEW {
            return;
        }
        let mut keys = HashSet::new();
        for content in files {
            match content {
                Content::Made(recipe) => gather(recipe, &mut keys),
                Content::Measured(measured) => measured.of.iter().for_each(|recipe| gather(recipe, &mut keys)),
                Content::Bytes(_) | Content::File(_) => {}
            }
        }
        self.lock().retain(|_, (key, _)| keys.contains(key.as_str()));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys of a recipe and of those that it needs.
fn gather<'a>(recipe: &'a Recipe, keys: &mut HashSet<&'a str>) {
    keys.insert(recipe.key());
    for ingredient in recipe.ingredients() {
        if let Ingredient::Made(recipe) = ingredient {
            gather(recipe, keys);
        }
    }
}

/// The hash of all that goes into a recipe.
fn origin(recipe: &Recipe, ingredients: &[Arc<[u8]>]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(recipe.key().as_bytes());
    for ingredient in ingredients {
        hasher.update(blake3::hash(ingredient).as_bytes());
    }
    hasher.finalize()
}
