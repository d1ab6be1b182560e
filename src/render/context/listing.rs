//! A part of a list: the entries on it, and the way to the other parts.

use super::Record;
use crate::render::{Addresses, Renderer, letter};
use tera::Value;

/// One part of a list that is too long for one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Which part, from 1.
    pub(crate) number: usize,
    /// How many entries a part holds.
    pub(crate) size: usize,
    /// How many entries there are.
    pub(crate) total: usize,
}

impl Part {
    /// How many parts there are; an empty list has one.
    pub(crate) fn count(total: usize, size: usize) -> usize {
        total.div_ceil(size.max(1)).max(1)
    }

    /// How many parts there are.
    pub(crate) fn parts(self) -> usize {
        Self::count(self.total, self.size)
    }

    /// The entries of this part.
    pub(crate) fn of<T>(self, entries: &[T]) -> &[T] {
        let start = self.number.saturating_sub(1).saturating_mul(self.size).min(entries.len());
        let end = start.saturating_add(self.size).min(entries.len());
        entries.get(start..end).unwrap_or_default()
    }

    /// The site path of a part of the list at `base`.
    pub(crate) fn path(base: &str, number: usize) -> String {
        if number > 1 { format!("{base}page/{number}/") } else { base.to_owned() }
    }

    /// `{n, url, current}` of the first and the last part and of those around this one; `{current: false}` is a gap.
    fn numbers(self, base: &str, addresses: &Addresses) -> Vec<Value> {
        let last = self.parts();
        let near = self.number.saturating_sub(2).max(1)..=self.number.saturating_add(2).min(last);
        let mut shown: Vec<usize> = std::iter::once(1).chain(near).chain([last]).collect();
        shown.dedup();
        let mut numbers = Vec::with_capacity(shown.len() + 2);
        let mut before = 0;
        for n in shown {
            match n - before {
                1 => {}
                // A gap that hides one part is no shorter than that part.
                2 => numbers.push(self.number_of(n - 1, base, addresses)),
                _ => numbers.push(Record::new().set("current", false).value()),
            }
            numbers.push(self.number_of(n, base, addresses));
            before = n;
        }
        numbers
    }

    fn number_of(self, n: usize, base: &str, addresses: &Addresses) -> Value {
        let url = addresses.href(&Self::path(base, n));
        Record::new().set("n", n).set("url", url).set("current", n == self.number).value()
    }
}

/// `{entries, groups, total, page, pages, previous, next, numbers}` of a part of the list at the site path `base`.
/// `by_letter` puts its entries under letters too.
pub(crate) fn listing(renderer: &Renderer<'_>, entries: &[usize], part: Part, base: &str, by_letter: bool) -> Record {
    let shown = part.of(entries);
    let card = |index: &usize| renderer.card(*index);
    let link = |number: usize| renderer.addresses().href(&Part::path(base, number));
    let lettered = shown.iter().map(|index| (letter(renderer.title(*index)), card(index)));
    let groups = if by_letter { grouped(lettered, "entries") } else { Vec::new() };
    Record::new()
        .set("entries", shown.iter().map(card).collect::<Vec<_>>())
        .set("groups", groups)
        .set("total", part.total)
        .set("page", part.number)
        .set("pages", part.parts())
        .set_some("previous", (part.number > 1).then(|| link(part.number - 1)))
        .set_some("next", (part.number < part.parts()).then(|| link(part.number + 1)))
        .set("numbers", part.numbers(base, renderer.addresses()))
}

/// Neighbours of one letter under that letter: `{letter, <name>: [...]}`.
pub(crate) fn grouped(lettered: impl Iterator<Item = (String, Value)>, name: &'static str) -> Vec<Value> {
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for (letter, value) in lettered {
        match groups.last_mut() {
            Some((last, values)) if *last == letter => values.push(value),
            _ => groups.push((letter, vec![value])),
        }
    }
    groups.into_iter().map(|(letter, values)| Record::new().set("letter", letter).set(name, values).value()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(number: usize, parts: usize) -> String {
        let part = Part { number, size: 10, total: parts * 10 };
        let get = |value: &Value, key| value.as_map().unwrap().get(&tera::value::Key::Str(key)).cloned();
        let show = |value: &Value| match (get(value, "n"), get(value, "current").unwrap().as_bool()) {
            (None, _) => "…".to_owned(),
            (Some(n), Some(true)) => format!("[{n}]"),
            (Some(n), _) => n.to_string(),
        };
        let numbers = part.numbers("/guides/", &Addresses::at("https://example.org/"));
        numbers.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_numbers_are_few_however_long_the_list() {
        assert_eq!(numbers(1, 1), "[1]");
        assert_eq!(numbers(2, 3), "1 [2] 3");
        assert_eq!(numbers(5, 9), "1 2 3 4 [5] 6 7 8 9");
        assert_eq!(numbers(6, 500), "1 … 4 5 [6] 7 8 … 500");
        assert_eq!(numbers(500, 500), "1 … 498 499 [500]");
    }

    #[test]
    fn a_part_holds_its_share() {
        let entries: Vec<usize> = (0..25).collect();
        let part = |number| Part { number, size: 10, total: 25 }.of(&entries).to_vec();
        assert_eq!((part(1).len(), part(3), part(4)), (10, vec![20, 21, 22, 23, 24], vec![]));
        assert_eq!((Part::count(0, 10), Part::count(10, 10), Part::count(11, 10)), (1, 1, 2));
        assert_eq!(
            (Part::path("/guides/", 1), Part::path("/guides/", 2)),
            ("/guides/".into(), "/guides/page/2/".into())
        );
    }
}
