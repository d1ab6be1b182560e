//! Blocks: paragraphs, tables, and what holds them.

use super::{
    Reader,
    lists::{Piece, grouped},
    styles,
    tree::{Block, Inline, Repeats, Role, Spot, words},
    xml::{Node, attribute, child, name, value, word},
};

/// What stands before the words of a paragraph and belongs to it.
#[derive(Default)]
pub(super) struct Begun {
    /// Words of paragraphs before it that end in it: their marks were deleted, or they are its large first letter.
    text: Vec<Inline>,
    /// Bookmarks.
    anchors: Vec<String>,
}

/// What people call a table of contents, above one that is left out.
const CONTENTS: [&str; 3] = ["contents", "table of contents", "cynnwys"];

impl Reader<'_, '_> {
    /// The blocks in a body, a cell, a note or a control.
    pub(super) fn container(&mut self, node: Node<'_, '_>) -> Vec<Block> {
        let outer = std::mem::take(&mut self.begun);
        let mut pieces = Vec::new();
        self.pieces(node, &mut pieces);
        self.end_begun(&mut pieces);
        self.begun = outer;
        grouped(pieces)
    }

    /// Makes what was begun a paragraph of its own, where none follows that it could be the beginning of.
    fn end_begun(&mut self, out: &mut Vec<Piece>) {
        let text = std::mem::take(&mut self.begun.text);
        if !text.is_empty() {
            out.push(Piece::of(Block::Paragraph { role: Role::Text, text }));
        }
    }

    fn pieces(&mut self, node: Node<'_, '_>, out: &mut Vec<Piece>) {
        for child in node.children().filter(Node::is_element) {
            if matches!(word(child), "tbl" | "sdt") {
                self.end_begun(out);
            }
            match word(child) {
                "p" => self.paragraph(child, out),
                "bookmarkStart" => self.begun.anchors.extend(attribute(child, "name").map(str::to_owned)),
                "tbl" => self.table(child, out),
                "sdt" => self.block_control(child, out),
                "ins" | "moveTo" => {
                    self.changes += 1;
                    self.pieces(child, out);
                }
                "del" | "moveFrom" => self.changes += 1,
                "customXml" | "smartTag" => self.pieces(child, out),
                "altChunk" => self.remark("Another document is embedded here, and was not taken", ""),
                _ if name(child) == "AlternateContent" => {
                    let chosen = super::xml::child(child, "Choice").or_else(|| super::xml::child(child, "Fallback"));
                    chosen.into_iter().for_each(|chosen| self.pieces(chosen, out));
                }
                _ if name(child) == "oMathPara" => {
                    let text = self.formula(child);
                    out.push(Piece::of(Block::Paragraph { role: Role::Text, text }));
                }
                _ => {}
            }
        }
    }

    fn block_control(&mut self, node: Node<'_, '_>, out: &mut Vec<Piece>) {
        let Some(content) = child(node, "sdtContent") else { return };
        if super::xml::within(node, "docPartGallery").and_then(|part| super::xml::attribute(part, "val"))
            == Some("Table of Contents")
        {
            self.leave_contents_out(out);
            return;
        }
        let control = self.control(node);
        if control.tag.is_empty() && control.alias.is_empty() && control.repeats == Repeats::No {
            return self.pieces(content, out);
        }
        let blocks = self.container(content);
        out.push(Piece::of(Block::Control(control, blocks)));
    }

