//! What people write where a date is asked for, and what to tell them.

use super::{figures, full_year, moment, month_of};

/// Why a text that has to do with days is no date: the end of a sentence that begins with it, and what to write.
pub(in crate::import) fn trouble(written: &str) -> (&'static str, String) {
    let lower = written.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let is_year = |word: &&&str| word.len() == 4 && full_year(word).is_some();
    let years: Vec<&str> = words.iter().filter(is_year).copied().collect();
    let like = || "Write the day first, such as 21 November 2027 or 21/11/2027, or 2027-11-21.".to_owned();
    let one = |years: &[&str]| match years {
        [first, ..] => format!("Write one date, such as {first} where a year will do."),
        [] => like(),
    };
    if has(&[
        "c",
        "ca",
        "circa",
        "about",
        "approx",
        "approximately",
        "around",
        "early",
        "late",
        "mid",
        "before",
        "after",
    ]) {
        return ("is about a date, and none", one(&years));
    }
    if has(&["ongoing", "current", "currently", "present", "now", "date", "today", "onwards", "since"]) {
        return ("goes on, and is no date", one(&years));
    }
    if has(&["spring", "summer", "autumn", "winter", "q1", "q2", "q3", "q4", "quarter", "term"]) {
        return ("is a part of a year, and no date", format!("{} A month will do as well.", one(&years)));
    }
    let months = words.iter().filter(|word| month_of(word).is_some()).count();
    // “2019/20” and “2019-20” are one year from April to March.
    let is_span = years.len() > 1 || months > 1 || has(&["to", "until", "till"]);
    if is_span || matches!(words.as_slice(), [year, next] if is_year(&year) && next.len() == 2) {
        return ("is more than one date", one(&years));
    }
    match words.as_slice() {
        [month, day, year] if figures(&format!("{day}/{month}/{year}")).is_some() => {
            ("has the month before the day", format!("Write {day}/{month}/{year}."))
        }
        [day, month, _] if day.parse::<u8>().is_ok() && (month_of(month).is_some() || month.parse::<u8>().is_ok()) => {
            ("is a day that there is not", like())
        }
        [one, other] if month_of(one).or(month_of(other)).is_some() => ("has no year", like()),
        _ if moment(written).is_some() => ("has an hour, and here goes a day alone", like()),
        _ => ("is not a date", like()),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::date, *};

    #[test]
    fn what_is_no_date_is_told_by_what_it_is() {
        for (written, told, help) in [
            ("c. 2019", "is about a date, and none", "such as 2019 where"),
            ("circa May 2019", "is about a date, and none", "such as 2019 where"),
            ("early 2019", "is about a date, and none", "such as 2019 where"),
            ("ongoing", "goes on, and is no date", "21 November 2027"),
            ("since 2015", "goes on, and is no date", "such as 2015 where"),
            ("2015 to date", "goes on, and is no date", "such as 2015 where"),
            ("Spring 2019", "is a part of a year, and no date", "A month will do as well"),
            ("Q3 2019", "is a part of a year, and no date", "such as 2019 where"),
            ("2015-2018", "is more than one date", "such as 2015 where"),
            ("2015–18", "is more than one date", "such as 2015 where"),
            ("2019/20", "is more than one date", "such as 2019 where"),
            ("March to May 2019", "is more than one date", "such as 2019 where"),
            ("11/25/2027", "has the month before the day", "Write 25/11/2027."),
            ("31 June 2027", "is a day that there is not", "21 November 2027"),
            ("31/02/2027", "is a day that there is not", "21 November 2027"),
            ("3 March", "has no year", "21 November 2027"),
            ("3 March 2027 9am", "has an hour, and here goes a day alone", "21 November 2027"),
            ("soon", "is not a date", "21 November 2027"),
        ] {
            let (said, what) = trouble(written);
            assert!(date(written).is_none() && said == told && what.contains(help), "{written}: {said}. {what}");
        }
    }
}
