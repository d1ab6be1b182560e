//! The page with the search form and its results.

use super::{Made, page_of};
use crate::render::{Crumb, Frame, Renderer};

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    let language = renderer.config().language.as_str();
    let title = renderer.say(language, "search.title");
    let frame = Frame {
        title: &title,
        path: "/search/",
        crumbs: vec![Crumb { label: title.clone(), path: None }],
        section: "search",
        noindex: true,
        ..Frame::default()
    };
    page_of(renderer, "search.html", language, &frame, None, |_| {})
}
