//! What recipes made because somebody asked for it: once, as long as nothing that goes into it changes.

use std::{
    collections::HashMap,
    fs, io,
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Bytes;

use crate::model::Recipe;

/// The outputs of recipes so far, each with its origin, by path in the site.
#[derive(Debug, Default)]
pub(super) struct Made(Mutex<HashMap<String, (blake3::Hash, Bytes)>>);

impl Made {
    /// What a recipe gives, made now unless it is known; `None` where it can't be made.
    pub(super) fn bytes(&self, path: &str, recipe: &Recipe) -> Option<Bytes> {
        let files: io::Result<Vec<Arc<[u8]>>> =
            recipe.files().map(|file| Ok(Arc::from(fs::read(file)?))).collect();
        let files = files.ok()?;
        let origin = origin(recipe, &files);
        let known = self.lock().get(path).filter(|(of, _)| *of == origin).map(|(_, bytes)| bytes.clone());
        if known.is_some() {
            return known;
        }
        let bytes = Bytes::from(recipe.make(&files).ok()?);
        self.lock().insert(path.to_owned(), (origin, bytes.clone()));
        Some(bytes)
    }

    /// Forgets what is no longer in the site.
    pub(super) fn keep(&self, is_in_site: impl Fn(&str) -> bool) {
        self.lock().retain(|path, _| is_in_site(path));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (blake3::Hash, Bytes)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hash of all that goes into a recipe.
fn origin(recipe: &Recipe, files: &[Arc<[u8]>]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(recipe.key().as_bytes());
    for file in files {
        hasher.update(blake3::hash(file).as_bytes());
    }
    hasher.finalize()
}