    fn paragraph(&mut self, node: Node<'_, '_>, out: &mut Vec<Piece>) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|properties| value(properties, "pStyle")).unwrap_or("Normal").to_owned();
        let mut role = self.styles.role(&style);
        let outline = properties.and_then(|properties| super::xml::number::<u8>(properties, "outlineLvl"));
        if let (Some(level @ ..9), Role::Text) = (outline, role) {
            role = Role::Heading(level + 1);
        }
        self.move_to(role, &super::xml::words(node));
        let had_contents = self.contents;
        let (mut text, mut anchors) = self.runs(node);
        if goes_on(properties) {
            self.changes += usize::from(is_joined(properties));
            self.begun.text.append(&mut text);
            self.begun.anchors.append(&mut anchors);
            return;
        }
        let mut begun = std::mem::take(&mut self.begun);
        begun.text.append(&mut text);
        begun.anchors.append(&mut anchors);
        let Begun { text, anchors } = begun;
        let mark = self.mark(properties, &style);
        let left = properties.and_then(styles::left).unwrap_or_else(|| self.styles.left(&style));
        let boxes = std::mem::take(&mut self.after);
        if (role == Role::Contents && !words(&text).trim().is_empty()) || (self.contents && !had_contents) {
            self.leave_contents_out(out);
        }
        if role != Role::Contents {
            let is_blank =
                text.iter().all(|inline| matches!(inline, Inline::Text(words, _) if words.trim().is_empty()));
            let has_line = properties.is_some_and(|properties| {
                child(properties, "pBdr").and_then(|border| child(border, "bottom")).is_some()
            });
            match role {
                _ if is_blank && (role == Role::Rule || (has_line && matches!(role, Role::Text))) => {
                    out.push(Piece::of(Block::Rule));
                }
                // Paragraphs of nothing are there for the space.
                _ if is_blank && role == Role::Code => out.push(Piece::of(Block::Code(String::new()))),
                _ if is_blank => out.push(Piece::gap()),
                Role::Heading(level) => out.push(Piece::of(Block::Heading { level, anchors, text })),
                Role::Code => out.push(Piece::of(Block::Code(words(&text)))),
                Role::Quote if mark.is_none() => {
                    out.push(Piece::of(Block::Quote(vec![Block::Paragraph { role: Role::Text, text }])));
                }
                role => out.push(Piece { block: Some(Block::Paragraph { role, text }), mark, left }),
            }
        }
        out.extend(boxes.into_iter().map(Piece::of));
    }

    /// Notes where the reader is: in a paragraph of these words.
    fn move_to(&mut self, role: Role, all: &str) {
        let is_question = role == Role::Label && self.made.form.is_some();
        let (heading, words) = match role {
            Role::Heading(_) | Role::Title => (first_words(all), String::new()),
            _ if is_question => (first_words(all.split(" (").next().unwrap_or_default()), String::new()),
            _ => (std::mem::take(&mut self.spot.heading), first_words(all)),
        };
        self.spot = match &self.of_note {
            Some(named) => Spot { words, ..named.clone() },
            None => Spot { heading, words, number: self.made.spots.len() + 1 },
        };
        if self.of_note.is_none() {
            self.made.spots.push(self.spot.clone());
        }
    }

    /// Leaves a table of contents out, with what it is called.
    fn leave_contents_out(&mut self, out: &mut Vec<Piece>) {
        self.contents = true;
        let name = out.iter().rposition(|piece| piece.block.is_some());
        let is_name = |piece: &Piece| match &piece.block {
            Some(Block::Heading { text, .. } | Block::Paragraph { text, .. }) => {
                CONTENTS.contains(&words(text).trim().to_lowercase().as_str())
            }
            _ => false,
        };
        if let Some(place) = name.filter(|place| out.get(*place).is_some_and(is_name)) {
            out.remove(place);
        }
    }

    /// How a paragraph is marked, by its own properties or by those of its style.
    fn mark(&mut self, properties: Option<Node<'_, '_>>, style: &str) -> Option<super::numbering::Mark> {
        let own = properties.and_then(|properties| child(properties, "numPr"));
        let (of_style, level_of_style) = self.styles.numbering(style);
        let list = own.and_then(|own| super::xml::number(own, "numId")).or(of_style)?;
        let level: Option<usize> = own.and_then(|own| super::xml::number(own, "ilvl")).or(level_of_style);
        if matches!(self.styles.role(style), Role::Heading(_)) {
            return None;
        }
        self.numbering.mark(list, level.unwrap_or(0).min(super::lists::DEEPEST))
    }
}

/// True for a paragraph that ends within the next one: its mark was deleted, or it is the large letter that a paragraph
/// begins with.
fn goes_on(properties: Option<Node<'_, '_>>) -> bool {
    let frame = properties.and_then(|properties| child(properties, "framePr"));
    let is_letter = frame.and_then(|frame| attribute(frame, "dropCap")).is_some_and(|set| set != "none");
    is_letter || is_joined(properties)
}

/// True for a paragraph whose mark was deleted, or moved away, as a tracked change.
fn is_joined(properties: Option<Node<'_, '_>>) -> bool {
    let mark = properties.and_then(|properties| child(properties, "rPr"));
    mark.is_some_and(|mark| child(mark, "del").or_else(|| child(mark, "moveFrom")).is_some())
}

/// The beginning of a text, to find it by.
pub fn first_words(text: &str) -> String {
    const MOST: usize = 8;
    let mut words = text.split_whitespace();
    let first = words.by_ref().take(MOST).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("{first} …") } else { first }
}
