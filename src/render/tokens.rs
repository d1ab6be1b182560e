//! The look of the theme in values that drawings and machines can use: the custom properties of its style sheet.

use super::statics::Statics;
use crate::model::Theme;
use std::collections::{BTreeMap, HashMap};

/// The style sheet that holds them.
pub(super) const SHEET: &str = "css/tokens.css";

/// The custom properties, by name without their hyphens.
#[derive(Debug, Default)]
pub(super) struct Tokens(HashMap<String, String>);

impl Tokens {
    /// Those of a theme, as browsers get them: with the sheets that are imported, the last word of all of them.
    pub(super) fn new(theme: &Theme, statics: &Statics) -> Self {
        let place = theme.statics.iter().position(|file| file.path == SHEET);
        let sheet = place.and_then(|place| statics.get(place));
        let text = sheet.and_then(|sheet| std::str::from_utf8(&sheet.bytes).ok()).unwrap_or_default();
        let declarations = text.split(['{', ';', '}']).filter_map(|part| part.trim().strip_prefix("--"));
        let declarations = declarations.filter_map(|declaration| declaration.split_once(':'));
        Self(declarations.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
    }

    /// The value of a property by day or by night: `light-dark(day, night)` (CSS Color 5) gives one of its two.
    pub(super) fn get(&self, name: &str, dark: bool) -> Option<&str> {
        let value = self.0.get(name)?.as_str();
        let pair = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
        let Some((light, night)) = pair.and_then(|pair| pair.split_once(',')) else { return Some(value) };
        Some(if dark { night.trim() } else { light.trim() })
    }

    /// All of them by day.
    pub(super) fn by_day(&self) -> BTreeMap<String, String> {
        self.names().filter_map(|name| Some((name.to_owned(), self.get(name, false)?.to_owned()))).collect()
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StaticFile;

    #[test]
    fn a_colour_of_day_and_night_is_one_of_the_two_and_a_theme_has_the_last_word() {
        let file = |path: &str, text: &'static str| StaticFile {
            path: path.into(),
            source: path.into(),
            bytes: text.as_bytes().into(),
        };
        let own = "@import \"../old/_tokens.css\";\n:root {\n  --paper: light-dark(#ffe, #111);\n}\n";
        let old = "/* The look */\n:root {\n  --paper: light-dark(#ffd, #112);\n  /* Focus */\n  --focus: #fb0;\n}\n";
        let theme = Theme { statics: vec![file(SHEET, own), file("old/_tokens.css", old)], ..Theme::default() };
        let tokens = Tokens::new(&theme, &Statics::new(&theme).0);
        assert_eq!((tokens.get("paper", false), tokens.get("paper", true)), (Some("#ffe"), Some("#111")));
        assert_eq!((tokens.get("focus", true), tokens.get("none", true)), (Some("#fb0"), None));
    }
}
