//! The sizes in which a page offers a picture: what `srcset` names, and which files there must be for it.

use super::addresses::{self, Addresses};
use crate::{
    config::Config,
    model::{AssetFile, Library, Picture, Theme},
    picture,
};

/// A smaller copy of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its site path, as a file: `/packs/week/door.png.640.webp`.
    pub path: String,
    /// How many pixels it is wide.
    pub width: u32,
}

/// The copies of a picture that the site has. There are none of a picture that moves, of one made of lines, of one
/// that is small itself, and where downloads are left out.
pub fn variants(theme: &Theme, config: &Config, asset: &AssetFile) -> Vec<Variant> {
    let (Some(Picture::Still), Some(size), true) = (asset.picture, asset.dimensions, config.downloads) else {
        return Vec::new();
    };
    let path = Library::asset_url(&asset.path);
    let widths = picture::widths(size, &theme.pictures.widths);
    widths.into_iter().map(|width| Variant { path: format!("{path}.{width}.webp"), width }).collect()
}

/// How a page shows a picture beside its address and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Width and height as it is shown, where they are known.
    pub size: Option<(u32, u32)>,
    /// Its copies, as `srcset` names them, and how wide the layout shows it, as `sizes` does.
    pub choices: Option<(String, String)>,
    /// True for the first picture of the page, which is there when the page opens.
    pub first: bool,
}

impl Shown {
    /// A file of the library, shown as a picture.
    pub(super) fn new(theme: &Theme, config: &Config, addresses: &Addresses, asset: &AssetFile) -> Self {
        let named =
            |variant: &Variant| format!("{} {}w", addresses.href(&addresses::of_file(&variant.path)), variant.width);
        let named: Vec<String> = variants(theme, config, asset).iter().map(named).collect();
        let choices = (!named.is_empty()).then(|| (named.join(", "), theme.pictures.sizes.clone()));
        Self { size: asset.dimensions, choices, first: false }
    }
}
