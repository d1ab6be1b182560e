//! Plural forms: which form of a message goes with a count, by the rules of CLDR.

/// A plural form, as CLDR names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `zero`
    Zero,
    /// `one`
    One,
    /// `two`
    Two,
    /// `few`
    Few,
    /// `many`
    Many,
    /// `other`
    Other,
}

impl Form {
    /// The form of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "zero" => Self::Zero,
            "one" => Self::One,
            "two" => Self::Two,
            "few" => Self::Few,
            "many" => Self::Many,
            "other" => Self::Other,
            _ => return None,
        })
    }

    /// The form that a count takes in a language. A language without rules here has those of English.
    pub fn of(language: &str, count: f64) -> Self {
        let number = Number::new(count);
        let spoken = language.split(['-', '_']).next().unwrap_or(language);
        match spoken {
            "ja" | "zh" | "ko" | "th" | "vi" | "id" | "ms" | "my" | "lo" | "yo" | "ig" => Self::Other,
            "cy" => welsh(&number),
            "ga" => irish(&number),
            "gd" => scottish_gaelic(&number),
            "gv" => manx(&number),
            "br" => breton(&number),
            "ar" => arabic(&number),
            "pl" => polish(&number),
            "ru" | "uk" | "be" => russian(&number),
            "cs" | "sk" => czech(&number),
            "lt" => lithuanian(&number),
            "lv" => latvian(&number),
            "ro" | "mo" => romanian(&number),
            "sl" => slovene(&number),
            "hr" | "sr" | "bs" => croatian(&number),
            "he" => hebrew(&number),
            "fr" | "hy" => one_if(number.whole < 2),
            "pt" => one_if(number.whole < 2),
            "hi" | "bn" | "gu" | "fa" | "am" | "zu" | "kn" => one_if(number.whole == 0 || number.is(1)),
            "pa" | "ln" | "mg" | "ti" | "wa" => one_if(number.is(0) || number.is(1)),
            "da" => one_if(number.is(1) || (number.has_fraction && number.whole < 2)),
            "es" | "el" | "hu" | "tr" | "bg" | "sq" | "so" | "ku" | "ps" | "ta" | "te" | "ml" | "ne" | "mr" | "eo"
            | "eu" | "fo" | "ka" | "kk" | "nb" | "nn" | "no" | "om" | "rm" | "ug" | "uz" => one_if(number.is(1)),
            _ => one_if(number.whole == 1 && !number.has_fraction),
        }
    }
}

/// A count as CLDR's rules look at it.
struct Number {
    /// The part before the decimal point: `i`.
    whole: u64,
    /// True where something stands after it: `v` is not 0.
    has_fraction: bool,
}

impl Number {
    fn new(count: f64) -> Self {
        let count = count.abs();
        Self { whole: count.trunc() as u64, has_fraction: count.fract() != 0.0 }
    }

    /// True where the number is exactly this.
    fn is(&self, wanted: u64) -> bool {
        self.among(wanted..=wanted)
    }

    fn among(&self, range: std::ops::RangeInclusive<u64>) -> bool {
        !self.has_fraction && range.contains(&self.whole)
    }

    /// True where what is left after division lies in the range.
    fn rest(&self, divisor: u64, range: std::ops::RangeInclusive<u64>) -> bool {
        !self.has_fraction && range.contains(&(self.whole % divisor))
    }
}

fn one_if(one: bool) -> Form {
    if one { Form::One } else { Form::Other }
}

fn welsh(n: &Number) -> Form {
    match n.whole {
        _ if n.has_fraction => Form::Other,
        0 => Form::Zero,
        1 => Form::One,
        2 => Form::Two,
        3 => Form::Few,
        6 => Form::Many,
        _ => Form::Other,
    }
}

fn irish(n: &Number) -> Form {
    match n.whole {
        _ if n.has_fraction => Form::Other,
        1 => Form::One,
        2 => Form::Two,
        3..=6 => Form::Few,
        7..=10 => Form::Many,
        _ => Form::Other,
    }
}

fn scottish_gaelic(n: &Number) -> Form {
    match n.whole {
        _ if n.has_fraction => Form::Other,
        1 | 11 => Form::One,
        2 | 12 => Form::Two,
        3..=10 | 13..=19 => Form::Few,
        _ => Form::Other,
    }
}

fn manx(n: &Number) -> Form {
    match (n.whole % 10, n.whole % 100) {
        _ if n.has_fraction => Form::Many,
        (1, _) => Form::One,
        (2, _) => Form::Two,
        (_, 0 | 20 | 40 | 60 | 80) => Form::Few,
        _ => Form::Other,
    }
}

fn breton(n: &Number) -> Form {
    let (last, tens) = (n.whole % 10, n.whole % 100 / 10);
    let odd_tens = matches!(tens, 1 | 7 | 9);
    match last {
        _ if n.has_fraction => Form::Other,
        1 if !odd_tens => Form::One,
        2 if !odd_tens => Form::Two,
        3 | 4 | 9 if !odd_tens => Form::Few,
        _ if n.whole != 0 && n.whole.is_multiple_of(1_000_000) => Form::Many,
        _ => Form::Other,
    }
}

