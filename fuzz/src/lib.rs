//! What anybody may write, put through the parts that read it: whatever the bytes, nothing panics, every fault has a
//! place in its file, and nothing that an author wrote runs in a page.
//!
//! `cargo fuzz run TARGET` from the folder above tries bytes without end; `tests/it/fuzzed.rs` tries those that are
//! kept in `corpus/`, with the tests.

mod desk;
mod harmless;

use casebook::{
    model::SourceFile,
    parse,
    rules::Rules,
    search::{Filters, Index, Options, Sort},
    yaml,
};
pub use desk::Desk;
use desk::held;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use harmless::harmless;
use std::io::{Read as _, Write as _};

/// A page that somebody wrote, front matter and all.
pub fn front_matter(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let desk = Desk::get();
    if let (Ok(ours), Ok(theirs)) = (yaml::parse(text), serde_yaml::from_str::<serde_yaml::Value>(text)) {
        assert_eq!(ours, theirs, "the plain way and the parser's give one value");
    }
    let (entry, faults) = desk.entry("content/guides/a.md", text);
    held(&faults, "content/guides/a.md", text);
    if let Some(entry) = entry {
        desk.files_of(entry).iter().for_each(harmless);
    }
}

/// The text of a page, in all the forms that people can take away.
pub fn markdown(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    let desk = Desk::get();
    let text = format!("---\ntitle: A\nsummary: About A.\n---\n\n{body}");
    let (entry, faults) = desk.entry("content/guides/a.md", &text);
    held(&faults, "content/guides/a.md", &text);
    desk.files_of(entry.expect("the front matter is sound")).iter().for_each(harmless);
}

/// A file of a theme that says what a kind of page is, or a component.
pub fn kind_files(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let desk = Desk::get();
    let mut files = desk.files.clone();
    let at = |path: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    files.kinds.retain(|file| file.name().starts_with('_') || file.name() == "page.yaml");
    files.kinds.push(at("themes/civic/kinds/fuzzed.yaml"));
    files.components = vec![at("themes/civic/components/fuzzed.yaml")];
    let (theme, faults) = parse::theme(files);
    for path in ["themes/civic/kinds/fuzzed.yaml", "themes/civic/components/fuzzed.yaml"] {
        held(&faults, path, text);
    }
    let rules = Rules { config: &desk.config, theme: &theme, registers: &desk.registers };
    for kind in &theme.kinds {
        let fields: String = kind.fields.iter().map(|field| format!("{}: \"1\"\n", field.name)).collect();
        let page = format!("---\nkind: {}\ntitle: A\n{fields}---\n\n```fuzzed\na: 1\n```\n", kind.name);
        let (_, faults) = desk::entry("content/a.md", &page, rules);
        held(&faults, "content/a.md", &page);
    }
}

/// What somebody looks for: its first byte says how.
pub fn queries(data: &[u8]) {
    let Some((how, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let files = Desk::get().index();
    let source = |path: &str| files.get(path).cloned().ok_or_else(|| "not found".to_owned());
    let index = Index::open(&source, None).expect("the index is sound");
    let options = asked(*how, text);
    let answer = index.search(text, &options).expect("the index is sound");
    assert!(answer.results.len() <= options.limit && answer.results.len() <= answer.total);
    for found in answer.results {
        let units: Vec<u16> = found.excerpt.encode_utf16().collect();
        for (start, end) in found.marks {
            let marked = units.get(start..end).expect("a mark lies in its excerpt");
            assert!(String::from_utf16(marked).is_ok(), "a mark cuts a letter in half: {}", found.excerpt);
        }
    }
}

fn asked(how: u8, text: &str) -> Options {
    let value = text.split_whitespace().next().unwrap_or_default();
    let filters = [("themes".to_owned(), vec![value.to_owned()])].into();
    Options {
        filters: (how & 1 == 1).then_some(if how & 2 == 2 { filters } else { Default::default() }),
        limit: usize::from(how >> 5) * 3,
        offset: usize::from(how >> 4 & 1) * 2,
        sort: [Sort::Relevance, Sort::Newest, Sort::Title, Sort::Relevance][usize::from(how >> 2 & 3)],
    }
}

/// An index that is not ours: its first byte says which file of it, and the second where it is otherwise.
pub fn index_files(data: &[u8]) {
    let [which, at, rest @ ..] = data else { return };
    let files = Desk::get().index();
    let Some((path, bytes)) = files.iter().nth(usize::from(*which) % files.len()) else { return };
    // What is changed in a packed file would only be told by its checksum.
    let broken = match unpacked(bytes) {
        Ok(plain) => packed(&spliced(&plain, *at, rest)),
        Err(_) => spliced(bytes, *at, rest),
    };
    let source = |asked: &str| match asked == path {
        true => Ok(broken.clone()),
        false => files.get(asked).cloned().ok_or_else(|| "not found".to_owned()),
    };
    // Whatever it says, it is an answer or words on what is wrong.
    let Ok(index) = Index::open(&source, None) else { return };
    let filters: Filters = [("themes".to_owned(), vec!["housing".to_owned()])].into();
    for text in ["care", "mentring leavers", "\"care leavers\"", "ho"] {
        for filters in [None, Some(filters.clone())] {
            let _ = index.search(text, &Options { filters, ..Options::default() });
        }
    }
}

/// These bytes in the place of what stands at so many 256ths.
fn spliced(bytes: &[u8], at: u8, new: &[u8]) -> Vec<u8> {
    let (before, after) = bytes.split_at(bytes.len() * usize::from(at) / 256);
    [before, new, after.get(new.len()..).unwrap_or_default()].concat()
}

fn unpacked(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain)?;
    Ok(plain)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes everything")
}

/// The words of an event, in a calendar.
pub fn calendar(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let desk = Desk::get();
    let lines = |title: &str| {
        let words = serde_json::to_string(title).expect("a string");
        let page = format!(
            "---\ntitle: {words}\nsummary: {words}\nstart: 2027-10-25\nend: 2027-11-01\norganiser: {words}\nupdated: 2027-01-01\n---\n\nText.\n"
        );
        let (entry, faults) = desk.entry("content/events/a.md", &page);
        held(&faults, "content/events/a.md", &page);
        let files = desk.files_of(entry?);
        let (_, bytes) = files.into_iter().find(|(path, _)| path.ends_with(".ics"))?;
        Some(properties(&bytes))
    };
    let (Some(plain), Some(ours)) = (lines("A"), lines(text)) else { return };
    assert_eq!(plain, ours, "no text becomes a property");
}

/// The names of the properties in a calendar, whose lines are held against RFC 5545, section 3.1.
fn properties(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("a calendar is UTF-8");
    let text = text.strip_suffix("\r\n").expect("every line ends");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line:?} is longer than 75 octets");
        assert!(!line.contains(|c: char| c.is_control()), "{line:?} has a control character");
    }
    let name = |line: &str| line.split([':', ';']).next().unwrap_or_default().to_owned();
    text.replace("\r\n ", "").split("\r\n").map(name).collect()
}
