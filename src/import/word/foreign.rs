//! Controls of other people's documents: what is in them is text, and what nobody filled in is nothing.

use super::{Writer, inside::each_inline};
use crate::import::docx::{Block, Control, Inline, Remark, Spot, words};

impl Writer<'_> {
    /// Takes the blocks in foreign controls out of them: Word's own cover pages have titles in some. What a control asks
    /// for that nobody filled in goes, and is told.
    pub(super) fn open_controls(&mut self, blocks: &mut Vec<Block>) {
        let mut unfilled = Vec::new();
        opened(blocks, &mut unfilled);
        if self.manuscript.address.is_empty() {
            each_inline(blocks, &mut |inline| match inline {
                Inline::Control(control, text) if control.is_empty && control.ticked.is_none() => {
                    unfilled.push(words(text));
                }
                _ => {}
            });
        }
        unfilled.retain(|asked| !asked.trim().is_empty());
        let said = match unfilled.as_slice() {
            [] => return,
            [asked] => format!("A box of the document that nobody filled in is not in the page: “{asked}”"),
            all => format!(
                "{} boxes of the document that nobody filled in are not in the page: “{}”",
                all.len(),
                all.join("”, “")
            ),
        };
        let help = "Write into the page what should stand there.".to_owned();
        self.lost.borrow_mut().push(Remark { place: Spot::default(), text: said, help });
    }
}

fn opened(blocks: &mut Vec<Block>, unfilled: &mut Vec<String>) {
    let is_foreign = |control: &Control| !control.tag.starts_with("casebook:");
    for block in std::mem::take(blocks) {
        match block {
            Block::Control(control, inner) if control.is_empty && is_foreign(&control) => {
                unfilled.push(super::sections::flat(&inner));
            }
            Block::Control(control, mut inner) if is_foreign(&control) => {
                opened(&mut inner, unfilled);
                blocks.append(&mut inner);
            }
            block => blocks.push(block),
        }
    }
}
