//! What a language makes of words: which forms are one, and which say nothing.

mod english;
mod welsh;

use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The rules of one language.
pub(super) struct Language {
    stemmer: Option<Stemmer>,
    is_english: bool,
    /// Words that say nothing of what a text is about, folded and in order.
    pub(super) stop_words: &'static [&'static str],
}

impl Language {
    /// The language of this code: `en`, `cy`, `en-GB`. One that is not known has no forms and no stop words.
    pub(super) fn new(code: &str) -> Self {
        let main = code.split(['-', '_']).next().unwrap_or_default();
        let stop_words = match main {
            "en" => english::STOP_WORDS,
            "cy" => welsh::STOP_WORDS,
            _ => &[],
        };
        Self { stemmer: algorithm(main).map(Stemmer::create), is_english: main == "en", stop_words }
    }

    /// What all forms of a word have in common, by the algorithms of Snowball (snowballstem.org).
    pub(super) fn stem<'a>(&self, form: &'a str) -> Cow<'a, str> {
        let Some(stemmer) = &self.stemmer else { return Cow::Borrowed(form) };
        if !self.is_english {
            return stemmer.stem(form);
        }
        Cow::Owned(english::spelling(stemmer.stem(english::regular(form)).into_owned()))
    }
}

fn algorithm(main: &str) -> Option<Algorithm> {
    Some(match main {
        "ar" => Algorithm::Arabic,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one() {
        let english = Language::new("en-GB");
        for forms in [
            &["mentor", "mentors", "mentoring", "mentored"][..],
            &["child", "children", "childrens"],
            &["organise", "organize", "organising", "organization", "organisation"],
            &["behaviour", "behavior", "behaviours"],
            &["programme", "programs"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| english.stem(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
        assert_ne!(english.stem("hour"), english.stem("hor"));
        assert_eq!(Language::new("cy").stem("gofalwyr"), "gofalwyr");
    }
}
