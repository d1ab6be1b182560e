//! A library with a page of every kind that has a marked word in every field, and in every sort of text.
//!
//! It is made from the kinds' and the components' own lists of fields, so that a new field is among them at once.

use crate::site::Site;
use casebook::{
    config::Overrides,
    model::{Field, FieldType, Theme},
    pipeline,
};
use image::{ImageEncoder, codecs::png::PngEncoder};
use serde_yaml::{Mapping, Value, from_str, to_string};
use std::collections::BTreeMap;

/// What stands for a field in the site: any one of the words, where the field is for readers.
#[derive(Debug)]
pub struct Mark {
    /// Where it was put: the kind and the field.
    pub place: String,
    /// The words by which it is known.
    pub forms: Vec<String>,
}

/// The library and its marks.
pub struct Marked {
    pub site: Site,
    pub marks: Vec<Mark>,
}

/// The kinds that can be a draft, where that is asked, else all: a page of each, with `front` to hide it.
pub fn library(front: &str, drafts: bool) -> Marked {
    let theme = theme();
    let mut maker = Maker { marks: Vec::new(), files: BTreeMap::new(), terms: BTreeMap::new() };
    let mut site = Site::new();
    let mut links = String::new();
    let mut names = Vec::new();
    for kind in &theme.kinds {
        let folder = kind.folder.as_ref().map_or("content".to_owned(), |folder| format!("content/{folder}"));
        // What others name is there already. Nothing names a council: a register of which one term is in use is public.
        if kind.folder.is_some() && !kind.field("councils").is_some_and(|councils| councils.required) {
            site = site.file(&format!("{folder}/known.md"), page(&Maker::plain(&kind.fields), "", "Text.\n"));
        }
        if drafts && !can_be_draft(&kind.fields) {
            continue;
        }
        let name = maker.mark(&format!("{}: its address", kind.name));
        let place = format!("{folder}/{name}-2031");
        let fields = maker.fields(&kind.fields, &kind.name, &place);
        let body = maker.body(&theme, &kind.name, &place);
        site = site.file(&format!("{place}/index.md"), page(&fields, front, &body));
        let beside = maker.mark(&format!("{}: a file beside it", kind.name));
        site = site.file(&format!("{place}/{beside}.txt"), format!("{beside}\n"));
        links += &format!(
            "See [this](/{0}/index.md), [that](/{0}/), <a href=\"/{0}/index.md\">more</a> and ![a file](/{0}/{beside}.txt).\n\n",
            place.strip_prefix("content/").unwrap()
        );
        names.push(format!("{place}/index.md"));
    }
    // A page that everybody sees, and that leads to each of them in every way there is.
    let first = names[0].strip_prefix("content").unwrap();
    site = site.page("content/guides/open.md", "Open", &format!("superseded_by: {first}\n"), &links);
    for (register, terms) in &maker.terms {
        let known = "- id: mentoring\n  label: Mentoring\n".to_owned();
        let rows = terms.iter().map(|term| format!("- id: {term}\n  label: {term}\n  description: {term}\n"));
        site = site.file(&format!("content/_data/{register}.yaml"), rows.fold(known, |text, row| text + &row));
    }
    for (path, bytes) in &maker.files {
        site = site.file(path, bytes);
    }
    // Links to what is hidden are errors, so that nobody makes them; here they are made, and show nothing.
    let levels = "levels: {hidden-target: warning, outside-days: warning, too-long: warning, missing-field: warning}\n";
    site = site.file("casebook.yaml", format!("{}{levels}", crate::site::SETTINGS));
    Marked { site, marks: maker.marks }
}

/// The kinds and components of the built-in theme.
fn theme() -> Theme {
    let site = Site::new();
    let config = pipeline::settings(site.root(), &Overrides::default()).unwrap();
    let (theme, faults) = pipeline::theme(&config);
    assert!(faults.is_empty() && theme.kinds.len() > 8);
    theme
}

fn can_be_draft(fields: &[Field]) -> bool {
    fields
        .iter()
        .filter(|field| field.name == "status")
        .any(|field| matches!(&field.field_type, FieldType::Choice(options) if options.iter().any(|o| o.id == "draft")))
}

/// The fields that decide when a page is seen and where: the tests set them, or they say nothing to readers.
const MACHINERY: [&str; 7] = ["kind", "status", "embargo", "published", "updated", "superseded_by", "verbatim"];

fn page(fields: &Mapping, front: &str, body: &str) -> String {
    format!("---\n{}{front}---\n\n{body}", to_string(fields).unwrap())
}

struct Maker {
    marks: Vec<Mark>,
    files: BTreeMap<String, Vec<u8>>,
    /// By register.
    terms: BTreeMap<String, Vec<String>>,
}

impl Maker {
    /// Only what must be there, with nothing to find.
    fn plain(fields: &[Field]) -> Mapping {
        let mut maker = Self { marks: Vec::new(), files: BTreeMap::new(), terms: BTreeMap::new() };
        let required = fields.iter().filter(|field| field.required);
        required
            .map(|field| {
                let value = match &field.field_type {
                    FieldType::Reference(_) => Value::from("mentoring"),
                    FieldType::Text { .. } | FieldType::Markdown => Value::from("Known."),
                    FieldType::Group(inner) => Value::Mapping(Self::plain(inner)),
                    _ => maker.one(field, "", "content/known"),
                };
                (field.name.as_str().into(), if field.many { Value::Sequence(vec![value]) } else { value })
            })
            .collect()
    }

