//! Drawings to pixels, with the fonts that the program carries: the same bytes on every machine.

use super::costly::{MOST_OCTAVES, MOST_PRIMITIVES};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Group, ImageHrefResolver, Indent, Node, Options, Tree, WriteOptions,
        filter::{Filter, Kind, Primitive},
        fontdb::Database,
    },
};
use std::sync::{Arc, OnceLock};

/// Names the way in which this version of the program draws. What is drawn in another way is another file.
pub const DRAWING_VERSION: &str = "drawing 1";

/// The family that text in drawings is set in, whatever family they name.
const FAMILY: &str = "Noto Sans";

/// How wide or high what a filter draws may be, in units of the drawing.
const WIDEST_FILTER: f32 = 4000.0;

/// How often the whole drawing may be drawn for what lies over its other parts: some seconds of work.
const MOST_LAYERS: f64 = 200.0;

/// An SVG drawing as PNG, stretched to this width and height.
///
/// # Errors
/// Why it can't be drawn, in the words of the parser.
pub fn png(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, String> {
    let tree = tree(svg, &options())?;
    let mut pixels = Pixmap::new(width, height).ok_or("it has no size")?;
    // Sides of pictures are small enough for a float to hold them exactly.
    let scale = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, scale, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}

/// The same drawing with nothing but shapes and the pictures in it: no script, no link to a file, and its words drawn
/// with the fonts that the program carries.
///
/// # Errors
/// As of [`png`].
pub fn shapes(svg: &str) -> Result<String, String> {
    let mut options = options();
    options.image_href_resolver.resolve_data = ImageHrefResolver::default_data_resolver();
    Ok(tree(svg, &options)?.to_string(&WriteOptions {
        preserve_text: false,
        indent: Indent::None,
        ..WriteOptions::default()
    }))
}

/// The drawing, where it can be drawn in good time.
fn tree(svg: &str, options: &Options<'_>) -> Result<Tree, String> {
    let tree = Tree::from_str(svg, options).map_err(|error| error.to_string())?;
    if tree.filters().iter().any(|filter| is_costly(filter)) {
        return Err("it has a filter, such as a shadow or noise, that would take too long to draw".to_owned());
    }
    let canvas = f64::from(tree.size().width()) * f64::from(tree.size().height());
    if layers(tree.root(), canvas) > MOST_LAYERS * canvas {
        return Err("it has too many layers, shadows or transparent parts to be drawn in good time".to_owned());
    }
    Ok(tree)
}

/// How many pixels are drawn for layers that are laid over others, in pixels of the drawing, at most `canvas` for each.
fn layers(group: &Group, canvas: f64) -> f64 {
    let groups =
        group.children().iter().filter_map(|node| if let Node::Group(group) = node { Some(group) } else { None });
    groups.map(|group| own_layer(group, canvas) + layers(group, canvas)).sum()
}

fn own_layer(group: &Group, canvas: f64) -> f64 {
    if !group.should_isolate() {
        return 0.0;
    }
    let bounds = group.abs_layer_bounding_box();
    let area = (f64::from(bounds.width()) * f64::from(bounds.height())).min(canvas);
    let primitives = group.filters().iter().flat_map(|filter| filter.primitives());
    let steps: f64 = primitives.map(|primitive| weight(primitive.kind())).sum();
    area * (1.0 + steps)
}

/// How many pixels are looked at for one that a step of a filter gives.
fn weight(kind: &Kind) -> f64 {
    match kind {
        Kind::GaussianBlur(_) | Kind::DropShadow(_) => 10.0,
        Kind::Turbulence(noise) => 10.0 * f64::from(noise.num_octaves()),
        Kind::Morphology(step) => {
            (2.0 * f64::from(step.radius_x().get()) + 1.0) * (2.0 * f64::from(step.radius_y().get()) + 1.0)
        }
        Kind::ConvolveMatrix(step) => f64::from(step.matrix().columns()) * f64::from(step.matrix().rows()),
        _ => 1.0,
    }
}

/// True for a filter that a few letters make as costly as they like: it is drawn pixel by pixel, and each octave of
/// noise is drawn anew (SVG 1.1, section 15.24).
fn is_costly(filter: &Filter) -> bool {
    let (width, height) = (filter.rect().width(), filter.rect().height());
    let is_costly = |primitive: &Primitive| match primitive.kind() {
        Kind::Turbulence(noise) => noise.num_octaves() > MOST_OCTAVES,
        _ => false,
    };
    width.max(height) > WIDEST_FILTER
        || filter.primitives().len() > MOST_PRIMITIVES
        || filter.primitives().iter().any(is_costly)
}

/// An icon of one size in the format of Windows, which may hold a PNG.
///
/// # Errors
/// As of [`png`].
pub fn ico(svg: &str, size: u8) -> Result<Vec<u8>, String> {
    let png = png(svg, size.into(), size.into())?;
    let length = u32::try_from(png.len()).map_err(|error| error.to_string())?.to_le_bytes();
    let head = [0, 0, 1, 0, 1, 0, size, size, 0, 0, 1, 0, 32, 0];
    // Where the picture starts: behind these 22 bytes.
    Ok([&head[..], &length, &[22, 0, 0, 0], &png].concat())
}

fn options() -> Options<'static> {
    Options {
        font_family: FAMILY.to_owned(),
        fontdb: fonts(),
        // A drawing shows itself: no file of the disk gets into it.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let loaded = || {
        let mut fonts = Database::new();
        fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
        fonts.load_font_data(notosans::BOLD_TTF.to_vec());
        fonts.set_sans_serif_family(FAMILY);
        fonts.set_serif_family(FAMILY);
        fonts.set_monospace_family(FAMILY);
        Arc::new(fonts)
    };
    FONTS.get_or_init(loaded).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'>";

    #[test]
    fn a_filter_may_cast_a_shadow_and_not_hold_the_build() {
        let drawing = |filter: &str, width: &str| {
            let shape = format!("<rect filter='url(#f)' width='{width}' height='9'/>");
            let drawing = format!("{HEAD}<filter id='f'>{filter}</filter>{shape}</svg>");
            assert_eq!(png(&drawing, 20, 10).err(), shapes(&drawing).err());
            shapes(&drawing)
        };
        let noise = |octaves: u32| format!("<feTurbulence baseFrequency='0.05' numOctaves='{octaves}'/>");
        let shadow = "<feDropShadow dx='1' dy='1' stdDeviation='2'/>";
        assert!(drawing(shadow, "9").is_ok() && drawing(&noise(3), "9").is_ok());
        for refused in [drawing(&noise(1_000_000), "9"), drawing(shadow, "99999999"), drawing(&shadow.repeat(99), "9")]
        {
            assert!(refused.unwrap_err().contains("filter"));
        }
    }

    #[test]
    fn a_drawing_has_the_size_asked_for_and_words_in_it_are_seen() {
        let drawn = |inside: &str| png(&format!("{HEAD}{inside}</svg>"), 200, 100).unwrap();
        let words = drawn("<text y='9' font-size='10' font-family='No such font'>W</text>");
        assert_eq!(&words[16..24], [0, 0, 0, 200, 0, 0, 0, 100]);
        assert_ne!(words, drawn(""));
        for strange in ["\u{4e16}", "\u{1f600}", "\u{5d0}"] {
            drawn(&format!("<text y='9' font-size='10'>{strange}</text>"));
        }
        assert!(png("<svg", 10, 10).is_err() && png("<html/>", 10, 10).is_err());
    }

    #[test]
    fn no_file_gets_into_a_drawing() {
        let icon = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/civic/static/icon.svg");
        let outer = format!("{HEAD}<image href='{icon}' width='20' height='10'/></svg>");
        assert_eq!(png(&outer, 20, 10).unwrap(), png(&format!("{HEAD}</svg>"), 20, 10).unwrap());
        let plain =
            shapes(&outer.replace("<image", "<script>1</script><text y='9' font-size='10'>W</text><image")).unwrap();
        assert!(
            plain.contains("<path") && !["icon", "script", "<text"].iter().any(|part| plain.contains(part)),
            "{plain}"
        );
    }

    #[test]
    fn an_icon_is_a_png_behind_22_bytes() {
        let svg = format!("{HEAD}</svg>");
        let (icon, png) = (ico(&svg, 32).unwrap(), png(&svg, 32, 32).unwrap());
        assert_eq!((&icon[..8], &icon[22..]), (&[0, 0, 1, 0, 1, 0, 32, 32][..], &png[..]));
        assert_eq!(icon[14..18], (png.len() as u32).to_le_bytes());
    }
}
