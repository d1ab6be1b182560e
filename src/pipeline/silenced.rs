//! Faults that a note on their page tells to leave out.

use super::entries::Checked;
use crate::{advice::Silence, diagnostic::Diagnostic};
use std::collections::HashMap;

/// Leaves out what the notes of pages silence. With `judging`, a note that silences nothing is a fault of its own: that
/// can be told only where everything was looked for.
pub(super) fn silence(diagnostics: &mut Vec<Diagnostic>, checked: &[Checked], judging: bool) {
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
    if judging {
        for (path, notes) in notes {
            let idle = notes.iter().flat_map(|note| {
                let idle = note.silence.codes.iter().filter(|code| !note.used.contains(code));
                idle.map(|code| note.silence.idle(*code, path))
            });
            diagnostics.extend(idle);
        }
    }
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
