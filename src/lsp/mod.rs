//! The language server: what an editor may ask of a library while somebody writes in it. Values in, values out; the
//! library is what the last run of the pipeline left, the texts are those of the editor.

mod actions;
mod completion;
mod desk;
mod faults;
mod form;
mod lines;
mod mentions;
mod outline;
mod places;
pub mod protocol;
mod rename;
mod rows;
mod shelf;
mod spot;
mod words;

pub use desk::{Desk, Open};
pub use faults::{OfFile, by_file, published};
pub use lines::{Lines, Units};
pub use shelf::{Found, Shelf, address, path_of};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    /// What it counts places in a line in.
    pub units: Units,
    /// It fills in snippets.
    pub snippets: bool,
    /// It takes edits of files with the version that they are for.
    pub versions: bool,
    /// It renames files when it is asked to.
    pub renames_files: bool,
}

impl Client {
    /// What a client says of itself.
    pub fn of(capabilities: &Value) -> Self {
        let is = |pointer: &str| capabilities.pointer(pointer).and_then(Value::as_bool).unwrap_or_default();
        let has = |pointer: &str, wanted: &str| {
            let list = capabilities.pointer(pointer).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|item| item.as_str() == Some(wanted)))
        };
        let utf8 = has("/general/positionEncodings", "utf-8");
        // Operations on files have no other form than the one with versions, so who takes them takes that.
        let renames_files = has("/workspace/workspaceEdit/resourceOperations", "rename");
        let versions = renames_files || is("/workspace/workspaceEdit/documentChanges");
        Self {
            units: if utf8 { Units::Utf8 } else { Units::Utf16 },
            snippets: is("/textDocument/completion/completionItem/snippetSupport"),
            versions,
            renames_files,
        }
    }
}

/// What the server can do: the answer to `initialize`.
pub fn capabilities(client: Client) -> Value {
    let files = json!({ "filters": [{ "scheme": "file", "pattern": { "glob": "**/*" } }] });
    json!({
        "positionEncoding": client.units.name(),
        "textDocumentSync": { "openClose": true, "change": 1, "save": true },
        "completionProvider": { "triggerCharacters": [":", " ", "[", "(", "/", "#", "-", ",", "`"] },
        "hoverProvider": true,
        "definitionProvider": true,
        "documentLinkProvider": { "resolveProvider": false },
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "referencesProvider": true,
        "renameProvider": { "prepareProvider": true },
        "documentFormattingProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.casebook"] },
        "workspace": {
            "workspaceFolders": { "supported": true },
            "fileOperations": { "willRename": files },
        },
    })
}

/// True for what has to know the texts of all pages as they are now, and so waits for a run that is under way.
pub fn needs_all(method: &str) -> bool {
    ["textDocument/references", "textDocument/rename", "workspace/willRenameFiles", "textDocument/codeAction"]
        .contains(&method)
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such question.
    Unknown,
    /// It is not put as the protocol says.
    Malformed(String),
    /// What it asks for can't be: why, in words for people.
    Impossible(String),
}

/// The answer to a question.
///
/// # Errors
/// Why there is none.
pub fn answer(desk: &Desk, method: &str, params: Value) -> Result<Value, Refusal> {
    fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
        serde_json::from_value(params).map_err(|error| Refusal::Malformed(error.to_string()))
    }
    let answer = match method {
        "textDocument/completion" => completion::complete(desk, &read(params)?),
        "textDocument/hover" => places::hover(desk, &read(params)?),
        "textDocument/definition" => places::definition(desk, &read(params)?).map(|location| json!(location)),
        "textDocument/documentLink" => places::links(desk, &read(params)?),
        "textDocument/formatting" => form::form(desk, &read(params)?),
        "textDocument/documentSymbol" => outline::outline(desk, &read(params)?),
        "workspace/symbol" => outline::pages(desk, &read(params)?),
        "textDocument/references" => {
            places::references(desk, &read::<protocol::References>(params)?.at).map(|locations| json!(locations))
        }
        "textDocument/prepareRename" => rename::prepare(desk, &read(params)?),
        "textDocument/rename" => {
            let protocol::Rename { at, new_name } = read(params)?;
            rename::rename(desk, &at, &new_name).map_err(Refusal::Impossible)?
        }
        "workspace/willRenameFiles" => rename::will_rename(desk, &read(params)?),
        "textDocument/codeAction" => actions::actions(desk, &read(params)?),
        _ => return Err(Refusal::Unknown),
    };
    Ok(answer.unwrap_or_default())
}
