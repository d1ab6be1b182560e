//! A feed: the newest entries of a list, in both notations that programs follow.
//!
//! The feeds of the library and of its kinds hold the whole text of each entry. Those of terms, of which there may
//! be hundreds, hold the summaries: a text is rendered again for each feed that holds it.

mod atom;
mod json;

use super::Made;
use crate::{
    model::{Entry, FeedOf, Field, FieldType, Output, Value},
    render::{Named, Renderer, facets, feeds, full_text},
};
use jiff::{civil::Date, tz::TimeZone};

/// What both notations say.
struct Feed {
    title: String,
    description: String,
    /// The address of the page that lists the same entries.
    list: String,
    atom: String,
    json: String,
    language: String,
    author: Author,
    items: Vec<Item>,
}

struct Item {
    url: String,
    title: String,
    summary: String,
    /// The whole text as HTML, where the feed holds it.
    content: Option<String>,
    language: String,
    published: Option<String>,
    updated: String,
    author: Option<Author>,
    categories: Vec<Category>,
    image: Option<String>,
}

/// Whoever answers for an entry, or for the whole.
struct Author {
    name: String,
    url: String,
}

/// A term that the entry names.
struct Category {
    id: String,
    label: String,
    /// The address of the taxonomy.
    scheme: String,
}

pub(super) fn make(renderer: &Renderer<'_>, of: FeedOf) -> Made {
    let (config, addresses) = (renderer.config(), renderer.addresses());
    let Some(base) = feeds::base(renderer, of) else { return Made::default() };
    let entries = feeds::entries(renderer, of);
    let with_text = !matches!(of, FeedOf::Term(..));
    let feed = Feed {
        title: feeds::title(renderer, of),
        description: config.description.clone(),
        list: addresses.absolute(&base),
        atom: addresses.absolute(&format!("{base}{}", FeedOf::ATOM)),
        json: addresses.absolute(&format!("{base}{}", FeedOf::JSON)),
        language: config.language.clone(),
        author: Author { name: config.title.clone(), url: addresses.absolute("/") },
        items: entries.into_iter().filter_map(|index| item(renderer, index, with_text)).collect(),
    };
    let file = |name: &str| format!("{base}{name}").trim_start_matches('/').to_owned();
    let atom = Output::bytes(file(FeedOf::ATOM), atom::feed(&feed));
    (vec![atom, Output::bytes(file(FeedOf::JSON), json::feed(&feed))], Vec::new())
}

fn item(renderer: &Renderer<'_>, index: usize, with_text: bool) -> Option<Item> {
    let entry = renderer.library().front(index)?;
    let zone = renderer.config().now.time_zone();
    Some(Item {
        url: renderer.addresses().absolute(&entry.url),
        title: entry.title.clone(),
        summary: entry.summary.clone(),
        content: with_text.then(|| full_text(renderer, index)).flatten().filter(|text| !text.is_empty()),
        language: entry.language.clone(),
        published: entry.published.and_then(|day| moment(day, zone)),
        updated: moment(entry.newest()?, zone)?,
        author: author(renderer, entry),
        categories: categories(renderer, entry),
        image: image(renderer, entry),
    })
}

/// The start of a day in the library's time zone, as RFC 3339 writes it.
fn moment(day: Date, zone: &TimeZone) -> Option<String> {
    let start = day.to_zoned(zone.clone()).ok()?;
    Some(start.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// The page that the entry names in the field that gives schema.org's `author`.
fn author(renderer: &Renderer<'_>, entry: &Entry) -> Option<Author> {
    let Value::Page(reference) = value(entry, |field| field.schema.as_deref() == Some("author"))? else { return None };
    let library = renderer.library();
    let author = library.front(library.resolve(reference, &entry.language)?)?;
    Some(Author { name: author.title.clone(), url: renderer.addresses().absolute(&author.url) })
}

/// The picture of the entry.
fn image(renderer: &Renderer<'_>, entry: &Entry) -> Option<String> {
    match value(entry, |field| matches!(field.field_type, FieldType::Image))? {
        Value::File(path) => Some(renderer.addresses().of_file(path)),
        _ => None,
    }
}

/// The value of the first field that is set and that is wanted.
fn value(entry: &Entry, is_wanted: impl Fn(&Field) -> bool) -> Option<&Value> {
    entry.kind.fields.iter().filter(|field| is_wanted(field)).find_map(|field| entry.fields.get(&field.name))
}

/// The terms of those taxonomies that have feeds.
fn categories(renderer: &Renderer<'_>, entry: &Entry) -> Vec<Category> {
    let text = |term: &tera::Value, key| {
        term.as_map().and_then(|map| Some(map.get(&tera::value::Key::Str(key))?.as_str()?.to_owned()))
    };
    let category = |named: Named| {
        let term = named.value;
        let taxonomy =
            renderer.library().taxonomies().get(named.taxonomy).filter(|taxonomy| taxonomy.declaration.feeds)?;
        let scheme = renderer.addresses().absolute(&taxonomy.url());
        Some(Category { id: text(&term, "id")?, label: text(&term, "label")?, scheme })
    };
    facets(entry, renderer.locale(&entry.language)).into_iter().filter_map(category).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_by_the_clock_of_the_library() {
        let london = TimeZone::get("Europe/London").unwrap();
        let start = |month| moment(Date::constant(2027, month, 1), &london).unwrap();
        assert_eq!(start(1), "2027-01-01T00:00:00+00:00");
        assert_eq!(start(7), "2027-07-01T00:00:00+01:00");
    }
}
