//! Drawings: pictures, boxes of text, and what no page can show.

use super::{
    Reader,
    tree::{Block, Inline, Marks, Picture, Role},
    xml::{Node, attribute, child, name, within, words},
};
use std::sync::Arc;

impl Reader<'_, '_> {
    /// What a drawing shows, in a line of text; what is in its boxes stands after the paragraph.
    pub(super) fn drawing(&mut self, node: Node<'_, '_>) -> Vec<Inline> {
        let mut out = Vec::new();
        let alt = described(node);
        let boxes: Vec<Node<'_, '_>> = node.descendants().filter(|inner| name(*inner) == "txbxContent").collect();
        // A box within a box is read with it.
        let outer = boxes.iter().filter(|inner| !inner.ancestors().skip(1).any(|above| boxes.contains(&above)));
        let mut has_box = false;
        for inner in outer {
            let blocks = self.nested(*inner);
            if !blocks.is_empty() {
                has_box = true;
                self.after.extend(blocks);
            }
        }
        if has_box {
            self.remark("What is in a box of text stands after the paragraph that the box was fixed to", "");
        }
        let in_box = |inner: &Node<'_, '_>| inner.ancestors().any(|above| name(above) == "txbxContent");
        let pictures: Vec<Node<'_, '_>> = node
            .descendants()
            .filter(|inner| ["blip", "imagedata"].contains(&name(*inner)) && !in_box(inner))
            .collect();
        for picture in &pictures {
            out.extend(self.picture(*picture, node, &alt));
        }
        if pictures.is_empty() && !has_box {
            out.extend(self.strange(node, &alt));
        }
        out
    }

    /// Blocks in a box, which are read apart from the paragraph around it.
    fn nested(&mut self, node: Node<'_, '_>) -> Vec<Block> {
        let (spot, fields) = (self.spot.clone(), std::mem::take(&mut self.fields));
        let after = std::mem::take(&mut self.after);
        let blocks = self.container(node);
        (self.spot, self.fields, self.after) = (spot, fields, after);
        blocks
    }

    fn picture(&mut self, blip: Node<'_, '_>, node: Node<'_, '_>, alt: &str) -> Option<Inline> {
        let id = ["embed", "id", "link", "relid"].iter().find_map(|wanted| attribute(blip, wanted))?;
        let shown = if alt.is_empty() { "without a description".to_owned() } else { format!("“{alt}”") };
        let relation = self.relations.get(id).cloned()?;
        if relation.is_outside {
            self.remark(
                format!("A picture ({shown}) lies outside the document, at {}, and was not taken", relation.target),
                "Put it into the document.",
            );
            return Some(Inline::Lost(format!("A picture was here that lies elsewhere: {shown}")));
        }
        let path = relation.target;
        let known = match self.known.get(&path) {
            Some(known) => *known,
            None => {
                let taken = self.taken(&path, node, &shown);
                self.known.insert(path, taken);
                taken
            }
        };
        Some(match known {
            Some(place) => Inline::Picture(place, alt.to_owned()),
            None => Inline::Lost(format!("A picture was here that could not be taken: {shown}")),
        })
    }

    /// The place of a picture whose file was taken out of the document.
    fn taken(&mut self, path: &str, node: Node<'_, '_>, shown: &str) -> Option<usize> {
        let bytes = match self.package.media(path) {
            Ok(bytes) => bytes,
            Err(why) => {
                self.remark(format!("A picture ({shown}) {why}, and was not taken"), "");
                return None;
            }
        };
        if is_drawing(&bytes) {
            self.remark(
                format!("A picture ({shown}) is a drawing or a page of the web (SVG, HTML), which can hold programs, and was not taken"),
                "Save it as PNG or JPEG, put that into the document, and import it again.",
            );
            return None;
        }
        let Some(ending) = ending(&bytes) else {
            let ending = path.rsplit('.').next().unwrap_or_default().to_uppercase();
            self.remark(
                format!("A picture ({shown}) is of the format {ending}, which no browser shows, and was not taken"),
                "Save it as PNG or JPEG, put that into the document, and import it again.",
            );
            return None;
        };
        let name = within(node, "docPr").and_then(|properties| attribute(properties, "name")).unwrap_or_default();
        self.made.pictures.push(Picture { name: name.trim().to_owned(), ending, bytes: Arc::from(bytes) });
        Some(self.made.pictures.len() - 1)
    }

