//! What in a text may tell who a certain person is: to be looked at again, as nobody but its author can know.

use super::{Look, block::Block, contacts, words::Token};
use crate::{
    diagnostic::Code,
    model::{LinkKind, People},
};
use regex::Regex;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// How a language speaks of certain people, ready to be looked for.
#[derive(Debug, Default)]
pub(super) struct Marks {
    mail: Option<Regex>,
    phone: Option<Regex>,
    postcode: Option<Regex>,
    birth: Option<Regex>,
    ages: Vec<Regex>,
    mailboxes: Vec<String>,
    not_names: FxHashSet<String>,
    not_phones: FxHashSet<String>,
    offices: Vec<String>,
    not_postcodes: FxHashSet<String>,
}

/// A given name, perhaps with a family name.
const NAME: &str = r"(?P<name>\p{Lu}[\p{Ll}’'-]+(?: \p{Lu}[\p{Ll}’'-]+)?)";
/// The age of a child, or of a young person whom a council still answers for.
const AGE: &str = "(?:[1-9]|1[0-9]|2[0-5])";

/// A pattern for one of these words.
fn any(words: &[String]) -> String {
    words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// A pattern for a date, with these months.
fn date(months: &[String]) -> String {
    let figures = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}";
    match any(months) {
        months if months.is_empty() => figures.to_owned(),
        months => format!(
            r"(?:{figures}|\d{{1,2}}(?:st|nd|rd|th)? (?:{months}) \d{{4}}|(?:{months}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
        ),
    }
}

/// Patterns for the age of somebody beside a name.
fn ages(people: &People) -> Vec<String> {
    let People { aged, being, behind_age, at_age, years_old, .. } = people;
    let mut ages = Vec::new();
    if !aged.is_empty() {
        ages.push(format!(r"{NAME},? (?:{}) {AGE}\b", any(aged)));
        ages.push(format!(r"{NAME} \((?:(?:{}) )?{AGE}\)", any(aged)));
        ages.push(format!(r"{NAME}, {AGE}(?:[,)]|$)"));
    }
    if !being.is_empty() {
        ages.push(format!(r"{NAME},? (?:{}) {AGE}(?:[.,;:!?)]|$| (?:{})\b)", any(being), any(behind_age)));
    }
    if !at_age.is_empty() {
        ages.push(format!(r"\b(?:{}) {AGE}, {NAME}", any(at_age)));
    }
    if !years_old.is_empty() {
        ages.push(format!(r"\b{AGE}[ -](?:{})[ -]{NAME}", any(years_old)));
        ages.push(format!(r"{NAME}(?:,|,? \w+) {AGE}[ -](?:{})\b", any(years_old)));
    }
    ages
}

