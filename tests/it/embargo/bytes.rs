//! All that a built site says, whatever it is wrapped in.

use crate::site::Site;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
    process::{Command, Stdio},
};

/// The texts of a site: what its files are called and hold, and what is in archives and documents within them; all in
/// small letters, by the way to it.
pub fn everything(site: &Site) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (path, bytes) in site.site() {
        look(&path, &bytes, &mut texts);
    }
    texts.insert("search/* unpacked".to_owned(), site.index().to_lowercase());
    texts
}

fn look(path: &str, bytes: &[u8], texts: &mut BTreeMap<String, String>) {
    let mut text = path.to_lowercase() + "\n" + &plain(bytes);
    if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{path}: {error}"));
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let (name, mut inner) = (file.name().unwrap().into_owned(), Vec::new());
            file.read_to_end(&mut inner).unwrap();
            look(&format!("{path}!{name}"), &inner, texts);
        }
    } else if bytes.starts_with(b"\x1f\x8b") {
        // What is packed with a dictionary is told by the index as a whole.
        let mut inner = Vec::new();
        if flate2::read::GzDecoder::new(bytes).read_to_end(&mut inner).is_ok() {
            look(&format!("{path}!"), &inner, texts);
        }
    } else if bytes.starts_with(b"%PDF") {
        text += &pdf(bytes);
    } else if path.ends_with(".ics") {
        text = text.replace("\r\n ", "");
    }
    texts.insert(path.to_owned(), text);
}

/// Bytes as small letters, also where each letter takes two bytes.
fn plain(bytes: &[u8]) -> String {
    let wide: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    if wide.len() == bytes.len() { text } else { text + &String::from_utf8_lossy(&wide).to_lowercase() }
}

/// What a document shows, and what its unpacked parts hold: title, bookmarks, alternative texts.
fn pdf(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (at, _) in bytes.windows(6).enumerate().filter(|(_, window)| window == b"stream") {
        let start = at + 6 + bytes[at + 6..].iter().take(2).filter(|byte| b"\r\n".contains(byte)).count();
        let mut part = Vec::new();
        let _ = flate2::read::ZlibDecoder::new(&bytes[start..]).read_to_end(&mut part);
        text += &plain(&part);
    }
    // A word at the end of a line may be parted.
    text + &shown(bytes).to_lowercase().replace("-\n", "").replace('\u{ad}', "")
}

/// The words on the pages, by a reader that is not ours; none where it is not installed.
fn shown(bytes: &[u8]) -> String {
    let command = Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut reader) = command else { return String::new() };
    let mut input = reader.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(bytes));
        String::from_utf8_lossy(&reader.wait_with_output().unwrap().stdout).into_owned()
    })
}

/// True where words can be read off the pages of a PDF here.
pub fn reads_pdf() -> bool {
    Command::new("pdftotext").arg("-v").stderr(Stdio::null()).status().is_ok()
}
