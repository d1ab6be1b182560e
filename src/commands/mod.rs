//! One file a command. Only here is anything printed.

#![allow(clippy::disallowed_methods, reason = "commands write what people ask them to write")]

mod build;
mod check;
mod compare;
mod completions;
mod editors;
mod explain;
mod figures;
mod files;
mod fmt;
mod git;
mod import;
mod init;
mod kinds;
mod laid;
mod library;
mod lsp;
mod mend;
mod new;
mod past;
mod progress;
mod report;
mod say;
mod schema;
mod search;
mod serve;
mod template;
mod tool_files;
mod upcoming;

pub use explain::reference;
pub use kinds::reference as kinds_reference;

use crate::{
    cli::{Arguments, Command, Global},
    mishap, pipeline,
};
use say::complain;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well: 0.
    Clean,
    /// The content has errors: 1.
    Faults,
    /// The tool could not run: 2.
    Failure,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::SUCCESS,
            Status::Faults => Self::from(1),
            Status::Failure => Self::from(2),
        }
    }
}

/// Why a command went no further.
#[derive(Debug)]
enum Stopped {
    /// Its faults are told; so it ended.
    Told(Status),
    /// What to say.
    Saying(String),
}

impl From<String> for Stopped {
    fn from(message: String) -> Self {
        Self::Saying(message)
    }
}

/// Runs the command that the arguments ask for.
pub fn run(arguments: Arguments) -> Status {
    let Arguments { command, global } = arguments;
    pipeline::ready_threads();
    let done = mishap::caught(|| "this command".to_owned(), || command_of(command, &global));
    match done.unwrap_or_else(|fault| Err(fault.message.into())) {
        Ok(status) | Err(Stopped::Told(status)) => status,
        Err(Stopped::Saying(message)) => {
            complain(format_args!("casebook: {message}"));
            Status::Failure
        }
    }
}

fn command_of(command: Command, global: &Global) -> Result<Status, Stopped> {
    Ok(match command {
        Command::Build(options) => build::build(&options, global)?,
        Command::Check(options) => check::check(&options, global)?,
        Command::Compare(options) => compare::compare(&options, global)?,
        Command::Serve(options) => serve::serve(&options, global)?,
        Command::Search(options) => search::search(&options, global)?,
        Command::Upcoming(options) => upcoming::upcoming(&options, global)?,
        Command::Fmt(options) => fmt::fmt(&options, global)?,
        Command::New(options) => new::new(&options, global)?,
        Command::Import(options) => import::import(&options, global)?,
        Command::Template(options) => template::template(&options, global)?,
        Command::Init(options) => init::init(&options, global)?,
        Command::Explain(options) => explain::command(&options)?,
        Command::Kinds(options) => kinds::kinds(&options, global)?,
        Command::Editors(options) => editors::editors(&options, global)?,
        Command::Schema(options) => schema::schema(&options, global)?,
        Command::Lsp(_) => lsp::lsp(global)?,
        Command::Completions(options) => completions::completions(&options)?,
    })
}

/// The folder of the library, absolute.
fn root(global: &Global) -> Result<PathBuf, String> {
    let start = match &global.root {
        Some(root) => root.clone(),
        None => std::env::current_dir().map_err(|error| format!("the current folder can't be read: {error}"))?,
    };
    let start = std::path::absolute(&start).unwrap_or(start);
    if global.root.is_some() && start.is_file() {
        let start = start.display();
        return Err(format!("{start} is a file: --root takes the folder of a library, in which casebook.yaml lies"));
    }
    if global.root.is_some() && !start.is_dir() {
        return Err(format!("there is no folder {}", start.display()));
    }
    let found = if global.root.is_some() { Some(start.clone()) } else { pipeline::root(&start) };
    found.ok_or_else(|| {
        format!(
            "there is no library in {} or above it (no casebook.yaml).\n\
             Go to the folder of a library, name it with --root DIR, or make a new one: casebook init my-library",
            start.display()
        )
    })
}

/// A path as people read it: from the current folder where it lies below that.
fn shown(path: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&current).ok().filter(|rest| !rest.as_os_str().is_empty());
    relative.unwrap_or(path).display().to_string()
}
