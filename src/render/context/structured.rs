//! What search engines read of a page: JSON-LD in the words of schema.org.

use super::{Frame, schema};
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
    let mut graph = page(frame, renderer, language);
    if frame.path == home {
        graph.push(website(renderer, language, &home));
    }
    graph.extend(breadcrumbs(frame, renderer, language, &home));
    Some(in_script(&json!({ "@context": "https://schema.org", "@graph": graph }).to_string()))
}

/// The page, and what it is about where that is a thing of its own.
fn page(frame: &Frame<'_>, renderer: &Renderer<'_>, language: &str) -> Vec<Value> {
    let url = renderer.addresses().absolute(frame.path);
    let entry = frame.entry.filter(|_| frame.feed.is_none()).and_then(|index| renderer.library().entry(index));
    let subject = match (entry, frame.feed) {
        (Some(entry), _) => schema::of_entry(renderer, entry),
        (None, Some(FeedOf::Term(taxonomy, term))) => schema::of_term(renderer, taxonomy, term, language),
        _ => None,
    };
    let is_list = frame.feed.is_some();
    let usual = if is_list { "CollectionPage" } else { "WebPage" };
    let mut about = about(frame, renderer, language, entry, &url);
    match subject {
        None => vec![typed(usual, &url, about)],
        Some((type_name, properties)) if schema::is_work(type_name) => {
            if schema::has_headline(type_name) {
                about.insert("headline".into(), frame.title.into());
                about.insert("mainEntityOfPage".into(), url.as_str().into());
            }
            about.extend(properties);
            vec![typed(type_name, &url, about)]
        }
        Some((type_name, properties)) => {
            let id = format!("{url}{SUBJECT}");
            let mut thing = Map::new();
            thing.insert("name".into(), frame.title.into());
            thing.insert("url".into(), url.as_str().into());
            thing.extend(about.get("description").map(|text| ("description".into(), text.clone())));
            let (of_page, own): (Map<_, _>, Map<_, _>) =
                properties.into_iter().partition(|(property, _)| schema::is_of_works(property));
            thing.extend(own);
            about.extend(of_page);
            about.insert("mainEntity".into(), json!({ "@id": id }));
            vec![typed(usual, &url, about), typed(type_name, &id, thing)]
        }
    }
}

/// What is known of every page.
fn about(
    frame: &Frame<'_>,
    renderer: &Renderer<'_>,
    language: &str,
    entry: Option<&Entry>,
    url: &str,
) -> Map<String, Value> {
    let mut about = Map::new();
    about.insert("url".into(), url.into());
    about.insert("name".into(), frame.title.into());
    if !frame.description.is_empty() {
        about.insert("description".into(), frame.description.into());
    }
    about.insert("inLanguage".into(), language.into());
    about.insert("isPartOf".into(), json!({ "@id": website_id(renderer, &renderer.home_path(language)) }));
    let date = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let published = entry.and_then(|entry| date(entry.published));
    about.extend(published.map(|day| ("datePublished".into(), day.into())));
    let updated = entry.and_then(|entry| date(entry.newest()));
    about.extend(updated.map(|day| ("dateModified".into(), day.into())));
    about
}

fn typed(type_name: &str, id: &str, properties: Map<String, Value>) -> Value {
    let mut node = Map::new();
    node.insert("@type".into(), type_name.into());
    node.insert("@id".into(), id.into());
    node.extend(properties);
    node.into()
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
fn breadcrumbs(frame: &Frame<'_>, renderer: &Renderer<'_>, language: &str, home: &str) -> Option<Value> {
    if frame.crumbs.is_empty() {
        return None;
    }
    let step = |position: usize, name: &str, path: &str| {
        let item = renderer.addresses().absolute(path);
        json!({ "@type": "ListItem", "position": position, "name": name, "item": item })
    };
    let first = step(1, &renderer.say(language, "navigation.home"), home);
    let steps = frame.crumbs.iter().zip(2..);
    let steps =
        steps.map(|(crumb, position)| step(position, &crumb.label, crumb.path.as_deref().unwrap_or(frame.path)));
    let steps: Vec<Value> = std::iter::once(first).chain(steps).collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": steps }))
}

/// JSON that stays JSON within HTML and is one line of JavaScript: no word in it ends the element.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '<' => safe += "\\u003c",
            '>' => safe += "\\u003e",
            '&' => safe += "\\u0026",
            '\u{2028}' => safe += "\\u2028",
            '\u{2029}' => safe += "\\u2029",
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script() {
        let text = "</script><!--<script>&\u{2028}\u{2029}";
        let safe = in_script(&json!(text).to_string());
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }
}
