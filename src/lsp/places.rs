//! What stands at a place and where it leads: hover, the way to it, links of a page, and who names a page.

use super::{
    Desk, Found, Lines, Shelf,
    desk::Here,
    mentions::{self, Mention, Page},
    protocol::{At, Location, Whole},
    spot::{self, Spot},
    words,
};
use crate::{
    config,
    model::{Entry, FieldPath, FieldType, Met, Span, Value as Named, visit},
};
use rayon::prelude::*;
use serde_json::{Value, json};

/// What there is to say of a place.
pub(super) fn hover(desk: &Desk, at: &At) -> Option<Value> {
    let here = desk.here(at)?;
    let (about, span) = about(&here)?;
    let range = Lines::new(&here.text, desk.client.units).range(span);
    Some(json!({ "contents": { "kind": "markdown", "value": about }, "range": range }))
}

fn about(here: &Here<'_>) -> Option<(String, Span)> {
    let shelf = here.shelf;
    if let Some(Mention { span, found: Some(found), .. }) = mention(here) {
        let about = match found {
            Found::Entry(index, anchor) => of_entry(shelf, shelf.entries.get(index)?, &anchor),
            Found::Asset(path) => {
                let asset = shelf.assets.iter().find(|asset| asset.path == path)?;
                format!("`{path}`\n\n{}", words::of_file(asset))
            }
            Found::Term(register, index) => words::of_term(shelf, shelf.registers.get(&register)?.terms.get(index)?),
        };
        return Some((about, span));
    }
    let kind = shelf.kind(&here.path, spot::named_kind(&here.text))?.clone();
    match spot::spot(&here.text, here.offset, &kind, &shelf.theme) {
        Spot::Key { among, span, .. } => {
            let field = among.iter().find(|field| field.name == span.of(&here.text).trim_matches(['"', '\'']))?;
            Some((words::of_field(shelf, field), span))
        }
        Spot::Value { field, span, .. } => match &field.field_type {
            FieldType::Choice(options) => {
                let written = span.of(&here.text).trim_matches(['"', '\'']);
                let option = options.iter().find(|option| option.id == written)?;
                Some((format!("**{}**", option.label.get(&shelf.config.language)), span))
            }
            _ => None,
        },
        Spot::Component(span) => {
            let component = shelf.theme.components.get(span.of(&here.text))?;
            Some((words::of_component(shelf, component), span))
        }
        Spot::Link { .. } | Spot::Words => None,
    }
}

fn of_entry(shelf: &Shelf, entry: &Entry, anchor: &str) -> String {
    let heading = entry.texts.iter().flat_map(|text| &text.headings).find(|heading| heading.id == anchor);
    let about = words::of_entry(shelf, entry);
    heading.map_or(about.clone(), |heading| format!("{about}\n\n# {}", heading.text))
}

/// What is named at a place.
pub(super) fn mention(here: &Here<'_>) -> Option<Mention> {
    let page = Page::read(here.shelf, &here.path, &here.text)?;
    let holds = |mention: &Mention| (mention.span.start..=mention.span.end).contains(&here.offset);
    page.mentions(here.shelf).into_iter().find(holds)
}

/// Where what is named at a place stands.
pub(super) fn definition(desk: &Desk, at: &At) -> Option<Location> {
    let here = desk.here(at)?;
    location(desk, here.shelf, &mention(&here)?.found?)
}

fn location(desk: &Desk, shelf: &Shelf, found: &Found) -> Option<Location> {
    match found {
        Found::Entry(index, anchor) => {
            let entry = shelf.entries.get(*index)?;
            desk.location(entry.path(), heading(desk, shelf, entry, anchor).unwrap_or_default())
        }
        Found::Asset(path) => desk.location(path, Span::default()),
        Found::Term(register, index) => {
            let register = shelf.registers.get(register)?;
            desk.location(&register.path, register.terms.get(*index)?.span)
        }
    }
}

/// Where a heading of a page stands, in the text as it is now.
fn heading(desk: &Desk, shelf: &Shelf, entry: &Entry, anchor: &str) -> Option<Span> {
    let text = desk.text(entry.path())?;
    let page = Page::read(shelf, entry.path(), &text)?;
    let found = page.texts.iter().find_map(|text| {
        let heading = text.headings.iter().find(|heading| heading.id == anchor)?;
        Some(page.place(text, heading.span))
    });
    found.filter(|_| !anchor.is_empty())
}

