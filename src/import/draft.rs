//! Puts a page together of what people brought: fields by any of their names, texts under headings, files beside it.
//!
//! Nothing is dropped: what is no value of its field stands as a note in the front matter, where the field would be
//! read from, and what has no field at all goes to the body or to such a note. Each is told as a fault.

use super::{
    known::Known,
    page::{Page, Parts, stem},
    text,
    value::{self, Misread},
};
use crate::{
    config::size,
    diagnostic::{Code, Diagnostic, Label},
    markdown::slug,
    model::{Field, FieldType, Kind, folded},
    portable,
};
use serde_yaml::{Mapping, Value};

/// The field that says of what kind a page is, where its folder does not.
const KIND: &str = "kind";

/// The field that says how far a page has come, and its option for one that nobody is to see yet.
pub(super) const STATUS: &str = "status";
pub(super) const DRAFT: &str = "draft";

/// True for a kind whose pages can wait until somebody has read them.
pub fn has_drafts(kind: &Kind) -> bool {
    kind.field(STATUS).is_some_and(|status| {
        matches!(&status.field_type, FieldType::Choice(options) if options.iter().any(|option| option.id == DRAFT))
    })
}

/// What to do about a note: its line need not be one that a page could have, and its field may have a value already.
const NOTED: &str = "It stands as a note in the front matter. Write what it says into the field that it belongs to, and delete the note.";

/// A page that is being put together.
#[derive(Debug)]
pub struct Draft<'a> {
    kind: &'a Kind,
    known: &'a Known,
    values: Mapping,
    notes: Vec<String>,
    body: Vec<String>,
    files: Vec<(String, Vec<u8>)>,
    /// The page that it is a newer version of, where that is known.
    path: Option<String>,
    /// What there is to say of it so far.
    pub faults: Vec<Diagnostic>,
}

impl<'a> Draft<'a> {
    /// A page of a kind, with nothing in it.
    pub fn new(kind: &'a Kind, known: &'a Known) -> Self {
        let (values, notes, body, files, path, faults) = Default::default();
        Self { kind, known, values, notes, body, files, path, faults }
    }

    /// What was said of how far the page has come, where it could be a draft and is none.
    pub fn undrafted(&self) -> Option<String> {
        self.text(STATUS).filter(|given| has_drafts(self.kind) && given != DRAFT)
    }

