//! What there is to tell of a document: of a place in it, or of all of it.

use super::{
    Reader,
    tree::{Remark, Spot},
    xml::{self, Node, attribute, name},
};

impl Reader<'_, '_> {
    /// Says something of the place where the reader is, as a sentence without its full stop, and what to do about it.
    pub(super) fn remark(&mut self, text: impl Into<String>, help: &str) {
        let remark = Remark { place: self.spot.clone(), text: text.into(), help: help.to_owned() };
        if !self.made.remarks.contains(&remark) {
            self.made.remarks.push(remark);
        }
    }

    /// Says something of the whole document.
    fn remark_on_all(&mut self, text: impl Into<String>) {
        self.made.remarks.push(Remark { place: Spot::default(), text: text.into(), help: String::new() });
    }

    /// Tells what people have noted at the margin.
    pub(super) fn comments(&mut self, root: Option<Node<'_, '_>>) {
        let Some(root) = root else { return };
        for comment in root.children().filter(|node| name(*node) == "comment") {
            let author = attribute(comment, "author").map(str::trim).filter(|author| !author.is_empty());
            let text = xml::words(comment);
            let by = author.map(|author| format!(" by {author}")).unwrap_or_default();
            let place = attribute(comment, "id").and_then(|id| self.commented.get(id)).cloned();
            self.spot = place.unwrap_or_default();
            self.remark(format!("A comment{by} was not taken: “{text}”"), "");
        }
    }

    /// Tells what concerns the whole document.
    pub(super) fn remainder(&mut self) {
        if self.package.has("word/vbaProject.bin") {
            self.remark_on_all("The document has macros. They were left alone, and nothing of them is in the page");
        }
        if self.changes > 0 {
            let many = if self.changes == 1 { "One tracked change was" } else { "Tracked changes were" };
            let count = if self.changes == 1 { String::new() } else { format!(" ({} of them)", self.changes) };
            self.remark_on_all(format!(
                "{many} taken as accepted{count}: what was deleted is not in the page, what was put in is"
            ));
        }
        if self.contents {
            self.remark_on_all("The table of contents was left out: pages get their own");
        }
        let is_ours = self.made.form.is_some() || !self.made.address.is_empty();
        for words in self.margins().into_iter().filter(|_| !is_ours) {
            self.remark_on_all(format!(
                "What stands at the top or at the foot of every sheet is not in the page: “{words}”"
            ));
        }
    }

    /// The words above and below the text of every sheet, but for its number.
    fn margins(&mut self) -> Vec<String> {
        let margins: Vec<String> = self
            .relations
            .values()
            .filter(|relation| ["header", "footer"].contains(&relation.kind.as_str()))
            .map(|relation| relation.target.clone())
            .collect();
        let mut said: Vec<String> = Vec::new();
        for path in margins {
            let Ok(Some(text)) = self.package.text(&path) else { continue };
            let Ok(document) = roxmltree::Document::parse(&text) else { continue };
            let words = xml::words(document.root_element());
            let is_number = |word: &str| {
                word.chars().all(|c| !c.is_alphabetic()) || ["page", "of"].contains(&word.to_lowercase().as_str())
            };
            if !words.split(' ').all(is_number) && !said.contains(&words) {
                said.push(words);
            }
        }
        said.sort();
        said
    }
}
