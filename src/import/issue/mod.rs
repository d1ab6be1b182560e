//! The form of an issue that somebody filled in, to a page.
//!
//! What the form asked stands as a heading above each answer. People change such texts by hand: headings go missing,
//! stand twice, or have a slip in them, and stories have headings of their own. Whatever can be told is placed; the
//! rest goes to the text of the page under its heading, and is told.

mod answers;
mod sections;

use super::{draft::Draft, known::Known, page::Import, text};
use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic, Label},
    editors::form::{self, Question, folded},
    model::{FieldType, Kind, SourceFile, Span},
    nearest::nearest,
    rules::Rules,
};
use answers::{answered, raised, ticked, with_ids};
use sections::{Section, sections};
use std::sync::Arc;

/// How much a text may hold, in bytes. Hosts take less.
const LARGEST: usize = 4 << 20;

/// The page that the text of an issue describes. `kind` is what the caller says that it is.
pub fn issue(name: &str, bytes: &[u8], kind: Option<&Kind>, known: &Known, config: &Config) -> Import {
    let whole = Label { path: name.to_owned(), span: Span::at(0), text: None };
    let refused = |message: &str, help: &str, texts| {
        let mut fault = Diagnostic::new(Code::UnusableImport, message).help(help);
        fault.place = Some(whole.clone());
        Import { faults: vec![fault], texts, ..Import::default() }
    };
    let text = std::str::from_utf8(bytes).ok().filter(|text| bytes.len() <= LARGEST && !text.contains('\0'));
    let Some(text) = text.map(|text| text.trim_start_matches('\u{feff}')) else {
        let help = "Copy the text of the issue into a new file and save it as UTF-8.";
        return refused("This is no text in UTF-8", help, Vec::new());
    };
    let source = Arc::new(SourceFile { path: name.to_owned(), text: text.to_owned() });
    let form = Rules { config, theme: &known.theme, registers: &known.registers };
    let sections = sections(text);
    if sections.iter().all(|section| section.heading.is_empty() && section.text.is_empty()) {
        return refused("This text is empty", "Fill in the form, or copy the whole text of the issue.", vec![source]);
    }
    let reader = Reader { form, name };
    let Some(kind) = kind.or_else(|| reader.kind(&sections)) else {
        let names: Vec<&str> = form.kinds().map(|kind| kind.name.as_str()).collect();
        let help = format!("Name it with --kind, one of: {}.", names.join(", "));
        return refused("Nobody can tell what kind of page this is", &help, vec![source]);
    };
    let mut draft = Draft::new(kind, known);
    reader.fill(&mut draft, kind, sections);
    let (page, faults) = draft.finish(&whole);
    Import { pages: page.into_iter().collect(), faults, texts: vec![source], ..Import::default() }
}

/// What is under way: a section and what it answers.
enum Asked<'a> {
    Question(Question<'a>),
    Kind,
    Text,
    Nothing,
}

struct Reader<'a> {
    form: Rules<'a>,
    /// The name of the file, for faults.
    name: &'a str,
}

impl<'a> Reader<'a> {
    /// The kind that the form says, else the one kind whose questions these are.
    fn kind(&self, sections: &[Section]) -> Option<&'a Kind> {
        let asked = folded(&self.form.words("kind", &[]));
        let said = sections.iter().find(|section| folded(&section.heading) == asked);
        let said = said.map(|section| folded(section.text.lines().next().unwrap_or_default()));
        let goes_by = |kind: &&Kind| {
            said.as_ref()
                .is_some_and(|said| folded(&kind.name) == *said || kind.label.all().any(|label| folded(label) == *said))
        };
        self.form.kinds().find(goes_by).or_else(|| {
            let answered = |kind: &Kind| {
                let questions = form::questions(self.form, kind);
                let asks = |section: &&Section| questions.iter().any(|one| is_asked(&one.heading, &section.heading));
                sections.iter().filter(asks).count()
            };
            let mut counts: Vec<(usize, &'a Kind)> = self.form.kinds().map(|kind| (answered(kind), kind)).collect();
            counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
            match counts.as_slice() {
                [(most, kind), (next, _), ..] if most > next && *most > 2 => Some(kind),
                [(most, kind)] if *most > 0 => Some(kind),
                _ => None,
            }
        })
    }

