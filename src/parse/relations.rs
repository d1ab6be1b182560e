//! Do the terms of a register that name each other make sense together?

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Register, Term},
};

/// A way in which one term names others.
struct Relation {
    key: &'static str,
    ids: fn(&Term) -> &[String],
    /// The words for an id that is in no row: before it, and between it and the term.
    unknown: &'static str,
    /// The words for a way that leads back to its start.
    circle: &'static str,
}

const RELATIONS: [Relation; 2] = [
    Relation {
        key: "broader",
        ids: |term| term.broader.as_slice(),
        unknown: "The wider term",
        circle: "is wider than itself",
    },
    Relation {
        key: "replaced_by",
        ids: |term| &term.replaced_by,
        unknown: "The successor",
        circle: "takes its own place",
    },
];

/// Reports each term that names one that is not there, and each that leads back to itself.
pub(super) fn check(register: &Register) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for relation in &RELATIONS {
        for (index, term) in register.terms.iter().enumerate() {
            let report = |message: String, help: String| {
                Diagnostic::new(Code::InvalidRegister, message).at(&register.path, term.span).help(help)
            };
            let key = relation.key;
            for unknown in (relation.ids)(term).iter().filter(|id| register.by_id(id).is_none()) {
                let message = format!("{} “{unknown}” of “{}” is not in this list", relation.unknown, term.id);
                diagnostics.push(report(message, format!("Write the id of another term, or leave `{key}` out.")));
            }
            if let Some(way) = circle(register, index, relation.ids) {
                let message = format!("“{}” {}: {}", term.id, relation.circle, way.join(" → "));
                diagnostics.push(report(message, format!("Change or leave out the `{key}` of one of these terms.")));
            }
        }
    }
    diagnostics
}

/// The shortest way from a term back to itself, where it is the first term of the file on that way: a circle is told
/// once.
fn circle(register: &Register, start: usize, ids: fn(&Term) -> &[String]) -> Option<Vec<&str>> {
    let mut came_from: Vec<(usize, Option<usize>)> = vec![(start, None)];
    let mut at = 0;
    while let Some((index, _)) = came_from.get(at).copied() {
        for next in register.terms.get(index).into_iter().flat_map(ids).filter_map(|id| register.by_id(id)) {
            if next == start {
                let mut way = vec![start];
                let mut step = Some(at);
                while let Some((index, before)) = step.and_then(|step| came_from.get(step)) {
                    way.push(*index);
                    step = *before;
                }
                let is_first = way.iter().all(|index| *index >= start);
                let name = |index: &usize| register.terms.get(*index).map(|term| term.id.as_str());
                return is_first.then(|| way.iter().rev().filter_map(name).collect());
            }
            if !came_from.iter().any(|(known, _)| *known == next) {
                came_from.push((next, Some(at)));
            }
        }
        at += 1;
    }
    None
}
