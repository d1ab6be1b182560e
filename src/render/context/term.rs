//! Terms as templates see them, in one language: made once and shared by every page that names them.

use super::Record;
use crate::{
    model::{Labels, Library, Read, Register, Taxonomy, TaxonomyDeclaration, TaxonomyTerm, Term, cell_values},
    render::{Addresses, Lists},
};
use std::collections::{BTreeMap, HashMap};
use tera::{Value, value::Key};

/// The terms of every register and taxonomy in one language.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// By register, in the register's order.
    registers: BTreeMap<String, Vec<Sides>>,
    /// By taxonomy and term, in the library's order.
    taxonomies: Vec<Vec<Sides>>,
    /// By taxonomy: the place of a term there, by its id.
    places: HashMap<String, (usize, HashMap<String, usize>)>,
    /// The taxonomies that are worked out from another one: that one, their own name, and the column.
    derived: Vec<(String, String, Key<'static>)>,
}

/// A term as pages about it see it, and without what depends on the entries that have it: on the cards of entries the
/// one would change with every other.
#[derive(Clone, Debug, PartialEq)]
struct Sides {
    whole: Value,
    lean: Value,
}

impl Sides {
    fn of(term: Record, count: Option<usize>) -> Self {
        Self { lean: term.clone().value(), whole: term.set_some("count", count).value() }
    }
}

impl Terms {
    /// Every term of the library. Its address is set where it has a page.
    pub(crate) fn new(library: &Library, lists: &Lists, addresses: &Addresses, language: &str) -> Self {
        let maker = Maker { library, lists, addresses, language, pages: pages(library, lists) };
        let of_register =
            |(name, register): (&String, &Register)| (name.clone(), maker.of_register(name, &register.terms));
        let registers = library.registers.iter().map(of_register).collect();
        let taxonomies = library.taxonomies.iter().enumerate();
        Self {
            taxonomies: taxonomies
                .clone()
                .map(|(place, taxonomy)| maker.of_taxonomy(&registers, place, taxonomy))
                .collect(),
            places: taxonomies.map(places).collect(),
            derived: library.taxonomies.iter().filter_map(|taxonomy| derived(&taxonomy.declaration)).collect(),
            registers,
        }
    }

    /// The terms that are otherwise than they were.
    pub(crate) fn changes(&self, before: &Self) -> Vec<Read> {
        let differs = |now: &[Sides], then: &[Sides], index: usize| now.get(index) != then.get(index);
        let registers = self.registers.iter().flat_map(|(name, now)| {
            let then = before.registers.get(name).map(Vec::as_slice).unwrap_or_default();
            let changed = (0..now.len()).filter(move |index| differs(now, then, *index));
            changed.map(move |index| Read::row(name, index))
        });
        let taxonomies = self.taxonomies.iter().enumerate().flat_map(|(place, now)| {
            let then = before.taxonomies.get(place).map(Vec::as_slice).unwrap_or_default();
            let changed = (0..now.len()).filter(move |index| differs(now, then, *index));
            changed.map(move |index| Read::Term(place, index))
        });
        registers.chain(taxonomies).collect()
    }

    /// A term of a register.
    pub(crate) fn of_register(&self, register: &str, index: usize) -> Option<&Value> {
        self.registers.get(register)?.get(index).map(|term| &term.whole)
    }

    /// A term of a taxonomy, by the places of both in the library.
    pub(crate) fn of_taxonomy(&self, taxonomy: usize, term: usize) -> Option<&Value> {
        self.taxonomies.get(taxonomy)?.get(term).map(|term| &term.whole)
    }

    /// The same without `count`.
    pub(crate) fn lean_of_register(&self, register: &str, index: usize) -> Option<&Value> {
        self.registers.get(register)?.get(index).map(|term| &term.lean)
    }

    /// The same without `count`.
    pub(crate) fn lean_of_taxonomy(&self, taxonomy: usize, term: usize) -> Option<&Value> {
        self.taxonomies.get(taxonomy)?.get(term).map(|term| &term.lean)
    }

    /// The terms that follow from a term of a register, of the taxonomies that are worked out from `taxonomy`: the
    /// place of each taxonomy, that of the term there, its id, and the term without `count`.
    pub(crate) fn derived(&self, taxonomy: &str, term: &Value) -> Vec<(usize, Option<usize>, String, Value)> {
        let columns = term.as_map().and_then(|map| map.get(&Key::Str("columns"))?.as_map());
        let Some(columns) = columns else { return Vec::new() };
        let follows = self.derived.iter().filter(|(from, ..)| from == taxonomy);
        let cells = follows.filter_map(|(_, name, column)| Some((name, columns.get(column)?.as_str()?)));
        let each = cells.flat_map(|(name, cell)| cell_values(cell).map(move |value| (name, value)));
        each.filter_map(|(name, value)| {
            let id = crate::markdown::slug(value);
            let (place, term) = self.place(name, &id)?;
            let shared = term.and_then(|term| self.lean_of_taxonomy(place, term)).cloned();
            let own = || Record::new().set("id", id.as_str()).set("label", value).value();
            Some((place, term, id.clone(), shared.unwrap_or_else(own)))
        })
        .collect()
    }

