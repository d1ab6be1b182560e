//! Holds a YAML mapping against fields: front matter, a group in it, or the body of a component.

use super::{Rules, alt, scalar};
use crate::{
    diagnostic::{Code, Diagnostic, Fix},
    markdown,
    model::{Field, FieldPath, FieldType, Fields, PageText, Place, SourceFile, Span, Step, TextLimit, Value},
    nearest::{nearest, slip},
    portable::is_control,
    yaml,
};
use serde_yaml::{Mapping, Value as Yaml};

/// A piece of YAML in a file, with what was found wrong in it so far.
pub(super) struct Checker<'a> {
    pub rules: Rules<'a>,
    /// The file.
    pub file: &'a SourceFile,
    /// The YAML text.
    pub yaml: &'a str,
    /// Where a span of the YAML stands in the file.
    pub place: &'a dyn Fn(Span) -> Span,
    /// Where a fault of the whole is reported, such as a missing field.
    pub whole: Span,
    pub diagnostics: Vec<Diagnostic>,
    /// Markdown fields, in the order met.
    pub texts: Vec<PageText>,
}

impl Checker<'_> {
    /// The fields of `mapping`, typed. Faulty ones are left out.
    pub fn fields(&mut self, mapping: &Mapping, fields: &[Field], path: &FieldPath) -> Fields {
        self.unknown_keys(mapping, fields, path);
        let mut typed = Fields::new();
        // Few keys, looked up for many fields: to compare them all is quicker than to hash a name.
        let given: Vec<(&str, &Yaml)> = mapping.iter().filter_map(named).collect();
        for field in fields {
            let written = given.iter().find(|(name, _)| *name == field.name).map(|(_, value)| *value);
            match written.filter(|value| !is_blank(value)) {
                Some(value) => {
                    let path = down(path, Step::Key(field.name.clone()));
                    if let Some(value) = self.value(field, value, &path) {
                        typed.insert(field.name.clone(), value);
                    }
                }
                // The unknown key that was meant for it is a fault already.
                None if field.required && !self.is_misspelt(field, mapping, fields) => {
                    self.missing(field, mapping, path)
                }
                None if written.is_some_and(Yaml::is_null) => self.lost_to_comment(field, path),
                None => {}
            }
        }
        self.order_of_dates(fields, &mut typed, path);
        alt::check(self, fields, &typed, path);
        self.lengths_by_option(fields, &typed, path);
        typed
    }

    /// A value of a field: a list where the field takes many, else one.
    fn value(&mut self, field: &Field, value: &Yaml, path: &FieldPath) -> Option<Value> {
        match (value, field.many) {
            (Yaml::Sequence(items), true) => {
                let typed = items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| !is_blank(item))
                    .filter_map(|(index, item)| self.one(field, item, &down(path, Step::Item(index))));
                Some(Value::Many(typed.collect()))
            }
            (Yaml::String(text), true) if is_comma_list(field, text) => {
                let items: Vec<&str> = text.split(',').map(str::trim).collect();
                let message = format!("“{}” takes a list, and this is one piece of text", field.name);
                let list = format!("[{}]", items.join(", "));
                let help = format!("Put it in square brackets: `{list}`.");
                let plain = |c: char| c.is_alphanumeric() || "-_ ,./".contains(c);
                let now = (text.chars().all(plain) && items.iter().all(|item| item.starts_with(char::is_alphanumeric)))
                    .then_some(list);
                self.report_mended(Code::WrongType, path, message, help, now);
                None
            }
            (one, true) => Some(Value::Many(vec![self.one(field, one, path)?])),
            (Yaml::Sequence(_), false) => {
                let message = format!("“{}” takes one value, and this is a list", field.name);
                let help = "Write the value behind the colon, without `- ` or brackets.";
                let now = self.only_item(path);
                self.report_mended(Code::WrongType, path, message, help, now);
                None
            }
            (one, false) => self.one(field, one, path),
        }
    }

    fn one(&mut self, field: &Field, value: &Yaml, path: &FieldPath) -> Option<Value> {
        match (&field.field_type, value) {
            (FieldType::Group(fields), Yaml::Mapping(mapping)) => {
                let typed = self.fields(mapping, fields, path);
                // A group is shown as a whole: one that lacks what it must have would only show its gaps.
                let complete = fields.iter().all(|field| !field.required || typed.contains_key(&field.name));
                complete.then_some(Value::Group(typed))
            }
            (FieldType::Group(fields), _) => {
                let names: Vec<_> = fields.iter().map(|field| format!("`{}:`", field.name)).collect();
                let message = format!("“{}” has fields of its own, and this is a single value", field.name);
                self.report(
                    Code::WrongType,
                    path,
                    message,
                    format!("Write its fields on lines below it: {}.", names.join(", ")),
                );
                None
            }
            (FieldType::Markdown, _) => {
                let text = self.text(field, value, path)?;
                self.texts.push(markdown::outline(&text, Place::Field(path.clone()), Some(text.clone())));
                Some(Value::Markdown(self.texts.len() - 1))
            }
            _ => {
                let text = self.text(field, value, path)?;
                scalar::typed(self, field, value, &text, path)
            }
        }
    }

    /// A plain value as it is written: numbers keep their digits, `07` and `1.50` too.
    fn text(&mut self, field: &Field, value: &Yaml, path: &FieldPath) -> Option<String> {
        match value {
            Yaml::String(text) => {
                let unseen = text.chars().find(|c| is_control(*c) || *c == '\r');
                unseen.map_or(Some(text.clone()), |unseen| self.unseen(field, unseen, path))
            }
            Yaml::Number(_) | Yaml::Bool(_) => Some(yaml::locate(self.yaml, path).value.of(self.yaml).to_owned()),
            _ => {
                let takes =
                    if field.many { "takes plain values, and this is" } else { "takes a single value, and this is" };
                let message = format!("“{}” {takes} a list or a group of fields", field.name);
                self.report(
                    Code::WrongType,
                    path,
                    message,
                    "Write the value behind the colon. Put it in quotes if it has a colon in it.",
                );
                None
            }
        }
    }

    /// Reports a character that quotes can hide: `"\u0007"`.
    fn unseen(&mut self, field: &Field, unseen: char, path: &FieldPath) -> Option<String> {
        let message = format!("“{}” has a character that nobody sees, U+{:04X}", field.name, u32::from(unseen));
        self.report(Code::ControlCharacter, path, message, "Delete what stands for it, such as `\\u0007` or `\\r`.");
        None
    }

    fn unknown_keys(&mut self, mapping: &Mapping, fields: &[Field], path: &FieldPath) {
        let is_known =
            |key: &&Yaml| matches!(key, Yaml::String(name) if fields.iter().any(|field| field.name == *name));
        for key in mapping.keys().filter(|key| !is_known(key)) {
            let name = match key {
                Yaml::String(name) => name.clone(),
                other => serde_yaml::to_string(other).unwrap_or_default().trim().to_owned(),
            };
            if fields.iter().any(|field| field.name == name) {
                continue;
            }
            let near = nearest(&name, fields.iter().map(|field| field.name.as_str()));
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => {
                    let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
                    format!("Delete the line, or use one of these fields: {}.", names.join(", "))
                }
            };
            let meant = slip(&name, fields.iter().map(|field| (field.name.as_str(), field.name.as_str())));
            let is_free = |meant: &&str| {
                let same = |key: &&Yaml| key.as_str().and_then(|key| slip(key, [(*meant, ())])).is_some();
                !mapping.contains_key(*meant) && mapping.keys().filter(same).count() == 1
            };
            let span = self.span(yaml::locate(self.yaml, &down(path, Step::Key(name.clone()))).key);
            let fix = meant.filter(is_free).and_then(|meant| Fix::replacing(self.file, span, &name, meant));
            self.diagnostics.push(
                Diagnostic::new(Code::UnknownField, format!("There is no field called “{name}” here"))
                    .at(&self.file.path, span)
                    .help(help)
                    .mended(fix),
            );
        }
    }

    /// True where an unknown key was meant to be this field.
    fn is_misspelt(&self, field: &Field, mapping: &Mapping, fields: &[Field]) -> bool {
        let unknown =
            mapping.keys().filter_map(Yaml::as_str).filter(|key| fields.iter().all(|field| field.name != *key));
        let names = || fields.iter().map(|field| field.name.as_str());
        !mapping.contains_key(field.name.as_str()) && { unknown }
            .any(|key| nearest(key, names()) == Some(field.name.as_str()))
    }

    /// Reports a value such as `#CareLeaversWeek`, which YAML takes for a comment.
    fn lost_to_comment(&mut self, field: &Field, path: &FieldPath) {
        let key = yaml::locate(self.yaml, &down(path, Step::Key(field.name.clone()))).key;
        let line = Span::lines(self.yaml, key.end).next().unwrap_or(key);
        let Some(at) = line.of(self.yaml).find('#') else { return };
        let comment = Span::new(line.start + at, line.end);
        let words = comment.of(self.yaml).trim_end().to_owned();
        let span = self.span(Span::new(comment.start, comment.start + words.len()));
        let message = format!("What stands behind a # is not read, so “{}” is empty", field.name);
        let fault = Diagnostic::new(Code::WrongType, message).at(&self.file.path, span);
        // Behind a space stand the words of a note.
        let is_hashtag = words.chars().nth(1).is_some_and(char::is_alphanumeric) && !words.contains(['"', '\\']);
        let now = is_hashtag.then(|| format!("\"{words}\""));
        let fix = now.and_then(|now| Fix::replacing(self.file, span, &words, &now));
        let help = format!("Put the value in quotes: `{}: \"{words}\"`.", field.name);
        self.diagnostics.push(fault.help(help).mended(fix));
    }

    fn missing(&mut self, field: &Field, mapping: &Mapping, path: &FieldPath) {
        let language = &self.rules.config.language;
        let (label, advice) = (field.label.get(language), field.help.get(language));
        let name = &field.name;
        let help =
            |instruction: String| if advice.is_empty() { instruction } else { format!("{instruction} {advice}") };
        let diagnostic = if mapping.contains_key(name.as_str()) {
            let path = down(path, Step::Key(name.clone()));
            let span = self.span(yaml::locate(self.yaml, &path).key);
            Diagnostic::new(Code::MissingField, format!("The field “{name}” ({label}) is empty"))
                .at(&self.file.path, span)
                .help(help(format!("Write its value behind `{name}:`.")))
        } else {
            let group = || self.span(yaml::locate(self.yaml, path).value.first_line(self.yaml));
            let span = if path.is_empty() { self.whole } else { group() };
            Diagnostic::new(Code::MissingField, format!("The field “{name}” ({label}) is missing"))
                .at(&self.file.path, span)
                .help(help(format!("Add a line that starts with `{name}:`.")))
        };
        self.diagnostics.push(diagnostic);
    }

    /// Text beside a choice whose option has a limit: a post and its channel.
    fn lengths_by_option(&mut self, fields: &[Field], typed: &Fields, path: &FieldPath) {
        let Some(TextLimit { option, most, length }) = TextLimit::of(fields, typed) else { return };
        if length > most {
            let label = option.label.get(&self.rules.config.language);
            let counted = match option.url_length.filter(|_| typed_text(typed).contains("://")) {
                Some(each) => format!(", a web address counted as {each}"),
                None => String::new(),
            };
            let message = format!("This text has {length} characters{counted}, and {label} takes at most {most}");
            let path = down(path, Step::Key("text".into()));
            self.report(Code::TooLong, &path, message, format!("Shorten it by {}.", length - most));
        }
    }

    /// A date that comes before the one that it has to follow. Nobody can tell which of the two is wrong, so the
    /// later one is left out: without it the page still says when the thing starts.
    fn order_of_dates(&mut self, fields: &[Field], typed: &mut Fields, path: &FieldPath) {
        for field in fields {
            let Some(earlier) = &field.after else { continue };
            let (Some(first), Some(last)) = (typed.get(earlier), typed.get(&field.name)) else { continue };
            if !last.is_before(first) {
                continue;
            }
            let own = down(path, Step::Key(field.name.clone()));
            let before = yaml::locate(self.yaml, &down(path, Step::Key(earlier.clone()))).value.of(self.yaml);
            let message = format!("“{}” comes before “{earlier}”, which is {before}", field.name);
            self.report(Code::DatesOutOfOrder, &own, message, "Check the day, the month and the year of both.");
            typed.remove(&field.name);
        }
    }

    /// Reports a fault at the value at `path`.
    pub fn report(&mut self, code: Code, path: &FieldPath, message: impl Into<String>, help: impl Into<String>) {
        self.report_mended(code, path, message, help, None);
    }

    /// Reports a fault at the value at `path`, which is mended where `now` is written there instead.
    pub fn report_mended(
        &mut self,
        code: Code,
        path: &FieldPath,
        message: impl Into<String>,
        help: impl Into<String>,
        now: Option<String>,
    ) {
        let value = yaml::locate(self.yaml, path).value;
        let span = self.span(value);
        // What stands for another value, or is folded, is not the place to change it.
        let plain = |written: &&str| !written.starts_with(['|', '>', '*', '&', '!']) && !written.contains(['\n', '\r']);
        let written = Some(value.of(self.yaml)).filter(plain);
        let fix = written.zip(now).and_then(|(written, now)| Fix::replacing(self.file, span, written, &now));
        self.diagnostics.push(Diagnostic::new(code, message).at(&self.file.path, span).help(help).mended(fix));
    }

    /// The value of a list such as `[luton]`, which has no other.
    fn only_item(&self, path: &FieldPath) -> Option<String> {
        let written = yaml::locate(self.yaml, path).value.of(self.yaml);
        let item = written.strip_prefix('[')?.strip_suffix(']')?.trim();
        let is_one = item.chars().all(|c| c.is_alphanumeric() || "-_ ./".contains(c)) && !item.is_empty();
        is_one.then(|| item.to_owned())
    }

    /// Where a span of the YAML stands in the file.
    fn span(&self, span: Span) -> Span {
        (self.place)(span)
    }
}

/// A value with its name, where the key is one.
fn named<'a>((key, value): (&'a Yaml, &'a Yaml)) -> Option<(&'a str, &'a Yaml)> {
    match key {
        Yaml::String(name) => Some((name, value)),
        _ => None,
    }
}

/// The field `text` among these values.
fn typed_text(typed: &Fields) -> &str {
    match typed.get("text") {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

/// A path with one more step.
pub(super) fn down(path: &FieldPath, step: Step) -> FieldPath {
    path.iter().cloned().chain([step]).collect()
}

/// True for several ids with commas between, written as one text.
fn is_comma_list(field: &Field, text: &str) -> bool {
    text.contains(',') && matches!(field.field_type, FieldType::Choice(_) | FieldType::Reference(_))
}

/// True for what stands for nothing: no value, or only blanks, or an empty list.
fn is_blank(value: &Yaml) -> bool {
    match value {
        Yaml::Null => true,
        Yaml::String(text) => text.trim().is_empty(),
        Yaml::Sequence(items) => items.is_empty(),
        _ => false,
    }
}
