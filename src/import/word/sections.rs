//! Goes through a document from top to bottom and finds where each part belongs.

use super::{Writer, answers::Answer, inside::each_control, ours, paragraphs::Found, pictures::is_file};
use crate::{
    import::docx::{Block, Control, Repeats, Role, words},
    model::{Field, FieldType},
};
use std::collections::BTreeSet;

/// The tag of the control for the text of the page, which is no field.
const BODY: &str = "body";

/// Where the blocks go that are met.
#[derive(Clone, Copy)]
pub(super) enum Goal<'a> {
    /// Into the text of the page.
    Body,
    /// Into a long text, whose heading has this level.
    Text(&'a Field, u8),
    /// To a field of another type, likewise.
    Field(&'a Field, u8),
    /// Into a question of a form, whose control was lost.
    Question(&'a Field),
}

/// The parts of a document as they are told apart.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub(super) body: Vec<Block>,
    texts: Vec<(&'a Field, Vec<Block>)>,
    fields: Vec<(&'a Field, Vec<Block>)>,
    /// The ways of groups of which another one begins.
    fresh: BTreeSet<String>,
    /// The ways of what repeats, where the walk is in it.
    sections: Vec<String>,
}

impl<'a> Writer<'a> {
    /// Makes the page of the whole document, with the title that was asked for.
    pub(super) fn whole(&mut self, title: Option<&str>) {
        let is_form = self.is_form();
        let mut blocks = ours::stripped(self.manuscript);
        let mut parts = Parts::default();
        if is_form {
            // Its own title is that of the form and not of what was answered.
            self.walk(&blocks, true, Goal::Body, &mut parts);
            self.give();
        } else {
            self.open_controls(&mut blocks);
            self.entitle(&mut blocks, title);
            self.cover(&mut blocks);
            self.walk(&blocks, false, Goal::Body, &mut parts);
            self.give();
        }
        self.call(title);
        let Parts { body, texts, fields, .. } = parts;
        for (field, blocks) in texts.into_iter().chain(fields) {
            self.give_blocks(field, &blocks);
        }
        let body = self.markdown(&body, 2);
        self.draft.body(&body);
    }

    /// True for a form, also for one that lost its name in another program.
    fn is_form(&self) -> bool {
        let mut has_field = false;
        let mut see = |control: &Control| has_field |= !control.tag.is_empty() && self.ways.find(control).is_some();
        each_control(&self.manuscript.blocks, &mut see);
        self.manuscript.form.is_some() || (self.manuscript.address.is_empty() && has_field)
    }

    /// Goes through blocks that stand where `goal` is met, and gives what is met behind them.
    pub(super) fn walk(
        &mut self,
        blocks: &[Block],
        is_form: bool,
        mut goal: Goal<'a>,
        parts: &mut Parts<'a>,
    ) -> Goal<'a> {
        let mut has_headed = false;
        let mut is_room_for_text = false;
        for block in blocks {
            match block {
                Block::Control(control, inner) => goal = self.control(control, inner, goal, is_form, parts),
                Block::Heading { level, text, .. } => {
                    let heading = words(text);
                    has_headed = true;
                    is_room_for_text = self.message("form.body").contains(&heading);
                    let ends = match goal {
                        Goal::Text(_, above) | Goal::Field(_, above) => *level <= above,
                        Goal::Body | Goal::Question(_) => true,
                    };
                    let field = if ends { self.named(&heading) } else { None };
                    match field {
                        Some(field) if matches!(field.field_type, FieldType::Markdown) && !field.many => {
                            goal = Goal::Text(field, *level)
                        }
                        Some(field) => goal = Goal::Field(field, *level),
                        None if is_form && self.ours.has(&heading) => goal = Goal::Body,
                        None if ends => {
                            goal = Goal::Body;
                            parts.add(goal, block.clone());
                        }
                        None => parts.add(goal, block.clone()),
                    }
                }
                Block::Paragraph { role, text } => {
                    match self.paragraph(*role, text, goal, (is_form, has_headed), parts) {
                        Found::Nothing => {
                            if is_form && matches!(goal, Goal::Body) && !is_room_for_text {
                                self.tell_of_loose(text);
                            }
                            parts.add(goal, block.clone());
                        }
                        Found::Taken => {}
                        Found::Question(field) => goal = Goal::Question(field),
                    }
                }
                Block::Table { rows, alignments } => {
                    let rest = self.facts(rows, is_form, parts);
                    if !rest.is_empty() {
                        parts.add(goal, Block::Table { rows: rest, alignments: alignments.clone() });
                    }
                }
                block => parts.add(goal, block.clone()),
            }
        }
        goal
    }

    /// What a control between paragraphs holds: an answer, what repeats, or blocks like any other.
    fn control(
        &mut self,
        control: &Control,
        inner: &[Block],
        goal: Goal<'a>,
        is_form: bool,
        parts: &mut Parts<'a>,
    ) -> Goal<'a> {
        if control.tag.starts_with("casebook:") {
            parts.add(goal, Block::Control(control.clone(), inner.to_vec()));
            return goal;
        }
        if !is_form {
            inner.iter().for_each(|block| parts.add(goal, block.clone()));
            return goal;
        }
        if control.tag == BODY {
            if !control.is_empty {
                parts.body.extend(inner.iter().cloned());
            }
            return goal;
        }
        match (control.repeats, self.ways.find(control).map(str::to_owned)) {
            (Repeats::Section, Some(way)) => {
                parts.sections.push(way);
                let goal = self.walk(inner, is_form, goal, parts);
                parts.sections.pop();
                goal
            }
            (Repeats::Item, _) => {
                parts.fresh.extend(parts.sections.last().cloned());
                self.walk(inner, is_form, goal, parts)
            }
            // Some programs draw a control around more than its answer.
            (_, Some(way)) if !self.ways.is_group(&way) && !asks(inner) => {
                let is_empty = control.is_empty || self.ours.is_unfilled(&flat(inner));
                let answer = if is_empty { Answer::Empty } else { Answer::Blocks(inner.to_vec()) };
                self.answer(&way, answer, parts);
                goal
            }
            _ => self.walk(inner, is_form, goal, parts),
        }
    }

    pub(super) fn answer(&mut self, way: &str, answer: Answer, parts: &mut Parts<'a>) {
        let way: Vec<&str> = way.split('/').collect();
        self.answers.take(&self.kind.fields, &way, "", answer, &mut parts.fresh);
    }
}

/// True for blocks with questions of a form in them: a program has drawn a control around more than its answer.
fn asks(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Paragraph { role: Role::Label | Role::Help, .. }))
}

