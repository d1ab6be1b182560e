//! Plain text for braille displays, embossers and whatever else takes no markup: lines of 40 characters, with the
//! headings, lists and tables of the paper told by words and indents.
//!
//! The layout is that of braille in print order: the title in the middle, a heading from the fifth column, one below
//! it from the seventh, and what belongs together hanging (BANA, Braille Formats 2016, sections 4 and 8). Addresses
//! stand at the end, where they don't break what is read aloud.

mod wrap;

use crate::model::paper::{
    Block, BlockContent, Card, Definition, Fact, Inline, Item, Paper, PaperChart, PaperPicture, Table, plain,
};
use wrap::{Indent, wrapped};

/// How many characters fit a line: the width of common braille displays and of embossed paper.
pub(super) const COLUMNS: usize = 40;

/// How far lists within lists may go in; beyond it too little would fit a line.
const DEEPEST: usize = 16;

/// The paper as text: UTF-8, lines that end in `\n` and have at most [`COLUMNS`] characters.
pub(super) fn text(paper: &Paper) -> String {
    whole(paper, COLUMNS)
}

/// The same to be copied into something else: only what is a line of its own ends in one.
pub(super) fn flowing(paper: &Paper) -> String {
    whole(paper, usize::MAX)
}

/// The cards of a section by themselves, to be copied: what each is called, and its words.
pub(super) fn cards(paper: &Paper, name: &str) -> Vec<(String, String)> {
    let of_field = paper.sections.iter().filter(|section| section.name == name);
    let cards = of_field.flat_map(|section| &section.blocks).filter_map(|block| match &block.content {
        BlockContent::Card(card) => Some(card),
        _ => None,
    });
    let alone = |card| {
        let mut sheet = Sheet::new(paper, usize::MAX);
        sheet.card(card, 0);
        sheet.addresses();
        (plain(&card.title), sheet.out)
    };
    cards.map(alone).collect()
}

fn whole(paper: &Paper, columns: usize) -> String {
    let mut sheet = Sheet::new(paper, columns);
    sheet.opening();
    for section in &paper.sections {
        if !section.heading.is_empty() {
            sheet.heading(2, &section.heading);
        }
        sheet.blocks(&section.blocks, 0);
    }
    sheet.ending();
    sheet.out
}

struct Sheet<'a> {
    paper: &'a Paper,
    /// How many characters a line may have.
    columns: usize,
    out: String,
    /// True where the next block stands right below what there is, without a blank line.
    joined: bool,
    /// Addresses in the order of their first use.
    links: Vec<&'a str>,
    /// Footnotes by name, in the same order.
    notes: Vec<(&'a str, &'a [Block])>,
}

impl<'a> Sheet<'a> {
    fn new(paper: &'a Paper, columns: usize) -> Self {
        Self { paper, columns, out: String::new(), joined: false, links: Vec::new(), notes: Vec::new() }
    }

    fn opening(&mut self) {
        let paper = self.paper;
        self.middle(&paper.title);
        self.apart();
        self.hanging(&paper.kind);
        self.paragraph(&paper.summary, 0);
        for line in [&paper.days, &paper.days_note].into_iter().flatten() {
            self.paragraph(line, 0);
        }
        if let Some(picture) = &paper.picture {
            self.picture(picture, 0);
        }
        self.apart();
        for Fact { label, text, .. } in &paper.facts {
            let said = self.said(text);
            self.hanging(&format!("{label}: {said}"));
        }
    }

    /// The notes, the addresses, and where all this comes from.
    fn ending(&mut self) {
        let paper = self.paper;
        self.addresses();
        self.apart();
        self.hanging(&paper.site);
        if !paper.dated_words.is_empty() {
            self.hanging(&paper.dated_words);
        }
        self.hanging(&paper.address);
    }

    fn addresses(&mut self) {
        let paper = self.paper;
        let mut told = 0;
        while let Some((_, blocks)) = self.notes.get(told).copied() {
            if told == 0 {
                self.heading(2, paper.word("notes"));
            }
            told += 1;
            self.item(&format!("{told}. "), blocks, 0);
        }
        if !self.links.is_empty() {
            self.heading(2, paper.word("link_list"));
        }
        for (place, address) in std::mem::take(&mut self.links).into_iter().enumerate() {
            let marker = format!("{}. ", place + 1);
            self.lines(&format!("{marker}{address}"), Indent::hanging(0, marker.len()));
        }
    }

    fn blocks(&mut self, blocks: &'a [Block], at: usize) {
        for block in blocks {
            self.block(&block.content, at);
        }
    }

