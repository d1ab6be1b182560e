//! What in a drawing would take a browser or a printer all its time or memory, although the file is small.
//!
//! A part that is drawn again and again, in parts that are drawn again and again, is as costly as its author likes.

use super::{is_too_large, notes, whole};
use roxmltree::{Document, Node};
use std::{collections::HashMap, io::Cursor};

/// How deep parts may lie in each other, parts that are drawn again counted where they are drawn.
const DEEPEST: usize = 256;

/// How many parts are drawn, each as often as it is.
const MOST: u64 = 1_000_000;

const TOO_OFTEN: &str = "draws the same parts too often: more than a million in all";

/// How wide or high a drawing may be, in pixels of CSS.
pub(super) const WIDEST: f64 = 20_000.0;

/// How far from zero a number may be, and how near to it, if it is not zero. What programs draw is far from either;
/// what is left of their rounding is about 1e-17.
const FARTHEST: f64 = 1e8;
const NEAREST: f64 = 1e-20;

/// How wide or high a part may be at the least, in its own units.
const SMALLEST: f64 = 1e-6;

/// How many letters one text may have.
const LONGEST_TEXT: usize = 10_000;

/// How often a rule of a style sheet may be held against a part.
const MOST_MATCHES: usize = 20_000_000;

/// How many octaves of noise: beyond ten nobody sees the difference.
pub(super) const MOST_OCTAVES: u32 = 12;

/// How many steps a filter may have.
pub(super) const MOST_PRIMITIVES: usize = 40;

/// Why a drawing can't be shown, in words that follow its name; `None` for one that can.
pub(super) fn costly<'a>(document: &'a Document<'a>) -> Option<&'static str> {
    let elements = || document.descendants().filter(Node::is_element);
    drawn(document)
        .or_else(|| elements().find_map(extreme))
        .or_else(|| elements().find_map(filter))
        .or_else(|| elements().filter(|node| node.tag_name().name() == "text").find_map(text))
        .or_else(|| styles(elements))
        .or_else(|| pictures(document))
}

/// Numbers so large or so small that whoever draws them loses count, and sizes that nobody can see.
fn extreme(node: Node<'_, '_>) -> Option<&'static str> {
    const EXTREME: &str = "has a number in it that is too large or too small to draw";
    const NAMES: [&str; 4] = ["id", "class", "href", "font-family"];
    let attributes = || node.attributes().filter(|attribute| !NAMES.contains(&attribute.name()));
    let sheet = (node.tag_name().name() == "style").then(|| node.text()).flatten();
    let mut values = attributes().map(|attribute| attribute.value()).chain(sheet);
    let is_extreme = |number: f64| number.abs() > FARTHEST || (number != 0.0 && number.abs() < NEAREST);
    if values.any(|text| numbers(text).any(is_extreme)) {
        return Some(EXTREME);
    }
    let sizes = attributes().filter(|attribute| ["width", "height", "viewBox"].contains(&attribute.name()));
    let is_speck = |number: f64| number > 0.0 && number < SMALLEST;
    sizes.flat_map(|size| numbers(size.value())).any(is_speck).then_some(EXTREME)
}

/// The numbers in a value, a path or a style; those in colours and in names that `#` begins are none.
fn numbers(text: &str) -> impl Iterator<Item = f64> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|c: char| c.is_ascii_digit() || matches!(c, '#' | '.'))?;
            let found = rest.get(start..)?;
            if found.starts_with('#') {
                let name = found.get(1..)?;
                let end = name.find(|c: char| !c.is_alphanumeric() && !"-_".contains(c)).unwrap_or(name.len());
                rest = name.get(end..)?;
                continue;
            }
            let (number, after) = found.split_at(length(found.as_bytes()));
            rest = after;
            // A point that stands by itself is none.
            if let Ok(number) = number.parse() {
                return Some(number);
            }
        }
    })
}

