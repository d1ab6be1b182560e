//! An entry as the template of its page sees it.

use super::{
    Record,
    occasion::{occasion, series},
    toc::toc,
    value::{Named, Subject, described, facets},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Entry, Field, FieldType, LinkKind, PageText, Target, Value as Typed},
    render::{Renderer, addresses, dates, locale::Locale, placeholders},
};
use tera::Value;

/// The fields that say how an entry is kept, and nothing to its reader.
const MACHINERY: [&str; 7] = ["title", "summary", "kind", "status", "embargo", "aliases", "verbatim"];

/// The value `page` of an entry with what it offers for download, and the faults of the components in its text.
pub(crate) fn page(
    renderer: &Renderer<'_>,
    index: usize,
    downloads: Option<Value>,
) -> Option<(Value, Vec<Diagnostic>)> {
    let entry = renderer.library().entry(index)?;
    let subject = Subject::new(renderer, index, entry);
    let locale = subject.locale;
    let fields = subject.fields(locale.fields(&entry.kind.name), &entry.fields);
    let mut values = Record::new();
    for (view, value) in &fields {
        values.insert(view.key.clone(), value.clone());
    }
    let shown: Vec<_> = fields.into_iter().filter(|(view, _)| is_shown(&view.field)).collect();
    let described = described(&shown);
    let mut by_name = Record::new();
    for ((view, _), field) in shown.iter().zip(&described) {
        by_name.insert(view.key.clone(), field.clone());
    }
    let headings = entry.texts.last().map(|body| body.headings.as_slice()).unwrap_or_default();
    let placeholders: Vec<Value> = subject.placeholders.iter().map(placeholders::value).collect();
    let placeholders = Some(placeholders).filter(|placeholders| !placeholders.is_empty());
    let day = |day: Option<jiff::civil::Date>| day.map(|day| dates::day(day, locale.messages()));
    let page = Record::new()
        .set("id", entry.id.as_str())
        .set_some("kind", locale.kind(&entry.kind.name))
        .set("title", entry.title.as_str())
        .set("summary", entry.summary.as_str())
        .set("url", renderer.addresses().href(&entry.url))
        .set("lang", entry.language.as_str())
        .set("languages", renderer.twins(index))
        .set("source_path", entry.path())
        .set_some("edit_url", edit_url(renderer, entry))
        .set("state", entry.state.name())
        .set_some("published", day(entry.published))
        .set_some("updated", day(entry.updated))
        .set_some("review_by", day(entry.review_by))
        .set("body", Value::safe_string(&subject.body()))
        .set("toc", toc(headings))
        .set("words", entry.texts.iter().map(|text| text.words).sum::<usize>())
        .set("values", values.value())
        .set("fields", described)
        .set("field", by_name.value())
        .set_some("occasion", occasion(renderer, index))
        .set_some("downloads", downloads)
        .set_some("placeholders", placeholders)
        .set_some("series", series(renderer, index))
        .set_some("lasting", lasting(renderer, entry).map(|(address, _)| renderer.addresses().href(&address)))
        .set_some("years", years(renderer, index, entry))
        .set("terms", terms(entry, renderer, locale))
        .set("backlinks", cards(renderer, entry, renderer.library().backlinks(index)))
        .set("more_backlinks", cards(renderer, entry, &more_backlinks(renderer, index)))
        .set("similar", cards(renderer, entry, renderer.library().similar(index)))
        .set("related", cards(renderer, entry, renderer.library().related(index)));
    Some((page.value(), subject.faults.into_inner()))
}

/// The address that stays while years pass, with the entries of all its years.
fn lasting<'a>(renderer: &Renderer<'a>, entry: &Entry) -> Option<(String, &'a [usize])> {
    let address = entry.lasting()?;
    let years = renderer.library().lasting(&address)?;
    Some((address, years))
}

/// `{entry, year}` of the same in other years, the newest first.
fn years(renderer: &Renderer<'_>, index: usize, entry: &Entry) -> Option<Vec<Value>> {
    let (_, years) = lasting(renderer, entry)?;
    let others = years.iter().filter(|other| **other != index);
    let year = |other: &usize| renderer.library().front(*other).and_then(Entry::year);
    let value = |other: &usize| Record::new().set("entry", renderer.card(*other)).set_some("year", year(other)).value();
    let others: Vec<Value> = others.map(value).collect();
    (!others.is_empty()).then_some(others)
}

