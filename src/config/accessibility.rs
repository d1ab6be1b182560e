//! What the library says of its own accessibility: the settings that the statement on its site is made from.
//!
//! The statement is the model of Commission Implementing Decision (EU) 2018/1523, which the Public Sector Bodies
//! (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 ask for. It is published as it stands,
//! so a gap or an example that nobody has replaced is a fault here.

use super::{Faults, unfilled::unfilled};
use crate::{
    diagnostic::Code,
    model::{FieldPath, PartialDate, Step},
    nearest::nearest,
};
use jiff::civil::Date;
use serde::Deserialize;

/// What the statement says, complete.
#[derive(Clone, Debug)]
pub struct Accessibility {
    /// Who runs the site.
    pub organisation: String,
    /// What the statement is about; `None` for the whole site.
    pub scope: Option<String>,
    /// The nations whose law holds: they decide who enforces it.
    pub nations: Vec<String>,
    /// `fully`, `partially` or `not`.
    pub status: String,
    /// What is not accessible.
    pub issues: Vec<Issue>,
    /// Whom to tell of a problem.
    pub contact: Contact,
    /// Within how many working days an answer comes, where the library promises that.
    pub response_days: Option<u32>,
    /// The day on which the statement was written.
    pub prepared: Date,
    /// The day on which somebody last checked that it is true.
    pub reviewed: Date,
    /// The last test.
    pub tested: Tested,
}

/// Something that is not accessible, and why.
#[derive(Clone, Debug)]
pub struct Issue {
    /// What it is, for the people whom it hinders.
    pub text: String,
    /// The success criterion of WCAG 2.2 that it fails: `1.4.3`.
    pub criterion: Option<String>,
    /// `non-compliance`, `disproportionate-burden` or `not-in-scope`.
    pub kind: String,
    /// By when it will be mended.
    pub by: Option<PartialDate>,
}

/// Whom to tell of a problem: at least one of `page`, `url` and `email`.
#[derive(Clone, Debug)]
pub struct Contact {
    /// A page of the library, as the footer names one: `/contact.md`.
    pub page: Option<String>,
    /// A page elsewhere.
    pub url: Option<String>,
    /// The role that answers.
    pub role: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
}

/// The last test of the site.
#[derive(Clone, Debug)]
pub struct Tested {
    /// The day.
    pub on: Date,
    /// Who tested.
    pub by: String,
    /// What was tested, and how.
    pub how: String,
}

/// The key for who runs the site. It is the name of a kind as well, which the source does not spell.
const ORGANISATION: &str = stringify!(organisation);

const STATUSES: [&str; 3] = ["fully", "partially", "not"];
const KINDS: [&str; 3] = ["non-compliance", "disproportionate-burden", "not-in-scope"];
const NATIONS: [&str; 4] = ["england", "wales", "scotland", "northern-ireland"];

