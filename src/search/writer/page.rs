//! What there is to find on a page: its names, its terms, and its text by sections.

use crate::{
    markdown,
    model::{ComponentBlock, Entry, Field, FieldType, Fields, Heading, Library, PageText, Place, Value},
    render::is_shown,
};

/// A longer text is indexed in parts of about so many bytes, so that no file of the index grows with a page and a
/// word counts for the passage that it stands in.
const PART: usize = 12_000;

/// A page of the library, as search sees it.
pub(super) struct Page<'a> {
    pub(super) entry: &'a Entry,
    /// By taxonomy of the library: the places of its terms there.
    pub(super) terms: Vec<Vec<usize>>,
    /// Words for what it is: its kind, its terms and their synonyms, what its fields name.
    pub(super) tags: String,
    /// Its text; never empty.
    pub(super) parts: Vec<Part>,
}

/// A stretch of a page's text.
#[derive(Default)]
pub(super) struct Part {
    pub(super) sections: Vec<Section>,
}

/// Text under one heading.
#[derive(Clone, Default)]
pub(super) struct Section {
    /// The anchor of the heading on the page, without `#`; empty for what stands before the first.
    pub(super) anchor: String,
    /// The words of the heading.
    pub(super) heading: String,
    /// True for text that goes on from the part before: its heading is counted there.
    pub(super) continues: bool,
    /// Lines of plain text.
    pub(super) text: String,
}

impl Section {
    /// A section of the same name, without text.
    fn named(&self) -> Self {
        Self { anchor: self.anchor.clone(), heading: self.heading.clone(), ..Self::default() }
    }
}

impl<'a> Page<'a> {
    /// A page with the places of its terms, by taxonomy.
    pub(super) fn new(entry: &'a Entry, library: &'a Library, terms: Vec<Vec<usize>>) -> Self {
        let reader = Reader { entry, library };
        let mut sections = Vec::new();
        let mut tags = vec![entry.kind.label.get(&entry.language).to_owned()];
        for (taxonomy, own) in library.taxonomies.iter().zip(&terms) {
            for term in own.iter().filter_map(|place| taxonomy.terms.get(*place)) {
                tags.push(term.labels.get(&entry.language).to_owned());
                let origin =
                    term.term.as_ref().and_then(|(register, index)| library.register(register)?.terms.get(*index));
                tags.extend(origin.into_iter().flat_map(|term| term.synonyms.iter().cloned()));
            }
        }
        for field in entry.kind.fields.iter().filter(|field| is_shown(field)) {
            let Some(value) = entry.fields.get(&field.name) else { continue };
            reader.field(field, value, &mut sections, &mut tags);
        }
        if let Some(body) = entry.texts.last().filter(|text| matches!(text.place, Place::Body(_))) {
            sections.extend(reader.markdown(body));
        }
        tags.retain(|tag| !tag.is_empty());
        Self { entry, terms, tags: tags.join("\n"), parts: parts(sections) }
    }
}

/// Sections in parts: one is begun where the last is full, and a section longer than a part is cut between words.
fn parts(sections: Vec<Section>) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    let mut size = 0;
    for mut section in sections {
        loop {
            let room = PART.saturating_sub(size);
            let fits = section.text.len() <= room.max(PART / 8);
            let rest = if fits { String::new() } else { section.text.split_off(cut(&section.text, room)) };
            size += section.text.len();
            let next = Section { text: rest, continues: true, ..section.named() };
            if let Some(part) = parts.last_mut() {
                part.sections.push(section);
            }
            if size >= PART {
                parts.push(Part::default());
                size = 0;
            }
            if next.text.is_empty() {
                break;
            }
            section = next;
        }
    }
    if parts.len() > 1 && parts.last().is_some_and(|part| part.sections.is_empty()) {
        parts.pop();
    }
    parts
}

/// The last place up to `at` that parts no letter.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Where to cut a text that is longer than `room` bytes: after the last space there, or else at a letter.
fn cut(text: &str, room: usize) -> usize {
    let room = boundary(text, room.max(1));
    let before = text.get(..room).unwrap_or_default();
    let space = before.char_indices().rfind(|(_, letter)| letter.is_whitespace());
    let letter = || room.max(text.chars().next().map_or(1, char::len_utf8));
    space.map_or_else(letter, |(at, space)| at + space.len_utf8())
}

struct Reader<'a> {
    entry: &'a Entry,
    library: &'a Library,
}

