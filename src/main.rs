//! The program: parse the arguments, run the command, exit.

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = casebook::cli::Arguments::parse();
    casebook::commands::run(arguments).into()
}