fn arabic(n: &Number) -> Form {
    match (n.whole, n.whole % 100) {
        _ if n.has_fraction => Form::Other,
        (0, _) => Form::Zero,
        (1, _) => Form::One,
        (2, _) => Form::Two,
        (_, 3..=10) => Form::Few,
        (_, 11..=99) => Form::Many,
        _ => Form::Other,
    }
}

/// Few for what ends in 2, 3 or 4, the teens apart.
fn ends_in_two_to_four(n: &Number) -> bool {
    n.rest(10, 2..=4) && !n.rest(100, 12..=14)
}

fn polish(n: &Number) -> Form {
    match n {
        _ if n.has_fraction => Form::Other,
        _ if n.is(1) => Form::One,
        _ if ends_in_two_to_four(n) => Form::Few,
        _ => Form::Many,
    }
}

fn russian(n: &Number) -> Form {
    match n {
        _ if n.has_fraction => Form::Other,
        _ if n.rest(10, 1..=1) && !n.rest(100, 11..=11) => Form::One,
        _ if ends_in_two_to_four(n) => Form::Few,
        _ => Form::Many,
    }
}

fn croatian(n: &Number) -> Form {
    match russian(n) {
        Form::Many => Form::Other,
        form => form,
    }
}

fn czech(n: &Number) -> Form {
    match n {
        _ if n.has_fraction => Form::Many,
        _ if n.is(1) => Form::One,
        _ if n.among(2..=4) => Form::Few,
        _ => Form::Other,
    }
}

fn lithuanian(n: &Number) -> Form {
    let teens = n.rest(100, 11..=19);
    match n {
        _ if n.has_fraction => Form::Many,
        _ if n.rest(10, 1..=1) && !teens => Form::One,
        _ if n.rest(10, 2..=9) && !teens => Form::Few,
        _ => Form::Other,
    }
}

fn latvian(n: &Number) -> Form {
    match n {
        _ if n.has_fraction => Form::Other,
        _ if n.rest(10, 0..=0) || n.rest(100, 11..=19) => Form::Zero,
        _ if n.rest(10, 1..=1) => Form::One,
        _ => Form::Other,
    }
}

fn romanian(n: &Number) -> Form {
    match n {
        _ if n.is(1) => Form::One,
        _ if n.has_fraction || n.is(0) || n.rest(100, 1..=19) => Form::Few,
        _ => Form::Other,
    }
}

fn slovene(n: &Number) -> Form {
    match n {
        _ if n.has_fraction || n.rest(100, 3..=4) => Form::Few,
        _ if n.rest(100, 1..=1) => Form::One,
        _ if n.rest(100, 2..=2) => Form::Two,
        _ => Form::Other,
    }
}

fn hebrew(n: &Number) -> Form {
    match n {
        _ if n.is(1) || (n.has_fraction && n.whole == 0) => Form::One,
        _ if n.is(2) => Form::Two,
        _ => Form::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Form::*, *};

    fn forms(language: &str, counts: &[u32]) -> Vec<Form> {
        counts.iter().map(|count| Form::of(language, f64::from(*count))).collect()
    }

    #[test]
    fn english_has_one_and_other() {
        assert_eq!(forms("en", &[0, 1, 2, 11, 101]), [Other, One, Other, Other, Other]);
        assert_eq!(Form::of("en-GB", 1.0), One);
        assert_eq!(Form::of("en", 1.5), Other);
        assert_eq!(Form::of("xx", 1.0), One);
    }

    #[test]
    fn the_celtic_languages_have_their_own() {
        assert_eq!(forms("cy", &[0, 1, 2, 3, 4, 5, 6, 7]), [Zero, One, Two, Few, Other, Other, Many, Other]);
        assert_eq!(forms("ga", &[0, 1, 2, 3, 6, 7, 10, 11]), [Other, One, Two, Few, Few, Many, Many, Other]);
        assert_eq!(forms("gd", &[1, 11, 2, 12, 3, 10, 13, 19, 20]), [One, One, Two, Two, Few, Few, Few, Few, Other]);
        assert_eq!(forms("gv", &[0, 1, 21, 2, 20, 5]), [Few, One, One, Two, Few, Other]);
    }

    #[test]
    fn the_languages_of_many_readers_follow_cldr() {
        assert_eq!(forms("pl", &[1, 2, 5, 12, 22, 25, 100]), [One, Few, Many, Many, Few, Many, Many]);
        assert_eq!(forms("uk", &[1, 2, 5, 11, 21, 22]), [One, Few, Many, Many, One, Few]);
        assert_eq!(forms("ar", &[0, 1, 2, 3, 11, 99, 100]), [Zero, One, Two, Few, Many, Many, Other]);
        assert_eq!(forms("ro", &[0, 1, 2, 19, 20, 101]), [Few, One, Few, Few, Other, Few]);
        assert_eq!(forms("fr", &[0, 1, 2]), [One, One, Other]);
        assert_eq!(forms("ja", &[0, 1, 2]), [Other, Other, Other]);
        assert_eq!(Form::of("fr", 1.5), One);
        assert_eq!(Form::of("pl", 1.5), Other);
    }
}