/// The links of a page that lead to something of the library.
pub(super) fn links(desk: &Desk, whole: &Whole) -> Option<Value> {
    let (path, text) = desk.file(&whole.text_document)?;
    let shelf = desk.shelf.as_deref()?;
    let page = Page::read(shelf, &path, &text)?;
    let lines = Lines::new(&text, desk.client.units);
    let link = |mention: Mention| {
        let (target, about) = match mention.found? {
            Found::Entry(index, _) => {
                let entry = shelf.entries.get(index)?;
                (desk.uri(entry.path())?, entry.title.clone())
            }
            Found::Asset(path) => (desk.uri(&path)?, path),
            Found::Term(..) => return None,
        };
        Some(json!({ "range": lines.range(mention.span), "target": target, "tooltip": about }))
    };
    Some(page.mentions(shelf).into_iter().filter_map(link).collect())
}

/// Who names the page or the file that is named at a place; anywhere else in a page, who names that page.
pub(super) fn references(desk: &Desk, at: &At) -> Option<Vec<Location>> {
    let here = desk.here(at)?;
    let own = || here.shelf.entry_at(&here.path).map(|index| Found::Entry(index, String::new()));
    let wanted = match mention(&here).and_then(|mention| mention.found) {
        Some(Found::Entry(index, _)) => Found::Entry(index, String::new()),
        Some(found) => found,
        None => own()?,
    };
    let named = |found: &Found| match (found, &wanted) {
        (Found::Entry(one, _), Found::Entry(other, _)) => one == other,
        (found, wanted) => found == wanted,
    };
    let mentions = naming(desk, here.shelf, &named);
    Some(mentions.into_iter().filter_map(|(path, mention)| desk.location(&path, mention.span)).collect())
}

/// Every place of the library that names something that is wanted, page by page.
pub(super) fn naming(desk: &Desk, shelf: &Shelf, wanted: &(dyn Fn(&Found) -> bool + Sync)) -> Vec<(String, Mention)> {
    let of_page = |entry: &std::sync::Arc<Entry>| {
        // To read a page anew for the places in it takes a while: only those that name it at all are worth that.
        let is_open = desk.open().contains_key(shelf.shown(entry.path()));
        if !is_open && !may_name(shelf, entry, wanted) {
            return Vec::new();
        }
        let text = desk.text(entry.path());
        let text = text.as_deref().unwrap_or(&entry.source.text);
        let Some(page) = Page::read(shelf, entry.path(), text) else { return Vec::new() };
        let found = page.mentions(shelf).into_iter();
        let found = found.filter(|mention| mention.found.as_ref().is_some_and(wanted));
        found.map(|mention| (entry.path().to_owned(), mention)).collect::<Vec<_>>()
    };
    let settings = desk.text(config::FILE_NAME).map(|text| mentions::of_settings(shelf, &text)).unwrap_or_default();
    let settings = settings.into_iter().filter(|mention| mention.found.as_ref().is_some_and(wanted));
    let mut found: Vec<(String, Mention)> = shelf.entries.par_iter().flat_map_iter(of_page).collect();
    found.extend(settings.map(|mention| (config::FILE_NAME.to_owned(), mention)));
    found
}

/// True where an entry, as it was read last, names something that is wanted.
fn may_name(shelf: &Shelf, entry: &Entry, wanted: &(dyn Fn(&Found) -> bool + Sync)) -> bool {
    let is_wanted = |found: Option<Found>| found.is_some_and(|found| wanted(&found));
    let mut links = entry.texts.iter().flat_map(|text| &text.links);
    if links.any(|link| is_wanted(shelf.linked(entry.path(), &link.destination))) {
        return true;
    }
    let mut is_named = false;
    let mut look = |met: Met<'_>, _: &FieldPath| {
        is_named |= is_wanted(match met.value {
            Named::Page(page) => shelf.entry_named(page).map(|index| Found::Entry(index, String::new())),
            Named::File(path) => Some(Found::Asset(path.clone())),
            Named::Term(register, index) => Some(Found::Term(register.clone(), *index)),
            _ => None,
        });
    };
    visit(&entry.kind.fields, &entry.fields, &mut look);
    for block in entry.texts.iter().flat_map(|text| &text.components) {
        if let (Some(fields), Some(component)) = (&block.fields, shelf.theme.components.get(&block.name)) {
            visit(&component.fields, fields, &mut look);
        }
    }
    is_named
}
