//! The blocks of a paper as paragraphs and tables.

use super::{
    element::Element,
    look::{Look, STEP},
    numbering::{BULLETS, LEVELS, Numbering},
    picture::{self, Held, Room},
    styles::{indent, shading},
};
use crate::import::docx;
use crate::model::paper::{
    Block, BlockContent, Card, CardPart, Definition, Fact, Inline, Item, Paper, PaperChart, PaperPicture, Section,
    plain,
};

/// How many characters a card may have to be kept on one page: about half of one.
const KEPT: usize = 1_400;

/// What is written, and what was met on the way.
pub(super) struct Body<'a> {
    pub(super) paper: &'a Paper,
    pub(super) look: &'a Look,
    held: &'a [Held],
    pub(super) numbering: Numbering,
    /// Addresses elsewhere, in the order of their first use.
    pub(super) links: Vec<&'a str>,
    /// Footnotes by name, with what they say.
    pub(super) notes: Vec<(&'a str, Vec<Element>)>,
    /// Placeholders by name, each with its label.
    pub(super) placeholders: Vec<(&'a str, &'a str)>,
    /// How many controls there are.
    pub(super) controls: usize,
    pictures: usize,
    bookmarks: usize,
    /// What the blocks stand in.
    pub(super) frame: Option<Frame>,
    /// True where a paragraph stays on the page of the next one.
    keep: bool,
    /// The field that the blocks are of.
    section: &'a str,
    /// How many cards they are in.
    cards: u8,
    /// True for the only card of its section, which needs no frame.
    alone: bool,
    /// How many lists the blocks are in.
    depth: usize,
    /// How far in they are beside that, in twentieths of a point.
    left: i32,
    room: Room,
}

/// What sets blocks apart from the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Said out of turn, and not to be missed.
    Notice,
    /// To be copied, or said in passing.
    Copy,
    /// Somebody's words.
    Quote,
    /// A footnote.
    Note,
}

impl Frame {
    fn style(self) -> &'static str {
        match self {
            Self::Notice => "Notice",
            Self::Copy => "Copy",
            Self::Quote => "Quote",
            Self::Note => "FootnoteText",
        }
    }
}

/// How a paragraph stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Stand {
    /// Its style; that of the frame where it is empty.
    pub(super) style: &'static str,
    /// The number of its list's marks, and the level there.
    pub(super) mark: Option<(usize, usize)>,
    /// How far in it is, where that is not as its style has it.
    pub(super) left: Option<i32>,
    /// True for one that ends where the line ends: figures.
    pub(super) end: bool,
    /// True for one in the middle.
    pub(super) middle: bool,
}

impl Stand {
    pub(super) fn of(style: &'static str) -> Self {
        Self { style, ..Self::default() }
    }
}

impl<'a> Body<'a> {
    pub(super) fn new(paper: &'a Paper, look: &'a Look, held: &'a [Held]) -> Self {
        Self {
            paper,
            look,
            held,
            numbering: Numbering::default(),
            links: Vec::new(),
            notes: Vec::new(),
            placeholders: Vec::new(),
            controls: 0,
            pictures: 0,
            bookmarks: 0,
            frame: None,
            keep: false,
            alone: false,
            section: "",
            cards: 0,
            depth: 0,
            left: 0,
            room: Room::TEXT,
        }
    }

    /// The whole paper.
    pub(super) fn whole(&mut self) -> Vec<Element> {
        let paper = self.paper;
        let part = part(paper);
        let mut out = self.opening(part);
        for section in &paper.sections {
            self.alone = matches!(section.blocks.as_slice(), [Block { content: BlockContent::Card(_), .. }]);
            if let Some(card) = part {
                out.extend(card.parts.iter().flat_map(|part| self.part(part)));
                continue;
            }
            if !section.heading.is_empty() {
                let runs = self.words(&section.heading);
                out.push(self.heading(2, "", runs));
            }
            self.section = &section.name;
            out.extend(self.blocks(&section.blocks));
        }
        out.extend(self.ending());
        out
    }

