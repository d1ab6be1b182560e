//! A picture as a printed document shows it.

use super::{
    clean,
    pixels::{self, Pixels},
};
use fast_image_resize::{PixelType, Resizer, images::Image};
use image::{
    ExtendedColorType, ImageEncoder, ImageFormat,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};

/// How wide a picture is at most, in pixels: 240 to the inch on the width of a page's text, beyond which print is no
/// sharper.
const WIDEST: u32 = 1600;

/// How well photographs are encoded, out of 100.
const QUALITY: u8 = 82;

/// The picture without notes and no larger than print needs, as JPEG or PNG, which a document can hold.
///
/// # Errors
/// Why it can't be read, in a few words after "it" or those of the decoder.
pub fn printed(file: &[u8]) -> Result<Vec<u8>, String> {
    let format = pixels::format(file).ok_or("it is no JPEG, PNG, WebP or GIF")?;
    let width = imagesize::blob_size(file).map_err(|error| error.to_string())?.width;
    let is_held = matches!(format, ImageFormat::Jpeg | ImageFormat::Png);
    if is_held && u32::try_from(width).is_ok_and(|width| width <= WIDEST) {
        return clean(file);
    }
    encoded(pixels::decode(file)?)
}

fn encoded(pixels: Pixels) -> Result<Vec<u8>, String> {
    let Pixels { image, format, profile: _ } = pixels;
    let (across, down) = (image.width(), image.height());
    let is_photograph = format != ImageFormat::Png && !image.color().has_alpha();
    let (raw, kind, colour) = match is_photograph {
        true => (image.into_rgb8().into_raw(), PixelType::U8x3, ExtendedColorType::Rgb8),
        false => (image.into_rgba8().into_raw(), PixelType::U8x4, ExtendedColorType::Rgba8),
    };
    let (width, height) = (across.min(WIDEST), super::variant::scaled(down, across.min(WIDEST), across));
    let from = Image::from_vec_u8(across, down, raw, kind).map_err(|error| error.to_string())?;
    let mut to = Image::new(width, height, kind);
    Resizer::new().resize(&from, &mut to, None).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    let said = |error: image::ImageError| error.to_string();
    if is_photograph {
        JpegEncoder::new_with_quality(&mut out, QUALITY)
            .write_image(to.buffer(), width, height, colour)
            .map_err(said)?;
    } else {
        PngEncoder::new(&mut out).write_image(to.buffer(), width, height, colour).map_err(said)?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, RgbImage};
    use std::io::Cursor;

    fn picture(width: u32, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(RgbImage::new(width, 100)).write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_picture_is_scaled_down_and_every_format_becomes_one_that_documents_hold() {
        for (format, width, expected, becomes) in [
            (ImageFormat::Jpeg, 4000, 1600, ImageFormat::Jpeg),
            (ImageFormat::Png, 3200, 1600, ImageFormat::Png),
            (ImageFormat::Png, 300, 300, ImageFormat::Png),
            (ImageFormat::WebP, 300, 300, ImageFormat::Jpeg),
            (ImageFormat::Gif, 300, 300, ImageFormat::Png),
        ] {
            let made = printed(&picture(width, format)).unwrap();
            let size = imagesize::blob_size(&made).unwrap();
            assert_eq!((size.width, image::guess_format(&made).unwrap()), (expected, becomes), "{format:?} {width}");
        }
        assert!(printed(b"no picture").is_err());
    }
}
