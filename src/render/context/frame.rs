//! What every page has, whatever it shows: its title, address, place in the site, and twins.

use super::{Record, structured::structured};
use crate::{
    model::FeedOf,
    render::{Card, Renderer},
};
use tera::{Context, Value};

/// A step on the way from the home page to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crumb {
    /// What it is called.
    pub(crate) label: String,
    /// Its site path; `None` for the page itself.
    pub(crate) path: Option<String>,
}

/// A page around what it shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame<'a> {
    /// The title, without the site's name.
    pub(crate) title: &'a str,
    /// What it is about, in a sentence; the site's description where it is empty.
    pub(crate) description: &'a str,
    /// Its site path: `/themes/`. It is the canonical address, unless the page is not to be found again.
    pub(crate) path: &'a str,
    /// The way here from the home page, which is left out.
    pub(crate) crumbs: Vec<Crumb>,
    /// The folder of a kind, the name of a taxonomy, or the id of a page: the current item of the navigation.
    pub(crate) section: &'a str,
    /// The page's index, where it is an entry that may have twins in other languages.
    pub(crate) entry: Option<usize>,
    /// The feed of the list that the page shows.
    pub(crate) feed: Option<FeedOf>,
    /// True for what search engines should leave out.
    pub(crate) noindex: bool,
    /// True for a page that stands at no address of its own.
    pub(crate) nowhere: bool,
    /// What stands for it where somebody shares it.
    pub(crate) card: Card,
}

impl Frame<'_> {
    /// The context of the page in a language.
    pub(crate) fn context(&self, renderer: &Renderer<'_>, language: &str) -> Context {
        let mut context = Context::new();
        let description = if self.description.is_empty() { &renderer.config().description } else { self.description };
        context.insert_value("title", Value::from(self.title));
        context.insert_value("description", Value::from(description));
        context.insert_value("section", Value::from(self.section));
        context.insert_value("crumbs", self.crumbs(renderer, language));
        context.insert_value("noindex", Value::from(self.noindex));
        let alternates = self.entry.map(|entry| renderer.twins(entry)).unwrap_or_default();
        context.insert_value("alternates", Value::from(alternates));
        context.insert_value("feeds", Value::from(renderer.feeds(self.feed)));
        if !self.nowhere {
            if let Some(json) = structured(self, renderer, language) {
                context.insert_value("structured", Value::safe_string(&json));
            }
            context.insert_value("canonical", Value::from(renderer.addresses().absolute(self.path)));
        }
        context
    }

    fn crumbs(&self, renderer: &Renderer<'_>, language: &str) -> Value {
        let crumb = |label: &str, path: Option<&str>| {
            let url = path.map(|path| renderer.addresses().href(path));
            Record::new().set("label", label).set_some("url", url).value()
        };
        let home = renderer.home_path(language);
        let home =
            crumb(&renderer.say(language, "navigation.home"), Some(home.as_str()).filter(|home| *home != self.path));
        let rest = self.crumbs.iter().map(|step| crumb(&step.label, step.path.as_deref()));
        Value::from(std::iter::once(home).chain(rest).collect::<Vec<_>>())
    }
}
