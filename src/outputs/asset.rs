//! A file of the library: carried along as it is, or, if it is a picture, without what its camera wrote into it and
//! with smaller copies beside it.

use super::Made;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{AssetFile, Content, Ingredient, Library, Output, Picture, Recipe, Span},
    picture,
    render::{Renderer, variants},
};
use std::sync::Arc;

pub(super) fn make(renderer: &Renderer<'_>, path: &str) -> Made {
    let library = renderer.library();
    let Some(asset) = library.asset(path) else { return Made::default() };
    let site_path = Library::asset_url(path);
    let own = Output { path: inside(&site_path), content: own(asset) };
    let copies = variants(library.theme(), renderer.config(), asset).into_iter().map(|copy| {
        let work = move |file: &[u8]| picture::variant(file, copy.width);
        Output::made(inside(&copy.path), recipe(asset, format!("picture {} wide", copy.width), work))
    });
    (std::iter::once(own).chain(copies).collect(), Vec::new())
}

/// What the site has of a file.
pub(super) fn own(asset: &AssetFile) -> Content {
    match asset.picture {
        Some(Picture::Still | Picture::Moving | Picture::TooLarge) => {
            Content::Made(Arc::new(recipe(asset, "picture".to_owned(), picture::clean)))
        }
        Some(Picture::Unreadable | Picture::Refused(_) | Picture::Unsafe(_)) | None => {
            Content::File(asset.disk.clone())
        }
    }
}

/// What is made from a picture.
fn recipe(
    asset: &AssetFile,
    what: String,
    work: impl Fn(&[u8]) -> Result<Vec<u8>, String> + Send + Sync + 'static,
) -> Recipe {
    let path = asset.path.clone();
    Recipe::new(format!("{} {what}", picture::VERSION), [Ingredient::File(asset.disk.clone())], move |files| {
        let file = files.first().map(|file| &**file).unwrap_or_default();
        work(file).map_err(|reason| {
            Diagnostic::new(Code::UnusablePicture, format!("This picture can't be read: {reason}"))
                .at(&path, Span::default())
                .help("Open it in a program for pictures, save it anew as JPEG or PNG, and put that in its place.")
        })
    })
}

fn inside(site_path: &str) -> String {
    site_path.trim_start_matches('/').to_owned()
}
