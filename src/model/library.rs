//! The whole library, linked: what every output is made from.

use super::{AssetFile, Entry, Field, FieldType, Order, PageReference, Register, Registers, Taxonomy, Theme, Value};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Every entry that is published, and what ties them together. A copy shares what is large with the original.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The entries, by address.
    pub entries: Vec<Arc<Entry>>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// The registers.
    pub registers: Arc<Registers>,
    /// The taxonomies with their terms in use, in the theme's order.
    pub taxonomies: Arc<Vec<Taxonomy>>,
    /// Where each link leads: by entry, text and link.
    pub links: Vec<Arc<Vec<Vec<Target>>>>,
    /// The entries that link to or name each entry, by title.
    pub backlinks: Arc<Vec<Vec<usize>>>,
    /// The entries of its own kind most like each entry, the nearest first.
    pub similar: Arc<Vec<Vec<usize>>>,
    /// The entries of other kinds most like each entry, the nearest first.
    pub related: Arc<Vec<Vec<usize>>>,
    /// By address that stays while years pass, the entries of its years, the newest first.
    pub lasting: Arc<BTreeMap<String, Vec<usize>>>,
    /// The files that published entries use, by path from the root.
    pub assets: Arc<BTreeMap<String, AssetFile>>,
    /// The files of the web editor, by name.
    pub editor: Arc<Vec<AssetFile>>,
    /// The real paths from the root of files that are laid over `content/`, by the path that they have there.
    pub overlaid: Arc<BTreeMap<String, String>>,
    /// Entries by the path of their file.
    pub by_path: Arc<HashMap<String, usize>>,
    /// Entries by id, then by language.
    pub by_id: Arc<HashMap<String, BTreeMap<String, usize>>>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An entry, and an anchor on it with its `#`, or nothing.
    Entry(usize, String),
    /// A file, by its path from the root.
    Asset(String),
    /// An address in the site.
    Site(String),
    /// As it was written: another site, an anchor on the page, or a fault that the library tolerates.
    AsWritten(String),
}

impl Library {
    /// The entry that a reference names, in the language asked for where there is a twin in it.
    pub fn resolve(&self, reference: &PageReference, language: &str) -> Option<usize> {
        match reference {
            PageReference::Source(path) => {
                let written = [path.clone(), format!("{path}.md"), format!("{path}/index.md")];
                written.iter().find_map(|path| self.by_path.get(path)).copied()
            }
            PageReference::Slug { folder, slug } => {
                let twins = self.by_id.get(&format!("{folder}/{slug}"))?;
                twins.get(language).or_else(|| twins.values().next()).copied()
            }
        }
    }

    /// The occasions that an entry is for, by the fields that it has for entries of their kind.
    pub fn occasions<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = usize> + 'a {
        let fields = entry.kind.fields.iter().filter(|field| match &field.field_type {
            FieldType::Reference(to) => self.theme.kind_of_folder(to).is_some_and(|kind| kind.sort == Order::Start),
            _ => false,
        });
        let values = fields.filter_map(|field| entry.fields.get(&field.name)).flat_map(|value| match value {
            Value::Many(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        });
        values.filter_map(|value| match value {
            Value::Page(reference) => self.resolve(reference, &entry.language),
            _ => None,
        })
    }

    /// The day that a number of days of a field of this entry stands for.
    pub fn due(&self, entry: &Entry, field: &Field, days: f64) -> Option<jiff::civil::Date> {
        let first = self.first_day(entry, field.days_from.as_deref()?)?;
        // Calendar days: a change of the clocks between the two makes none longer.
        first.checked_add(jiff::Span::new().try_days(days as i64).ok()?).ok()
    }

    /// The day that an entry's days are counted from: that of its field, or the first day of the entry that the field
    /// names.
    pub fn first_day(&self, entry: &Entry, field: &str) -> Option<jiff::civil::Date> {
        match entry.fields.get(field)? {
            Value::Page(reference) => self.entries.get(self.resolve(reference, &entry.language)?)?.day("start"),
            _ => entry.day(field),
        }
    }

    /// The register of that name.
    pub fn register(&self, name: &str) -> Option<&Register> {
        self.registers.get(name)
    }

    /// The address of a file of the library: its path below `content/`, folders as slugs.
    pub fn asset_url(path: &str) -> String {
        let inside = path.strip_prefix("content/").unwrap_or(path);
        let (folders, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let folders = folders.split('/').filter(|folder| !folder.is_empty()).map(crate::markdown::slug);
        folders.chain([name.to_owned()]).fold(String::new(), |url, part| url + "/" + &part)
    }
}
