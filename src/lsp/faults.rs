//! Faults as an editor shows them.

use super::{Lines, Units, address};
use crate::{
    config,
    diagnostic::{Diagnostic, SourceTexts},
    model::SourceFile,
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
};
use url::Url;

/// The faults of one file, and the text that they were found in; none of a file whose text is not at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfFile {
    /// The text: as long as it is the very same, it is not compared.
    pub file: Option<Arc<SourceFile>>,
    /// The faults.
    pub faults: Vec<Diagnostic>,
}

impl OfFile {
    /// The text that the faults are in.
    pub fn text(&self) -> &str {
        self.file.as_ref().map(|file| file.text.as_str()).unwrap_or_default()
    }
}

/// Faults, in their order, by the path of the file that shows them, each with its text. What has no place stands in the settings.
pub fn by_file<'a>(
    faults: Vec<Diagnostic>,
    file: impl Fn(&str) -> Option<&'a Arc<SourceFile>>,
) -> BTreeMap<String, OfFile> {
    let mut by_file: BTreeMap<String, OfFile> = BTreeMap::new();
    for fault in faults {
        let path = fault.place.as_ref().map_or(config::FILE_NAME, |place| place.path.as_str()).to_owned();
        let none = |path: &String| OfFile { file: file(path).cloned(), faults: Vec::new() };
        match by_file.last_entry().filter(|last| *last.key() == path) {
            Some(mut last) => last.get_mut().faults.push(fault),
            None => by_file.entry(path).or_insert_with_key(none).faults.push(fault),
        }
    }
    by_file
}

/// What an editor is told of a file's faults: `textDocument/publishDiagnostics`.
pub fn published(
    root: &Path,
    uri: &Url,
    version: Option<i32>,
    of_file: &OfFile,
    units: Units,
    texts: &dyn SourceTexts,
) -> Value {
    let lines = Lines::new(of_file.text(), units);
    let mut others: HashMap<String, Lines<'_>> = HashMap::new();
    for label in of_file.faults.iter().flat_map(|fault| &fault.related) {
        if let Some(text) = texts.text(&label.path) {
            others.entry(label.path.clone()).or_insert_with(|| Lines::new(text, units));
        }
    }
    let told = |fault: &Diagnostic| {
        let mut told = told(fault, &lines);
        let related = fault.related.iter().filter_map(|label| {
            let lines = others.get(&label.path)?;
            let location = json!({ "uri": address(root, &label.path)?, "range": lines.range(label.span) });
            Some(json!({ "location": location, "message": label.text.as_deref().unwrap_or("See here") }))
        });
        if let (Some(object), false) = (told.as_object_mut(), fault.related.is_empty()) {
            object.insert("relatedInformation".to_owned(), related.collect());
        }
        told
    };
    let diagnostics: Vec<Value> = of_file.faults.iter().map(told).collect();
    json!({ "uri": uri, "version": version, "diagnostics": diagnostics })
}

/// One fault.
pub(super) fn told(fault: &Diagnostic, lines: &Lines<'_>) -> Value {
    let range = fault.place.as_ref().map(|place| lines.range(place.span)).unwrap_or_default();
    let message = match &fault.help {
        Some(help) => format!("{}.\n{help}", fault.message.trim_end_matches('.')),
        None => fault.message.clone(),
    };
    json!({
        "range": range,
        "severity": if fault.is_error() { 1 } else { 2 },
        "code": fault.code.to_string(),
        "source": "casebook",
        "message": message,
    })
}
