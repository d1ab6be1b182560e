//! What is a Word document, and what else may go by its name.

use crate::import::office::{OLD, Package, is_locked};

/// The parts of the document of these bytes, and the path of its text.
///
/// # Errors
/// What it is instead, or what is wrong with it, as a sentence with what to do.
pub(super) fn open(bytes: &[u8]) -> Result<(Package<'_>, String), String> {
    if let Some(reason) = something_else(bytes) {
        return Err(reason);
    }
    let mut package = Package::new(bytes, "Word")?;
    if !package.has("[Content_Types].xml") {
        let what =
            if package.has("content.xml") { "an OpenDocument file" } else { "a ZIP file with other things in it" };
        return Err(format!("It is {what}. Open it in Word or LibreOffice and save it as a Word document (.docx)."));
    }
    let main = package.main().ok_or_else(|| package.damaged("it can't be unpacked"))?;
    let other = ["xl/", "ppt/", "visio/"].iter().position(|folder| main.starts_with(folder));
    if let Some(other) = other.and_then(|place| ["an Excel workbook", "a PowerPoint file", "a Visio file"].get(place)) {
        return Err(format!("It is {other}, no Word document."));
    }
    if !package.has(&main) {
        return Err(package.damaged("its text is missing"));
    }
    Ok((package, main))
}

/// What bytes are that are no ZIP file, with what to do.
fn something_else(bytes: &[u8]) -> Option<String> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    Some(match bytes {
        _ if starts(b"PK\x03\x04") => return None,
        [] => "The file is empty.".to_owned(),
        _ if is_locked(bytes) => {
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
