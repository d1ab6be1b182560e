//! Holds component blocks against their schemas.

use super::{Rules, fields::Checker};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Component, ComponentBlock, ComponentBody, Entry, Fields, Span},
    yaml,
};
use serde_yaml::{Mapping, Value as Yaml};

/// What to do where a block's body is not made of fields.
const HOW: &str = "Write each field as `name: value` on its own line.";

/// Gives every component block of an entry its typed fields. Other fenced blocks are code and stay as they are.
pub(super) fn check(entry: &mut Entry, rules: Rules<'_>) -> Vec<Diagnostic> {
    let (file, front, path) = (entry.source.text.as_str(), entry.front_span, entry.source.path.as_str());
    let mut diagnostics = Vec::new();
    for text in &mut entry.texts {
        let mut blocks = std::mem::take(&mut text.components);
        for block in &mut blocks {
            let in_file = |span: Span| yaml::markdown_span(file, front, text, span);
            let Some(component) = rules.theme.components.get(&block.name) else {
                diagnostics.extend(misspelt(block, path, &in_file, rules));
                continue;
            };
            let in_body = |span: Span| in_file(yaml::component_span(text.markdown(file), block, span));
            let whole = in_file(Span::lines(text.markdown(file), block.span.start).next().unwrap_or(block.span));
            let held = Block { component, block, path, place: &in_body, whole };
            let (fields, faults) = held.fields(rules);
            diagnostics.extend(faults);
            block.fields = fields;
        }
        text.components = blocks;
    }
    diagnostics
}

/// A block that names a component.
struct Block<'a> {
    component: &'a Component,
    block: &'a ComponentBlock,
    path: &'a str,
    /// Where a span of the body stands in the file.
    place: &'a dyn Fn(Span) -> Span,
    /// The line that opens the block.
    whole: Span,
}

impl Block<'_> {
    /// The typed fields; `None` where a required one is missing.
    fn fields(&self, rules: Rules<'_>) -> (Option<Fields>, Vec<Diagnostic>) {
        let mapping = match self.mapping() {
            Ok(mapping) => mapping,
            Err(fault) => return (None, vec![fault]),
        };
        let (yaml, schema) = (self.block.body.as_str(), &self.component.fields);
        let Self { path, place, whole, .. } = *self;
        let mut checker = Checker { rules, path, yaml, place, whole, diagnostics: Vec::new(), texts: Vec::new() };
        let fields = checker.fields(&mapping, schema, &Vec::new());
        let mut faults = checker.diagnostics;
        // In a block, a wrong field is the component's fault: its level may differ from that of front matter.
        for fault in &mut faults {
            if matches!(fault.code, Code::UnknownField | Code::MissingField | Code::WrongType) {
                fault.code = Code::InvalidComponent;
                fault.severity = Code::InvalidComponent.rule().severity;
            }
        }
        let complete = schema.iter().all(|field| !field.required || fields.contains_key(&field.name));
        if fields.is_empty() && faults.is_empty() {
            let message = format!("The block “{}” is empty", self.component.name);
            faults.push(self.invalid(message, HOW, Span::default()));
        }
        (complete.then_some(fields).filter(|fields| !fields.is_empty()), faults)
    }

    /// The body as keys and values.
    fn mapping(&self) -> Result<Mapping, Diagnostic> {
        let body = &self.block.body;
        let value = match self.component.body {
            ComponentBody::Yaml => yaml::parse(body)
                .map_err(|fault| self.invalid(fault.message, fault.help.as_deref().unwrap_or(HOW), fault.span))?,
            ComponentBody::Csv => table(body).map_err(|(message, line)| {
                self.invalid(message, "Give each row as many cells as the first row has.", line)
            })?,
        };
        match value {
            Yaml::Mapping(mapping) => Ok(mapping),
            Yaml::Null => Ok(Mapping::new()),
            _ => {
                let message = format!("The block “{}” takes fields", self.component.name);
                Err(self.invalid(message, HOW, Span::new(0, body.trim_end().len())))
            }
        }
    }

    fn invalid(&self, message: String, help: &str, span: Span) -> Diagnostic {
        let span = if span == Span::default() { self.whole } else { (self.place)(span) };
        Diagnostic::new(Code::InvalidComponent, message).at(self.path, span).help(help)
    }
}

/// The rows of a table, as the value of one key `rows`.
fn table(body: &str) -> Result<Yaml, (String, Span)> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(body.as_bytes());
    let header: Vec<String> = reader.headers().map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| {
            let start = error.position().map_or(0, |position| position.byte() as usize);
            (format!("This row can't be read: {error}"), Span::new(start, body.len()).first_line(body))
        })?;
        let cells = header.iter().zip(row.iter()).map(|(name, cell)| (Yaml::from(name.as_str()), Yaml::from(cell)));
        rows.push(Yaml::Mapping(cells.collect()));
    }
    Ok(Yaml::Mapping([(Yaml::from("rows"), Yaml::Sequence(rows))].into_iter().collect()))
}

/// A fenced block whose name is nearly that of a component. A farther one is taken for a programming language.
fn misspelt(block: &ComponentBlock, path: &str, place: &dyn Fn(Span) -> Span, rules: Rules<'_>) -> Option<Diagnostic> {
    let name = block.name.to_lowercase();
    let near = |known: &&String| strsim::damerau_levenshtein(&name, known) == 1 || (name == **known);
    let known = rules.theme.components.keys().find(near)?;
    let fence = Span::new(block.span.start, block.body_span.start.max(block.span.start));
    let opener = place(Span::new(fence.start, fence.end.saturating_sub(1).max(fence.start)));
    Some(
        Diagnostic::new(Code::UnknownComponent, format!("There is no block called “{}”", block.name))
            .at(path, opener)
            .help(format!("Did you mean `{known}`?")),
    )
}
