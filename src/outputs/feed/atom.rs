//! A feed as RFC 4287 defines Atom.

use super::{Author, Feed, Item};
use crate::outputs::xml::{self, Xml};
use std::io;

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// The bytes of the feed.
pub(super) fn feed(feed: &Feed) -> Vec<u8> {
    let root = [("xmlns", NAMESPACE), ("xml:lang", feed.language.as_str())];
    xml::document("feed", &root, |xml| {
        xml::text(xml, "title", &[], &feed.title)?;
        if !feed.description.is_empty() {
            xml::text(xml, "subtitle", &[], &feed.description)?;
        }
        xml::text(xml, "id", &[], &feed.atom)?;
        // The newest stands first.
        xml::text(xml, "updated", &[], feed.items.first().map_or("", |item| &item.updated))?;
        xml::empty(xml, "link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.atom)])?;
        xml::empty(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.list)])?;
        author(xml, &feed.author)?;
        xml::text(xml, "generator", &[], "Casebook")?;
        feed.items.iter().try_for_each(|item| entry(xml, item, &feed.language))
    })
}

fn author(xml: &mut Xml, author: &Author) -> io::Result<()> {
    xml::within(xml, "author", &[], |xml| {
        xml::text(xml, "name", &[], &author.name)?;
        xml::text(xml, "uri", &[], &author.url)
    })
}

fn entry(xml: &mut Xml, item: &Item, language: &str) -> io::Result<()> {
    let own = [("xml:lang", item.language.as_str())];
    let attributes: xml::Attributes<'_> = if item.language == language { &[] } else { &own };
    xml::within(xml, "entry", attributes, |xml| {
        xml::text(xml, "title", &[], &item.title)?;
        xml::text(xml, "id", &[], &item.url)?;
        xml::empty(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)])?;
        if let Some(published) = &item.published {
            xml::text(xml, "published", &[], published)?;
        }
        xml::text(xml, "updated", &[], &item.updated)?;
        if let Some(own) = &item.author {
            author(xml, own)?;
        }
        for category in &item.categories {
            let attributes = [("term", category.id.as_str()), ("scheme", &category.scheme), ("label", &category.label)];
            xml::empty(xml, "category", &attributes)?;
        }
        if !item.summary.is_empty() {
            xml::text(xml, "summary", &[], &item.summary)?;
        }
        if let Some(content) = &item.content {
            xml::text(xml, "content", &[("type", "html")], content)?;
        }
        Ok(())
    })
}
