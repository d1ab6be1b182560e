//! A page at an old address that leads to the new one.

use super::{Made, page_of};
use crate::render::{Frame, Renderer};
use tera::Value;

pub(super) fn make(renderer: &Renderer<'_>, from: &str, to: &str) -> Made {
    let language = renderer.config().language.as_str();
    let title = renderer.say(language, "redirect.title");
    let frame = Frame { title: &title, path: from, noindex: true, nowhere: true, ..Frame::default() };
    page_of(renderer, "redirect.html", language, &frame, None, |context| {
        context.insert_value("target", Value::from(renderer.addresses().href(to)));
        context.insert_value("target_absolute", Value::from(renderer.addresses().absolute(to)));
    })
}
