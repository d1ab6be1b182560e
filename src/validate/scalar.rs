//! Single values, by the type of their field.

use super::fields::Checker;
use crate::{
    diagnostic::Code,
    model::{ChoiceOption, DateTime, Field, FieldPath, FieldType, PageReference, PartialDate, Value},
    nearest::{nearest, slip},
};
use jiff::civil;
use serde_yaml::Value as Yaml;

/// The typed value of a plain one; `None` where it has a fault, which is reported.
pub(super) fn typed(checker: &mut Checker, field: &Field, value: &Yaml, text: &str, path: &FieldPath) -> Option<Value> {
    let text = text.trim();
    match &field.field_type {
        FieldType::Text { max_length } => {
            too_long(checker, text, *max_length, path);
            Some(Value::Text(text.to_owned()))
        }
        FieldType::Date { partial } => {
            let date = date(checker, text, *partial, path)?;
            if field.expires {
                expired(checker, field, &date, path);
            }
            Some(Value::Date(date))
        }
        FieldType::DateTime => moment(checker, text, path).map(Value::DateTime),
        FieldType::Number { min, max } => number(checker, field, value, text, (*min, *max), path),
        FieldType::YesNo => yes_no(checker, field, value, path),
        FieldType::Choice(options) => choice(checker, field, options, text, path),
        FieldType::Reference(target) => reference(checker, target, text, path),
        FieldType::Url => {
            let is_web =
                ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
            if !is_web || text.contains(char::is_whitespace) {
                let message = format!("“{text}” is not a web address");
                checker.report(Code::WrongType, path, message, "Copy the whole address, starting with https://.");
                return None;
            }
            Some(Value::Text(text.to_owned()))
        }
        FieldType::Email => {
            let sound = text.split_once('@').is_some_and(|(user, host)| {
                !user.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
            });
            if !sound {
                checker.report(
                    Code::WrongType,
                    path,
                    format!("“{text}” is not an e-mail address"),
                    "Write it as name@example.org.",
                );
                return None;
            }
            Some(Value::Text(text.to_owned()))
        }
        FieldType::Image | FieldType::File => file(checker, text, path),
        FieldType::Markdown | FieldType::Group(_) => None,
    }
}

fn too_long(checker: &mut Checker, text: &str, limit: Option<usize>, path: &FieldPath) {
    let length = text.chars().count();
    if let Some(limit) = limit.filter(|limit| length > *limit) {
        let message = format!("This text has {length} characters, and at most {limit} fit");
        checker.report(Code::TooLong, path, message, format!("Shorten it by {}.", length - limit));
    }
}

fn date(checker: &mut Checker, text: &str, partial: bool, path: &FieldPath) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = match parts.as_slice() {
        [year] => partial && digits(year, 4),
        [year, month] => partial && digits(year, 4) && digits(month, 2),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    };
    if !shaped {
        let message = format!("“{text}” is not a date as it should be written");
        let help = if partial {
            "Write year-month-day with hyphens and two figures each, such as 2027-10-05, or only 2027-10 or 2027."
        } else {
            "Write year-month-day with hyphens and two figures each, such as 2027-10-05."
        };
        let meant = meant_date(text);
        let help = meant.map_or(help.to_owned(), |(date, _)| format!("Write the year first, with hyphens: `{date}`."));
        let now = meant.filter(|(_, is_sure)| *is_sure).map(|(date, _)| date.to_string());
        checker.report_mended(Code::WrongType, path, message, help, now);
        return None;
    }
    let part = |index: usize| parts.get(index).map_or(Some(1), |part| part.parse().ok());
    let first = civil::Date::new(part(0)?, part(1)? as i8, part(2)? as i8);
    match first {
        Ok(first) => Some(PartialDate { first, parts: parts.len() as u8 }),
        Err(_) => {
            checker.report(
                Code::ImpossibleDate,
                path,
                format!("There is no such date as {text}"),
                "Look at the calendar: check the month and the day.",
            );
            None
        }
    }
}

/// Reports the last day of a consent that is past.
fn expired(checker: &mut Checker, field: &Field, date: &PartialDate, path: &FieldPath) {
    let today = checker.rules.config.now.date();
    if date.last() < today {
        let message = format!("“{}” is past: its last day was {}, and today is {today}", field.name, date.last());
        let help =
            "Take out what it is given for, here and wherever else it is shown, or ask again and write the new day.";
        checker.report(Code::ConsentEnded, path, message, help);
    }
}

