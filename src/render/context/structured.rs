//! What search engines read of a page: JSON-LD in the words of schema.org.

use super::{
    Frame, schema,
    script::{Properties, Property, Script},
};
use crate::{
    model::{Entry, FeedOf},
    render::Renderer,
};
use serde_json::{Map, Value, json};

/// The id of a page's subject where that is not the page itself: an event, an organisation.
const SUBJECT: &str = "#subject";

/// The graph of a page, safe to stand in a `script` element; `None` for a page without an address.
pub(super) fn structured(frame: &Frame<'_>, renderer: &Renderer<'_>, language: &str) -> Option<String> {
    if frame.nowhere || frame.noindex {
        return None;
    }
    let home = renderer.home_path(language);
    let mut script = Script::new("{\"@context\":\"https://schema.org\",\"@graph\":[");
    page(&mut script, frame, renderer, language, &home);
    if frame.path == home {
        script.push(",");
        script.value(&website(renderer, language, &home));
    }
    breadcrumbs(&mut script, frame, renderer, language, &home);
    script.push("]}");
    Some(script.finish())
}

/// The page, and what it is about where that is a thing of its own.
fn page(script: &mut Script, frame: &Frame<'_>, renderer: &Renderer<'_>, language: &str, home: &str) {
    let url = renderer.addresses().absolute(frame.path);
    let entry = frame.entry.filter(|_| frame.feed.is_none()).and_then(|index| renderer.library().entry(index));
    let subject = match (entry, frame.feed) {
        (Some(entry), _) => schema::of_entry(renderer, entry),
        (None, Some(FeedOf::Term(taxonomy, term))) => schema::of_term(renderer, taxonomy, term, language),
        _ => None,
    };
    let is_list = frame.feed.is_some();
    let usual = if is_list { "CollectionPage" } else { "WebPage" };
    let mut about = about(frame, renderer, language, entry, &url, home);
    match subject {
        None => script.node(usual, &url, &about),
        Some((type_name, properties)) if schema::is_work(type_name) => {
            if schema::has_headline(type_name) {
                about.set("headline", Property::Text(frame.title.into()));
                about.set("mainEntityOfPage", Property::Text(url.as_str().into()));
            }
            about.extend(properties);
            script.node(type_name, &url, &about);
        }
        Some((type_name, properties)) => {
            let id = format!("{url}{SUBJECT}");
            let mut thing = Properties::default();
            thing.set("name", Property::Text(frame.title.into()));
            thing.set("url", Property::Text(url.as_str().into()));
            if let Some(description) = about.text("description") {
                thing.set("description", Property::Text(description.to_owned().into()));
            }
            let (of_page, own): (Map<_, _>, Map<_, _>) =
                properties.into_iter().partition(|(property, _)| schema::is_of_works(property));
            thing.extend(own);
            about.extend(of_page);
            about.set("mainEntity", Property::Node(id.as_str().into()));
            script.node(usual, &url, &about);
            script.push(",");
            script.node(type_name, &id, &thing);
        }
    }
}

/// What is known of every page.
fn about<'a>(
    frame: &'a Frame<'_>,
    renderer: &Renderer<'_>,
    language: &'a str,
    entry: Option<&Entry>,
    url: &'a str,
    home: &str,
) -> Properties<'a> {
    let mut about = Properties::default();
    about.set("url", Property::Text(url.into()));
    about.set("name", Property::Text(frame.title.into()));
    if !frame.description.is_empty() {
        about.set("description", Property::Text(frame.description.into()));
    }
    about.set("inLanguage", Property::Text(language.into()));
    about.set("isPartOf", Property::Node(website_id(renderer, home).into()));
    let mut date = |name, day: Option<jiff::civil::Date>| {
        if let Some(day) = day {
            about.set(name, Property::Text(day.to_string().into()));
        }
    };
    date("datePublished", entry.and_then(|entry| entry.published));
    date("dateModified", entry.and_then(Entry::newest));
    about
}

fn website_id(renderer: &Renderer<'_>, home: &str) -> String {
    renderer.addresses().absolute(home) + "#website"
}

/// The site, and how to search it.
fn website(renderer: &Renderer<'_>, language: &str, home: &str) -> Value {
    let (config, addresses) = (renderer.config(), renderer.addresses());
    json!({
        "@type": "WebSite",
        "@id": website_id(renderer, home),
        "url": addresses.absolute(home),
        "name": config.title,
        "description": config.description,
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": addresses.absolute("/search/?q={search_term_string}"),
            },
            "query-input": "required name=search_term_string",
        },
    })
}

/// The way to the page; nothing for the home page, which has none.
fn breadcrumbs(script: &mut Script, frame: &Frame<'_>, renderer: &Renderer<'_>, language: &str, home: &str) {
    if frame.crumbs.is_empty() {
        return;
    }
    script.push(",{\"@type\":\"BreadcrumbList\",\"itemListElement\":[");
    let mut step = |position: usize, name: &str, path: &str| {
        let comma = if position > 1 { "," } else { "" };
        script.push(&format!("{comma}{{\"@type\":\"ListItem\",\"position\":{position},\"name\":"));
        script.text(name);
        script.push(",\"item\":");
        script.text(&renderer.addresses().absolute(path));
        script.push("}");
    };
    step(1, &renderer.say(language, "navigation.home"), home);
    for (crumb, position) in frame.crumbs.iter().zip(2..) {
        step(position, &crumb.label, crumb.path.as_deref().unwrap_or(frame.path));
    }
    script.push("]}");
}
