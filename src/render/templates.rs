//! Compiling the templates of a theme.

mod bounds;

use super::failure;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Span, Theme},
};
use tera::{ErrorKind, Tera};

/// The templates of pages that belong to no kind.
const NEEDED: [&str; 7] =
    ["home.html", "listing.html", "taxonomy.html", "term.html", "search.html", "404.html", "redirect.html"];

/// The template of a component.
pub(super) fn of_component(name: &str) -> String {
    format!("components/{name}.html")
}

/// Every template of the theme, compiled into an engine that has its functions already.
pub(super) fn compile(theme: &Theme, mut tera: Tera) -> Result<Tera, Vec<Diagnostic>> {
    let mut faults = bounds::check(theme);
    if !faults.is_empty() {
        return Err(faults);
    }
    faults.extend(missing(theme));
    // `base.html` is the theme's own, or else that of the nearest parent that has one; so it is with components.
    let parents = theme.parents.iter().map(|parent| format!("{parent}/"));
    if let Err(error) = tera.set_fallback_prefixes(parents) {
        faults.extend(failure::of_compiling(theme, &error));
    }
    match tera.add_raw_templates(theme.templates.iter().map(|(name, file)| (name, &file.text))) {
        Ok(()) if faults.is_empty() => return Ok(tera),
        Ok(()) => {}
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => faults.extend(syntax(theme)),
        Err(error) => faults.extend(failure::of_compiling(theme, &error)),
    }
    Err(faults)
}

/// The engine stops at the first template that it can't read; each read alone shows the faults of all.
fn syntax(theme: &Theme) -> Vec<Diagnostic> {
    let alone =
        |(name, file): &(String, crate::model::SourceFile)| Tera::new().add_raw_template(name, &file.text).err();
    let is_syntax = |error: &tera::Error| matches!(error.kind(), ErrorKind::SyntaxError(_));
    theme
        .templates
        .iter()
        .filter_map(alone)
        .filter(is_syntax)
        .flat_map(|error| failure::of_compiling(theme, &error))
        .collect()
}

/// The templates that the theme should have and has not.
fn missing(theme: &Theme) -> Vec<Diagnostic> {
    let exists = |name: &str| theme.template(name).is_some();
    let fault = |name: &str| {
        Diagnostic::new(Code::InvalidTemplate, format!("The theme has no template {name}"))
            .help(format!("Write templates/{name} in the theme."))
    };
    let needed = NEEDED.iter().filter(|name| !exists(name)).map(|name| fault(name));
    let of_kinds = theme.kinds.iter().filter(|kind| !exists(&kind.template));
    let of_kinds = of_kinds.map(|kind| fault(&kind.template).at(&kind.path, Span::at(0)));
    let of_components = theme.components.keys().map(|name| of_component(name)).filter(|name| !exists(name));
    needed.chain(of_kinds).chain(of_components.map(|name| fault(&name))).collect()
}
