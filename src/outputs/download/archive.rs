//! ZIP files that come out the same byte for byte: the order, the times and the rights are given, and nothing else
//! goes in.

use ::zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};
use jiff::civil::Date;
use std::io::{Cursor, Write as _};

/// Endings of files that are as small as they get.
const PACKED: [&str; 9] = ["docx", "gif", "jpeg", "jpg", "mp4", "pdf", "png", "webp", "zip"];

/// An archive of these files in this order, each by its path with `/` between folders. All are dated alike: the first
/// hour of the day, or of 1980, before which the format has no time.
///
/// # Errors
/// Two files of one path, or more than a ZIP file holds.
pub(super) fn archive<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    day: Option<Date>,
) -> Result<Vec<u8>, ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(time(day)).unix_permissions(0o644);
    for (path, bytes) in files {
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let is_packed = PACKED.contains(&ending.as_str());
        let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = options.compression_method(method).large_file(u32::try_from(bytes.len()).is_err());
        writer.start_file(path, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn time(day: Option<Date>) -> DateTime {
    let parts =
        |day: Date| Some((day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?));
    let time =
        day.and_then(parts).and_then(|(year, month, day)| DateTime::from_date_and_time(year, month, day, 0, 0, 0).ok());
    time.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::zip::ZipArchive;
    use std::io::Read as _;

    #[test]
    fn what_goes_in_comes_out_with_its_day() {
        let files: [(&str, &[u8]); 2] = [("b/ŵ.txt", b"words words words words"), ("a.png", b"\x89PNG")];
        let made = archive(files, Some(jiff::civil::date(2026, 11, 21))).unwrap();
        let mut read = ZipArchive::new(Cursor::new(made)).unwrap();
        for (place, (path, bytes)) in files.into_iter().enumerate() {
            let mut file = read.by_index(place).unwrap();
            let mut found = Vec::new();
            file.read_to_end(&mut found).unwrap();
            assert_eq!((file.name().unwrap().as_ref(), found.as_slice()), (path, bytes));
            assert_eq!(file.last_modified(), Some(DateTime::from_date_and_time(2026, 11, 21, 0, 0, 0).unwrap()));
            assert_eq!(file.unix_mode(), Some(0o100_644));
        }
    }

    #[test]
    fn a_day_that_the_format_can_not_tell_is_left_out() {
        let made = |day| archive([("a", &b""[..])], day).unwrap();
        assert_eq!(made(Some(jiff::civil::date(1912, 1, 1))), made(None));
        assert!(archive([("a", &b""[..]), ("a", &b""[..])], None).is_err());
    }
}
