//! Files that pages name and can't show, and those that no site should hand out.

use super::active;
use crate::{
    config::{self, Limits},
    diagnostic::{Code, Diagnostic},
    model::{AssetFile, Picture, Span},
};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a file that a page shows: code, words and help; `None` for what pages can show.
pub(super) fn fault(asset: &AssetFile, limits: Limits) -> Option<Diagnostic> {
    active::fault(asset).or_else(|| too_large(asset, limits)).or_else(|| of_picture(asset))
}

fn too_large(asset: &AssetFile, limits: Limits) -> Option<Diagnostic> {
    let (is, may) = (config::size(asset.size), config::size(limits.file));
    let name = asset.path.rsplit('/').next().unwrap_or(&asset.path);
    let message = format!("The file {name} has {is}, and the limit is {may}");
    let help = format!("Make it smaller, or raise the limit in casebook.yaml: `limits: {{ file: {is} }}`.");
    (asset.size > limits.file).then(|| Diagnostic::new(Code::FileTooLarge, message).help(help))
}

fn of_picture(asset: &AssetFile) -> Option<Diagnostic> {
    let fault = |code, (message, help): (String, &str)| Diagnostic::new(code, message).help(help);
    let is_unsafe = unsafe_drawing(asset).map(|words| fault(Code::UnsafePicture, words));
    is_unsafe.or_else(|| unusable(asset).map(|words| fault(Code::UnusablePicture, words)))
}

/// What is wrong with a file that a page only links to: whoever opens a drawing by itself opens what is in it.
pub(super) fn linked_fault(asset: &AssetFile, limits: Limits) -> Option<Diagnostic> {
    let is_drawing = asset.path.to_ascii_lowercase().ends_with(".svg");
    // What can't be read could hold anything: browsers go on where a parser gives up, and notes stay in it.
    let is_unread = asset.picture == Some(Picture::Unreadable);
    fault(asset, limits).filter(|fault| fault.code != Code::UnusablePicture || is_drawing || is_unread)
}

/// Faults of files that the site carries along and no page names.
pub(super) fn unnamed(
    carried: &BTreeMap<String, AssetFile>,
    named: &BTreeSet<String>,
    limits: Limits,
) -> Vec<Diagnostic> {
    let unnamed = carried.iter().filter(|(path, _)| !named.contains(*path));
    unnamed.filter_map(|(path, asset)| Some(linked_fault(asset, limits)?.at(path, Span::default()))).collect()
}

fn unsafe_drawing(asset: &AssetFile) -> Option<(String, &'static str)> {
    let Picture::Unsafe(what) = asset.picture? else { return None };
    let name = asset.path.rsplit('/').next().unwrap_or(&asset.path);
    Some(if name.to_ascii_lowercase().ends_with(".svg") {
        let help = "Open it in a drawing program and save it as plain or optimised SVG, or as PNG. A drawing should hold all that it shows, and nothing else.";
        (format!("The drawing {name} is not safe to hand out: there is {what}"), help)
    } else {
        let help =
            "Open it in a program for pictures and save it as JPEG, PNG or WebP: of these the notes are taken out.";
        (format!("The picture {name} is not safe to hand out: there are {what}"), help)
    })
}

/// What is wrong with a picture, and what to do about it; `None` for one that pages can show.
fn unusable(asset: &AssetFile) -> Option<(String, &'static str)> {
    let name = asset.path.rsplit('/').next().unwrap_or(&asset.path);
    match (asset.picture?, asset.dimensions) {
        (Picture::TooLarge, Some((width, height))) => Some((
            format!("The picture {name} is too large for a page: {width} by {height} pixels"),
            "Save a copy of at most 50 million pixels (about 2,000 wide is plenty), and name that one here.",
        )),
        (Picture::Refused(why), _) => Some((
            format!("The drawing {name} {why}"),
            "Simplify it in a drawing program, or save it as PNG, and put that in its place.",
        )),
        (Picture::TooLarge | Picture::Unreadable, _) => Some((
            format!("The picture {name} can't be read: it is broken, or a file of another sort"),
            "Open it in a program for pictures, save it anew as JPEG or PNG, and put that in its place.",
        )),
        (Picture::Still | Picture::Moving | Picture::Unsafe(_), _) => None,
    }
}
