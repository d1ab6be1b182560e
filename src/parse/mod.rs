//! Makes sense of each file by itself: front matter and Markdown, kinds and components, registers.

mod agreement;
mod document;
mod field;
mod register;
mod relations;
mod theme;
mod wording;

pub use document::document;
pub use register::register;
pub use theme::theme;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::SourceFile,
    yaml::Fault,
};

/// A fault of a piece of YAML that stands at `base` in a file, as a diagnostic.
fn diagnostic(code: Code, file: &SourceFile, base: usize, fault: Fault) -> Diagnostic {
    let Fault { message, help, span, .. } = fault;
    let diagnostic = Diagnostic::new(code, message).at(&file.path, span.shifted(base));
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
