//! Pictures that pages name and can't show.

use crate::model::{AssetFile, Picture};

/// What is wrong with a picture, and what to do about it; `None` for one that pages can show.
pub(super) fn unusable(asset: &AssetFile) -> Option<(String, &'static str)> {
    let name = asset.path.rsplit('/').next().unwrap_or(&asset.path);
    match (asset.picture?, asset.dimensions) {
        (Picture::TooLarge, Some((width, height))) => Some((
            format!("The picture {name} is too large for a page: {width} by {height} pixels"),
            "Save a copy of at most 50 million pixels (about 2,000 wide is plenty), and name that one here.",
        )),
        (Picture::TooLarge | Picture::Unreadable, _) => Some((
            format!("The picture {name} can't be read: it is broken, or a file of another sort"),
            "Open it in a program for pictures, save it anew as JPEG or PNG, and put that in its place.",
        )),
        (Picture::Still | Picture::Moving, _) => None,
    }
}
