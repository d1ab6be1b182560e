//! The fields of an entry: which are facts, which are sections, and the words of each value.

use super::Scribe;
use crate::{
    model::{
        Field, FieldPath, FieldType, Fields, Step, Value,
        paper::{Block, BlockContent, Fact, Inline, Item, Section, Spot},
    },
    render::{context::is_shown, dates},
};
use std::sync::Arc;

/// How many characters a text may have to be a fact.
const SHORT: usize = 160;

/// True for a field of pictures.
pub(super) fn is_picture(field: &Field) -> bool {
    matches!(field.field_type, FieldType::Image)
}

impl Scribe<'_, '_> {
    /// The facts and the sections, of the field `of` alone where one is named.
    pub(super) fn sections(&self, of: Option<&str>) -> (Vec<Fact>, Vec<Section>) {
        let (mut facts, mut sections) = (Vec::new(), Vec::new());
        let fields = self.entry.kind.own_first().filter(|field| match of {
            Some(of) => field.name == of,
            None => is_shown(field) && !self.is_on_cover(field),
        });
        // A kind with fields of Markdown tells its story in them; the text of the page has what is left to say.
        let is_story = |field: &Field| matches!(self.entry.fields.get(&field.name), Some(Value::Markdown(_)));
        let fields: Vec<&Field> = fields.collect();
        let story = fields.iter().rposition(|field| is_story(field)).map_or(0, |last| last + 1);
        let (before, after) = fields.split_at(story);
        self.gather(before, of.is_some(), &mut facts, &mut sections);
        if of.is_none() {
            sections.extend(self.body());
        }
        self.gather(after, of.is_some(), &mut facts, &mut sections);
        (facts, sections)
    }

    /// Puts each field where it belongs; of a part all is text, and nothing needs a heading.
    fn gather(&self, fields: &[&Field], is_part: bool, facts: &mut Vec<Fact>, sections: &mut Vec<Section>) {
        for field in fields {
            let Some(value) = self.entry.fields.get(&field.name) else { continue };
            let (name, label) = (field.name.clone(), field.label.get(self.language()).to_owned());
            match self.short(field, value).filter(|_| !is_part) {
                Some(text) => facts.push(Fact { name, label, text }),
                None => {
                    let blocks = self.blocks(field, value, &vec![Step::Key(name.clone())]);
                    let heading = if is_part { String::new() } else { label };
                    let section = Section { name, heading, blocks };
                    sections.extend(Some(section).filter(|section| !section.blocks.is_empty()));
                }
            }
        }
    }

    /// The text of the page.
    fn body(&self) -> Option<Section> {
        let blocks = self.text(self.entry.texts.len().checked_sub(1)?);
        Some(Section { name: String::new(), heading: String::new(), blocks }).filter(|body| !body.blocks.is_empty())
    }

    /// True for the picture of the page and its description.
    fn is_on_cover(&self, field: &Field) -> bool {
        let picture = self.entry.kind.fields.iter().find(|field| is_picture(field) && !field.many);
        picture.is_some_and(|picture| field.name == picture.name || field.name == format!("{}_alt", picture.name))
    }

    /// What a value says where that is short; several values with what the language puts between them.
    pub(super) fn short(&self, field: &Field, value: &Value) -> Option<Vec<Inline>> {
        match (value, &field.field_type) {
            (Value::Many(_), FieldType::Text { .. } | FieldType::Group(_) | FieldType::Markdown) => None,
            (Value::Many(values), _) => {
                let mut text: Vec<Inline> = Vec::new();
                for value in values.iter().filter_map(|value| self.short(field, value)) {
                    if !text.is_empty() {
                        text.push(Inline::Text(self.tell("paper.separator", &[])));
                    }
                    text.extend(value);
                }
                (!text.is_empty()).then_some(text)
            }
            (Value::Text(text), FieldType::Url) => {
                let shown = text.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
                Some(vec![Inline::Link { address: text.clone(), text: vec![Inline::Text(shown.to_owned())] }])
            }
            (Value::Text(text), FieldType::Email) => {
                let address = format!("mailto:{text}");
                Some(vec![Inline::Link { address, text: vec![Inline::Text(text.clone())] }])
            }
            (Value::Text(text), _) => {
                let is_short = text.chars().count() <= SHORT && !text.contains('\n');
                is_short.then(|| self.plain(text))
            }
            (Value::Group(fields), FieldType::Group(inner)) => self.short_group(inner, fields),
            _ => self.word(field, value),
        }
    }

