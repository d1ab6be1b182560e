//! Blocks of data, from what our own documents show of them.

use super::{Writer, groups::filled, sections::flat};
use crate::{
    front_matter,
    import::docx::{self, Block, Control, Role, words},
    model::{ComponentRules, FieldType},
};
use serde_yaml::{Mapping, Value};

impl Writer<'_> {
    /// The block of data that a control shows, as the library writes it; nothing for any other control.
    pub(super) fn block(&self, control: &Control, blocks: &[Block]) -> Option<String> {
        match control.tag.strip_prefix(docx::CHART) {
            Some(kind) => self.chart(kind, blocks),
            None => self.data(control.tag.strip_prefix(docx::CARD)?, blocks),
        }
    }

    /// A block of data that is no chart: its parts behind their labels.
    fn data(&self, name: &str, blocks: &[Block]) -> Option<String> {
        let component = self.known.theme.components.get(name)?;
        let before = self.left.borrow().len();
        let values = self.card(name, &component.fields, None, blocks);
        let mut left = self.left.borrow_mut();
        let is_whole = left.len() == before;
        // What is no value is kept as words, where it stood.
        left.truncate(before);
        let Some(Value::Mapping(values)) = values.filter(|_| is_whole) else { return None };
        Some(format!("```{name}\n{}```", front_matter::yaml(&component.fields, &values)))
    }

    fn chart(&self, kind: &str, blocks: &[Block]) -> Option<String> {
        let component =
            self.known.theme.components.values().find(|component| component.rules == Some(ComponentRules::Chart))?;
        let choice = component.fields.iter().find(|field| matches!(field.field_type, FieldType::Choice(_)))?;
        let mut values = Mapping::new();
        let mut set = |name: &str, value: Value| drop(values.insert(Value::from(name), value));
        set(&choice.name, kind.into());
        for block in blocks {
            match block {
                Block::Paragraph { role: Role::ChartTitle, text } => set("title", words(text).into()),
                Block::Paragraph { role: Role::Label, text } => set("unit", words(text).into()),
                Block::Paragraph { role: Role::Text, text } => set("description", words(text).into()),
                Block::Paragraph { role: Role::Caption, text } => {
                    let (as_of, source) = self.source(&words(text));
                    as_of.into_iter().for_each(|as_of| set("as_of", as_of));
                    set("source", source.into());
                }
                Block::Table { rows, .. } => self.figures(rows, &mut set)?,
                _ => {}
            }
        }
        let yaml = front_matter::yaml(&component.fields, &values);
        Some(format!("```{}\n{yaml}```", component.name))
    }

    /// The rows of a chart, and the names of what they count.
    fn figures(&self, rows: &[Vec<Vec<Block>>], set: &mut impl FnMut(&str, Value)) -> Option<()> {
        let (header, rows) = rows.split_first()?;
        let names: Vec<String> = header.iter().skip(1).map(|cell| flat(cell)).collect();
        let is_word = |name: &String| self.message("chart.figure").contains(name);
        match names.as_slice() {
            [unit] if !is_word(unit) => set("unit", unit.as_str().into()),
            [_] | [] => {}
            names => set("series", names.iter().map(|name| Value::from(name.as_str())).collect()),
        }
        let figure = |cell: &Vec<Block>| {
            flat(cell).replace([',', '\u{a0}', ' '], "").replace('\u{2212}', "-").parse::<f64>().ok()
        };
        let mut all = Vec::new();
        for row in rows {
            let mut cells = row.iter();
            let mut values = Mapping::new();
            values.insert("label".into(), flat(cells.next()?).into());
            for (name, cell) in ["value", "second"].into_iter().zip(cells) {
                if let Some(number) = figure(cell) {
                    let whole = number as i64;
                    let value = if whole as f64 == number { Value::from(whole) } else { Value::from(number) };
                    values.insert(name.into(), value);
                }
            }
            all.push(Value::Mapping(values));
        }
        set("rows", Value::Sequence(all));
        Some(())
    }

    /// Of when figures are, and where they come from, out of the line that says both.
    fn source(&self, line: &str) -> (Option<Value>, String) {
        let mut rest = line.trim();
        let mut as_of = None;
        for message in self.message("chart.as_of") {
            let Some((date, behind)) = rest.strip_prefix(&message).and_then(|rest| rest.trim_start().split_once(". "))
            else {
                continue;
            };
            let field = self
                .known
                .theme
                .components
                .values()
                .flat_map(|component| &component.fields)
                .find(|field| field.name == "as_of");
            as_of = field.and_then(|field| crate::import::read(field, date, self.known).value);
            if as_of.is_some() {
                rest = behind;
                break;
            }
        }
        for message in self.message("chart.source") {
            if let Some((_, name)) = filled(&message, rest).and_then(|found| found.into_iter().next()) {
                return (as_of, name);
            }
        }
        (as_of, rest.to_owned())
    }

    /// A message of the interface in every language that there is.
    pub(super) fn message(&self, key: &str) -> Vec<String> {
        let messages = self.known.theme.translations.values().filter_map(|messages| messages.get(key)?.as_str());
        messages.map(str::to_owned).collect()
    }
}
