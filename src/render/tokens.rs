//! The look of the theme in values that drawings and machines can use: the custom properties of its style sheet.

use crate::model::Theme;
use std::collections::HashMap;

/// The style sheet that holds them.
pub(super) const SHEET: &str = "css/tokens.css";

/// The custom properties, by name without their hyphens.
#[derive(Debug, Default)]
pub(super) struct Tokens(HashMap<String, String>);

impl Tokens {
    /// Those of a theme.
    pub(super) fn new(theme: &Theme) -> Self {
        let sheet = theme.statics.iter().find(|file| file.path == SHEET);
        let text = sheet.and_then(|sheet| sheet.text()).unwrap_or_default();
        let declarations = text.split(['{', ';', '}', '/']).filter_map(|part| part.trim().strip_prefix("--"));
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
    fn a_colour_of_day_and_night_is_one_of_the_two() {
        let text =
            "/* The look */\n:root {\n  --paper: light-dark(#fff, #111);\n\n  /* Focus */\n  --focus: #fb0;\n}\n";
        let file = StaticFile { path: SHEET.into(), source: SHEET.into(), bytes: text.as_bytes().into() };
        let tokens = Tokens::new(&Theme { statics: vec![file], ..Theme::default() });
        assert_eq!((tokens.get("paper", false), tokens.get("paper", true)), (Some("#fff"), Some("#111")));
        assert_eq!((tokens.get("focus", true), tokens.get("none", true)), (Some("#fb0"), None));
    }
}
