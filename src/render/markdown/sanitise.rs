//! Raw HTML made harmless.

use super::{address, held::Held};
use ammonia::Builder;
use std::borrow::Cow;

/// HTML without what could run, load from elsewhere unseen or dress up as the site. What is held is not touched.
pub(super) fn sanitise(html: &str, held: &Held) -> String {
    let clean = Builder::default()
        .add_tags(["section", "tfoot"])
        .add_generic_attributes(["id", "dir", held.attribute()])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("a", ["name"])
        .url_schemes(crate::link_path::SCHEMES.into())
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !address::may_show(value) => None,
            (_, "href" | "cite") if !address::may_follow(value) => None,
            _ => Some(Cow::Borrowed(value)),
        })
        .link_rel(None)
        .clean(html)
        .to_string();
    held.restore(&clean)
}
