//! Holds component blocks against their schemas.

use super::{
    Rules, chart,
    fields::Checker,
    table::{self, At},
};
use crate::{
    diagnostic::{Code, Diagnostic, Fix},
    model::{Component, ComponentBlock, ComponentBody, ComponentRules, Entry, Fields, SourceFile, Span, State},
    nearest::slip,
    yaml,
};
use serde_yaml::{Mapping, Value as Yaml};

/// What to do where a block's body is not made of fields.
const HOW: &str = "Write each field as `name: value` on its own line.";

/// Gives every component block of an entry its typed fields. Other fenced blocks are code and stay as they are.
pub(super) fn check(entry: &mut Entry, rules: Rules<'_>) -> Vec<Diagnostic> {
    let (source, front) = (entry.source.clone(), entry.front_span);
    let (file, path) = (source.text.as_str(), source.path.as_str());
    // A draft may ask for what the library has yet to say.
    let is_shown = entry.state != State::Draft || rules.config.drafts;
    let mut diagnostics = Vec::new();
    for text in &mut entry.texts {
        let mut blocks = std::mem::take(&mut text.components);
        for block in &mut blocks {
            let in_file = |span: Span| yaml::markdown_span(file, front, text, span);
            let Some(component) = rules.theme.components.get(&block.name) else {
                diagnostics.extend(misspelt(block, &source, &in_file, rules));
                continue;
            };
            let markdown = text.markdown(file);
            let opener = Span::lines(markdown, block.span.start).next().unwrap_or(block.span);
            let options = options(markdown, opener, &block.name);
            let in_body = |span: Span| in_file(yaml::component_span(markdown, block, span));
            let whole = in_file(opener);
            let (component_fields, faults) = if is_table(component.body, options.of(markdown)) {
                let place = |at: At| match at {
                    At::Options(span) => in_file(span.shifted(options.start)),
                    At::Body(span) => in_body(span),
                };
                match table::read(component, options.of(markdown), &block.body) {
                    Ok(table) => {
                        let in_table = |span: Span| table.place(span).map_or(whole, place);
                        let held = Block { component, yaml: &table.yaml, file: &source, place: &in_table, whole };
                        let (fields, mut faults) = held.fields(rules);
                        faults.iter_mut().for_each(|fault| for_a_table(fault, whole));
                        (fields, faults)
                    }
                    Err(faults) => {
                        let told = |(message, at, help): table::Fault| {
                            Diagnostic::new(Code::InvalidComponent, message).at(path, place(at)).help(help)
                        };
                        (None, faults.into_iter().map(told).collect())
                    }
                }
            } else {
                Block { component, yaml: &block.body, file: &source, place: &in_body, whole }.fields(rules)
            };
            diagnostics.extend(faults);
            diagnostics
                .extend(missing_settings(component, rules).filter(|_| is_shown).map(|fault| fault.at(path, whole)));
            block.fields = component_fields;
        }
        text.components = blocks;
    }
    diagnostics
}

/// What follows the component's name in the line that opens a block.
fn options(markdown: &str, opener: Span, name: &str) -> Span {
    let named = opener.of(markdown).find(name).map_or(opener.end, |at| opener.start + at + name.len());
    Span::new(named, opener.end)
}

/// True where the body is rows: a component that takes either tells by the options.
fn is_table(body: ComponentBody, options: &str) -> bool {
    match body {
        ComponentBody::Yaml => false,
        ComponentBody::Csv => true,
        ComponentBody::Either => !options.trim().is_empty(),
    }
}

/// Tells what to do about a missing value in the words of a table.
fn for_a_table(fault: &mut Diagnostic, opener: Span) {
    // What mends YAML need not be what a cell takes.
    fault.fix = None;
    if !fault.message.ends_with("is missing") && !fault.message.ends_with("is empty") {
        return;
    }
    let of_options = fault.place.as_ref().is_some_and(|place| place.span == opener);
    let help = if fault.message.starts_with(&format!("The field “{}”", table::ROWS)) {
        "Write the rows on lines below the names of the columns."
    } else if of_options {
        "Write it behind the name of the block, as `name=\"some words\"`."
    } else {
        "Give this cell its value."
    };
    fault.help = Some(help.to_owned());
}

/// The fault of a component that shows settings which the library does not have.
fn missing_settings(component: &Component, rules: Rules<'_>) -> Option<Diagnostic> {
    let needed = component.needs.filter(|setting| !rules.config.has(*setting))?;
    let message = format!("The block “{}” needs settings that are not there", component.name);
    let help = format!("Add `{}:` to casebook.yaml, or take the block out until you can.", needed.name());
    Some(Diagnostic::new(Code::MissingSettings, message).help(help))
}

