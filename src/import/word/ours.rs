//! What stands in forms and documents of ours that is no part of a page: questions, advice, parts that are made anew.

use crate::{
    import::{
        Known,
        docx::{Block, Inline, Manuscript, Role, words},
    },
    model::{Field, FieldType, Kind},
};
use std::collections::BTreeSet;

/// Texts that a form shows of itself.
pub(super) struct Words {
    texts: BTreeSet<String>,
}

impl Words {
    pub(super) fn new(known: &Known, kind: &Kind) -> Self {
        let mut texts = BTreeSet::new();
        for messages in known.theme.translations.values() {
            let of_forms = messages.iter().filter(|(key, _)| key.starts_with("form."));
            let said = of_forms.filter_map(|(_, message)| message.as_str());
            texts.extend(said.flat_map(|text| [plain(text), plain(&format!("[{text}]"))]));
        }
        gather(&kind.fields, &mut texts);
        Self { texts }
    }

    /// True for what a control shows while nobody has filled it in.
    pub(super) fn is_unfilled(&self, text: &str) -> bool {
        text.trim().starts_with('[') && text.trim().ends_with(']') && self.has(text)
    }

    /// True for words that a form has by itself.
    pub(super) fn has(&self, text: &str) -> bool {
        self.texts.contains(&plain(text))
    }
}

fn gather(fields: &[Field], texts: &mut BTreeSet<String>) {
    for field in fields {
        texts.extend(field.label.all().chain(field.help.all()).map(plain));
        if let FieldType::Group(inner) = &field.field_type {
            gather(inner, texts);
        }
    }
}

/// A text without what a program may set otherwise.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes from a document of ours what is made anew for each: the band above the title, the days and what is said of
/// them, the line with the address below.
pub(super) fn stripped(manuscript: &Manuscript) -> Vec<Block> {
    let mut blocks = manuscript.blocks.clone();
    let is_made = |block: &Block| matches!(block, Block::Paragraph { role: Role::Band | Role::Dates | Role::Help, .. });
    blocks.retain(|block| !is_made(block));
    if manuscript.address.is_empty() {
        return blocks;
    }
    let leads_home = |block: &Block| match block {
        Block::Paragraph { text, .. } => {
            text.iter().any(|inline| matches!(inline, Inline::Link(address, _) if *address == manuscript.address))
                || words(text).trim_end().ends_with(&manuscript.address)
        }
        _ => false,
    };
    if blocks.last().is_some_and(leads_home) {
        blocks.pop();
        if blocks.last() == Some(&Block::Rule) {
            blocks.pop();
        }
    }
    // A notice before the first fact is about the days.
    let first = blocks
        .iter()
        .position(|block| matches!(block, Block::Heading { .. } | Block::Paragraph { role: Role::Fact, .. }));
    let notice = |block: &Block| matches!(block, Block::Paragraph { role: Role::Notice, .. });
    if let Some(place) = blocks.iter().take(first.unwrap_or(0)).position(notice) {
        blocks.remove(place);
    }
    blocks
}