    /// What stands before the text. A part of an entry that has a name goes by that.
    pub(super) fn opening(&mut self, part: Option<&'a Card>) -> Vec<Element> {
        let paper = self.paper;
        let mut band = self.words(&paper.kind);
        band.push(Element::new("w:r").with(Element::new("w:tab")));
        band.extend(self.words(&paper.site));
        let title = match part {
            Some(card) => self.runs(&card.title),
            None => self.words(&paper.title),
        };
        let mut out = vec![self.paragraph(Stand::of("Kind"), band), self.paragraph(Stand::of("Title"), title)];
        let lines =
            [("Subtitle", Some(&paper.summary)), ("Dates", paper.days.as_ref()), ("Notice", paper.days_note.as_ref())];
        for (style, text) in lines {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                let runs = self.words(text);
                out.push(self.paragraph(Stand::of(style), runs));
            }
        }
        if let Some(picture) = &paper.picture {
            out.extend(self.picture(picture));
        }
        for Fact { label, text, .. } in &paper.facts {
            let runs = self.labelled(label, text);
            out.push(self.paragraph(Stand::of("Fact"), runs));
        }
        out
    }

    /// Where this comes from.
    fn ending(&mut self) -> [Element; 2] {
        let paper = self.paper;
        let mut runs = self.words(&format!("{}, ", paper.site));
        runs.push(self.linked(&paper.address, |body| body.words_in(&paper.address, &["Hyperlink"])));
        [self.paragraph(Stand::of("Rule"), Vec::new()), self.paragraph(Stand::of("Caption"), runs)]
    }

    pub(super) fn blocks(&mut self, blocks: &'a [Block]) -> Vec<Element> {
        blocks.iter().flat_map(|block| self.block(&block.content)).collect()
    }

    fn block(&mut self, block: &'a BlockContent) -> Vec<Element> {
        match block {
            BlockContent::Heading { level, id, text } => {
                let runs = self.runs(text);
                vec![self.heading(*level, id, runs)]
            }
            BlockContent::Paragraph(text) => {
                let runs = self.runs(text);
                let left = (self.left > 0).then_some(self.left);
                vec![self.paragraph(Stand { left, ..Stand::default() }, runs)]
            }
            BlockContent::List { start, items } => self.list(*start, items),
            BlockContent::Definitions(definitions) => self.definitions(definitions),
            BlockContent::Table(table) => self.table(table),
            BlockContent::Quote(blocks) => self.framed(Frame::Quote, |body| body.blocks(blocks)),
            BlockContent::Alert { kind, label, blocks } => {
                let is_grave = ["important", "warning", "caution"].contains(kind);
                let frame = if is_grave { Frame::Notice } else { Frame::Copy };
                let said = self.framed(frame, |body| body.behind(label, blocks));
                vec![self.held(label, &format!("{}{kind}", docx::ALERT), said)]
            }
            BlockContent::Code(code) => {
                let lines = code.lines().map(|line| text_run(line, None));
                let mut runs: Vec<Element> = lines.flat_map(|line| [line_end(), line]).collect();
                runs.drain(..runs.len().min(1));
                vec![self.paragraph(Stand::of("Code"), runs)]
            }
            BlockContent::Picture(picture) => self.picture(picture),
            BlockContent::Chart(chart) => {
                let shown = self.chart(chart);
                vec![self.held(&chart.title, &format!("{}{}", docx::CHART, chart.kind), shown)]
            }
            BlockContent::Card(card) if self.cards == 0 && self.section != card.name => {
                let shown = self.card(card);
                vec![self.held(&card.name, &format!("{}{}", docx::CARD, card.name), shown)]
            }
            BlockContent::Card(card) => self.card(card),
            BlockContent::Rule => vec![self.paragraph(Stand::of("Rule"), Vec::new())],
        }
    }

    /// A heading of a level of the paper, whose title has the first: those of Word are one less.
    fn heading(&mut self, level: u8, id: &str, runs: Vec<Element>) -> Element {
        let style = match level {
            ..=2 => "Heading1",
            3 => "Heading2",
            4 => "Heading3",
            5 => "Heading4",
            _ => "Heading5",
        };
        let runs = if id.is_empty() { runs } else { self.marked(id, runs) };
        self.paragraph(Stand::of(style), runs)
    }

    /// Runs that links lead to.
    fn marked(&mut self, id: &str, runs: Vec<Element>) -> Vec<Element> {
        self.bookmarks += 1;
        let number = self.bookmarks.to_string();
        let start = Element::new("w:bookmarkStart").set("w:id", &number).set("w:name", bookmark(id));
        let end = Element::new("w:bookmarkEnd").set("w:id", number);
        [start].into_iter().chain(runs).chain([end]).collect()
    }

    fn list(&mut self, start: Option<u64>, items: &'a [Item]) -> Vec<Element> {
        let level = self.depth.min(LEVELS - 1);
        let number = start.map_or(BULLETS, |start| self.numbering.list(level, start));
        let style = if start.is_some() { "ListNumber" } else { "ListBullet" };
        let stand = Stand { mark: Some((number, level)), ..Stand::of(style) };
        let mut out = Vec::new();
        for Item { task, blocks } in items {
            let (first, rest) = match blocks.split_first() {
                Some((Block { content: BlockContent::Paragraph(text), .. }, rest)) => (text.as_slice(), rest),
                _ => (&[][..], blocks.as_slice()),
            };
            let ticked = task.map(|done| self.tick(done));
            // A box to tick is a mark itself.
            let stand = if task.is_some() { Stand { mark: None, ..stand } } else { stand };
            let words = self.runs(first);
            out.push(self.paragraph(stand, ticked.into_iter().flatten().chain(words).collect()));
            let outer = (self.depth, self.left);
            (self.depth, self.left) = (level + 1, STEP * (level as i32 + 1));
            out.extend(self.blocks(rest));
            (self.depth, self.left) = outer;
        }
        out
    }

    fn definitions(&mut self, definitions: &'a [Definition]) -> Vec<Element> {
        let mut out = Vec::new();
        for Definition { term, meanings } in definitions {
            let runs = self.runs(term);
            out.push(self.paragraph(Stand::of("Term"), runs));
            let outer = self.left;
            self.left += STEP;
            out.extend(meanings.iter().flat_map(|blocks| self.blocks(blocks)));
            self.left = outer;
        }
        out
    }

    /// Blocks behind a label: on its line where they are one paragraph.
    fn behind(&mut self, label: &'a str, blocks: &'a [Block]) -> Vec<Element> {
        match blocks.split_first() {
            Some((Block { content: BlockContent::Paragraph(text), .. }, rest)) => {
                let runs = self.labelled(label, text);
                let mut out = vec![self.paragraph(Stand::default(), runs)];
                out.extend(self.blocks(rest));
                out
            }
            _ => {
                let runs = self.words(label);
                let mut out = vec![self.paragraph(Stand::of("Label"), runs)];
                out.extend(self.blocks(blocks));
                out
            }
        }
    }

    fn framed(&mut self, frame: Frame, fill: impl FnOnce(&mut Self) -> Vec<Element>) -> Vec<Element> {
        let outer = self.frame.replace(frame);
        let out = fill(self);
        self.frame = outer;
        out
    }

    fn picture(&mut self, picture: &'a PaperPicture) -> Vec<Element> {
        let shown = self.shown(picture);
        let mut out: Vec<Element> =
            shown.map(|run| self.paragraph(Stand::of("Picture"), vec![run])).into_iter().collect();
        if !picture.caption.is_empty() {
            let runs = self.runs(&picture.caption);
            out.push(self.paragraph(Stand::of("Caption"), runs));
        }
        out
    }

    pub(super) fn shown(&mut self, picture: &PaperPicture) -> Option<Element> {
        let held = self.held.get(picture.file)?;
        self.pictures += 1;
        let path = self.paper.files.get(picture.file).map(|file| file.path.as_str()).unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        Some(picture::shown(picture, held, (self.pictures, name), &super::package::of_media(picture.file), self.room))
    }

    /// What it shows, in words and figures.
    fn chart(&mut self, chart: &'a PaperChart) -> Vec<Element> {
        let runs = self.words(&chart.title);
        let mut out = vec![self.paragraph(Stand::of("ChartTitle"), runs)];
        if !chart.description.is_empty() {
            let runs = self.words(&chart.description);
            out.push(self.paragraph(Stand::default(), runs));
        }
        // What is counted is the heading of the figures, unless they are of several groups.
        if !chart.unit.is_empty() && !chart.series.is_empty() {
            let runs = self.words(&chart.unit);
            out.push(self.paragraph(Stand::of("Label"), runs));
        }
        out.extend(self.table(&chart.table));
        let runs = self.runs(&chart.source);
        out.push(self.paragraph(Stand::of("Caption"), runs));
        out
    }

    /// Its parts, on one page where it is short. One that has nothing but its name is an item among others.
    fn card(&mut self, card: &'a Card) -> Vec<Element> {
        if card.parts.is_empty() {
            let runs = self.runs(&card.title);
            return vec![self.paragraph(Stand { mark: Some((BULLETS, 0)), ..Stand::of("ListBullet") }, runs)];
        }
        let mut out = Vec::new();
        let outer = (self.keep, self.room);
        let is_short = card.parts.iter().map(|part| length(&part.blocks)).sum::<usize>() <= KEPT;
        (self.keep, self.room) = (outer.0 || is_short, Room::CARD);
        if !card.title.is_empty() {
            let runs = self.runs(&card.title);
            out.push(self.heading(3 + self.cards.min(2), "", runs));
        }
        self.cards += 1;
        for (place, part) in card.parts.iter().enumerate() {
            self.keep = outer.0 || (is_short && place + 1 < card.parts.len());
            out.extend(self.part(part));
        }
        self.cards -= 1;
        (self.keep, self.room) = outer;
        out
    }

    /// Blocks in a control, by whose tag it is known what they show when the document comes back.
    fn held(&mut self, alias: &str, tag: &str, blocks: Vec<Element>) -> Element {
        let properties = self.control(alias, Some(tag)).with(Element::new("w:richText"));
        Element::new("w:sdt").with(properties).with(Element::new("w:sdtContent").and(blocks))
    }

    fn part(&mut self, part: &'a CardPart) -> Vec<Element> {
        match part.blocks.as_slice() {
            // It says itself what it is.
            [Block { content: BlockContent::Picture(picture), .. }] => self.picture(picture),
            blocks if part.label.is_empty() && !self.alone => self.framed(Frame::Copy, |body| body.blocks(blocks)),
            blocks if part.label.is_empty() => self.blocks(blocks),
            blocks => self.behind(&part.label, blocks),
        }
    }

    /// A paragraph. The order of its properties is that of the standard (ISO/IEC 29500-1, 17.3.1.26).
    pub(super) fn paragraph(&self, stand: Stand, runs: Vec<Element>) -> Element {
        let style = match (stand.style, self.frame) {
            ("", Some(frame)) => frame.style(),
            (style, _) => style,
        };
        let properties = Element::new("w:pPr")
            .and((!style.is_empty()).then(|| Element::value("w:pStyle", style)))
            .and(self.keep.then(|| Element::new("w:keepNext")))
            .and(stand.mark.map(|(number, level)| {
                let level = Element::value("w:ilvl", level.to_string());
                Element::new("w:numPr").with(level).with(Element::value("w:numId", number.to_string()))
            }))
            .and(self.ground(stand))
            .and(stand.left.map(|left| indent(left, 0)))
            .and(stand.end.then(|| Element::value("w:jc", "right")))
            .and(stand.middle.then(|| Element::value("w:jc", "center")));
        Element::new("w:p").with(properties).and(runs)
    }

    /// The colour of a frame behind the items of a list in it, whose style has none.
    fn ground(&self, stand: Stand) -> Option<Element> {
        match self.frame.filter(|_| stand.mark.is_some())? {
            Frame::Notice => Some(shading(&self.look.due_tint)),
            Frame::Copy => Some(shading(&self.look.tint)),
            Frame::Quote | Frame::Note => None,
        }
    }

    fn labelled(&mut self, label: &str, text: &'a [Inline]) -> Vec<Element> {
        let mut runs = vec![text_run(&format!("{label}: "), Some(Element::new("w:b")))];
        runs.extend(self.runs(text));
        runs
    }
}

