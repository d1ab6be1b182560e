//! What a picture is, by its first bytes.

use super::{
    costly::{self, costly},
    danger::danger,
    is_too_large, notes, pixels, whole,
};
use crate::model::Picture;
use image::{
    AnimationDecoder, ImageFormat,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
};
use std::io::{BufRead, Read, Seek};

/// What was seen of a file that is named as a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// Width and height as the picture is shown, in pixels of CSS.
    pub dimensions: Option<(u32, u32)>,
    /// What can be done with it; nothing for one that is carried along as it is.
    pub picture: Option<Picture>,
}

/// How much of a drawing is read: more than people draw, less than hurts.
const LARGEST_DRAWING: u64 = 16 * 1024 * 1024;

/// How many parts and texts a drawing may have.
const MOST_NODES: u32 = 2_000_000;

/// Looks at a file of `size` bytes, by the ending of its name and by its first bytes: a picture has notes in it whatever
/// it is called. A file of another sort gives nothing.
pub fn examine(name: &str, size: u64, file: &mut (impl BufRead + Seek)) -> Examined {
    let only = |picture| Examined { dimensions: None, picture: Some(picture) };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" => pixels(size, file).unwrap_or(only(Picture::Unreadable)),
        "svg" if size > LARGEST_DRAWING => {
            only(Picture::Refused("has more than 16 MB, which no browser draws in good time"))
        }
        "svg" => drawing(file).unwrap_or(only(Picture::Unreadable)),
        "avif" => {
            let dimensions = imagesize::reader_size(&mut *file).ok();
            let dimensions =
                dimensions.and_then(|size| Some((size.width.try_into().ok()?, size.height.try_into().ok()?)));
            let picture = match dimensions {
                _ if !whole::is_whole(ImageFormat::Avif, size, file) => Some(Picture::Unreadable),
                Some(size) if is_too_large(size) => Some(Picture::TooLarge),
                _ => noted(file),
            };
            Examined { dimensions, picture }
        }
        "heic" | "heif" | "tif" | "tiff" => Examined { dimensions: None, picture: noted(file) },
        _ => match file.fill_buf().ok().and_then(pixels::format) {
            Some(_) => pixels(size, file).unwrap_or(only(Picture::Unreadable)),
            None => Examined::default(),
        },
    }
}

/// A picture in a format that is carried as it is, notes and all.
fn noted(file: &mut (impl BufRead + Seek)) -> Option<Picture> {
    const NOTES: &str =
        "the notes of its camera in it, such as where it was taken, which can't be taken out of this format";
    notes::has_notes(file).then_some(Picture::Unsafe(NOTES))
}

fn pixels(bytes: u64, file: &mut (impl BufRead + Seek)) -> Option<Examined> {
    let format = pixels::format(file.fill_buf().ok()?)?;
    let size = imagesize::reader_size(&mut *file).ok()?;
    let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
    let turned = pixels::orientation(file);
    let dimensions = if pixels::lies_on_its_side(turned) { (height, width) } else { (width, height) };
    let picture = match (width, height) {
        (0, _) | (_, 0) => Picture::Unreadable,
        size if is_too_large(size) => Picture::TooLarge,
        _ if !whole::is_whole(format, bytes, file) => Picture::Unreadable,
        _ if moves(format, file)? => Picture::Moving,
        _ => Picture::Still,
    };
    Some(Examined { dimensions: Some(dimensions), picture: Some(picture) })
}

/// True for an animation; nothing where the file can't be read so far.
fn moves(format: ImageFormat, file: &mut (impl BufRead + Seek)) -> Option<bool> {
    file.rewind().ok()?;
    Some(match format {
        ImageFormat::Gif => {
            let mut frames = GifDecoder::new(file).ok()?.into_frames();
            frames.next()?.ok()?;
            frames.next().is_some_and(|second| second.is_ok())
        }
        ImageFormat::Png => PngDecoder::with_limits(file, pixels::limits()).ok()?.is_apng().ok()?,
        ImageFormat::WebP => WebPDecoder::new(file).ok()?.has_animation(),
        _ => false,
    })
}

