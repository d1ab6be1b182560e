//! Blocks: paragraphs, tables, and what holds them.

use super::{
    Reader,
    lists::{Piece, grouped},
    styles,
    tree::{Block, Inline, Repeats, Role, words},
    xml::{Node, child, name, value, word},
};

impl Reader<'_, '_> {
    /// The blocks in a body, a cell, a note or a control.
    pub(super) fn container(&mut self, node: Node<'_, '_>) -> Vec<Block> {
        let mut pieces = Vec::new();
        self.pieces(node, &mut pieces);
        grouped(pieces)
    }

    fn pieces(&mut self, node: Node<'_, '_>, out: &mut Vec<Piece>) {
        for child in node.children().filter(Node::is_element) {
            match word(child) {
                "p" => self.paragraph(child, out),
                "tbl" => self.table(child, out),
                "sdt" => self.block_control(child, out),
                "ins" | "moveTo" => {
                    self.changes += 1;
                    self.pieces(child, out);
                }
                "del" | "moveFrom" => self.changes += 1,
                "customXml" | "smartTag" => self.pieces(child, out),
                "altChunk" => self.remark("Another document is embedded here, and was not taken."),
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
            self.contents = true;
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
        let all: String = super::xml::words(node);
        self.spot.words = first_words(&all);
        if matches!(role, Role::Heading(_) | Role::Title) {
            self.spot = super::Spot { heading: first_words(&all), words: String::new() };
        }
        let mark = self.mark(properties, &style);
        let left = properties.and_then(styles::left).unwrap_or_else(|| self.styles.left(&style));
        let (text, anchors) = self.runs(node);
        let boxes = std::mem::take(&mut self.after);
        if role == Role::Contents {
            self.contents |= !words(&text).trim().is_empty();
        } else {
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

/// The beginning of a text, to find it by.
fn first_words(text: &str) -> String {
    const MOST: usize = 8;
    let mut words = text.split_whitespace();
    let first = words.by_ref().take(MOST).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("{first} …") } else { first }
}