impl<'a> Parts<'a> {
    pub(super) fn add(&mut self, goal: Goal<'a>, block: Block) {
        let push = |list: &mut Vec<(&'a Field, Vec<Block>)>, field: &'a Field| match list
            .iter_mut()
            .find(|(known, _)| known.name == field.name)
        {
            Some((_, blocks)) => blocks.push(block.clone()),
            None => list.push((field, vec![block.clone()])),
        };
        match goal {
            Goal::Body => self.body.push(block),
            Goal::Text(field, _) => push(&mut self.texts, field),
            Goal::Field(field, _) | Goal::Question(field) if is_file(field) || !is_blank(&block) => {
                push(&mut self.fields, field)
            }
            Goal::Field(..) | Goal::Question(_) => {}
        }
    }
}

fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Rule) || matches!(block, Block::Paragraph { text, .. } if text.is_empty())
}

/// The words of blocks on one line.
pub(super) fn flat(blocks: &[Block]) -> String {
    let line = |block: &Block| match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => words(text),
        Block::Quote(blocks) | Block::Control(_, blocks) => flat(blocks),
        Block::List { items, .. } => items.iter().map(|item| flat(item)).collect::<Vec<_>>().join(", "),
        Block::Code(code) => code.clone(),
        Block::Table { .. } | Block::Rule => String::new(),
    };
    blocks.iter().map(line).collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