    /// The field of the kind that goes by a name: its own, or one that readers see.
    pub fn field(&self, name: &str) -> Option<&'a Field> {
        value::by_name(&self.kind.fields, name)
    }

    /// Gives a field what a person wrote for it. A field that has a value already gets more of it where it takes more.
    pub fn put(&mut self, field: &Field, written: &str, at: &Label) {
        if field.name == KIND {
            return self.kind(written, at);
        }
        let reading = value::read(field, written, self.known);
        self.misread(&field.name, reading.misread, at);
        let Some(value) = reading.value else { return };
        let known = self.values.get_mut(field.name.as_str());
        match (known, value) {
            (None, value) => self.set(field, value),
            (Some(Value::Sequence(known)), Value::Sequence(more)) => {
                let new: Vec<_> = more.into_iter().filter(|item| !known.contains(item)).collect();
                known.extend(new);
            }
            (Some(Value::String(known)), Value::String(more)) if matches!(field.field_type, FieldType::Markdown) => {
                *known = format!("{}\n\n{more}", known.trim_end());
            }
            (Some(known), value) if *known == value => {}
            (Some(Value::Mapping(_)), value @ Value::Mapping(_)) => self.add(field, value, at),
            (Some(_), _) => self.keep(field.label.get(&self.known.language), written, at),
        }
    }

    /// A page is of the kind that its folder says: another one is no more than a note.
    fn kind(&mut self, written: &str, at: &Label) {
        let names = || self.kind.label.all().chain(self.kind.plural.all()).chain([self.kind.name.as_str()]);
        let is_own = names().any(|name| folded(name) == folded(written));
        if !is_own {
            self.keep(KIND, written, at);
        }
    }

    /// Keeps what could not be understood of a field's value as notes in the front matter, and says so.
    pub fn misread(&mut self, field: &str, misread: Vec<Misread>, at: &Label) {
        for misread in misread {
            self.unread(field, misread, at);
        }
    }

    /// Gives a field within a group that there is one of what a person wrote for it.
    pub fn put_within(&mut self, group: &Field, field: &Field, written: &str, at: &Label) {
        let reading = value::read(field, written, self.known);
        self.misread(&format!("{}.{}", group.name, field.name), reading.misread, at);
        let Some(value) = reading.value else { return };
        self.add(group, Value::Mapping(Mapping::from_iter([(Value::from(field.name.as_str()), value)])), at);
    }

    /// Gives a field a value as front matter has it.
    pub fn set(&mut self, field: &Field, value: Value) {
        self.values.insert(Value::from(field.name.as_str()), value);
    }

    /// Gives a group a value as front matter has it, beside what it has already. Where there is one group alone, its
    /// fields are filled, and what is left over is kept as notes.
    pub fn add(&mut self, group: &Field, value: Value, at: &Label) {
        match (self.values.get_mut(group.name.as_str()), value) {
            (Some(Value::Sequence(known)), value) => known.push(value),
            (Some(Value::Mapping(known)), Value::Mapping(more)) => {
                for (field, words) in value::join(known, more) {
                    self.surplus(&format!("{}: {field}", group.name), &words, at);
                }
            }
            (_, value) if group.many => self.set(group, Value::Sequence(vec![value])),
            (_, value) => self.set(group, value),
        }
    }

    /// Keeps what one field of a group was given beside its value as a note, and says so. `way` is the names of group and
    /// field.
    pub fn surplus(&mut self, way: &str, words: &str, at: &Label) {
        let label = value::labels(&self.kind.fields, way, &self.known.language).join(": ");
        let message = format!("“{words}” is one too many: “{label}” has a value already");
        self.note(format!("{label}: {words}"), Diagnostic::new(Code::NotPlaced, message).help(NOTED), at);
    }

    /// Keeps a text that is no value of a field as a note, and says why it is none.
    pub fn unread(&mut self, name: &str, misread: Misread, at: &Label) {
        let note = format!("{name}: {}", text::one_line(&misread.written));
        let fault = Diagnostic::new(Code::NotUnderstood, misread.message);
        self.note(note, fault.help(format!("{} {NOTED}", misread.help)), at);
    }

    /// The text that a field has.
    pub fn text(&self, field: &str) -> Option<String> {
        self.values.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// True where the field has a value.
    pub fn has(&self, field: &str) -> bool {
        self.values.contains_key(field)
    }

    /// Takes the value of a field away again.
    pub fn withdraw(&mut self, field: &str) -> Option<Value> {
        self.values.shift_remove(field)
    }

    /// Puts Markdown into the field for long texts that goes by this heading, or under the heading into the body.
    pub fn section(&mut self, heading: &str, markdown: &str, at: &Label) {
        let is_text = |field: &&Field| matches!(field.field_type, FieldType::Markdown);
        match self.field(heading).filter(is_text) {
            Some(field) => self.put(field, markdown, at),
            None => self.body(&format!("## {}\n\n{}", text::one_line(heading), markdown.trim_matches('\n'))),
        }
    }

    /// Puts Markdown below what the body has so far.
    pub fn body(&mut self, markdown: &str) {
        let markdown = markdown.trim_matches('\n').trim_end();
        if !markdown.trim().is_empty() {
            self.body.push(markdown.to_owned());
        }
    }

    /// Keeps what has no place in the page as a note in its front matter, and says so.
    pub fn keep(&mut self, name: &str, written: &str, at: &Label) {
        let (name, words) = (text::one_line(name), text::tidy(written));
        if words.is_empty() {
            return;
        }
        let fault = Diagnostic::new(Code::NotPlaced, format!("“{name}” has no place in a {}", self.kind.name));
        self.note(format!("{name}: {words}"), fault.help(NOTED), at);
    }

    /// Keeps what has no place in the page as a note in its front matter, where it was said already.
    pub fn remember(&mut self, name: &str, written: &str) {
        let words = text::tidy(written);
        if !words.is_empty() {
            self.notes.push(format!("{}: {words}", text::one_line(name)));
        }
    }

    fn note(&mut self, note: String, fault: Diagnostic, at: &Label) {
        self.notes.push(note);
        let mut fault = fault;
        fault.place = Some(at.clone());
        self.faults.push(fault);
    }

    /// Puts a file beside the page and gives the name that the page has to call it by, which is its own where no other
    /// file has that.
    pub fn file(&mut self, name: &str, bytes: Vec<u8>) -> String {
        if let Some((known, _)) = self.files.iter().find(|(_, known)| *known == bytes) {
            return known.clone();
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let stem = Some(slug(stem)).filter(|stem| !stem.is_empty()).unwrap_or_else(|| "file".to_owned());
        let ending = ending.to_ascii_lowercase();
        let named = |number: usize| {
            let number = if number == 1 { String::new() } else { format!("-{number}") };
            if ending.is_empty() { format!("{stem}{number}") } else { format!("{stem}{number}.{ending}") }
        };
        let is_free =
            |name: &String| self.files.iter().all(|(known, _)| known != name) && portable::name_fault(name).is_none();
        let name = (1..).map(named).find(is_free).unwrap_or_default();
        self.files.push((name.clone(), bytes));
        name
    }

    /// Makes it a newer version of the page at a path, whatever its title is by now.
    pub fn in_place_of(&mut self, path: &str) {
        self.path = Some(path.to_owned());
    }

    /// The page, as a draft unless it says otherwise; and what there was to say of it.
    pub fn finish(mut self, at: &Label) -> (Option<Page>, Vec<Diagnostic>) {
        let title = self.values.get("title").and_then(Value::as_str).map(text::one_line).unwrap_or_default();
        let stem = match stem(&title) {
            Ok(stem) => stem,
            Err(wrong) => {
                let message = if title.is_empty() { "This page has no title".to_owned() } else { wrong };
                let mut fault = Diagnostic::new(Code::UnusableImport, message);
                fault.place = Some(at.clone());
                self.faults.push(fault.help("Give it a title of its own: the name of its file is made of it."));
                return (None, self.faults);
            }
        };
        self.values.insert(Value::from("title"), Value::from(title.as_str()));
        self.faults.extend(heavy(&self.files, at));
        let is_draft_unasked = !self.has(STATUS) && self.path.is_none() && has_drafts(self.kind);
        if is_draft_unasked {
            self.values.insert(Value::from(STATUS), Value::from(DRAFT));
        }
        let folder = self.kind.folder.as_ref().map_or("content".to_owned(), |folder| format!("content/{folder}"));
        let own = format!("{folder}/{stem}");
        let (own, path) = match self.path {
            Some(path) => (path.rsplit_once('/').map_or("content", |(folder, _)| folder).to_owned(), path),
            None if self.files.is_empty() => (own.clone(), format!("{own}.md")),
            None => (own.clone(), format!("{own}/index.md")),
        };
        let files = self.files.into_iter().map(|(name, bytes)| (format!("{own}/{name}"), bytes)).collect();
        let parts = Parts {
            kind: self.kind.name.clone(),
            values: self.values,
            notes: self.notes,
            body: self.body.join("\n\n"),
            is_draft_unasked,
        };
        let text = parts.text(self.kind);
        (Some(Page { path, title, text, files, from: at.clone(), parts }), self.faults)
    }
}

/// How much the files beside a page may weigh before somebody is asked to look, in bytes. A photograph that fills a
/// screen has a twentieth of it; what comes out of a camera a tenth, and Word keeps all of it.
const HEAVY: usize = 20_000_000;

/// What there is to say of files that everybody with a copy of the library would carry.
fn heavy(files: &[(String, Vec<u8>)], at: &Label) -> Option<Diagnostic> {
    let weight = files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    let (largest, bytes) = files.iter().max_by_key(|(_, bytes)| bytes.len())?;
    let words = |bytes: usize| size(u64::try_from(bytes).unwrap_or(u64::MAX));
    let message =
        || format!("The files beside this page have {}, {largest} alone {}", words(weight), words(bytes.len()));
    let help = "Make the pictures smaller before you publish. In Word: choose one, then Picture Format, Compress \
                Pictures, for all pictures in the file, and import it again.";
    let mut fault = (weight > HEAVY).then(|| Diagnostic::new(Code::HeavyFiles, message()).help(help))?;
    fault.place = Some(at.clone());
    Some(fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Labels, Span};

    #[test]
    fn pictures_that_weigh_much_are_told_of_and_taken() {
        let title = Field { name: "title".into(), label: Labels::same("Title"), ..Field::default() };
        let kind = Kind { name: "note".into(), folder: Some("notes".into()), fields: vec![title], ..Kind::default() };
        let known = Known::default();
        let at = Label { path: "story.docx".into(), span: Span::at(0), text: None };
        let page = |pictures: &[usize]| {
            let mut draft = Draft::new(&kind, &known);
            draft.put(&kind.fields[0], "A story", &at);
            for (number, size) in pictures.iter().enumerate() {
                draft.file(&format!("p{number}.png"), vec![u8::try_from(number).unwrap(); *size]);
            }
            let (page, faults) = draft.finish(&at);
            (page.unwrap().files.len(), faults)
        };
        assert_eq!(page(&[10_000_000, 9_000_000]), (2, Vec::new()));
        let (files, faults) = page(&[10_000_000, 11_000_000]);
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        assert_eq!((files, fault.code, fault.place.as_ref()), (2, Code::HeavyFiles, Some(&at)));
        assert_eq!(fault.message, "The files beside this page have 21 MB, p1.png alone 11 MB");
    }
}
