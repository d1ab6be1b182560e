//! The words that the HTML of a text needs.

use pulldown_cmark::BlockQuoteKind;

/// The words of the interface that stand in the HTML of a text, in one language. All are plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// `markdown.table`: what a table's region is called, before the name of its section.
    pub table: String,
    /// `markdown.footnotes`: what the footnotes are called.
    pub footnotes: String,
    /// `markdown.footnote_back`: where the arrow after a footnote leads.
    pub footnote_back: String,
    /// `markdown.task_done`: a task that is ticked off.
    pub task_done: String,
    /// `markdown.task_open`: a task that is not.
    pub task_open: String,
    /// `markdown.alert.note`
    pub note: String,
    /// `markdown.alert.tip`
    pub tip: String,
    /// `markdown.alert.important`
    pub important: String,
    /// `markdown.alert.warning`
    pub warning: String,
    /// `markdown.alert.caution`
    pub caution: String,
}

impl Words {
    /// The words, by the keys that the interface's text has them under.
    pub fn new(text: impl Fn(&str) -> String) -> Self {
        Self {
            table: text("markdown.table"),
            footnotes: text("markdown.footnotes"),
            footnote_back: text("markdown.footnote_back"),
            task_done: text("markdown.task_done"),
            task_open: text("markdown.task_open"),
            note: text("markdown.alert.note"),
            tip: text("markdown.alert.tip"),
            important: text("markdown.alert.important"),
            warning: text("markdown.alert.warning"),
            caution: text("markdown.alert.caution"),
        }
    }

    /// The class of an alert, and its title.
    pub(super) fn alert(&self, kind: BlockQuoteKind) -> (&'static str, &str) {
        match kind {
            BlockQuoteKind::Note => ("alert-note", &self.note),
            BlockQuoteKind::Tip => ("alert-tip", &self.tip),
            BlockQuoteKind::Important => ("alert-important", &self.important),
            BlockQuoteKind::Warning => ("alert-warning", &self.warning),
            BlockQuoteKind::Caution => ("alert-caution", &self.caution),
        }
    }
}
