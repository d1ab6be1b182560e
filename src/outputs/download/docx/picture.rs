//! Pictures in a document.

use super::{
    element::Element,
    look::{EMU, WIDTH},
};
use crate::{model::paper::PaperPicture, picture};
use std::io::Cursor;

/// How large a picture may be, in twentieths of a point: across and down.
#[derive(Clone, Copy)]
pub(super) struct Room(pub(super) i32, pub(super) i32);

impl Room {
    /// Between paragraphs: the width of the text, and half a page.
    pub(super) const TEXT: Self = Self(WIDTH, 7_000);
    /// Beside other parts of a card.
    pub(super) const CARD: Self = Self(4_200, 2_300);
}

/// How wide drawings are drawn, in pixels: as sharp as print needs on the width of the text.
const DRAWN: u32 = 1_400;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";

/// A picture as the document holds it.
pub(super) struct Held {
    pub(super) bytes: Vec<u8>,
    /// The ending of its file: `jpeg` or `png`.
    pub(super) ending: &'static str,
    /// Its width and height in pixels of CSS, of which 96 are an inch.
    size: (u32, u32),
}

/// A file as a document can hold it: a photograph without what its camera noted and no larger than print needs, a
/// drawing as pixels, which every program shows.
///
/// # Errors
/// Why it can't be read, in a few words after "it" or those of the decoder.
pub(super) fn held(file: &[u8], drawing: bool) -> Result<Held, String> {
    if drawing {
        let size =
            picture::examine("drawing.svg", file.len() as u64, &mut Cursor::new(file)).dimensions.unwrap_or((640, 480));
        let text = std::str::from_utf8(file).map_err(|_| "it is no text")?;
        let height = u64::from(size.1) * u64::from(DRAWN) / u64::from(size.0.max(1));
        let height = u32::try_from(height).unwrap_or(DRAWN).clamp(1, DRAWN * 4);
        return Ok(Held { bytes: picture::png(text, DRAWN, height)?, ending: "png", size });
    }
    let bytes = picture::printed(file)?;
    let ending = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
    let size = imagesize::blob_size(&bytes).map_err(|error| error.to_string())?;
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    Ok(Held { size: (side(size.width), side(size.height)), bytes, ending })
}

/// The run that shows a picture: its number in the document is its own, its name that of its file, by which it is known
/// when the document comes back; `relation` leads to the file.
pub(super) fn shown(
    picture: &PaperPicture,
    held: &Held,
    (number, name): (usize, &str),
    relation: &str,
    room: Room,
) -> Element {
    let (width, height) = extent(held.size, room);
    let extent = |name| Element::new(name).set("cx", width.to_string()).set("cy", height.to_string());
    let number = number.to_string();
    let described = Element::new("wp:docPr").set("id", &number).set("name", name).set("descr", &picture.alt);
    let described = if picture.alt.is_empty() { described.with(decorative()) } else { described };
    let own = Element::new("pic:nvPicPr")
        .with(Element::new("pic:cNvPr").set("id", &number).set("name", name).set("descr", &picture.alt))
        .with(Element::new("pic:cNvPicPr"));
    let fill = Element::new("pic:blipFill")
        .with(Element::new("a:blip").set("r:embed", relation))
        .with(Element::new("a:stretch").with(Element::new("a:fillRect")));
    let form = Element::new("a:xfrm").with(Element::new("a:off").set("x", "0").set("y", "0")).with(extent("a:ext"));
    let rectangle = Element::new("a:prstGeom").set("prst", "rect").with(Element::new("a:avLst"));
    let shape = Element::new("pic:spPr").with(form).with(rectangle);
    let pic = Element::new("pic:pic").set("xmlns:pic", PICTURE).with(own).with(fill).with(shape);
    let graphic = Element::new("a:graphic")
        .set("xmlns:a", DRAWING)
        .with(Element::new("a:graphicData").set("uri", PICTURE).with(pic));
    let lock = Element::new("a:graphicFrameLocks").set("xmlns:a", DRAWING).set("noChangeAspect", "1");
    let inline =
        ["distT", "distB", "distL", "distR"].into_iter().fold(Element::new("wp:inline"), |e, side| e.set(side, "0"));
    let inline = inline
        .with(extent("wp:extent"))
        .with(described)
        .with(Element::new("wp:cNvGraphicFramePr").with(lock))
        .with(graphic);
    Element::new("w:r").with(Element::new("w:drawing").with(inline))
}

/// Says that a picture is there for the eye alone.
fn decorative() -> Element {
    let said = Element::new("adec:decorative").set("xmlns:adec", DECORATIVE).set("val", "1");
    let extension = Element::new("a:ext").set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}").with(said);
    Element::new("a:extLst").set("xmlns:a", DRAWING).with(extension)
}

/// Width and height in EMU: no larger than the picture is, and no larger than there is room for.
fn extent((width, height): (u32, u32), Room(across, down): Room) -> (i64, i64) {
    const PIXEL: i64 = 9_525;
    let (width, height) = (i64::from(width.max(1)) * PIXEL, i64::from(height.max(1)) * PIXEL);
    let (across, down) = (width.min(i64::from(across) * EMU), i64::from(down) * EMU);
    let high = height.saturating_mul(across) / width;
    if high <= down { (across, high.max(1)) } else { ((width.saturating_mul(down) / height).max(1), down) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_proportions_and_fits() {
        let widest = i64::from(WIDTH) * EMU;
        assert_eq!(extent((96, 48), Room::TEXT), (914_400, 457_200));
        assert_eq!(extent((4000, 2000), Room::TEXT), (widest, widest / 2));
        let highest = i64::from(Room::TEXT.1) * EMU;
        assert_eq!(extent((1000, 4000), Room::TEXT), (highest / 4, highest));
    }
}
