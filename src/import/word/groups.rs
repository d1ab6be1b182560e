//! Groups of fields: from their controls, a table, a list, or terms with their meaning.

use super::{
    Writer,
    answers::{Answer, Group, Slot},
    pictures::is_file,
    sections::flat,
    values::Left,
};
use crate::{
    import::{
        self,
        docx::{Block, Role},
    },
    model::{Field, FieldType},
};
use serde_yaml::{Mapping, Value};

impl<'a> Writer<'a> {
    pub(super) fn set_groups(&mut self, field: &Field, values: Vec<Value>) {
        let at = self.at.clone();
        for value in values {
            self.draft.add(field, value, &at);
        }
    }

    /// The value of a group within a group, of all that was found for it.
    pub(super) fn within(&self, above: &str, field: &Field, values: Vec<Value>) -> Option<Value> {
        if field.many {
            return (!values.is_empty()).then_some(Value::Sequence(values));
        }
        let mut one = Mapping::new();
        for value in values {
            let Value::Mapping(more) = value else { continue };
            for (name, words) in import::value::join(&mut one, more) {
                let way = format!("{above}: {}: {name}", field.name);
                self.left.borrow_mut().push(Left::Surplus(way, words));
            }
        }
        (!one.is_empty()).then_some(Value::Mapping(one))
    }

    /// The value of a group.
    pub(super) fn mapping(&self, field: &Field, inner: &[Field], group: Group) -> Option<Value> {
        if group.is_empty() {
            return None;
        }
        let mut values = Mapping::new();
        for (name, slot) in group.into_slots() {
            let Some(own) = inner.iter().find(|own| own.name == name) else { continue };
            let value = match (slot, &own.field_type) {
                (Slot::Groups(groups), FieldType::Group(deeper)) => {
                    let all = groups.into_iter().filter_map(|group| self.mapping(own, deeper, group)).collect();
                    self.within(&field.name, own, all)
                }
                (Slot::Answers(answers), _) => {
                    let texts = answers.into_iter().filter_map(|answer| match answer {
                        Answer::Empty => None,
                        Answer::Chosen(id) => Some(id),
                        Answer::Blocks(blocks) => Some(self.beside(own, &blocks, inner, &mut values)),
                    });
                    let texts: Vec<String> = texts.filter(|text| !text.trim().is_empty()).collect();
                    if texts.is_empty() { None } else { self.read(&field.name, own, &texts.join("\n")) }
                }
                (Slot::Groups(_), _) => None,
            };
            let is_empty = |value: &Value| matches!(value, Value::Sequence(items) if items.is_empty());
            if let Some(value) = value.filter(|value| !is_empty(value)) {
                values.insert(Value::from(name), value);
            }
        }
        (!values.is_empty()).then_some(Value::Mapping(values))
    }

    /// The values of a group, or of each of several, from a table, a list, terms with their meaning, or cards.
    pub(super) fn groups(&self, field: &Field, inner: &[Field], blocks: &[Block]) -> Vec<Value> {
        let mut values = Vec::new();
        let mut rest: Vec<Block> = Vec::new();
        for block in blocks {
            match block {
                Block::Table { rows, .. } => match self.rows(field, inner, rows) {
                    Some(found) => values.extend(found),
                    None => rest.push(block.clone()),
                },
                _ => rest.push(block.clone()),
            }
        }
        if rest.iter().any(|block| matches!(block, Block::Heading { .. })) {
            values.extend(self.cards(field, inner, &rest));
            return values;
        }
        if let Some(found) = self.terms(field, inner, &rest) {
            values.extend(found);
            return values;
        }
        for block in &rest {
            let items = match block {
                Block::List { items, .. } => items.iter().map(|item| self.written(field, item)).collect(),
                block => vec![self.typed(field, block)],
            };
            for text in items.into_iter().filter(|text| !text.trim().is_empty()) {
                if let Some(range) = self.range(inner, &text) {
                    values.push(range);
                    continue;
                }
                if let Some(value) = self.further(field, inner, &text, &values) {
                    values.push(value);
                    continue;
                }
                match self.read(&field.name, &Field { many: false, ..field.clone() }, &text) {
                    Some(Value::Sequence(more)) => values.extend(more),
                    value => values.extend(value),
                }
            }
        }
        values
    }

    /// A line behind others of one group, for the next field that is free and takes no words but these: an age, an
    /// address, a day.
    fn further(&self, field: &Field, inner: &[Field], text: &str, before: &[Value]) -> Option<Value> {
        let has = |own: &Field| before.iter().any(|value| value.get(own.name.as_str()).is_some());
        let is_named = text.split_once(':').is_some_and(|(name, _)| self.part(inner, name).is_some());
        if field.many || is_named || !inner.first().is_some_and(has) {
            return None;
        }
        let is_open = |own: &Field| {
            own.many
                || matches!(own.field_type, FieldType::Text { .. } | FieldType::Markdown | FieldType::Group(_))
                || is_file(own)
        };
        inner.iter().filter(|own| !is_open(own) && !has(own)).find_map(|own| {
            let reading = import::read(own, text, self.known);
            let value = reading.value.filter(|_| reading.misread.is_empty())?;
            Some(Value::Mapping(Mapping::from_iter([(Value::from(own.name.as_str()), value)])))
        })
    }

