//! Running text.

use super::{
    Reader,
    styles::has_code,
    tree::{Inline, Marks},
    xml::{Node, attribute, child, name, switch, value, word},
};

/// A field of Word's own, such as a link or a number of a page, while it is open.
pub(super) struct Field {
    /// What it is: `HYPERLINK "https://…"`.
    code: String,
    /// True once what it shows has begun.
    shows: bool,
    /// Where that began in the paragraph.
    start: usize,
}

/// Running text as it is gathered.
#[derive(Default)]
struct Text {
    out: Vec<Inline>,
    /// Bookmarks that begin in it.
    anchors: Vec<String>,
}

impl Text {
    /// Where the next piece begins, which no words before it grow into.
    fn begin(&mut self) -> usize {
        self.out.push(Inline::Text(String::new(), Marks::default()));
        self.out.len() - 1
    }

    fn words(&mut self, words: &str, marks: Marks) {
        if words.is_empty() {
            return;
        }
        match self.out.last_mut() {
            Some(Inline::Text(last, known)) if *known == marks => last.push_str(words),
            _ => self.out.push(Inline::Text(words.to_owned(), marks)),
        }
    }
}

impl Reader<'_, '_> {
    /// The words of a paragraph, and its bookmarks.
    pub(super) fn runs(&mut self, paragraph: Node<'_, '_>) -> (Vec<Inline>, Vec<String>) {
        let mut text = Text::default();
        self.fields.iter_mut().for_each(|field| field.start = 0);
        self.within(paragraph, Marks::default(), &mut text);
        // A link that goes on in the next paragraph is one in each.
        for place in (0..self.fields.len()).rev() {
            self.link_field(place, &mut text);
        }
        text.out.retain(|inline| !matches!(inline, Inline::Text(words, _) if words.is_empty()));
        (text.out, text.anchors)
    }

    /// What stands in a paragraph, a link, a control.
    fn within(&mut self, node: Node<'_, '_>, base: Marks, text: &mut Text) {
        for inner in node.children().filter(Node::is_element) {
            match word(inner) {
                "r" => self.run(inner, base, text),
                "hyperlink" => self.hyperlink(inner, base, text),
                "ins" | "moveTo" => {
                    self.changes += 1;
                    self.within(inner, base, text);
                }
                "del" | "moveFrom" => self.changes += 1,
                "fldSimple" => {
                    let start = text.begin();
                    let code = attribute(inner, "instr").unwrap_or_default().to_owned();
                    self.within(inner, base, text);
                    self.fields.push(Field { code, shows: true, start });
                    self.end_field(text);
                }
                "sdt" => self.inline_control(inner, base, text),
                "bookmarkStart" => text.anchors.extend(attribute(inner, "name").map(str::to_owned)),
                "smartTag" | "customXml" | "dir" | "bdo" => self.within(inner, base, text),
                _ => match name(inner) {
                    "oMath" | "oMathPara" => {
                        let formula = self.formula(inner);
                        text.out.extend(formula);
                    }
                    "AlternateContent" => {
                        let chosen = child(inner, "Choice").or_else(|| child(inner, "Fallback"));
                        chosen.into_iter().for_each(|chosen| self.within(chosen, base, text));
                    }
                    _ => {}
                },
            }
        }
    }

    fn hyperlink(&mut self, node: Node<'_, '_>, base: Marks, text: &mut Text) {
        let start = text.begin();
        self.within(node, base, text);
        let outside =
            attribute(node, "id").and_then(|id| self.relations.get(id)).map(|relation| relation.target.clone());
        let anchor = attribute(node, "anchor").or_else(|| attribute(node, "docLocation"));
        let address = match (outside, anchor) {
            (Some(address), Some(anchor)) if !address.contains('#') => format!("{address}#{anchor}"),
            (Some(address), _) => address,
            (None, Some(anchor)) => format!("#{anchor}"),
            (None, None) => return,
        };
        link(address, start, text);
    }

    fn inline_control(&mut self, node: Node<'_, '_>, base: Marks, text: &mut Text) {
        let Some(content) = child(node, "sdtContent") else { return };
        let control = self.control(node);
        if control.tag.is_empty() && control.alias.is_empty() && control.ticked.is_none() {
            return self.within(content, base, text);
        }
        let mut inner = Text::default();
        self.within(content, base, &mut inner);
        text.anchors.append(&mut inner.anchors);
        text.out.push(Inline::Control(control, inner.out));
    }

