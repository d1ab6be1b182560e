//! What the dates of the library ask of its editors, for their calendars.

use super::download::{Event, When, calendar_of, uid};
use crate::{agenda::Due, config::Config};

/// The agenda as iCalendar. What is due once stays one event, however often it is made: its words are those of the
/// last time.
pub fn agenda(dues: &[Due], config: &Config) -> Vec<u8> {
    let event = |due: &Due| Event {
        uid: uid(config, &due.url, &format!("/due-{}", due.field)),
        when: due.moment.clone().map_or(When::Days(due.day, due.day), When::Moment),
        summary: format!("{}: {}", due.title, due.what.words()),
        description: format!("To act: {}\n{}", due.owner(), due.path),
        url: config.absolute(&due.url),
        place: None,
        category: due.what.name().to_owned(),
        language: "en".to_owned(),
        changed: Some(config.now.date()),
        confirmed: due.what.is_certain(),
    };
    let events: Vec<Event> = dues.iter().map(event).collect();
    calendar_of(&format!("{}: what is due", config.title), &events, config.now.time_zone())
}