    /// The place of a taxonomy in the library, and that of its term of this id where entries use it.
    pub(crate) fn place(&self, taxonomy: &str, id: &str) -> Option<(usize, Option<usize>)> {
        let (place, terms) = self.places.get(taxonomy)?;
        Some((*place, terms.get(id).copied()))
    }
}

fn derived(declaration: &TaxonomyDeclaration) -> Option<(String, String, Key<'static>)> {
    Some((declaration.from.clone()?, declaration.name.clone(), Key::from(declaration.column.clone()?)))
}

/// The terms that have a page, by register and index: the taxonomy and the term's place there.
type Pages<'a> = HashMap<(&'a str, usize), (usize, usize)>;

fn pages<'a>(library: &'a Library, lists: &Lists) -> Pages<'a> {
    let mut pages = HashMap::new();
    for (place, taxonomy) in library.taxonomies.iter().enumerate() {
        for (index, term) in taxonomy.terms.iter().enumerate() {
            if let (Some((register, at)), true) = (&term.term, lists.has_page(place, index)) {
                pages.entry((register.as_str(), *at)).or_insert((place, index));
            }
        }
    }
    pages
}

fn places((place, taxonomy): (usize, &Taxonomy)) -> (String, (usize, HashMap<String, usize>)) {
    let terms = taxonomy.terms.iter().enumerate().map(|(index, term)| (term.id.clone(), index));
    (taxonomy.declaration.name.clone(), (place, terms.collect()))
}

struct Maker<'a> {
    library: &'a Library,
    lists: &'a Lists,
    addresses: &'a Addresses,
    language: &'a str,
    pages: Pages<'a>,
}

impl Maker<'_> {
    fn of_register(&self, register: &str, terms: &[Term]) -> Vec<Sides> {
        let by_id: HashMap<&str, usize> =
            terms.iter().enumerate().map(|(index, term)| (term.id.as_str(), index)).collect();
        let mut narrower: Vec<Vec<usize>> = vec![Vec::new(); terms.len()];
        for (index, term) in terms.iter().enumerate() {
            let broader = term.broader.as_deref().and_then(|id| by_id.get(id));
            if let Some(inside) = broader.and_then(|broader| narrower.get_mut(*broader)) {
                inside.push(index);
            }
        }
        let brief = |index: usize| terms.get(index).map(|term| self.brief(register, index, term));
        terms
            .iter()
            .enumerate()
            .zip(narrower)
            .map(|((index, term), narrower)| {
                let broader = term.broader.as_deref().and_then(|id| by_id.get(id)).copied();
                let description = term.description.get(self.language);
                let lean = self
                    .brief(register, index, term)
                    .set_some("description", Some(description).filter(|text| !text.is_empty()))
                    .set("columns", columns(term))
                    .set_some("broader", broader.and_then(brief).map(Record::value))
                    .set("narrower", narrower.into_iter().filter_map(brief).map(Record::value).collect::<Vec<_>>());
                Sides::of(lean, self.page(register, index).map(|(place, at)| self.lists.term_count(place, at)))
            })
            .collect()
    }

    /// The values of the register where its terms lead to this very taxonomy; others are their id and label.
    fn of_taxonomy(&self, registers: &BTreeMap<String, Vec<Sides>>, place: usize, taxonomy: &Taxonomy) -> Vec<Sides> {
        let shared = |index: usize, term: &TaxonomyTerm| {
            let (register, at) = term.term.as_ref()?;
            let leads_here = self.page(register, *at) == Some((place, index));
            registers.get(register)?.get(*at).filter(|_| leads_here).cloned()
        };
        let own = |index: usize, term: &TaxonomyTerm| {
            let count = self.lists.term_count(place, index);
            let url = self.lists.has_page(place, index).then(|| self.addresses.href(&taxonomy.term_url(&term.id)));
            let lean = bare(&term.id, &term.labels, self.language).set_some("url", url);
            let lean = lean.set("columns", Record::new().value()).set("narrower", Vec::<Value>::new());
            Sides::of(lean, Some(count))
        };
        let terms = taxonomy.terms.iter().enumerate();
        terms.map(|(index, term)| shared(index, term).unwrap_or_else(|| own(index, term))).collect()
    }

    /// `{id, label, url}`.
    fn brief(&self, register: &str, index: usize, term: &Term) -> Record {
        let page = self.page(register, index).and_then(|(place, _)| self.library.taxonomies.get(place));
        let url = page.map(|taxonomy| self.addresses.href(&taxonomy.term_url(&term.id)));
        bare(&term.id, &term.labels, self.language).set_some("url", url)
    }

    fn page(&self, register: &str, index: usize) -> Option<(usize, usize)> {
        self.pages.get(&(register, index)).copied()
    }
}

fn bare(id: &str, labels: &Labels, language: &str) -> Record {
    Record::new().set("id", id).set("label", labels.get(language))
}

/// The other columns of a term's row.
fn columns(term: &Term) -> Value {
    let mut columns = Record::new();
    for (name, cell) in &term.columns {
        columns.insert(Key::from(name.clone()), Value::from(cell.as_str()));
    }
    columns.value()
}
