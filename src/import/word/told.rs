//! What there is to tell of an import, with the question or the heading that it is about.

use super::{Writer, values::Left};
use crate::{
    diagnostic::{Code, Diagnostic, Label},
    import::{
        docx::{self, Inline, Remark, Spot, words},
        page::Page,
        value,
    },
    model::Span,
};

impl<'a> Writer<'a> {
    /// The page, what there is to say of it, and what became of the parts of the document.
    pub(super) fn finish(mut self) -> (Option<Page>, Vec<Diagnostic>, Vec<String>) {
        self.note_left();
        let lost = self.lost.take();
        for remark in self.manuscript.remarks.iter().chain(&lost) {
            let fault = fault(remark, &self.at);
            if !self.draft.faults.contains(&fault) {
                self.draft.faults.push(fault);
            }
        }
        if !self.draft.has("title") {
            let message = "The document does not say what the title of the page is";
            let help = "Write it into the first line of the document, in the style Title (into its box, in a form), and \
                        save. Or say it beside the name of the file: --title \"…\".";
            let mut fault = Diagnostic::new(Code::UnusableImport, message).help(help);
            fault.place = Some(self.at.clone());
            self.draft.faults.push(fault);
            return (None, self.draft.faults, self.notes);
        }
        let (page, faults) = self.draft.finish(&self.at);
        (page, faults, self.notes)
    }

    /// Says in what has been told since then which question it is about, and puts it where that stands.
    pub(super) fn name_question(&mut self, since: usize, question: &str) {
        let place = at_paragraph(&self.at, self.paragraph_of(question));
        for fault in self.draft.faults.iter_mut().skip(since) {
            fault.place = Some(place.clone());
            if !fault.message.contains(&format!("“{question}”")) && !fault.message.contains(&format!("“{question}:"))
            {
                fault.message.push_str(&format!(" (at “{question}”)"));
            }
        }
    }

    /// The number of the paragraph that asks a question, or is the label of an answer: that of a field in a group stands
    /// behind the label of the group.
    fn paragraph_of(&self, question: &str) -> usize {
        let mut spots = self.manuscript.spots.iter();
        let mut number = 0;
        for label in question.split(docx::OF) {
            let first = docx::first_words(label);
            let is_name = |name: &str| self.named(name).is_some_and(|field| field.label.all().any(|own| own == label));
            let asks = |spot: &&Spot| {
                let name = if spot.words.is_empty() { Some(&*spot.heading) } else { spot.words.split(':').next() };
                spot.heading == first || spot.words.starts_with(&first) || name.is_some_and(is_name)
            };
            number = spots.by_ref().find(asks).map_or(number, |spot| spot.number);
        }
        number
    }

    /// What readers see for the parts of a way such as `ages: from`.
    pub(super) fn question(&self, way: &str) -> String {
        value::labels(&self.kind.fields, way, &self.known.language).join(docx::OF)
    }

    /// Puts what could not be read into notes.
    pub(super) fn note_left(&mut self) {
        let at = self.at.clone();
        for left in self.left.take() {
            match left {
                Left::Unread(name, misread) => {
                    let since = self.draft.faults.len();
                    self.draft.unread(&name, misread, &at);
                    self.name_question(since, &self.question(&name));
                }
                Left::Words(name, words) => self.draft.keep(&name, &words, &at),
                Left::Surplus(way, words) => self.draft.surplus(&way, &words, &at),
            }
        }
    }

    /// Says of words that somebody wrote beside the questions of a form where they are now.
    pub(super) fn tell_of_loose(&mut self, text: &[Inline]) {
        let line = words(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return;
        }
        let first = docx::first_words(&line);
        let place = self.manuscript.spots.iter().find(|spot| spot.words == first).cloned().unwrap_or_default();
        // Its words are told already.
        let place = Spot { words: String::new(), ..place };
        let text = format!("“{line}” stands outside the boxes of the form, and is in the text of the page");
        let help = "Delete it there where it is not meant for readers.".to_owned();
        self.lost.borrow_mut().push(Remark { place, text, help });
    }
}

/// A remark as reports tell it.
pub(super) fn fault(remark: &Remark, at: &Label) -> Diagnostic {
    let mut place = Vec::new();
    if !remark.place.heading.is_empty() {
        place.push(format!("under “{}”", remark.place.heading));
    }
    if !remark.place.words.is_empty() {
        place.push(format!("at “{}”", remark.place.words));
    }
    let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
    let help = if remark.help.is_empty() { "Compare the page with the document." } else { &remark.help };
    let mut fault = Diagnostic::new(Code::ImportChanged, format!("{}{place}", remark.text)).help(help);
    fault.place = Some(at_paragraph(at, remark.place.number));
    fault
}

/// A place in a document. It has no lines: its paragraphs are counted instead, which nobody is shown, and by which
/// reports are in its order.
pub(super) fn at_paragraph(at: &Label, number: usize) -> Label {
    Label { span: Span::new(number, number), ..at.clone() }
}
