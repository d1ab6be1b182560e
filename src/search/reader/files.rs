//! The files of an index, each read once.

use super::{
    super::format::{self, Bytes, FileName},
    dictionary::{List, Shard},
    facets::Column,
    root::Root,
    texts::Record,
};
use rustc_hash::FxHashMap;
use std::{cell::RefCell, rc::Rc};

/// Gives the bytes of a file by its path within the index's folder, or says why it can't.
pub type Source<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// The files of one state of an index.
pub(super) struct Files<'a> {
    source: &'a Source<'a>,
    folder: String,
    shards: Kept<Shard>,
    tails: Kept<List>,
    texts: Kept<Vec<Record>>,
    starts: Kept<Vec<Known>>,
    ends: Kept<Vec<Known>>,
    columns: Kept<Vec<Column>>,
}

/// A form in a file for misspelt words, and how often it stands, roughly.
pub(super) struct Known {
    pub(super) form: String,
    pub(super) often: u8,
}

/// What was read, by the place of its file.
type Kept<T> = RefCell<FxHashMap<usize, Rc<T>>>;

impl<'a> Files<'a> {
    pub(super) fn new(source: &'a Source<'a>, folder: String) -> Self {
        Self {
            source,
            folder,
            shards: Kept::default(),
            tails: Kept::default(),
            texts: Kept::default(),
            starts: Kept::default(),
            ends: Kept::default(),
            columns: Kept::default(),
        }
    }

    pub(super) fn shard(&self, place: usize) -> Result<Rc<Shard>, String> {
        kept(&self.shards, place, || self.unpacked(FileName::Terms(place), Shard::read))
    }

    pub(super) fn tail(&self, place: usize) -> Result<Rc<List>, String> {
        let read = |bytes: &mut Bytes<'_>| {
            let count = bytes.count(12)?;
            Ok(List { parts: bytes.steps(count)?, levels: bytes.levels(count)? })
        };
        kept(&self.tails, place, || self.unpacked(FileName::Tail(place), read))
    }

    /// The forms of a file by their beginnings.
    pub(super) fn starts(&self, place: usize) -> Result<Rc<Vec<Known>>, String> {
        kept(&self.starts, place, || self.unpacked(FileName::Starts(place), known))
    }

    /// The forms of a file by their ends.
    pub(super) fn ends(&self, place: usize) -> Result<Rc<Vec<Known>>, String> {
        kept(&self.ends, place, || self.unpacked(FileName::Ends(place), known))
    }

    pub(super) fn columns(&self, root: &Root) -> Result<Rc<Vec<Column>>, String> {
        kept(&self.columns, 0, || self.unpacked(FileName::Facets, |bytes| Column::read(bytes, root)))
    }

    /// The place of each page in an order.
    pub(super) fn ranks(&self, file: FileName, pages: usize) -> Result<Vec<u32>, String> {
        self.unpacked(file, |bytes| bytes.numbers(pages))
    }

    pub(super) fn texts(&self, place: usize, preface: &str) -> Result<Rc<Vec<Record>>, String> {
        let read = |file: Vec<u8>| {
            let text = format::continued(&file, preface.as_bytes())?;
            serde_json::from_slice(&text).map_err(|error| error.to_string())
        };
        kept(&self.texts, place, || self.read(FileName::Texts(place), read))
    }

    fn unpacked<T>(&self, file: FileName, read: impl Fn(&mut Bytes<'_>) -> Result<T, String>) -> Result<T, String> {
        self.read(file, |packed| read(&mut Bytes::new(&format::unpacked(&packed)?)))
    }

    fn read<T>(&self, file: FileName, read: impl Fn(Vec<u8>) -> Result<T, String>) -> Result<T, String> {
        let path = format!("{}/{}", self.folder, file.name());
        let content = (self.source)(&path).and_then(read);
        content.map_err(|error| format!("a part of the search index could not be read: {path} ({error})"))
    }
}

/// What is kept of a place, or what `read` makes, which is kept from now on.
fn kept<T>(kept: &Kept<T>, place: usize, read: impl Fn() -> Result<T, String>) -> Result<Rc<T>, String> {
    if let Some(known) = kept.borrow().get(&place) {
        return Ok(Rc::clone(known));
    }
    let content = Rc::new(read()?);
    kept.borrow_mut().insert(place, Rc::clone(&content));
    Ok(content)
}

fn known(bytes: &mut Bytes<'_>) -> Result<Vec<Known>, String> {
    let count = bytes.count(24)?;
    let forms = bytes.words(count)?;
    let often = bytes.take(count)?;
    Ok(forms.into_iter().zip(often).map(|(form, often)| Known { form, often: *often }).collect())
}
