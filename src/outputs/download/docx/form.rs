//! A form for one kind of page, to be filled in with Word: a control for each field, by whose tag its answer is found
//! again, and a heading for each long text.
//!
//! What it asks, and in which words, is all in the kind's file.

mod controls;

use super::{
    body::{Body, Stand, text_run},
    element::Element,
    look::Look,
    package,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    import::{Known, docx},
    model::{Field, FieldType, Kind, Paper, SourceFile, Span},
};
use std::{collections::BTreeMap, sync::Arc};

/// What a form takes from the library beside the kind.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// The lists and pages to choose from, and the language.
    pub known: &'a Known,
    /// The name of the site.
    pub site: &'a str,
    /// Messages that documents need, by key: those of `paper` without it, and those of `form` whole.
    pub words: BTreeMap<String, String>,
    /// The tokens of the theme by day.
    pub tokens: Arc<BTreeMap<String, String>>,
}

/// As many boxes to tick are taken in at a glance.
const MOST_BOXES: usize = 24;

/// A longer list to choose from is none to look through.
const MOST_CHOICES: usize = 600;

/// How many answers there is room for where more than one may be chosen from a long list.
const CHOSEN: usize = 4;

/// How many empty groups there are of those that repeat.
const GROUPS: usize = 2;

/// Word cuts a longer tag.
const LONGEST_TAG: usize = 64;

/// The form for a kind of page.
///
/// # Errors
/// What it can't be packed for.
pub fn form(kind: &Kind, setting: &Setting<'_>) -> Result<Vec<u8>, Diagnostic> {
    let label = kind.label.get(&setting.known.language);
    let title = told(setting, "form.title", &[("kind", label)]);
    let paper = Paper {
        source: Arc::new(SourceFile { path: kind.path.clone(), text: String::new() }),
        front: Span::default(),
        language: setting.known.language.clone(),
        kind: label.to_owned(),
        template: String::new(),
        summary: kind.description.get(&setting.known.language).to_owned(),
        title,
        site: setting.site.to_owned(),
        address: String::new(),
        dated: None,
        dated_words: String::new(),
        days: None,
        days_note: None,
        facts: Vec::new(),
        picture: None,
        sections: Vec::new(),
        files: Vec::new(),
        words: setting.words.clone(),
        tokens: setting.tokens.clone(),
    };
    let look = Look::new(&paper);
    let mut form = Form { body: Body::new(&paper, &look, &[]), setting, above: Vec::new() };
    let blocks = form.whole(kind);
    let parts = package::of_blocks(form.body, blocks, &[], Some(&kind.name));
    super::archive(parts.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())), None)
        .map_err(|error| Diagnostic::new(Code::OutputFailed, format!("The form can't be made: {error}")))
}

struct Form<'a> {
    body: Body<'a>,
    setting: &'a Setting<'a>,
    /// The labels of the groups that the questions are in.
    above: Vec<String>,
}

impl<'a> Form<'a> {
    fn whole(&mut self, kind: &'a Kind) -> Vec<Element> {
        let mut out = self.body.opening(None);
        for key in ["form.how", "form.how_long", "form.how_back"] {
            out.push(self.plain("Copy", &told(self.setting, key, &[])));
        }
        let (shared, own) = kind.fields.split_at(kind.shared.min(kind.fields.len()));
        // What those who keep the library decide, nobody who sends something in is asked for.
        let is_asked = |field: &&Field| !field.internal;
        let is_long = |field: &&Field| matches!(field.field_type, FieldType::Markdown) && !field.many;
        let fields = || shared.iter().chain(own).filter(is_asked);
        let first = |field: &&Field| (field.required || field.name == "summary") && !is_long(field);
        let rest = |field: &&Field| !first(field) && !is_long(field);
        self.part("form.needed", fields().filter(first), &mut out);
        for field in fields().filter(is_long) {
            out.extend(self.long(field));
        }
        self.part("form.more", own.iter().filter(is_asked).filter(rest), &mut out);
        self.part("form.page", shared.iter().filter(is_asked).filter(rest), &mut out);
        out.push(self.heading("Heading1", &told(self.setting, "form.body", &[])));
        out.push(self.plain("Help", &told(self.setting, "form.body_help", &[])));
        out.push(self.passage(&told(self.setting, "form.body", &[]), "body"));
        out
    }