impl Marks {
    pub fn new(people: &People) -> Self {
        let birth = (!people.birth.is_empty()).then(|| {
            // A word that ends in a letter ends there: nobody is born who is borne out.
            let bounded = |word: &String| match word.ends_with(char::is_alphanumeric) {
                true => format!(r"{}\b", regex::escape(word)),
                false => regex::escape(word),
            };
            let words: Vec<String> = people.birth.iter().map(bounded).collect();
            format!(r"\b(?i:{})[^.\d]{{0,30}}(?i:{})", words.join("|"), date(&people.months))
        });
        let ages = ages(people);
        Self {
            mail: Regex::new(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+").ok(),
            phone: Regex::new(r"(?:\+44|\(?\b0)[\d\s()-]{8,16}\d\b").ok(),
            postcode: Regex::new(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}\b").ok(),
            birth: birth.and_then(|pattern| Regex::new(&pattern).ok()),
            ages: ages.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect(),
            mailboxes: people.mailboxes.clone(),
            not_names: people.not_names.iter().cloned().collect(),
            not_phones: people.not_phones.iter().map(|word| word.to_lowercase()).collect(),
            offices: people.offices.clone(),
            not_postcodes: people.not_postcodes.iter().cloned().collect(),
        }
    }

    /// The places in a text, each with what it may be and what to do. `is_place` tells names that are no person's.
    fn find(&self, words: &str, is_place: &dyn Fn(&str) -> bool) -> Vec<(Range<usize>, &'static str, &'static str)> {
        let mut found = Vec::new();
        if words.contains('@') {
            let mails = self.mail.iter().flat_map(|mail| mail.find_iter(words));
            let personal = mails.filter(|mail| !contacts::is_shared(mail.as_str(), &self.mailboxes));
            found.extend(personal.map(|mail| (mail.range(), "an e-mail address of a person", MAIL)));
        }
        if !words.bytes().any(|byte| byte.is_ascii_digit()) {
            return found;
        }
        let phones = self.phone.iter().flat_map(|phone| phone.find_iter(words));
        let personal =
            phones.filter(|phone| contacts::may_be_a_persons(phone.as_str()) && !self.is_named(words, phone.start()));
        found.extend(personal.map(|phone| (phone.range(), "a telephone number", PHONE)));
        let postcodes = self.postcode.iter().flat_map(|postcode| postcode.find_iter(words));
        let personal = postcodes.filter(|postcode| !self.is_of_an_office(words, postcode.range()));
        found.extend(personal.map(|postcode| (postcode.range(), "a postcode", POSTCODE)));
        let births = self.birth.iter().flat_map(|birth| birth.find_iter(words));
        found.extend(births.map(|birth| (birth.range(), "a date of birth", BIRTH)));
        let ages = self.ages.iter().flat_map(|age| age.captures_iter(words));
        found.extend(ages.filter_map(|age| {
            let (whole, name) = (age.get(0)?, age.name("name")?);
            let names = self.names(name.as_str(), is_place);
            // What goes before the name at the beginning of a sentence is not told.
            let start = if whole.start() == name.start() { name.end() - names?.len() } else { whole.start() };
            names.map(|_| (start..whole.end(), "the name of a child or young person beside their age", CHILD))
        }));
        found.sort_by_key(|(place, ..)| (place.start, place.end));
        found.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        found
    }

    /// What of two capitalised words names somebody: `Sam` of `When Sam`, nothing of `Young People`.
    fn names<'a>(&self, words: &'a str, is_place: &dyn Fn(&str) -> bool) -> Option<&'a str> {
        let mut rest = words;
        loop {
            let first = rest.split(' ').next().unwrap_or_default();
            if is_place(rest) || is_place(first) || self.not_names.contains(rest) {
                return None;
            }
            if !self.not_names.contains(first) {
                return Some(rest);
            }
            rest = rest.split_once(' ')?.1;
        }
    }

    /// True for figures that the words before them name: those of a book, a file.
    fn is_named(&self, words: &str, at: usize) -> bool {
        let from = words.floor_char_boundary(at.saturating_sub(64));
        let before = words.get(from..at).unwrap_or_default();
        let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | ':' | '#'));
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        self.not_phones.contains(&word)
    }

    /// True for a postcode at the end of an office's address, and for what only looks like one.
    fn is_of_an_office(&self, words: &str, place: Range<usize>) -> bool {
        let after = words.get(place.end..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
        let is_sited = after.starts_with("www.") || after.contains("://") || after.contains('@');
        let after = after.trim_end_matches(|c: char| !c.is_alphanumeric());
        let address = contacts::address_before(words, place.start);
        let is_word = |at: usize, word: &str| {
            let before = address.get(..at).and_then(|before| before.chars().next_back());
            let after = address.get(at + word.len()..).and_then(|after| after.chars().next());
            ![before, after].into_iter().flatten().any(char::is_alphanumeric)
        };
        is_sited
            || self.not_postcodes.contains(after)
            || self
                .offices
                .iter()
                .any(|office| address.match_indices(office.as_str()).any(|(at, word)| is_word(at, word)))
    }
}

const MAIL: &str = "Is it a person's, who may move on? Give the address of a team, or take it out.";
const PHONE: &str = "Is it a person's? Give the number of a team, or take it out.";
const POSTCODE: &str = "Does it tell where a person lives? Take it out, or name the town.";
const BIRTH: &str = "A date of birth tells who a person is. Give the age in years, or take it out.";
const CHILD: &str = "A name with an age can tell others who a child is. Has the person agreed to it? Use another name, or leave one of \
     the two out.";

