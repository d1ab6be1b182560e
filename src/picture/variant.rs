//! A picture in another size, as WebP.

use super::pixels::{self, Pixels};
use fast_image_resize::{PixelType, Resizer, images::Image};
use image::ImageFormat;
use img_parts::{Bytes, ImageICC, webp::WebP};
use webp::{Encoder, WebPConfig};

/// Names the way in which this version of the program makes variants. What is made in another way is another file.
pub const VERSION: &str = "variant 2";

/// How well photographs are encoded, out of 100, and pictures with hard edges and words in them.
const PHOTOGRAPH: f32 = 78.0;
const GRAPHIC: f32 = 84.0;

/// How hard the encoder tries to do without loss, out of 100.
const EFFORT: f32 = 50.0;

/// The picture as WebP, so many pixels wide and never wider than it is.
///
/// # Errors
/// Why it can't be read, in a few words after "it" or those of the decoder.
pub fn variant(file: &[u8], width: u32) -> Result<Vec<u8>, String> {
    encoded(pixels::decode(file)?, Some(width))
}

pub(super) fn encoded(pixels: Pixels, width: Option<u32>) -> Result<Vec<u8>, String> {
    let Pixels { image, format, profile } = pixels;
    let has_alpha = image.color().has_alpha();
    let (across, down) = (image.width(), image.height());
    let (raw, kind) = match has_alpha {
        true => (image.into_rgba8().into_raw(), PixelType::U8x4),
        false => (image.into_rgb8().into_raw(), PixelType::U8x3),
    };
    let (raw, width, height) = match width.filter(|width| *width < across) {
        None => (raw, across, down),
        Some(width) => {
            let height = scaled(down, width, across);
            let from = Image::from_vec_u8(across, down, raw, kind).map_err(|error| error.to_string())?;
            let mut to = Image::new(width, height, kind);
            Resizer::new().resize(&from, &mut to, None).map_err(|error| error.to_string())?;
            (to.into_vec(), width, height)
        }
    };
    let encoder =
        if has_alpha { Encoder::from_rgba(&raw, width, height) } else { Encoder::from_rgb(&raw, width, height) };
    let is_photograph = format == ImageFormat::Jpeg;
    let mut config = WebPConfig::new().map_err(|()| "the encoder of WebP can't be set up")?;
    config.quality = if is_photograph { PHOTOGRAPH } else { GRAPHIC };
    // Keeps coloured words and lines sharp.
    config.use_sharp_yuv = i32::from(!is_photograph);
    let encode = |config: &WebPConfig| {
        encoder.encode_advanced(config).map_err(|error| format!("it can't be encoded: {error:?}"))
    };
    let mut made = encode(&config)?;
    if !is_photograph {
        // A drawing of few colours is smaller without any loss.
        config.lossless = 1;
        config.quality = EFFORT;
        let exact = encode(&config)?;
        if exact.len() <= made.len() {
            made = exact;
        }
    }
    match profile {
        None => Ok(made.to_vec()),
        Some(profile) => {
            let mut webp = WebP::from_bytes(Bytes::copy_from_slice(&made)).map_err(|error| error.to_string())?;
            webp.set_icc_profile(Some(Bytes::from(profile)));
            Ok(webp.encoder().bytes().to_vec())
        }
    }
}

/// The height that keeps the proportions: at least a pixel.
pub(super) fn scaled(height: u32, width: u32, of: u32) -> u32 {
    let exact = (u64::from(height) * u64::from(width) + u64::from(of) / 2) / u64::from(of.max(1));
    u32::try_from(exact).unwrap_or(u32::MAX).max(1)
}