/// How long the number is that a text starts with: figures, a point with more of them, an exponent.
fn length(text: &[u8]) -> usize {
    let figures = |from: usize| text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = figures(0);
    if text.get(end) == Some(&b'.') {
        end += 1 + figures(end + 1);
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = figures(end + 1 + sign);
        end += if exponent == 0 { 0 } else { 1 + sign + exponent };
    }
    end
}

/// A text is set as one piece.
fn text(node: Node<'_, '_>) -> Option<&'static str> {
    let letters: usize = node.descendants().filter(Node::is_text).filter_map(|part| part.text()).map(str::len).sum();
    (letters > LONGEST_TEXT).then_some("has a text of more than 10,000 letters in it")
}

/// Every rule of a style sheet is held against every part.
fn styles<'a, I: Iterator<Item = Node<'a, 'a>>>(elements: impl Fn() -> I) -> Option<&'static str> {
    let sheets = elements().filter(|node| node.tag_name().name() == "style");
    let rules: usize = sheets.filter_map(|sheet| sheet.text()).map(|css| css.matches('{').count()).sum();
    (rules.saturating_mul(elements().count()) > MOST_MATCHES).then_some("has too many styles for its many parts")
}

fn filter(node: Node<'_, '_>) -> Option<&'static str> {
    let octaves = || node.attribute("numOctaves").and_then(|number| number.trim().parse::<f64>().ok());
    let is_costly = match node.tag_name().name() {
        "filter" => node.children().filter(Node::is_element).count() > MOST_PRIMITIVES,
        "feTurbulence" => octaves().is_some_and(|octaves| octaves > f64::from(MOST_OCTAVES)),
        _ => false,
    };
    is_costly.then_some("has a filter, such as a shadow or noise, that would take too long to draw")
}

