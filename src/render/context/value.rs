//! The values of an entry's fields, by their types.

use super::{FieldView, Record, entry::first_picture};
use crate::{
    model::{Entry, Field, Fields, Library, Placeholder, TextLimit, Value as Typed},
    render::{Renderer, Shown, addresses, dates, locale::Locale},
};
use rustc_hash::FxHashSet;
use std::cell::{Cell, RefCell};
use tera::{Value, value::Key};

/// The entry whose page is made.
pub(super) struct Subject<'r, 'a> {
    pub(super) renderer: &'r Renderer<'a>,
    pub(super) index: usize,
    pub(super) entry: &'a Entry,
    pub(super) locale: &'a Locale,
    /// The faults of component templates.
    pub(super) faults: RefCell<Vec<crate::diagnostic::Diagnostic>>,
    /// How many texts are being rendered, one within another.
    pub(super) depth: Cell<usize>,
    /// The file of the first picture of the page.
    pub(super) first: Option<&'a str>,
    /// What readers fill in.
    pub(super) placeholders: Vec<Placeholder>,
}

impl<'r, 'a> Subject<'r, 'a> {
    /// The entry of that index.
    pub(super) fn new(renderer: &'r Renderer<'a>, index: usize, entry: &'a Entry) -> Self {
        let locale = renderer.locale(&entry.language);
        let first = first_picture(renderer, index, entry);
        let placeholders = entry.placeholders().unwrap_or_default();
        Self { renderer, index, entry, locale, faults: RefCell::default(), depth: Cell::default(), first, placeholders }
    }

    /// The fields that are set, in the order of the kind or group, with their values.
    pub(super) fn fields<'v>(&self, views: &'v [FieldView], fields: &Fields) -> Vec<(&'v FieldView, Value)> {
        let set = views.iter().filter_map(|view| Some((view, self.value(view, fields.get(&view.field.name)?)?)));
        set.collect()
    }

    /// A value as a template shows it; `None` for what names a page that nobody may see.
    fn value(&self, view: &FieldView, value: &Typed) -> Option<Value> {
        let library = self.renderer.library();
        Some(match value {
            Typed::Text(text) => Value::from(text.as_str()),
            Typed::Markdown(text) => Value::safe_string(&self.html(*text, view.field.label.get(&self.entry.language))),
            Typed::Date(date) => dates::date(*date, self.locale.messages()),
            Typed::DateTime(moment) => {
                dates::moment(&moment.zoned, self.renderer.config().now.time_zone(), self.locale.messages())
            }
            Typed::Number(number) => figure(*number),
            Typed::YesNo(yes) => Value::from(*yes),
            Typed::Choice(option) => view.options.get(*option)?.clone(),
            Typed::Term(register, index) => self.renderer.row_value(register, *index, &self.entry.language)?,
            Typed::Page(reference) => self.renderer.card(library.resolve(reference, &self.entry.language)?),
            Typed::File(path) => self.file(path),
            Typed::Group(fields) => self.group(&view.inner, fields)?,
            Typed::Many(items) => {
                let values: Vec<Value> = items.iter().filter_map(|item| self.value(view, item)).collect();
                Some(values).filter(|values| !values.is_empty())?.into()
            }
        })
    }

    /// The fields of a group by name, and in order under `_fields`.
    fn group(&self, views: &[FieldView], fields: &Fields) -> Option<Value> {
        let set = self.fields(views, fields);
        let mut group = Record::new().set("_fields", described(&set));
        for (view, value) in &set {
            group.insert(view.key.clone(), value.clone());
        }
        for view in views {
            if let Some((name, day)) = self.due(&view.field, fields) {
                group.insert(name, day);
            }
        }
        let limit = TextLimit::of(views.iter().map(|view| &view.field), fields);
        let limit = limit.map(|limit| Record::new().set("count", limit.length).set("most", limit.most).value());
        let group = group.set_some("text_length", limit);
        (!set.is_empty()).then(|| group.value())
    }

    /// The day that a number of days gives, counted from a date of the entry or of the entry that it names: that of
    /// `due_days` is called `due`.
    fn due(&self, field: &Field, fields: &Fields) -> Option<(Key<'static>, Value)> {
        let Typed::Number(count) = fields.get(&field.name)? else { return None };
        let day = self.renderer.library().due(self.entry, field, *count)?;
        let name = field.name.strip_suffix("_days").unwrap_or(&field.name);
        let name = if name == field.name { format!("{name}_day") } else { name.to_owned() };
        Some((Key::from(name), dates::day(day, self.locale.messages())))
    }

    /// The values of a component's body.
    pub(super) fn component(&self, views: &[FieldView], fields: &Fields) -> Value {
        self.group(views, fields).unwrap_or_else(|| Record::new().set("_fields", Vec::<Value>::new()).value())
    }

    /// How a file is shown as a picture.
    pub(super) fn shown(&self, path: &str) -> Shown {
        let (library, config) = (self.renderer.library(), self.renderer.config());
        let asset = library.asset(path);
        let shown = asset.map(|asset| Shown::new(library.theme(), config, self.renderer.addresses(), asset));
        Shown { first: self.first == Some(path), ..shown.unwrap_or_default() }
    }

    /// `{url, name, size}` of a file of the library, and `{width, height, srcset, sizes, first}` of a picture.
    fn file(&self, path: &str) -> Value {
        let name = path.rsplit('/').next().unwrap_or(path);
        let url = self.renderer.addresses().href(&addresses::of_file(&Library::asset_url(path)));
        let asset = self.renderer.library().asset(path);
        let shown = self.shown(path);
        let (width, height) = shown.size.unzip();
        let (srcset, sizes) = shown.choices.unzip();
        Record::new()
            .set("url", url)
            .set("name", name)
            .set_some("size", asset.map(|asset| asset.size))
            .set_some("width", width)
            .set_some("height", height)
            .set_some("srcset", srcset)
            .set_some("sizes", sizes)
            .set_some("first", shown.first.then_some(true))
            .value()
    }
}

