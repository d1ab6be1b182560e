//! Where the links of an entry's Markdown lead.

use super::{pictures, places::Places};
use crate::{
    config::RawHtml,
    diagnostic::{Code, Diagnostic, Fix},
    link_path,
    model::{Entry, Link, LinkKind, PageText, Target},
    nearest::{nearest, slip},
    yaml,
};
use std::collections::BTreeSet;

/// Resolves the links of one entry, with the faults met.
pub(super) struct Resolver<'a> {
    entry: &'a Entry,
    places: &'a Places,
    /// The entries that the links lead to, or would if they might be seen.
    pub named: BTreeSet<usize>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    pub fn new(entry: &'a Entry, places: &'a Places) -> Self {
        Self { entry, places, named: BTreeSet::new(), diagnostics: Vec::new() }
    }

    /// Where a link or an image leads. A faulty one stays as it was written.
    pub fn target(&mut self, text: &PageText, link: &Link) -> Target {
        let written = link.destination.as_str();
        let as_written = || Target::AsWritten(written.to_owned());
        if link.raw && self.places.config.html == RawHtml::Escape {
            // It is shown as text, and leads nowhere.
            return as_written();
        }
        if written.is_empty() {
            self.report(
                text,
                link,
                Code::BrokenLink,
                "This link leads nowhere",
                if link.raw { "Write where it leads." } else { "Write where it leads between the round brackets." },
            );
            return as_written();
        }
        if link.kind == LinkKind::Image && is_elsewhere(written) {
            let message = "A picture on another site is not shown: pages take nothing from elsewhere";
            self.report(
                text,
                link,
                Code::MissingAsset,
                message,
                "Put a copy of it beside this page, if its licence allows that.",
            );
            return as_written();
        }
        if let Some(scheme) = scheme(written) {
            if !link_path::SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
                let message = format!("An address that starts with “{scheme}:” can't be followed");
                self.report(
                    text,
                    link,
                    Code::BrokenLink,
                    message,
                    "Use an address that starts with https://, or the path of a page in this library.",
                );
            }
            return as_written();
        }
        if written.starts_with("//") {
            return as_written();
        }
        let (path, anchor) = written.split_once('#').map_or((written, ""), |(path, anchor)| (path, anchor));
        let (path, query) = path.split_once('?').map_or((path, ""), |(path, query)| (path, query));
        let path = link_path::percent_decoded(path);
        if path.is_empty() {
            return self.own_anchor(text, link, anchor);
        }
        if path == "/" {
            return Target::Site(format!("/{}", written.trim_start_matches('/')));
        }
        let Some(file) = link_path::resolve(self.entry.path(), &path) else {
            self.report(
                text,
                link,
                Code::BrokenLink,
                format!("“{written}” leads out of the library"),
                "Name a file below content/.",
            );
            return as_written();
        };
        if self.places.assets.contains_key(file.as_str()) {
            return self.asset(text, link, file);
        }
        if let Some(index) = self.places.entry_near(&file) {
            return self.page(text, link, index, anchor);
        }
        if let Some(target) = self.address(text, link, &file, query, anchor) {
            return target;
        }
        if self.places.is_unread(&file) {
            return as_written();
        }
        self.broken(text, link, &file);
        // A page that isn't there gives words without a link, should the library go on regardless.
        if file.ends_with(".md") { Target::AsWritten(String::new()) } else { as_written() }
    }

    fn page(&mut self, text: &PageText, link: &Link, index: usize, anchor: &str) -> Target {
        if let Some(nowhere) = self.hidden(text, link, index) {
            return nowhere;
        }
        self.named.insert(index);
        if anchor.is_empty() {
            return Target::Entry(index, String::new());
        }
        self.anchor(text, link, index, anchor);
        Target::Entry(index, format!("#{anchor}"))
    }

    /// Nothing to follow, where a page that is shown leads to one that is not.
    fn hidden(&mut self, text: &PageText, link: &Link, index: usize) -> Option<Target> {
        if self.places.is_visible(index) || !is_shown(self.entry, self.places) {
            return None;
        }
        self.named.insert(index);
        let title = self.places.entries.get(index).map_or("", |entry| entry.title.as_str());
        let message = format!("This link leads to “{title}”, which is not published yet");
        self.report(text, link, Code::HiddenTarget, message, "Publish that page first, or take the link out.");
        Some(Target::AsWritten(String::new()))
    }

    fn own_anchor(&mut self, text: &PageText, link: &Link, anchor: &str) -> Target {
        let own = self.places.entry_at(self.entry.path());
        if let (Some(index), false) = (own, anchor.is_empty()) {
            self.anchor(text, link, index, anchor);
        }
        Target::AsWritten(format!("#{anchor}"))
    }

    fn anchor(&mut self, text: &PageText, link: &Link, index: usize, anchor: &str) {
        // The browser itself knows the top of a page, and finds words after `:~:`.
        let anchor = link_path::percent_decoded(anchor.split(":~:").next().unwrap_or_default());
        if self.places.has_anchor(index, &anchor) || ["", "top"].contains(&anchor.as_str()) {
            return;
        }
        let title = self.places.entries.get(index).map_or("", |entry| entry.title.as_str());
        let help = match nearest(&anchor, self.places.anchors_of(index)) {
            Some(near) => format!("Did you mean `#{near}`?"),
            None => "An anchor is a heading's words in lower case with hyphens between them.".to_owned(),
        };
        let message = format!("“{title}” has no heading with the anchor `#{anchor}`");
        let meant = slip(&anchor, self.places.anchors_of(index).map(|own| (own, own)));
        let path = link.destination.split('#').next().unwrap_or_default();
        let now = meant.filter(|own| own.is_ascii()).map(|own| format!("{path}#{own}"));
        self.report_mended(text, link, Code::BrokenAnchor, message, help, now);
    }

    fn asset(&mut self, text: &PageText, link: &Link, file: String) -> Target {
        if is_shown(self.entry, self.places) && !self.places.may_carry(&file) {
            let message = format!("{file} lies beside a page that is not published yet");
            self.report(
                text,
                link,
                Code::HiddenTarget,
                message,
                "Publish that page first, or put a copy of the file beside this one.",
            );
            return Target::AsWritten(String::new());
        }
        let fault = if link.kind == LinkKind::Image { pictures::fault } else { pictures::linked_fault };
        if let Some(Diagnostic { code, message, help, .. }) =
            self.places.assets.get(file.as_str()).and_then(|asset| fault(asset, self.places.config.limits))
        {
            self.report(text, link, code, message, help.unwrap_or_default());
        }
        Target::Asset(file)
    }

    /// An address of the site instead of a file: that of a page, a listing, a term.
    fn address(&mut self, text: &PageText, link: &Link, file: &str, query: &str, anchor: &str) -> Option<Target> {
        let own = file.strip_prefix("content")?;
        let path = format!("{own}/");
        if let Some(index) = self.places.entry_of_url(&path) {
            return Some(self.page(text, link, index, anchor));
        }
        let tail = |mark: &str, rest: &str| if rest.is_empty() { String::new() } else { format!("{mark}{rest}") };
        let newest = self.places.newest_at(&path);
        if let Some(nowhere) = newest.and_then(|index| self.hidden(text, link, index)) {
            return Some(nowhere);
        }
        let is_there = |at: &&str| self.places.is_made(at) || (newest.is_some() && *at == path);
        let made = [path.as_str(), own].into_iter().find(is_there)?;
        Some(Target::Site(format!("{made}{}{}", tail("?", query), tail("#", anchor))))
    }

    fn broken(&mut self, text: &PageText, link: &Link, file: &str) {
        let name = file.rsplit('/').next().unwrap_or(file);
        let is_page =
            !name.contains('.') || name.ends_with(".md") || name.ends_with(".markdown") || name.ends_with(".html");
        let near = self.places.near(file);
        let help = |otherwise: &str| {
            near.as_ref()
                .map_or(otherwise.to_owned(), |near| format!("Did you mean `{}`?", near.replacen("content", "", 1)))
        };
        if is_page && link.kind == LinkKind::Link {
            let message = format!("There is no page {file}");
            let help = help(
                "Check the folder and the name: links are relative to this page's folder, or to content/ with a / in front.",
            );
            self.report_mended(text, link, Code::BrokenLink, message, help, self.meant(link, file));
        } else {
            let message = format!("There is no file {file}");
            let help = help("Put the file there, or check the folder and the name.");
            self.report_mended(text, link, Code::MissingAsset, message, help, self.meant(link, file));
        }
    }

    /// What a broken link would have to say.
    fn meant(&self, link: &Link, file: &str) -> Option<String> {
        let tail = link.destination.find(['?', '#']).unwrap_or(link.destination.len());
        let (path, tail) = link.destination.split_at_checked(tail)?;
        let meant = self.places.meant(file)?;
        // A page in the place of a picture would be no better.
        let same_sort = (link.kind == LinkKind::Link) || self.places.assets.contains_key(meant);
        let now = link_path::written_like(self.entry.path(), path, meant).filter(|_| same_sort)?;
        Some(format!("{now}{tail}"))
    }

    fn report(
        &mut self,
        text: &PageText,
        link: &Link,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_mended(text, link, code, message, help, None);
    }

    /// Reports a fault of a link, which is mended where it leads to `now`.
    fn report_mended(
        &mut self,
        text: &PageText,
        link: &Link,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
        now: Option<String>,
    ) {
        let file = &self.entry.source;
        let span = link.destination_span(text.markdown(&file.text));
        let span = yaml::markdown_span(&file.text, self.entry.front_span, text, span);
        let fix = now.and_then(|now| Fix::replacing(file, span, &link.destination, &now));
        self.diagnostics.push(Diagnostic::new(code, message).at(&file.path, span).help(help).mended(fix));
    }
}

/// True where this build shows the entry.
pub(super) fn is_shown(entry: &Entry, places: &Places) -> bool {
    super::is_visible(entry, &places.config)
}

/// True for an address on another site.
fn is_elsewhere(address: &str) -> bool {
    ["https://", "http://", "//"].iter().any(|start| address.starts_with(start))
}

/// The scheme of an address (RFC 3986, section 3.1), if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.chars();
    let sound = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    sound.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_told_from_a_path() {
        assert_eq!(scheme("https://example.org"), Some("https"));
        assert_eq!(scheme("JavaScript:alert(1)"), Some("JavaScript"));
        assert_eq!(scheme("a/b:c.md"), None);
        assert_eq!(scheme("guide.md"), None);
    }
}
