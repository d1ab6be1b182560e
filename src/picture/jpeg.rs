//! The segments of a JPEG file (ITU-T T.81, annex B): which of them make the picture, and which tell of its making.

/// What a file has between two markers, from its first marker on.
enum Segment<'a> {
    /// Bytes of the picture, or words that it needs to be read.
    Kept(&'a [u8]),
    /// What a camera or a program noted.
    Dropped,
    /// The end of the picture.
    End,
}

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];

/// The file without the notes of cameras and programs, and without what follows the picture: phones append films
/// and smaller pictures, each with its own notes. `None` where it is no JPEG.
pub(super) fn stripped(file: &[u8]) -> Option<Vec<u8>> {
    let mut rest = file.strip_prefix(&START)?;
    let mut out = Vec::with_capacity(file.len());
    out.extend(START);
    loop {
        let (segment, after) = segment(rest)?;
        match segment {
            Segment::Kept(bytes) => out.extend(bytes),
            Segment::Dropped => {}
            Segment::End => {
                out.extend(END);
                return Some(out);
            }
        }
        rest = after;
    }
}

/// True for a file that goes on to the mark of its end.
pub(super) fn has_end(file: &[u8]) -> bool {
    let mut rest = file.strip_prefix(&START).unwrap_or_default();
    while !rest.starts_with(&END) {
        match segment(rest) {
            Some((Segment::Kept(_) | Segment::Dropped, after)) => rest = after,
            _ => return false,
        }
    }
    true
}

/// The next segment, and what follows it. A file that breaks off ends there, as browsers have it.
fn segment(rest: &[u8]) -> Option<(Segment<'_>, &[u8])> {
    let Some((0xff, after)) = rest.split_first() else {
        return if rest.is_empty() { Some((Segment::End, rest)) } else { None };
    };
    let marker = *after.first().unwrap_or(&0xd9);
    match marker {
        0xd9 => return Some((Segment::End, &[])),
        // Before a marker any number of these may stand.
        0xff => return Some((Segment::Dropped, after)),
        0x01 | 0xd0..=0xd7 => return rest.split_at_checked(2).map(|(own, after)| (Segment::Kept(own), after)),
        _ => {}
    }
    let length = rest.get(2..4).and_then(|length| length.try_into().ok()).map(u16::from_be_bytes);
    let whole = length.map_or(rest.len(), |length| 2 + usize::from(length.max(2)));
    // What belongs to the scan stands behind its segment, up to a marker that is neither data nor a restart.
    let end = if marker == 0xda { scan_end(rest, whole) } else { whole };
    let (own, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
    Some((if is_note(marker, own) { Segment::Dropped } else { Segment::Kept(own) }, after))
}

fn scan_end(rest: &[u8], start: usize) -> usize {
    let data = rest.get(start..).unwrap_or_default();
    let is_marker = |pair: &[u8]| matches!(pair, [0xff, next] if !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff));
    data.windows(2).position(is_marker).map_or(rest.len(), |at| start + at)
}

/// True for what no reader needs: application data but for JFIF (0), the colour profile (2) and the colour
/// transform of Adobe (14), and comments.
fn is_note(marker: u8, segment: &[u8]) -> bool {
    let names = |name: &[u8]| segment.get(4..).is_some_and(|contents| contents.starts_with(name));
    match marker {
        0xe0 => !names(b"JFIF\0"),
        0xe2 => !names(b"ICC_PROFILE\0"),
        0xee => !names(b"Adobe"),
        0xe1..=0xef | 0xfe => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_go_wherever_they_stand_and_the_picture_stays() {
        let mut file = START.to_vec();
        file.extend(b"\xff\xe0\0\x07JFIF\0");
        file.extend(b"\xff\xe1\0\x08Exif\0\0");
        file.extend(b"\xff\xff\xfe\0\x04hi");
        let picture = b"\xff\xdb\0\x04\xff\xd9\xff\xda\0\x02ab\xff\x00c\xff\xd0d";
        file.extend(picture);
        file.extend(b"\xff\xed\0\x05IPT\xff\xda\0\x02e");
        file.extend(END);
        file.extend(b"\xff\xd8a film with a place in it");
        let expected = [&START[..], b"\xff\xe0\0\x07JFIF\0", picture, b"\xff\xda\0\x02e", &END].concat();
        assert_eq!(stripped(&file), Some(expected));
    }

    #[test]
    fn a_file_that_breaks_off_ends_there() {
        let open = b"\xff\xd8\xff\xda\0\x02ab";
        assert_eq!(stripped(open), Some([&open[..], &END].concat()));
        assert_eq!(stripped(b"\xff\xd8\xff\xdb\xff\xffab").map(|file| file.ends_with(&END)), Some(true));
        assert_eq!(stripped(b"\x89PNG"), None);
    }
}
