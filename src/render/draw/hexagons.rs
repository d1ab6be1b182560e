//! Maps of hexagons: any register whose terms have the columns `q` and `r` can be shown as one.
//!
//! The columns count hexagons to the right and rows upwards from the bottom; odd rows lie half a hexagon further to
//! the right (the layout that HexJSON calls odd-r). Hexagons stand on a corner.

use super::super::{Lists, context::Record};
use crate::{
    model::{Library, Read, Register, Term},
    render::context::Terms,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tera::Value;

/// The width of a hexagon, in units of the drawing.
const WIDTH: i32 = 52;
/// From one row to the next.
const ROW: i32 = 45;
/// From the middle of a hexagon to its upper or lower corner.
const CORNER: i32 = 30;
/// Room around the map, for the ring of what has the focus.
const MARGIN: i32 = 8;
/// A place farther out than this is a slip.
const FARTHEST: i32 = 1000;

/// From how many entries on a hexagon has a stronger colour.
const STEPS: [usize; 4] = [1, 2, 5, 10];

/// The maps of a library in one language, by register: made once a build.
#[derive(Debug, Default)]
pub(in crate::render) struct Maps {
    maps: BTreeMap<String, Map>,
}

#[derive(Debug)]
struct Map {
    /// The map without its terms: the same whatever the library holds.
    bare: Value,
    whole: Value,
    cells: HashMap<String, Value>,
}

impl Maps {
    /// The maps of the registers that have places.
    pub(in crate::render) fn new(library: &Library, lists: &Lists, terms: &Terms) -> Self {
        let map = |(name, register): (&String, &Register)| {
            Some((name.clone(), Map::new(Drawn { library, lists, terms, register })?))
        };
        Self { maps: library.registers.iter().filter_map(map).collect() }
    }

    /// The places that are otherwise than they were.
    pub(in crate::render) fn changes(&self, before: &Self) -> Vec<Read> {
        let of_map = |(register, now): (&String, &Map)| {
            let then = before.maps.get(register);
            let cells = then.into_iter().flat_map(|then| then.cells.keys()).chain(now.cells.keys());
            let changed = cells.filter(|id| now.cells.get(*id) != then.and_then(|then| then.cells.get(*id)));
            changed.map(|id| Read::cell(register, id)).collect::<Vec<_>>()
        };
        self.maps.iter().flat_map(of_map).collect()
    }

    /// The map of a register; nothing where its terms have no places.
    pub(super) fn whole(&self, register: &str) -> Value {
        self.maps.get(register).map_or_else(Value::none, |map| map.whole.clone())
    }

    /// The same without the terms on it.
    pub(super) fn bare(&self, register: &str) -> Value {
        self.maps.get(register).map_or_else(Value::none, |map| map.bare.clone())
    }

    /// The hexagon of a term, or of the one that it has replaced; nothing where it has none.
    pub(super) fn one(&self, register: &str, id: &str) -> Value {
        let cell = self.maps.get(register).and_then(|map| map.cells.get(id));
        cell.cloned().unwrap_or_else(Value::none)
    }
}

/// What a map is made from.
#[derive(Clone, Copy)]
struct Drawn<'a> {
    library: &'a Library,
    lists: &'a Lists,
    terms: &'a Terms,
    register: &'a Register,
}

impl Map {
    fn new(drawn: Drawn<'_>) -> Option<Self> {
        let terms = drawn.register.terms.iter().enumerate();
        let mut places: Vec<(usize, Place)> = terms.filter_map(|(index, term)| Some((index, place(term)?))).collect();
        // North to south, then west to east, as one reads.
        places.sort_by_key(|(index, place)| (place.y, place.x, *index));
        let left = places.iter().map(|(_, place)| place.x).min()?;
        let top = places.iter().map(|(_, place)| place.y).min()?;
        let shifted =
            |place: Place| Place { x: place.x - left + WIDTH / 2 + MARGIN, y: place.y - top + CORNER + MARGIN };
        let places: Vec<(usize, Place)> = places.into_iter().map(|(index, place)| (index, shifted(place))).collect();
        let cells: Vec<(usize, Value)> =
            places.iter().map(|(index, place)| (*index, drawn.cell(*index, *place))).collect();
        let points: Vec<Place> = places.iter().map(|(_, place)| *place).collect();
        let most = |of: fn(&Place) -> i32| points.iter().map(of).max().unwrap_or_default();
        let bare = Record::new()
            .set("width", most(|place| place.x) + WIDTH / 2 + MARGIN)
            .set("height", most(|place| place.y) + CORNER + MARGIN)
            .set("hexagon", Value::safe_string(HEXAGON))
            .set("outline", Value::safe_string(&outline(&points)));
        let whole = bare.clone().set("cells", cells.iter().map(|(_, cell)| cell.clone()).collect::<Vec<_>>()).value();
        Some(Self { bare: bare.value(), whole, cells: drawn.by_id(&cells) })
    }
}