/// The date that `25/10/2027`, `2027.10.5` or `25 October 2027` means, day first as it is written in Britain, and
/// whether it can mean no other: elsewhere `05/10/2027` is the tenth of May.
fn meant_date(text: &str) -> Option<(civil::Date, bool)> {
    for words in ["%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%B %d, %Y"] {
        if let Ok(date) = civil::Date::strptime(words, text) {
            return Some((date, true));
        }
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).map(str::trim).collect();
    let [first, middle, last] = parts.as_slice() else { return None };
    let figures = |part: &str| part.parse::<i16>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let date = |year: &str, month: &str, day: &str| {
        let year = figures(year).filter(|_| year.len() == 4)?;
        civil::Date::new(year, i8::try_from(figures(month)?).ok()?, i8::try_from(figures(day)?).ok()?).ok()
    };
    let year_first = date(first, middle, last).map(|date| (date, true));
    let is_sure = |date: &civil::Date| date.day() > 12 || i16::from(date.day()) == i16::from(date.month());
    year_first.or_else(|| date(last, middle, first).map(|date| (date, is_sure(&date))))
}

fn moment(checker: &mut Checker, written: &str, path: &FieldPath) -> Option<DateTime> {
    let zone = checker.rules.config.now.time_zone().clone();
    let text = written.replacen(' ', "T", 1);
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(DateTime { zoned: moment.to_zoned(zone) });
    }
    let day_first = text.split('T').next().unwrap_or_default();
    date(checker, day_first, false, path)?;
    match text.parse::<civil::DateTime>().and_then(|civil| civil.to_zoned(zone)) {
        Ok(zoned) => Some(DateTime { zoned }),
        Err(_) => {
            checker.report(
                Code::ImpossibleDate,
                path,
                format!("“{written}” has no time of day that a clock shows"),
                "Write the day, a T and the time, such as 2027-10-25T09:00.",
            );
            None
        }
    }
}

fn number(
    checker: &mut Checker,
    field: &Field,
    value: &Yaml,
    text: &str,
    (min, max): (Option<f64>, Option<f64>),
    path: &FieldPath,
) -> Option<Value> {
    let number = value.as_f64().filter(|number| number.is_finite());
    let Some(number) = number else {
        let quoted = value.is_string() && is_number(text);
        let now = if quoted { Some(text.to_owned()) } else { without_noughts(text).or_else(|| with_thousands(text)) };
        let (message, help) = if quoted {
            let message = format!("“{}” takes a number, and this is text in quotes", field.name);
            (message, format!("Take the quotation marks away: `{text}`."))
        } else if let Some(bare) = without_noughts(text) {
            (format!("“{text}” starts with a nought that is no part of the number"), format!("Write `{bare}`."))
        } else {
            let message = format!("“{}” takes a number, and “{text}” is none", field.name);
            (message, "Write figures only, without quotes, spaces or a unit.".to_owned())
        };
        checker.report_mended(Code::WrongType, path, message, help, now);
        return None;
    };
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let bound = |bound: Option<f64>| bound.map_or("any".to_owned(), |bound| bound.to_string());
        let message = format!("{text} is out of range: “{}” goes from {} to {}", field.name, bound(min), bound(max));
        checker.report(Code::OutOfRange, path, message, "Check the figure.");
        return None;
    }
    Some(Value::Number(number))
}

/// The number that `08` or `007.50` means.
fn without_noughts(text: &str) -> Option<String> {
    let (sign, figures) = text.strip_prefix('-').map_or(("", text), |figures| ("-", figures));
    let is_figures = figures.starts_with('0') && figures.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let bare = figures.trim_start_matches('0');
    let nought = if bare.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    let now = format!("{sign}{nought}{bare}");
    (is_figures && now != text && is_number(&now)).then_some(now)
}

/// True for what YAML takes for a number where it stands without quotes.
fn is_number(text: &str) -> bool {
    let value = serde_yaml::from_str::<Yaml>(text).ok().filter(Yaml::is_number);
    value.and_then(|value| value.as_f64()).is_some_and(f64::is_finite)
}

/// The figures of `12,500` or `1,234,567`: groups of three behind commas are thousands, as Britain writes them.
fn with_thousands(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()) && is_digits(first))?;
    let rest: Vec<&str> = groups.collect();
    let sound = !first.starts_with('0') && rest.iter().all(|group| group.len() == 3 && is_digits(group));
    (sound && !rest.is_empty()).then(|| format!("{first}{}", rest.concat()))
}