    fn part<'f>(&mut self, key: &str, fields: impl Iterator<Item = &'f Field>, out: &mut Vec<Element>) {
        let asked: Vec<Element> = fields.flat_map(|field| self.field(field, &field.name, 2)).collect();
        if !asked.is_empty() {
            out.push(self.heading("Heading1", &told(self.setting, key, &[])));
            out.extend(asked);
        }
    }

    fn language(&self) -> &'a str {
        &self.setting.known.language
    }

    fn plain(&self, style: &'static str, text: &str) -> Element {
        let runs = self.body.words(text);
        self.body.paragraph(Stand::of(style), runs)
    }

    fn heading(&self, style: &'static str, text: &str) -> Element {
        self.plain(style, text)
    }

    /// A long text: a heading, advice, and room to write.
    fn long(&mut self, field: &Field) -> Vec<Element> {
        let label = field.label.get(self.language()).to_owned();
        let mut out = vec![self.heading("Heading1", &label)];
        out.extend(self.help(field));
        out.push(self.passage(&label, &field.name));
        out
    }

    /// What is asked for, and the advice, without the answer.
    fn asked(&self, field: &Field) -> Vec<Element> {
        let label = field.label.get(self.language());
        let mut runs = self.body.words(label);
        if field.required {
            runs.push(text_run(&told(self.setting, "form.required", &[]), None));
        }
        let label = self.body.paragraph(Stand::of("Label"), runs);
        [label].into_iter().chain(self.help(field)).collect()
    }

    fn help(&self, field: &Field) -> Option<Element> {
        let help = field.help.get(self.language());
        let many = match &field.field_type {
            FieldType::Text { .. } | FieldType::Url | FieldType::Email if field.many => {
                told(self.setting, "form.each_line", &[])
            }
            FieldType::Reference(_) if field.many && self.choices(field).is_none() => {
                told(self.setting, "form.each_line", &[])
            }
            _ => String::new(),
        };
        let text = [help, many.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| self.plain("Help", &text))
    }

    /// A question with room for its answer. `tag` is the way to it: `sources/title`.
    fn field(&mut self, field: &Field, tag: &str, level: u8) -> Vec<Element> {
        if let FieldType::Group(inner) = &field.field_type {
            return self.group(field, inner, tag, level);
        }
        let mut out = self.asked(field);
        let label = self.alias(field);
        match &field.field_type {
            FieldType::Markdown | FieldType::Image | FieldType::File => out.push(self.passage(&label, tag)),
            FieldType::Choice(_) | FieldType::Reference(_) => match self.choices(field) {
                Some(choices) => out.extend(self.choose(field, &choices, &label, tag)),
                None => out.push(self.line(&label, tag, field.many)),
            },
            FieldType::YesNo => {
                let word = |key: &str| (key.to_owned(), told(self.setting, &format!("form.{key}"), &[]));
                let choices = [word("yes"), word("no")];
                out.push(self.list(&label, tag, &choices, false));
            }
            FieldType::Date { partial: false } if !field.many => out.push(self.day(&label, tag)),
            FieldType::Text { max_length } => {
                out.push(self.line(&label, tag, field.many || max_length.is_none_or(|most| most > 100)));
            }
            _ => out.push(self.line(&label, tag, field.many)),
        }
        out
    }

    /// What a control is called: the label of its field behind those of the groups that it is in. Some programs keep this
    /// and not the tag, and whoever hears the form needs it.
    fn alias(&self, field: &Field) -> String {
        let label = field.label.get(self.language());
        self.above.iter().map(String::as_str).chain([label]).collect::<Vec<_>>().join(docx::OF)
    }

    /// What there is to choose from: what is written, and what people see.
    fn choices(&self, field: &Field) -> Option<Vec<(String, String)>> {
        let (known, language) = (self.setting.known, self.language());
        let choices: Vec<(String, String)> = match &field.field_type {
            FieldType::Choice(options) => {
                options.iter().map(|option| (option.id.clone(), option.label.get(language).to_owned())).collect()
            }
            FieldType::Reference(target) => match known.registers.get(target) {
                Some(register) => {
                    let terms = register.terms.iter().filter(|term| term.replaced_by.is_empty());
                    terms.map(|term| (term.id.clone(), term.labels.get(language).to_owned())).collect()
                }
                None => {
                    let pages = known.pages.iter();
                    pages.filter_map(|page| Some((page.slug(target)?.to_owned(), page.title.clone()))).collect()
                }
            },
            _ => return None,
        };
        let mut seen = std::collections::BTreeSet::new();
        let choices: Vec<_> = choices.into_iter().filter(|(_, label)| seen.insert(label.clone())).collect();
        (1..=MOST_CHOICES).contains(&choices.len()).then_some(choices)
    }

    fn choose(&mut self, field: &Field, choices: &[(String, String)], label: &str, tag: &str) -> Vec<Element> {
        let is_open = matches!(field.field_type, FieldType::Reference(_));
        let fits = |(id, _): &(String, String)| tag.len() + 1 + id.len() <= LONGEST_TAG;
        if field.many && choices.len() <= MOST_BOXES && choices.iter().all(fits) {
            let box_of = |(id, shown): &(String, String)| {
                self.tick_box(&format!("{label}{}{shown}", docx::OF), &format!("{tag}={id}"), shown)
            };
            return choices.iter().map(box_of).collect();
        }
        let times = if field.many { CHOSEN } else { 1 };
        (0..times).map(|_| self.list(label, tag, choices, is_open)).collect()
    }

    /// A group: its fields under a heading of their own, and again and again where there may be several.
    fn group(&mut self, field: &Field, inner: &[Field], tag: &str, level: u8) -> Vec<Element> {
        let label = field.label.get(self.language()).to_owned();
        let style = if level == 2 { "Heading2" } else { "Heading3" };
        let mut out = vec![self.heading(style, &label)];
        out.extend(self.help(field));
        let items = |form: &mut Self| -> Vec<Element> {
            inner
                .iter()
                .filter(|inner| !inner.internal)
                .flat_map(|inner| form.field(inner, &format!("{tag}/{}", inner.name), level + 1))
                .collect()
        };
        self.above.push(label.clone());
        if !field.many {
            out.extend(items(self));
            self.above.pop();
            return out;
        }
        out.push(self.plain("Help", &told(self.setting, "form.again", &[])));
        let times = if level == 2 { GROUPS } else { 1 };
        let mut blocks = Vec::new();
        for _ in 0..times {
            let content = Element::new("w:sdtContent").and(items(self)).with(self.plain("AfterTable", ""));
            let properties = self.body.control(&label, None).with(Element::new("w15:repeatingSectionItem"));
            blocks.push(Element::new("w:sdt").with(properties).with(content));
        }
        self.above.pop();
        let title = Element::new("w15:sectionTitle").set("w15:val", &label);
        let properties =
            self.body.control(&label, Some(&docx::tag(tag))).with(Element::new("w15:repeatingSection").with(title));
        out.push(Element::new("w:sdt").with(properties).with(Element::new("w:sdtContent").and(blocks)));
        out
    }
}

/// A message of the form, its gaps filled.
fn told(setting: &Setting<'_>, key: &str, arguments: &[(&str, &str)]) -> String {
    let text = setting.words.get(key).map_or(key, String::as_str).to_owned();
    arguments.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
