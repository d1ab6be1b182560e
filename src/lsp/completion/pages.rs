//! Pages, files and headings that a link or a field may name.

use super::{MOST, Offers, REFERENCE, markdown, typed};
use crate::{
    lsp::{Found, Lines, desk::Here, mentions::Page, protocol::Range, words},
    model::{Entry, Span, State},
};
use serde_json::json;

/// What the protocol calls a file (`CompletionItemKind`).
const FILE: u8 = 17;

impl Offers {
    /// Pages, as a field names them: by their name in a folder, or by their path.
    pub(super) fn pages_of_field(&mut self, here: &Here<'_>, to: &str, others: &[String], span: Span, range: Range) {
        let folder = here.shelf.theme.kind_of_folder(to).map(|_| format!("{to}/"));
        let written = |entry: &Entry| match &folder {
            Some(folder) => entry.id.strip_prefix(folder.as_str()).map(str::to_owned),
            None => entry.path().strip_prefix("content").map(str::to_owned),
        };
        let main = |entry: &&Entry| entry.language == here.shelf.config.language;
        let pages = here.shelf.entries.iter().map(|entry| &**entry).filter(main);
        let pages = pages.filter_map(|entry| Some((written(entry)?, entry)));
        let pages = pages.filter(|(text, entry)| !others.contains(text) && entry.path() != here.path);
        self.pages(here, pages.collect(), typed(here, span), range);
    }

    /// Pages or files and headings that a link may lead to.
    pub(super) fn links(&mut self, here: &Here<'_>, span: Span, is_image: bool, lines: &Lines<'_>) {
        let written = typed(here, span);
        if let Some((path, _)) = written.split_once('#') {
            let start = Span::new(span.start + path.len() + 1, span.end);
            return self.anchors(here, path, lines.range(start));
        }
        let range = lines.range(span);
        if !is_image {
            let pages = here.shelf.entries.iter().filter(|entry| entry.path() != here.path);
            let pages = pages.map(|entry| (relative(&here.path, entry.path(), written), &**entry));
            self.pages(here, pages.collect(), written, range);
        }
        self.files(here, span, range, is_image);
    }

    fn pages(&mut self, here: &Here<'_>, pages: Vec<(String, &Entry)>, written: &str, range: Range) {
        let wanted = written.trim_start_matches(['.', '/']).to_lowercase();
        let fits = |text: &str, entry: &Entry| {
            wanted.is_empty() || text.to_lowercase().contains(&wanted) || entry.title.to_lowercase().contains(&wanted)
        };
        let mut found = pages.into_iter().filter(|(text, entry)| fits(text, entry));
        for (text, entry) in found.by_ref().take(MOST) {
            let about = words::of_entry(here.shelf, entry);
            let near = usize::from(folder(entry.path()) != folder(&here.path));
            self.items.push(json!({
                "label": entry.title,
                "labelDetails": { "description": text },
                "kind": REFERENCE,
                "detail": format!("{}{}", entry.kind.label.get(&here.shelf.config.language), state(entry)),
                "documentation": markdown(about),
                "filterText": format!("{written} {text} {}", entry.title),
                "sortText": format!("{near}{}", entry.title.to_lowercase()),
                "textEdit": { "range": range, "newText": text },
            }));
        }
        self.is_cut |= found.next().is_some() || !wanted.is_empty();
    }

    pub(super) fn files(&mut self, here: &Here<'_>, span: Span, range: Range, is_image: bool) {
        let written = typed(here, span);
        let wanted = written.trim_start_matches(['.', '/']).to_lowercase();
        let is_picture = |path: &str| {
            let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
            ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"].contains(&ending.as_str())
        };
        let files = here.shelf.assets.iter().filter(|asset| !is_image || is_picture(&asset.path));
        let mut files = files.filter(|asset| wanted.is_empty() || asset.path.to_lowercase().contains(&wanted));
        for asset in files.by_ref().take(MOST) {
            let text = relative(&here.path, &asset.path, written);
            let near = usize::from(folder(&asset.path) != folder(&here.path)) + 2;
            self.items.push(json!({
                "label": text,
                "kind": FILE,
                "detail": words::of_file(asset),
                "filterText": format!("{written} {text}"),
                "sortText": format!("{near}{text}"),
                "textEdit": { "range": range, "newText": text },
            }));
        }
        self.is_cut |= files.next().is_some();
    }

    /// The headings of a page, this one as it is now.
    fn anchors(&mut self, here: &Here<'_>, path: &str, range: Range) {
        let own = || Page::read(here.shelf, &here.path, &here.text).map(|page| page.texts);
        let other = || match here.shelf.linked(&here.path, path) {
            Some(Found::Entry(index, _)) => here.shelf.entries.get(index).map(|entry| entry.texts.clone()),
            _ => None,
        };
        let texts = if path.is_empty() { own() } else { other() }.unwrap_or_default();
        let headings = texts.iter().flat_map(|text| &text.headings);
        for (place, heading) in headings.enumerate() {
            self.value(&heading.id, &heading.text, None, REFERENCE, place, range);
        }
    }
}

/// The words for a page that is not simply there to read.
fn state(entry: &Entry) -> String {
    match entry.state {
        State::Current | State::ReviewDue => String::new(),
        state => format!(", {}", state.name()),
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path as a page names it: from `content/` where that is how it was begun, else from its own folder.
pub(in crate::lsp) fn relative(from: &str, to: &str, begun: &str) -> String {
    let inside = to.strip_prefix("content").unwrap_or(to);
    if begun.starts_with('/') {
        return inside.to_owned();
    }
    let own: Vec<&str> = folder(from).split('/').collect();
    let other: Vec<&str> = to.split('/').collect();
    let most = own.len().min(other.len().saturating_sub(1));
    let same = own.iter().zip(&other).take(most).take_while(|(own, other)| own == other).count();
    let up = std::iter::repeat_n("..", own.len() - same);
    up.chain(other.into_iter().skip(same)).collect::<Vec<_>>().join("/")
}
