//! What every reader needs of a page's Markdown: headings in order, links that say where they lead, pictures
//! with words.

use crate::{
    config::RawHtml,
    diagnostic::{Code, Diagnostic},
    model::{Entry, LinkKind, PageText, Place, Span},
    yaml,
};

/// Looks over the Markdown of an entry. `vague` are link texts that say nothing, in lower case; `html` is what becomes
/// of tags.
pub(super) fn check(entry: &Entry, vague: &[String], html: RawHtml) -> Vec<Diagnostic> {
    entry.texts.iter().flat_map(|text| Look { entry, text, html, diagnostics: Vec::new() }.all(vague)).collect()
}

struct Look<'a> {
    entry: &'a Entry,
    text: &'a PageText,
    html: RawHtml,
    diagnostics: Vec<Diagnostic>,
}

impl Look<'_> {
    fn all(mut self, vague: &[String]) -> Vec<Diagnostic> {
        self.headings();
        self.links(vague);
        self.diagnostics
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let file = &self.entry.source;
        let trimmed = span.of(self.text.markdown(&file.text)).trim_end().len();
        let span = Span::new(span.start, span.start + trimmed);
        let span = yaml::markdown_span(&file.text, self.entry.front_span, self.text, span);
        self.diagnostics.push(Diagnostic::new(code, message).at(&file.path, span).help(help));
    }

    fn headings(&mut self) {
        // The title is the first level; a field stands under a heading of the second that the template gives it.
        let mut last = if matches!(self.text.place, Place::Body(_)) { 1 } else { 2 };
        for heading in &self.text.headings {
            if heading.level == 1 {
                let help = "The title of the page is its only first-level heading: start with `##` here.";
                self.report(
                    Code::TitleInBody,
                    heading.span,
                    "This heading is of the first level, like the title",
                    help,
                );
            } else if heading.level > last + 1 {
                let message =
                    format!("This heading is of level {} and the one above it of level {last}", heading.level);
                self.report(
                    Code::SkippedHeadingLevel,
                    heading.span,
                    message,
                    format!("Write `{}` before it.", "#".repeat(last as usize + 1)),
                );
            }
            if heading.empty {
                let message = format!("There is nothing under the heading “{}”", heading.text);
                self.report(Code::EmptySection, heading.span, message, "Write the section, or delete the heading.");
            }
            last = heading.level;
        }
    }

    fn links(&mut self, vague: &[String]) {
        for link in &self.text.links {
            let words = link.text.trim();
            match link.kind {
                // An empty `alt` in a tag says that the picture is there for its looks alone.
                LinkKind::Image if link.raw && (link.described || self.html == RawHtml::Escape) => {}
                LinkKind::Image if link.raw => self.report(
                    Code::MissingAltText,
                    link.span,
                    "This picture has no description for people who can't see it",
                    "Write `alt=\"what it shows\"` into the tag, or `alt=\"\"` where it is there for its looks alone.",
                ),
                LinkKind::Image if words.is_empty() => self.report(
                    Code::MissingAltText,
                    link.span,
                    "This picture has no description for people who can't see it",
                    "Write what it shows between the square brackets: `![what it shows](file)`.",
                ),
                LinkKind::Link => {
                    let bare = words.trim_end_matches(['.', '…', ':', '!', '>', '»']).trim().to_lowercase();
                    if vague.contains(&bare) {
                        let message = format!("The link “{words}” doesn't say where it leads");
                        let help = "Make the name of the page or of what it offers the link: people who use a screen reader hear links on their own.";
                        self.report(Code::VagueLinkText, link.span, message, help);
                    }
                }
                LinkKind::Image => {}
            }
        }
    }
}
