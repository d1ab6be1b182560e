//! Paragraphs and rows that are no text of the page: answers, questions, facts behind their names.

use super::{
    Writer,
    answers::Answer,
    sections::{Goal, Parts, flat},
};
use crate::{
    import::docx::{Block, Control, Inline, Marks, Role, words},
    model::Field,
};

impl<'a> Writer<'a> {
    /// What a paragraph is where it is no text: answers, a question, a fact.
    pub(super) fn paragraph(
        &mut self,
        role: Role,
        text: &[Inline],
        goal: Goal<'a>,
        (is_form, has_headed): (bool, bool),
        parts: &mut Parts<'a>,
    ) -> Found<'a> {
        let mut found = false;
        for inline in text {
            let Inline::Control(control, inner) = inline else { continue };
            if role == Role::Label || !is_form {
                continue;
            }
            if let Some((way, option)) = self.ways.option(control) {
                let (way, option) = (way.to_owned(), option.to_owned());
                let answer = if control.ticked == Some(true) { Answer::Chosen(option) } else { Answer::Empty };
                self.answer(&way, answer, parts);
                found = true;
            } else if let Some(way) = self.ways.find(control).filter(|way| !self.ways.is_group(way)) {
                let way = way.to_owned();
                let answer = match &control.value {
                    _ if control.is_empty || self.ours.is_unfilled(&words(inner)) => Answer::Empty,
                    Some(value) => Answer::Chosen(value.clone()),
                    None if words(inner).trim().is_empty() && control.day.is_some() => {
                        control.day.clone().map_or(Answer::Empty, Answer::Chosen)
                    }
                    None => Answer::Blocks(vec![Block::Paragraph { role: Role::Text, text: inner.clone() }]),
                };
                self.answer(&way, answer, parts);
                found = true;
            }
        }
        if found {
            return Found::Taken;
        }
        let line = words(text);
        // A box without a name, before what it stands for.
        if let (true, Goal::Question(field), Some(Inline::Control(Control { ticked: Some(ticked), .. }, _))) =
            (is_form, goal, text.first())
        {
            let option = words(text.get(1..).unwrap_or_default()).trim().to_owned();
            let answer = if *ticked { Answer::Chosen(option) } else { Answer::Empty };
            self.answer(&field.name, answer, parts);
            return Found::Taken;
        }
        if is_form {
            if self.is_scaffold(&line, role, goal) {
                return Found::Taken;
            }
            let asked =
                (role == Role::Label).then(|| self.draft.field(line.split('(').next().unwrap_or_default())).flatten();
            return match asked {
                Some(field) => Found::Question(field),
                None if role == Role::Label => Found::Taken,
                None => Found::Nothing,
            };
        }
        if (has_headed && role != Role::Fact) || !matches!(role, Role::Text | Role::Fact) {
            return Found::Nothing;
        }
        match self.labelled(text) {
            Some((field, value)) => {
                self.give_inline(field, &value);
                Found::Taken
            }
            None => Found::Nothing,
        }
    }

    /// True for what a form shows by itself: never an answer that is one of its words.
    pub(super) fn is_scaffold(&self, line: &str, role: Role, goal: Goal<'a>) -> bool {
        /// Shorter words may be an answer.
        const LONG: usize = 30;
        match role {
            Role::Label => false,
            Role::Title | Role::Subtitle | Role::Copy | Role::Help => true,
            _ if matches!(goal, Goal::Body) || line.chars().count() > LONG => self.ours.has(line),
            _ => self.ours.is_unfilled(line),
        }
    }

    /// The field that a paragraph names before a colon, and what stands behind it.
    pub(super) fn labelled(&self, text: &[Inline]) -> Option<(&'a Field, Vec<Inline>)> {
        let [Inline::Text(first, marks), rest @ ..] = text else { return None };
        let (name, behind) = first.split_once(':')?;
        let field = self.named(name)?;
        let behind = Inline::Text(behind.trim_start().to_owned(), Marks { strong: false, ..*marks });
        Some((field, [behind].into_iter().chain(rest.iter().cloned()).collect()))
    }

    /// The field of that name, or of the name of several.
    pub(super) fn named(&self, name: &str) -> Option<&'a Field> {
        let name = name.trim().trim_end_matches(':');
        self.draft.field(name).or_else(|| self.draft.field(&format!("{name}s")))
    }

    /// Gives fields the values beside their names in a table of two columns, and gives the other rows back.
    pub(super) fn facts(
        &mut self,
        rows: &[Vec<Vec<Block>>],
        is_form: bool,
        parts: &mut Parts<'a>,
    ) -> Vec<Vec<Vec<Block>>> {
        let mut rest = Vec::new();
        for row in rows {
            let named = match row.as_slice() {
                [name, value] => {
                    let name = flat(name);
                    self.named(&name).map(|field| (field, value))
                }
                _ => None,
            };
            match named {
                Some((field, value)) => self.give_blocks(field, value),
                None if is_form && row.iter().flatten().any(|block| matches!(block, Block::Control(..))) => {
                    let all: Vec<Block> = row.iter().flatten().cloned().collect();
                    self.walk(&all, is_form, Goal::Body, parts);
                }
                None => rest.push(row.clone()),
            }
        }
        rest
    }
}

/// What a paragraph turned out to be.
pub(super) enum Found<'a> {
    /// Text.
    Nothing,
    /// Something that has gone where it belongs.
    Taken,
    /// The question before an answer.
    Question(&'a Field),
}