/// `accessibility` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Loose {
    organisation: Option<String>,
    scope: Option<String>,
    #[serde(default)]
    nations: Vec<String>,
    status: Option<String>,
    #[serde(default)]
    issues: Vec<LooseIssue>,
    contact: Option<LooseContact>,
    response_days: Option<u32>,
    prepared: Option<String>,
    reviewed: Option<String>,
    tested: Option<LooseTested>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseIssue {
    text: Option<String>,
    criterion: Option<String>,
    kind: Option<String>,
    by: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseContact {
    page: Option<String>,
    url: Option<String>,
    role: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseTested {
    on: Option<String>,
    by: Option<String>,
    how: Option<String>,
}

/// The settings, where nothing is wrong with them; every fault is reported. `today` is the day of the build: nobody
/// can have tested the site on a later one.
pub(super) fn resolve(loose: Loose, today: Date, faults: &mut Faults<'_>) -> Option<Accessibility> {
    let Loose { organisation, scope, nations, status, issues, contact, response_days, prepared, reviewed, tested } =
        loose;
    let mut reader = Reader { faults, today, path: vec![key("accessibility")] };
    let organisation = reader.name(ORGANISATION, organisation);
    let scope = scope.and_then(|scope| reader.name("scope", Some(scope)));
    if nations.is_empty() {
        let help = format!("Name those whose law holds, as in `nations: [england]`: {}.", NATIONS.join(", "));
        reader.missing("nations", &help);
    }
    let nations =
        reader.each("nations", nations, |reader, nation| reader.one_of(&NATIONS, nation)).into_iter().flatten();
    let nations = nations.collect();
    let status = reader.choice("status", &STATUSES, status);
    let issues: Vec<Option<Issue>> = reader.each("issues", issues, Reader::issue);
    if let Some(status) = &status {
        reader.agreement(status, &issues);
    }
    let contact = reader.contact(contact);
    if response_days == Some(0) {
        let message = "Nobody answers within 0 days".to_owned();
        let help = "Say within how many working days you answer, such as 10, or take the line out.";
        reader.report("response_days", Code::InvalidSettings, message, help);
    }
    let prepared = reader.past("prepared", prepared);
    let reviewed = reader.past("reviewed", reviewed);
    if prepared.zip(reviewed).is_some_and(|(prepared, reviewed)| reviewed < prepared) {
        let message = "The statement can't be reviewed before it is prepared".to_owned();
        reader.report("reviewed", Code::InvalidSettings, message, "Check both dates.");
    }
    let tested = reader.tested(tested);
    Some(Accessibility {
        organisation: organisation?,
        scope,
        nations,
        status: status?,
        issues: issues.into_iter().collect::<Option<_>>()?,
        contact: contact?,
        response_days,
        prepared: prepared?,
        reviewed: reviewed?,
        tested: tested?,
    })
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

/// Reads one mapping of the settings, and reports what is wrong in it.
struct Reader<'r, 'a> {
    faults: &'r mut Faults<'a>,
    today: Date,
    /// The way to the mapping.
    path: FieldPath,
}

impl Reader<'_, '_> {
    /// Does `work` one step further down.
    fn within<T>(&mut self, step: Step, work: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let done = work(self);
        self.path.pop();
        done
    }

    /// Does `work` for each item of a list.
    fn each<T, U>(&mut self, name: &str, items: Vec<T>, mut work: impl FnMut(&mut Self, T) -> U) -> Vec<U> {
        let step = |(index, item)| (Step::Item(index), item);
        self.within(key(name), |reader| {
            let items = items.into_iter().enumerate().map(step);
            items.map(|(step, item)| reader.within(step, |reader| work(reader, item))).collect()
        })
    }

    fn report(&mut self, name: &str, code: Code, message: String, help: &str) {
        self.within(key(name), |reader| reader.report_here(code, message, help));
    }

    fn report_here(&mut self, code: Code, message: String, help: &str) {
        self.faults.report_path(&self.path, code, message, help);
    }

    /// A key that is not there, or has nothing behind it: the place is that of the mapping.
    fn missing(&mut self, name: &str, help: &str) {
        let message = format!("The accessibility statement needs “{name}”, which is not filled in");
        self.report(name, Code::UnfilledPlaceholder, message, help);
    }

    /// A text of one's own words that has to be there.
    fn text(&mut self, name: &str, value: Option<String>) -> Option<String> {
        self.words(name, value, false)
    }

    /// A name, an address or a number, which can't be one out of an example.
    fn name(&mut self, name: &str, value: Option<String>) -> Option<String> {
        self.words(name, value, true)
    }

    fn words(&mut self, name: &str, value: Option<String>, is_name: bool) -> Option<String> {
        let text = value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let Some(text) = text else {
            self.missing(name, "Write what is true of your library, or take the whole of `accessibility` out.");
            return None;
        };
        if let Some(left) = unfilled(&text, is_name) {
            let message = format!("“{left}” still has to be replaced in the accessibility statement");
            let help = "Write what is true of your library, or take the whole of `accessibility` out.";
            self.report(name, Code::UnfilledPlaceholder, message, help);
            return None;
        }
        Some(text)
    }

    /// One of a few words.
    fn choice(&mut self, name: &str, words: &[&str], value: Option<String>) -> Option<String> {
        let value = self.text(name, value)?;
        self.within(key(name), |reader| reader.one_of(words, value))
    }

    fn one_of(&mut self, words: &[&str], value: String) -> Option<String> {
        if words.contains(&value.as_str()) {
            return Some(value);
        }
        let help = match nearest(&value, words.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("Choose one of: {}.", words.join(", ")),
        };
        self.report_here(Code::InvalidSettings, format!("“{value}” is none of the words that can stand here"), &help);
        None
    }

    fn date(&mut self, name: &str, value: Option<String>, partial: bool) -> Option<PartialDate> {
        let value = self.name(name, value)?;
        let date = PartialDate::parse(&value).filter(|date| partial || date.parts == 3);
        if date.is_none() {
            let help = "Write year-month-day with hyphens, such as 2026-11-21.";
            self.report(name, Code::InvalidSettings, format!("“{value}” is not a date"), help);
        }
        date
    }

    /// A day that is not to come.
    fn past(&mut self, name: &str, value: Option<String>) -> Option<Date> {
        let day = self.date(name, value, false)?.first;
        if day > self.today {
            let message = format!("{day} is still to come, and the statement says that it is past");
            self.report(name, Code::InvalidSettings, message, "Write the day on which it was done.");
            return None;
        }
        Some(day)
    }

    fn issue(&mut self, loose: LooseIssue) -> Option<Issue> {
        let LooseIssue { text, criterion, kind, by } = loose;
        let text = self.text("text", text);
        let kind = self.choice("kind", &KINDS, kind);
        if let Some(criterion) = criterion.as_ref().filter(|criterion| !is_criterion(criterion)) {
            let message = format!("“{criterion}” is not the number of a success criterion");
            let help = "Write the number that WCAG 2.2 gives it, such as 1.4.3.";
            self.report("criterion", Code::InvalidSettings, message, help);
        }
        let by = by.and_then(|by| self.date("by", Some(by), true));
        Some(Issue { text: text?, criterion, kind: kind?, by })
    }

    /// The law's three words each say whether there is anything to list.
    fn agreement(&mut self, status: &str, issues: &[Option<Issue>]) {
        if status == "fully" && !issues.is_empty() {
            let message = "A site with something that is not accessible is not fully compliant".to_owned();
            self.report("status", Code::InvalidSettings, message, "Write `partially`, or take `issues` out.");
        } else if status != "fully" && issues.is_empty() {
            let message = "The law asks what is not accessible, and “issues” names nothing".to_owned();
            let help = "List under `issues` what you know, each with `text` and `kind`.";
            self.report("status", Code::InvalidSettings, message, help);
        }
    }

    fn contact(&mut self, loose: Option<LooseContact>) -> Option<Contact> {
        let Some(LooseContact { page, url, role, email, phone }) = loose else {
            self.missing("contact", "Name a page, an address or an e-mail address where people can report a problem.");
            return None;
        };
        if page.is_none() && url.is_none() && email.is_none() {
            let message = "The contact names no place where people can report a problem".to_owned();
            self.report("contact", Code::InvalidSettings, message, "Add `page`, `url` or `email`.");
            return None;
        }
        self.within(key("contact"), |reader| {
            let mut filled = |name: &str, value: Option<String>| match value {
                Some(value) => reader.name(name, Some(value)).map(Some),
                None => Some(None),
            };
            let (page, url, role) = (filled("page", page), filled("url", url), filled("role", role));
            let (email, phone) = (filled("email", email), filled("phone", phone));
            if url.iter().flatten().any(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
                let message = "This is not a web address".to_owned();
                reader.report("url", Code::InvalidSettings, message, "Copy the whole address, starting with https://.");
            }
            if email.iter().flatten().any(|email| !email.contains('@')) {
                let message = "This is not an e-mail address".to_owned();
                reader.report("email", Code::InvalidSettings, message, "Write it as name@council.gov.uk.");
            }
            Some(Contact { page: page?, url: url?, role: role?, email: email?, phone: phone? })
        })
    }

    fn tested(&mut self, loose: Option<LooseTested>) -> Option<Tested> {
        let Some(LooseTested { on, by, how }) = loose else {
            self.missing("tested", "Say when the site was last tested (`on`), who tested it (`by`) and `how`.");
            return None;
        };
        self.within(key("tested"), |reader| {
            let (on, by, how) = (reader.past("on", on), reader.name("by", by), reader.text("how", how));
            Some(Tested { on: on?, by: by?, how: how? })
        })
    }
}

/// True for the number of a success criterion: principle, guideline, criterion.
fn is_criterion(text: &str) -> bool {
    let parts: Vec<Option<u8>> = text.split('.').map(|part| part.parse().ok()).collect();
    matches!(parts.as_slice(), [Some(1..=4), Some(1..=5), Some(1..=15)])
}