/// The pictures in the drawing, decoded together.
fn pictures(document: &Document<'_>) -> Option<&'static str> {
    let hrefs =
        document.descendants().flat_map(|node| node.attributes().filter(|attribute| attribute.name() == "href"));
    let mut pixels = 0u64;
    for href in hrefs.map(|href| href.value().trim()).filter(|href| href.starts_with("data:image/")) {
        let decoded = data_url::DataUrl::process(href).ok().and_then(|url| url.decode_to_vec().ok());
        let sized = decoded.and_then(|(file, _)| Some((imagesize::blob_size(&file).ok()?, file)));
        let Some((size, file)) = sized else { return Some("has a picture in it that can't be read") };
        pixels = pixels.saturating_add((size.width as u64).saturating_mul(size.height as u64));
        if is_too_large((u32::try_from(pixels).unwrap_or(u32::MAX), 1)) {
            return Some("has pictures in it that are too large for a page: together more than 50 million pixels");
        }
        let format = image::guess_format(&file).ok();
        if format.is_none_or(|format| !whole::is_whole(format, file.len() as u64, &mut Cursor::new(&file))) {
            return Some("has a picture in it that can't be read");
        }
        if notes::has_notes(&mut Cursor::new(&file)) {
            return Some("has a photograph in it with the notes of its camera, such as where it was taken");
        }
    }
    None
}

/// What is wrong with how deep and how often parts of the drawing are drawn.
fn drawn(document: &Document<'_>) -> Option<&'static str> {
    let names = Names::of(document);
    // By node: how many parts are drawn for it, and how deep they lie; nothing while that is being counted.
    let mut known: HashMap<usize, (u64, usize)> = HashMap::new();
    let mut open = vec![Open::new(document.root(), &names)];
    let mut named = 0;
    known.insert(document.root().id().get_usize(), (0, 0));
    // A stack of its own: what is counted may be deeper than that of the program.
    while let Some(last) = open.last_mut() {
        let Some(part) = last.parts.pop() else {
            let Some(Open { node, cost, height, .. }) = open.pop() else { break };
            known.insert(node, (cost, height));
            if let Some(above) = open.last_mut() {
                above.add(cost, height);
            }
            continue;
        };
        match known.get(&part.id().get_usize()) {
            // What draws itself is in the middle of it: (0, 0), and no browser draws it again.
            Some((cost, height)) => last.add(*cost, *height),
            None => {
                known.insert(part.id().get_usize(), (0, 0));
                let part = Open::new(part, &names);
                named += part.parts.len() as u64;
                if named > 4 * MOST {
                    return Some(TOO_OFTEN);
                }
                open.push(part);
            }
        }
    }
    let (cost, height) = known.get(&document.root().id().get_usize()).copied().unwrap_or_default();
    match () {
        () if height > DEEPEST => Some("has parts that lie too deep in each other"),
        () if cost > MOST => Some(TOO_OFTEN),
        () => None,
    }
}

/// A node that is being counted.
struct Open<'a> {
    node: usize,
    /// What is drawn for it and was not counted yet.
    parts: Vec<Node<'a, 'a>>,
    cost: u64,
    height: usize,
}

impl<'a> Open<'a> {
    fn new(node: Node<'a, 'a>, names: &Names<'a>) -> Self {
        let mut parts: Vec<_> = node.children().filter(Node::is_element).collect();
        parts.extend(names.drawn_for(node));
        Self { node: node.id().get_usize(), parts, cost: 1, height: 1 }
    }

    fn add(&mut self, cost: u64, height: usize) {
        self.cost = self.cost.saturating_add(cost);
        self.height = self.height.max(height.saturating_add(1));
    }
}

/// What parts of a drawing are called, and what its style sheets have drawn for them.
struct Names<'a> {
    ids: HashMap<&'a str, Node<'a, 'a>>,
    /// The ids that a style has drawn for elements of a name (`g`), of a class (`.a`), or an id (`#a`).
    styles: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Names<'a> {
    fn of(document: &'a Document<'a>) -> Self {
        let elements = || document.descendants().filter(Node::is_element);
        let mut styles: HashMap<&str, Vec<&str>> = HashMap::new();
        for sheet in elements().filter(|node| node.tag_name().name() == "style").filter_map(|node| node.text()) {
            for rule in sheet.split('}') {
                let Some((selectors, body)) = rule.rsplit_once('{') else { continue };
                for selector in selectors.split([',', ' ', '>', '\n', '\t']).filter(|part| !part.is_empty()) {
                    styles.entry(selector).or_default().extend(references(body));
                }
            }
        }
        Self { ids: elements().filter_map(|node| Some((node.attribute("id")?, node))).collect(), styles }
    }

    /// What is drawn for an element beside what lies in it.
    fn drawn_for(&self, node: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
        let mut wanted: Vec<&str> = Vec::new();
        for attribute in node.attributes() {
            match attribute.name() {
                "href" => wanted.extend(attribute.value().trim().strip_prefix('#')),
                "id" => {}
                _ => wanted.extend(references(attribute.value())),
            }
        }
        if !self.styles.is_empty() {
            let styles = |selector: &str| self.styles.get(selector).into_iter().flatten().copied().collect::<Vec<_>>();
            wanted.extend(styles(node.tag_name().name()));
            wanted.extend(styles("*"));
            let classes = node.attribute("class").unwrap_or_default().split_whitespace();
            wanted.extend(classes.flat_map(|class| styles(&format!(".{class}"))));
            wanted.extend(node.attribute("id").into_iter().flat_map(|id| styles(&format!("#{id}"))));
        }
        wanted.into_iter().filter_map(|id| self.ids.get(id).copied()).collect()
    }
}

/// The ids in `url(#id)` of a value or of styles.
fn references(css: &str) -> impl Iterator<Item = &str> {
    css.split("url(").skip(1).filter_map(|rest| {
        let inside = rest.split(')').next()?.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        inside.strip_prefix('#')
    })
}
