//! Cards, as documents of ours show groups: a name as a heading, and parts behind labels.

use super::{Writer, pictures::is_file, sections::flat};
use crate::{
    import::docx::{Block, Inline, Role, words},
    model::{Field, FieldType},
};
use serde_yaml::{Mapping, Value};

impl<'a> Writer<'a> {
    /// Cards: each has its name as a heading, and parts behind labels.
    pub(super) fn cards(&self, field: &Field, inner: &[Field], blocks: &[Block]) -> Vec<Value> {
        let top = blocks
            .iter()
            .filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None })
            .min();
        let starts = |block: &Block| matches!(block, Block::Heading { level, .. } if Some(*level) == top);
        let first = blocks.iter().position(starts).unwrap_or(0);
        let (before, cards) = blocks.split_at(first);
        if !before.is_empty() {
            self.keep(&field.name, &flat(before));
        }
        let mut values = Vec::new();
        let mut rest = cards;
        while let Some((Block::Heading { text, .. }, after)) = rest.split_first() {
            let end = after.iter().position(starts).unwrap_or(after.len());
            let (parts, next) = after.split_at(end);
            values.extend(self.card(&field.name, inner, Some(text), parts));
            rest = next;
        }
        values
    }

    pub(super) fn card(
        &self,
        name: &str,
        inner: &[Field],
        title: Option<&[Inline]>,
        blocks: &[Block],
    ) -> Option<Value> {
        let is_name = |own: &&Field| {
            matches!(own.field_type, FieldType::Text { .. } | FieldType::Choice(_) | FieldType::Reference(_))
                && !own.many
        };
        let named = title.and_then(|_| inner.iter().find(is_name));
        let is_text = |own: &&Field| {
            matches!(own.field_type, FieldType::Text { .. } | FieldType::Markdown)
                && !own.many
                && Some(own.name.as_str()) != named.map(|named| named.name.as_str())
        };
        let said = inner.iter().find(is_text);
        let pictured = inner.iter().find(|own| is_file(own));
        let mut parts: Vec<(&Field, Vec<Block>)> = Vec::new();
        let mut current = said;
        for block in blocks {
            let mut block = block.clone();
            if let Block::Paragraph { role, text } = &block {
                let line = words(text);
                let own = |name: &str| self.part(inner, name);
                match line.split_once(':').and_then(|(name, _)| own(name)) {
                    Some(own) if matches!(text.first(), Some(Inline::Text(first, marks)) if marks.strong && first.contains(':')) =>
                    {
                        current = Some(own);
                        block = Block::Paragraph { role: Role::Text, text: behind(text) };
                    }
                    // What stands in a box has no label: it is what the card says.
                    _ if *role == Role::Copy => current = said,
                    _ if *role == Role::Label => {
                        if let Some(own) = own(&line) {
                            current = Some(own);
                            parts.push((own, Vec::new()));
                            continue;
                        }
                    }
                    _ if matches!(text.as_slice(), [Inline::Picture(..)])
                        && !matches!(current, Some(own) if matches!(own.field_type, FieldType::Markdown)) =>
                    {
                        parts.extend(pictured.map(|own| (own, vec![block.clone()])));
                        continue;
                    }
                    _ => {}
                }
            }
            match (
                parts.iter_mut().find(|(own, _)| Some(own.name.as_str()) == current.map(|own| own.name.as_str())),
                current,
            ) {
                (Some((_, blocks)), _) => blocks.push(block),
                (None, Some(own)) => parts.push((own, vec![block])),
                (None, None) => {
                    self.keep(name, &flat(&[block]));
                }
            }
        }
        let mut group = Mapping::new();
        if let (Some(named), Some(title)) = (named, title) {
            let text = self.plain(named, title);
            if let Some(value) = self.read(name, named, &text) {
                group.insert(Value::from(named.name.as_str()), value);
            }
        }
        for (own, blocks) in parts {
            let value = match &own.field_type {
                FieldType::Group(deeper) => {
                    let all = self.groups(own, deeper, &blocks);
                    self.within(name, own, all)
                }
                _ => {
                    let text = self.beside(own, &blocks, inner, &mut group);
                    Some(text).filter(|text| !text.trim().is_empty()).and_then(|text| self.read(name, own, &text))
                }
            };
            if let Some(value) = value {
                group.insert(Value::from(own.name.as_str()), value);
            }
        }
        (!group.is_empty()).then_some(Value::Mapping(group))
    }
}

/// Running text without what stands before its first colon.
fn behind(text: &[Inline]) -> Vec<Inline> {
    let mut text = text.to_vec();
    if let Some(Inline::Text(first, marks)) = text.first_mut() {
        let rest = first.split_once(':').map(|(_, rest)| rest.trim_start().to_owned());
        *first = rest.unwrap_or_default();
        marks.strong = false;
    }
    if matches!(text.first(), Some(Inline::Text(first, _)) if first.is_empty()) {
        text.remove(0);
    }
    text
}
