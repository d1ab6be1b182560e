//! Values of fields, from what stands in their controls, behind their labels or under their headings.

use super::{
    Writer,
    answers::{Answer, Slot},
    inside::first_picture,
    internal,
    pictures::is_file,
    sections::flat,
};
use crate::{
    import::{
        self,
        docx::{Block, Inline, Role, words},
    },
    model::{Field, FieldType},
};
use serde_yaml::{Mapping, Value};

/// What is left of a group when its values have been read.
pub(super) enum Left {
    /// A text that is no value of a field.
    Unread(String, import::Misread),
    /// Words that no field takes.
    Words(String, String),
    /// Words for a field of a group that has a value already, after the names of both.
    Surplus(String, String),
}

impl<'a> Writer<'a> {
    /// Gives a field of the kind what was answered.
    pub(super) fn give_field(&mut self, field: &'a Field, slot: Slot) {
        let since = self.draft.faults.len();
        if self.is_withheld(field, &internal::said(&slot)) {
            return self.name_question(since, field.label.get(&self.known.language));
        }
        match (slot, &field.field_type) {
            (Slot::Groups(groups), FieldType::Group(inner)) => {
                let values: Vec<Value> =
                    groups.into_iter().filter_map(|group| self.mapping(field, inner, group)).collect();
                self.set_groups(field, values);
            }
            (Slot::Answers(answers), _) => {
                for answer in answers {
                    match answer {
                        Answer::Empty => {}
                        Answer::Chosen(id) => {
                            let at = self.at.clone();
                            self.draft.put(field, &id, &at);
                        }
                        Answer::Blocks(blocks) => self.give_blocks(field, &blocks),
                    }
                }
            }
            (Slot::Groups(_), _) => {}
        }
        self.name_question(since, field.label.get(&self.known.language));
    }

    /// What was written for a field of a group; for a picture the field of its description gets that as well.
    pub(super) fn beside(&self, own: &Field, blocks: &[Block], inner: &[Field], values: &mut Mapping) -> String {
        if let (true, Some((_, alt))) = (is_file(own), first_picture(blocks)) {
            let named = |name: &str| inner.iter().find(|field| field.name == name);
            let field = named(&format!("{}_alt", own.name)).or_else(|| named("alt"));
            if let Some(field) = field.filter(|_| !alt.is_empty()) {
                values.entry(Value::from(field.name.as_str())).or_insert_with(|| Value::from(alt));
            }
        }
        self.written(own, blocks)
    }

    /// The value that a text is for a field of a group; what is none is kept as a note.
    pub(super) fn read(&self, group: &str, own: &Field, text: &str) -> Option<Value> {
        if matches!(own.field_type, FieldType::Markdown) && !own.many {
            return Some(Value::from(text)).filter(|_| !text.trim().is_empty());
        }
        if let Some(days) = self.days(own, text) {
            return Some(days);
        }
        let reading = import::read(own, text, self.known);
        for misread in reading.misread {
            self.left.borrow_mut().push(Left::Unread(format!("{group}: {}", own.name), misread));
        }
        reading.value
    }

    /// Keeps words of a field that no part of it takes.
    pub(super) fn keep(&self, name: &str, words: &str) {
        self.left.borrow_mut().push(Left::Words(name.to_owned(), words.to_owned()));
    }

    /// Gives a field of the kind what stands under its heading, in its control or beside its name.
    pub(super) fn give_blocks(&mut self, field: &'a Field, blocks: &[Block]) {
        let since = self.draft.faults.len();
        if self.is_withheld(field, &flat(blocks)) {
            return self.name_question(since, field.label.get(&self.known.language));
        }
        let at = self.at.clone();
        match &field.field_type {
            FieldType::Markdown if !field.many => {
                let text = self.markdown(blocks, 3);
                self.text(field, text);
            }
            FieldType::Image | FieldType::File if !field.many => match first_picture(blocks) {
                Some((picture, alt)) => self.pictured(field, picture, &alt),
                None => self.draft.put(field, &flat(blocks), &at),
            },
            FieldType::Group(inner) => {
                let values = self.groups(field, inner, blocks);
                self.set_groups(field, values);
            }
            _ => {
                let written = self.written(field, blocks);
                self.draft.put(field, &written, &at);
            }
        }
        self.name_question(since, field.label.get(&self.known.language));
    }

    /// The same for what stands behind its name on one line.
    pub(super) fn give_inline(&mut self, field: &'a Field, text: &[Inline]) {
        let block = Block::Paragraph { role: Role::Text, text: text.to_vec() };
        self.give_blocks(field, &[block]);
    }

    /// What blocks say, as a person would type it for a field.
    pub(super) fn written(&self, field: &Field, blocks: &[Block]) -> String {
        match &field.field_type {
            FieldType::Markdown => self.markdown(blocks, 3),
            FieldType::Image | FieldType::File => {
                let file = first_picture(blocks).and_then(|(picture, _)| self.pictures.get(picture).cloned());
                file.unwrap_or_else(|| flat(blocks))
            }
            _ => {
                let parts: Vec<String> = blocks.iter().map(|block| self.typed(field, block)).collect();
                let between = if field.many { "\n" } else { "\n\n" };
                parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(between)
            }
        }
    }

    pub(super) fn typed(&self, field: &Field, block: &Block) -> String {
        match block {
            Block::Paragraph { text, .. } | Block::Heading { text, .. } => self.plain(field, text),
            Block::List { items, .. } => {
                let item = |item: &Vec<Block>| {
                    item.iter().map(|block| self.typed(field, block)).collect::<Vec<_>>().join("\n")
                };
                items.iter().map(item).collect::<Vec<_>>().join("\n")
            }
            Block::Table { rows, .. } => {
                let row = |row: &Vec<Vec<Block>>| row.iter().map(|cell| flat(cell)).collect::<Vec<_>>().join(" | ");
                rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            Block::Quote(blocks) | Block::Control(_, blocks) => {
                blocks.iter().map(|block| self.typed(field, block)).collect::<Vec<_>>().join("\n\n")
            }
            Block::Code(code) => code.clone(),
            Block::Rule => String::new(),
        }
    }

    /// Running text without markup; for a field of addresses and of pages, where its links lead.
    pub(super) fn plain(&self, field: &Field, text: &[Inline]) -> String {
        if matches!(field.field_type, FieldType::Url | FieldType::Reference(_)) {
            let is_between = |inline: &Inline| matches!(inline, Inline::Text(words, _) if words.trim_matches([',', ';', ' ']).is_empty());
            let links: Vec<&str> = text
                .iter()
                .filter_map(|inline| if let Inline::Link(address, _) = inline { Some(address.as_str()) } else { None })
                .collect();
            if !links.is_empty() && text.iter().all(|inline| matches!(inline, Inline::Link(..)) || is_between(inline)) {
                let named = links.into_iter().map(|address| self.page(address).unwrap_or_else(|| address.to_owned()));
                return named.collect::<Vec<_>>().join("\n");
            }
        }
        with_gaps(text)
    }
}

/// The words of running text, with the gaps that are to be filled in by their names in braces.
fn with_gaps(text: &[Inline]) -> String {
    text.iter()
        .map(|inline| match inline {
            Inline::Control(control, _) if control.is_empty && !control.tag.is_empty() => {
                format!("{{{{{}}}}}", control.tag)
            }
            Inline::Control(_, inner) | Inline::Link(_, inner) => with_gaps(inner),
            inline => words(std::slice::from_ref(inline)),
        })
        .collect()
}
