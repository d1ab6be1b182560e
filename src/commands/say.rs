//! How a command speaks: what was asked for, and remarks. A channel that takes nothing is no reason to fall over.

use std::{
    fmt::Display,
    io::{ErrorKind, Write},
};

/// What was asked for, on standard output. Whoever reads it may have had enough: `casebook search … | head`.
///
/// # Errors
/// Why it can't be written: without a word it would be lost.
pub(super) fn give(what: impl AsRef<[u8]>) -> Result<(), String> {
    let mut out = anstream::stdout();
    match out.write_all(what.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the output can't be written: {error}")),
        _ => Ok(()),
    }
}

/// A remark on standard output: no loss where it can't be written.
pub(super) fn remark(text: impl Display) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// A remark on standard error.
pub(super) fn complain(text: impl Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}
