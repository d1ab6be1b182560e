//! Interface text: the messages of one language, with what it lacks taken from the main language, then English.

use super::{
    dates::Days,
    plural::{OTHER, Plurals},
};
use crate::model::Theme;
use rustc_hash::FxHashMap;
use serde_yaml::Value as Yaml;
use std::{borrow::Cow, collections::BTreeMap};

/// The language that every theme speaks.
const LAST_RESORT: &str = "en";

/// Everything that the site itself says in one language.
#[derive(Debug)]
pub struct Messages {
    language: String,
    plurals: Plurals,
    texts: FxHashMap<String, Message>,
    days: Days,
}

/// One message.
#[derive(Debug, PartialEq, Eq)]
enum Message {
    /// The same for every count.
    Text(String),
    /// By plural form.
    Forms(BTreeMap<String, String>),
    /// Several, in order: the names of the months.
    List(Vec<String>),
}

impl Messages {
    /// The messages of `language`, each gap filled from the `main` language, then from English.
    pub fn new(theme: &Theme, language: &str, main: &str) -> Self {
        let mut texts = FxHashMap::default();
        for source in [LAST_RESORT, main, language] {
            for (key, value) in theme.translations.get(source).into_iter().flatten() {
                if let Some(message) = Message::read(value) {
                    texts.insert(key.clone(), message);
                }
            }
        }
        Self { plurals: Plurals::of(language), language: language.to_owned(), texts, days: Days::default() }
    }

    /// The dates that were told in the language.
    pub(super) fn days(&self) -> &Days {
        &self.days
    }

    /// The language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// True where there is a message of that key.
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// A message as it stands, in its form for any number.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.form(key, None)
    }

    /// Every message whose key begins so, by the rest of its key.
    pub fn below(&self, beginning: &str) -> BTreeMap<String, String> {
        let keys = self.texts.keys().filter_map(|key| Some((key.strip_prefix(beginning)?, key)));
        keys.filter_map(|(rest, key)| Some((rest.to_owned(), self.get(key)?.to_owned()))).collect()
    }

    /// The messages of a list.
    pub fn list(&self, key: &str) -> &[String] {
        match self.texts.get(key) {
            Some(Message::List(items)) => items,
            _ => &[],
        }
    }

    /// A message in the form for a count, its `{placeholders}` filled.
    pub fn fill(&self, key: &str, count: Option<f64>, arguments: &[(&str, Cow<'_, str>)]) -> Option<String> {
        self.form(key, count).map(|text| filled(text, arguments))
    }

    /// A whole number as the language writes it: with a mark between thousands, where it has one.
    pub fn whole(&self, number: i64) -> String {
        let sign = if number < 0 { "-" } else { "" };
        sign.to_owned() + &self.grouped(&number.unsigned_abs().to_string())
    }

    /// Digits with a mark between thousands.
    fn grouped(&self, digits: &str) -> String {
        let mark = self.get("number.thousands").unwrap_or_default();
        let mut text = String::with_capacity(digits.len() * 4 / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(mark);
            }
            text.push(digit);
        }
        text
    }

    /// A number as the language writes it, with the decimals that it has.
    pub fn figure(&self, number: f64) -> String {
        self.marked(&number.to_string())
    }

    /// A number as the language writes it, with so many decimals.
    pub fn figure_of(&self, number: f64, decimals: usize) -> String {
        self.marked(&format!("{number:.decimals$}"))
    }

    /// A number of bytes as people say it: `340 KB`.
    pub fn size(&self, bytes: f64) -> String {
        const UNITS: [&str; 3] = ["size.kilobytes", "size.megabytes", "size.gigabytes"];
        if bytes < 1024.0 {
            let arguments = [("count", Cow::from(bytes.to_string()))];
            return self.fill("size.bytes", Some(bytes), &arguments).unwrap_or_else(|| bytes.to_string());
        }
        let mut scaled = bytes;
        let mut unit = "size.bytes";
        for larger in UNITS {
            if scaled < 1024.0 {
                break;
            }
            scaled /= 1024.0;
            unit = larger;
        }
        let figure = if scaled < 9.95 { format!("{scaled:.1}") } else { format!("{scaled:.0}") };
        let figure = figure.strip_suffix(".0").unwrap_or(&figure);
        let mark = self.get("number.decimal").unwrap_or(".");
        let arguments = [("n", Cow::from(figure.replace('.', mark)))];
        self.fill(unit, None, &arguments).unwrap_or_else(|| bytes.to_string())
    }

    /// A number in Rust's notation, with the language's marks.
    fn marked(&self, number: &str) -> String {
        let digits = number.strip_prefix('-').unwrap_or(number);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let is_nought = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
        let mut text = if digits.len() < number.len() && !is_nought { "\u{2212}".to_owned() } else { String::new() };
        text.push_str(&self.grouped(whole));
        if !decimals.is_empty() {
            text.push_str(self.get("number.decimal").unwrap_or("."));
            text.push_str(decimals);
        }
        text
    }

    fn form(&self, key: &str, count: Option<f64>) -> Option<&str> {
        match self.texts.get(key)? {
            Message::Text(text) => Some(text),
            Message::Forms(forms) => {
                let wanted = count.map_or(OTHER, |count| self.plurals.form(count));
                forms.get(wanted).or_else(|| forms.get(OTHER)).map(String::as_str)
            }
            Message::List(_) => None,
        }
    }
}