impl Drawn<'_> {
    /// `{id, label, url, columns, x, y, count, step}` of a term.
    fn cell(self, index: usize, place: Place) -> Value {
        let mut cell = Record::new().set("x", place.x).set("y", place.y);
        if let Some(term) = self.terms.of_register(&self.register.name, index).and_then(Value::as_map) {
            for (key, value) in term
                .iter()
                .filter(|(key, _)| ["id", "label", "url", "columns"].contains(&key.as_str().unwrap_or_default()))
            {
                cell.insert(key.clone(), value.clone());
            }
        }
        let mut entries = self.entries(index);
        for successor in self.successors(index) {
            entries.extend(self.entries(successor));
        }
        let count = entries.len();
        let step = STEPS.iter().filter(|least| count >= **least).count();
        cell.set("count", count).set("step", step).value()
    }

    /// The entries that name a term.
    fn entries(self, index: usize) -> BTreeSet<usize> {
        let taxonomies = self.library.taxonomies.iter().enumerate();
        let terms = taxonomies
            .flat_map(|(place, taxonomy)| taxonomy.terms.iter().enumerate().map(move |(at, term)| (place, at, term)));
        let own = terms.filter(|(_, _, term)| {
            term.term.as_ref().is_some_and(|(register, at)| *register == self.register.name && *at == index)
        });
        own.flat_map(|(place, at, _)| self.lists.of_term(place, at)).copied().collect()
    }

    /// The terms that have taken a term's place.
    fn successors(self, index: usize) -> Vec<usize> {
        let term = self.register.terms.get(index);
        let ids = term.and_then(|term| term.columns.get("replaced_by")).map_or("", String::as_str);
        ids.split('|').filter_map(|id| self.register.by_id(id.trim())).collect()
    }

    /// The cells by the id of their term, and by those of its successors that have no place of their own.
    fn by_id(self, cells: &[(usize, Value)]) -> HashMap<String, Value> {
        let id = |index: usize| self.register.terms.get(index).map(|term| term.id.clone());
        let mut by_id: HashMap<String, Value> =
            cells.iter().filter_map(|(index, cell)| Some((id(*index)?, cell.clone()))).collect();
        for (index, cell) in cells {
            for successor in self.successors(*index) {
                if let Some(id) = id(successor) {
                    by_id.entry(id).or_insert_with(|| cell.clone());
                }
            }
        }
        by_id
    }
}

/// The middle of a hexagon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    x: i32,
    y: i32,
}

/// Where a term lies, by its columns.
fn place(term: &Term) -> Option<Place> {
    let column = |name: &str| -> Option<i32> {
        let number = term.columns.get(name)?.trim().parse().ok()?;
        (-FARTHEST..=FARTHEST).contains(&number).then_some(number)
    };
    Some(of_columns(column("q")?, column("r")?))
}

fn of_columns(q: i32, r: i32) -> Place {
    Place { x: q * WIDTH + r.rem_euclid(2) * WIDTH / 2, y: -r * ROW }
}

/// A hexagon around the middle that a path has come to, from its upper corner.
const HEXAGON: &str = "m0-30l26 15v30l-26 15-26-15v-30z";

/// All hexagons as one path. Each starts from the one before it: the same few letters again and again, which costs
/// next to nothing once it is compressed.
fn outline(places: &[Place]) -> String {
    let mut path = String::new();
    let mut at = Place { x: 0, y: 0 };
    for (index, place) in places.iter().enumerate() {
        let corner = Place { x: place.x, y: place.y - CORNER };
        let (dx, dy) = (corner.x - at.x, corner.y - at.y);
        let between = if dy < 0 { "" } else { " " };
        // A path starts at an absolute point; after it, `z` leads back to each hexagon's first corner.
        let start = if index == 0 { 'M' } else { 'm' };
        path += &format!("{start}{dx}{between}{dy}{}", HEXAGON.strip_prefix("m0-30").unwrap_or(HEXAGON));
        at = corner;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_rows_lie_half_a_hexagon_further_and_higher_rows_higher() {
        let (even, odd, above) = (of_columns(3, 2), of_columns(3, 3), of_columns(3, 4));
        assert_eq!((odd.x - even.x, odd.y - even.y), (WIDTH / 2, -ROW));
        assert_eq!(above.x, even.x);
        assert_eq!(of_columns(0, -1).x, WIDTH / 2);
    }

    #[test]
    fn an_outline_goes_from_hexagon_to_hexagon() {
        let path = outline(&[Place { x: 34, y: 38 }, Place { x: 86, y: 38 }, Place { x: 60, y: 83 }]);
        assert_eq!(
            path,
            "M34 8l26 15v30l-26 15-26-15v-30zm52 0l26 15v30l-26 15-26-15v-30zm-26 45l26 15v30l-26 15-26-15v-30z"
        );
    }

    #[test]
    fn a_place_needs_both_columns_and_whole_numbers() {
        let term = |q: &str, r: &str| Term {
            columns: BTreeMap::from([("q".into(), q.into()), ("r".into(), r.into())]),
            ..Term::default()
        };
        assert_eq!(place(&term("1", "0")), Some(Place { x: WIDTH, y: 0 }));
        for (q, r) in [("", "1"), ("x", "1"), ("1.5", "1"), ("99999999", "1")] {
            assert_eq!(place(&term(q, r)), None, "{q} {r}");
        }
    }
}
