//! Code in colours, by classes alone: the theme's style sheet has the colours.

use rustc_hash::FxHashMap;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, OnceLock, PoisonError},
};
use syntect::{
    html::{ClassStyle, ClassedHTMLGenerator},
    parsing::{SyntaxReference, SyntaxSet},
    util::LinesWithEndings,
};

/// What every class starts with.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };
/// Code of more bytes stays plain: it is data, not an example.
const LONGEST_CODE: usize = 64 * 1024;
/// Code with a line of more bytes stays plain: patterns may take quadratic time in a line.
const LONGEST_LINE: usize = 1_000;
/// How many bytes of code and of its HTML are kept before all of them are forgotten.
const MOST_KEPT: usize = 16 * 1024 * 1024;
/// Names of no language, for which nothing needs to be loaded.
const PLAIN: [&str; 5] = ["text", "txt", "plain", "plaintext", "none"];

/// Colours code. The languages are loaded when the first code is seen; threads may share one. Code that has been
/// coloured once is not read again, be it on another page or when its page is made anew.
#[derive(Debug, Default)]
pub struct Highlighter {
    languages: OnceLock<SyntaxSet>,
    coloured: Mutex<Coloured>,
}

/// What was coloured, by language and code.
#[derive(Debug, Default)]
struct Coloured {
    html: FxHashMap<(String, String), Option<String>>,
    bytes: usize,
}

impl Highlighter {
    /// One that has loaded nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The code as HTML, with a `span` of classes around each part; `None` where it had better stay plain: the
    /// language is not known, or the code is too long.
    pub fn highlight(&self, language: &str, code: &str) -> Option<String> {
        if language.is_empty() || code.is_empty() || PLAIN.contains(&language) || code.len() > LONGEST_CODE {
            return None;
        }
        if code.lines().any(|line| line.len() > LONGEST_LINE) {
            return None;
        }
        let languages = self.languages.get_or_init(SyntaxSet::load_defaults_newlines);
        let syntax = languages.find_syntax_by_token(language)?;
        let key = (language.to_owned(), code.to_owned());
        let kept = || self.coloured.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(html) = kept().html.get(&key) {
            return html.clone();
        }
        // The patterns are not ours: where one fails, the reader still gets the code.
        let html = catch_unwind(AssertUnwindSafe(|| coloured(languages, syntax, code))).ok().flatten();
        kept().keep(key, html.clone());
        html
    }
}

impl Coloured {
    fn keep(&mut self, key: (String, String), html: Option<String>) {
        let bytes = key.0.len() + key.1.len() + html.as_ref().map_or(0, String::len);
        if self.bytes + bytes > MOST_KEPT {
            *self = Self::default();
        }
        self.bytes += bytes;
        self.html.insert(key, html);
    }
}

fn coloured(languages: &SyntaxSet, syntax: &SyntaxReference, code: &str) -> Option<String> {
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, languages, STYLE);
    // The patterns look for the end of a line; code that has none at its very end is given one for a moment.
    let ended = code.ends_with('\n');
    let whole = if ended { std::borrow::Cow::Borrowed(code) } else { format!("{code}\n").into() };
    for line in LinesWithEndings::from(&whole) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    let html = generator.finalize();
    if ended {
        return Some(html);
    }
    let (before, after) = html.rsplit_once('\n')?;
    Some(format!("{before}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text of HTML whose tags are all `span`s.
    fn plain(html: &str) -> String {
        let text: String = html
            .split('<')
            .enumerate()
            .map(|(index, part)| if index == 0 { part } else { part.split_once('>').unwrap().1 })
            .collect();
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    }

    #[test]
    fn a_known_language_is_coloured() {
        let html = Highlighter::new().highlight("html", "<b>x</b>").unwrap();
        assert!(html.contains("<span class=\"hl-entity hl-name hl-tag hl-inline hl-any hl-html\">b</span>"), "{html}");
        assert!(!html.contains("class=\"entity"), "{html}");
    }

    #[test]
    fn what_is_no_language_loads_nothing() {
        let highlighter = Highlighter::new();
        assert_eq!(highlighter.highlight("", "x"), None);
        assert_eq!(highlighter.highlight("text", "x"), None);
        assert!(highlighter.languages.get().is_none());
        assert_eq!(highlighter.highlight("no-such-language", "x"), None);
    }

    #[test]
    fn code_too_long_stays_plain() {
        let highlighter = Highlighter::new();
        let line = "x".repeat(LONGEST_LINE);
        assert!(highlighter.highlight("rust", &line).is_some());
        assert_eq!(highlighter.highlight("rust", &format!("{line}x")), None);
        assert!(highlighter.highlight("rust", &"x\n".repeat(LONGEST_CODE / 2)).is_some());
        assert_eq!(highlighter.highlight("rust", &"x\n".repeat(LONGEST_CODE / 2 + 1)), None);
    }

    #[test]
    fn threads_share_one() {
        let highlighter = Highlighter::new();
        let expected = highlighter.highlight("json", "[1, true]").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(highlighter.highlight("json", "[1, true]").as_ref(), Some(&expected)));
            }
        });
    }

    #[test]
    fn every_language_keeps_every_character() {
        let highlighter = Highlighter::new();
        let code = "#!/bin/sh\n<?php \"a\" 'b' `c` ?>\n{% if x %}{{ y }}\n/* z */ // é\nfn main() { let s = r#\"t\"#; }\n<script>1</script>\n---\nk: [v]\n\tEND";
        highlighter.highlight("rust", "x");
        for syntax in highlighter.languages.get().unwrap().syntaxes() {
            let html = highlighter.highlight(&syntax.name, code).unwrap();
            assert_eq!(plain(&html), code, "{}", syntax.name);
            assert_eq!(html.matches("<span").count(), html.matches("</span>").count(), "{}", syntax.name);
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_no_text_is_lost(language in prop::sample::select(vec!["rust", "html", "yaml", "md", "php", "js", "py"]), code in "[\\PC\n]{1,200}") {
            static SHARED: std::sync::LazyLock<Highlighter> = std::sync::LazyLock::new(Highlighter::new);
            prop_assert_eq!(plain(&SHARED.highlight(language, &code).unwrap()), code);
        }
    }
}
