//! The page that servers show where there is none.

use super::{Made, page_of};
use crate::render::{Crumb, Frame, Renderer};

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    let language = renderer.config().language.as_str();
    let title = renderer.say(language, "missing.title");
    let frame = Frame {
        title: &title,
        path: "/404.html",
        crumbs: vec![Crumb { label: title.clone(), path: None }],
        noindex: true,
        nowhere: true,
        ..Frame::default()
    };
    page_of(renderer, "404.html", language, &frame, None, |_| {})
}
