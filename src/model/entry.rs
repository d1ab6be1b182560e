//! An entry: a document that fits its kind.

use super::{Fields, Kind, PageText, PartialDate, SourceFile, Span};
use jiff::{Zoned, civil::Date};
use std::sync::Arc;

/// A page of the library, its fields typed, its state known.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file it comes from.
    pub source: Arc<SourceFile>,
    /// Where the YAML of the front matter stands in the file.
    pub front_span: Option<Span>,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// Its address without language and slashes at the ends: `topics/luton`; empty for the home page.
    pub id: String,
    /// Its language.
    pub language: String,
    /// Its address in the site: `/topics/luton/`, `/cy/...` for a twin in Welsh.
    pub url: String,
    /// The title.
    pub title: String,
    /// The summary; empty where there is none.
    pub summary: String,
    /// Every field that is set and sound, by name.
    pub fields: Fields,
    /// The Markdown of the page, in the order in which the page shows it; the body is the last.
    pub texts: Vec<PageText>,
    /// When it was published.
    pub published: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// When somebody should look at it again.
    pub review_by: Option<Date>,
    /// What the clock makes of its dates and status.
    pub state: State,
    /// Old addresses that lead here, as site paths: `/old/page/`.
    pub aliases: Vec<String>,
}

/// Where an entry is in its life, by the one clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not to be seen yet.
    Draft,
    /// Not to be seen before a moment that has not come.
    Embargoed,
    /// Published.
    Current,
    /// Published, and due to be looked at again.
    ReviewDue,
    /// Published once; the page stays, with a banner.
    Withdrawn,
    /// Kept for the record.
    Archived,
}

impl State {
    /// True for what is in the site.
    pub fn is_published(self) -> bool {
        !matches!(self, Self::Draft | Self::Embargoed)
    }

    /// True for a page of the site that listings, search and feeds name.
    pub fn is_listed(self) -> bool {
        self != Self::Withdrawn
    }

    /// The state's name in templates and the catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Embargoed => "embargoed",
            Self::Current => "current",
            Self::ReviewDue => "review-due",
            Self::Withdrawn => "withdrawn",
            Self::Archived => "archived",
        }
    }
}

/// A reference to a page, by what the front matter gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageReference {
    /// A source file, by its path from the root.
    Source(String),
    /// A page of a kind's folder, by its slug.
    Slug {
        /// The folder below `content/`.
        folder: String,
        /// The page's slug there.
        slug: String,
    },
}

impl Entry {
    /// True where another reading of the same file gives the same entry, apart from its texts.
    pub fn is_same_but_texts(&self, other: &Self) -> bool {
        let Self {
            source,
            front_span: _,
            kind,
            id,
            language,
            url,
            title,
            summary,
            fields,
            texts: _,
            published,
            updated,
            review_by,
            state,
            aliases,
        } = self;
        (id, language, url, title, summary) == (&other.id, &other.language, &other.url, &other.title, &other.summary)
            && (published, updated, review_by) == (&other.published, &other.updated, &other.review_by)
            && (&source.path, &kind.name, state) == (&other.source.path, &other.kind.name, &other.state)
            && (aliases, fields) == (&other.aliases, &other.fields)
    }

    /// The anchors on its page.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let headings = self.texts.iter().flat_map(|text| &text.headings).map(|heading| heading.id.as_str());
        headings.chain(self.texts.iter().flat_map(|text| &text.html_anchors).map(String::as_str))
    }

    /// The last part of the address.
    pub fn slug(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or(&self.id)
    }

    /// The path of the file from the library's root.
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// The year that lists show: that of the first field that goes into `years`. When the page was published says
    /// nothing of when the work was done.
    pub fn year(&self) -> Option<i16> {
        let of_field = self.kind.fields.iter().filter(|field| field.facet.as_deref() == Some("years"));
        of_field.filter_map(|field| self.fields.get(&field.name)).find_map(|value| value.year())
    }

    /// The address that stays while years pass, of an entry whose own ends with its year: `/x/week/` of
    /// `/x/week-2027/`.
    pub fn lasting(&self) -> Option<String> {
        self.kind.folder.as_ref()?;
        let base = self.url.strip_suffix(&format!("-{}/", self.year()?))?;
        (!base.ends_with('/')).then(|| format!("{base}/"))
    }

    /// When an embargo on it ends or ended.
    pub fn embargo(&self) -> Option<&Zoned> {
        match self.fields.get("embargo") {
            Some(super::Value::DateTime(until)) => Some(&until.zoned),
            _ => None,
        }
    }

    /// The date that `newest` orders by.
    pub fn newest(&self) -> Option<Date> {
        self.updated.max(self.published)
    }

    /// What a field of yes or no says.
    pub fn says(&self, field: &str) -> Option<bool> {
        match self.fields.get(field) {
            Some(super::Value::YesNo(yes)) => Some(*yes),
            _ => None,
        }
    }

    /// The day that a field of dates gives.
    pub fn day(&self, field: &str) -> Option<Date> {
        match self.fields.get(field) {
            Some(super::Value::Date(PartialDate { first, .. })) => Some(*first),
            Some(super::Value::DateTime(moment)) => Some(moment.zoned.date()),
            _ => None,
        }
    }
}

impl super::Value {
    /// The year that a value stands for: of a date, or the number itself.
    pub fn year(&self) -> Option<i16> {
        match self {
            Self::Date(date) => Some(date.first.year()),
            Self::DateTime(moment) => Some(moment.zoned.year()),
            Self::Number(number) if number.fract() == 0.0 && (1.0..=9999.0).contains(number) => Some(*number as i16),
            _ => None,
        }
    }
}
