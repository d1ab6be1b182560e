//! What entries and terms are in the words of schema.org. The theme says which: the `schema` of a kind, a field,
//! an option or a taxonomy. Here is only what schema.org itself prescribes.

use super::value::figure;
use crate::{
    model::{Entry, Field, FieldType, Fields, Value as Typed},
    render::Renderer,
};
use serde_json::{Map, Value, json};

/// The `schema` of a choice whose options say the type of the entry.
const TYPE: &str = "@type";

/// Endings of the types that are no works: they have neither headline nor date of publication.
const NO_WORKS: [&str; 6] = ["Event", "Organization", "NGO", "CollegeOrUniversity", "Place", "Person"];

/// Properties of works only: those of an event or an organisation are said of its page.
const OF_WORKS: [&str; 6] = ["about", "audience", "author", "citation", "keywords", "spatialCoverage"];

/// Types that mean nothing without a property, with what to call the page that lacks it.
const NEEDS: [(&str, &str, &str); 2] = [("HowTo", "step", "Article"), ("Event", "startDate", "WebPage")];

/// Properties whose value is a thing: its type, and the property of that thing which a text gives.
const THINGS: [(&str, &str, &str); 8] = [
    ("audience", "Audience", "audienceType"),
    ("author", "Organization", "name"),
    ("citation", "CreativeWork", "name"),
    ("location", "Place", "name"),
    ("organizer", "Organization", "name"),
    ("provider", "Organization", "name"),
    ("spatialCoverage", "AdministrativeArea", "name"),
    ("step", "HowToStep", "text"),
];

/// The type and the properties of something.
type Node<'a> = (&'a str, Map<String, Value>);

/// True for the type of a work: its page and it are one.
pub(super) fn is_work(type_name: &str) -> bool {
    !NO_WORKS.iter().any(|ending| type_name.ends_with(ending))
}

/// True for a property that only a work has.
pub(super) fn is_of_works(property: &str) -> bool {
    OF_WORKS.contains(&property)
}

/// True for the type of a work that has a headline.
pub(super) fn has_headline(type_name: &str) -> bool {
    ["Article", "Report"].iter().any(|ending| type_name.ends_with(ending))
}

/// What an entry is, by its kind.
pub(super) fn of_entry<'e>(renderer: &Renderer<'_>, entry: &'e Entry) -> Option<Node<'e>> {
    let type_name = type_of(entry)?;
    let properties = Maker { renderer, entry }.properties(&entry.kind.fields, &entry.fields);
    let lacking = NEEDS.iter().find(|(name, needed, _)| *name == type_name && !properties.contains_key(*needed));
    Some((lacking.map_or(type_name, |(.., instead)| instead), properties))
}

/// The type that an option of the entry says, else that of its kind.
fn type_of(entry: &Entry) -> Option<&str> {
    let chosen =
        entry.kind.fields.iter().filter(|field| field.schema.as_deref() == Some(TYPE)).find_map(|field| {
            match (&field.field_type, entry.fields.get(&field.name)?) {
                (FieldType::Choice(options), Typed::Choice(option)) => options.get(*option)?.schema.as_deref(),
                _ => None,
            }
        });
    chosen.or(entry.kind.schema.as_deref())
}

/// What a term is, by its taxonomy: its label, and the columns of its register that the theme names.
pub(super) fn of_term<'r>(renderer: &Renderer<'r>, taxonomy: usize, term: usize, language: &str) -> Option<Node<'r>> {
    let taxonomy = renderer.library().taxonomies().get(taxonomy)?;
    let schema = taxonomy.declaration.schema.as_ref()?;
    let (register, index) = taxonomy.terms.get(term)?.term.as_ref()?;
    let row = renderer.library().register(register)?.terms.get(*index)?;
    let property = |(property, column): (&String, &String)| {
        let text = row.columns.get(column).filter(|text| !text.is_empty())?;
        Some((property.clone(), text.as_str().into()))
    };
    let name = ("name".to_owned(), row.labels.get(language).into());
    Some((&schema.type_name, std::iter::once(name).chain(schema.columns.iter().filter_map(property)).collect()))
}

struct Maker<'a> {
    renderer: &'a Renderer<'a>,
    entry: &'a Entry,
}

