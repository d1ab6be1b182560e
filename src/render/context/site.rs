//! The site as every template sees it.

use super::{Record, navigation, statement::statement};
use crate::{
    config::Config,
    model::Library,
    render::{Addresses, Lists, kind_url, locale::Locale},
};
use tera::Value;

/// The value `site` of a language.
pub(crate) fn site(library: &Library, config: &Config, lists: &Lists, locale: &Locale) -> Value {
    let addresses = locale.addresses();
    let in_folder = library.theme.kinds.iter().zip(locale.kinds()).filter(|(kind, _)| kind.folder.is_some());
    let kinds: Vec<Value> = in_folder.map(|(_, value)| value.clone()).collect();
    Record::new()
        .set("title", config.title.as_str())
        .set("description", config.description.as_str())
        .set("language", config.language.as_str())
        .set("base_url", config.base_url.as_str())
        .set("prefix", config.prefix())
        .set("home", addresses.href(&home_path(library, config, locale.messages().language())))
        .set("search", addresses.href("/search/"))
        .set_some("repository", config.repository.as_deref())
        .set("navigation", navigation::main(library, config, lists, locale))
        .set_some("accessibility", statement(library, config, addresses, locale.messages()))
        .set("footer", navigation::footer(library, config, locale))
        .set_some("contribute", navigation::contribute(library, config, locale))
        .set("kinds", kinds)
        .set("taxonomies", locale.taxonomies().to_vec())
        .value()
}

/// The site path of the home page in a language: that of the main language where it has none of its own.
pub(crate) fn home_path(library: &Library, config: &Config, language: &str) -> String {
    let own = library.by_id.get("").and_then(|homes| homes.get(language));
    let own = own.filter(|_| language != config.language).and_then(|home| library.entries.get(*home));
    own.map_or_else(|| "/".to_owned(), |home| home.url.clone())
}

/// Each kind: `{name, folder, label, plural, description, url, count}`, `url` where it has a listing.
pub(crate) fn kinds(library: &Library, lists: &Lists, addresses: &Addresses, language: &str) -> Vec<Value> {
    let kinds = library.theme.kinds.iter().enumerate();
    let value = |(place, kind): (usize, &std::sync::Arc<crate::model::Kind>)| {
        let url = kind_url(kind).filter(|_| lists.has_listing(library, place));
        Record::new()
            .set("name", kind.name.as_str())
            .set_some("folder", kind.folder.as_deref())
            .set("label", kind.label.get(language))
            .set("plural", kind.plural.get(language))
            .set("description", kind.description.get(language))
            .set_some("similar", Some(kind.similar.get(language)).filter(|words| !words.is_empty()))
            .set_some("url", url.map(|url| addresses.href(&url)))
            .set("count", lists.of_kind(place).len())
            .value()
    };
    kinds.map(value).collect()
}

/// Each taxonomy: `{name, label, plural, url, count}`, `url` where it has an index.
pub(crate) fn taxonomies(library: &Library, lists: &Lists, addresses: &Addresses, language: &str) -> Vec<Value> {
    let taxonomies = library.taxonomies.iter().enumerate();
    let value = |(place, taxonomy): (usize, &crate::model::Taxonomy)| {
        let count = lists.terms_in_use(place);
        Record::new()
            .set("name", taxonomy.declaration.name.as_str())
            .set("label", taxonomy.declaration.label.get(language))
            .set("plural", taxonomy.declaration.plural.get(language))
            .set_some("url", (count > 0).then(|| addresses.href(&taxonomy.url())))
            .set("count", count)
            .value()
    };
    taxonomies.map(value).collect()
}