impl Look<'_> {
    /// Says what in the words of a page may tell who somebody is.
    pub(super) fn people(&mut self, blocks: &[(Block<'_>, Vec<Token>)]) {
        let adviser = self.adviser;
        for (block, _) in blocks {
            for (place, what, help) in self.language.marks.find(&block.words, &|name| adviser.is_place(name)) {
                let place = block.place(self.entry, place);
                self.report(Code::PersonalData, place, format!("This may be {what}"), help);
            }
        }
        self.mail_links(blocks);
    }

    /// Addresses that the words of a link don't show.
    fn mail_links(&mut self, blocks: &[(Block<'_>, Vec<Token>)]) {
        for (link, place) in super::prose::links(self.entry) {
            let Some(mail) = link.destination.strip_prefix("mailto:") else { continue };
            let mail = mail.split('?').next().unwrap_or_default();
            // What a link of raw HTML shows is told of the words around it.
            let is_shown = || link.raw && blocks.iter().any(|(block, _)| block.words.contains(mail));
            let is_told = link.text.contains(mail) || contacts::is_shared(mail, &self.language.marks.mailboxes);
            if link.kind == LinkKind::Link && mail.contains('@') && !is_told && !is_shown() {
                self.report(Code::PersonalData, place(), "This may be an e-mail address of a person", MAIL);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> Marks {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Marks::new(&People {
            mailboxes: list(&["info", "team"]),
            birth: list(&["born", "date of birth", "DOB", "d.o.b.", "b."]),
            months: list(&["January", "May"]),
            aged: list(&["aged", "age"]),
            being: list(&["was", "who is"]),
            behind_age: list(&["when"]),
            at_age: list(&["At"]),
            years_old: list(&["years old", "year-old", "year old"]),
            not_names: list(&["Children", "May", "Care", "Leavers", "When", "He", "Key Stage"]),
            not_phones: list(&["ISBN", "reference", "file"]),
            offices: list(&["Town Hall"]),
            not_postcodes: list(&["Street"]),
        })
    }

    #[test]
    fn what_may_tell_who_somebody_is_is_found_and_nothing_else() {
        for (words, expected) in [
            ("Write to jane.doe@northam.gov.uk today", vec!["jane.doe@northam.gov.uk"]),
            ("Write to info@northam.gov.uk", vec![]),
            ("Ring 01632 123456 or 07000 000001.", vec!["01632 123456", "07000 000001"]),
            ("Ring +44 (0)1632 123456", vec!["+44 (0)1632 123456"]),
            ("Ring 0800 1111 111 or 0300 123 4567; ISBN 0-123-45678", vec![]),
            ("ISBN 978 0 11 703 456 7, reference: 01234 567890 and file 020-12345678", vec![]),
            ("The file is here. Ring 01234 567890", vec!["01234 567890"]),
            ("She lives in HR1 2AB now", vec!["HR1 2AB"]),
            ("key stage KS2 3 and room B12 4", vec![]),
            ("from HR1 2AB Street to HR1 2AB.", vec!["HR1 2AB"]),
            ("Northam Town Hall, 2 High Street, Northam, HR1 2AB", vec![]),
            ("1 High Street, HR1 2AB www.northam.gov.uk", vec![]),
            ("1 High Street, HR1 2AB https://northam.gov.uk", vec![]),
            ("The Town Hall helped her move to HR1 2AB", vec!["HR1 2AB"]),
            ("near Town Halls HR1 2AB", vec!["HR1 2AB"]),
            ("He was born on 3 May 2008.", vec!["born on 3 May 2008"]),
            ("DOB: 03/05/2008", vec!["DOB: 03/05/2008"]),
            ("D.o.b.: 3/5/08, and (b. 3.5.2008)", vec!["D.o.b.: 3/5/08", "b. 3.5.2008"]),
            ("Born: May 3rd, 2008", vec!["Born: May 3rd, 2008"]),
            ("The scheme was born in May 2008", vec![]),
            ("the web. 3.5.2008, borne out on 3 May 2008, and born. 3 May 2008", vec![]),
            ("born in Luton on 3 May 2008", vec!["born in Luton on 3 May 2008"]),
            ("Sam, 14, said", vec!["Sam, 14,"]),
            ("Sam, aged 14", vec!["Sam, aged 14"]),
            ("Sam (14) and Alex Smith (aged 9)", vec!["Sam (14)", "Alex Smith (aged 9)"]),
            ("14-year-old Sam", vec!["14-year-old Sam"]),
            ("Sam is 14 years old", vec!["Sam is 14 years old"]),
            ("Sam, a 14-year-old, said", vec!["Sam, a 14-year-old"]),
            ("When Sam was 14 when", vec!["Sam was 14 when"]),
            ("Sam, who is 14, and Alex was 15.", vec!["Sam, who is 14,", "Alex was 15."]),
            ("Sam was 14 miles away; he was 14. He was 14.", vec![]),
            ("At 14, Sam left. At 14, May came", vec!["At 14, Sam"]),
            ("Care Leavers aged 18, Care (14) and Sam May (14)", vec!["Sam May (14)"]),
            ("Children aged 14 and children, 15, came to Luton (16) in May, 12, or May (20)", vec![]),
            ("Sam (40) and Sam, 14 times", vec![]),
            ("Luton Town (16) and Key Stage (4)", vec![]),
            ("At 14, Sam, 14, left", vec!["At 14, Sam"]),
        ] {
            let marks = marks();
            let found: Vec<&str> =
                marks.find(words, &|name| name == "Luton").into_iter().map(|(place, ..)| &words[place]).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