impl Maker<'_> {
    /// The properties that fields give; fields that give the same one are taken together.
    fn properties(&self, fields: &[Field], set: &Fields) -> Map<String, Value> {
        let mut properties = Map::new();
        for field in fields {
            let Some(property) = field.schema.as_deref().filter(|property| *property != TYPE) else { continue };
            let value = set.get(&field.name).and_then(|value| self.value(property, field, value));
            match (value, properties.get_mut(property)) {
                (None, _) => {}
                (Some(value), None) => {
                    properties.insert(property.to_owned(), value);
                }
                (Some(value), Some(known)) => *known = both(known.take(), value),
            }
        }
        properties
    }

    fn value(&self, property: &str, field: &Field, value: &Typed) -> Option<Value> {
        let thing = THINGS.iter().find(|(name, ..)| *name == property);
        let named = |text: &str| match thing {
            Some((_, type_name, key)) => json!({ "@type": type_name, *key: text }),
            None => text.into(),
        };
        let language = self.entry.language.as_str();
        Some(match (value, &field.field_type) {
            (Typed::Text(text), _) => named(text),
            (Typed::Date(date), _) => date.iso().into(),
            (Typed::DateTime(moment), _) => moment.zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string().into(),
            (Typed::Number(number), _) => serde_json::to_value(figure(*number)).ok()?,
            // Of the states of an event only the usual one can be told from a yes: it takes place as announced.
            (Typed::YesNo(yes), _) if property == "eventStatus" => {
                yes.then(|| "https://schema.org/EventScheduled".into())?
            }
            (Typed::YesNo(yes), _) => (*yes).into(),
            (Typed::Choice(option), FieldType::Choice(options)) => named(options.get(*option)?.label.get(language)),
            (Typed::Term(register, index), _) => self.term(register, *index, field, &named)?,
            (Typed::Page(reference), _) => {
                let library = self.renderer.library();
                let other = library.front(library.resolve(reference, language)?)?;
                let type_name = type_of(other).or(thing.map(|(_, type_name, _)| *type_name)).unwrap_or("WebPage");
                let url = self.renderer.addresses().absolute(&other.url);
                json!({ "@type": type_name, "name": other.title, "url": url })
            }
            (Typed::File(path), _) => self.renderer.addresses().of_file(path).into(),
            (Typed::Group(set), FieldType::Group(fields)) => {
                let inner = Some(self.properties(fields, set)).filter(|inner| !inner.is_empty())?;
                let mut group = Map::new();
                group.insert(TYPE.into(), thing.map_or("Thing", |(_, type_name, _)| type_name).into());
                group.extend(inner);
                group.into()
            }
            (Typed::Many(items), _) => {
                let values: Vec<Value> = items.iter().filter_map(|item| self.value(property, field, item)).collect();
                Some(values).filter(|values| !values.is_empty())?.into()
            }
            (Typed::Markdown(_) | Typed::Choice(_) | Typed::Group(_), _) => return None,
        })
    }

    /// A term: a thing of its own where its taxonomy says what its terms are, else its label.
    fn term(&self, register: &str, index: usize, field: &Field, named: &dyn Fn(&str) -> Value) -> Option<Value> {
        let library = self.renderer.library();
        let term = library.register(register)?.terms.get(index)?;
        let label = term.labels.get(&self.entry.language);
        let facet = field.facet.as_deref();
        let taxonomy = library.taxonomies().iter().find(|taxonomy| Some(taxonomy.declaration.name.as_str()) == facet);
        let Some((taxonomy, schema)) = taxonomy.and_then(|found| Some((found, found.declaration.schema.as_ref()?)))
        else {
            return Some(named(label));
        };
        let shown = self.renderer.locale(&self.entry.language).terms().of_register(register, index);
        let has_page =
            shown.and_then(tera::Value::as_map).is_some_and(|m| m.contains_key(&tera::value::Key::Str("url")));
        let mut thing = Map::new();
        thing.insert(TYPE.into(), schema.type_name.as_str().into());
        thing.insert("name".into(), label.into());
        if has_page {
            thing.insert("url".into(), self.renderer.addresses().absolute(&taxonomy.term_url(&term.id)).into());
        }
        Some(thing.into())
    }
}

/// Two values of one property.
fn both(one: Value, other: Value) -> Value {
    let list = |value| match value {
        Value::Array(items) => items,
        single => vec![single],
    };
    [list(one), list(other)].concat().into()
}
