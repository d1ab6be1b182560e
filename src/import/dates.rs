//! Days, months and years as people write them.

mod trouble;

use jiff::civil;

pub(super) use trouble::trouble;

/// The months in English and in Welsh. No two begin with the same three letters, so either may be cut short.
const MONTHS: [[&str; 2]; 12] = [
    ["january", "ionawr"],
    ["february", "chwefror"],
    ["march", "mawrth"],
    ["april", "ebrill"],
    ["may", "mai"],
    ["june", "mehefin"],
    ["july", "gorffennaf"],
    ["august", "awst"],
    ["september", "medi"],
    ["october", "hydref"],
    ["november", "tachwedd"],
    ["december", "rhagfyr"],
];

/// A day, a month or a year as front matter writes it: `2027-11-21`, `2027-11`, `2027`. Days come before months, as in
/// Britain.
pub(super) fn date(written: &str) -> Option<String> {
    let words = words(written);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [one] => figures(one),
        [day, month, year] if month_of(month).is_some() => day_of(year, month_of(month)?, day),
        [month, day, year] if month_of(month).is_some() => day_of(year, month_of(month)?, day),
        [month, year] if month_of(month).is_some() => Some(format!("{:04}-{:02}", full_year(year)?, month_of(month)?)),
        [year, month] if year.len() == 4 && month_of(month).is_some() => {
            Some(format!("{:04}-{:02}", full_year(year)?, month_of(month)?))
        }
        // “21 11 2027”
        [_, _, _] => figures(&words.join("/")),
        _ => None,
    }
}

/// A moment as front matter writes it: `2027-10-25T09:00`. A day alone is its first minute.
pub(super) fn moment(written: &str) -> Option<String> {
    let text = written.trim();
    if text.parse::<jiff::Timestamp>().is_ok() {
        return Some(text.to_owned());
    }
    if let Ok(moment) = text.replacen(' ', "T", 1).parse::<civil::DateTime>() {
        return Some(minutes(moment));
    }
    if let Some(day) = whole(text) {
        return Some(format!("{day}T00:00"));
    }
    // The time stands behind the day, with words such as “at” and commas between, or before it.
    let lower = text.to_lowercase().replace([',', ';', '(', ')'], " ");
    let parts: Vec<&str> =
        lower.split_whitespace().filter(|word| !matches!(*word, "at" | "on" | "from" | "t")).collect();
    (1..parts.len()).find_map(|at| {
        let (first, second) = parts.split_at_checked(at)?;
        let (first, second) = (first.join(" "), second.join(" "));
        let of = |day: &str, hour: &str| Some(format!("{}T{}", whole(day)?, clock(hour)?));
        of(&first, &second).or_else(|| of(&second, &first))
    })
}

fn whole(written: &str) -> Option<String> {
    date(written).filter(|date| date.len() == 10)
}

fn minutes(moment: civil::DateTime) -> String {
    let seconds = if moment.second() == 0 { String::new() } else { format!(":{:02}", moment.second()) };
    format!("{}T{:02}:{:02}{seconds}", moment.date(), moment.hour(), moment.minute())
}

/// `9am`, `9.30 pm`, `09:00`, `noon`, `midnight`
fn clock(written: &str) -> Option<String> {
    let text = written.replace([' ', '.'], ":").replace(":am", "am").replace(":pm", "pm").replace(":a:m", "am");
    let text = text.replace(":p:m", "pm").replace("a:m", "am").replace("p:m", "pm");
    let text = text.trim_matches(':');
    let text = text.strip_suffix("hrs").or_else(|| text.strip_suffix("hours")).unwrap_or(text).trim_end_matches(':');
    // “12 noon”
    let named = [("noon", "12:00"), ("midday", "12:00"), ("midnight", "00:00")];
    let named = named.iter().find(|(name, _)| text.trim_start_matches("12").trim_start_matches(':') == *name);
    if let Some((_, hour)) = named {
        return Some((*hour).to_owned());
    }
    // “0930”
    let are_figures = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((hour, minute)) = text.split_at_checked(2).filter(|_| are_figures) {
        return clock(&format!("{hour}:{minute}"));
    }
    let (figures, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(figures), _) => (figures, Some(0)),
        (_, Some(figures)) => (figures, Some(12)),
        _ => (text, None),
    };
    let mut parts = figures.split(':').map(str::trim);
    let hour: u8 = parts.next()?.parse().ok()?;
    let minute: u8 = match parts.next() {
        Some(minute) => minute.parse().ok().filter(|_| minute.len() == 2)?,
        // “9” alone is no time of day.
        None if half.is_some() => 0,
        None => return None,
    };
    let seconds_are_none = parts.all(|part| part == "00");
    let hour = match half {
        Some(half) => (1..=12).contains(&hour).then_some(hour % 12 + half)?,
        None => hour,
    };
    (hour < 24 && minute < 60 && seconds_are_none).then(|| format!("{hour:02}:{minute:02}"))
}

/// The words of a date, without the day of the week, what comes behind the figure of a day, and a time at midnight
/// that a spreadsheet adds.
fn words(written: &str) -> Vec<String> {
    let lower = written.trim().to_lowercase().replace([',', '\u{a0}'], " ").replace(['\'', '’'], "");
    const MIDNIGHT: [&str; 5] = ["t00:00:00z", "t00:00:00", " 00:00:00", "t00:00", " 00:00"];
    let lower = MIDNIGHT.iter().find_map(|hour| lower.strip_suffix(hour)).unwrap_or(&lower);
    // “21-Nov-2027”
    let lower =
        if lower.chars().any(char::is_alphabetic) { lower.replace(['-', '/', '.'], " ") } else { lower.to_owned() };
    // In Welsh, Tuesday is called like March: what stands behind “dydd” is a day of the week.
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    if let Some(day) = words.iter().position(|word| *word == "dydd") {
        words.drain(day..words.len().min(day + 2));
    }
    words.into_iter().filter(|word| !is_idle(word)).map(without_ordinal).collect()
}