/// The file of the picture that the page shows first: that of a field of its own, else the first in its texts.
pub(super) fn first_picture<'a>(renderer: &Renderer<'a>, index: usize, entry: &'a Entry) -> Option<&'a str> {
    let own = entry.kind.fields.iter().filter(|field| matches!(field.field_type, FieldType::Image));
    let own = own.filter_map(|field| entry.fields.get(&field.name)).find_map(file);
    let links = renderer.library().links(index);
    let in_text = |(text, targets): (&'a PageText, &'a Vec<Target>)| {
        let images = text.links.iter().zip(targets).filter_map(|(link, target)| match (link.kind, target) {
            (LinkKind::Image, Target::Asset(path)) => Some((link.span, path.as_str())),
            _ => None,
        });
        let blocks = text.components.iter().filter_map(|block| {
            let path = block.fields.as_ref()?.values().find_map(file)?;
            Some((block.span, path))
        });
        images.chain(blocks).min_by_key(|(span, _)| *span).map(|(_, path)| path)
    };
    own.or_else(|| entry.texts.iter().zip(links).find_map(in_text))
}

/// The file that a value names, or the first of several.
fn file(value: &Typed) -> Option<&str> {
    match value {
        Typed::File(path) => Some(path),
        Typed::Many(values) => values.iter().find_map(file),
        _ => None,
    }
}

/// True for a field that readers see. A kind may give `status` a meaning of its own, which has nothing to do with
/// when the page is shown.
pub(crate) fn is_shown(field: &Field) -> bool {
    let is_own_status = match &field.field_type {
        FieldType::Choice(options) => field.name == "status" && !options.iter().any(|option| option.id == "withdrawn"),
        _ => false,
    };
    is_own_status || !MACHINERY.contains(&field.name.as_str())
}

/// Where the entry's file can be changed, for a library that says where its files are kept. A file of another folder
/// is kept elsewhere.
fn edit_url(renderer: &Renderer<'_>, entry: &Entry) -> Option<String> {
    let config = renderer.config();
    let is_here = !renderer.library().is_overlaid(entry.path());
    let repository = config.repository.as_deref().filter(|_| is_here)?;
    let path = addresses::of_file(entry.path());
    Some(format!("{repository}/edit/{}/{path}", addresses::of_file(&config.branch)))
}

/// `{taxonomy, label, terms}` of each taxonomy that the entry has terms of.
fn terms(entry: &Entry, renderer: &Renderer<'_>, locale: &Locale) -> Vec<Value> {
    let facets = facets(entry, locale);
    let of_taxonomy = |(place, taxonomy): (usize, &crate::model::Taxonomy)| {
        let own = facets.iter().filter(|named| named.taxonomy == place);
        let own: Vec<Value> = own.map(|named| whole(renderer, named, &entry.language)).collect();
        let declaration = &taxonomy.declaration;
        let label = if own.len() == 1 { &declaration.label } else { &declaration.plural };
        let record = Record::new().set("taxonomy", declaration.name.as_str()).set("label", label.get(&entry.language));
        (!own.is_empty()).then(|| record.set("terms", own).value())
    };
    renderer.library().taxonomies().iter().enumerate().filter_map(of_taxonomy).collect()
}

/// A term that an entry names, with how many others do.
fn whole(renderer: &Renderer<'_>, named: &Named, language: &str) -> Value {
    let whole = named.place.and_then(|place| renderer.term(named.taxonomy, place, language));
    whole.unwrap_or_else(|| named.value.clone())
}

/// The entries that name an entry and are not among those that are like it.
fn more_backlinks(renderer: &Renderer<'_>, index: usize) -> Vec<usize> {
    let library = renderer.library();
    let is_like = |other: &usize| library.similar(index).contains(other) || library.related(index).contains(other);
    library.backlinks(index).iter().copied().filter(|other| !is_like(other)).collect()
}

/// Other entries as cards: those that lists may name, each in the entry's language where it has a twin there.
fn cards(renderer: &Renderer<'_>, entry: &Entry, others: &[usize]) -> Vec<Value> {
    let fits = |other: &&usize| is_named_beside(renderer, entry, **other);
    others.iter().filter(fits).map(|other| renderer.card(*other)).collect()
}

/// True for another entry that the page of this one may name: not its twin, nor the twin of one in its language.
pub(super) fn is_named_beside(renderer: &Renderer<'_>, entry: &Entry, other: usize) -> bool {
    let library = renderer.library();
    let Some(found) = library.front(other) else { return false };
    let has_twin = || library.twins(&found.id).is_some_and(|twins| twins.contains_key(&entry.language));
    found.state.is_listed() && found.id != entry.id && (found.language == entry.language || !has_twin())
}
