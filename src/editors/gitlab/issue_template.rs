//! The questions of a kind as Markdown: what GitHub's form makes of the answers, with the help as notes that nobody
//! sees once the issue is there.

use crate::{
    editors::{
        Rules,
        form::{self, Question, options, questions, sample},
    },
    model::{FieldType, Kind},
};

/// How many boxes there are to tick: from a longer list the name is written.
const BOXES: usize = 30;

pub(super) fn template(rules: Rules<'_>, kind: &Kind) -> String {
    let language = rules.language();
    let mut text = format!("{}\n", note(rules.words("introduction", &[]).trim()));
    let mut section = |heading: &str, help: &str, below: &str| {
        text += &format!("\n### {heading}\n\n");
        if !help.trim().is_empty() {
            text += &format!("{}\n\n", note(help.trim()));
        }
        text += below;
        text += "\n";
    };
    section(&rules.words("kind", &[]), &rules.words("kind_help", &[]), &format!("{}\n", kind.label.get(language)));
    for question in questions(rules, kind) {
        section(&question.heading, &help(rules, &question), &boxes(rules, &question));
    }
    section(&rules.words("text", &[]), &rules.words("text_help", &[]), "");
    text
}

fn help(rules: Rules<'_>, question: &Question<'_>) -> String {
    let field = question.field;
    let mut help = vec![form::help(rules, field)];
    if question.is_required() {
        help.push(rules.words("required", &[]));
    }
    match &field.field_type {
        FieldType::Group(inner) => {
            help.push(rules.words("group_help", &[]));
            help.push(format!("\n{}", sample(rules, inner)));
        }
        _ if field.many && boxes(rules, question).is_empty() => help.push(rules.words("one_a_line", &[])),
        _ => {}
    }
    help.retain(|text| !text.trim().is_empty());
    help.join(" ")
}

/// What there is to tick, where it is not too much.
fn boxes(rules: Rules<'_>, question: &Question<'_>) -> String {
    let options = options(rules, question.field).filter(|options| options.len() <= BOXES).unwrap_or_default();
    options.iter().map(|(_, label)| format!("- [ ] {label}\n")).collect()
}

/// A text that is not shown. Nothing in it ends it.
fn note(text: &str) -> String {
    format!("<!-- {} -->", text.replace("--", "- -"))
}