    /// A formula in a line of words.
    pub(super) fn formula(&mut self, node: Node<'_, '_>) -> Vec<Inline> {
        let words: String =
            node.descendants().filter(|inner| name(*inner) == "t").filter_map(|inner| inner.text()).collect();
        self.remark(format!(
            "A formula is in the page as plain characters: “{words}”. Look whether it still says what it should."
        ));
        vec![Inline::Text(words, Marks::default())]
    }

    fn run(&mut self, node: Node<'_, '_>, base: Marks, text: &mut Text) {
        let properties = child(node, "rPr");
        let style = properties.and_then(|properties| value(properties, "rStyle"));
        let switched = |wanted| properties.and_then(|properties| switch(properties, wanted));
        if switched("vanish") == Some(true) || switched("webHidden") == Some(true) {
            let words = super::xml::words(node);
            if !words.is_empty() && self.contents_open().is_none() {
                self.remark(format!("Hidden words were left out: “{words}”."));
            }
            return;
        }
        let of_style = style.map(|style| self.styles.marks(style)).unwrap_or_default();
        let marks = Marks {
            strong: base.strong || switched("b").unwrap_or(of_style.strong),
            emphasis: base.emphasis || switched("i").unwrap_or(of_style.emphasis),
            struck: base.struck || switched("strike").or(switched("dstrike")).unwrap_or(of_style.struck),
            code: base.code || of_style.code || properties.is_some_and(has_code),
            placeholder: base.placeholder || of_style.placeholder,
        };
        let is_raised = match properties.and_then(|properties| value(properties, "vertAlign")) {
            Some("superscript") => Some(true),
            Some("subscript") => Some(false),
            _ => None,
        };
        let is_note = style.is_some_and(|style| self.styles.is_note(style));
        for inner in node.children().filter(Node::is_element) {
            self.piece(inner, marks, is_raised, is_note, text);
        }
    }

