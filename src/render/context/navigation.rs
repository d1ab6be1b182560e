//! The links at the top and at the foot of every page.

use super::Record;
use crate::{
    config::Config,
    model::Library,
    render::{Lists, locale::Locale},
};
use tera::{Value, value::Key};

/// The taxonomies that stand in the navigation of a library that names none.
const USUAL_TAXONOMIES: [&str; 2] = ["themes", "councils"];

/// `{label, url, section}` of each item that the settings name: the folder of a kind, a taxonomy, a source file.
/// What has nothing in it is left out.
pub(super) fn main(library: &Library, config: &Config, lists: &Lists, locale: &Locale) -> Value {
    let items: Vec<Value> = match &config.navigation {
        Some(names) => names.iter().filter_map(|name| item(name, library, locale)).collect(),
        None => {
            let kinds = library.theme.kinds.iter().enumerate().filter(|(place, _)| !lists.of_kind(*place).is_empty());
            let folders = kinds.filter_map(|(_, kind)| kind.folder.as_deref());
            folders.chain(USUAL_TAXONOMIES).filter_map(|name| item(name, library, locale)).collect()
        }
    };
    Value::from(items)
}

/// `{label, url, section}` of each page at the foot.
pub(super) fn footer(library: &Library, config: &Config, locale: &Locale) -> Value {
    Value::from(config.footer.iter().filter_map(|name| item(name, library, locale)).collect::<Vec<_>>())
}

/// `{label, url, section}` of the page that says how to send something in.
pub(super) fn contribute(library: &Library, config: &Config, locale: &Locale) -> Option<Value> {
    item(config.contribute.as_deref()?, library, locale)
}

fn item(name: &str, library: &Library, locale: &Locale) -> Option<Value> {
    let trimmed = name.trim_matches('/');
    let kind = library.theme.kinds.iter().position(|kind| kind.folder.as_deref() == Some(trimmed));
    if let Some(kind) = kind {
        return section(trimmed, locale.kinds().get(kind)?);
    }
    let taxonomy = library.taxonomies.iter().position(|taxonomy| taxonomy.declaration.name == trimmed);
    if let Some(taxonomy) = taxonomy {
        return section(trimmed, locale.taxonomies().get(taxonomy)?);
    }
    page(trimmed, library, locale)
}

/// A kind or a taxonomy, where it has an address.
fn section(name: &str, value: &Value) -> Option<Value> {
    let map = value.as_map()?;
    let url = map.get(&Key::Str("url"))?.clone();
    let label = map.get(&Key::Str("plural"))?.clone();
    Some(Record::new().set("label", label).set("url", url).set("section", name).value())
}

/// A page, or its twin in the language.
fn page(name: &str, library: &Library, locale: &Locale) -> Option<Value> {
    let path = name.strip_prefix("content/").unwrap_or(name);
    let named = library.entries.get(*library.by_path.get(&format!("content/{path}"))?)?;
    let twin = library.by_id.get(&named.id).and_then(|twins| twins.get(locale.messages().language()));
    let entry = twin.and_then(|twin| library.entries.get(*twin)).unwrap_or(named);
    let url = locale.addresses().href(&entry.url);
    Some(Record::new().set("label", entry.title.as_str()).set("url", url).set("section", entry.id.as_str()).value())
}
