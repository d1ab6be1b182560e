//! The rules for crawlers: everything may be read, and here is the list.

use super::Made;
use crate::{model::Output, render::Renderer};

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    let sitemap = renderer.addresses().absolute("/sitemap.xml");
    (vec![Output::bytes("robots.txt", format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"))], Vec::new())
}