    /// Values under headings of a table that are the names of fields; nothing where no heading is.
    pub(super) fn rows(&self, field: &Field, inner: &[Field], rows: &[Vec<Vec<Block>>]) -> Option<Vec<Value>> {
        let (header, rows) = rows.split_first()?;
        let columns: Vec<Option<&Field>> = header.iter().map(|cell| self.part(inner, &flat(cell))).collect();
        if columns.iter().all(Option::is_none) {
            return None;
        }
        let mut values = Vec::new();
        for row in rows {
            let mut group = Mapping::new();
            for (cell, (own, heading)) in row.iter().zip(columns.iter().zip(header)) {
                let Some(own) = own else {
                    self.keep(&format!("{}: {}", field.name, flat(heading)), &flat(cell));
                    continue;
                };
                let text = self.beside(own, cell, inner, &mut group);
                if let Some(value) = Some(text)
                    .filter(|text| !text.trim().is_empty())
                    .and_then(|text| self.read(&field.name, own, &text))
                {
                    group.insert(Value::from(own.name.as_str()), value);
                }
            }
            if !group.is_empty() {
                values.push(Value::Mapping(group));
            }
        }
        Some(values)
    }

    /// Terms, each with its meaning: the first two texts of a group.
    pub(super) fn terms(&self, field: &Field, inner: &[Field], blocks: &[Block]) -> Option<Vec<Value>> {
        let is_text = |own: &&Field| matches!(own.field_type, FieldType::Text { .. }) && !own.many;
        // Readers see the label of a gap and the advice, and not the name that the texts have for it.
        let gap = field.declares_placeholders.then(|| inner.iter().find(|own| own.name == "name")).flatten();
        let mut texts = inner.iter().filter(is_text).filter(|own| gap.is_none_or(|gap| gap.name != own.name));
        let (term, meaning) = (texts.next()?, texts.next());
        let is_term = |block: &Block| matches!(block, Block::Paragraph { role: Role::Term, .. });
        if !blocks.first().is_some_and(is_term) {
            return None;
        }
        let mut values: Vec<Mapping> = Vec::new();
        for block in blocks {
            let own = if is_term(block) { term } else { meaning? };
            if is_term(block) {
                values.push(Mapping::new());
            }
            let text = self.typed(own, block);
            let value = self.read(&field.name, own, &text);
            if let (Some(value), Some(group)) = (value, values.last_mut()) {
                if let Some(gap) = gap.filter(|_| is_term(block)) {
                    let name = self.gaps.get(&text).cloned().unwrap_or_else(|| crate::markdown::slug(&text));
                    group.insert(Value::from(gap.name.as_str()), Value::from(name));
                }
                group.insert(Value::from(own.name.as_str()), value);
            }
        }
        Some(values.into_iter().map(Value::Mapping).collect())
    }

    /// A group of two ends in the words that readers see: “14 to 17”, “up to 25”.
    pub(super) fn range(&self, inner: &[Field], text: &str) -> Option<Value> {
        let ends: Vec<&Field> =
            ["from", "to"].iter().filter_map(|name| inner.iter().find(|own| own.name == *name)).collect();
        if ends.len() != 2 {
            return None;
        }
        let messages = self.known.theme.translations.values();
        for (key, message) in messages.flatten().filter(|(key, _)| key.starts_with("value.range")) {
            let Some(found) = message.as_str().and_then(|message| filled(message, text.trim())) else { continue };
            let mut group = Mapping::new();
            for (name, text) in found {
                let own = ends.iter().find(|own| own.name == name)?;
                let reading = import::read(own, &text, self.known);
                if !reading.misread.is_empty() {
                    continue;
                }
                group.insert(Value::from(name), reading.value?);
            }
            let expected = if key == "value.range" { 2 } else { 1 };
            if group.len() == expected {
                return Some(Value::Mapping(group));
            }
        }
        None
    }
}

/// What stands at the gaps of a message, where a text is that message filled in.
pub(super) fn filled(message: &str, text: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let (mut message, mut text) = (message, text);
    loop {
        let Some((before, rest)) = message.split_once('{') else {
            return (message == text).then_some(found);
        };
        let (name, after) = rest.split_once('}')?;
        text = text.strip_prefix(before)?;
        let until = after.split('{').next().unwrap_or_default();
        let end = if until.is_empty() { text.len() } else { text.find(until)? };
        let (value, behind) = text.split_at_checked(end)?;
        found.push((name.to_owned(), value.to_owned()));
        (message, text) = (after, behind);
    }
}
