//! `casebook lsp`

use clap::Args;

/// Help an editor while somebody writes in it: a language server
///
/// Editors start this by themselves once they know of it: docs/lsp.md says how to tell VS Code, Neovim and Helix. There
/// is nothing to see of it in a terminal. In the editor it marks faults while you type, offers names of fields, terms,
/// pages, files and headings, says what a field is for, follows links, and renames pages together with their links.
#[derive(Debug, Args)]
pub struct Lsp {
    /// Speak over standard input and output: it does anyway, and many editors ask for it
    #[arg(long)]
    pub stdio: bool,
}