    fn block(&mut self, block: &'a BlockContent, at: usize) {
        match block {
            BlockContent::Heading { level, text, .. } => {
                let said = self.said(text);
                self.heading(*level, &said);
            }
            BlockContent::Paragraph(text) => {
                let said = self.said(text);
                self.paragraph(&said, at);
            }
            BlockContent::List { start, items } => self.list(*start, items, at),
            BlockContent::Definitions(definitions) => self.definitions(definitions, at),
            BlockContent::Table(table) => self.table(table, at),
            BlockContent::Quote(blocks) => self.blocks(blocks, deeper(at, 2)),
            BlockContent::Alert { label, blocks, .. } => self.labelled(label, blocks, at),
            BlockContent::Code(code) => {
                self.apart();
                for line in code.lines() {
                    let kept = line.replace(' ', "\u{a0}");
                    self.lines(&kept, Indent::block(at));
                }
            }
            BlockContent::Picture(picture) => self.picture(picture, at),
            BlockContent::Chart(chart) => self.chart(chart, at),
            BlockContent::Card(card) => self.card(card, at),
            BlockContent::Rule => {
                self.apart();
                self.middle("* * *");
            }
        }
    }

    /// A heading: the greater it is, the farther out. What it is of follows at once.
    fn heading(&mut self, level: u8, words: &str) {
        self.apart();
        let at = match level {
            _ if self.columns > COLUMNS => 0,
            ..=2 => 4,
            _ => 6,
        };
        self.lines(words, Indent::block(at));
        self.joined = true;
    }

    fn paragraph(&mut self, words: &str, at: usize) {
        self.apart();
        self.lines(words, Indent::block(at));
    }

    fn list(&mut self, start: Option<u64>, items: &'a [Item], at: usize) {
        self.apart();
        for (place, item) in items.iter().enumerate() {
            let number = start.map(|start| start.saturating_add(place as u64));
            let marker = number.map_or("- ".to_owned(), |number| format!("{number}. "));
            let task = item.task.map(|done| self.paper.word(if done { "task_done" } else { "task_open" }));
            let marker = task.map_or(marker.clone(), |task| format!("{marker}{task}: "));
            self.item(&marker, &item.blocks, at);
        }
    }

    /// What a marker opens: its first paragraph beside the marker, the rest below it.
    fn item(&mut self, marker: &str, blocks: &'a [Block], at: usize) {
        let inner = deeper(at, if marker.starts_with('-') { 2 } else { marker.find(' ').map_or(2, |space| space + 1) });
        let indent = Indent { first: at, rest: inner };
        match blocks.split_first() {
            Some((Block { content: BlockContent::Paragraph(text), .. }, rest)) => {
                let said = self.said(text);
                self.lines(&format!("{marker}{said}"), indent);
                self.below(rest, inner);
            }
            _ => {
                self.lines(marker.trim_end(), indent);
                self.below(blocks, inner);
            }
        }
    }

    /// Blocks of an item: a list goes on without a blank line.
    fn below(&mut self, blocks: &'a [Block], at: usize) {
        for block in blocks {
            self.joined = matches!(block.content, BlockContent::List { .. });
            self.block(&block.content, at);
        }
    }

    fn definitions(&mut self, definitions: &'a [Definition], at: usize) {
        for Definition { term, meanings } in definitions {
            let said = self.said(term);
            self.paragraph(&said, at);
            for blocks in meanings {
                self.joined = true;
                self.blocks(blocks, deeper(at, 2));
            }
        }
    }

    /// Each cell behind the heading of its column; the first of a row stands out.
    fn table(&mut self, table: &'a Table, at: usize) {
        let header: Vec<String> = table.header.iter().map(|cell| self.said(cell)).collect();
        self.apart();
        for row in &table.rows {
            for (place, cell) in row.iter().enumerate() {
                let said = self.said(cell);
                let named = header.get(place).filter(|name| !name.is_empty());
                let line = named.map_or(said.clone(), |name| format!("{name}: {said}"));
                let first = if place == 0 { at } else { at + 2 };
                if !said.is_empty() {
                    self.lines(&line, Indent { first, rest: at + 4 });
                }
            }
        }
    }

    /// Blocks behind a label: the first paragraph on its line.
    fn labelled(&mut self, label: &str, blocks: &'a [Block], at: usize) {
        self.apart();
        if label.is_empty() {
            return self.blocks(blocks, at);
        }
        match blocks.split_first() {
            Some((Block { content: BlockContent::Paragraph(text), .. }, rest)) => {
                let said = self.said(text);
                self.lines(&format!("{label}: {said}"), Indent::hanging(at, 2));
                self.blocks(rest, deeper(at, 2));
            }
            _ => {
                self.lines(&format!("{label}:"), Indent::hanging(at, 2));
                self.joined = true;
                self.blocks(blocks, deeper(at, 2));
            }
        }
    }

    fn picture(&mut self, picture: &'a PaperPicture, at: usize) {
        let PaperPicture { alt, caption, .. } = picture;
        if !alt.is_empty() {
            self.apart();
            let name = self.paper.word("picture");
            self.lines(&format!("{name}: {alt}"), Indent::hanging(at, 2));
        }
        if !caption.is_empty() {
            let said = self.said(caption);
            self.lines(&said, Indent::hanging(at, 2));
        }
    }

    /// Its figures, as the table has them.
    fn chart(&mut self, chart: &'a PaperChart, at: usize) {
        self.paragraph(&chart.title, at);
        if !chart.description.is_empty() {
            self.lines(&chart.description, Indent::block(at));
        }
        self.table(&chart.table, at);
        let source = self.said(&chart.source);
        self.lines(&source, Indent::hanging(at, 2));
    }

