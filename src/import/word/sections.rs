//! Goes through a document from top to bottom and finds where each part belongs.

use super::{Answer, Writer, first_picture, is_file, ours};
use crate::{
    import::docx::{self, Block, Control, Inline, Remark, Repeats, Role, Spot, words},
    model::{Field, FieldType},
};
use std::collections::BTreeSet;

/// The tag of the control for the text of the page, which is no field.
const BODY: &str = "body";

/// Where the blocks go that are met.
#[derive(Clone, Copy)]
enum Goal<'a> {
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
struct Parts<'a> {
    body: Vec<Block>,
    texts: Vec<(&'a Field, Vec<Block>)>,
    fields: Vec<(&'a Field, Vec<Block>)>,
    /// The ways of groups of which another one begins.
    fresh: BTreeSet<String>,
    /// The ways of what repeats, where the walk is in it.
    sections: Vec<String>,
}

impl<'a> Writer<'a> {
    /// Makes the page of the whole document; `stem` is the name of its file.
    pub(super) fn whole(&mut self, stem: &str) {
        let is_form = self.is_form();
        let mut blocks = ours::stripped(self.manuscript);
        let mut parts = Parts::default();
        if is_form {
            // Its own title, and the name of its file, are those of the form and not of what was answered.
            self.walk(&blocks, true, Goal::Body, &mut parts);
            self.give();
        } else {
            self.entitle(&mut blocks, stem);
            self.cover(&mut blocks);
            self.walk(&blocks, false, Goal::Body, &mut parts);
            self.give();
        }
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
        super::each_control(&self.manuscript.blocks, &mut see);
        self.manuscript.form.is_some() || (self.manuscript.address.is_empty() && has_field)
    }

    /// The picture above the text of a document of ours.
    fn cover(&mut self, blocks: &mut Vec<Block>) {
        let is_image = |field: &&Field| matches!(field.field_type, FieldType::Image) && !field.many;
        let Some(field) = self.kind.fields.iter().find(is_image) else { return };
        if self.manuscript.address.is_empty() {
            return;
        }
        let opening = blocks
            .iter()
            .take_while(|block| !matches!(block, Block::Heading { .. } | Block::Paragraph { role: Role::Fact, .. }));
        let is_picture = |block: &Block| matches!(block, Block::Paragraph { text, .. } if matches!(text.as_slice(), [Inline::Picture(..)]));
        let Some(place) = opening.into_iter().position(is_picture) else { return };
        let block = blocks.remove(place);
        if let Some((picture, alt)) = first_picture(&[block]) {
            self.pictured(field, picture, &alt);
        }
    }

    /// Gives a field of the kind a picture, and the field beside it what it shows.
    pub(super) fn pictured(&mut self, field: &Field, picture: usize, alt: &str) {
        let Some(name) = self.pictures.get(picture).cloned() else { return };
        self.draft.set(field, name.into());
        let alt_field = self.kind.field(&format!("{}_alt", field.name));
        if let Some(alt_field) = alt_field.filter(|alt_field| !alt.is_empty() && !self.draft.has(&alt_field.name)) {
            self.draft.set(alt_field, alt.into());
        }
    }

    /// Goes through blocks that stand where `goal` is met, and gives what is met behind them.
    fn walk(&mut self, blocks: &[Block], is_form: bool, mut goal: Goal<'a>, parts: &mut Parts<'a>) -> Goal<'a> {
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

    /// Says of words that somebody wrote beside the questions of a form where they are now.
    fn tell_of_loose(&mut self, text: &[Inline]) {
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

    fn answer(&mut self, way: &str, answer: Answer, parts: &mut Parts<'a>) {
        let way: Vec<&str> = way.split('/').collect();
        self.answers.take(&self.kind.fields, &way, "", answer, &mut parts.fresh);
    }

    /// What a paragraph is where it is no text: answers, a question, a fact.
    fn paragraph(
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
    fn is_scaffold(&self, line: &str, role: Role, goal: Goal<'a>) -> bool {
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
        let behind =
            Inline::Text(behind.trim_start().to_owned(), crate::import::docx::Marks { strong: false, ..*marks });
        Some((field, [behind].into_iter().chain(rest.iter().cloned()).collect()))
    }

    /// The field of that name, or of the name of several.
    fn named(&self, name: &str) -> Option<&'a Field> {
        let name = name.trim().trim_end_matches(':');
        self.draft.field(name).or_else(|| self.draft.field(&format!("{name}s")))
    }

    /// Gives fields the values beside their names in a table of two columns, and gives the other rows back.
    fn facts(&mut self, rows: &[Vec<Vec<Block>>], is_form: bool, parts: &mut Parts<'a>) -> Vec<Vec<Vec<Block>>> {
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

/// True for blocks with questions of a form in them: a program has drawn a control around more than its answer.
fn asks(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Paragraph { role: Role::Label | Role::Help, .. }))
}

/// What a paragraph turned out to be.
enum Found<'a> {
    /// Text.
    Nothing,
    /// Something that has gone where it belongs.
    Taken,
    /// The question before an answer.
    Question(&'a Field),
}

impl<'a> Parts<'a> {
    fn add(&mut self, goal: Goal<'a>, block: Block) {
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
