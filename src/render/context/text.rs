//! The Markdown of an entry as HTML: its links lead to pages, its components go through their templates.

use super::value::Subject;
use crate::{
    model::{Library, Place, Step, Target},
    render::{
        Shown, addresses, failure,
        markdown::{self, TextContext},
        placeholders, templates,
    },
};
use tera::Context;

/// How deep texts may lie in components that lie in texts.
const DEEPEST: usize = 4;

impl Subject<'_, '_> {
    /// The HTML of one of the entry's texts; `name` is what the text is called.
    pub(super) fn html(&self, text: usize, name: &str) -> String {
        let Some(page_text) = self.entry.texts.get(text) else { return String::new() };
        if self.depth.get() >= DEEPEST {
            return String::new();
        }
        self.depth.set(self.depth.get() + 1);
        let context = TextContext {
            text: page_text,
            markdown: page_text.markdown(&self.entry.source.text),
            html: self.renderer.config().html,
            href: &|link| self.href(text, link),
            component: &|block| self.block(text, block),
            picture: &|link| self.picture(text, link),
            name,
            footnotes: &anchor(&page_text.place),
            words: self.locale.words(),
        };
        let html = markdown::to_html(&context, self.renderer.highlighter());
        self.depth.set(self.depth.get() - 1);
        if self.placeholders.is_empty() { html } else { placeholders::marked(&html, &self.placeholders) }
    }

    /// The HTML of the body.
    pub(super) fn body(&self) -> String {
        let body = self.entry.texts.len().checked_sub(1);
        body.map_or_else(String::new, |body| self.html(body, &self.entry.title))
    }

    /// What a link of a text leads to.
    fn target(&self, text: usize, link: usize) -> Option<&Target> {
        self.renderer.library().links(self.index).get(text)?.get(link)
    }

    /// How a picture of a text is shown.
    fn picture(&self, text: usize, link: usize) -> Shown {
        match self.target(text, link) {
            Some(Target::Asset(path)) => self.shown(path),
            _ => Shown::default(),
        }
    }

    /// Where a link of a text leads.
    fn href(&self, text: usize, link: usize) -> String {
        let library = self.renderer.library();
        let site = self.renderer.addresses();
        match self.target(text, link) {
            Some(Target::Entry(index, anchor)) => {
                let path = library.front(*index).map_or("/", |entry| entry.url.as_str());
                site.href(path) + anchor
            }
            Some(Target::Asset(path)) => site.href(&addresses::of_file(&Library::asset_url(path))),
            Some(Target::Site(path)) => site.href(&addresses::as_written(path)),
            Some(Target::AsWritten(address)) => address.clone(),
            None => {
                let links = self.entry.texts.get(text).map(|text| text.links.as_slice()).unwrap_or_default();
                links.get(link).map(|link| link.destination.clone()).unwrap_or_default()
            }
        }
    }

    /// The HTML of a component block; `None` for a block of code.
    fn block(&self, text: usize, place: usize) -> Option<String> {
        let block = self.entry.texts.get(text)?.components.get(place)?;
        let views = self.locale.component(&block.name)?;
        let mut context = Context::new();
        // For ids: no other block of the page has it.
        context.insert("number", &format!("{}_{}", text + 1, place + 1));
        context.insert_value("c", self.component(views, block.fields.as_ref()?));
        let (template, tera) = (templates::of_component(&block.name), self.locale.templates());
        Some(tera.render(&template, &context).unwrap_or_else(|error| {
            let page = format!("{} from {}", self.entry.url, self.entry.path());
            let attempt = failure::Attempt { page: &page, template: &template, tera, context: &context };
            self.faults.borrow_mut().push(failure::of_rendering(self.renderer.library().theme(), &error, attempt));
            String::new()
        }))
    }
}

/// What tells the anchors of a text's footnotes from those of the page's other texts.
fn anchor(place: &Place) -> String {
    let Place::Field(path) = place else { return String::new() };
    let step = |step: &Step| match step {
        Step::Key(name) => name.clone(),
        Step::Item(index) => (index + 1).to_string(),
    };
    path.iter().map(step).collect::<Vec<_>>().join("_")
}
