//! A part of a list: the entries of a kind, in either order or narrowed down, or those of a term.

use super::{Made, filter, page_of, term};
use crate::{
    model::{FeedOf, Kind, ListingOf, Order},
    render::{Card, Crumb, Frame, Part, Record, Renderer, kind_url, listing, page},
};
use tera::Value;

pub(super) fn make(renderer: &Renderer<'_>, of: &ListingOf, number: usize) -> Made {
    let made = match of {
        ListingOf::Kind(kind) => of_kind(renderer, *kind, number),
        ListingOf::Other(kind) => in_other_order(renderer, *kind, number),
        ListingOf::Filter(kind, taxonomy, term) => filter::make(renderer, *kind, *taxonomy, *term, number),
        ListingOf::Term(taxonomy, term) => term::make(renderer, *taxonomy, *term, number),
    };
    made.unwrap_or_default()
}

/// The words that stand on every list of a kind: those of its folder's own page, else those of the kind.
pub(super) struct Words<'a> {
    pub kind: &'a Kind,
    pub language: &'a str,
    /// The site path of the listing in its usual order.
    pub base: String,
    pub title: &'a str,
    pub summary: &'a str,
    intro: Option<usize>,
}

impl<'a> Words<'a> {
    pub fn of(renderer: &Renderer<'a>, place: usize) -> Option<Self> {
        let (library, language) = (renderer.library(), renderer.config().language.as_str());
        let kind = library.theme().kinds.get(place)?;
        let intro_index = renderer.lists().intro(place);
        let intro = intro_index.and_then(|intro| library.front(intro));
        Some(Self {
            kind,
            language,
            base: kind_url(kind)?,
            title: intro.map_or_else(|| kind.plural.get(language), |intro| &intro.title),
            summary: intro.map_or_else(|| kind.description.get(language), |intro| &intro.summary),
            intro: intro_index,
        })
    }

    /// What every list of the kind is given, whichever of its entries it shows: `{title, summary, kind, order}`.
    pub fn listing(&self, renderer: &Renderer<'_>, entries: &[usize], part: Part, base: &str, order: Order) -> Record {
        listing(renderer, entries, part, base, order == Order::Title)
            .set("title", self.title)
            .set("summary", self.summary)
            .set("order", order.name())
            .set_some("kind", renderer.kind(&self.kind.name, self.language))
    }

    /// The step to the listing itself.
    pub fn crumb(&self) -> Crumb {
        Crumb { label: self.title.to_owned(), path: Some(self.base.clone()) }
    }

    /// What stands for every list of the kind where somebody shares it.
    pub fn card(&self) -> Card {
        Card { title: self.kind.plural.get(self.language).to_owned(), ..Card::default() }
    }

    pub fn section(&self) -> &'a str {
        self.kind.folder.as_deref().unwrap_or_default()
    }
}

fn of_kind(renderer: &Renderer<'_>, place: usize, number: usize) -> Option<Made> {
    let words = Words::of(renderer, place)?;
    let language = words.language;
    let entries = renderer.lists().of(ListingOf::Kind(place));
    let part = Part { number, size: words.kind.listing_size(renderer.config().page_size), total: entries.len() };
    // The words that introduce the list stand on its first part.
    let intro = words.intro.filter(|_| number == 1);
    let (introduction, faults) = intro.and_then(|intro| page(renderer, intro, None)).unzip();
    let other = renderer.lists().other_order(place);
    let record = words
        .listing(renderer, entries, part, &words.base, words.kind.sort)
        .set_some("intro", introduction.as_ref().and_then(|page| field(page, "body")))
        .set_some("other", other.map(|order| switch(renderer, &words.base, order, true)));
    let path = Part::path(&words.base, number);
    let frame = Frame {
        title: &renderer.part_title(words.title, part, language),
        description: words.summary,
        path: &path,
        crumbs: vec![Crumb { path: (number > 1).then(|| words.base.clone()), ..words.crumb() }],
        section: words.section(),
        entry: intro,
        card: words.card(),
        feed: Some(FeedOf::Kind(place)),
        ..Frame::default()
    };
    let source = words.intro.and_then(|intro| renderer.library().front(intro)).map(|intro| intro.path());
    let (outputs, mut diagnostics) = page_of(renderer, "listing.html", language, &frame, source, |context| {
        context.insert_value("listing", record.value());
        context.insert_value("filters", Record::new().set("facets", renderer.filters(place)).value());
    });
    diagnostics.extend(faults.into_iter().flatten());
    Some((outputs, diagnostics))
}

fn in_other_order(renderer: &Renderer<'_>, place: usize, number: usize) -> Option<Made> {
    let words = Words::of(renderer, place)?;
    let language = words.language;
    let order = renderer.lists().other_order(place)?;
    let entries = renderer.lists().of(ListingOf::Other(place));
    let part = Part { number, size: order.listing_size(renderer.config().page_size), total: entries.len() };
    let base = format!("{}{}/", words.base, order.segment());
    let title = renderer.tell(language, &format!("listing.title_by.{}", order.name()), &[("title", words.title)]);
    let record = words
        .listing(renderer, entries, part, &base, order)
        .set("title", title.as_str())
        .set("other", switch(renderer, &words.base, words.kind.sort, false));
    let path = Part::path(&base, number);
    let name = renderer.say(language, &format!("listing.name.{}", order.name()));
    let frame = Frame {
        title: &renderer.part_title(&title, part, language),
        description: words.summary,
        path: &path,
        crumbs: vec![words.crumb(), Crumb { label: name, path: (number > 1).then(|| base.clone()) }],
        section: words.section(),
        card: words.card(),
        ..Frame::default()
    };
    Some(page_of(renderer, "listing.html", language, &frame, None, |context| {
        context.insert_value("listing", record.value());
        context.insert_value("filters", Record::new().set("facets", renderer.filters(place)).value());
    }))
}

/// `{order, url}` of the same list in another order.
fn switch(renderer: &Renderer<'_>, base: &str, order: Order, is_beside: bool) -> Value {
    let path = if is_beside { format!("{base}{}/", order.segment()) } else { base.to_owned() };
    Record::new().set("order", order.name()).set("url", renderer.addresses().href(&path)).value()
}

/// What a map holds under a key.
pub(super) fn field(map: &Value, key: &'static str) -> Option<Value> {
    map.as_map()?.get(&tera::value::Key::Str(key)).cloned()
}
