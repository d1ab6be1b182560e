//! Writes the documents that come from the program: `cargo run --release --example reference`.

#![allow(clippy::disallowed_methods, reason = "writing documents is what this is for")]

use casebook::{commands, render::reference};
use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(root.join("docs/diagnostics.md"), commands::reference())?;
    let readme = root.join("themes/civic/README.md");
    let text = fs::read_to_string(&readme)?;
    let around = text.split_once(reference::START).zip(text.split_once(reference::END));
    let ((before, _), (_, after)) =
        around.ok_or_else(|| io::Error::other("the lines that mark the reference are gone from the theme's README"))?;
    fs::write(readme, [before, &reference::reference(), after].concat())
}
