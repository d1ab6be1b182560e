//! Faults that a note on their page tells to leave out.

use super::entries::Checked;
use crate::{
    advice::{self, Silence},
    diagnostic::Diagnostic,
};
use std::collections::HashMap;

/// Leaves out what the notes of pages silence. A note that silences nothing is a fault of its own, as far as
/// everything was looked for that it names.
pub(super) fn silence(diagnostics: &mut Vec<Diagnostic>, checked: &[Checked], looked_for: LookedFor) {
    let noted = checked.iter().filter(|checked| !checked.silences.is_empty());
    let mut notes: HashMap<&str, Vec<Note<'_>>> =
        noted.map(|checked| (checked.source.path.as_str(), checked.silences.iter().map(Note::new).collect())).collect();
    if notes.is_empty() {
        return;
    }
    diagnostics.retain(|fault| {
        let notes = fault.place.as_ref().and_then(|place| notes.get_mut(place.path.as_str()));
        let holding = notes.into_iter().flatten().filter(|note| note.silence.holds(fault));
        // Each note that is about it was needed.
        holding.map(|note| note.used.push(fault.code)).count() == 0
    });
    if looked_for != LookedFor::Faults {
        for (path, notes) in notes {
            let idle = notes.iter().flat_map(|note| {
                let idle = note.silence.codes.iter().filter(|code| !note.used.contains(code));
                let idle = idle.filter(|code| looked_for == LookedFor::Everything || advice::is_advice(**code));
                idle.map(|code| note.silence.idle(*code, path))
            });
            diagnostics.extend(idle);
        }
    }
}

/// What a run looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LookedFor {
    /// Faults, and no advice.
    Faults,
    /// Advice, and faults but for those that pages and documents show.
    Advice,
    /// All that there may be to say.
    Everything,
}

struct Note<'a> {
    silence: &'a Silence,
    used: Vec<crate::diagnostic::Code>,
}

impl<'a> Note<'a> {
    fn new(silence: &'a Silence) -> Self {
        Self { silence, used: Vec::new() }
    }
}
