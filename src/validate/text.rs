//! What every reader needs of a page's Markdown: headings in order, links that say where they lead, pictures
//! with words.

use crate::{
    config::RawHtml,
    diagnostic::{Code, Diagnostic, Edit, Fix},
    model::{Entry, Heading, LinkKind, PageText, Place, Span, Step},
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
        let span = self.in_file(Span::new(span.start, span.start + trimmed));
        self.diagnostics.push(Diagnostic::new(code, message).at(&file.path, span).help(help));
    }

    /// The same, with what mends it.
    fn report_mended(&mut self, code: Code, heading: &Heading, message: String, help: String, fix: Option<Fix>) {
        self.report(code, heading.span, message, help);
        if let Some(fault) = self.diagnostics.last_mut() {
            fault.fix = fix;
        }
    }

    fn in_file(&self, span: Span) -> Span {
        yaml::markdown_span(&self.entry.source.text, self.entry.front_span, self.text, span)
    }

    fn headings(&mut self) {
        // The title is the first level; a field stands under a heading of the second that the template gives it.
        let mut last = if matches!(self.text.place, Place::Body(_)) { 1 } else { 2 };
        for (index, heading) in self.text.headings.iter().enumerate() {
            if heading.level == 1 {
                let help = "The title of the page is its only first-level heading: start with `##` here.";
                let message = "This heading is of the first level, like the title".to_owned();
                let fix = self.without_repetition(index, heading).or_else(|| self.moved(index, 2));
                self.report_mended(Code::TitleInBody, heading, message, help.to_owned(), fix);
            } else if heading.level > last + 1 {
                let message =
                    format!("This heading is of level {} and the one above it of level {last}", heading.level);
                let help = format!("Write `{}` before it.", "#".repeat(last as usize + 1));
                let fix = self.moved(index, last + 1);
                self.report_mended(Code::SkippedHeadingLevel, heading, message, help, fix);
            }
            if heading.empty {
                let message = format!("There is nothing under the heading “{}”", heading.text);
                self.report(Code::EmptySection, heading.span, message, "Write the section, or delete the heading.");
            }
            last = heading.level;
        }
    }

    /// Gives a heading another level, and moves those that stand below it alike, so that what belonged to it still
    /// does; nothing where one of them has no level left, or is not written with `#`.
    fn moved(&self, index: usize, level: u8) -> Option<Fix> {
        let (heading, rest) = self.text.headings.get(index..)?.split_first()?;
        let file = &self.entry.source;
        // Whoever follows a heading that skipped a level skipped it as well.
        let belongs =
            |below: &&Heading| below.level > heading.level || (below.level == heading.level && level < heading.level);
        let own = rest.iter().take_while(belongs);
        let edit = |one: &Heading| {
            let marks = "#".repeat(one.level.into());
            let span = self.in_file(Span::new(one.span.start, one.span.start + marks.len()));
            let now = (one.level + level).checked_sub(heading.level).filter(|now| (1..=6).contains(now))?;
            let edit = Edit { path: file.path.clone(), span, text: "#".repeat(now.into()) };
            (span.of(&file.text) == marks).then_some(edit)
        };
        let edits: Vec<Edit> = std::iter::once(heading).chain(own).map(edit).collect::<Option<_>>()?;
        let below = if edits.len() > 1 { ", and the headings below it alike" } else { "" };
        Some(Fix { title: format!("Start it with `{}`{below}", "#".repeat(level.into())), edits })
    }

    /// Takes away a first heading that says the title of the page once more.
    fn without_repetition(&self, index: usize, heading: &Heading) -> Option<Fix> {
        let front = self.entry.front_span?;
        let file = &self.entry.source;
        let title = yaml::locate(front.of(&file.text), &[Step::Key("title".into())]).key;
        let has_title = title.of(front.of(&file.text)) == "title";
        let Place::Body(body) = self.text.place else { return None };
        let is_first =
            index == 0 && Span::new(body.start, body.start + heading.span.start).of(&file.text).trim().is_empty();
        let same = heading.text.trim() == self.entry.title.trim();
        let span = self.in_file(heading.span);
        let written = span.of(&file.text).trim_end();
        let is_line = written.lines().count() == 1;
        // The blank lines below it go with it.
        let below = file.text.get(span.start + written.len()..).unwrap_or_default();
        let blank = below.len() - below.trim_start_matches(['\n', '\r']).len();
        let lines = Span::new(span.start, span.start + written.len() + blank.saturating_sub(1));
        (has_title && is_first && same && is_line)
            .then(|| Fix::without_lines("Take the title out of the text", file, lines))
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
