//! Are there words for everything that the templates say?

use super::{i18n::Messages, noted::Noted};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Span, Theme},
};
use std::collections::BTreeSet;

/// The messages that no template names, as they are said by dates, sizes, crumbs, titles and the HTML of Markdown.
pub(super) const OWN: [&str; 32] = [
    "dates.long",
    "dates.moment",
    "dates.month",
    "dates.months",
    "filter.description",
    "filter.facet_title",
    "filter.heading",
    "filter.title",
    "listing.name.newest",
    "listing.name.title",
    "listing.part_title",
    "listing.title_by.newest",
    "listing.title_by.title",
    "markdown.alert.caution",
    "markdown.alert.important",
    "markdown.alert.note",
    "markdown.alert.tip",
    "markdown.alert.warning",
    "markdown.footnote_back",
    "markdown.footnotes",
    "markdown.table",
    "markdown.task_done",
    "markdown.task_open",
    "missing.title",
    "navigation.home",
    "redirect.title",
    "search.title",
    "size.bytes",
    "size.gigabytes",
    "size.kilobytes",
    "size.megabytes",
    "term.title",
];

/// The messages that templates name and that the main language lacks, each once, at the first place that names it;
/// and the languages of the library that the theme does not speak.
pub(super) fn check<'a>(
    theme: &Theme,
    main: &Messages,
    others: impl Iterator<Item = &'a str>,
    noted: &Noted,
) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (_, file) in &theme.templates {
        for span in keys(&file.text) {
            let key = span.of(&file.text);
            if !main.has(key) && told.insert(key) {
                noted.told(key);
                diagnostics.push(lacking(key).at(&file.path, span));
            }
        }
    }
    for key in OWN.iter().filter(|key| !main.has(key) && !told.contains(**key)) {
        noted.told(key);
        diagnostics.push(lacking(key));
    }
    let unspoken = others.filter(|language| !theme.translations.contains_key(*language));
    diagnostics.extend(unspoken.map(|language| {
        let message = format!("The theme has no words in the language “{language}”");
        Diagnostic::new(Code::MissingTranslation, message).help(format!(
            "Write i18n/{language}.yaml in the theme. Until then its pages use the words of “{}”.",
            main.language()
        ))
    }));
    diagnostics
}

/// The fault of a message that nobody has written.
pub(super) fn lacking(key: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingTranslation, format!("The theme has no words for “{key}”"))
        .help("Write them in the theme's i18n/en.yaml; a dot in the name is one step inwards.")
}

/// The keys that a template gives to `t` as they stand, not put together: their places, without quotation marks.
fn keys(template: &str) -> Vec<Span> {
    let mut keys: Vec<Span> = arguments(template).chain(filtered(template)).collect();
    keys.sort_unstable();
    keys
}

/// Those of `"key" | t`.
fn filtered(template: &str) -> impl Iterator<Item = Span> {
    const FILTER: &str = "| t";
    template.match_indices(FILTER).filter_map(|(at, _)| {
        let after = template.get(at + FILTER.len()..)?.chars().next();
        if after.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let before = template.get(..at)?.trim_end();
        let quote = before.chars().next_back().filter(|c| ['"', '\'', '`'].contains(c))?;
        let end = before.len() - 1;
        let start = before.get(..end)?.rfind(quote)? + 1;
        let is_whole = !before.get(..start - 1)?.trim_end().ends_with('~');
        is_whole.then(|| Span::new(start, end))
    })
}

/// Those of `t(key="key")`.
fn arguments(template: &str) -> impl Iterator<Item = Span> {
    const CALL: &str = "t(key=";
    template.match_indices(CALL).filter_map(|(at, _)| {
        let before = template.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let start = at + CALL.len();
        let rest = template.get(start..)?;
        let quote = rest.chars().next().filter(|c| ['"', '\'', '`'].contains(c))?;
        let length = rest.get(1..)?.find(quote)?;
        let after = rest.get(length + 2..)?.trim_start();
        let is_whole = after.starts_with([')', ',']);
        is_whole.then(|| Span::new(start + 1, start + 1 + length))
    })
}

#[cfg(test)]
mod tests {
    use super::{super::i18n, *};
    use crate::model::SourceFile;

    #[test]
    fn a_message_without_words_is_reported_where_it_is_named() {
        let text = "{{ t(key=\"a\") }}{{ t(key='no.such', n=1) }}{{ t(key='state.' ~ x) }}{{ t(key='no.such') }}{{ left(key='b') }}{{ \"a\" | t }}{{ 'nor.this' | t(n=1) }}{{ 'state.' ~ x | t }}{{ 'b' | trim }}";
        let file = SourceFile { path: "themes/x/templates/base.html".into(), text: text.into() };
        let theme = Theme { templates: vec![("base.html".into(), file)], ..Theme::default() };
        let noted = Noted::default();
        let words: String = OWN.iter().filter(|key| **key != "dates.long").map(|key| format!("{key}: x\n")).collect();
        let told = check(&theme, &i18n::messages("en", &format!("a: A\n{words}")), ["cy"].into_iter(), &noted);
        assert_eq!(told.len(), 4);
        assert_eq!(told[0].place.as_ref().map(|place| place.span.of(text)), Some("no.such"));
        assert_eq!(told[1].place.as_ref().map(|place| place.span.of(text)), Some("nor.this"));
        assert!(told[2].message.contains("“dates.long”"));
        assert!(told[3].message.contains("“cy”"));
        noted.lacks("no.such");
        assert!(noted.take().lacking.is_empty());
    }
}
