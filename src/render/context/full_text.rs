//! The whole text of an entry on its own, for programs that show it elsewhere.

use super::value::Subject;
use crate::{
    model::{Field, FieldPath, FieldType, Place, Step},
    render::Renderer,
};
use ammonia::{Builder, Url, UrlRelative};
use std::fmt::Write as _;

/// Elements that say nothing without the site's styles and scripts, or that say again what stands beside them.
const LEFT_OUT: [&str; 4] = ["svg", "template", "button", "noscript"];

/// The HTML of every text of an entry under the label of its field, the body last. Addresses are whole, and there
/// is nothing in it that needs the site around it. `None` where the site's own address is none.
pub(crate) fn full_text(renderer: &Renderer<'_>, index: usize) -> Option<String> {
    let entry = renderer.library().entry(index)?;
    let base = Url::parse(&renderer.addresses().absolute(&entry.url)).ok()?;
    let subject = Subject::new(renderer, index, entry);
    let mut html = String::new();
    for (place, text) in entry.texts.iter().enumerate() {
        let label = match &text.place {
            Place::Body(_) => None,
            Place::Field(path) => label(&entry.kind.fields, path, &entry.language),
        };
        if let Some(label) = label {
            let _ = writeln!(html, "<h2>{}</h2>", ammonia::clean_text(label));
        }
        html += &subject.html(place, label.unwrap_or(&entry.title));
    }
    let mut builder = Builder::default();
    builder.url_relative(UrlRelative::RewriteWithBase(base)).link_rel(None);
    builder.add_tags(["section"]).add_clean_content_tags(LEFT_OUT);
    Some(builder.clean(&html).to_string().trim().to_owned())
}

/// What the innermost field on a path is called.
fn label<'a>(fields: &'a [Field], path: &FieldPath, language: &str) -> Option<&'a str> {
    let names = path.iter().filter_map(|step| match step {
        Step::Key(name) => Some(name),
        Step::Item(_) => None,
    });
    let mut level = fields;
    let mut label = None;
    for name in names {
        let field = level.iter().find(|field| field.name == *name)?;
        label = Some(field.label.get(language));
        level = match &field.field_type {
            FieldType::Group(inner) => inner,
            _ => &[],
        };
    }
    label
}
