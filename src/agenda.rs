//! What the dates of the library ask of its editors, by the one clock: pages that will appear, reviews, consents that
//! end, campaigns that begin.
//!
//! It looks at every entry, those that readers may not see yet too: it is for people who have the files.

use crate::{
    config::Config,
    model::{Entry, FieldPath, Fields, PageReference, Registers, Span, State, Step, Value, visit},
    yaml,
};
use jiff::{ToSpan, Zoned, civil::Date};
use std::{collections::HashMap, sync::Arc};

/// Something that happens to a page on a day, or that somebody has to do to it by then.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// What it is.
    pub what: What,
    /// The day, in the library's time zone.
    pub day: Date,
    /// The very moment, where the time of day is known.
    pub moment: Option<Zoned>,
    /// How many days from today; below nothing for a day that has passed.
    pub days: i32,
    /// The title of the page.
    pub title: String,
    /// The file of the page, from the root of the library.
    pub path: String,
    /// The address of the page in the site.
    pub url: String,
    /// The field that gives the date: `review_by`, `assets-2-consent_until`.
    pub field: String,
    /// Where the file gives the date.
    pub span: Span,
    /// Who keeps the page; nobody where it names none.
    pub owner: Option<String>,
}

/// What happens, or has to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A date or a file beside it may not be used any more: the words for the date, and the file.
    Expires(String, Option<String>),
    /// The page was to appear, and is a draft still.
    Draft,
    /// An embargo ends, and the page appears.
    EmbargoEnds,
    /// The day of publication comes, and the page appears.
    Published,
    /// Somebody should check that the page is still true.
    Review,
    /// What the page is about begins. False where its dates are a guess.
    Begins(bool),
}

impl What {
    /// Its name for programs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Expires(..) => "expires",
            Self::Draft => "draft",
            Self::EmbargoEnds => "embargo-ends",
            Self::Published => "published",
            Self::Review => "review",
            Self::Begins(_) => "begins",
        }
    }

    /// The same for people.
    pub fn words(&self) -> String {
        let words = match self {
            Self::Expires(label, Some(file)) => return format!("{label}: {file}"),
            Self::Expires(label, None) => label,
            Self::Draft => "to be published, and still a draft",
            Self::EmbargoEnds => "the embargo ends",
            Self::Published => "will be published",
            Self::Review => "due for review",
            Self::Begins(true) => "begins",
            Self::Begins(false) => "begins, if the dates hold",
        };
        words.to_owned()
    }

    /// False for what may come on another day.
    pub fn is_certain(&self) -> bool {
        *self != Self::Begins(false)
    }
}

impl Due {
    /// Who must act, for people.
    pub fn owner(&self) -> &str {
        self.owner.as_deref().unwrap_or("nobody is named")
    }

    /// True for what should have been done by now. What only happens, with nobody's doing, is never overdue.
    pub fn is_overdue(&self) -> bool {
        match self.what {
            // The page was to be there this morning.
            What::Draft => self.days <= 0,
            _ => self.days < 0,
        }
    }
}

/// The last day that an agenda of so many days from now tells of.
pub fn last_day(config: &Config, days: u16) -> Date {
    config.now.date().saturating_add(i32::from(days).days())
}

/// What is overdue, then what comes up within so many days; each by day, then by file.
pub fn agenda<'a>(entries: &'a [Arc<Entry>], registers: &'a Registers, config: &'a Config, days: u16) -> Vec<Due> {
    let (main, twins): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().map(|entry| &**entry).partition(|entry| entry.language == config.language);
    let names = |entry: &&'a Entry| [(entry.id.as_str(), entry.title.as_str()), (entry.path(), entry.title.as_str())];
    // The later of two titles stands.
    let titles = twins.iter().chain(&main).flat_map(names).collect();
    let books = Books { titles, registers, config };
    let last = last_day(config, days);
    let mut dues: Vec<Due> = entries.iter().flat_map(|entry| books.of(entry)).filter(|due| due.day <= last).collect();
    let key = |due: &Due| (!due.is_overdue(), due.day, due.moment.clone(), due.path.clone(), due.what.clone());
    dues.sort_by_cached_key(key);
    dues
}

