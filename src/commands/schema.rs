//! `casebook schema`: what the kinds ask of a page, for editors' own tools.

use super::{
    Status, Stopped,
    files::put,
    library::Library,
    report,
    say::{complain, remark},
    shown,
    tool_files::{Kept, changes, stale},
};
use crate::{
    cli::{Global, Schema},
    editors::{self, ToolFile, Unmerged},
    rules::Rules,
};
use std::{fs, path::Path};

pub(super) fn schema(options: &Schema, global: &Global) -> Result<Status, Stopped> {
    let library = Library::open(global)?;
    let (root, rules) = (&library.config.root, library.rules());
    let folder = options.output.clone().unwrap_or_else(|| root.join(editors::SCHEMAS));
    if folder.is_file() {
        return Err(format!("{} is a file, and the schemas need a folder", shown(&folder)).into());
    }
    let own = if options.check { Kept::Nothing } else { Kept::Without(editors::SCHEMA_COMMAND) };
    let schemas = editors::schemas(rules);
    let mut all = changes(&folder, &schemas, own, "Move them, or name another folder with --output.")?;
    let mut beside = Vec::new();
    if options.output.is_none() {
        beside.push(editors::snippets(rules));
        beside.extend(of_vs_code(root, rules)?);
    }
    all.extend(changes(root, &beside, Kept::Nothing, "")?);
    if options.check {
        let output = options.output.as_ref().map_or(String::new(), |folder| format!(" --output {}", shown(folder)));
        return Ok(stale(&all, &format!("{}{output}", editors::SCHEMA_COMMAND), global));
    }
    put(&all)?;
    if !global.quiet {
        let count = report::count(rules.theme.kinds.len(), "kind", "kinds");
        let changed = if all.is_empty() { "; all of it was there already" } else { "" };
        remark(format_args!("Wrote a schema for each of {count} to {}{changed}.", shown(&folder)));
        if options.output.is_none() {
            remark("In VS Code, open a page that is empty and write the name of a kind; Ctrl+Space offers the rest.");
        }
    }
    Ok(Status::Clean)
}

/// The settings of VS Code with ours in them; nothing where that would cost what somebody wrote.
fn of_vs_code(root: &Path, rules: Rules<'_>) -> Result<Option<ToolFile>, String> {
    let path = root.join(editors::SETTINGS);
    let there = match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{} can't be read: {error}", shown(&path))),
    };
    let ours = editors::settings(rules);
    match editors::merge(there.as_deref(), &ours) {
        Ok(text) => Ok(Some(ToolFile { path: editors::SETTINGS.to_owned(), text })),
        Err(reason) => {
            let reason = match reason {
                Unmerged::Notes => "has notes in it (// …), which would be lost",
                Unmerged::Unreadable => "is no JSON that can be read",
            };
            let ours = serde_json::to_string_pretty(&ours).unwrap_or_default();
            complain(format_args!("{} {reason}. It stays as it is; put this into it yourself:\n{ours}", shown(&path)));
            Ok(None)
        }
    }
}