/// The card that a paper is, where it is of one field that is one: a release to send.
fn part(paper: &Paper) -> Option<&Card> {
    let [Section { blocks, heading, .. }] = paper.sections.as_slice() else { return None };
    let is_part = |heading: &str| heading.is_empty() || heading == paper.kind;
    match blocks.as_slice() {
        [Block { content: BlockContent::Card(card), .. }] if is_part(heading) && !card.title.is_empty() => Some(card),
        _ => None,
    }
}

/// How many characters blocks have, near enough; a picture counts for as many as would take its place.
fn length(blocks: &[Block]) -> usize {
    let of_block = |block: &Block| match &block.content {
        BlockContent::Paragraph(text) | BlockContent::Heading { text, .. } => plain(text).chars().count() + 60,
        BlockContent::List { items, .. } => items.iter().map(|item| length(&item.blocks)).sum(),
        BlockContent::Quote(blocks) | BlockContent::Alert { blocks, .. } => length(blocks),
        BlockContent::Picture(_) => 200,
        _ => KEPT,
    };
    blocks.iter().map(of_block).sum()
}

/// A run of text with one property.
pub(super) fn text_run(text: &str, property: Option<Element>) -> Element {
    let properties = property.map(|property| Element::new("w:rPr").with(property));
    Element::new("w:r").and(properties).with(Element::text("w:t", text).set("xml:space", "preserve"))
}

pub(super) fn line_end() -> Element {
    Element::new("w:r").with(Element::new("w:br"))
}

/// The name of the bookmark of an anchor, which may have 40 letters and figures.
pub(super) fn bookmark(id: &str) -> String {
    let hash = blake3::hash(id.as_bytes()).to_hex();
    format!("h{}", hash.get(..16).unwrap_or_default())
}
