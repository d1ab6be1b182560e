//! `casebook completions`

use super::{Status, say::give};
use crate::cli::{Arguments, Completions};
use clap::CommandFactory;

pub(super) fn completions(options: &Completions) -> Result<Status, String> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "casebook", &mut script);
    give(script)?;
    Ok(Status::Clean)
}
