//! Groups of fields: tables of what is short, cards of what is not.

use super::{Scribe, fields::is_picture};
use crate::model::{
    Component, Download, Field, FieldPath, FieldType, Fields, Format, Step, Value,
    paper::{Alignment, Block, BlockContent, Card, CardPart, Definition, Inline, Item, Spot, Table},
};
use std::sync::Arc;

/// How many columns a table may have.
const MOST_COLUMNS: usize = 5;

impl Scribe<'_, '_> {
    /// A list of groups.
    pub(super) fn groups(&self, field: &Field, inner: &[Field], values: &[Value], path: &FieldPath) -> Vec<Block> {
        let rows: Vec<(usize, &Fields)> = values
            .iter()
            .enumerate()
            .filter_map(|(place, value)| match value {
                Value::Group(fields) => Some((place, fields)),
                _ => None,
            })
            .collect();
        let used: Vec<&Field> =
            inner.iter().filter(|inner| rows.iter().any(|(_, row)| row.contains_key(&inner.name))).collect();
        let block = |content| vec![Block { spot: Spot::Field(Arc::new(path.clone())), content }];
        if field.declares_placeholders {
            return block(BlockContent::Definitions(self.placeholders.iter().map(declared).collect()));
        }
        let card = |(place, fields): (usize, &Fields)| {
            let path = path.iter().cloned().chain([Step::Item(place)]).collect();
            self.card(&field.name, inner, fields, &path)
        };
        // What can be taken away as a table has each item by itself on paper: that is why there is a table beside it.
        let is_tabled =
            |download: &Download| download.format == Format::Csv && download.of.as_ref() == Some(&field.name);
        if self.entry.kind.downloads.iter().any(is_tabled) {
            return rows.into_iter().map(card).collect();
        }
        if let [only] = used.as_slice()
            && let Some(items) = self.items(only, &rows)
        {
            return block(BlockContent::List { start: None, items });
        }
        if let [term, meaning] = used.as_slice()
            && let Some(definitions) = self.definitions(term, meaning, &rows)
        {
            return block(BlockContent::Definitions(definitions));
        }
        if let Some(table) = self.table(&used, &rows) {
            return block(BlockContent::Table(table));
        }
        rows.into_iter().map(card).collect()
    }

    /// A group that stands alone.
    pub(super) fn group(&self, field: &Field, inner: &[Field], fields: &Fields, path: &FieldPath) -> Vec<Block> {
        vec![self.card(&field.name, inner, fields, path)]
    }

    /// One short value an item.
    fn items(&self, only: &Field, rows: &[(usize, &Fields)]) -> Option<Vec<Item>> {
        let item = |(_, row): &(usize, &Fields)| {
            let value = row.get(&only.name)?;
            self.short(only, value)?;
            Some(Item { task: None, blocks: self.blocks(only, value, &FieldPath::new()) })
        };
        rows.iter().map(item).collect()
    }

    /// Two texts an item: the first is what the second tells of.
    fn definitions(&self, term: &Field, meaning: &Field, rows: &[(usize, &Fields)]) -> Option<Vec<Definition>> {
        let is_text = |field: &Field| matches!(field.field_type, FieldType::Text { .. }) && !field.many;
        if !is_text(term) || !is_text(meaning) {
            return None;
        }
        let definition = |(_, row): &(usize, &Fields)| {
            let words = self.short(term, row.get(&term.name)?)?;
            let path = Vec::new();
            let meanings = row.get(&meaning.name).map(|value| self.blocks(meaning, value, &path));
            Some(Definition { term: words, meanings: meanings.into_iter().collect() })
        };
        rows.iter().map(definition).collect()
    }

    /// A table, where every value is short.
    fn table(&self, used: &[&Field], rows: &[(usize, &Fields)]) -> Option<Table> {
        let suits = |field: &&Field| {
            !matches!(field.field_type, FieldType::Markdown | FieldType::Group(_)) && !is_picture(field)
        };
        if !(2..=MOST_COLUMNS).contains(&used.len()) || !used.iter().all(suits) {
            return None;
        }
        let cell = |field: &Field, row: &Fields| match row.get(&field.name) {
            Some(value) => self.due(field, value).or_else(|| self.short(field, value)),
            None => Some(Vec::new()),
        };
        let row = |(_, row): &(usize, &Fields)| used.iter().map(|field| cell(field, row)).collect::<Option<Vec<_>>>();
        let heading = |field: &&Field| {
            let due = field.days_from.is_some()
                && rows
                    .iter()
                    .any(|(_, row)| row.get(&field.name).is_some_and(|value| self.due(field, value).is_some()));
            let label = field.label.get(self.language()).to_owned();
            vec![Inline::Text(if due { self.tell("paper.due", &[]) } else { label })]
        };
        let alignment = |field: &&Field| {
            if matches!(field.field_type, FieldType::Number { .. }) && field.days_from.is_none() {
                Alignment::End
            } else {
                Alignment::Start
            }
        };
        Some(Table {
            alignments: used.iter().map(alignment).collect(),
            header: used.iter().map(heading).collect(),
            rows: rows.iter().map(row).collect::<Option<_>>()?,
        })
    }

