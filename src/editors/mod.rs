//! Files for the tools that people write with, made of what a library knows of itself: its kinds and their fields,
//! its registers and its settings. Pure: whoever asks for them writes them.

pub mod decap;
pub mod form;
mod github;
mod gitlab;
mod schema;
mod snippets;
mod vscode;
mod yaml;

pub use github::{LABEL, github};
pub use gitlab::gitlab;
pub use schema::{COMMAND as SCHEMA_COMMAND, FOLDER as SCHEMAS, schemas};
pub use snippets::snippets;
pub use vscode::{SETTINGS, Unmerged, merge, settings};

use crate::rules::Rules;

/// A file for a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolFile {
    /// Its path from the library's folder, with `/`.
    pub path: String,
    /// All that it says.
    pub text: String,
}

/// Where a host takes the program from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program<'a> {
    /// The tag of this version, in the program's own repository.
    Version,
    /// Another revision there.
    Revision(&'a str),
    /// A folder of the library's repository, which holds the program's sources.
    Folder(&'a str),
}

impl Program<'_> {
    /// The revision of the program's repository, unless the library's has the program.
    fn revision(self) -> Option<String> {
        match self {
            Self::Version => Some(format!("v{}", env!("CARGO_PKG_VERSION"))),
            Self::Revision(revision) => Some(revision.to_owned()),
            Self::Folder(_) => None,
        }
    }
}

/// The line that says how a file is made again.
fn made_by(rules: Rules<'_>, host: &str, program: Program<'_>) -> String {
    format!("# {}\n", rules.words("made_by", &[("command", &command(host, program))]))
}

/// The command that makes the files of a host, whatever is there.
pub fn command(host: &str, program: Program<'_>) -> String {
    let program = match program {
        Program::Version => String::new(),
        Program::Revision(revision) => format!(" --revision {revision}"),
        Program::Folder(folder) => format!(" --program {folder}"),
    };
    format!("casebook editors {host} --force{program}")
}
