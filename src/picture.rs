//! Pictures: what one is, the file without what its camera wrote into it, and the same picture in other sizes.
//!
//! Everything here is a pure function of bytes. What takes long is called from recipes only.

mod clean;
mod costly;
mod danger;
mod drawing;
mod examine;
mod jpeg;
mod lettering;
mod notes;
mod pixels;
mod print;
mod variant;
mod whole;

pub use clean::clean;
pub use drawing::{DRAWING_VERSION, ico, png, shapes};
pub use examine::{Examined, examine};
pub use lettering::{Frame, Lettering, letter};
pub use print::printed;
pub use variant::{VERSION, variant};

/// How many pixels a picture may have. More than any camera of a phone gives as it is set, and a page shows at most
/// a twentieth of it; decoded, it takes 200 MB.
pub const MOST_PIXELS: u64 = 50_000_000;

/// The greatest height of a WebP file in pixels (RFC 9649, section 2.6).
const HIGHEST: u64 = 16_383;

/// How many pixels a picture must be wide for smaller copies of it to be worth while.
const WIDE: u32 = 320;

/// How wide the copies of a picture of this size are: as many of `steps` as are narrower than the picture, and its
/// own width where that is not beyond them all, so that there is always a copy as sharp as the picture.
pub fn widths((width, height): (u32, u32), steps: &[u32]) -> Vec<u32> {
    let last = steps.iter().copied().max().unwrap_or(0);
    let fits = |own: &u32| u64::from(height) * u64::from(*own) / u64::from(width.max(1)) <= HIGHEST;
    let mut widths: Vec<u32> = steps.iter().copied().filter(|step| (1..width).contains(step)).collect();
    widths.extend((width <= last).then_some(width));
    widths.retain(fits);
    widths.sort_unstable();
    widths.dedup();
    if width <= WIDE { Vec::new() } else { widths }
}

/// True for a picture that is too large to be decoded.
pub fn is_too_large((width, height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(height) > MOST_PIXELS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_never_wider_than_the_picture_nor_higher_than_the_format_allows() {
        let steps = [320, 640, 960, 1280, 1920];
        assert_eq!(widths((4000, 3000), &steps), steps);
        assert_eq!(widths((1200, 630), &steps), [320, 640, 960, 1200]);
        assert_eq!(widths((640, 480), &steps), [320, 640]);
        assert_eq!(widths((1000, 20_000), &steps), [320, 640]);
        assert_eq!(widths((320, 200), &steps), [0; 0]);
        assert_eq!(widths((1, 1), &steps), [0; 0]);
        assert_eq!(widths((4000, 3000), &[]), [0; 0]);
    }
}
