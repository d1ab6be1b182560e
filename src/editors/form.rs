//! What a form asks of somebody who sends in an entry, whatever the form is drawn with: questions in an order, each
//! under a heading of its own, so that an answer can be told by it.

use super::Rules;
use crate::model::{Field, FieldType, Kind};

/// A question of a form.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The field that an answer goes to.
    pub field: &'a Field,
    /// The field that it is within, where it is one of a group that there is one of.
    pub group: Option<&'a Field>,
    /// What stands above it; no other question of the form has the same.
    pub heading: String,
}

impl Question<'_> {
    /// A name that no other question has, of letters, digits, hyphens and underscores.
    pub fn id(&self) -> String {
        let group = self.group.map(|group| format!("{}-", group.name)).unwrap_or_default();
        let name = format!("{group}{}", self.field.name);
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
    }

    /// True where an entry is not complete without an answer.
    pub fn is_required(&self) -> bool {
        self.field.required && self.group.is_none_or(|group| group.required)
    }
}

/// The questions of the form of a kind: what an entry must have first, then what the kind has of its own.
pub fn questions<'a>(rules: Rules<'_>, kind: &'a Kind) -> Vec<Question<'a>> {
    let (required, rest): (Vec<_>, Vec<_>) =
        kind.fields.iter().filter(|field| is_asked(field, &kind.fields)).partition(|field| field.required);
    let own = kind.own_first().filter(|field| rest.iter().any(|other| other.name == field.name));
    let mut questions: Vec<Question<'a>> = Vec::new();
    for field in required.into_iter().chain(own) {
        match &field.field_type {
            FieldType::Group(inner) if !field.many => {
                let asked = inner.iter().filter(|one| is_asked(one, inner));
                questions.extend(asked.map(|one| Question { field: one, group: Some(field), heading: String::new() }));
            }
            _ => questions.push(Question { field, group: None, heading: String::new() }),
        }
    }
    let language = rules.language();
    let mut taken = vec![folded(&rules.words("kind", &[])), folded(&rules.words("text", &[]))];
    for question in &mut questions {
        let label = question.field.label.get(language);
        let heading = match question.group {
            Some(group) => rules.words("within", &[("group", group.label.get(language)), ("label", label)]),
            None => label.to_owned(),
        };
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_free = |heading: &String| !folded(heading).is_empty() && !taken.contains(&folded(heading));
        question.heading =
            Some(heading.clone()).filter(is_free).unwrap_or_else(|| format!("{heading} ({})", question.id()));
        taken.push(folded(&question.heading));
    }
    questions
}

/// True for what a text can answer: a file can't be sent in a form, and neither can words for it or what it is part of.
fn is_asked(field: &Field, beside: &[Field]) -> bool {
    let is_file = |field: &Field| matches!(field.field_type, FieldType::Image | FieldType::File);
    let describes = |file: &Field| field.name == "alt" || field.name == format!("{}_alt", file.name);
    let needs_file = match &field.field_type {
        FieldType::Group(inner) => inner.iter().any(|one| one.required && is_file(one)),
        _ => false,
    };
    !field.internal
        && !is_file(field)
        && !needs_file
        && !beside.iter().any(|other| matches!(other.field_type, FieldType::Image) && describes(other))
}

/// A heading without case and punctuation: people who change one seldom change more.
pub fn folded(heading: &str) -> String {
    crate::markdown::slug(heading)
}

/// What there is to choose from, as ids with labels of which no two are the same; `None` for what is written.
pub fn options(rules: Rules<'_>, field: &Field) -> Option<Vec<(String, String)>> {
    let language = rules.language();
    let named = |id: &str, label: &str| {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        (id.to_owned(), if label.is_empty() { id.to_owned() } else { label })
    };
    let options = match &field.field_type {
        FieldType::Choice(options) => options.iter().map(|one| named(&one.id, one.label.get(language))).collect(),
        FieldType::YesNo => ["yes", "no"].iter().map(|id| named(id, &rules.words(id, &[]))).collect(),
        FieldType::Reference(to) => {
            rules.registers.get(to)?.terms.iter().map(|term| named(&term.id, term.labels.get(language))).collect()
        }
        _ => return None,
    };
    Some(distinct(options))
}

/// Choices whose labels can be told apart. None of them is `None`, which hosts keep for no answer.
fn distinct(choices: Vec<(String, String)>) -> Vec<(String, String)> {
    let same = |label: &str| choices.iter().filter(|(_, other)| other.eq_ignore_ascii_case(label)).count() > 1;
    let is_unclear = |label: &str| label.eq_ignore_ascii_case("none") || same(label);
    let clear = |(id, label): &(String, String)| {
        (id.clone(), if is_unclear(label) { format!("{label} ({id})") } else { label.clone() })
    };
    choices.iter().map(clear).collect()
}

/// How several groups are written: a line a field, and a line left empty between two.
pub fn sample(rules: Rules<'_>, fields: &[Field]) -> String {
    let lines = fields.iter().filter(|field| !field.internal).filter_map(|field| {
        let example = field.example.as_deref().filter(|example| !example.contains('\n'))?;
        Some(format!("{}: {example}", field.label.get(rules.language())))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What helps to answer: the field's own words, and that a page goes by its name.
pub fn help(rules: Rules<'_>, field: &Field) -> String {
    let names_page = matches!(&field.field_type, FieldType::Reference(to) if !rules.registers.contains_key(to));
    let more = if names_page { rules.words("by_name", &[]) } else { String::new() };
    joined(field.help.get(rules.language()), &more)
}

/// Two sentences, of which either may be missing.
pub fn joined(one: &str, other: &str) -> String {
    format!("{one} {other}").trim().to_owned()
}
