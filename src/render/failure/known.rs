//! The names that a template may use, for those that it misspells.

use crate::{model::Theme, nearest::nearest, render::context::reference::CALLS};
use std::collections::BTreeSet;

/// Tera's own filters: the engine doesn't list them.
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
    "escape",
];

/// Tera's own functions.
const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

/// Tera's own tests.
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// What to do about a name that nothing goes by: the nearest one, or all.
pub(super) fn did_you_mean<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: BTreeSet<&str> = known.into_iter().collect();
    match nearest(wanted, known.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("There are: {}.", known.into_iter().collect::<Vec<_>>().join(", ")),
    }
}

/// What to do about "Unknown filter `uper`", or about a block that no parent has.
pub(super) fn nearest_to(message: &str, theme: &Theme) -> Option<String> {
    let wanted = message.split('`').nth(1)?;
    let calls = || CALLS.iter().map(|call| call.name);
    Some(match message.split_whitespace().take(2).collect::<Vec<_>>().join(" ").as_str() {
        "Unknown filter" => did_you_mean(wanted, FILTERS.into_iter().chain(calls())),
        "Unknown function" => did_you_mean(wanted, FUNCTIONS.into_iter().chain(calls())),
        "Unknown test" => did_you_mean(wanted, TESTS),
        "Unknown component" => did_you_mean(wanted, tagged(theme, "component")),
        "Unknown template" => did_you_mean(wanted, templates(theme)),
        start if start.starts_with("Block ") => {
            did_you_mean(wanted, tagged(theme, "block").filter(|block| *block != wanted))
        }
        _ => return None,
    })
}

/// The names of all templates, as others name them.
pub(super) fn templates(theme: &Theme) -> impl Iterator<Item = &str> {
    let inherited = |name: &str| {
        Some(name.split_once('/')?.1.to_owned())
            .filter(|_| theme.parents.iter().any(|parent| name.starts_with(&format!("{parent}/"))))
    };
    theme.templates.iter().flat_map(move |(name, _)| {
        let short = inherited(name).map(|short| name.len() - short.len()).unwrap_or_default();
        [Some(name.as_str()), name.get(short..)].into_iter().flatten()
    })
}

/// The names behind a tag of all templates: `{% block text %}` has `text`.
fn tagged<'a>(theme: &'a Theme, tag: &'a str) -> impl Iterator<Item = &'a str> {
    theme.templates.iter().flat_map(move |(_, file)| names(&file.text, tag).map(|(_, name)| name))
}

/// The component that a place of a template lies in.
pub(super) fn component_around(text: &str, at: usize) -> Option<&str> {
    let (start, name) = names(text, "component").take_while(|(start, _)| *start <= at).last()?;
    let inside = text.get(start..at)?;
    (!inside.contains("endcomponent")).then_some(name)
}

/// Each name behind a tag, and where the tag starts.
fn names<'a>(text: &'a str, tag: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    text.match_indices("{%").filter_map(move |(at, opening)| {
        let rest = text.get(at + opening.len()..)?.trim_start_matches('-').trim_start().strip_prefix(tag)?;
        let name = rest.strip_prefix(char::is_whitespace)?.trim_start();
        let end = name.find(|c: char| !c.is_alphanumeric() && !"_.".contains(c)).unwrap_or(name.len());
        Some((at, name.get(..end)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tera::Tera;

    #[test]
    fn the_engine_has_all_that_we_say_it_has() {
        let sound = |template: String| Tera::new().add_raw_template("x", &template).is_ok();
        assert!(FILTERS.iter().all(|name| sound(format!("{{{{ x | {name} }}}}"))));
        assert!(FUNCTIONS.iter().all(|name| sound(format!("{{{{ {name}() }}}}"))));
        assert!(TESTS.iter().all(|name| sound(format!("{{{{ x is {name} }}}}"))));
        assert!(!sound("{{ x | nofilter }}".into()));
    }

    #[test]
    fn a_place_is_in_the_component_that_is_open_there() {
        let text = "{{ a }}{% component x.y(b) -%}{{ b }}{%- endcomponent x.y %}{{ c }}";
        let at = |needle: &str| component_around(text, text.find(needle).unwrap());
        assert_eq!((at("{{ a"), at("{{ b"), at("{{ c")), (None, Some("x.y"), None));
    }
}
