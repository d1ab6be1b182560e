//! How much room blocks take, more or less: enough to know what may not be kept on one page. What is kept together and is
//! longer than a page would be cut.

use super::{Size, text};
use crate::model::paper::{Block, BlockContent, Inline, plain};

/// A page as it is counted, with a good part of it left over for what is not.
struct Page {
    /// How many lines it has.
    lines: usize,
    /// How many letters a line has beside a picture or a label.
    letters: usize,
    /// How many lines a picture or a chart takes.
    picture: usize,
}

impl Size {
    fn page(self) -> Page {
        match self {
            Self::Normal => Page { lines: 36, letters: 44, picture: 9 },
            Self::Large => Page { lines: 23, letters: 42, picture: 8 },
        }
    }
}

/// True for blocks that take most of a page or more.
pub(super) fn is_long<'a>(blocks: impl IntoIterator<Item = &'a Block>, size: Size) -> bool {
    let page = size.page();
    let mut lines = 0;
    for block in blocks {
        text::walk(std::slice::from_ref(block), &mut |block| lines += of_block(block, &page));
    }
    lines > page.lines
}

/// The lines of a block, a label above it included; those of the blocks in it not.
fn of_block(block: &Block, page: &Page) -> usize {
    let of_text =
        |text: &str| text.lines().map(|line| line.chars().count().div_ceil(page.letters).max(1)).sum::<usize>();
    let of_row = |row: &Vec<Vec<Inline>>| row.iter().map(|cell| 1 + of_text(&plain(cell))).sum::<usize>();
    1 + match &block.content {
        BlockContent::Heading { text, .. } => 1 + of_text(&plain(text)),
        BlockContent::Paragraph(text) => of_text(&plain(text)),
        BlockContent::Code(code) => of_text(code),
        BlockContent::Table(table) => table.rows.iter().map(of_row).sum(),
        BlockContent::Picture(picture) => page.picture + of_text(&plain(&picture.caption)),
        BlockContent::Chart(chart) => page.picture + 2 * chart.rows.len(),
        BlockContent::Card(card) => card.parts.len(),
        BlockContent::Definitions(all) => all.len(),
        BlockContent::List { .. } | BlockContent::Quote(_) | BlockContent::Alert { .. } | BlockContent::Rule => 0,
    }
}
