//! The time zone of a calendar (RFC 5545, section 3.6.5): its changes of the clocks from before the first moment until
//! after the last, one by one. A rule for all years would say no more of these, and not every zone has one.

use super::lines::Lines;
use jiff::{
    Timestamp, Zoned,
    tz::{Offset, TimeZone, TimeZoneTransition},
};

/// The name of a zone that calendars can look up; none for universal time and for a mere offset.
fn name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name().filter(|name| !["UTC", "Etc/UTC"].contains(name))
}

/// What stands behind `DTSTART` for a moment: parameters, and the value.
pub(super) fn moment(moment: &Zoned, zone: &TimeZone) -> (String, String) {
    match name(zone) {
        Some(name) => {
            let local = moment.with_time_zone(zone.clone());
            (format!(";TZID={name}"), local.strftime("%Y%m%dT%H%M%S").to_string())
        }
        None => {
            let universal = moment.with_time_zone(TimeZone::UTC);
            (String::new(), universal.strftime("%Y%m%dT%H%M%SZ").to_string())
        }
    }
}

/// The zone, where one of these moments is told in it.
pub(super) fn write(lines: &mut Lines, zone: &TimeZone, moments: impl Iterator<Item = Timestamp> + Clone) {
    let (Some(name), Some(first), Some(last)) = (name(zone), moments.clone().min(), moments.max()) else { return };
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", name);
    let mut before: Vec<_> = zone.preceding(first).take(1).collect();
    let later = zone.following(first).take_while(|change| change.timestamp() <= last);
    before.extend(later);
    if before.is_empty() {
        let offset = offset(zone.to_offset(first));
        observance(lines, "STANDARD", "19700101T000000", &offset, &offset, name);
    }
    for change in &before {
        at_change(lines, zone, change);
    }
    lines.put("END", "VTIMEZONE");
}

fn at_change(lines: &mut Lines, zone: &TimeZone, change: &TimeZoneTransition<'_>) {
    let at = change.timestamp();
    let from = at.checked_sub(jiff::Span::new().seconds(1)).map_or(change.offset(), |before| zone.to_offset(before));
    let kind = if change.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" };
    // The change is told in the time that was until then.
    let local = from.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string();
    observance(lines, kind, &local, &offset(from), &offset(change.offset()), change.abbreviation());
}

fn observance(lines: &mut Lines, kind: &str, start: &str, from: &str, to: &str, name: &str) {
    lines.put("BEGIN", kind);
    lines.put("DTSTART", start);
    lines.put("TZOFFSETFROM", from);
    lines.put("TZOFFSETTO", to);
    lines.text("TZNAME", name);
    lines.put("END", kind);
}

/// `+0100`; with seconds where there are some.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, all) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let rest = if all % 60 == 0 { String::new() } else { format!("{:02}", all % 60) };
    format!("{sign}{:02}{:02}{rest}", all / 3600, all / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: &TimeZone, moments: &[&str]) -> String {
        let mut lines = Lines::default();
        let moments: Vec<Timestamp> = moments.iter().map(|moment| moment.parse().unwrap()).collect();
        write(&mut lines, zone, moments.into_iter());
        String::from_utf8(lines.bytes()).unwrap()
    }

    #[test]
    fn a_zone_has_the_changes_around_its_moments() {
        let london = TimeZone::get("Europe/London").unwrap();
        let text = written(&london, &["2027-10-25T08:00Z", "2027-11-01T09:00Z"]);
        let summer =
            "BEGIN:DAYLIGHT\r\nDTSTART:20270328T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\n";
        let winter =
            "BEGIN:STANDARD\r\nDTSTART:20271031T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\n";
        assert!(text.contains(summer) && text.contains(winter), "{text}");
        assert_eq!(text.matches("BEGIN:").count(), 3);
    }

    #[test]
    fn a_moment_in_universal_time_needs_no_zone() {
        let at: Zoned = "2027-10-25T09:00+01:00[Europe/London]".parse().unwrap();
        assert_eq!(written(&TimeZone::UTC, &["2027-10-25T08:00Z"]), "");
        assert_eq!(moment(&at, &TimeZone::UTC), (String::new(), "20271025T080000Z".to_owned()));
        let fixed = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(moment(&at, &fixed).1, "20271025T080000Z");
        assert_eq!(offset(jiff::tz::Offset::from_seconds(-75).unwrap()), "-000115");
    }
}