fn yes_no(checker: &mut Checker, field: &Field, value: &Yaml, path: &FieldPath) -> Option<Value> {
    let yes = match value {
        Yaml::Bool(yes) => Some(*yes),
        Yaml::String(text) => match text.trim().to_lowercase().as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        _ => None,
    };
    if yes.is_none() {
        let message = format!("“{}” is a yes or a no", field.name);
        let now = match value.as_str().unwrap_or_default().trim().to_lowercase().as_str() {
            "true" | "y" => Some("yes".to_owned()),
            "false" | "n" => Some("no".to_owned()),
            _ => None,
        };
        checker.report_mended(Code::WrongType, path, message, "Write `yes` or `no`, without quotes.", now);
    }
    yes.map(Value::YesNo)
}

fn choice(
    checker: &mut Checker,
    field: &Field,
    options: &[ChoiceOption],
    text: &str,
    path: &FieldPath,
) -> Option<Value> {
    if let Some(index) = options.iter().position(|option| option.id == text) {
        return Some(Value::Choice(index));
    }
    let slug = crate::markdown::slug(text);
    let by_name =
        |option: &ChoiceOption| option.id == slug || option.label.all().any(|label| label.eq_ignore_ascii_case(text));
    if let Some(index) = options.iter().position(by_name) {
        let id = options.get(index).map_or("", |option| option.id.as_str());
        variant(checker, text, id, path);
        return Some(Value::Choice(index));
    }
    let ids = options.iter().map(|option| option.id.as_str());
    let help = match nearest(text, ids.clone()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("Choose one of: {}.", ids.collect::<Vec<_>>().join(", ")),
    };
    let names = options
        .iter()
        .enumerate()
        .flat_map(|(index, option)| option.label.all().chain([option.id.as_str()]).map(move |name| (name, index)));
    let meant = slip(text, names).and_then(|index| options.get(index)).map(|option| option.id.clone());
    let message = format!("“{text}” is none of the choices for “{}”", field.name);
    checker.report_mended(Code::UnknownTerm, path, message, help, meant);
    None
}

fn reference(checker: &mut Checker, target: &str, text: &str, path: &FieldPath) -> Option<Value> {
    let rules = checker.rules;
    if let Some(register) = rules.registers.get(target) {
        if let Some(index) = register.by_id(text) {
            return Some(Value::Term(target.to_owned(), index));
        }
        if let Some(index) = register.by_name(text) {
            let id = register.terms.get(index).map_or("", |term| term.id.as_str());
            variant(checker, text, id, path);
            return Some(Value::Term(target.to_owned(), index));
        }
        let names = || {
            register.terms.iter().enumerate().flat_map(|(index, term)| {
                let synonyms = term.synonyms.iter().map(String::as_str);
                term.labels.all().chain([term.id.as_str()]).chain(synonyms).map(move |name| (name, index))
            })
        };
        let meant = slip(text, names()).and_then(|index| register.terms.get(index)).map(|term| term.id.clone());
        let near = nearest(text, names().map(|(name, _)| name))
            .and_then(|near| register.by_name(near))
            .and_then(|index| register.terms.get(index));
        let help = match near {
            Some(term) => format!("Did you mean `{}`?", term.id),
            None => format!("{} lists those that there are; a new one is added there first.", register.path),
        };
        let message = format!("“{text}” is not in the list of {target}");
        checker.report_mended(Code::UnknownTerm, path, message, help, meant);
        return None;
    }
    if rules.theme.kind_of_folder(target).is_some() {
        let slug = text.trim_end_matches(".md").to_owned();
        return Some(Value::Page(PageReference::Slug { folder: target.to_owned(), slug }));
    }
    if target == "page" {
        let source = crate::link_path::resolve(&checker.file.path, text);
        return match source {
            Some(source) => Some(Value::Page(PageReference::Source(source))),
            None => {
                checker.report(
                    Code::BrokenLink,
                    path,
                    format!("“{text}” leads out of the library"),
                    "Name a page below content/.",
                );
                None
            }
        };
    }
    let message = format!("This library has no list of {target}");
    checker.report(
        Code::MissingRegister,
        path,
        message,
        format!("Make the file content/_data/{target}.yaml with one entry for each, or delete this line."),
    );
    None
}

fn variant(checker: &mut Checker, text: &str, id: &str, path: &FieldPath) {
    let message = format!("“{text}” is written `{id}` in this library");
    checker.report_mended(Code::TermVariant, path, message, format!("Write `{id}`."), Some(id.to_owned()));
}

fn file(checker: &mut Checker, text: &str, path: &FieldPath) -> Option<Value> {
    if let Some(file) = crate::link_path::resolve(&checker.file.path, text) {
        return Some(Value::File(file));
    }
    let message = format!("“{text}” is not a file of the library");
    checker.report(Code::MissingAsset, path, message, "Put the file beside this page and write its name.");
    None
}
