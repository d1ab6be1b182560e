//! The tree as Markdown, in the dialect and the style that the library is written in.

use super::{
    inline::Setting,
    tree::{Alignment, Block, Control, Inline, Manuscript, Role, words},
};
use std::collections::BTreeMap;

/// The tag of a control around what our own documents show of a box said out of turn, before its kind.
pub const ALERT: &str = "casebook:alert:";

/// The same around charts, before their type.
pub const CHART: &str = "casebook:chart:";

/// The same around other blocks of data, before their name.
pub const CARD: &str = "casebook:card:";

/// What a text needs to know of the page that it goes into.
pub struct Around<'a> {
    /// The document.
    pub manuscript: &'a Manuscript,
    /// What the page calls each picture of the document.
    pub pictures: &'a [String],
    /// What a link to an address is written as; nothing for one that leads nowhere.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// What stands for a control that is no field, as Markdown: a block of data.
    pub block: &'a dyn Fn(&Control, &[Block]) -> Option<String>,
}

/// Blocks as a text whose headings begin at a level: 2 in the text of a page, 3 in a field. Footnotes stand at its end.
/// Ends in a line feed where there is anything.
pub fn markdown(blocks: &[Block], top: u8, around: &Around<'_>) -> String {
    let mut writer = Writer { around, top, shift: shift(blocks, top), notes: Vec::new(), lists: 0 };
    let mut text = writer.blocks(blocks);
    let mut done = 0;
    while let Some(note) = writer.notes.get(done).copied() {
        done += 1;
        let said = around.manuscript.notes.get(note).map(Vec::as_slice).unwrap_or_default();
        let said = writer.blocks(&without_space(said));
        let said = if said.is_empty() { "…".to_owned() } else { said };
        text.push_str(&format!("\n\n{}", hanging(&said, &format!("[^{}]: ", note + 1), 4)));
    }
    if text.is_empty() { text } else { text + "\n" }
}

/// What is added to the level of a heading of Word, so that the highest of a text is its top.
fn shift(blocks: &[Block], top: u8) -> i16 {
    let levels =
        blocks.iter().filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None });
    i16::from(top) - levels.min().map_or(1, i16::from)
}

/// A note without the space that Word puts behind its number.
fn without_space(blocks: &[Block]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    if let Some(Block::Paragraph { text, .. }) = blocks.first_mut()
        && let Some(Inline::Text(words, _)) = text.first_mut()
    {
        *words = words.trim_start().to_owned();
    }
    blocks
}

