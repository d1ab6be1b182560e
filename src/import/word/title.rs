//! The title of a document, and headings that nobody set as such.

use super::{Writer, inside::each_inline, sections::flat};
use crate::import::docx::{Block, Inline, Manuscript, Remark, Role, Spot, first_words, words};

/// Longer lines are no headings, whatever their weight, in characters.
const LONGEST: usize = 90;

/// Takes lines of nothing but strong words for headings, where a document has no other headings.
pub(super) fn headings(manuscript: &mut Manuscript) {
    let has = |block: &Block| matches!(block, Block::Heading { .. });
    if manuscript.form.is_some() || manuscript.blocks.iter().any(has) {
        return;
    }
    let mut taken = Vec::new();
    for block in &mut manuscript.blocks {
        let Block::Paragraph { role: Role::Text, text } = block else { continue };
        let line = words(text).trim().to_owned();
        let is_strong = |inline: &Inline| match inline {
            Inline::Text(words, marks) => marks.strong || words.trim().is_empty(),
            _ => false,
        };
        let is_heading = !line.is_empty() && line.chars().count() <= LONGEST && !line.ends_with(['.', ',', ';']);
        if is_heading && text.iter().all(is_strong) {
            *block = Block::Heading { level: 1, anchors: Vec::new(), text: text.clone() };
            taken.push(line);
        }
    }
    let Some(first) = taken.first() else { return };
    let place = manuscript.spots.iter().find(|spot| spot.words == first_words(first)).cloned().unwrap_or_default();
    let text = match taken.as_slice() {
        [line] => format!("A line in bold was taken for a heading: “{line}”"),
        lines => format!("{} lines in bold were taken for headings: “{}”", lines.len(), lines.join("”, “")),
    };
    let help = "In Word, set headings with the styles Heading 1 to Heading 3.".to_owned();
    // Its words are told already.
    manuscript.remarks.push(Remark { place: Spot { words: String::new(), ..place }, text, help });
}

fn level(block: &Block) -> Option<u8> {
    if let Block::Heading { level, .. } = block { Some(*level) } else { None }
}

fn is_titled(block: &Block) -> bool {
    matches!(block, Block::Paragraph { role: Role::Title, .. }) && !line(block).is_empty()
}

/// The words of a paragraph on one line.
fn line(block: &Block) -> String {
    match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => {
            words(text).split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

/// The paragraphs in the style Title that follow each other, as one line: some titles are set on two.
fn titled(blocks: &mut Vec<Block>) -> Option<String> {
    let start = blocks.iter().position(is_titled)?;
    let count = blocks.iter().skip(start).take_while(|block| is_titled(block)).count();
    let lines: Vec<String> = (0..count).rev().map(|place| taken(blocks, start + place)).collect();
    Some(lines.into_iter().rev().collect::<Vec<_>>().join(" "))
}

/// Takes the words of a paragraph out of a document. Pictures and notes in it stay: no title has any.
fn taken(blocks: &mut Vec<Block>, place: usize) -> String {
    let block = blocks.remove(place);
    let mut rest = Vec::new();
    each_inline(std::slice::from_ref(&block), &mut |inline| {
        if matches!(inline, Inline::Picture(..) | Inline::Note(_)) {
            rest.push(inline.clone());
        }
    });
    if !rest.is_empty() {
        blocks.insert(place, Block::Paragraph { role: Role::Text, text: rest });
    }
    line(&block)
}

/// The first heading of the highest level, where nothing but pictures stands before it or no other is of that level.
fn first_heading(blocks: &mut Vec<Block>) -> Option<String> {
    let place = blocks.iter().position(|block| level(block).is_some())?;
    let top = blocks.iter().filter_map(level).min();
    let is_alone = blocks.iter().filter_map(level).filter(|level| Some(*level) == top).count() == 1;
    let is_first = blocks.iter().take(place).all(|block| flat(std::slice::from_ref(block)).is_empty());
    let is_title = blocks.get(place).and_then(level) == top && (is_first || is_alone);
    is_title.then(|| taken(blocks, place))
}

/// The first line, where it is short and of nothing but words.
fn first_line(blocks: &mut Vec<Block>) -> Option<String> {
    let Some(Block::Paragraph { role: Role::Text, text }) = blocks.first() else { return None };
    let line = words(text).trim().to_owned();
    let is_plain = text.iter().all(|inline| matches!(inline, Inline::Text(..)));
    let is_title = !line.is_empty() && line.chars().count() <= LONGEST && !line.ends_with('.') && !line.contains(": ");
    (is_plain && is_title).then(|| {
        blocks.remove(0);
        line
    })
}

/// The title of a document that is no form, taken from its blocks, and where it was found.
fn title(blocks: &mut Vec<Block>, properties: &str) -> Option<(String, &'static str)> {
    let found = |title: Option<String>, place: &'static str| title.map(|title| (title, place));
    found(titled(blocks), "the paragraph in the style Title")
        .or_else(|| found(first_heading(blocks), "the first heading"))
        .or_else(|| found(first_line(blocks), "the first line"))
        .or_else(|| (!properties.is_empty()).then(|| (properties.to_owned(), "the properties of the document")))
}

impl Writer<'_> {
    /// Gives the page the title of its document, and the summary that stands below it.
    pub(super) fn entitle(&mut self, blocks: &mut Vec<Block>, asked: Option<&str>) {
        let found = match asked {
            // Another line than that in the style Title is none to be sure of, and stays in the text.
            Some(_) => titled(blocks).map(|title| (title, "")),
            None => title(blocks, &self.manuscript.title),
        };
        if let (Some(field), Some((title, from))) = (self.kind.field("title"), found) {
            if asked.is_none() {
                self.notes.push(format!("The title is {from}: {title}"));
            }
            self.draft.set(field, title.into());
        }
        self.further_titles(blocks);
        let is_subtitle = |block: &Block| matches!(block, Block::Paragraph { role: Role::Subtitle, .. });
        if let Some(place) = blocks.iter().position(is_subtitle)
            && let Some(field) = self.kind.field("summary").filter(|_| !self.draft.has("summary"))
        {
            let at = self.at.clone();
            self.draft.put(field, &taken(blocks, place), &at);
        }
    }

    /// Makes what else is in the style Title headings: a page has one title.
    fn further_titles(&mut self, blocks: &mut [Block]) {
        for block in blocks.iter_mut().filter(|block| is_titled(block)) {
            let title = line(block);
            let Block::Paragraph { text, .. } = block else { continue };
            *block = Block::Heading { level: 1, anchors: Vec::new(), text: std::mem::take(text) };
            let is_there = |spot: &&Spot| spot.words.is_empty() && spot.heading == first_words(&title);
            let place = self.manuscript.spots.iter().find(is_there).cloned().unwrap_or_default();
            let text = "A page has one title, and this is a heading of it".to_owned();
            let help = "Set the title alone in the style Title, and headings in Heading 1 to Heading 3.".to_owned();
            self.lost.borrow_mut().push(Remark { place, text, help });
        }
    }

    /// Gives the page the title that was asked for, whatever its document says.
    pub(super) fn call(&mut self, asked: Option<&str>) {
        let (Some(asked), Some(field)) = (asked, self.kind.field("title")) else { return };
        if let Some(own) = self.draft.text("title").filter(|own| own != asked) {
            self.notes.push(format!(
                "The title is the one of --title. The document has another, which is not in the page: {own}"
            ));
        }
        self.draft.set(field, asked.into());
    }
}
