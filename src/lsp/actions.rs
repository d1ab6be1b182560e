//! What mends faults at the press of a key.

use super::{
    Desk, Lines,
    protocol::{Actions, TextEdit},
};
use crate::diagnostic::{Diagnostic, Edit, together};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const QUICK: &str = "quickfix";
const ALL: &str = "source.fixAll.casebook";

/// The fixes of faults in a part of a file, and all of the file's fixes at once.
pub(super) fn actions(desk: &Desk, actions: &Actions) -> Option<Value> {
    let shown = desk.path(&actions.text_document.uri)?;
    let open = desk.open().get(&shown)?;
    let of_file = desk.faults.get(&shown)?;
    let (text, faults) = (of_file.text(), &of_file.faults);
    // Spans are those of the text that was checked; another one is on its way.
    if *text != *open.text {
        return None;
    }
    let lines = Lines::new(text, desk.client.units);
    let wanted = |kind: &str| {
        let only = actions.context.only.as_ref();
        only.is_none_or(|only| {
            only.iter().any(|only| kind == only || kind.strip_prefix(only).is_some_and(|rest| rest.starts_with('.')))
        })
    };
    let mut offered: Vec<Value> = Vec::new();
    let fixed = |fault: &Diagnostic| fault.fix.clone().filter(|fix| !fix.edits.is_empty());
    for fault in faults.iter().filter(|_| wanted(QUICK)) {
        let (Some(fix), Some(place)) = (fixed(fault), &fault.place) else { continue };
        let is_here = lines.range(place.span).meets(actions.range);
        let Some(edit) = is_here.then(|| workspace_edit(desk, &fix.edits)).flatten() else { continue };
        offered.push(json!({
            "title": fix.title,
            "kind": QUICK,
            "diagnostics": [super::faults::told(fault, &lines)],
            "isPreferred": true,
            "edit": edit,
        }));
    }
    let (mended, edits) = together(faults, |edit| edit.path == shown);
    if wanted(ALL) && mended.len() > 1 {
        let edit = workspace_edit(desk, &edits.into_iter().collect::<Vec<_>>())?;
        offered.push(json!({ "title": "Mend what leaves nothing to decide in this file", "kind": ALL, "edit": edit }));
    }
    Some(Value::Array(offered))
}

fn desk_uri(desk: &Desk, path: &str) -> Option<url::Url> {
    super::address(desk.root.as_ref()?, path)
}

/// Edits as the protocol has them; nothing where the text of a file is not at hand.
fn workspace_edit(desk: &Desk, edits: &[Edit]) -> Option<Value> {
    let mut by_path: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_path.entry(&edit.path).or_default().push(edit);
    }
    let mut changes = Vec::new();
    for (path, edits) in by_path {
        let open = desk.open().get(path);
        let text = open.map(|open| open.text.clone());
        let inner = desk.shelf.as_ref()?.inner(path);
        let text = text.or_else(|| desk.text(&inner))?;
        let lines = Lines::new(&text, desk.client.units);
        let edits =
            edits.into_iter().map(|edit| TextEdit { range: lines.range(edit.span), new_text: edit.text.clone() });
        let uri = open.map(|open| open.uri.clone()).or_else(|| desk_uri(desk, path))?;
        changes.push((uri, open.map(|open| open.version), edits.collect::<Vec<_>>()));
    }
    if desk.client.versions {
        let change =
            |(uri, version, edits)| json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits });
        let changes: Vec<Value> = changes.into_iter().map(change).collect();
        return Some(json!({ "documentChanges": changes }));
    }
    let by_uri = changes.into_iter().map(|(uri, _, edits)| (uri.to_string(), json!(edits)));
    Some(json!({ "changes": by_uri.collect::<serde_json::Map<_, _>>() }))
}