    fn piece(&mut self, inner: Node<'_, '_>, marks: Marks, is_raised: Option<bool>, is_note: bool, text: &mut Text) {
        let kind = word(inner);
        if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
            // What a field is made of is no text.
            match kind {
                "instrText" => field.code.push_str(inner.text().unwrap_or_default()),
                "fldChar" => self.field(inner, text),
                _ => {}
            }
            return;
        }
        if kind != "fldChar" && self.contents_open().is_some() {
            self.contents = true;
            return;
        }
        match kind {
            "t" => {
                let words = clean(inner.text().unwrap_or_default());
                match words.trim().parse::<usize>() {
                    // Where a note is named again, a document of ours has its number.
                    Ok(number) if is_note && (1..=self.places.len()).contains(&number) => {
                        text.out.push(Inline::Note(number - 1))
                    }
                    _ => {
                        let words = self.shifted(words, is_raised);
                        text.words(&words, marks);
                    }
                }
            }
            "tab" | "ptab" => text.words("\t", marks),
            "noBreakHyphen" => text.words("-", marks),
            "br" if matches!(attribute(inner, "type"), Some("page" | "column")) => {}
            "br" | "cr" => text.out.push(Inline::Break),
            "sym" => self.symbol(inner, marks, text),
            "footnoteReference" => self.note("footnotes", inner, text),
            "endnoteReference" => self.note("endnotes", inner, text),
            "fldChar" => self.field(inner, text),
            "ruby" => {
                let base = child(inner, "rubyBase").map(super::xml::words).unwrap_or_default();
                text.words(&base, marks);
            }
            "drawing" | "pict" | "object" => {
                let found = self.drawing(inner);
                text.out.extend(found);
            }
            _ if name(inner) == "AlternateContent" => {
                let chosen = child(inner, "Choice").or_else(|| child(inner, "Fallback"));
                for inner in chosen.into_iter().flat_map(|chosen| chosen.children().filter(Node::is_element)) {
                    self.piece(inner, marks, is_raised, is_note, text);
                }
            }
            _ => {}
        }
    }

    /// Words as they stand above or below the line, where there are signs for that; else it is told.
    fn shifted(&mut self, words: String, is_raised: Option<bool>) -> String {
        let Some(is_raised) = is_raised.filter(|_| !words.trim().is_empty() && !ENDS.contains(&words.trim())) else {
            return words;
        };
        shifted(&words, is_raised).unwrap_or_else(|| {
            let place = if is_raised { "above" } else { "below" };
            self.remark(format!(
                "“{words}” stands {place} the line in the document, and on it in the page. Look whether it still says \
                 what it should."
            ));
            words
        })
    }

    fn note(&mut self, source: &'static str, node: Node<'_, '_>, text: &mut Text) {
        let Some(id) = attribute(node, "id") else { return };
        let next = self.places.len();
        let place = *self.places.entry((source, id.to_owned())).or_insert(next);
        if place == next {
            self.made.notes.push(Vec::new());
        }
        text.out.push(Inline::Note(place));
    }

    /// A sign by its number in a font, of which only those of Unicode can be told.
    fn symbol(&mut self, node: Node<'_, '_>, marks: Marks, text: &mut Text) {
        let code = attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c) && !c.is_control()) {
            Some(sign) => text.words(&sign.to_string(), marks),
            None => {
                let font = attribute(node, "font").unwrap_or("another font");
                self.remark(format!("A sign of the font {font} is not in the page: no other font has it."));
            }
        }
    }

    /// The beginning, the middle or the end of a field.
    fn field(&mut self, node: Node<'_, '_>, text: &mut Text) {
        match attribute(node, "fldCharType") {
            Some("begin") => self.fields.push(Field { code: String::new(), shows: false, start: text.out.len() }),
            Some("separate") => {
                let start = text.begin();
                if let Some(field) = self.fields.last_mut() {
                    (field.shows, field.start) = (true, start);
                }
            }
            Some("end") => self.end_field(text),
            _ => {}
        }
    }

    fn end_field(&mut self, text: &mut Text) {
        if let Some(place) = self.fields.len().checked_sub(1) {
            self.link_field(place, text);
            self.fields.pop();
        }
    }

    /// Makes what a field shows a link, where it is one.
    fn link_field(&mut self, place: usize, text: &mut Text) {
        let Some(Field { code, shows: true, start }) = self.fields.get(place) else { return };
        let mut parts = code.split('"');
        let is_link =
            parts.next().is_some_and(|first| first.trim_start().to_ascii_uppercase().starts_with("HYPERLINK"));
        if !is_link || *start >= text.out.len() {
            return;
        }
        let is_inside = code.split('"').next().is_some_and(|first| first.contains("\\l"));
        let first = parts.next().unwrap_or_default().trim();
        let second = parts.nth(1).unwrap_or_default().trim();
        let address = match (is_inside, second) {
            (true, _) => format!("#{first}"),
            (false, "") => first.to_owned(),
            (false, anchor) => format!("{first}#{anchor}"),
        };
        link(address, *start, text);
    }

    /// The field that makes a table of contents, where one is open.
    fn contents_open(&self) -> Option<&Field> {
        self.fields.iter().find(|field| {
            let code = field.code.trim_start();
            field.shows && ["TOC ", "INDEX ", "TOA "].iter().any(|name| code.starts_with(name))
        })
    }
}

/// Makes what was gathered from a place on a link.
fn link(address: String, start: usize, text: &mut Text) {
    let mut inner = text.out.split_off(start.min(text.out.len()));
    inner.retain(|inline| !matches!(inline, Inline::Text(words, _) if words.is_empty()));
    if !inner.is_empty() {
        text.out.push(Inline::Link(address, inner));
    }
}

/// Words without what Word puts into them for its own lines: soft hyphens, spaces and hyphens that hold words together,
/// and signs that nobody sees.
fn clean(words: &str) -> String {
    let seen = |c: &char| {
        !matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}'
        )
    };
    let plain = |c: char| match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => ' ',
        '\u{2011}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201b}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201f}' => '"',
        c => c,
    };
    words.chars().filter(seen).map(plain).filter(|c| !crate::portable::is_control(*c)).collect()
}

/// The signs that stand high, and those that stand low, by themselves, with those that stand on the line.
const RAISED: (&str, &str) = ("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ");
const LOWERED: (&str, &str) = ("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎");

/// The ends of numbers, which say the same on the line.
const ENDS: [&str; 7] = ["st", "nd", "rd", "th", "TM", "®", "©"];

/// Words that are raised or lowered, as in m² and H₂O, by the signs that are so by themselves; nothing where there are
/// none.
fn shifted(words: &str, is_raised: bool) -> Option<String> {
    let (plain, set) = if is_raised { RAISED } else { LOWERED };
    let sign = |c: char| if c.is_whitespace() { Some(c) } else { set.chars().nth(plain.chars().position(|p| p == c)?) };
    words.chars().map(sign).collect()
}