    /// A word of eight letters that stands nowhere else.
    fn mark(&mut self, place: &str) -> String {
        let number = self.marks.len();
        let letter = |power: u32| char::from(b'a' + (number / 26_usize.pow(power) % 26) as u8);
        let word: String = ['q', 'z', 'x', 'v', 'k', letter(2), letter(1), letter(0)].into_iter().collect();
        self.marks.push(Mark { place: place.to_owned(), forms: vec![word.clone()] });
        word
    }

    fn day(&mut self, place: &str) -> String {
        let first: jiff::civil::Date = "2031-02-01".parse().unwrap();
        let day = first.saturating_add(jiff::Span::new().days(self.marks.len() as i64));
        let words = day.strftime("%-d %B %Y").to_string().to_lowercase();
        let (iso, compact) = (day.to_string(), day.strftime("%Y%m%d").to_string());
        self.marks.push(Mark { place: place.to_owned(), forms: vec![iso.clone(), words, compact] });
        iso
    }

    fn fields(&mut self, fields: &[Field], place: &str, folder: &str) -> Mapping {
        let set = fields.iter().filter(|field| !MACHINERY.contains(&field.name.as_str()));
        let mut mapping = Mapping::new();
        for field in set {
            let value = self.one(field, &format!("{place}: {}", field.name), folder);
            mapping.insert(field.name.as_str().into(), if field.many { Value::Sequence(vec![value]) } else { value });
        }
        mapping
    }

    fn one(&mut self, field: &Field, place: &str, folder: &str) -> Value {
        match &field.field_type {
            FieldType::Text { .. } if field.name == "aliases" => format!("/{}/", self.mark(place)).into(),
            FieldType::Text { .. } => self.mark(place).into(),
            FieldType::Markdown => {
                let (heading, text) = (self.mark(&format!("{place}, heading")), self.mark(&format!("{place}, text")));
                format!("## {heading}\n\n{text}\n").into()
            }
            FieldType::Date { .. } => self.day(place).into(),
            FieldType::DateTime => format!("{}T09:00", self.day(place)).into(),
            // A year, within bounds; else a number that nothing else has.
            FieldType::Number { min: Some(min), max: Some(max) } if (*min..=*max).contains(&2031.0) => 2031.into(),
            FieldType::Number { min: None, max: None } if field.days_from.is_none() => self.number(place).into(),
            FieldType::Number { min, max } => min.or(*max).map_or(5, |bound| bound as i64).into(),
            FieldType::YesNo => true.into(),
            FieldType::Choice(options) => options[0].id.as_str().into(),
            FieldType::Reference(to) => self.reference(to, place),
            FieldType::Url => format!("https://{}.example.org/", self.mark(place)).into(),
            FieldType::Email => format!("{}@example.org", self.mark(place)).into(),
            FieldType::Image => self.file(place, folder, "png", picture()),
            FieldType::File => {
                let words = self.mark(&format!("{place}, what the file says"));
                self.file(place, folder, "txt", words.into_bytes())
            }
            FieldType::Group(inner) => Value::Mapping(self.fields(inner, place, folder)),
        }
    }

    fn number(&mut self, place: &str) -> i64 {
        let number = 73_190_000 + self.marks.len() as i64;
        let grouped = format!("73,19{},{:03}", number / 1000 % 10, number % 1000);
        self.marks.push(Mark { place: place.to_owned(), forms: vec![number.to_string(), grouped] });
        number
    }

    fn reference(&mut self, to: &str, place: &str) -> Value {
        let of_folder = theme_folders().contains(&to.to_owned());
        match to {
            "page" => "/guides/known.md".into(),
            _ if of_folder => "known".into(),
            register => {
                let term = self.mark(&format!("{place}, a term"));
                self.terms.entry(register.to_owned()).or_default().push(term.clone());
                term.into()
            }
        }
    }

    fn file(&mut self, place: &str, folder: &str, ending: &str, bytes: Vec<u8>) -> Value {
        let name = format!("{}.{ending}", self.mark(&format!("{place}, a file")));
        self.files.insert(format!("{folder}/{name}"), bytes);
        name.into()
    }

    /// Every sort of text, and every component that asks for no settings.
    fn body(&mut self, theme: &Theme, kind: &str, folder: &str) -> String {
        let mut word = |what: &str| self.mark(&format!("{kind}, {what}"));
        let words = ["heading", "text", "item", "cell", "words of a link", "alternative text", "code", "note"];
        let [heading, text, item, cell, link, alt, code, note] = words.map(&mut word);
        let picture = self.file(&format!("{kind}, picture in the text"), folder, "png", picture());
        let picture = picture.as_str().unwrap();
        let mut body = format!(
            "## {heading}\n\n{text}[^1] <b>{text}</b>\n\n- {item}\n\n| A |\n| --- |\n| {cell} |\n\n\
             [{link}](/guides/known.md)\n\n![{alt}]({picture})\n\n```text\n{code}\n```\n\n[^1]: {note}\n"
        );
        for component in
            theme.components.values().filter(|component| component.rules.is_none() && component.needs.is_none())
        {
            let fields = self.fields(&component.fields, &format!("{kind}, {}", component.name), folder);
            body += &format!("\n```{}\n{}```\n", component.name, to_string(&fields).unwrap());
        }
        body
    }
}

fn theme_folders() -> Vec<String> {
    let kinds = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/civic/kinds")).unwrap();
    let texts = kinds.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let folders = texts.filter_map(|text| from_str::<Value>(&text).unwrap()["folder"].as_str().map(str::to_owned));
    folders.collect()
}

fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&[200; 400 * 300], 400, 300, image::ExtendedColorType::L8).unwrap();
    bytes
}