impl Reader<'_> {
    /// A field of the page: its text as a section under its label, and the names of what it points to among the tags.
    fn field(&self, field: &Field, value: &Value, sections: &mut Vec<Section>, tags: &mut Vec<String>) {
        let values = as_list(value);
        let heading = || field.label.get(&self.entry.language).to_owned();
        let anchor = format!("section_{}", field.name);
        match &field.field_type {
            FieldType::Markdown => {
                for text in values.iter().filter_map(|value| self.text(value)) {
                    let mut own = self.markdown(text);
                    if let Some(first) = own.first_mut() {
                        (first.anchor, first.heading) = (anchor.clone(), heading());
                    }
                    sections.extend(own);
                }
            }
            FieldType::Choice(_) | FieldType::Reference(_) => {
                tags.extend(values.iter().filter_map(|value| self.name(field, value)));
            }
            _ => {
                let mut lines = Vec::new();
                for value in values {
                    self.lines(field, value, &mut lines);
                }
                if !lines.is_empty() {
                    sections.push(Section { anchor, heading: heading(), text: lines.join("\n"), continues: false });
                }
            }
        }
    }

    /// The lines of text in a value, its own and those of the fields within it.
    fn lines(&self, field: &Field, value: &Value, lines: &mut Vec<String>) {
        match (value, &field.field_type) {
            (Value::Text(text), FieldType::Text { .. }) => lines.push(one_line(text)),
            (Value::Markdown(_), _) => {
                let sections = self.text(value).map(|text| self.markdown(text)).unwrap_or_default();
                let both = sections.into_iter().flat_map(|section| [section.heading, section.text]);
                lines.extend(both.filter(|line| !line.is_empty()));
            }
            (Value::Group(fields), FieldType::Group(inner)) => self.group(inner, fields, lines),
            (Value::Many(values), _) => values.iter().for_each(|value| self.lines(field, value, lines)),
            (Value::Choice(_) | Value::Page(_), _) => lines.extend(self.name(field, value)),
            _ => {}
        }
    }

    fn group(&self, inner: &[Field], fields: &Fields, lines: &mut Vec<String>) {
        for field in inner {
            if let Some(value) = fields.get(&field.name) {
                self.lines(field, value, lines);
            }
        }
    }

    /// What readers see of a choice or a page that a field names. Terms of taxonomies are tags already.
    fn name(&self, field: &Field, value: &Value) -> Option<String> {
        match (value, &field.field_type) {
            (Value::Choice(option), FieldType::Choice(options)) if field.facet.is_none() => {
                Some(options.get(*option)?.label.get(&self.entry.language).to_owned())
            }
            (Value::Page(reference), _) => {
                let index = self.library.resolve(reference, &self.entry.language)?;
                Some(self.library.entries.get(index)?.title.clone())
            }
            _ => None,
        }
    }

    fn text(&self, value: &Value) -> Option<&PageText> {
        match value {
            Value::Markdown(index) => self.entry.texts.get(*index),
            _ => None,
        }
    }

    /// The sections of a Markdown text, the blocks that are data in their own words.
    fn markdown(&self, text: &PageText) -> Vec<Section> {
        let mut blocks = text.components.iter();
        let components = &self.library.theme.components;
        let stand_in = |name: &str| {
            if name.is_empty() {
                return None;
            }
            let block = blocks.next()?;
            components.contains_key(name).then(|| self.component(block))
        };
        let texts = markdown::sections(text.markdown(&self.entry.source.text), stand_in);
        let headings = [None].into_iter().chain(text.headings.iter().map(Some));
        let section = |(heading, text): (Option<&Heading>, String)| Section {
            anchor: heading.map(|heading| heading.id.clone()).unwrap_or_default(),
            heading: heading.map(|heading| one_line(&heading.text)).unwrap_or_default(),
            text: lines(&text),
            continues: false,
        };
        let said = |section: &Section| !section.text.is_empty() || !section.heading.is_empty();
        headings.zip(texts).map(section).filter(said).collect()
    }

    fn component(&self, block: &ComponentBlock) -> String {
        let mut lines = Vec::new();
        if let Some((component, fields)) = self.library.theme.components.get(&block.name).zip(block.fields.as_ref()) {
            self.group(&component.fields, fields, &mut lines);
        }
        lines.join("\n")
    }
}

fn as_list(value: &Value) -> &[Value] {
    match value {
        Value::Many(values) => values,
        single => std::slice::from_ref(single),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a text that say something, without the signs of lists.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.strip_prefix("- ").unwrap_or(line).trim();
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        push_words(&mut out, line);
    }
    out
}

/// Adds the words of a line, one space between two. Nearly all lines have no other.
fn push_words(out: &mut String, line: &str) {
    // Folds see every byte, and so several at a time.
    let is_other = line.bytes().fold(false, |is, byte| is | !(b' '..0x7f).contains(&byte));
    let pairs = line.bytes().zip(line.bytes().skip(1));
    if !pairs.fold(is_other, |is, (byte, next)| is | ((byte == b' ') & (next == b' '))) {
        out.push_str(line);
        return;
    }
    for (place, word) in line.split_whitespace().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> Section {
        Section { anchor: "a".into(), heading: "A".into(), text: text.into(), continues: false }
    }

    #[test]
    fn a_text_is_cut_between_letters_however_wide_they_are() {
        for (text, room, before) in [
            ("ab cd", 4, "ab "),
            ("abcd", 2, "ab"),
            ("😀😀", 1, "😀"),
            ("😀😀", 6, "😀"),
            ("a\u{3000}b", 4, "a\u{3000}"),
        ] {
            assert_eq!(&text[..cut(text, room)], before, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_words_and_nothing_is_lost() {
        let text: String = (0..4000).map(|number| format!("word{number} ")).collect();
        let parts = parts(vec![section("first"), section(&text), section("last")]);
        assert_eq!(parts.len(), 3);
        let all: Vec<&Section> = parts.iter().flat_map(|part| &part.sections).collect();
        assert!(all.iter().all(|section| section.anchor == "a" && section.heading == "A"));
        let joined: String = all.iter().map(|section| section.text.as_str()).collect();
        assert_eq!(joined, format!("first{text}last"));
        assert!(
            parts
                .iter()
                .all(|part| part.sections.iter().map(|section| section.text.len()).sum::<usize>() <= PART + PART / 8)
        );
        assert_eq!(all.iter().filter(|section| !section.continues).count(), 3);
    }

    #[test]
    fn a_word_longer_than_a_part_is_cut_too() {
        assert_eq!(parts(vec![section(&"é".repeat(PART))]).len(), 2);
    }

    #[test]
    fn lines_have_one_space_between_words() {
        assert_eq!(lines("- one  two\n\n\n- three\tfour\n"), "one two\nthree four");
    }
}
