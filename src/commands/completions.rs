//! `casebook completions`

use super::Status;
use crate::cli::{Arguments, Completions};
use clap::CommandFactory;

pub(super) fn completions(options: &Completions) -> Result<Status, String> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "casebook", &mut script);
    print!("{}", String::from_utf8_lossy(&script));
    Ok(Status::Clean)
}
