//! Writes the documents that come from the program: `cargo run --release --example reference`.

#![allow(clippy::disallowed_methods, reason = "writing a document is what this is for")]

fn main() -> std::io::Result<()> {
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics.md"), casebook::commands::reference())
}
