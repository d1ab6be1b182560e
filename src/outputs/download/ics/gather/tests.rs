//! What an entry puts into a calendar.

use super::*;
use crate::model::Order;
use crate::{
    model::{DateTime, Library, PageReference, PartialDate, State},
    render::fixture::{Fixture, config, field, workshop},
};
use jiff::civil::date;
use std::sync::Arc;

fn group(pairs: &[(&str, Value)]) -> Value {
    Value::Group(pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A week, and what somebody does for it: a task ten days before, and a post.
fn library(change: impl Fn(&mut Entry)) -> Arc<Library> {
    let words = || field("text", FieldType::Text { max_length: None });
    let days =
        Field { days_from: Some("campaign".into()), ..field("due_days", FieldType::Number { min: None, max: None }) };
    let mut fixture = Fixture::new()
        .field(field("start", FieldType::Date { partial: false }))
        .field(field("end", FieldType::Date { partial: false }))
        .field(Field { schema: Some("eventStatus".into()), ..field("sure", FieldType::YesNo) })
        .field(field("campaign", FieldType::Reference("things".into())))
        .field(field("embargo", FieldType::DateTime))
        .field(Field { many: true, ..field("tasks", FieldType::Group(vec![words(), days])) })
        .field(Field {
            many: true,
            ..field("posts", FieldType::Group(vec![words(), field("when", FieldType::DateTime)]))
        });
    Arc::make_mut(&mut fixture.theme.kinds[0]).sort = Order::Start;
    let week = |entry: &mut Entry| {
        entry.title = "The week".into();
        entry.updated = Some(date(2027, 1, 2));
        entry.fields.insert("start".into(), Value::Date(PartialDate::day(date(2027, 10, 25))));
        entry.fields.insert("end".into(), Value::Date(PartialDate::day(date(2027, 10, 31))));
        change(entry);
    };
    let moment: jiff::Zoned = "2027-10-25T09:00+01:00[Europe/London]".parse().unwrap();
    let moment = Value::DateTime(DateTime { zoned: moment });
    let work = |entry: &mut Entry| {
        entry.title = "What to do".into();
        entry.published = Some(date(2026, 11, 21));
        let slug = PageReference::Slug { folder: "things".into(), slug: "week".into() };
        entry.fields.insert("campaign".into(), Value::Page(slug));
        entry.fields.insert("embargo".into(), moment.clone());
        let tasks = vec![
            group(&[("text", text("Ring them"))]),
            group(&[("text", text("Ask first")), ("due_days", Value::Number(-10.0))]),
        ];
        entry.fields.insert("tasks".into(), Value::Many(tasks));
        let posts = vec![group(&[("text", text(&"word, ".repeat(30))), ("when", moment.clone())])];
        entry.fields.insert("posts".into(), Value::Many(posts));
    };
    fixture.entry("content/things/work.md", "", work).entry("content/things/week.md", "", week).library()
}

fn events(library: Arc<Library>) -> Vec<Event> {
    of_entry(&workshop(library, config("")).renderer(), 0)
}

#[test]
fn an_entry_gives_its_occasion_its_tasks_and_its_posts() {
    let events = events(library(|_| {}));
    let uids: Vec<_> = events.iter().map(|event| event.uid.as_str()).collect();
    let expected = ["things/week@example.org", "things/work/tasks-2@example.org", "things/work/posts-1@example.org"];
    assert_eq!(uids, expected);
    assert_eq!(events[0].when, When::Days(date(2027, 10, 25), date(2027, 10, 31)));
    assert_eq!(events[0].url, "https://example.org/casebook/things/week/");
    assert_eq!(events[1].when, When::Days(date(2027, 10, 15), date(2027, 10, 15)));
    assert_eq!((events[1].summary.as_str(), events[1].category.as_str()), ("Ask first", "The tasks"));
    assert!(
        events[1].description.contains("The text: Ask first\n\nWhat to do\nhttps://example.org/casebook/things/work/")
    );
    assert!(events[2].summary.ends_with("word, word…") && events[2].summary.chars().count() <= LONGEST);
    // Both are newer than the work by the change to the week.
    assert!(events.iter().all(|event| event.changed == Some(date(2027, 1, 2)) && event.confirmed));
}

#[test]
fn what_is_counted_from_a_guess_is_one() {
    let events = events(library(|week| _ = week.fields.insert("sure".into(), Value::YesNo(false))));
    assert_eq!(events.iter().map(|event| event.confirmed).collect::<Vec<_>>(), [false; 3]);
}

#[test]
fn the_calendar_of_all_has_each_occasion_that_lists_name() {
    let count = |library: Arc<Library>| all(&workshop(library, config("")).renderer()).len();
    assert_eq!(count(library(|_| {})), 1);
    assert_eq!(count(library(|week| week.state = State::Withdrawn)), 0);
}
