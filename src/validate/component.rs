//! Holds component blocks against their schemas.

use super::{
    Rules,
    fields::{Base, Checker},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Component, ComponentBlock, ComponentBody, Entry, Fields, PageText, Span},
    yaml,
};
use serde_yaml::{Mapping, Value as Yaml};

/// Gives every component block of an entry its typed fields. Other fenced blocks are code and stay as they are.
pub(super) fn check(entry: &mut Entry, rules: Rules<'_>) -> Vec<Diagnostic> {
    let (file, front, path) = (entry.source.text.as_str(), entry.front_span, entry.source.path.as_str());
    let mut diagnostics = Vec::new();
    for text in &mut entry.texts {
        let mut blocks = std::mem::take(&mut text.components);
        for block in &mut blocks {
            let place = |span: Span| yaml::markdown_span(file, front, &text.place, span);
            match rules.theme.components.get(&block.name) {
                Some(component) => {
                    let base = base(file, text, block, &place);
                    let (fields, faults) = fields(component, block, base, place(block.span), path, rules);
                    diagnostics.extend(faults);
                    block.fields = fields;
                }
                None => diagnostics.extend(misspelt(block, path, &place, rules)),
            }
        }
        text.components = blocks;
    }
    diagnostics
}

/// Where the body of a block stands in its file, if its lines are contiguous there.
fn base(file: &str, text: &PageText, block: &ComponentBlock, place: &dyn Fn(Span) -> Span) -> Base {
    let contiguous = block.body_span.of(text.markdown(file)) == block.body;
    let in_file = place(block.body_span);
    if contiguous && in_file.of(file) == block.body {
        Base::At(in_file.start)
    } else {
        Base::Somewhere(first_line(place(block.span), file))
    }
}

fn fields(
    component: &Component,
    block: &ComponentBlock,
    base: Base,
    place: Span,
    path: &str,
    rules: Rules<'_>,
) -> (Option<Fields>, Vec<Diagnostic>) {
    let at = |span: Span| match base {
        Base::At(start) => span.shifted(start),
        Base::Somewhere(place) => place,
    };
    let invalid = |message: String, help: String, span: Span| {
        Diagnostic::new(Code::InvalidComponent, message).at(path, span).help(help)
    };
    let body = match component.body {
        ComponentBody::Yaml => yaml::parse(&block.body).map_err(|fault| {
            let help = fault.help.unwrap_or_else(|| "Write each field as `name: value` on its own line.".to_owned());
            invalid(fault.message, help, at(fault.span))
        }),
        ComponentBody::Csv => table(&block.body).map_err(|(message, line)| {
            invalid(message, "Give each row as many cells as the first row has.".to_owned(), at(line))
        }),
    };
    let mapping = match body {
        Ok(Yaml::Mapping(mapping)) => mapping,
        Ok(Yaml::Null) => Mapping::new(),
        Ok(_) => {
            let help = "Write each field as `name: value` on its own line.".to_owned();
            return (
                None,
                vec![invalid(
                    format!("The block “{}” takes fields", component.name),
                    help,
                    at(Span::new(0, block.body.len())),
                )],
            );
        }
        Err(fault) => return (None, vec![fault]),
    };
    let whole = place;
    let mut checker =
        Checker { rules, path, yaml: &block.body, base, whole, diagnostics: Vec::new(), texts: Vec::new() };
    let fields = checker.fields(&mapping, &component.fields, &Vec::new());
    let mut faults = checker.diagnostics;
    // In a block, a wrong field is the component's fault: it has a name of its own, as the field's level may differ.
    for fault in &mut faults {
        if matches!(fault.code, Code::UnknownField | Code::MissingField | Code::WrongType) {
            fault.code = Code::InvalidComponent;
            fault.severity = Code::InvalidComponent.rule().severity;
        }
    }
    let complete = component.fields.iter().all(|field| !field.required || fields.contains_key(&field.name));
    (complete.then_some(fields), faults)
}

/// The rows of a table, as the value of one key `rows`.
fn table(body: &str) -> Result<Yaml, (String, Span)> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(body.as_bytes());
    let header: Vec<String> = reader.headers().map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| {
            let start = error.position().map_or(0, |position| position.byte() as usize);
            (format!("This row can't be read: {error}"), first_line(Span::new(start, body.len()), body))
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

fn first_line(span: Span, text: &str) -> Span {
    let length = span.of(text).find(['\n', '\r']).unwrap_or(span.end - span.start);
    Span::new(span.start, span.start + length)
}
