//! The questions of a kind as Markdown: what GitHub's form makes of the answers, with the help as notes that nobody
//! sees once the issue is there.

use crate::{
    editors::{
        Known,
        form::{self, Question, options, questions, sample},
    },
    model::{FieldType, Kind},
};

/// How many boxes there are to tick: from a longer list the name is written.
const BOXES: usize = 30;

pub(super) fn template(known: Known<'_>, kind: &Kind) -> String {
    let language = known.language();
    let mut text = format!("{}\n", note(known.words("introduction", &[]).trim()));
    let mut section = |heading: &str, help: &str, below: &str| {
        text += &format!("\n### {heading}\n\n");
        if !help.trim().is_empty() {
            text += &format!("{}\n\n", note(help.trim()));
        }
        text += below;
        text += "\n";
    };
    section(&known.words("kind", &[]), &known.words("kind_help", &[]), &format!("{}\n", kind.label.get(language)));
    for question in questions(known, kind) {
        section(&question.heading, &help(known, &question), &boxes(known, &question));
    }
    section(&known.words("text", &[]), &known.words("text_help", &[]), "");
    text
}

fn help(known: Known<'_>, question: &Question<'_>) -> String {
    let field = question.field;
    let mut help = vec![form::help(known, field)];
    if question.is_required() {
        help.push(known.words("required", &[]));
    }
    match &field.field_type {
        FieldType::Group(inner) => {
            help.push(known.words("group_help", &[]));
            help.push(format!("\n{}", sample(known, inner)));
        }
        _ if field.many && boxes(known, question).is_empty() => help.push(known.words("one_a_line", &[])),
        _ => {}
    }
    help.retain(|text| !text.trim().is_empty());
    help.join(" ")
}

/// What there is to tick, where it is not too much.
fn boxes(known: Known<'_>, question: &Question<'_>) -> String {
    let options = options(known, question.field).filter(|options| options.len() <= BOXES).unwrap_or_default();
    options.iter().map(|(_, label)| format!("- [ ] {label}\n")).collect()
}

/// A text that is not shown. Nothing in it ends it.
fn note(text: &str) -> String {
    format!("<!-- {} -->", text.replace("--", "- -"))
}