/// Fields as templates see them, each with its value.
pub(super) fn described(fields: &[(&FieldView, Value)]) -> Vec<Value> {
    fields.iter().map(|(view, value)| view.with(value.clone())).collect()
}

/// A number; one without a fraction is shown without a decimal point.
pub(super) fn figure(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT { Value::from(number as i64) } else { Value::from(number) }
}

/// A term that an entry names.
pub(crate) struct Named {
    /// The place of its taxonomy in the library.
    pub(crate) taxonomy: usize,
    /// Its place there, where a list names it.
    pub(crate) place: Option<usize>,
    /// The term without `count`.
    pub(crate) value: Value,
}

/// The terms that an entry's facets name, in the order of its fields. A term that no list names, as that of a
/// withdrawn page, is there without an address.
pub(crate) fn facets(entry: &Entry, locale: &Locale) -> Vec<Named> {
    let mut found = Vec::new();
    let mut named = FxHashSet::default();
    for view in locale.fields(&entry.kind.name) {
        let (Some(facet), Some(value)) = (view.field.facet.as_deref(), entry.fields.get(&view.field.name)) else {
            continue;
        };
        let values = match value {
            Typed::Many(values) => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        for (id, own) in values.iter().filter_map(|value| term(view, value, locale)) {
            let Some((taxonomy, place)) = locale.terms().place(facet, &id) else { continue };
            let shared = place.and_then(|place| locale.terms().lean_of_taxonomy(taxonomy, place)).cloned();
            for (taxonomy, place, id, value) in locale.terms().derived(facet, &own) {
                if named.insert((taxonomy, id)) {
                    found.push(Named { taxonomy, place, value });
                }
            }
            if named.insert((taxonomy, id)) {
                found.push(Named { taxonomy, place, value: shared.unwrap_or(own) });
            }
        }
    }
    found
}

/// The id that a value has as a term, and what to show where no list has the term.
fn term(view: &FieldView, value: &Typed, locale: &Locale) -> Option<(String, Value)> {
    let shown = match value {
        Typed::Term(register, index) => locale.terms().lean_of_register(register, *index)?.clone(),
        Typed::Choice(option) => view.options.get(*option)?.clone(),
        other => {
            let year = other.year()?.to_string();
            Record::new().set("id", year.as_str()).set("label", year.as_str()).value()
        }
    };
    let id = shown.as_map()?.get(&tera::value::Key::Str("id"))?.as_str()?.to_owned();
    Some((id, shown))
}