fn is_idle(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word == "of" || word == "the" || word == "weds" || (word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word)))
}

fn without_ordinal(word: &str) -> String {
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.strip_prefix(figures).unwrap_or_default();
    const ORDINALS: [&str; 11] = ["st", "nd", "rd", "th", "af", "il", "ydd", "ed", "fed", "eg", "ain"];
    let is_ordinal = !figures.is_empty() && ORDINALS.contains(&ending);
    if is_ordinal { figures.to_owned() } else { word.to_owned() }
}

/// `2027-11-21`, `2027/11/21`, `21/11/2027`, `21.11.27`, `11/2027`, `2027-11`, `2027`
fn figures(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.trim_end_matches('.').split(['-', '/', '.']).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    match parts.as_slice() {
        [year] if year.len() == 4 => Some((*year).to_owned()),
        // “20271121”
        [day] if day.len() == 8 => day_of(day.get(..4)?, day.get(4..6)?.parse().ok()?, day.get(6..)?),
        [year, month] if year.len() == 4 => month_in(year, month),
        [month, year] if year.len() == 4 => month_in(year, month),
        [year, month, day] if year.len() == 4 => day_of(year, month.parse().ok()?, day),
        [day, month, year] => day_of(year, month.parse().ok()?, day),
        _ => None,
    }
}

fn month_in(year: &str, month: &str) -> Option<String> {
    let month: i8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(format!("{:04}-{month:02}", full_year(year)?))
}

fn day_of(year: &str, month: i8, day: &str) -> Option<String> {
    let date = civil::Date::new(full_year(year)?, month, day.parse().ok()?).ok()?;
    Some(date.to_string())
}

/// A year of four figures, or of two as spreadsheets take them: up to 49 in this century.
fn full_year(written: &str) -> Option<i16> {
    let year: i16 = written.parse().ok().filter(|year| *year >= 0)?;
    match written.len() {
        4 if year >= 1000 => Some(year),
        2 if year < 50 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn month_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let begins = |month: &str| word.len() >= 3 && month.starts_with(word);
    let place = MONTHS.iter().position(|names| names.iter().any(|month| begins(month)))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_britons_write_it() {
        let cases = [
            ("2027-11-21", "2027-11-21"),
            ("2027/11/21", "2027-11-21"),
            ("21 November 2027", "2027-11-21"),
            ("21st Nov. 2027", "2027-11-21"),
            ("the 3rd of march 2027", "2027-03-03"),
            ("Monday, 25 October 2027", "2027-10-25"),
            ("November 21, 2027", "2027-11-21"),
            ("21/11/2027", "2027-11-21"),
            ("1.2.27", "2027-02-01"),
            ("21-Nov-2027", "2027-11-21"),
            ("5 sept 1999", "1999-09-05"),
            ("2027-11-21 00:00:00", "2027-11-21"),
            ("November 2027", "2027-11"),
            ("11/2027", "2027-11"),
            ("2027-11", "2027-11"),
            ("2027", "2027"),
            ("21 11 2027", "2027-11-21"),
            ("21.11.2027.", "2027-11-21"),
            ("2027 Nov", "2027-11"),
            ("20271121", "2027-11-21"),
            ("2027-11-21T00:00:00Z", "2027-11-21"),
            ("Weds 3rd March, 2027", "2027-03-03"),
            ("Nov '27", "2027-11"),
            ("Nov-27", "2027-11"),
            ("3ydd Mawrth 2027", "2027-03-03"),
            ("dydd Mawrth, 2 Mawrth 2027", "2027-03-02"),
            ("21ain Tach 2027", "2027-11-21"),
            ("Gorffennaf 2027", "2027-07"),
        ];
        for (written, meant) in cases {
            assert_eq!(date(written).as_deref(), Some(meant), "{written}");
        }
        for wrong in
            ["11/25/2027", "31/02/2027", "soon", "", "20277", "13/2027", "2027-00", "21 Novembre", "1/2", "mon"]
        {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_is_a_day_and_an_hour() {
        let cases = [
            ("2027-10-25T09:00", "2027-10-25T09:00"),
            ("2027-10-25 09:00:00", "2027-10-25T09:00"),
            ("25/10/2027 09:30", "2027-10-25T09:30"),
            ("25 October 2027 at 9am", "2027-10-25T09:00"),
            ("25 October 2027, 9.30 pm", "2027-10-25T21:30"),
            ("25 October 2027, 12 p.m.", "2027-10-25T12:00"),
            ("noon on 25 October 2027", "2027-10-25T12:00"),
            ("25 October 2027", "2027-10-25T00:00"),
            ("25 October 2027 (12 noon)", "2027-10-25T12:00"),
            ("25/10/27 0930hrs", "2027-10-25T09:30"),
            ("25 Hydref 2027, 17:45", "2027-10-25T17:45"),
            ("2027-10-25T08:00:00Z", "2027-10-25T08:00:00Z"),
        ];
        for (written, meant) in cases {
            assert_eq!(moment(written).as_deref(), Some(meant), "{written}");
        }
        for wrong in ["25 October 2027 at 9", "25 October 2027 25:00", "9am", "October 2027 9am", ""] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }
}
