//! The shapes of the Language Server Protocol 3.17 that the server speaks, and no more of it.

use serde::{Deserialize, Serialize};
use url::Url;

/// A place between two characters: both count from 0, `character` in the units that client and server agreed upon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The place in the line.
    pub character: u32,
}

/// From one place up to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The first place.
    pub start: Position,
    /// The place behind the last character.
    pub end: Position,
}

impl Range {
    /// True where the two have a place in common.
    pub fn meets(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// A range of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The file.
    pub uri: Url,
    /// The range.
    pub range: Range,
}

/// Characters that give way to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextEdit {
    /// What goes.
    pub range: Range,
    /// What comes.
    pub new_text: String,
}

/// A file, by its address.
#[derive(Clone, Debug, Deserialize)]
pub struct Identifier {
    /// The address.
    pub uri: Url,
}

/// `{textDocument}`: what asks about a whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Whole {
    /// The file.
    pub text_document: Identifier,
}

/// `{textDocument, position}`: what asks about a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct At {
    /// The file.
    pub text_document: Identifier,
    /// The place.
    pub position: Position,
}

/// `textDocument/rename`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rename {
    /// What is renamed.
    #[serde(flatten)]
    pub at: At,
    /// How it is to be called.
    pub new_name: String,
}

/// `textDocument/references`
#[derive(Clone, Debug, Deserialize)]
pub struct References {
    /// What is referred to.
    #[serde(flatten)]
    pub at: At,
}

/// `textDocument/codeAction`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actions {
    /// The file.
    pub text_document: Identifier,
    /// The part that actions are wanted for.
    pub range: Range,
    /// What is wanted.
    #[serde(default)]
    pub context: ActionContext,
}

/// What actions are wanted.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ActionContext {
    /// Only these kinds and what is below them.
    #[serde(default)]
    pub only: Option<Vec<String>>,
}

/// `workspace/willRenameFiles`
#[derive(Clone, Debug, Deserialize)]
pub struct Renames {
    /// The files and folders.
    pub files: Vec<FileRename>,
}

/// A file or a folder that gets another address.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileRename {
    /// Where it is.
    pub old_uri: Url,
    /// Where it will be.
    pub new_uri: Url,
}

/// `workspace/symbol`
#[derive(Clone, Debug, Deserialize)]
pub struct Query {
    /// Words.
    pub query: String,
}

/// `textDocument/didOpen`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// The file.
    pub text_document: Item,
}

/// A file as it is opened.
#[derive(Clone, Debug, Deserialize)]
pub struct Item {
    /// Its address.
    pub uri: Url,
    /// The version of its text.
    #[serde(default)]
    pub version: i32,
    /// Its text.
    pub text: String,
}

/// `textDocument/didChange`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Edited {
    /// The file.
    pub text_document: Versioned,
    /// The whole text, once or several times; the last counts.
    pub content_changes: Vec<NewText>,
}

/// A file and the version of its text.
#[derive(Clone, Debug, Deserialize)]
pub struct Versioned {
    /// The address.
    pub uri: Url,
    /// The version.
    #[serde(default)]
    pub version: i32,
}

/// The whole text of a file.
#[derive(Clone, Debug, Deserialize)]
pub struct NewText {
    /// The text.
    pub text: String,
}

/// `initialize`, as far as the server looks at it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Initialize {
    /// The folder that is open.
    pub root_uri: Option<Url>,
    /// The folders that are open.
    pub workspace_folders: Option<Vec<Folder>>,
    /// What the client can do.
    pub capabilities: serde_json::Value,
}

/// A folder that is open.
#[derive(Clone, Debug, Deserialize)]
pub struct Folder {
    /// Its address.
    pub uri: Url,
}
