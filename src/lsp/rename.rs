//! Pages and files that get another path: what links to them goes along, and the old address still leads there.

use super::{
    Desk, Found, Lines, Shelf,
    completion::relative,
    mentions::{How, Mention, Page},
    places::{mention, naming},
    protocol::{At, Renames, TextEdit},
    spot::front,
};
use crate::{
    front_matter,
    model::{Entry, Span},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The field of old addresses.
const ALIASES: &str = "aliases";

/// Where each file goes: its old path in the library, and its new one.
type Moves = BTreeMap<String, String>;

/// Spans of files, and what stands there instead.
type Edits = BTreeMap<String, Vec<(Span, String)>>;

/// The name of the page at a place, where it can be renamed: what is written, and what it is called now.
pub(super) fn prepare(desk: &Desk, at: &At) -> Option<Value> {
    let here = desk.here(at)?;
    let mention = mention(&here)?;
    let name = name(here.shelf, mention.found.as_ref()?)?;
    let range = Lines::new(&here.text, desk.client.units).range(mention.span);
    Some(json!({ "range": range, "placeholder": name }))
}

/// The name of a page or a file: that of its file without ending, or of its folder where it is an index.
fn name(shelf: &Shelf, found: &Found) -> Option<String> {
    match found {
        Found::Entry(index, _) => {
            let path = shelf.entries.get(*index)?.path();
            let (folder, file) = path.rsplit_once('/')?;
            let stem = file.split('.').next()?;
            let own = folder.rsplit_once('/').map(|(_, own)| own);
            if stem == "index" { own.map(str::to_owned) } else { Some(stem.to_owned()) }
        }
        Found::Asset(path) => path.rsplit('/').next().map(str::to_owned),
        Found::Term(..) => None,
    }
}

/// Renames the page or file that is named at a place, with its twins in other languages, or with what lies beside it.
///
/// # Errors
/// Why that can't be, in words for people.
pub(super) fn rename(desk: &Desk, at: &At, new_name: &str) -> Result<Option<Value>, String> {
    let Some(here) = desk.here(at) else { return Ok(None) };
    let Some(found) = mention(&here).and_then(|mention| mention.found) else { return Ok(None) };
    let new_name = new_name.trim().trim_end_matches(".md");
    let is_plain = |name: &str| crate::portable::name_fault(name).is_none() && !name.contains(['/', '\\']);
    if new_name.is_empty() || !is_plain(new_name) || new_name.starts_with('.') {
        return Err(format!("“{new_name}” can't be the name of a file. Use letters, figures and hyphens."));
    }
    let old = match &found {
        Found::Entry(index, _) => here.shelf.entries.get(*index).map(|entry| entry.path().to_owned()),
        Found::Asset(path) => Some(path.clone()),
        Found::Term(..) => None,
    };
    let Some(old) = old else { return Ok(None) };
    if here.shelf.overlaid.contains_key(&old) {
        return Err(format!("{old} lies in another folder than this library: rename it there."));
    }
    let Some((folder, file)) = old.rsplit_once('/') else { return Ok(None) };
    let is_page = matches!(found, Found::Entry(..));
    let (stem, ending) = file.split_once('.').unwrap_or((file, ""));
    let (from, to) = if is_page && stem == "index" {
        let Some((above, _)) = folder.rsplit_once('/').filter(|(above, _)| !above.is_empty()) else {
            return Err("The first page of the library has no name of its own.".to_owned());
        };
        if here.shelf.theme.kind_of_folder(folder.strip_prefix("content/").unwrap_or(folder)).is_some() {
            return Err(format!("{folder}/ is the folder of a kind: the theme says what it is called."));
        }
        (format!("{folder}/"), format!("{above}/{new_name}/"))
    } else if is_page {
        (format!("{folder}/{stem}."), format!("{folder}/{new_name}."))
    } else {
        let named = if new_name.contains('.') { new_name.to_owned() } else { format!("{new_name}.{ending}") };
        (old.clone(), format!("{folder}/{named}"))
    };
    let moves = moves(here.shelf, &[(from, to)]);
    if let Some(taken) = moves.values().find(|new| exists(here.shelf, new) && !moves.contains_key(*new)) {
        return Err(format!("There is a file {taken} already."));
    }
    let mut changes = changes(desk, here.shelf, &edits(desk, here.shelf, &moves));
    if !desk.client.renames_files {
        return Err("This editor can't rename files on behalf of a language server: rename the file in its list of \
                    files instead."
            .to_owned());
    }
    let renamed = moves.iter().filter_map(|(old, new)| {
        let target = super::address(&here.shelf.config.root, new)?;
        Some(json!({ "kind": "rename", "oldUri": desk.uri(old)?, "newUri": target }))
    });
    changes.extend(renamed.collect::<Vec<_>>());
    Ok(Some(json!({ "documentChanges": changes })))
}

/// What else has to change where somebody renames files or folders in the editor.
pub(super) fn will_rename(desk: &Desk, renames: &Renames) -> Option<Value> {
    let shelf = desk.shelf.as_deref()?;
    let paths = renames.files.iter().filter_map(|file| Some((desk.path(&file.old_uri)?, desk.path(&file.new_uri)?)));
    let paths = paths.filter(|(old, new)| is_content(old) && is_content(new));
    let prefixes = paths.map(|(old, new)| {
        let is_file = exists(shelf, &old);
        if is_file { (old, new) } else { (format!("{old}/"), format!("{new}/")) }
    });
    let moves = moves(shelf, &prefixes.collect::<Vec<_>>());
    let edits = edits(desk, shelf, &moves);
    if edits.is_empty() {
        return None;
    }
    if desk.client.versions {
        return Some(json!({ "documentChanges": changes(desk, shelf, &edits) }));
    }
    let by_uri = edits
        .iter()
        .filter_map(|(path, edits)| Some((desk.uri(path)?.to_string(), json!(text_edits(desk, path, edits)))));
    Some(json!({ "changes": by_uri.collect::<serde_json::Map<_, _>>() }))
}

fn is_content(path: &str) -> bool {
    path.starts_with("content/") && !path.starts_with("content/_data/")
}

fn exists(shelf: &Shelf, path: &str) -> bool {
    shelf.entry_at(path).is_some() || shelf.has_asset(path)
}

/// The files whose paths begin so, with the paths that they get.
fn moves(shelf: &Shelf, prefixes: &[(String, String)]) -> Moves {
    let pages = shelf.entries.iter().map(|entry| entry.path());
    let all = pages.chain(shelf.assets.iter().map(|asset| asset.path.as_str()));
    let moved = |path: &str| {
        prefixes.iter().find_map(|(from, to)| {
            let rest = path.strip_prefix(from.as_str())?;
            // A whole file, everything in a folder, or a page and its twins.
            let fits = rest.is_empty() || from.ends_with('/') || (from.ends_with('.') && is_page_ending(rest));
            fits.then(|| format!("{to}{rest}"))
        })
    };
    all.filter_map(|path| Some((path.to_owned(), moved(path)?))).filter(|(old, new)| old != new).collect()
}

/// True for `md` and `cy.md`.
fn is_page_ending(rest: &str) -> bool {
    rest.split('.').next_back().is_some_and(|end| end == "md" || end == "markdown") && rest.split('.').count() <= 2
}

/// Everything that has to be written otherwise.
fn edits(desk: &Desk, shelf: &Shelf, moves: &Moves) -> Edits {
    let mut edits = Edits::new();
    let is_moved = |path: &str| moves.contains_key(path);
    let path_of = |found: &Found| match found {
        Found::Entry(index, _) => shelf.entries.get(*index).map(|entry| entry.path().to_owned()),
        Found::Asset(path) => Some(path.clone()),
        Found::Term(..) => None,
    };
    // What names a moved file, and all that a moved page names by a way from its own folder.
    let wanted = |found: &Found| path_of(found).is_some_and(|path| is_moved(&path));
    let mut mentions = naming(desk, shelf, &wanted);
    for old in moves.keys() {
        let Some(text) = desk.text(old).filter(|_| shelf.entry_at(old).is_some()) else { continue };
        let Some(page) = Page::read(shelf, old, &text) else { continue };
        let own = page.mentions(shelf).into_iter();
        let own = own.filter(|mention| mention.found.as_ref().is_some_and(|found| !wanted(found)));
        mentions.extend(own.map(|mention| (old.clone(), mention)));
    }
    for (path, mention) in mentions {
        let Some(target) = mention.found.as_ref().and_then(path_of) else { continue };
        let from = moves.get(&path).unwrap_or(&path);
        let to = moves.get(&target).unwrap_or(&target);
        let written = rewritten(shelf, &mention, from, &target, to);
        if let Some(written) = written.filter(|written| *written != mention.written) {
            edits.entry(path).or_default().push((mention.span, written));
        }
    }
    for (old, new) in moves {
        if let Some(edit) = alias(desk, shelf, old, new) {
            edits.entry(old.clone()).or_default().push(edit);
        }
    }
    for edits in edits.values_mut() {
        edits.sort();
        edits.dedup_by_key(|(span, _)| *span);
    }
    edits
}

/// How a page at `from` names what lies at `to` now, in the manner in which it did.
fn rewritten(shelf: &Shelf, mention: &Mention, from: &str, old: &str, to: &str) -> Option<String> {
    let written = mention.written.as_str();
    let at = written.find(['#', '?']).unwrap_or(written.len());
    let (path, tail) = (written.get(..at)?, written.get(at..)?);
    if path.is_empty() {
        return None;
    }
    if mention.how == How::Slug {
        let entry = shelf.entry_at(old).and_then(|index| shelf.entries.get(index))?;
        let folder = entry.id.strip_suffix(path.trim_end_matches(".md"))?;
        let url = (shelf.url)(to, &shelf.config)?;
        return Some(url.trim_matches('/').strip_prefix(folder)?.to_owned());
    }
    let is_address = path.starts_with('/') && !path.ends_with(".md") && !shelf.has_asset(old);
    let named = if is_address {
        let url = (shelf.url)(to, &shelf.config)?;
        if path.ends_with('/') { url } else { url.trim_end_matches('/').to_owned() }
    } else {
        let named = relative(from, to, path);
        let bare = |ending: &str| named.strip_suffix(ending).map(str::to_owned);
        let is_page = shelf.entry_at(old).is_some();
        match is_page && !path.ends_with(".md") {
            true if old.ends_with("/index.md") && !path.ends_with("index") => bare("index.md")
                .map(|folder| if path.ends_with('/') { folder } else { folder.trim_end_matches('/').to_owned() }),
            true => bare(".md"),
            false => None,
        }
        .unwrap_or(named)
    };
    let is_markdown = matches!(mention.how, How::Link | How::Picture);
    Some(if is_markdown { named.replace(' ', "%20") + tail } else { named + tail })
}

/// The old address of a page that people may know, put into its front matter.
fn alias(desk: &Desk, shelf: &Shelf, old: &str, new: &str) -> Option<(Span, String)> {
    let entry = shelf.entries.get(shelf.entry_at(old)?)?;
    let url = (shelf.url)(new, &shelf.config)?;
    if url == entry.url || !entry.state.is_published() {
        return None;
    }
    let text = desk.text(old)?;
    let front = front(&text)?;
    // Whoever goes back to an old name has it in the list already: an address can't lead to itself.
    let kept: Vec<String> =
        entry.aliases.iter().filter(|alias| **alias != url && **alias != entry.url).cloned().collect();
    let list = kept.into_iter().chain([entry.url.clone()]).map(serde_yaml::Value::from).collect();
    let values = serde_yaml::Mapping::from_iter([(ALIASES.into(), serde_yaml::Value::Sequence(list))]);
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let written = front_matter::yaml(&entry.kind.fields, &values).replace('\n', ending);
    Some(match alias_row(&text, front.yaml) {
        Some(span) => (span, written.trim_end().to_owned()),
        None => (Span::at(alias_place(entry, &text, front.yaml)), written),
    })
}

/// Where the old addresses of a page belong, as `fmt` has it.
fn alias_place(entry: &Entry, text: &str, yaml: Span) -> usize {
    let order = front_matter::order(&entry.kind.fields);
    let place = |key: &str| order.iter().position(|name| *name == key);
    let own = place(ALIASES);
    let rows = super::rows::rows(text, yaml, None);
    let mut keys = rows.iter().filter(|row| row.parent.is_empty());
    let behind = keys.find(|row| row.key.as_deref().and_then(place).is_some_and(|place| Some(place) > own));
    behind.map_or(yaml.end, |row| row.at.start)
}

/// Where the old addresses of a page are written.
fn alias_row(text: &str, yaml: Span) -> Option<Span> {
    let rows = super::rows::rows(text, yaml, None);
    let at = rows.iter().position(|row| row.parent.is_empty() && row.key.as_deref() == Some(ALIASES))?;
    let last = rows
        .get(at..)?
        .iter()
        .take_while(|row| row.at.start == rows.get(at).map_or(0, |row| row.at.start) || !row.parent.is_empty())
        .last()?;
    let start = rows.get(at)?.at.start;
    let end = last.whole.end.max(start);
    let written = Span::new(start, end).of(text);
    Some(Span::new(start, start + written.trim_end().len()))
}

/// Edits as the protocol has them, each file with its version.
fn changes(desk: &Desk, shelf: &Shelf, edits: &Edits) -> Vec<Value> {
    let change = |(path, edits): (&String, &Vec<(Span, String)>)| {
        let version = desk.open().get(shelf.shown(path)).map(|open| open.version);
        let document = json!({ "uri": desk.uri(path)?, "version": version });
        Some(json!({ "textDocument": document, "edits": text_edits(desk, path, edits) }))
    };
    edits.iter().filter_map(change).collect()
}

fn text_edits(desk: &Desk, path: &str, edits: &[(Span, String)]) -> Vec<TextEdit> {
    let Some(text) = desk.text(path) else { return Vec::new() };
    let lines = Lines::new(&text, desk.client.units);
    edits.iter().map(|(span, new)| TextEdit { range: lines.range(*span), new_text: new.clone() }).collect()
}
