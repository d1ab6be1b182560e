//! Dates for calendars: iCalendar (RFC 5545).
//!
//! Written by hand. The crate that writes iCalendar puts the system's clock and a random number into every part of a
//! time zone, which the standard forbids and which differ from build to build, and needs a second crate for time.

mod gather;
mod lines;
mod zone;

pub(in crate::outputs) use gather::has_days;
pub(super) use gather::of_entry;

use crate::{config::Config, model::Output, outputs::Made, render::Renderer};
use jiff::{Zoned, civil::Date, tz::TimeZone};
use lines::Lines;

/// The day that SEQUENCE counts from.
const EPOCH: Date = jiff::civil::date(2000, 1, 1);

/// How long a moment takes in a calendar: one without a length can hardly be seen there.
const MOMENT: &str = "PT15M";

/// The program, as PRODID names it.
const PROGRAM: &str = "-//Casebook//Casebook//EN";

/// Something that takes place.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::outputs) struct Event {
    /// What it is known by, whatever else changes.
    pub(in crate::outputs) uid: String,
    pub(in crate::outputs) when: When,
    /// What it is called.
    pub(in crate::outputs) summary: String,
    /// What else there is to say.
    pub(in crate::outputs) description: String,
    /// The whole address of its page.
    pub(in crate::outputs) url: String,
    pub(in crate::outputs) place: Option<String>,
    /// What kind of thing it is, in a word.
    pub(in crate::outputs) category: String,
    pub(in crate::outputs) language: String,
    /// The day of the last change to anything that it is made of.
    pub(in crate::outputs) changed: Option<Date>,
    /// False where nobody has confirmed it.
    pub(in crate::outputs) confirmed: bool,
}

/// When something takes place.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::outputs) enum When {
    /// From the first of these days to the last.
    Days(Date, Date),
    /// At a moment.
    Moment(Zoned),
}

/// `week-2027/tasks-3@example.org`: what a calendar knows an event by, of an item of the page at `url`.
pub(in crate::outputs) fn uid(config: &Config, url: &str, item: &str) -> String {
    let base = config.base_url.as_str();
    let host = base.split("://").nth(1).unwrap_or(base).split(['/', ':']).next().unwrap_or_default();
    format!("{}{item}@{host}", url.trim_matches('/'))
}

/// A calendar of these events. Moments are told in the time of `zone`.
pub(in crate::outputs) fn calendar(name: &str, events: &[Event], zone: &TimeZone) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", PROGRAM);
    lines.put("CALSCALE", "GREGORIAN");
    // Programs that do not know RFC 7986 yet read the older name.
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    let moments = events.iter().filter_map(|event| match &event.when {
        When::Moment(moment) => Some(moment.timestamp()),
        When::Days(..) => None,
    });
    zone::write(&mut lines, zone, moments);
    for event in events {
        write(&mut lines, event, zone);
    }
    lines.put("END", "VCALENDAR");
    lines.bytes()
}

fn write(lines: &mut Lines, event: &Event, zone: &TimeZone) {
    let changed = event.changed.unwrap_or(EPOCH).max(EPOCH);
    let stamp = format!("{}T000000Z", day(changed));
    let language = &event.language;
    lines.put("BEGIN", "VEVENT");
    lines.text("UID", &event.uid);
    // Not the moment of the build: the same page gives the same calendar.
    lines.put("DTSTAMP", &stamp);
    lines.put("LAST-MODIFIED", &stamp);
    let sequence = EPOCH.until(changed).map_or(0, |days| days.get_days());
    lines.put("SEQUENCE", &sequence.to_string());
    match &event.when {
        When::Days(first, last) => {
            lines.put("DTSTART;VALUE=DATE", &day(*first));
            // The day on which it is over.
            lines.put("DTEND;VALUE=DATE", &day(last.tomorrow().unwrap_or(*last)));
        }
        When::Moment(moment) => {
            let (name, value) = zone::moment(moment, zone);
            lines.put(&format!("DTSTART{name}"), &value);
            lines.put("DURATION", MOMENT);
        }
    }
    lines.text(&format!("SUMMARY;LANGUAGE={language}"), &event.summary);
    if !event.description.is_empty() {
        lines.text(&format!("DESCRIPTION;LANGUAGE={language}"), &event.description);
    }
    if let Some(place) = &event.place {
        lines.text(&format!("LOCATION;LANGUAGE={language}"), place);
    }
    lines.text(&format!("CATEGORIES;LANGUAGE={language}"), &event.category);
    lines.put("URL", &event.url);
    lines.put("STATUS", if event.confirmed { "CONFIRMED" } else { "TENTATIVE" });
    // Nobody is busy for it.
    lines.put("TRANSP", "TRANSPARENT");
    lines.put("END", "VEVENT");
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// `/calendar.ics`: every entry that has days, to subscribe to.
pub(in crate::outputs) fn make(renderer: &Renderer<'_>) -> Made {
    let config = renderer.config();
    let calendar = calendar(&config.title, &gather::all(renderer), config.now.time_zone());
    (vec![Output::bytes("calendar.ics", calendar)], Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn event(uid: &str, when: When) -> Event {
        Event {
            uid: uid.into(),
            when,
            summary: "Week; one, two".into(),
            description: "Line\nof \\ ŵ".into(),
            url: "https://example.org/week/".into(),
            place: Some("Town Hall, Exampleton".into()),
            category: "Event".into(),
            language: "en".into(),
            changed: Some(date(2026, 11, 21)),
            confirmed: false,
        }
    }

    #[test]
    fn days_and_moments_are_told_as_the_standard_has_them() {
        let london = TimeZone::get("Europe/London").unwrap();
        let moment: Zoned = "2027-10-25T08:00+00:00[UTC]".parse().unwrap();
        let events = [
            event("a@example.org", When::Days(date(2027, 10, 25), date(2027, 10, 31))),
            event("b@example.org", When::Moment(moment)),
        ];
        let text = String::from_utf8(calendar("Good, practice", &events, &london)).unwrap();
        assert_eq!(text.replace("\r\n", "\n"), include_str!("ics/sample.ics"));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
    }
}