    /// Puts every answer into its place.
    fn fill(&self, draft: &mut Draft<'_>, kind: &Kind, mut sections: Vec<Section>) {
        let questions = form::questions(self.form, kind);
        for section in &mut sections {
            let heading = folded(&section.heading);
            let named =
                |one: &&Question<'_>| one.group.is_none() && !heading.is_empty() && folded(&one.field.name) == heading;
            if !questions.iter().any(|one| is_asked(&one.heading, &section.heading))
                && let Some(question) = questions.iter().find(named)
            {
                section.heading.clone_from(&question.heading);
            }
        }
        let own = [self.form.words("kind", &[]), self.form.words("text", &[])];
        let headings: Vec<&str> =
            questions.iter().map(|one| one.heading.as_str()).chain(own.iter().map(String::as_str)).collect();
        let is_known = |section: &Section| headings.iter().any(|heading| is_asked(heading, &section.heading));
        let rank = rank(&sections, is_known);
        let mut answers: Vec<Section> = Vec::new();
        let mut said: Vec<String> = Vec::new();
        for mut section in sections {
            let mut slip = None;
            if section.rank == rank && !is_known(&section) {
                let free = headings.iter().filter(|heading| !said.contains(&folded(heading))).copied();
                slip = nearest(&section.heading, free).map(str::to_owned);
            }
            let takes_headings = answers.last().is_some_and(|last| self.is_long(&questions, last, section.rank));
            if let Some(meant) = slip {
                let message = format!("“{}” is taken for “{meant}”", text::one_line(&section.heading));
                let fault = Diagnostic::new(Code::ImportChanged, message).at(self.name, section.span);
                draft.faults.push(fault.help("Look whether that is what was meant."));
                section.heading = meant;
            } else if section.rank != 0 && !(section.rank == rank && is_known(&section)) && takes_headings {
                // A heading of the answer itself.
                if let Some(last) = answers.last_mut() {
                    let marks = "#".repeat(section.rank);
                    last.text = format!("{}\n\n{marks} {}\n\n{}", last.text, section.heading, section.text);
                    last.text.truncate(last.text.trim_end().len());
                }
                continue;
            }
            said.push(folded(&section.heading));
            answers.push(section);
        }
        for section in answers {
            let at = Label { path: self.name.to_owned(), span: section.span, text: None };
            match self.asked(&questions, &section.heading) {
                Asked::Question(question) => self.answer(draft, &question, &section.text, &at),
                Asked::Kind => {
                    // Somebody may write on where they were to leave it as it is.
                    let more = section.text.split_once('\n').map_or("", |(_, more)| more.trim()).to_owned();
                    if !more.is_empty() {
                        self.unasked(draft, &Section { heading: String::new(), text: more, ..section }, &at);
                    }
                }
                Asked::Text => draft.body(&raised(&answered(&section.text))),
                Asked::Nothing => self.unasked(draft, &section, &at),
            }
        }
    }

    fn asked<'q>(&self, questions: &[Question<'q>], heading: &str) -> Asked<'q> {
        if let Some(question) = questions.iter().find(|one| is_asked(&one.heading, heading)) {
            return Asked::Question(question.clone());
        }
        if is_asked(&self.form.words("kind", &[]), heading) {
            Asked::Kind
        } else if is_asked(&self.form.words("text", &[]), heading) {
            Asked::Text
        } else {
            Asked::Nothing
        }
    }

    /// True for an answer that may have headings of its own, of this rank.
    fn is_long(&self, questions: &[Question<'_>], answer: &Section, rank: usize) -> bool {
        match self.asked(questions, &answer.heading) {
            Asked::Question(question) => matches!(question.field.field_type, FieldType::Markdown),
            Asked::Kind => false,
            Asked::Text => true,
            Asked::Nothing => rank > answer.rank,
        }
    }

    fn answer(&self, draft: &mut Draft<'_>, question: &Question<'_>, written: &str, at: &Label) {
        let field = question.field;
        let mut written = answered(written);
        if let Some(options) = form::options(self.form, field) {
            let ticked = ticked(&written);
            if let (Some(ticked), false) = (&ticked, field.many) {
                if let [_, _, ..] = ticked.as_slice() {
                    draft.keep(&question.heading, &ticked.join("; "), at);
                    return;
                }
                written = ticked.first().cloned().unwrap_or_default();
            }
            written = with_ids(&options, &written);
        }
        match question.group {
            Some(group) => draft.put_within(group, field, &written, at),
            None => draft.put(field, &written, at),
        }
    }

    /// What no question asked for goes to the text of the page.
    fn unasked(&self, draft: &mut Draft<'_>, section: &Section, at: &Label) {
        let written = answered(&section.text);
        if section.heading.is_empty() {
            if !written.is_empty() {
                let fault = Diagnostic::new(Code::NotPlaced, "This answers no question of this form");
                draft
                    .faults
                    .push(Diagnostic { place: Some(at.clone()), ..fault.help("It stands in the text of the page.") });
            }
            draft.body(&written);
            return;
        }
        let heading = text::one_line(&section.heading);
        let message = format!("“{heading}” is no question of this form");
        let fault =
            Diagnostic::new(Code::NotPlaced, message).help("It stands in the text of the page, under that heading.");
        draft.faults.push(Diagnostic { place: Some(at.clone()), ..fault });
        draft.body(&format!("## {heading}\n\n{written}"));
    }
}

/// The rank of the headings that are questions: the one that most of them have.
fn rank(sections: &[Section], is_known: impl Fn(&Section) -> bool) -> usize {
    let count = |rank: &usize| sections.iter().filter(|section| section.rank == *rank && is_known(section)).count();
    // Of two that as many have, the rank that hosts give to questions.
    [3, 2, 1, 4, 5, 6].into_iter().rev().max_by_key(count).unwrap_or(3)
}

fn is_asked(question: &str, heading: &str) -> bool {
    !heading.is_empty() && folded(question) == folded(heading)
}
