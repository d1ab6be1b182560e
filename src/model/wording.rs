//! What a theme has to say of the words of one language: which to weigh, and what to say instead.

use std::collections::BTreeSet;

/// Advice on one language. What is not given is not asked for.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// A sentence of more words than these is told.
    pub longest_sentence: Option<usize>,
    /// How the age is worked out from which on a page can be read.
    pub reading_age: Option<ReadingAge>,
    /// Short forms with a full stop that ends no sentence: `e.g.`.
    pub stops: Vec<String>,
    /// Short forms that everybody knows.
    pub known: BTreeSet<String>,
    /// Long and official words with plainer ones.
    pub plain: Vec<Better>,
    /// Words that hurt or that say little of a person, with others.
    pub care: Vec<Better>,
    /// Spellings of elsewhere with those of here. A word that ends in `*` stands for all that begin with it.
    pub spelling: Vec<Better>,
    /// What tells that a text may speak of a certain person.
    pub people: People,
    /// Words in the names of pictures that are likely to show words: `poster`.
    pub picture_names: Vec<String>,
}

/// Words, and what to say instead of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Better {
    /// The words or phrases, each form of them. One with a capital letter is meant as it is written.
    pub words: Vec<String>,
    /// What to say instead, the best first; in brackets, what to do. Where there is nothing, the words are free.
    pub say: Vec<String>,
    /// Why; empty where the list says it all.
    pub why: String,
    /// Phrases with one of the words in them that are meant otherwise.
    pub unless: Vec<String>,
    /// Where there are any, phrases one of which is on the page if the words are meant.
    pub with: Vec<String>,
}

/// How a language speaks of certain people.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct People {
    /// What is in the name of a mailbox that is no person's: `info`. One of up to four letters ends a part of the name.
    pub mailboxes: Vec<String>,
    /// Words before a date of birth.
    pub birth: Vec<String>,
    /// The months.
    pub months: Vec<String>,
    /// Words between a name and an age: `aged`.
    pub aged: Vec<String>,
    /// Words between a name and an age with which a sentence may end, or with one of `behind_age`: `was`.
    pub being: Vec<String>,
    /// Words behind such an age: `when`.
    pub behind_age: Vec<String>,
    /// Words before an age, a comma and a name: `At`.
    pub at_age: Vec<String>,
    /// Words behind an age: `years old`.
    pub years_old: Vec<String>,
    /// Words that may begin a sentence before a number or a name, and are no names.
    pub not_names: Vec<String>,
    /// Words before figures that are no telephone number: `ISBN`.
    pub not_phones: Vec<String>,
    /// Words before a postcode that is no person's: `Town Hall`.
    pub offices: Vec<String>,
    /// Words behind letters and figures that are no postcode: `Street`.
    pub not_postcodes: Vec<String>,
}

impl People {
    /// Adds the words of another list to each.
    pub fn add(&mut self, other: Self) {
        let Self { mailboxes, birth, months, aged, being, behind_age, at_age, years_old, .. } = other;
        let Self { not_names, not_phones, offices, not_postcodes, .. } = other;
        self.mailboxes.extend(mailboxes);
        self.birth.extend(birth);
        self.months.extend(months);
        self.aged.extend(aged);
        self.being.extend(being);
        self.behind_age.extend(behind_age);
        self.at_age.extend(at_age);
        self.years_old.extend(years_old);
        self.not_names.extend(not_names);
        self.not_phones.extend(not_phones);
        self.offices.extend(offices);
        self.not_postcodes.extend(not_postcodes);
    }
}

/// A published formula for the age from which on a text can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingAge {
    /// For English: Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas", 1975. It gives a
    /// school grade of the United States, to which five years are added.
    FleschKincaid,
}