    /// What a value of a type that is always short says.
    fn word(&self, field: &Field, value: &Value) -> Option<Vec<Inline>> {
        let (language, messages) = (self.language(), self.locale.messages());
        let words = match (value, &field.field_type) {
            (Value::Date(date), _) => dates::words(*date, messages),
            (Value::DateTime(moment), _) => {
                dates::moment_words(&moment.zoned, self.renderer.config().now.time_zone(), messages)
            }
            // As on the page: a year has no mark between its thousands, and what a number counts is not known here.
            (Value::Number(number), _) => {
                number.to_string().replace('.', messages.get("number.decimal").unwrap_or("."))
            }
            (Value::YesNo(yes), _) => self.tell(if *yes { "value.yes" } else { "value.no" }, &[]),
            (Value::Choice(option), FieldType::Choice(options)) => options.get(*option)?.label.get(language).to_owned(),
            (Value::Term(register, term), _) => {
                self.library().register(register)?.terms.get(*term)?.labels.get(language).to_owned()
            }
            (Value::Page(reference), _) => {
                let library = self.library();
                let entry = library.front(library.resolve(reference, language)?)?;
                let address = self.renderer.addresses().absolute(&entry.url);
                return Some(vec![Inline::Link { address, text: vec![Inline::Text(entry.title.clone())] }]);
            }
            (Value::File(path), FieldType::File) => {
                let address = self.renderer.addresses().of_file(path);
                let name = path.rsplit('/').next().unwrap_or(path).to_owned();
                return Some(vec![Inline::Link { address, text: vec![Inline::Text(name)] }]);
            }
            _ => return None,
        };
        Some(vec![Inline::Text(words)])
    }

    /// A group whose values are all short, in a line: `14 to 17`, or each value with its label.
    fn short_group(&self, inner: &[Field], fields: &Fields) -> Option<Vec<Inline>> {
        let set = inner.iter().filter_map(|field| Some((field, fields.get(&field.name)?)));
        let values: Vec<_> =
            set.map(|(field, value)| Some((field, self.short(field, value)?))).collect::<Option<_>>()?;
        let of = |name: &str| {
            let found = values.iter().find(|(field, _)| field.name == name);
            found.map(|(_, text)| crate::model::paper::plain(text)).unwrap_or_default()
        };
        if values.iter().all(|(field, _)| ["from", "to"].contains(&field.name.as_str())) {
            let key = match values.len() {
                2 => "value.range",
                _ if fields.contains_key("from") => "value.range_from",
                _ => "value.range_to",
            };
            return Some(vec![Inline::Text(self.tell(key, &[("from", &of("from")), ("to", &of("to"))]))]);
        }
        let mut text = Vec::new();
        for (field, value) in values {
            if !text.is_empty() {
                text.push(Inline::Break);
            }
            let label = field.label.get(self.language());
            text.push(Inline::Text(self.tell("paper.labelled", &[("label", label)])));
            text.extend(value);
        }
        Some(text)
    }

    /// The blocks of a value, whatever its length.
    pub(super) fn blocks(&self, field: &Field, value: &Value, path: &FieldPath) -> Vec<Block> {
        let block = |content| Block { spot: Spot::Field(Arc::new(path.clone())), content };
        match (value, &field.field_type) {
            (Value::Markdown(text), _) => self.text(*text),
            (Value::Many(values), FieldType::Group(inner)) => self.groups(field, inner, values, path),
            (Value::Group(fields), FieldType::Group(inner)) => self.group(field, inner, fields, path),
            (Value::File(file), FieldType::Image) => self
                .picture(file, String::new(), Vec::new())
                .map(BlockContent::Picture)
                .map(block)
                .into_iter()
                .collect(),
            (Value::Many(values), _) => {
                let item = |(place, value): (usize, &Value)| {
                    let path = path.iter().cloned().chain([Step::Item(place)]).collect();
                    Item { task: None, blocks: self.blocks(field, value, &path) }
                };
                let items: Vec<Item> =
                    values.iter().enumerate().map(item).filter(|item| !item.blocks.is_empty()).collect();
                if items.is_empty() { Vec::new() } else { vec![block(BlockContent::List { start: None, items })] }
            }
            (Value::Text(text), FieldType::Text { .. }) => {
                let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
                paragraphs.map(|paragraph| block(BlockContent::Paragraph(self.plain(paragraph.trim_end())))).collect()
            }
            _ => self.short(field, value).map(BlockContent::Paragraph).map(block).into_iter().collect(),
        }
    }
}