impl Message {
    fn read(value: &Yaml) -> Option<Self> {
        match value {
            Yaml::Mapping(forms) => {
                let form = |(name, text): (&Yaml, &Yaml)| Some((name.as_str()?.to_owned(), scalar(text)?));
                Some(Self::Forms(forms.iter().filter_map(form).collect()))
            }
            Yaml::Sequence(items) => Some(Self::List(items.iter().filter_map(scalar).collect())),
            text => scalar(text).map(Self::Text),
        }
    }
}

/// A value as text; somebody may write a message that YAML takes for a number.
fn scalar(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) => Some(text.clone()),
        Yaml::Number(number) => Some(number.to_string()),
        Yaml::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// Puts the arguments in the place of their `{names}`. A name that is no argument stays as it stands.
fn filled(text: &str, arguments: &[(&str, Cow<'_, str>)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, opened)) = rest.split_once('{') {
        filled.push_str(before);
        let argument = opened.split_once('}').and_then(|(name, after)| {
            let value = arguments.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| (value, after))
        });
        match argument {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = opened;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
pub(super) fn messages(language: &str, yaml: &str) -> Messages {
    let texts: std::collections::HashMap<String, Yaml> = serde_yaml::from_str(yaml).unwrap();
    let theme = Theme { translations: BTreeMap::from([(language.to_owned(), texts)]), ..Theme::default() };
    Messages::new(&theme, language, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_filled_from_the_main_language_then_from_english() {
        let of = |yaml: &str| serde_yaml::from_str::<std::collections::HashMap<String, Yaml>>(yaml).unwrap();
        let translations = BTreeMap::from([
            ("en".to_owned(), of("{a: A, b: B, c: C}")),
            ("ga".to_owned(), of("{a: Á, b: Bé}")),
            ("cy".to_owned(), of("{a: Â}")),
        ]);
        let messages = Messages::new(&Theme { translations, ..Theme::default() }, "cy", "ga");
        assert_eq!(["a", "b", "c", "d"].map(|key| messages.get(key)), [Some("Â"), Some("Bé"), Some("C"), None]);
    }

    #[test]
    fn a_message_takes_the_form_of_its_count() {
        let messages = messages("cy", "n: {zero: dim, one: un, two: dau, few: tri, many: chwech, other: '{count}'}");
        let count = |n: f64| messages.fill("n", Some(n), &[("count", Cow::from(n.to_string()))]);
        let said: Vec<_> = [0.0, 1.0, 2.0, 3.0, 4.0, 6.0].into_iter().filter_map(count).collect();
        assert_eq!(said, ["dim", "un", "dau", "tri", "4", "chwech"]);
        assert_eq!(messages.get("n"), Some("{count}"));
    }

    #[test]
    fn placeholders_are_filled_once_and_unknown_ones_stay() {
        let arguments = [("a", Cow::from("{b}")), ("b", Cow::from("x"))];
        assert_eq!(filled("{a} {b} {c} {", &arguments), "{b} x {c} {");
    }

    #[test]
    fn thousands_are_marked_where_the_language_does_so() {
        let english = messages("en", "number.thousands: ','");
        assert_eq!(
            [0, 999, 1000, 1_234_567, -1000].map(|n| english.whole(n)),
            ["0", "999", "1,000", "1,234,567", "-1,000"]
        );
        assert_eq!(messages("en", "{}").whole(1000), "1000");
    }

    #[test]
    fn figures_have_the_marks_of_the_language() {
        let english = messages("en", "number.thousands: ','");
        let said = [8750.0, 31.6, -1234.5, -0.0, 0.25].map(|number| english.figure(number));
        assert_eq!(said, ["8,750", "31.6", "\u{2212}1,234.5", "0", "0.25"]);
        assert_eq!([0.3, -0.001].map(|number| english.figure_of(number, 1)), ["0.3", "0.0"]);
        let other = messages("de", "{number.thousands: '.', number.decimal: ','}");
        assert_eq!(other.figure(1_234_567.5), "1.234.567,5");
    }
}
