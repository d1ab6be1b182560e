//! A feed as jsonfeed.org/version/1.1 defines it.

use super::{Author, Feed, Item};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Person<'a>; 1],
    items: Vec<Piece<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Piece<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    date_modified: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authors: Option<[Person<'a>; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: &'a str,
}

/// The bytes of the feed.
pub(super) fn feed(feed: &Feed) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.list,
        feed_url: &feed.json,
        description: &feed.description,
        language: &feed.language,
        authors: [person(&feed.author)],
        items: feed.items.iter().map(piece).collect(),
    };
    serde_json::to_vec(&document).unwrap_or_default()
}

fn person(author: &Author) -> Person<'_> {
    Person { name: &author.name, url: &author.url }
}

fn piece(item: &Item) -> Piece<'_> {
    // An item must have content of one sort; its title is the least that is known of it.
    let text = if item.summary.is_empty() { &item.title } else { &item.summary };
    Piece {
        id: &item.url,
        url: &item.url,
        title: &item.title,
        summary: &item.summary,
        content_html: item.content.as_deref(),
        content_text: item.content.is_none().then_some(text),
        image: item.image.as_deref(),
        date_published: item.published.as_deref(),
        date_modified: &item.updated,
        authors: item.author.as_ref().map(|author| [person(author)]),
        tags: item.categories.iter().map(|category| category.label.as_str()).collect(),
        language: &item.language,
    }
}