    /// The day that a number of days stands for.
    fn due(&self, field: &Field, value: &Value) -> Option<Vec<Inline>> {
        let Value::Number(days) = value else { return None };
        let day = self.renderer.library().due(self.entry, field, *days)?;
        Some(vec![Inline::Text(crate::render::dates::words(
            crate::model::PartialDate::day(day),
            self.locale.messages(),
        ))])
    }

    /// A block of data: a picture with its caption, or a card.
    pub(super) fn component(&self, component: &Component, fields: &Fields) -> BlockContent {
        let (inner, path) = (&component.fields, Vec::new());
        let pictured = inner.iter().filter(|field| is_picture(field)).find_map(|field| match fields.get(&field.name) {
            Some(Value::File(file)) => self.pictured(file, fields, &field.name, &path).pop(),
            _ => None,
        });
        let Some(Block { content: BlockContent::Picture(mut picture), .. }) = pictured else {
            let parts =
                self.parts(inner.iter().filter_map(|field| Some((field, fields.get(&field.name)?))), fields, &path);
            return BlockContent::Card(Card { name: component.name.clone(), title: Vec::new(), parts });
        };
        let said =
            inner.iter().filter(|field| !is_picture(field) && field.name != "alt" && !field.name.ends_with("_alt"));
        for text in said.filter_map(|field| self.short(field, fields.get(&field.name)?)) {
            if !picture.caption.is_empty() {
                picture.caption.push(Inline::Text(" ".to_owned()));
            }
            picture.caption.extend(text);
        }
        BlockContent::Picture(picture)
    }

    /// A group as a card. What comes first and is a name of it is its title.
    fn card(&self, name: &str, inner: &[Field], fields: &Fields, path: &FieldPath) -> Block {
        let mut set = inner.iter().filter_map(|field| Some((field, fields.get(&field.name)?))).peekable();
        let is_name = |field: &Field| {
            matches!(field.field_type, FieldType::Text { .. } | FieldType::Choice(_) | FieldType::Reference(_))
                && !field.many
        };
        let is_title = |(field, value): &(&Field, &Value)| is_name(field) && self.short(field, value).is_some();
        let title = set.next_if(is_title).and_then(|(field, value)| self.short(field, value));
        let parts = self.parts(set, fields, path);
        let content = BlockContent::Card(Card { name: name.to_owned(), title: title.unwrap_or_default(), parts });
        Block { spot: Spot::Field(Arc::new(path.clone())), content }
    }

    /// What a card says below its title.
    fn parts<'f>(
        &self,
        set: impl Iterator<Item = (&'f Field, &'f Value)>,
        fields: &Fields,
        path: &FieldPath,
    ) -> Vec<CardPart> {
        let mut has_text = false;
        let set = set.filter(|(field, _)| !(self.is_part && field.declares_placeholders));
        let parts = set.filter_map(|(field, value)| {
            let path: FieldPath = path.iter().cloned().chain([Step::Key(field.name.clone())]).collect();
            let label = field.label.get(self.language()).to_owned();
            let is_text = !field.many && matches!(field.field_type, FieldType::Markdown | FieldType::Text { .. });
            // The first text of a card needs no label: it is what the card says.
            let is_first = is_text && !has_text;
            has_text |= is_text;
            let due = self.due(field, value);
            let label = match &due {
                Some(_) => self.tell("paper.due", &[]),
                None if is_first || is_picture(field) => String::new(),
                None => label,
            };
            let blocks = match (due, value) {
                (Some(day), _) => {
                    let spot = Spot::Field(Arc::new(path.clone()));
                    vec![Block { spot, content: BlockContent::Paragraph(day) }]
                }
                (None, Value::File(file)) if is_picture(field) => self.pictured(file, fields, &field.name, &path),
                _ => self.blocks(field, value, &path),
            };
            Some(CardPart { name: field.name.clone(), label, blocks }).filter(|part| !part.blocks.is_empty())
        });
        parts.collect()
    }

    /// A picture of a group, with the description beside it there.
    fn pictured(&self, file: &str, fields: &Fields, name: &str, path: &FieldPath) -> Vec<Block> {
        let alt = [format!("{name}_alt"), "alt".to_owned()].iter().find_map(|name| match fields.get(name) {
            Some(Value::Text(alt)) => Some(alt.clone()),
            _ => None,
        });
        let picture = self.picture(file, alt.unwrap_or_default(), Vec::new());
        let block =
            |picture| Block { spot: Spot::Field(Arc::new(path.clone())), content: BlockContent::Picture(picture) };
        picture.map(block).into_iter().collect()
    }
}

/// A placeholder and what is to be known of it.
fn declared(placeholder: &crate::model::Placeholder) -> Definition {
    let help = placeholder.help.iter().map(|help| {
        let path = Arc::default();
        vec![Block { spot: Spot::Field(path), content: BlockContent::Paragraph(vec![Inline::Text(help.clone())]) }]
    });
    Definition { term: vec![Inline::Text(placeholder.label.clone())], meanings: help.collect() }
}
