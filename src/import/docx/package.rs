//! The files that a Word document is made of (ISO/IEC 29500-2), and what else may go by its name.

use quick_xml::{Reader, events::Event};
use std::{
    collections::HashMap,
    io::{Cursor, Read as _},
};
use zip::ZipArchive;

/// How large a document may be, in bytes: a hundred pictures as a telephone takes them.
pub const LARGEST: u64 = 400 << 20;

/// How large a text of it may be when it is unpacked, and all of its pictures together.
const LARGEST_TEXT: u64 = 64 << 20;
const LARGEST_MEDIA: u64 = 1 << 30;

/// How deep its elements may lie within each other. Word writes some forty for a table in a table in a box.
const DEEPEST: usize = 400;

/// The beginning of the container that Word had before 2007, which holds encrypted documents to this day ([MS-CFB]).
const OLD: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The parts of a document, and who refers to which.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How much more may be unpacked of pictures.
    left: u64,
    /// The path of the text.
    pub(super) main: String,
}

/// Where a relation of a part leads to.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// The last word of its kind: `image`, `hyperlink`.
    pub(super) kind: String,
    /// An address, or the path of another part.
    pub(super) target: String,
    /// True for what lies outside the document.
    pub(super) is_outside: bool,
}

/// The relations of a part, by id.
pub(super) type Relations = HashMap<String, Relation>;

impl<'a> Package<'a> {
    /// The document of these bytes.
    ///
    /// # Errors
    /// What it is instead, or what is wrong with it, as a sentence with what to do.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if let Some(reason) = something_else(bytes) {
            return Err(reason);
        }
        let broken = || "It is damaged: it can't be unpacked. Open it in Word and save it again.".to_owned();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if archive.index_for_name("[Content_Types].xml").is_none() {
            let is_open = archive.index_for_name("content.xml").is_some();
            let what = if is_open { "an OpenDocument file" } else { "a ZIP file with other things in it" };
            return Err(format!(
                "It is {what}. Open it in Word or LibreOffice and save it as a Word document (.docx)."
            ));
        }
        let mut package = Self { left: LARGEST_MEDIA, main: String::new(), archive: archive.clone() };
        let roots = package.relations("");
        let main = roots.values().find(|relation| relation.kind == "officeDocument");
        package.main = main.map(|relation| relation.target.clone()).ok_or_else(broken)?;
        let other = ["xl/", "ppt/", "visio/"].iter().position(|folder| package.main.starts_with(folder));
        if let Some(other) =
            other.and_then(|place| ["an Excel workbook", "a PowerPoint file", "a Visio file"].get(place))
        {
            return Err(format!("It is {other}, no Word document."));
        }
        if archive.by_name(&package.main).is_err() {
            return Err("It is damaged: its text is missing. Open it in Word and save it again.".to_owned());
        }
        Ok(package)
    }

    /// True where it holds a part of that name.
    pub(super) fn has(&self, path: &str) -> bool {
        self.archive.index_for_name(path).is_some()
    }

    /// The text of a part of XML; `None` where there is no such part.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, String> {
        let Ok(mut file) = self.archive.by_name(path) else { return Ok(None) };
        let damaged = |why: &str| format!("It is damaged: its part {path} {why}. Open it in Word and save it again.");
        let mut bytes = Vec::new();
        let read = (&mut file).take(LARGEST_TEXT + 1).read_to_end(&mut bytes);
        read.map_err(|_| damaged("can't be unpacked"))?;
        if bytes.len() as u64 > LARGEST_TEXT {
            return Err(format!(
                "Its part {path} is larger than {} MB when it is unpacked, which no text of a page is. \
                 Copy the text into a new document.",
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
    pub(super) fn media(&mut self, path: &str) -> Result<Vec<u8>, &'static str> {
        let mut file = self.archive.by_name(path).map_err(|_| "is missing from the document")?;
        let mut bytes = Vec::new();
        (&mut file).take(self.left + 1).read_to_end(&mut bytes).map_err(|_| "can't be unpacked")?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or("is too large when it is unpacked")?;
        Ok(bytes)
    }

    /// The relations of a part; none where they can't be read.
    pub(super) fn relations(&mut self, part: &str) -> Relations {
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

/// What bytes are that are no ZIP file, with what to do.
fn something_else(bytes: &[u8]) -> Option<String> {
    let has = |word: &str| {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|part| part == wide)
    };
    let starts = |with: &[u8]| bytes.starts_with(with);
    Some(match bytes {
        _ if starts(b"PK\x03\x04") => return None,
        [] => "The file is empty.".to_owned(),
        _ if starts(&OLD) && has("EncryptedPackage") => {
            "It is protected by a password. Open it in Word, take the password away (File, Info, Protect Document, \
             Encrypt with Password), and save it."
                .to_owned()
        }
        _ if starts(&OLD) => {
            "It is a document of Word as it was before 2007 (.doc), whatever its name says. Open it in Word and save \
             it as a Word document (.docx)."
                .to_owned()
        }
        _ if starts(b"%PDF") => "It is a PDF. Import the document that it was made from.".to_owned(),
        _ if starts(b"{\\rtf") => {
            "It is a rich text file (.rtf). Open it in Word and save it as a Word document (.docx).".to_owned()
        }
        _ if starts(b"<") || starts(b"\xef\xbb\xbf<") => {
            "It is a web page or another text, whatever its name says. Open it in Word and save it as a Word document \
             (.docx)."
                .to_owned()
        }
        _ => "It is no Word document (.docx): its first bytes are none of Word's.".to_owned(),
    })
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
        for (path, text) in
            [("[Content_Types].xml", "<x/>"), ("_rels/.rels", relations), ("d.xml", "<x/>"), ("a", "four"), ("b", "fo")]
        {
            writer.start_file(path, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let mut package = Package::open(&bytes).unwrap();
        package.left = 5;
        assert_eq!(package.media("a").as_deref(), Ok(b"four".as_slice()));
        assert_eq!(package.media("b"), Err("is too large when it is unpacked"));
    }
}