/// What entries are looked up in.
struct Books<'a> {
    /// The titles of entries, by id and by file.
    titles: HashMap<&'a str, &'a str>,
    registers: &'a Registers,
    config: &'a Config,
}

impl Books<'_> {
    fn of(&self, entry: &Entry) -> Vec<Due> {
        let today = self.config.now.date();
        let is_kept = matches!(entry.state, State::Withdrawn | State::Archived);
        let mut dues: Vec<Due> = self.appearance(entry).into_iter().collect();
        if let Some(day) = entry.review_by.filter(|_| !is_kept && entry.state != State::Draft) {
            dues.push(self.due(entry, What::Review, day, &key("review_by")));
        }
        if let Some(day) = entry.day("start").filter(|day| !is_kept && *day >= today) {
            let is_certain = entry.says("confirmed") != Some(false);
            dues.push(self.due(entry, What::Begins(is_certain), day, &key("start")));
        }
        // A page that is kept for the record shows its pictures still.
        visit(&entry.kind.fields, &entry.fields, &mut |met, path| {
            if let (true, Value::Date(date)) = (met.field.expires, met.value) {
                let label = met.field.label.get(&self.config.language).to_owned();
                let what = What::Expires(label, file_beside(met.beside));
                dues.push(self.due(entry, what, date.last(), path));
            }
        });
        dues
    }

    /// When the page appears: once both its day of publication and its embargo have come.
    fn appearance(&self, entry: &Entry) -> Option<Due> {
        let zone = self.config.now.time_zone();
        let published = entry.published.and_then(|day| Some((day, day.to_zoned(zone.clone()).ok()?)));
        let embargo = entry.embargo().map(|until| until.with_time_zone(zone.clone()));
        let is_draft = entry.state == State::Draft;
        let by_embargo = embargo.filter(|until| published.as_ref().is_none_or(|(_, day)| until > day));
        let (what, day, moment, field) = match (by_embargo, published) {
            (Some(until), _) => (What::EmbargoEnds, until.date(), Some(until), "embargo"),
            (None, Some((day, _))) => (What::Published, day, None, "published"),
            (None, None) => return None,
        };
        if !is_draft && entry.state != State::Embargoed {
            return None;
        }
        let what = if is_draft { What::Draft } else { what };
        Some(Due { moment, ..self.due(entry, what, day, &key(field)) })
    }

    fn due(&self, entry: &Entry, what: What, day: Date, path: &FieldPath) -> Due {
        let front = entry.front_span.unwrap_or_default();
        Due {
            what,
            day,
            moment: None,
            days: self.config.now.date().until(day).map_or(0, |span| span.get_days()),
            title: entry.title.clone(),
            path: entry.path().to_owned(),
            url: entry.url.clone(),
            field: path.iter().map(step).collect::<Vec<_>>().join("-"),
            span: yaml::locate(front.of(&entry.source.text), path).value.shifted(front.start),
            owner: self.owner(entry),
        }
    }

    /// The name of whoever keeps the page.
    fn owner(&self, entry: &Entry) -> Option<String> {
        let title = |name: &str| self.titles.get(name).map(|title| (*title).to_owned());
        match entry.fields.get("owner")? {
            Value::Page(PageReference::Slug { folder, slug }) => {
                Some(title(&format!("{folder}/{slug}")).unwrap_or_else(|| slug.clone()))
            }
            Value::Page(PageReference::Source(path)) => Some(title(path).unwrap_or_else(|| path.clone())),
            Value::Term(register, index) => {
                let term = self.registers.get(register)?.terms.get(*index)?;
                Some(term.labels.get(&entry.language).to_owned())
            }
            Value::Text(name) => Some(name.clone()),
            _ => None,
        }
    }
}

fn step(step: &Step) -> String {
    match step {
        Step::Key(name) => name.clone(),
        Step::Item(index) => (index + 1).to_string(),
    }
}

fn key(name: &str) -> FieldPath {
    vec![Step::Key(name.to_owned())]
}

/// The name of a file that stands among these fields.
fn file_beside(fields: &Fields) -> Option<String> {
    fields.values().find_map(|value| match value {
        Value::File(file) => file.rsplit('/').next().map(str::to_owned),
        _ => None,
    })
}
