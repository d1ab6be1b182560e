//! The settings of VS Code for a library, beside those that are there already.

use super::{Rules, schema};
use serde_json::{Map, Value, json};

/// Where VS Code looks for settings of a folder.
pub const SETTINGS: &str = ".vscode/settings.json";

/// The setting that says which schema belongs to which files: the one that follows the kinds.
const SCHEMAS: &str = "yaml.schemas";

/// What the settings have to say: which schema belongs to which pages, that suggestions are wanted in Markdown, and how
/// an extension that takes any language server starts that of Casebook (docs/lsp.md names the extension).
pub fn settings(rules: Rules<'_>) -> Map<String, Value> {
    let schemas: Map<String, Value> = rules
        .kinds()
        .filter_map(|kind| {
            let pages = format!("content/{}/**/*.md", kind.folder.as_deref()?);
            Some((format!("./{}/{}", schema::FOLDER, schema::file(kind)), json!([pages])))
        })
        .collect();
    let settings = [
        (SCHEMAS, Value::Object(schemas)),
        ("glspc.server.command", json!("casebook")),
        ("glspc.server.commandArguments", json!(["lsp"])),
        ("glspc.server.languageId", json!(["markdown", "yaml", "csv"])),
        (
            "[markdown]",
            json!({
                "editor.quickSuggestions": { "other": true, "comments": false, "strings": true },
                "editor.wordBasedSuggestions": "off",
            }),
        ),
    ];
    settings.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}

/// Why settings could not be joined with those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmerged {
    /// The file has notes in it, which JSON has no place for: they would be lost.
    Notes,
    /// The file can't be read.
    Unreadable,
}

/// The settings that are there with these beside them. What was not made from the kinds stays as it is, as does the
/// order: somebody may have set it otherwise for good reason.
///
/// # Errors
/// What is in the way.
pub fn merge(there: Option<&str>, ours: &Map<String, Value>) -> Result<String, Unmerged> {
    let there = there.map(|text| text.trim_start_matches('\u{feff}')).filter(|text| !text.trim().is_empty());
    let mut settings = match there.map(serde_json::from_str::<Value>) {
        None => Map::new(),
        Some(Ok(Value::Object(settings))) => settings,
        Some(_) if there.is_some_and(|text| text.contains("//") || text.contains("/*")) => return Err(Unmerged::Notes),
        Some(_) => return Err(Unmerged::Unreadable),
    };
    for (name, value) in ours {
        match (settings.get_mut(name), value) {
            (Some(Value::Object(there)), Value::Object(ours)) if name == SCHEMAS => {
                // Schemas of kinds that are gone.
                there.retain(|path, _| !is_ours(path) || ours.contains_key(path));
                there.extend(ours.clone());
            }
            (Some(Value::Object(there)), Value::Object(ours)) => {
                for (name, value) in ours {
                    there.entry(name).or_insert_with(|| value.clone());
                }
            }
            (Some(_), _) if name != SCHEMAS => {}
            _ => drop(settings.insert(name.clone(), value.clone())),
        }
    }
    Ok(schema::pretty(&Value::Object(settings)))
}

fn is_ours(path: &str) -> bool {
    path.trim_start_matches("./").starts_with(schema::FOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Map<String, Value> {
        let schemas = json!({ "./.vscode/schemas/note.schema.json": ["content/notes/**/*.md"] });
        Map::from_iter([(SCHEMAS.to_owned(), schemas)])
    }

    #[test]
    fn what_is_set_otherwise_stays_and_what_is_missing_comes_beside_it() {
        let ours = json!({ "a.command": "casebook", "[markdown]": { "x": 1, "y": 2 }, "yaml.schemas": {} });
        let there = r#"{"[markdown]": {"y": 3}, "a.command": "/opt/casebook", "yaml.schemas": []}"#;
        let merged = merge(Some(there), ours.as_object().unwrap()).unwrap();
        let expected = json!({ "[markdown]": { "y": 3, "x": 1 }, "a.command": "/opt/casebook", "yaml.schemas": {} });
        assert_eq!(serde_json::from_str::<Value>(&merged).unwrap(), expected);
    }

    #[test]
    fn settings_are_laid_over_those_that_are_there() {
        for (there, expected) in [
            (None, Ok(json!({ "yaml.schemas": ours()["yaml.schemas"] }))),
            (Some(" \n"), Ok(json!({ "yaml.schemas": ours()["yaml.schemas"] }))),
            (
                Some(
                    r#"{"editor.fontSize": 20, "yaml.schemas": {"mine.json": "a.yaml", "./.vscode/schemas/gone.schema.json": []}}"#,
                ),
                Ok(json!({
                    "editor.fontSize": 20,
                    "yaml.schemas": { "mine.json": "a.yaml", "./.vscode/schemas/note.schema.json": ["content/notes/**/*.md"] },
                })),
            ),
            (Some("{\n  // Large.\n  \"editor.fontSize\": 20\n}"), Err(Unmerged::Notes)),
            (Some("{\"editor.fontSize\": 20,"), Err(Unmerged::Unreadable)),
            (Some("[]"), Err(Unmerged::Unreadable)),
        ] {
            let merged = merge(there, &ours()).map(|text| serde_json::from_str::<Value>(&text).unwrap());
            assert_eq!(merged, expected, "{there:?}");
        }
    }

    #[test]
    fn to_merge_twice_is_to_merge_once() {
        let once = merge(Some("{\"z\": 1, \"a\": 2}"), &ours()).unwrap();
        assert_eq!(merge(Some(&once), &ours()).as_deref(), Ok(once.as_str()));
        assert!(once.find("\"z\"") < once.find("\"a\""));
    }
}
