"""Calendars, as icalendar reads them."""

import datetime
import unittest
from zoneinfo import ZoneInfo

import icalendar

from site_under_test import Library, of_each, of_ending

LONDON = ZoneInfo("Europe/London")


def events(data):
    return [event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]


class TheSitesCalendars(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.things = {name: path.read_bytes() for name, path in of_ending(".ics").items()}

    def test_there_are_some_and_one_of_all(self):
        self.assertGreater(len(self.things), 2)
        every = {str(event["UID"]) for event in events(self.things["calendar.ics"])}
        self.assertGreater(len(every), 1)

    @of_each
    def test_lines_are_folded_and_no_character_is_split(self, data):
        self.assertTrue(data.endswith(b"\r\n"))
        lines = data.split(b"\r\n")
        self.assertLessEqual(max(map(len, lines)), 75)
        self.assertFalse([line for line in lines if b"\n" in line or b"\r" in line])
        for line in lines:
            line.decode("utf-8")

    @of_each
    def test_they_can_be_read_and_say_all_that_the_standard_asks_for(self, data):
        calendar = icalendar.Calendar.from_ical(data)
        self.assertEqual((calendar["VERSION"], bool(calendar["PRODID"])), ("2.0", True))
        for part in calendar.walk():
            self.assertEqual(part.errors, [])
        for event in calendar.walk("VEVENT"):
            for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "URL"):
                self.assertIn(name, event)
            self.assertEqual(event["DTSTAMP"].dt.utcoffset(), datetime.timedelta(0))
            self.assertGreater(event.end, event.start)

    @of_each
    def test_every_event_is_known_by_a_name_of_its_own(self, data):
        names = [str(event["UID"]) for event in events(data)]
        self.assertEqual(len(set(names)), len(names))

    def test_an_occasion_has_the_same_name_everywhere(self):
        names = {}
        for data in self.things.values():
            for event in events(data):
                days = (event["DTSTART"].dt, str(event["SUMMARY"]))
                self.assertEqual(names.setdefault(str(event["UID"]), days), days)

    @of_each
    def test_a_time_of_day_is_that_of_a_zone_that_is_told(self, data):
        calendar = icalendar.Calendar.from_ical(data)
        told = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
        used = {event["DTSTART"].params.get("TZID") for event in calendar.walk("VEVENT")} - {None}
        self.assertEqual(told, used)


class TheCalendarOfAPack(unittest.TestCase):
    def test_it_has_the_week_its_tasks_and_its_posts(self):
        with Library() as library:
            found = {str(event["UID"]): event for event in events((library.build() / "week-2027.ics").read_bytes())}
        week = found["events/week@library.example"]
        self.assertEqual((week.start, week.end), (datetime.date(2027, 10, 25), datetime.date(2027, 11, 2)))
        self.assertEqual(str(week["STATUS"]), "TENTATIVE")
        task = found["packs/week-2027/checklist-2@library.example"]
        self.assertEqual(task.start, datetime.date(2027, 11, 29))
        self.assertEqual(str(task["SUMMARY"]), "Report to the board, and say when; in public")
        post = found["packs/week-2027/posts-2@library.example"]
        self.assertIn('First line\n\nSecond line, "quoted"; with a comma', str(post["DESCRIPTION"]))
        self.assertEqual(len(found), 6)

    def test_the_zone_has_the_change_of_the_clocks_between_two_posts(self):
        with Library() as library:
            data = (library.build() / "week-2027.ics").read_bytes()
        calendar = icalendar.Calendar.from_ical(data)
        zone = next(iter(calendar.walk("VTIMEZONE"))).to_tz()
        posts = [event["DTSTART"].dt for event in calendar.walk("VEVENT") if "posts" in event["UID"]]
        offsets = []
        for post in posts:
            local = post.replace(tzinfo=None)
            self.assertEqual(local.replace(tzinfo=zone).utcoffset(), local.replace(tzinfo=LONDON).utcoffset())
            offsets.append(local.replace(tzinfo=LONDON).utcoffset())
        self.assertEqual(len(set(offsets)), 2)

    def test_names_stay_and_a_change_is_told(self):
        with Library() as before, Library(published="2026-12-24") as after:
            old = events((before.build() / "week-2027.ics").read_bytes())
            again = (before.build("2027-03-01") / "week-2027.ics").read_bytes()
            self.assertEqual([event.to_ical() for event in events(again)], [event.to_ical() for event in old])
            new = events((after.build("2027-03-01") / "week-2027.ics").read_bytes())
        self.assertEqual([event["UID"] for event in old], [event["UID"] for event in new])
        for earlier, later in zip(old, new):
            if "packs/" in earlier["UID"]:
                self.assertEqual(later["SEQUENCE"] - earlier["SEQUENCE"], 33)
                self.assertGreater(later["LAST-MODIFIED"].dt, earlier["LAST-MODIFIED"].dt)

    def test_the_calendar_to_subscribe_to_has_the_week(self):
        with Library() as library:
            library.build()
            found = events(library.file("calendar.ics").read_bytes())
        self.assertEqual([str(event["UID"]) for event in found], ["events/week@library.example"])


if __name__ == "__main__":
    unittest.main()
