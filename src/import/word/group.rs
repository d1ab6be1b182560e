//! Values of fields, from what stands in their controls, behind their labels or under their headings.

use super::{Answer, Group, Writer, answers::Slot, first_picture, internal, sections::flat};
use crate::{
    import::{
        self,
        docx::{self, Block, Inline, Role, words},
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
}

impl<'a> Writer<'a> {
    /// Gives a field of the kind what was answered.
    pub(super) fn give_field(&mut self, field: &'a Field, slot: Slot) {
        if self.is_withheld(field, &internal::said(&slot)) {
            return;
        }
        let since = self.draft.faults.len();
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

    /// Says in what has been told since then which question it is about.
    fn name_question(&mut self, since: usize, question: &str) {
        for fault in self.draft.faults.iter_mut().skip(since) {
            if !fault.message.contains(&format!("“{question}”")) && !fault.message.contains(&format!("“{question}:"))
            {
                fault.message.push_str(&format!(" (at “{question}”)"));
            }
        }
    }

    /// What readers see for the parts of a way such as `ages: from`.
    fn question(&self, way: &str) -> String {
        let mut fields = self.kind.fields.as_slice();
        let mut labels = Vec::new();
        for name in way.split(": ") {
            let found = fields.iter().find(|field| field.name == name);
            labels.push(found.map_or(name, |field| field.label.get(&self.known.language)));
            fields = match found.map(|field| &field.field_type) {
                Some(FieldType::Group(inner)) => inner,
                _ => &[],
            };
        }
        labels.join(docx::OF)
    }

    fn set_groups(&mut self, field: &Field, mut values: Vec<Value>) {
        if values.is_empty() {
            return;
        }
        let value = if field.many { Value::Sequence(values) } else { values.swap_remove(0) };
        self.draft.set(field, value);
    }

    /// The value of a group.
    fn mapping(&self, field: &Field, inner: &[Field], group: Group) -> Option<Value> {
        if group.is_empty() {
            return None;
        }
        let mut values = Mapping::new();
        for (name, slot) in group.into_slots() {
            let Some(own) = inner.iter().find(|own| own.name == name) else { continue };
            let value = match (slot, &own.field_type) {
                (Slot::Groups(groups), FieldType::Group(deeper)) => {
                    let mut all: Vec<Value> =
                        groups.into_iter().filter_map(|group| self.mapping(own, deeper, group)).collect();
                    if own.many {
                        Some(Value::Sequence(all)).filter(|_| true)
                    } else {
                        (!all.is_empty()).then(|| all.swap_remove(0))
                    }
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

    /// What was written for a field of a group; for a picture the field of its description gets that as well.
    fn beside(&self, own: &Field, blocks: &[Block], inner: &[Field], values: &mut Mapping) -> String {
        if let (true, Some((_, alt))) = (super::is_file(own), first_picture(blocks)) {
            let named = |name: &str| inner.iter().find(|field| field.name == name);
            let field = named(&format!("{}_alt", own.name)).or_else(|| named("alt"));
            if let Some(field) = field.filter(|_| !alt.is_empty()) {
                values.entry(Value::from(field.name.as_str())).or_insert_with(|| Value::from(alt));
            }
        }
        self.written(own, blocks)
    }

    /// The value that a text is for a field of a group; what is none is kept as a note.
    fn read(&self, group: &str, own: &Field, text: &str) -> Option<Value> {
        if matches!(own.field_type, FieldType::Markdown) && !own.many {
            return Some(Value::from(text)).filter(|_| !text.trim().is_empty());
        }
        let reading = import::read(own, text, self.known);
        for misread in reading.misread {
            self.left.borrow_mut().push(Left::Unread(format!("{group}: {}", own.name), misread));
        }
        reading.value
    }

    /// Keeps words of a field that no part of it takes.
    fn keep(&self, name: &str, words: &str) {
        self.left.borrow_mut().push(Left::Words(name.to_owned(), words.to_owned()));
    }

    /// Puts what could not be read into notes.
    pub(super) fn note_left(&mut self) {
        let at = self.at.clone();
        for left in self.left.take() {
            match left {
                Left::Unread(name, misread) => {
                    let since = self.draft.faults.len();
                    self.draft.unread(&name, misread, &at);
                    self.name_question(since, &self.question(&name));
                }
                Left::Words(name, words) => self.draft.keep(&name, &words, &at),
            }
        }
    }

    /// Gives a field of the kind what stands under its heading, in its control or beside its name.
    pub(super) fn give_blocks(&mut self, field: &'a Field, blocks: &[Block]) {
        if self.is_withheld(field, &flat(blocks)) {
            return;
        }
        let at = self.at.clone();
        let since = self.draft.faults.len();
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

    fn typed(&self, field: &Field, block: &Block) -> String {
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
    fn plain(&self, field: &Field, text: &[Inline]) -> String {
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

    /// The values of a group, or of each of several, from a table, a list, terms with their meaning, or cards.
    fn groups(&self, field: &Field, inner: &[Field], blocks: &[Block]) -> Vec<Value> {
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
                match self.read(&field.name, &Field { many: false, ..field.clone() }, &text) {
                    Some(Value::Sequence(more)) => values.extend(more),
                    value => values.extend(value),
                }
            }
        }
        values
    }

    /// Values under headings of a table that are the names of fields; nothing where no heading is.
    fn rows(&self, field: &Field, inner: &[Field], rows: &[Vec<Vec<Block>>]) -> Option<Vec<Value>> {
        let (header, rows) = rows.split_first()?;
        let columns: Vec<Option<&Field>> =
            header.iter().map(|cell| import::field_by_name(inner, &flat(cell))).collect();
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
    fn terms(&self, field: &Field, inner: &[Field], blocks: &[Block]) -> Option<Vec<Value>> {
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

    /// Cards: each has its name as a heading, and parts behind labels.
    fn cards(&self, field: &Field, inner: &[Field], blocks: &[Block]) -> Vec<Value> {
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
        let pictured = inner.iter().find(|own| super::is_file(own));
        let mut parts: Vec<(&Field, Vec<Block>)> = Vec::new();
        let mut current = said;
        for block in blocks {
            let mut block = block.clone();
            if let Block::Paragraph { role, text } = &block {
                let line = words(text);
                let own = |name: &str| import::field_by_name(inner, name);
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
                    let mut all = self.groups(own, deeper, &blocks);
                    if own.many {
                        (!all.is_empty()).then_some(Value::Sequence(all))
                    } else {
                        (!all.is_empty()).then(|| all.swap_remove(0))
                    }
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

    /// A group of two ends in the words that readers see: “14 to 17”, “up to 25”.
    fn range(&self, inner: &[Field], text: &str) -> Option<Value> {
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
