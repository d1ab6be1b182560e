//! Options, terms and pages, by any of the names that they go by.

use super::known::{Known, PageName};
use crate::{
    model::{ChoiceOption, Field, FieldType, Register, folded},
    nearest::nearest,
};

/// What a text names, as front matter writes it.
///
/// # Errors
/// Where it names nothing: the nearest, as front matter writes it, with its label.
pub(super) fn find(field: &Field, written: &str, known: &Known) -> Result<String, Option<Near>> {
    match &field.field_type {
        FieldType::Choice(options) => option(options, written, &known.language),
        FieldType::Reference(target) => match known.registers.get(target) {
            Some(register) => term(register, written, &known.language),
            None => page(target, written, known),
        },
        _ => Err(None),
    }
}

/// Something that a text may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Near {
    /// As front matter writes it.
    pub id: String,
    /// As readers see it.
    pub label: String,
}

fn option(options: &[ChoiceOption], written: &str, language: &str) -> Result<String, Option<Near>> {
    let names =
        |option: &ChoiceOption| option.label.all().map(str::to_owned).chain([option.id.clone()]).collect::<Vec<_>>();
    let wanted = folded(written);
    let goes_by = |option: &&ChoiceOption| names(option).iter().any(|name| folded(name) == wanted);
    if let Some(option) = options.iter().find(goes_by).filter(|_| !wanted.is_empty()) {
        return Ok(option.id.clone());
    }
    let all: Vec<(String, &ChoiceOption)> =
        options.iter().flat_map(|option| names(option).into_iter().map(move |name| (name, option))).collect();
    let near = nearest(written, all.iter().map(|(name, _)| name.as_str()));
    let near = near.and_then(|near| all.iter().find(|(name, _)| name == near));
    Err(near.map(|(_, option)| Near { id: option.id.clone(), label: option.label.get(language).to_owned() }))
}

fn term(register: &Register, written: &str, language: &str) -> Result<String, Option<Near>> {
    let id = |index: usize| register.terms.get(index).map(|term| term.id.clone());
    // A name of signs alone would be like any other.
    let by_name = || register.by_name(written).filter(|_| !folded(written).is_empty());
    let turned = || turned(written).iter().find_map(|name| register.by_name(name));
    let found = register.by_id(written).or_else(by_name).or_else(|| by_column(register, written)).or_else(turned);
    if let Some(id) = found.and_then(id) {
        return Ok(id);
    }
    let names = register
        .terms
        .iter()
        .flat_map(|term| term.labels.all().chain([term.id.as_str()]).chain(term.synonyms.iter().map(String::as_str)));
    let near =
        nearest(written, names).and_then(|near| register.by_name(near)).and_then(|index| register.terms.get(index));
    Err(near.map(|term| Near { id: term.id.clone(), label: term.labels.get(language).to_owned() }))
}

/// Other ways to write the name of a place: “Bristol, City of” and “City of Bristol” are each other, and “Bristol”.
fn turned(written: &str) -> Vec<String> {
    let lower = written.to_lowercase();
    if let Some((name, rank)) = written.rsplit_once(',')
        && rank.to_lowercase().ends_with(" of")
    {
        return vec![format!("{} {name}", rank.trim()), name.to_owned()];
    }
    let parted = lower.find(" of ").and_then(|at| written.split_at_checked(at + " of".len()));
    parted.map_or(Vec::new(), |(rank, name)| vec![format!("{}, {rank}", name.trim()), name.trim().to_owned()])
}

/// The one term that has this in a column: a code.
fn by_column(register: &Register, written: &str) -> Option<usize> {
    let has = |(_, term): &(usize, &crate::model::Term)| term.columns.values().any(|column| column == written);
    let mut found = register.terms.iter().enumerate().filter(has);
    match (found.next(), found.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

fn page(target: &str, written: &str, known: &Known) -> Result<String, Option<Near>> {
    let anywhere = target == "page";
    let name = |page: &PageName| {
        if anywhere { Some(page.reference().to_owned()) } else { page.slug(target).map(str::to_owned) }
    };
    let pages: Vec<(&PageName, String)> = known.pages.iter().filter_map(|page| Some((page, name(page)?))).collect();
    let address = written.split(['?', '#']).next().unwrap_or_default();
    let path = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.find('/').map_or("", |at| rest.get(at..).unwrap_or_default()));
    let path = path.trim_start_matches("content/").trim_matches('/');
    let is_meant = |page: &PageName, name: &str| {
        let file = page.reference().trim_start_matches('/');
        let is_path =
            !path.is_empty() && [file, file.trim_end_matches(".md"), page.url.trim_matches('/')].contains(&path);
        is_path || name == written || name.trim_start_matches('/') == path.trim_end_matches(".md")
    };
    let by_title = |page: &PageName| !folded(written).is_empty() && folded(&page.title) == folded(written);
    let found = pages.iter().find(|(page, name)| is_meant(page, name)).or_else(|| {
        // Two pages of one title: nobody can tell which is meant.
        let mut titled = pages.iter().filter(|(page, _)| by_title(page));
        titled.next().filter(|_| titled.next().is_none())
    });
    // The last part of a path, where but one page has it.
    let by_stem = || {
        let stem = |page: &PageName| {
            let file = page.reference().trim_end_matches(".md").trim_end_matches("/index");
            file.rsplit('/').next() == Some(path.trim_end_matches(".md")).filter(|stem| !stem.is_empty())
        };
        let mut found = pages.iter().filter(|(page, _)| stem(page));
        found.next().filter(|_| found.next().is_none())
    };
    if let Some((_, name)) = found.or_else(by_stem) {
        return Ok(name.clone());
    }
    let names = pages.iter().flat_map(|(page, name)| [page.title.as_str(), name.as_str()]);
    let near = nearest(written, names);
    let near = near.and_then(|near| pages.iter().find(|(page, name)| page.title == near || name == near));
    Err(near.map(|(page, name)| Near { id: name.clone(), label: page.title.clone() }))
}
