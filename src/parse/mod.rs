//! Makes sense of each file by itself: front matter and Markdown, kinds and components, registers.

mod agreement;
mod document;
mod field;
mod register;
mod theme;

pub use document::document;
pub use register::register;
pub use theme::theme;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{SourceFile, Span},
    yaml::Fault,
};

/// A fault of a piece of YAML that stands at `base` in a file, as a diagnostic.
fn diagnostic(code: Code, file: &SourceFile, base: usize, fault: Fault) -> Diagnostic {
    let Fault { message, help, span, .. } = fault;
    let diagnostic = Diagnostic::new(code, message).at(&file.path, visible(span.shifted(base), &file.text));
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// A span that an editor can see: an empty one at the end of a line takes the character before it.
fn visible(span: Span, text: &str) -> Span {
    let end = span.end.min(text.len());
    Span::new(span.start.min(end), end)
}
