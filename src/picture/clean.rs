//! A picture's file without what its camera and its programs wrote into it: where it was taken, when, with what.

use super::{
    jpeg,
    pixels::{self, Pixels},
};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    metadata::Orientation,
};
use img_parts::{Bytes, DynImage, ImageEXIF, png::Png, webp::WebP};
use std::io::Cursor;

/// How well a picture is encoded that had to be turned: its loss is not to be seen.
const QUALITY: u8 = 92;

/// The chunks of a PNG file that make the picture: all that are critical, and of the others those that say how it
/// looks or moves (PNG 3, section 11.3).
const PNG_LOOKS: [[u8; 4]; 12] = [
    *b"tRNS", *b"gAMA", *b"cHRM", *b"sRGB", *b"iCCP", *b"cICP", *b"sBIT", *b"bKGD", *b"pHYs", *b"acTL", *b"fcTL",
    *b"fdAT",
];

/// The chunks of a WebP file that make the picture (RFC 9649, section 2.7).
const WEBP_LOOKS: [[u8; 4]; 7] = [*b"VP8X", *b"VP8 ", *b"VP8L", *b"ALPH", *b"ANIM", *b"ANMF", *b"ICCP"];

/// The same picture without notes; its colour profile stays. Its pixels are the very same, unless a note was needed
/// to see it the right way up: then it is turned, and encoded anew.
///
/// # Errors
/// Why it can't be read, in a few words after "it" or those of the decoder.
pub fn clean(file: &[u8]) -> Result<Vec<u8>, String> {
    let format = pixels::format(file).ok_or("it is no JPEG, PNG, WebP or GIF")?;
    let orientation = pixels::orientation(&mut Cursor::new(file));
    if orientation == Orientation::NoTransforms {
        return stripped(file, format);
    }
    let size = imagesize::blob_size(file).map_err(|error| error.to_string())?;
    let too_large = match (size.width.try_into(), size.height.try_into()) {
        (Ok(width), Ok(height)) => super::is_too_large((width, height)),
        _ => true,
    };
    if too_large { noting_only(stripped(file, format)?, orientation) } else { encoded(pixels::decode(file)?) }
}

fn stripped(file: &[u8], format: ImageFormat) -> Result<Vec<u8>, String> {
    let said = |error: img_parts::Error| error.to_string();
    let bytes = || Bytes::copy_from_slice(file);
    Ok(match format {
        ImageFormat::Jpeg => jpeg::stripped(file).ok_or("its parts can't be told apart")?,
        ImageFormat::Png => {
            let mut png = Png::from_bytes(bytes()).map_err(said)?;
            // A chunk whose name begins with a capital letter is critical.
            png.chunks_mut().retain(|chunk| chunk.kind()[0].is_ascii_uppercase() || PNG_LOOKS.contains(&chunk.kind()));
            png.encoder().bytes().to_vec()
        }
        ImageFormat::WebP => {
            let mut webp = WebP::from_bytes(bytes()).map_err(said)?;
            webp.chunks_mut().retain(|chunk| WEBP_LOOKS.contains(&chunk.id()));
            // The header says which chunks follow, and is put right by this.
            webp.set_exif(None);
            webp.encoder().bytes().to_vec()
        }
        _ => file.to_vec(),
    })
}

/// With a note that says nothing but which way up the picture is, for one that is too large to be turned.
fn noting_only(file: Vec<u8>, orientation: Orientation) -> Result<Vec<u8>, String> {
    let said = |error: img_parts::Error| error.to_string();
    // One entry in little-endian TIFF: tag 274, a short, one of them.
    let head = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    let note = Bytes::from([&head[..], &[orientation.to_exif(), 0, 0, 0, 0, 0, 0, 0]].concat());
    let mut image = DynImage::from_bytes(Bytes::from(file)).map_err(said)?.ok_or("its parts can't be told apart")?;
    image.set_exif(Some(note));
    Ok(image.encoder().bytes().to_vec())
}

/// The pixels in the format of their file.
fn encoded(pixels: Pixels) -> Result<Vec<u8>, String> {
    let said = |error: image::ImageError| error.to_string();
    let mut out = Vec::new();
    match pixels.format {
        ImageFormat::WebP => return super::variant::encoded(pixels, None),
        ImageFormat::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
            profiled(&mut encoder, pixels.profile);
            let image = pixels.image.into_rgb8();
            let (width, height) = image.dimensions();
            encoder.write_image(image.as_raw(), width, height, ExtendedColorType::Rgb8).map_err(said)?;
        }
        _ => {
            let mut encoder = PngEncoder::new(&mut out);
            profiled(&mut encoder, pixels.profile);
            write(&pixels.image, encoder).map_err(said)?;
        }
    }
    Ok(out)
}

fn profiled(encoder: &mut impl ImageEncoder, profile: Option<Vec<u8>>) {
    // Both formats have a place for it.
    let _ = profile.map(|profile| encoder.set_icc_profile(profile));
}

fn write(image: &DynamicImage, encoder: impl ImageEncoder) -> image::ImageResult<()> {
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into())
}
