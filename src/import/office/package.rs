//! The files that a document or a workbook is made of (ISO/IEC 29500-2), unpacked within limits.

use quick_xml::{Reader, events::Event};
use std::{
    collections::HashMap,
    io::{Cursor, Read as _},
};
use zip::{ZipArchive, read::ZipFile};

/// How large a text of it may be when it is unpacked, and all of its pictures together.
const LARGEST_TEXT: u64 = 64 << 20;
const LARGEST_MEDIA: u64 = 1 << 30;

/// How deep its elements may lie within each other. Word writes some forty for a table in a table in a box.
const DEEPEST: usize = 400;

/// The parts of a file, and who refers to which.
pub(in crate::import) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The places of the parts by their paths: in small letters, for these count for nothing (ISO/IEC 29500-2, 6.2.2.3),
    /// and with `/`, which some programs write as `\\`.
    places: HashMap<String, usize>,
    /// How much more may be unpacked of pictures.
    left: u64,
    /// The program that such files are mended with.
    program: &'static str,
}

/// Where a relation of a part leads to.
#[derive(Clone, Debug)]
pub(in crate::import) struct Relation {
    /// The last word of its kind: `image`, `hyperlink`.
    pub(in crate::import) kind: String,
    /// An address, or the path of another part.
    pub(in crate::import) target: String,
    /// True for what lies outside the document.
    pub(in crate::import) is_outside: bool,
}

/// The relations of a part, by id.
pub(in crate::import) type Relations = HashMap<String, Relation>;

impl<'a> Package<'a> {
    /// The parts of what is packed in these bytes. `program` mends what is wrong with such a file.
    ///
    /// # Errors
    /// That it can't be unpacked, as a sentence with what to do.
    pub(in crate::import) fn new(bytes: &'a [u8], program: &'static str) -> Result<Self, String> {
        let broken = |_| format!("It is damaged: it can't be unpacked. Open it in {program} and save it again.");
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let places = archive.file_names().enumerate().filter_map(|(place, name)| Some((plain(&name.ok()?), place)));
        let places = places.collect();
        Ok(Self { left: LARGEST_MEDIA, places, archive, program })
    }

    /// The path of the part that the others belong to.
    pub(in crate::import) fn main(&mut self) -> Option<String> {
        let roots = self.relations("");
        roots.values().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target.clone())
    }

    /// What is wrong with it, as a sentence with what to do.
    pub(in crate::import) fn damaged(&self, why: &str) -> String {
        format!("It is damaged: {why}. Open it in {} and save it again.", self.program)
    }

    /// True where it holds a part of that name.
    pub(in crate::import) fn has(&self, path: &str) -> bool {
        self.places.contains_key(&plain(path))
    }

    fn part(&mut self, path: &str) -> Option<ZipFile<'_, Cursor<&'a [u8]>>> {
        self.places.get(&plain(path)).copied().and_then(|place| self.archive.by_index(place).ok())
    }

    /// The text of a part of XML; `None` where there is no such part.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(in crate::import) fn text(&mut self, path: &str) -> Result<Option<String>, String> {
        let Some(mut file) = self.part(path) else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = (&mut file).take(LARGEST_TEXT + 1).read_to_end(&mut bytes);
        drop(file);
        let damaged = |why: &str| self.damaged(&format!("its part {path} {why}"));
        read.map_err(|_| damaged("can't be unpacked"))?;
        if bytes.len() as u64 > LARGEST_TEXT {
            return Err(format!(
                "Its part {path} is larger than {} MB when it is unpacked, which no text of a page is. \
                 Copy what it is about into a new file.",
                LARGEST_TEXT >> 20
            ));
        }
        let text = decoded(bytes).ok_or_else(|| damaged("is no text"))?;
        sound(&text).map_err(|why| damaged(&why))?;
        Ok(Some(text))
    }

    /// The bytes of a picture.
    ///
    /// # Errors
    /// Why it can't be had, in words after "this picture".
    pub(in crate::import) fn media(&mut self, path: &str) -> Result<Vec<u8>, &'static str> {
        let left = self.left;
        let mut file = self.part(path).ok_or("is missing from the document")?;
        let mut bytes = Vec::new();
        (&mut file).take(left + 1).read_to_end(&mut bytes).map_err(|_| "can't be unpacked")?;
        drop(file);
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or("is too large when it is unpacked")?;
        Ok(bytes)
    }

    /// The relations of a part; none where they can't be read.
    pub(in crate::import) fn relations(&mut self, part: &str) -> Relations {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Ok(Some(text)) = self.text(&format!("{folder}_rels/{name}.rels")) else { return Relations::new() };
        let Ok(document) = roxmltree::Document::parse(&text) else { return Relations::new() };
        let relation = |node: roxmltree::Node<'_, '_>| {
            let kind = node.attribute("Type")?.rsplit('/').next()?.to_owned();
            let is_outside = node.attribute("TargetMode") == Some("External");
            let target = node.attribute("Target")?;
            let target = if is_outside { target.to_owned() } else { within(&folder, target) };
            Some((node.attribute("Id")?.to_owned(), Relation { kind, target, is_outside }))
        };
        document.root_element().children().filter_map(relation).collect()
    }
}

/// The path of a part as all programs would have written it.
fn plain(path: &str) -> String {
    path.replace('\\', "/").to_ascii_lowercase()
}

/// The path of a part that another in a folder names.
fn within(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A text of XML in the encodings that it may have.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(of)).collect();
        String::from_utf16(&units).ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// Whether a text can be taken for a tree: it has no definitions of its own and does not nest without end, which would
/// cost the stack of whoever walks it.
fn sound(text: &str) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::DocType(_)) => return Err("declares a document type, which no program writes".to_owned()),
            Ok(_) => {}
            Err(error) => return Err(format!("is no sound XML ({error})")),
        }
        if depth > DEEPEST {
            return Err("nests without end".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::{ZipWriter, write::SimpleFileOptions};

    #[test]
    fn all_pictures_together_have_a_limit() {
        let relations = "<Relationships><Relationship Id='d' Type='x/officeDocument' Target='d.xml'/></Relationships>";
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, text) in [("_rels\\.rels", relations), ("D.xml", "<x/>"), ("a", "four"), ("b", "fo")] {
            writer.start_file(path, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let mut package = Package::new(&bytes, "Word").unwrap();
        // Some programs write paths as Windows does, and in whatever letters.
        assert_eq!(package.main().as_deref(), Some("d.xml"));
        assert_eq!(package.text("d.xml"), Ok(Some("<x/>".to_owned())));
        package.left = 5;
        assert_eq!(package.media("a").as_deref(), Ok(b"four".as_slice()));
        assert_eq!(package.media("b"), Err("is too large when it is unpacked"));
    }
}