/// A drawing; nothing where it is none, or too long to be looked through.
fn drawing(file: &mut impl Read) -> Option<Examined> {
    let mut text = String::new();
    file.take(LARGEST_DRAWING).read_to_string(&mut text).ok()?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(&text, options).ok()?;
    let refused = || strange_size(&document).or_else(|| costly(&document)).map(Picture::Refused);
    let picture = danger(&document).map(Picture::Unsafe).or_else(refused);
    Some(Examined { dimensions: drawn_size(&document), picture })
}

/// What is wrong with the size that a drawing says of itself.
fn strange_size(document: &roxmltree::Document<'_>) -> Option<&'static str> {
    let root = document.root_element();
    let sides = ["width", "height"].map(|name| root.attribute(name).and_then(length));
    let box_sides = root.attribute("viewBox").map(numbers).unwrap_or_default();
    let sides = || sides.iter().flatten().copied().chain(box_sides.iter().skip(2).copied());
    if sides().any(|side| side.is_nan() || side <= 0.0) {
        return Some("has a width or a height of nothing, so there is nothing to see");
    }
    let drawn = drawn_size(document).map(|(width, height)| [width, height].map(f64::from)).into_iter().flatten();
    sides().take(2).chain(drawn).any(|side| side > costly::WIDEST).then_some("is wider or higher than 20,000 pixels")
}

fn numbers(text: &str) -> Vec<f64> {
    text.split([' ', ',', '\n', '\t']).filter_map(|part| part.parse::<f64>().ok()).collect()
}

/// The size of a drawing: its width and height, or what its `viewBox` makes of them (SVG 2, section 8.2).
fn drawn_size(document: &roxmltree::Document<'_>) -> Option<(u32, u32)> {
    let root = document.root_element();
    let side = |name: &str| root.attribute(name).and_then(length);
    let view: Vec<f64> = root.attribute("viewBox").map(numbers).unwrap_or_default();
    let view = match view.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    };
    let (width, height) = match (side("width"), side("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    Some((whole(width)?, whole(height)?))
}

/// A length in pixels of CSS, where it is one that the page has no part in.
fn length(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 7] = [
        ("px", 1.0),
        ("pt", 4.0 / 3.0),
        ("pc", 16.0),
        ("mm", 96.0 / 25.4),
        ("cm", 96.0 / 2.54),
        ("in", 96.0),
        ("", 1.0),
    ];
    let text = text.trim();
    UNITS.iter().find_map(|(unit, pixels)| Some(text.strip_suffix(unit)?.trim().parse::<f64>().ok()? * pixels))
}

fn whole(length: f64) -> Option<u32> {
    // To cut off is harmless: the bounds have been looked at.
    (length.is_finite() && (0.5..1e6).contains(&length)).then(|| length.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn of(name: &str, bytes: &[u8]) -> Examined {
        examine(name, bytes.len() as u64, &mut Cursor::new(bytes))
    }

    #[test]
    fn a_drawing_says_its_size_in_many_ways() {
        let size = |attributes: &str| {
            of("a.svg", format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>").as_bytes()).dimensions
        };
        assert_eq!(size("width='100' height='50px'"), Some((100, 50)));
        assert_eq!(size("viewBox='0 0 640 480'"), Some((640, 480)));
        assert_eq!(size("width='320' viewBox='0,0,640,480'"), Some((320, 240)));
        assert_eq!(size("height='25.4mm' viewBox='0 0 2 1'"), Some((192, 96)));
        assert_eq!(size("width='100%' height='100%' viewBox='0 0 30 20'"), Some((30, 20)));
        for nothing in ["", "width='100%'", "width='5'", "viewBox='0 0 0 0'", "width='-1' height='NaN'"] {
            assert_eq!(size(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn what_is_no_picture_is_none_and_what_should_be_one_is_told() {
        assert_eq!(of("a.txt", b"words"), Examined::default());
        assert_eq!(of("a.svg", b"<svg").picture, Some(Picture::Unreadable));
        let with_script = of("a.svg", b"<svg width='5' height='5'><script/></svg>");
        assert!(matches!(with_script.picture, Some(Picture::Unsafe(_))) && with_script.dimensions == Some((5, 5)));
        for bytes in [&b""[..], b"words", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP"] {
            assert_eq!(of("A.JPG", bytes).picture, Some(Picture::Unreadable), "{bytes:?}");
        }
    }
}
