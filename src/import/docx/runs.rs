//! Running text.

use super::{
    Reader,
    fields::Field,
    signs,
    styles::has_code,
    tree::{Inline, Marks},
    xml::{Node, attribute, child, name, switch, value, word},
};

/// Running text as it is gathered.
#[derive(Default)]
pub(super) struct Text {
    pub(super) out: Vec<Inline>,
    /// Bookmarks that begin in it.
    anchors: Vec<String>,
}

impl Text {
    /// Where the next piece begins, which no words before it grow into.
    pub(super) fn begin(&mut self) -> usize {
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
        self.link(address, start, text);
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
        let told = format!("A formula is in the page as plain characters: “{words}”");
        self.remark(told, "Look whether it still says what it should.");
        vec![Inline::Text(words, Marks::default())]
    }

    fn run(&mut self, node: Node<'_, '_>, base: Marks, text: &mut Text) {
        let properties = child(node, "rPr");
        let style = properties.and_then(|properties| value(properties, "rStyle"));
        let switched = |wanted| properties.and_then(|properties| switch(properties, wanted));
        if switched("vanish") == Some(true) || switched("webHidden") == Some(true) {
            let words = super::xml::words(node);
            if !words.is_empty() && self.contents_open().is_none() {
                self.remark(format!("Hidden words were left out: “{words}”"), "");
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
                let words = signs::clean(inner.text().unwrap_or_default());
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
            "commentReference" => {
                let id = attribute(inner, "id").unwrap_or_default().to_owned();
                self.commented.insert(id, self.spot.clone());
            }
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
        let Some(is_raised) = is_raised.filter(|_| !signs::says_the_same_on_the_line(&words)) else { return words };
        signs::shifted(&words, is_raised).unwrap_or_else(|| {
            let place = if is_raised { "above" } else { "below" };
            let told = format!("“{words}” stands {place} the line in the document, and on it in the page");
            self.remark(told, "Look whether it still says what it should.");
            words
        })
    }

    fn note(&mut self, source: &'static str, node: Node<'_, '_>, text: &mut Text) {
        let Some(id) = attribute(node, "id") else { return };
        let next = self.places.len();
        let place = *self.places.entry((source, id.to_owned())).or_insert(next);
        if place == next {
            self.named.push(self.spot.clone());
            self.made.notes.push(Vec::new());
        }
        text.out.push(Inline::Note(place));
    }

    /// A sign by its number in a font.
    fn symbol(&mut self, node: Node<'_, '_>, marks: Marks, text: &mut Text) {
        match signs::of_font(node) {
            Some(sign) => text.words(&sign.to_string(), marks),
            None => {
                let font = attribute(node, "font").unwrap_or("another font");
                self.remark(format!("A sign of the font {font} is not in the page: no other font has it"), "");
            }
        }
    }
}