struct Writer<'a> {
    around: &'a Around<'a>,
    top: u8,
    shift: i16,
    /// Notes, in the order in which they are named.
    notes: Vec<usize>,
    /// How many lists have followed each other without a block between them.
    lists: usize,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut out: Vec<String> = Vec::new();
        let mut place = 0;
        while let Some(block) = blocks.get(place) {
            let after = blocks.get(place + 1);
            place += 1;
            self.lists = if matches!(block, Block::List { .. }) { self.lists + 1 } else { 0 };
            let text = match (block, after) {
                (
                    Block::Paragraph { role: Role::Term, text },
                    Some(Block::Paragraph { role: Role::Text, text: meaning }),
                ) => {
                    place += 1;
                    format!("{}\n: {}", self.line(text), self.line(meaning))
                }
                _ => self.block(block),
            };
            if !text.trim().is_empty() {
                out.push(text);
            }
        }
        out.join("\n\n")
    }

    fn block(&mut self, block: &Block) -> String {
        match block {
            Block::Heading { level, text, .. } => {
                let level = (i16::from(*level) + self.shift).clamp(i16::from(self.top), 6);
                let text = self.text(text, Setting::HEADING);
                if text.is_empty() { text } else { format!("{} {text}", "#".repeat(usize::from(level.unsigned_abs()))) }
            }
            Block::Paragraph { text, .. } => self.line(text),
            Block::List { start, items } => self.list(*start, items),
            Block::Table { rows, alignments } => self.table(rows, alignments),
            Block::Quote(blocks) => quoted(&self.blocks(blocks)),
            Block::Code(code) => {
                let fence = "`".repeat(longest_ticks(code).max(2) + 1);
                format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n'))
            }
            Block::Rule => "---".to_owned(),
            Block::Control(control, blocks) => self.control(control, blocks),
        }
    }

    fn control(&mut self, control: &Control, blocks: &[Block]) -> String {
        if control.is_empty {
            return String::new();
        }
        if let Some(kind) = control.tag.strip_prefix(ALERT) {
            let said = self.blocks(&without_label(blocks, &control.alias));
            return quoted(&format!("[!{}]\n{said}", kind.to_uppercase()));
        }
        (self.around.block)(control, blocks).unwrap_or_else(|| self.blocks(blocks))
    }

    fn line(&mut self, text: &[Inline]) -> String {
        self.text(text, Setting::LINE)
    }

    fn text(&mut self, text: &[Inline], setting: Setting) -> String {
        super::inline::text(text, setting, self.around, &mut self.notes)
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>]) -> String {
        // Two lists in a row are one list to Markdown, unless their marks differ.
        let is_second = self.lists.is_multiple_of(2) && self.lists > 0;
        let outer = std::mem::take(&mut self.lists);
        let is_loose = items.iter().any(|item| item.iter().skip(1).any(|block| !matches!(block, Block::List { .. })));
        let mut out = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let mark = match start {
                Some(start) => format!("{}{} ", start + place as u64, if is_second { ')' } else { '.' }),
                None => (if is_second { "* " } else { "- " }).to_owned(),
            };
            let text = self.item(item, is_loose);
            out.push(hanging(&text, &mark, mark.chars().count()));
        }
        self.lists = outer;
        out.join(if is_loose { "\n\n" } else { "\n" })
    }

    fn item(&mut self, blocks: &[Block], is_loose: bool) -> String {
        if is_loose {
            return self.blocks(blocks);
        }
        let texts = blocks.iter().map(|block| self.block(block)).collect::<Vec<_>>();
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// A table of lines; what a cell can't hold stands behind it.
    fn table(&mut self, rows: &[Vec<Vec<Block>>], alignments: &[Alignment]) -> String {
        let mut after: Vec<Block> = Vec::new();
        let mut lines: Vec<String> = Vec::new();
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| self.cell(cell, &mut after)).collect();
            lines.push(format!("| {} |", cells.join(" | ")));
        }
        let rule = alignments.iter().map(|alignment| match alignment {
            Alignment::Start => "---",
            Alignment::Middle => ":---:",
            Alignment::End => "---:",
        });
        lines.insert(1.min(lines.len()), format!("| {} |", rule.collect::<Vec<_>>().join(" | ")));
        let table = lines.join("\n");
        if after.is_empty() { table } else { format!("{table}\n\n{}", self.blocks(&after)) }
    }

    fn cell(&mut self, blocks: &[Block], after: &mut Vec<Block>) -> String {
        let mut lines: Vec<String> = Vec::new();
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph { text, .. } => {
                    lines.push(self.text(text, Setting::CELL))
                }
                Block::List { start, items } => {
                    for (place, item) in items.iter().enumerate() {
                        let mark = start.map_or("•".to_owned(), |start| format!("{}.", start + place as u64));
                        lines.push(format!("{mark} {}", self.cell(item, after)));
                    }
                }
                Block::Quote(blocks) => lines.push(self.cell(blocks, after)),
                Block::Control(control, blocks) if !control.is_empty => lines.push(self.cell(blocks, after)),
                Block::Code(code) => lines.extend(code.lines().map(|line| format!("`{}`", line.replace('`', "'")))),
                Block::Table { .. } => after.push(block.clone()),
                Block::Rule | Block::Control(..) => {}
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("<br>")
    }
}

/// Blocks without the label that stands before the first, which a box says by itself.
fn without_label(blocks: &[Block], label: &str) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    let Some(Block::Paragraph { text, .. }) = blocks.first_mut() else { return blocks };
    let said = words(text);
    if said.trim() == label {
        blocks.remove(0);
        return blocks;
    }
    if let Some(Inline::Text(first, _)) = text.first_mut()
        && let Some(rest) = first.strip_prefix(label).and_then(|rest| rest.strip_prefix(':'))
    {
        *first = rest.trim_start().to_owned();
    }
    blocks
}

/// Every line of a text behind a sign.
fn quoted(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A text behind a mark, its other lines as far in as the mark is wide.
fn hanging(text: &str, mark: &str, width: usize) -> String {
    let indent = " ".repeat(width);
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let first = format!("{mark}{first}").trim_end().to_owned();
    [first].into_iter().chain(lines.map(line)).collect::<Vec<_>>().join("\n")
}

/// The most backticks that follow each other in a text.
pub(super) fn longest_ticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// The headings that links within a document lead to, by bookmark, as addresses on the page.
pub fn anchors(blocks: &[Block], out: &mut BTreeMap<String, String>) {
    for block in blocks {
        match block {
            Block::Heading { anchors, text, .. } => {
                let address = format!("#{}", crate::markdown::slug(&words(text)));
                out.extend(anchors.iter().map(|anchor| (anchor.clone(), address.clone())));
            }
            Block::Control(_, blocks) | Block::Quote(blocks) => anchors_in(blocks, out),
            _ => {}
        }
    }
}

fn anchors_in(blocks: &[Block], out: &mut BTreeMap<String, String>) {
    anchors(blocks, out);
}
