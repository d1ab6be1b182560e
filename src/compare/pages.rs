//! Which page of one side is which of the other, and in what they differ.

use super::{
    Page, Side,
    words::{Row, rows},
};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// A page by its name and address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its file, from the root.
    pub path: String,
    /// What its kind is called.
    pub kind: String,
    /// The state in which nobody could see it before; nothing for a page that was not there.
    pub was: Option<String>,
}

/// A page that is no longer where it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Its title, as it was.
    pub title: String,
    /// Its file, as it was.
    pub path: String,
    /// Its address, as it was.
    pub from: String,
    /// Where it is now; nothing where it is no more.
    pub to: Option<String>,
    /// Where the old address leads now; nothing where it leads nowhere.
    pub redirect: Option<String>,
    /// The state in which nobody can see it now; nothing where its file is gone.
    pub now: Option<String>,
}

/// A page that says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its title now.
    pub title: String,
    /// Its address now.
    pub url: String,
    /// Its file now, from the root.
    pub path: String,
    /// What differs, field by field; the body comes last.
    pub fields: Vec<Field>,
}

/// A field of a page that says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What editors call it; nothing for the text below the fields.
    pub label: Option<String>,
    /// How many words went.
    pub words_gone: usize,
    /// How many words came.
    pub words_come: usize,
    /// The paragraphs that differ.
    pub rows: Vec<Row>,
}

/// Each page with what it was. A page has one before it at most, and the other way round.
pub(super) struct Pairs<'a> {
    pub(super) both: Vec<(&'a Page, &'a Page)>,
    pub(super) new: Vec<&'a Page>,
    pub(super) old: Vec<&'a Page>,
    shown_before: HashSet<&'a str>,
    shown_now: HashSet<&'a str>,
}

impl<'a> Pairs<'a> {
    pub(super) fn of(before: &'a Side, after: &'a Side) -> Self {
        let mut old: Vec<&Page> = before.shown.iter().chain(&before.hidden).collect();
        let mut new: Vec<&Page> = after.shown.iter().chain(&after.hidden).collect();
        let mut both = Vec::new();
        take(&mut old, &mut new, &mut both, |page| vec![page.path.clone()], |page| vec![page.path.clone()]);
        take(&mut old, &mut new, &mut both, |page| vec![page.url.clone()], |page| vec![page.url.clone()]);
        // The new page says itself that it is the old one.
        let mut named: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        after.redirects.iter().for_each(|(from, to)| named.entry(to).or_default().push(from.clone()));
        let aliases = |page: &Page| named.get(page.url.as_str()).cloned().unwrap_or_default();
        take(&mut old, &mut new, &mut both, |page| vec![page.url.clone()], aliases);
        let titled = |page: &Page| vec![format!("{} {} {}", page.kind, page.language, page.title)];
        take(&mut old, &mut new, &mut both, titled, titled);
        let body =
            |page: &Page| Some(page.body.trim().to_owned()).filter(|body| body.len() > 200).into_iter().collect();
        take(&mut old, &mut new, &mut both, body, body);
        both.sort_by(|a, b| a.1.url.cmp(&b.1.url));
        let by_url = |pages: &'a [Page]| pages.iter().map(|page| page.url.as_str()).collect();
        Self { both, new, old, shown_before: by_url(&before.shown), shown_now: by_url(&after.shown) }
    }

    pub(super) fn was_shown(&self, page: &Page) -> bool {
        self.shown_before.contains(page.url.as_str())
    }

    pub(super) fn is_shown(&self, page: &Page) -> bool {
        self.shown_now.contains(page.url.as_str())
    }

    /// Pages that are to be seen before and now.
    fn seen(&self) -> impl Iterator<Item = (&'a Page, &'a Page)> {
        self.both.iter().copied().filter(|(old, new)| self.was_shown(old) && self.is_shown(new))
    }

    pub(super) fn added(&self) -> Vec<Named> {
        let named = |page: &Page, was: Option<&Page>| Named {
            title: page.title.clone(),
            url: page.url.clone(),
            path: page.path.clone(),
            kind: page.kind.clone(),
            was: was.map(|page| page.state.to_owned()),
        };
        let appear = self.both.iter().filter(|(old, new)| !self.was_shown(old) && self.is_shown(new));
        let new = self.new.iter().filter(|page| self.is_shown(page)).map(|page| named(page, None));
        let mut added: Vec<Named> = new.chain(appear.map(|(old, new)| named(new, Some(old)))).collect();
        added.sort_by(|a, b| a.url.cmp(&b.url));
        added
    }

