//! Bytes to pixels: the format, the way up, and the decoding.

use super::is_too_large;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};
use std::io::{BufRead, Cursor, Seek};

/// The format of a file, by its bytes: of those that pages are shown.
pub(super) fn format(bytes: &[u8]) -> Option<ImageFormat> {
    let known = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif];
    image::guess_format(bytes).ok().filter(|format| known.contains(format))
}

/// Which way up a picture is to be shown, as its camera noted it (Exif 2.32, tag 274).
pub(super) fn orientation(file: &mut (impl BufRead + Seek)) -> Orientation {
    let noted = file.rewind().ok().and_then(|()| exif::Reader::new().read_from_container(file).ok());
    let noted = noted.as_ref().and_then(|exif| exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY));
    let number = noted.and_then(|field| field.value.get_uint(0)).and_then(|number| u8::try_from(number).ok());
    number.and_then(Orientation::from_exif).unwrap_or(Orientation::NoTransforms)
}

/// True where width and height change places.
pub(super) fn lies_on_its_side(orientation: Orientation) -> bool {
    orientation.to_exif() >= 5
}

/// A picture, the right way up.
pub(super) struct Pixels {
    pub(super) image: DynamicImage,
    pub(super) format: ImageFormat,
    /// The colour profile, of a picture whose colours are red, green and blue. The profile of another, in inks or in
    /// greys, says nothing of what it was decoded to.
    pub(super) profile: Option<Vec<u8>>,
}

/// Decodes a picture.
pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, String> {
    let format = format(bytes).ok_or("it is no JPEG, PNG, WebP or GIF")?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let decoder = reader.into_decoder().map_err(said)?;
    if is_too_large(decoder.dimensions()) {
        return Err("it has too many pixels".to_owned());
    }
    let mut decoder = decoder;
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(said)?;
    image.apply_orientation(orientation(&mut Cursor::new(bytes)));
    // Bytes 16 to 20 of a profile's header name its space of colours (ICC.1:2022, 7.2).
    let profile = profile.filter(|profile| profile.get(16..20).is_some_and(|space| space == b"RGB "));
    Ok(Pixels { image, format, profile })
}

/// How much memory a decoder may take: beside the pixels there are profiles and words, and all may be compressed.
pub(super) fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(1 << 30);
    limits
}

fn said(error: image::ImageError) -> String {
    error.to_string()
}