    fn card(&mut self, card: &'a Card, at: usize) {
        let title = self.said(&card.title);
        if card.parts.is_empty() {
            return self.lines(&format!("- {title}"), Indent::hanging(at, 2));
        }
        self.apart();
        if !title.is_empty() {
            self.heading(3, &title);
        }
        for (place, part) in card.parts.iter().enumerate() {
            // The parts of a card stand together.
            self.joined |= place > 0;
            match part.blocks.as_slice() {
                // Another part says what it shows, or it does itself.
                [Block { content: BlockContent::Picture(picture), .. }] if says(card, &picture.alt) => {}
                [Block { content: BlockContent::Picture(picture), .. }] => self.picture(picture, at),
                blocks => self.labelled(&part.label, blocks, at),
            }
        }
    }

    /// Running text as words; a link and a note leave their number.
    fn said(&mut self, text: &'a [Inline]) -> String {
        let mut out = String::new();
        self.say(text, &mut out);
        out
    }

    fn say(&mut self, text: &'a [Inline], out: &mut String) {
        for inline in text {
            match inline {
                Inline::Text(words) | Inline::Code(words) => out.push_str(words),
                Inline::Emphasis(inner) | Inline::Strong(inner) => self.say(inner, out),
                // What is taken back can't be struck out here, and must not be read as if it stood.
                Inline::Struck(_) => {}
                Inline::Link { address, text } => {
                    let start = out.len();
                    self.say(text, out);
                    let is_address = out.get(start..).is_some_and(|words| words == address);
                    if !address.starts_with('#') && !is_address {
                        let number = place_of(&mut self.links, address.as_str()) + 1;
                        *out += &self.numbered("link_number", number);
                    }
                }
                Inline::Break => out.push('\n'),
                Inline::Note { id, blocks } => {
                    let known = self.notes.iter().position(|(name, _)| name == id);
                    let place = known.unwrap_or_else(|| {
                        self.notes.push((id, blocks));
                        self.notes.len() - 1
                    });
                    *out += &self.numbered("note_number", place + 1);
                }
                Inline::Placeholder { label, .. } => {
                    out.push('[');
                    out.push_str(label);
                    out.push(']');
                }
                Inline::Picture(picture) => out.push_str(&picture.alt),
            }
        }
    }

    /// ` (link 3)`
    fn numbered(&self, key: &str, number: usize) -> String {
        format!(" {}", self.paper.word(key).replace("{n}", &number.to_string()))
    }

    fn hanging(&mut self, words: &str) {
        self.lines(words, Indent::hanging(0, 2));
    }

    fn lines(&mut self, words: &str, indent: Indent) {
        for line in wrapped(words, self.columns, indent) {
            self.out.push_str(&line);
            self.out.push('\n');
            self.joined = false;
        }
    }

    /// Lines in the middle, with three columns free on either side.
    fn middle(&mut self, words: &str) {
        if self.columns > COLUMNS {
            return self.lines(words, Indent::block(0));
        }
        for line in wrapped(words, self.columns - 6, Indent::block(0)) {
            let free = self.columns.saturating_sub(line.chars().count()) / 2;
            self.lines(&line, Indent::block(free));
        }
    }

    /// A blank line, unless there is one, or should be none.
    fn apart(&mut self) {
        if !self.joined && !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

/// True for a card with a part of these very words.
fn says(card: &Card, words: &str) -> bool {
    card.parts.iter().any(|part| match part.blocks.as_slice() {
        [Block { content: BlockContent::Paragraph(text), .. }] => plain(text) == words,
        _ => false,
    })
}

fn deeper(at: usize, by: usize) -> usize {
    (at + by).min(DEEPEST)
}

/// The place of a thing in a list that grows by it.
fn place_of<'a>(list: &mut Vec<&'a str>, wanted: &'a str) -> usize {
    list.iter().position(|known| *known == wanted).unwrap_or_else(|| {
        list.push(wanted);
        list.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};

    #[test]
    fn the_sample_is_told_in_forty_columns() {
        let said = text(&sample::paper());
        assert!(said.lines().all(|line| line.chars().count() <= COLUMNS), "{said}");
        assert!(!said.contains("\n\n\n") && !said.contains(" \n"), "{said}");
        assert_eq!(said, include_str!("sample.txt"));
    }

    #[test]
    fn a_text_to_be_copied_has_the_lines_of_its_paragraphs() {
        let paper = sample::paper();
        let said = flowing(&paper);
        assert!(said.contains("\nFigures\n") && said.contains("80, of whom 12 are apprentices with the council\n"));
        let card =
            "X\nToday the week begins. #Week\nPicture: A door stands open.\nWhen to post: 25 October 2027, 09:00\n";
        let cards = cards(&paper, "posts");
        assert_eq!(cards.first(), Some(&("X".to_owned(), card.to_owned())));
        assert_eq!(cards.len(), 2);
    }
}
