//! Dates in words, by the messages of a language.

use super::{context::Record, i18n::Messages};
use crate::model::PartialDate;
use jiff::{Zoned, civil::Date, tz::TimeZone};
use rustc_hash::FxHashMap;
use std::{
    borrow::Cow,
    sync::{PoisonError, RwLock},
};
use tera::Value;

/// `{iso, text, year}` of a date or of the part of one that is known. Pages of one day share it.
pub(super) fn date(date: PartialDate, messages: &Messages) -> Value {
    messages.days().get(date, || told(date, messages))
}

fn told(date: PartialDate, messages: &Messages) -> Value {
    let year = Value::from(date.first.year());
    Record::new().set("iso", date.iso()).set("text", words(date, messages)).set("year", year).value()
}

/// The dates that were told so far in one language.
#[derive(Debug, Default)]
pub(super) struct Days(RwLock<FxHashMap<PartialDate, Value>>);

impl Days {
    fn get(&self, date: PartialDate, tell: impl FnOnce() -> Value) -> Value {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&date) {
            return known.clone();
        }
        let told = tell();
        self.0.write().unwrap_or_else(PoisonError::into_inner).entry(date).or_insert(told).clone()
    }
}

/// `{iso, text, year}` of a whole date.
pub(super) fn day(day: Date, messages: &Messages) -> Value {
    date(PartialDate::day(day), messages)
}

/// `{iso, text, year}` of a moment, in the library's time zone.
pub(super) fn moment(moment: &Zoned, zone: &TimeZone, messages: &Messages) -> Value {
    let local = moment.with_time_zone(zone.clone());
    let iso = local.strftime("%Y-%m-%dT%H:%M%:z").to_string();
    let text = moment_words(moment, zone, messages);
    Record::new().set("iso", iso).set("text", text).set("year", Value::from(local.year())).value()
}

/// A moment as people write it, in the library's time zone.
pub(super) fn moment_words(moment: &Zoned, zone: &TimeZone, messages: &Messages) -> String {
    let local = moment.with_time_zone(zone.clone());
    let date = words(PartialDate::day(local.date()), messages);
    let time = local.strftime("%H:%M").to_string();
    let arguments = [("date", Cow::from(date)), ("time", Cow::from(time))];
    let text = messages.fill("dates.moment", None, &arguments);
    text.unwrap_or_else(|| local.strftime("%Y-%m-%d %H:%M").to_string())
}

/// A range of days as people write it, the year said once: `25 October to 1 November 2027`.
pub(super) fn range(first: PartialDate, last: PartialDate, messages: &Messages) -> String {
    let is_one_year = first.first.year() == last.first.year() && (first.parts, last.parts) == (3, 3);
    let month = messages.list("dates.months").get(usize::from(first.first.month().unsigned_abs()).saturating_sub(1));
    let short = month.filter(|_| is_one_year).and_then(|month| {
        let arguments = [("day", Cow::from(first.first.day().to_string())), ("month", Cow::from(month.as_str()))];
        messages.fill("dates.day", None, &arguments)
    });
    let (from, to) = (short.unwrap_or_else(|| words(first, messages)), words(last, messages));
    let arguments = [("from", Cow::from(from.as_str())), ("to", Cow::from(to.as_str()))];
    messages.fill("value.range", None, &arguments).unwrap_or_else(|| format!("{from} – {to}"))
}

/// A date as people write it: `25 June 2012`, `June 2012` or `2012`. A theme without the words leaves it in figures.
pub(super) fn words(date: PartialDate, messages: &Messages) -> String {
    let key = match date.parts {
        1 => "dates.year",
        2 => "dates.month",
        _ => "dates.long",
    };
    let month_place = usize::from(date.first.month().unsigned_abs()).saturating_sub(1);
    let month = messages.list("dates.months").get(month_place);
    if month.is_none() && date.parts > 1 {
        return date.iso();
    }
    let arguments = [
        ("day", Cow::from(date.first.day().to_string())),
        ("month", Cow::from(month.map_or("", String::as_str))),
        ("year", Cow::from(date.first.year().to_string())),
    ];
    messages.fill(key, None, &arguments).unwrap_or_else(|| date.iso())
}

#[cfg(test)]
mod tests {
    use super::{super::i18n, *};
    use jiff::civil;

    const ENGLISH: &str = "
dates.months: [January, February, March, April, May, June, July, August, September, October, November, December]
dates.long: '{day} {month} {year}'
dates.month: '{month} {year}'
dates.moment: '{date}, {time}'
";

    fn text(value: &Value) -> (String, String) {
        let get = |key| value.as_map().unwrap().get(&tera::value::Key::Str(key)).unwrap().as_str().unwrap().to_owned();
        (get("iso"), get("text"))
    }

    #[test]
    fn a_date_says_no_more_than_is_known() {
        let english = i18n::messages("en", ENGLISH);
        let first = civil::date(2012, 6, 25);
        let said = |parts| text(&date(PartialDate { first, parts }, &english));
        assert_eq!(said(3), ("2012-06-25".into(), "25 June 2012".into()));
        assert_eq!(said(2), ("2012-06".into(), "June 2012".into()));
        assert_eq!(said(1), ("2012".into(), "2012".into()));
    }

    #[test]
    fn a_moment_is_told_in_the_time_of_the_library() {
        let english = i18n::messages("en", ENGLISH);
        let london = TimeZone::get("Europe/London").unwrap();
        let given: Zoned = "2027-10-17T23:01+00:00[UTC]".parse().unwrap();
        assert_eq!(
            text(&moment(&given, &london, &english)),
            ("2027-10-18T00:01+01:00".into(), "18 October 2027, 00:01".into())
        );
    }

    #[test]
    fn without_words_a_date_is_in_figures() {
        let silent = i18n::messages("en", "{}");
        assert_eq!(text(&day(civil::date(2012, 6, 25), &silent)).1, "2012-06-25");
    }
}
