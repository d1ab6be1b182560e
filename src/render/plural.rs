//! Plural forms: which form of a message goes with a count, by the rules of CLDR as ICU4X holds them.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

/// The rules of one language.
#[derive(Debug)]
pub(super) struct Plurals(Option<PluralRules>);

impl Plurals {
    /// The rules of a language; one that CLDR does not know has only the form for any number.
    pub(super) fn of(language: &str) -> Self {
        let locale: Option<Locale> = language.parse().ok();
        Self(locale.and_then(|locale| PluralRules::try_new((&locale).into(), PluralRulesOptions::default()).ok()))
    }

    /// The name of the form that a count takes: `one`, `few`, `other`. What the site counts are whole things.
    pub(super) fn form(&self, count: f64) -> &'static str {
        let whole = (count.fract() == 0.0).then_some(count.abs() as u64);
        let category = self.0.as_ref().zip(whole).map(|(rules, whole)| rules.category_for(whole));
        match category.unwrap_or(PluralCategory::Other) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => OTHER,
        }
    }
}

/// The form that every language has.
pub(super) const OTHER: &str = "other";

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(language: &str, counts: &[f64]) -> Vec<&'static str> {
        let plurals = Plurals::of(language);
        counts.iter().map(|count| plurals.form(*count)).collect()
    }

    #[test]
    fn a_count_takes_the_form_of_its_language() {
        assert_eq!(forms("en", &[0.0, 1.0, 2.0, 1.5]), ["other", "one", "other", "other"]);
        assert_eq!(forms("cy", &[0.0, 1.0, 2.0, 3.0, 4.0, 6.0]), ["zero", "one", "two", "few", "other", "many"]);
        assert_eq!(forms("pl", &[1.0, 22.0, 25.0]), ["one", "few", "many"]);
        assert_eq!(forms("no such language", &[1.0]), ["other"]);
    }
}
