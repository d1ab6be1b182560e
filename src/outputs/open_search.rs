//! The description of the site's search that browsers read, as OpenSearch 1.1 defines it.

use super::{Made, xml};
use crate::{model::Output, render::Renderer};

const NAMESPACE: &str = "http://a9.com/-/spec/opensearch/1.1/";

/// The most characters of a short name and of a long one, by the specification.
const SHORT: usize = 16;
const LONG: usize = 48;

pub(super) fn make(renderer: &Renderer<'_>) -> Made {
    let (config, addresses) = (renderer.config(), renderer.addresses());
    let own = addresses.absolute("/opensearch.xml");
    let results = addresses.absolute("/search/?q={searchTerms}");
    let description = if config.description.is_empty() { &config.title } else { &config.description };
    let bytes = xml::document("OpenSearchDescription", &[("xmlns", NAMESPACE)], |xml| {
        xml::text(xml, "ShortName", &[], &shortened(&config.title, SHORT))?;
        xml::text(xml, "LongName", &[], &shortened(&config.title, LONG))?;
        xml::text(xml, "Description", &[], &shortened(description, 1024))?;
        xml::empty(xml, "Url", &[("type", "text/html"), ("template", &results)])?;
        let description = [("type", "application/opensearchdescription+xml"), ("rel", "self"), ("template", &own)];
        xml::empty(xml, "Url", &description)?;
        xml::text(xml, "Language", &[], &config.language)?;
        xml::text(xml, "InputEncoding", &[], "UTF-8")
    });
    (vec![Output::bytes("opensearch.xml", bytes)], Vec::new())
}

/// As many of the words as fit; the start of the first where not even that one does.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most + 1).collect();
    let whole = start.rsplit_once(char::is_whitespace).map(|(words, _)| words.trim_end());
    whole.filter(|words| !words.is_empty()).map_or_else(|| text.chars().take(most).collect(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shortened_between_words() {
        assert_eq!(shortened("Good practice", 16), "Good practice");
        assert_eq!(shortened("Good practice in parenting", 16), "Good practice in");
        assert_eq!(shortened("Good practices in parenting", 16), "Good practices");
        assert_eq!(shortened("Arbeitsgemeinschaften", 16), "Arbeitsgemeinsch");
    }
}
