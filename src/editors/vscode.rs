//! The settings of VS Code for a library, beside those that are there already.

use super::{Known, schema};
use serde_json::{Map, Value, json};

/// Where VS Code looks for settings of a folder.
pub const SETTINGS: &str = ".vscode/settings.json";

/// What the settings have to say: which schema belongs to which pages.
pub fn settings(known: Known<'_>) -> Map<String, Value> {
    let schemas: Map<String, Value> = known
        .kinds()
        .filter_map(|kind| {
            let pages = format!("content/{}/**/*.md", kind.folder.as_deref()?);
            Some((format!("./{}/{}", schema::FOLDER, schema::file(kind)), json!([pages])))
        })
        .collect();
    Map::from_iter([("yaml.schemas".to_owned(), Value::Object(schemas))])
}

/// Why settings could not be joined with those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmerged {
    /// The file has notes in it, which JSON has no place for: they would be lost.
    Notes,
    /// The file can't be read.
    Unreadable,
}

/// The settings that are there with these laid over them. What stands there in the same place and was not made from
/// the kinds stays, as does the order.
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
            (Some(Value::Object(there)), Value::Object(ours)) => {
                // Schemas of kinds that are gone.
                there.retain(|path, _| !is_ours(path) || ours.contains_key(path));
                there.extend(ours.clone());
            }
            _ => {
                settings.insert(name.clone(), value.clone());
            }
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
        Map::from_iter([("yaml.schemas".to_owned(), schemas)])
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
