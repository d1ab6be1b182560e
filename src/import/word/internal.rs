//! Fields for those who keep the library: nobody decides on them by sending in a document.

use super::{
    Writer,
    answers::{Answer, Group, Slot},
    sections::flat,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::Field,
};
use serde_yaml::{Mapping, Value};

/// A page is of the kind that its folder says: what a document says of it is looked at elsewhere.
const KIND: &str = "kind";

impl Writer<'_> {
    /// True for a field that a document from outside has no say in: its words are kept as a note. A document of ours
    /// shows such fields, and they are compared with those of its page.
    pub(super) fn is_withheld(&mut self, field: &Field, words: &str) -> bool {
        let is_withheld = field.internal && field.name != KIND && !self.is_ours;
        if is_withheld {
            self.withhold(field, words);
        }
        is_withheld
    }

    /// Gives a page that comes back the fields for its keepers as it has them; where its document has others, they are
    /// kept as notes.
    pub(super) fn restore(&mut self, values: &Mapping) {
        for field in self.kind.fields.iter().filter(|field| field.internal) {
            let said = self.draft.withdraw(&field.name);
            let known = values.get(field.name.as_str());
            if let Some(known) = known {
                self.draft.set(field, known.clone());
            }
            if let Some(said) = said.filter(|said| Some(said) != known) {
                let words = match said {
                    Value::String(words) => words,
                    value => serde_yaml::to_string(&value).unwrap_or_default(),
                };
                self.withhold(field, &words);
            }
        }
    }

    fn withhold(&mut self, field: &Field, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        let label = field.label.get(&self.known.language);
        self.draft.remember(label, &words);
        let message = format!("“{label}: {words}” was not taken from the document: the library’s editors set this");
        let mut fault = Diagnostic::new(Code::NotPlaced, message);
        fault.place = Some(self.at.clone());
        let help = format!(
            "It stands as a note in the front matter of the page. Where it is right, write the field {} yourself and \
             delete the note.",
            field.name
        );
        self.draft.faults.push(fault.help(help));
    }
}

/// What was answered, in words on one line.
pub(super) fn said(slot: &Slot) -> String {
    let words: Vec<String> = match slot {
        Slot::Answers(answers) => answers.iter().map(answered).collect(),
        Slot::Groups(groups) => groups.iter().flat_map(Group::slots).map(|(_, slot)| said(slot)).collect(),
    };
    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
}

fn answered(answer: &Answer) -> String {
    match answer {
        Answer::Empty => String::new(),
        Answer::Chosen(id) => id.clone(),
        Answer::Blocks(blocks) => flat(blocks),
    }
}