    pub(super) fn gone(&self, after: &Side) -> Vec<Moved> {
        let hidden = self.both.iter().filter(|(old, new)| self.was_shown(old) && !self.is_shown(new));
        let hidden = hidden.map(|(old, new)| self.moved_to(old, None, Some(new), after));
        let gone =
            self.old.iter().filter(|page| self.was_shown(page)).map(|page| self.moved_to(page, None, None, after));
        let mut all: Vec<Moved> = hidden.chain(gone).collect();
        all.sort_by(|a, b| a.from.cmp(&b.from));
        all
    }

    pub(super) fn moved(&self, after: &Side) -> Vec<Moved> {
        let moved = self.seen().filter(|(old, new)| old.url != new.url);
        moved.map(|(old, new)| self.moved_to(old, Some(new), None, after)).collect()
    }

    fn moved_to(&self, old: &Page, to: Option<&Page>, hidden: Option<&Page>, after: &Side) -> Moved {
        // Another page may have taken the address.
        let taken = self.shown_now.contains(old.url.as_str()).then(|| old.url.clone());
        Moved {
            title: old.title.clone(),
            path: old.path.clone(),
            from: old.url.clone(),
            to: to.map(|page| page.url.clone()),
            redirect: after.redirects.get(&old.url).cloned().or(taken),
            now: hidden.map(|page| page.state.to_owned()),
        }
    }

    pub(super) fn changed(&self) -> Vec<Change> {
        let says_else = |(old, new): &(&Page, &Page)| (&old.fields, &old.body) != (&new.fields, &new.body);
        let change = |(old, new): (&Page, &Page)| {
            let fields = fields(old, new);
            let (title, url, path) = (new.title.clone(), new.url.clone(), new.path.clone());
            (!fields.is_empty()).then_some(Change { title, url, path, fields })
        };
        self.seen().filter(says_else).filter_map(change).collect()
    }

    /// The addresses of pages whose file says what it said and whose page is another one all the same.
    pub(super) fn around(&self, before: &Side, after: &Side, added: &[Named], changed: &[Change]) -> Vec<String> {
        let told = added.iter().map(|page| &page.url).chain(changed.iter().map(|change| &change.url));
        let told: HashSet<&String> = told.collect();
        let is_other = |(path, now): &(&String, &super::Weighed)| {
            before.files.get(*path).is_some_and(|then| then.hash != now.hash)
        };
        let pages = after.files.iter().filter(|(path, _)| path.ends_with("index.html")).filter(is_other);
        let addresses = pages.map(|(path, _)| format!("/{}", path.trim_end_matches("index.html")));
        addresses.filter(|url| !told.contains(url)).collect()
    }
}

/// Ties pages that have a key in common, where no other page of their side has it.
fn take<'a>(
    old: &mut Vec<&'a Page>,
    new: &mut Vec<&'a Page>,
    both: &mut Vec<(&'a Page, &'a Page)>,
    old_keys: impl Fn(&Page) -> Vec<String>,
    new_keys: impl Fn(&Page) -> Vec<String>,
) {
    let index = |pages: &[&'a Page], keys: &dyn Fn(&Page) -> Vec<String>| {
        let mut by_key: BTreeMap<String, Vec<&'a Page>> = BTreeMap::new();
        for page in pages {
            keys(page).into_iter().for_each(|key| by_key.entry(key).or_default().push(page));
        }
        by_key
    };
    let (mut before, now) = (index(old, &old_keys), index(new, &new_keys));
    let (mut used_old, mut used_new) = (HashSet::new(), HashSet::new());
    for (key, pages) in now {
        let (Some(was), [page]) = (before.remove(&key), pages.as_slice()) else { continue };
        let ([was], true) = (was.as_slice(), !used_new.contains(&page.path)) else { continue };
        if used_old.insert(was.path.clone()) {
            used_new.insert(page.path.clone());
            both.push((was, page));
        }
    }
    old.retain(|page| !used_old.contains(&page.path));
    new.retain(|page| !used_new.contains(&page.path));
}

/// The fields in which two pages differ, in the order of the newer one.
fn fields(old: &Page, new: &Page) -> Vec<Field> {
    let value = |page: &Page, label: &str| {
        page.fields.iter().find(|(own, _)| own == label).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let gone = old.fields.iter().filter(|(label, _)| new.fields.iter().all(|(own, _)| own != label));
    let labels = new.fields.iter().chain(gone).map(|(label, _)| label);
    let named = labels.map(|label| (Some(label.clone()), value(old, label), value(new, label)));
    let body = (None, old.body.clone(), new.body.clone());
    let differing = named.chain([body]).filter(|(_, before, now)| before.trim() != now.trim());
    let field = |(label, before, now): (Option<String>, String, String)| {
        let rows = rows(&before, &now);
        let counts = rows.iter().map(Row::counts);
        let (words_gone, words_come) = counts.fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
        Field { label, words_gone, words_come, rows }
    };
    differing.map(field).filter(|field| !field.rows.is_empty()).collect()
}