    /// A drawing that is no picture: its words, where it has any.
    fn strange(&mut self, node: Node<'_, '_>, alt: &str) -> Vec<Inline> {
        let has = |wanted: &str| within(node, wanted).is_some();
        let (what, part) = match () {
            () if has("relIds") => ("A diagram (SmartArt)", "dm"),
            () if has("chart") => ("A chart", "id"),
            () if has("OLEObject") => ("Something embedded from another program", ""),
            () if has("contentPart") => ("Something drawn by hand", ""),
            () => ("A shape", ""),
        };
        let own = words(node);
        let inner = ["relIds", "chart"].iter().find_map(|wanted| attribute(within(node, wanted)?, part));
        let inner = inner.and_then(|id| self.relations.get(id)).map(|relation| relation.target.clone());
        let inner = inner
            .and_then(|path| self.package.text(&path).ok().flatten())
            .map(|text| spoken(&text))
            .unwrap_or_default();
        let lines: Vec<String> = inner.into_iter().chain(Some(own)).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() && alt.is_empty() && what == "A shape" {
            // A line or a frame: it says nothing.
            return Vec::new();
        }
        let said = if alt.is_empty() { lines.join("; ") } else { alt.to_owned() };
        let told = if lines.is_empty() { "was not taken" } else { "is in the page as a list of its words" };
        let help = "Put it in as a picture with a description, or write what it says.";
        let said_so = if said.is_empty() { String::new() } else { format!(": “{said}”") };
        self.remark(format!("{what} {told}{said_so}"), help);
        if !lines.is_empty() {
            let item = |line: String| {
                vec![Block::Paragraph { role: Role::Text, text: vec![Inline::Text(line, Marks::default())] }]
            };
            self.after.push(Block::List { start: None, items: lines.into_iter().map(item).collect() });
            return Vec::new();
        }
        vec![Inline::Lost(format!(
            "{what} was here{}",
            if alt.is_empty() { String::new() } else { format!(": {alt}") }
        ))]
    }
}

/// What a drawing shows, in the words of whoever put it there; empty for one that is there for the eye alone.
fn described(node: Node<'_, '_>) -> String {
    let is_decorative = within(node, "decorative").is_some_and(|said| attribute(said, "val") != Some("0"));
    if is_decorative {
        return String::new();
    }
    let properties = node.descendants().filter(|inner| ["docPr", "cNvPr", "shape"].contains(&name(*inner)));
    let said = properties.filter_map(|properties| {
        let said = attribute(properties, "descr").or_else(|| attribute(properties, "alt"));
        said.or_else(|| attribute(properties, "title")).map(str::trim).filter(|said| !said.is_empty())
    });
    let said = said.map(|said| said.split_whitespace().collect::<Vec<_>>().join(" "));
    said.map(|said| of_author(&said).to_owned()).next().unwrap_or_default()
}

/// A description without what Word put into it: how it came to it, or where somebody had the file, with their name.
fn of_author(said: &str) -> &str {
    const MADE: [&str; 2] = ["Description automatically generated", "AI-generated content may be incorrect"];
    const ENDINGS: [&str; 8] = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf"];
    let words = MADE.iter().fold(said, |said, made| said.split(made).next().unwrap_or_default());
    let is_path = words.contains(":\\") || words.starts_with("\\\\");
    let is_name = !words.contains(' ') && ENDINGS.iter().any(|ending| words.to_ascii_lowercase().ends_with(ending));
    if is_path || is_name { "" } else { words.trim() }
}

/// The lines of words in a part of a drawing: of the points of a diagram, or of the labels and figures of a chart.
fn spoken(text: &str) -> Vec<String> {
    let Ok(document) = roxmltree::Document::parse(text) else { return Vec::new() };
    let root = document.root_element();
    let points = root.descendants().filter(|node| name(*node) == "pt" && child(*node, "t").is_some());
    let lines: Vec<String> = points.map(words).filter(|line| !line.is_empty()).collect();
    if !lines.is_empty() {
        return lines;
    }
    let cached = |node: Node<'_, '_>| -> Vec<String> {
        let points = node.descendants().filter(|inner| name(*inner) == "v").filter_map(|inner| inner.text());
        points.map(|point| point.trim().to_owned()).collect()
    };
    let series = root.descendants().filter(|node| name(*node) == "ser");
    let of_series = |node: Node<'_, '_>| {
        let of = |wanted| child(node, wanted).map(cached).unwrap_or_default();
        let title = of("tx").join(" ");
        let rows = of("cat").into_iter().zip(of("val")).map(|(label, figure)| format!("{label}: {figure}"));
        let rows = rows.collect::<Vec<_>>().join(", ");
        if title.is_empty() { rows } else { format!("{title}: {rows}") }
    };
    let title = root.descendants().find(|node| name(*node) == "title").map(words);
    title.into_iter().chain(series.map(of_series)).collect()
}

/// True for a text where a picture should be: a drawing, or a page, that browsers would run the programs of.
fn is_drawing(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    bytes.starts_with(b"<")
}

/// The ending of files of pictures that browsers show, by their first bytes.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    Some(match () {
        () if starts(b"\x89PNG\r\n\x1a\n") => "png",
        () if starts(&[0xff, 0xd8, 0xff]) => "jpg",
        () if starts(b"GIF8") => "gif",
        () if starts(b"RIFF") && bytes.get(8..12).is_some_and(|word| word == b"WEBP") => "webp",
        () => return None,
    })
}