/// The body of a block that names a component.
struct Block<'a> {
    component: &'a Component,
    yaml: &'a str,
    file: &'a SourceFile,
    /// Where a span of the body stands in the file.
    place: &'a dyn Fn(Span) -> Span,
    /// The line that opens the block.
    whole: Span,
}

impl Block<'_> {
    /// The typed fields; `None` where a required one is missing, or where they do not fit each other.
    fn fields(&self, rules: Rules<'_>) -> (Option<Fields>, Vec<Diagnostic>) {
        let mapping = match self.mapping() {
            Ok(mapping) => mapping,
            Err(fault) => return (None, vec![fault]),
        };
        let Self { yaml, file, place, whole, .. } = *self;
        let schema = &self.component.fields;
        let mut checker = Checker { rules, file, yaml, place, whole, diagnostics: Vec::new(), texts: Vec::new() };
        let fields = checker.fields(&mapping, schema, &Vec::new());
        let mut complete = schema.iter().all(|field| !field.required || fields.contains_key(&field.name));
        if let Some(ComponentRules::Chart) = self.component.rules {
            if checker.diagnostics.is_empty() {
                chart::check(&mut checker, schema, &fields);
            }
            // Half of a chart's numbers would tell another story.
            complete &= checker.diagnostics.is_empty();
        }
        let mut faults = checker.diagnostics;
        // In a block, a wrong field is the component's fault: its level may differ from that of front matter.
        for fault in &mut faults {
            if matches!(fault.code, Code::UnknownField | Code::MissingField | Code::WrongType) {
                fault.code = Code::InvalidComponent;
                fault.severity = Code::InvalidComponent.rule().severity;
            }
        }
        if fields.is_empty() && faults.is_empty() && !schema.is_empty() {
            let message = format!("The block “{}” is empty", self.component.name);
            faults.push(self.invalid(message, HOW, Span::default()));
        }
        (complete.then_some(fields).filter(|fields| !fields.is_empty() || schema.is_empty()), faults)
    }

    /// The body as keys and values.
    fn mapping(&self) -> Result<Mapping, Diagnostic> {
        let value = yaml::parse(self.yaml)
            .map_err(|fault| self.invalid(fault.message, fault.help.as_deref().unwrap_or(HOW), fault.span))?;
        match value {
            Yaml::Mapping(mapping) => Ok(mapping),
            Yaml::Null => Ok(Mapping::new()),
            _ => {
                let message = format!("The block “{}” takes fields", self.component.name);
                let help = match self.component.body {
                    ComponentBody::Either => {
                        format!("{HOW} Or put the fields behind the block's name and rows below it.")
                    }
                    _ => HOW.to_owned(),
                };
                Err(self.invalid(message, &help, Span::new(0, self.yaml.trim_end().len())))
            }
        }
    }

    fn invalid(&self, message: String, help: &str, span: Span) -> Diagnostic {
        let span = if span == Span::default() { self.whole } else { (self.place)(span) };
        Diagnostic::new(Code::InvalidComponent, message).at(&self.file.path, span).help(help)
    }
}

/// A fenced block whose name is nearly that of a component. A farther one is taken for a programming language.
fn misspelt(
    block: &ComponentBlock,
    file: &SourceFile,
    place: &dyn Fn(Span) -> Span,
    rules: Rules<'_>,
) -> Option<Diagnostic> {
    let name = block.name.to_lowercase();
    let near = |known: &&String| strsim::damerau_levenshtein(&name, known) == 1 || (name == **known);
    let names = || rules.theme.components.keys();
    let known = names().find(near)?;
    let meant = slip(&block.name, names().map(|name| (name.as_str(), name)));
    let fence = Span::new(block.span.start, block.body_span.start.max(block.span.start));
    let opener = place(Span::new(fence.start, fence.end.saturating_sub(1).max(fence.start)));
    let named = || opener.of(&file.text).lines().next()?.find(&block.name).map(|at| opener.start + at);
    let fix = meant
        .zip(named())
        .and_then(|(meant, at)| Fix::replacing(file, Span::new(at, at + block.name.len()), &block.name, meant));
    Some(
        Diagnostic::new(Code::UnknownComponent, format!("There is no block called “{}”", block.name))
            .at(&file.path, opener)
            .help(format!("Did you mean `{known}`?"))
            .mended(fix),
    )
}
