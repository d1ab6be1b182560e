//! The running words of a page: those of its fields, of its components and of its body.

use super::{
    block::{Block, Source},
    running,
};
use crate::{
    model::{
        ComponentBlock, Entry, Field, FieldPath, FieldType, Fields, LinkKind, PageText, Place, Span, Step, Theme, Value,
    },
    yaml,
};

/// The blocks of an entry in the order in which a reader meets them.
pub(super) fn blocks<'a>(entry: &'a Entry, theme: &'a Theme) -> Vec<Block<'a>> {
    let mut gatherer = Gatherer { entry, theme, blocks: Vec::new() };
    let front = entry.front_span.map_or("", |span| span.of(&entry.source.text));
    for (name, value) in [("title", &entry.title), ("summary", &entry.summary)] {
        // A page without a title of its own is called by a heading, or by the name of its file.
        let is_given = front.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')));
        if is_given {
            let is_verbatim = entry.kind.field(name).is_some_and(|field| field.verbatim);
            let path = vec![Step::Key(name.to_owned())];
            gatherer.plain(value, is_verbatim, name == "title", &Source::Value(path, value));
        }
    }
    let of_page = |path: FieldPath, value: &'a str| Source::Value(path, value);
    gatherer.fields(&entry.fields, &entry.kind.fields, &Vec::new(), &of_page);
    if let Some(body) = entry.texts.last().filter(|text| matches!(text.place, Place::Body(_))) {
        gatherer.markdown(body, false);
    }
    gatherer.blocks
}

/// Gathers the blocks of an entry.
pub(super) struct Gatherer<'a> {
    pub entry: &'a Entry,
    theme: &'a Theme,
    blocks: Vec<Block<'a>>,
}

/// Makes the source of a value at a path.
type Sourced<'f, 'a> = dyn Fn(FieldPath, &'a str) -> Source<'a> + 'f;

impl<'a> Gatherer<'a> {
    fn fields(&mut self, values: &'a Fields, fields: &[Field], path: &FieldPath, sourced: &Sourced<'_, 'a>) {
        for field in fields {
            let Some(value) = values.get(&field.name) else { continue };
            let path = down(path, Step::Key(field.name.clone()));
            match value {
                Value::Many(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.value(item, field, down(&path, Step::Item(index)), sourced);
                    }
                }
                one => self.value(one, field, path, sourced),
            }
        }
    }

    fn value(&mut self, value: &'a Value, field: &Field, path: FieldPath, sourced: &Sourced<'_, 'a>) {
        match (value, &field.field_type) {
            (Value::Text(text), FieldType::Text { .. }) => {
                self.plain(text, field.verbatim, false, &sourced(path, text));
            }
            (Value::Markdown(index), _) => {
                if let Some(text) = self.entry.texts.get(*index) {
                    self.markdown(text, field.verbatim);
                }
            }
            (Value::Group(values), FieldType::Group(fields)) => self.fields(values, fields, &path, sourced),
            _ => {}
        }
    }

    /// The lines of a plain text, each by itself.
    fn plain(&mut self, value: &str, quoted: bool, label: bool, source: &Source<'a>) {
        for line in Span::lines(value, 0).filter(|line| !line.of(value).trim().is_empty()) {
            let mut block = Block::new(quoted, label, source.clone());
            block.say(line.of(value), line, false);
            self.blocks.push(block);
        }
    }

    fn markdown(&mut self, text: &'a PageText, quoted: bool) {
        running::read(text, quoted, self);
    }

    /// A block that no more words come to.
    pub fn keep(&mut self, block: Block<'a>) {
        if !block.words.trim().is_empty() {
            self.blocks.push(block);
        }
    }

    /// The words in the fields of a component.
    pub fn component(&mut self, text: &'a PageText, block: &'a ComponentBlock) {
        if let (Some(values), Some(component)) = (&block.fields, self.theme.components.get(&block.name)) {
            let of_block = |path: FieldPath, value: &'a str| Source::Component(text, block, path, value);
            self.fields(values, &component.fields, &Vec::new(), &of_block);
        }
    }
}

fn down(path: &FieldPath, step: Step) -> FieldPath {
    path.iter().cloned().chain([step]).collect()
}

/// The links and pictures of an entry, each with the place of its words or address in the file.
pub(super) fn links(entry: &Entry) -> impl Iterator<Item = (&crate::model::Link, impl Fn() -> Span)> {
    entry.texts.iter().flat_map(move |text| {
        text.links.iter().map(move |link| {
            let place = move || {
                let whole = link.span.of(text.markdown(&entry.source.text)).trim_end().len();
                let span = Span::new(link.span.start, link.span.start + whole);
                yaml::markdown_span(&entry.source.text, entry.front_span, text, span)
            };
            (link, place)
        })
    })
}

/// True for a link that somebody follows.
pub(super) fn is_followed(link: &crate::model::Link) -> bool {
    link.kind == LinkKind::Link
}
