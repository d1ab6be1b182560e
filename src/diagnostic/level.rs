//! How grave a library takes each fault: for all of it, or for a folder.

use super::{Code, Diagnostic, Severity};
use std::collections::BTreeMap;

/// What a library makes of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It stops the build.
    Error,
    /// It is reported.
    Warning,
    /// It is not mentioned.
    Off,
}

/// The levels of a library, and of folders in it.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// Levels that hold everywhere.
    pub library: BTreeMap<Code, Level>,
    /// Levels of a folder below `content/`, by its path from the root; the longest that fits wins.
    pub folders: BTreeMap<String, BTreeMap<Code, Level>>,
}

impl Levels {
    /// Gives each fault its level here and drops those that are off. With `strict`, a warning is an error.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>, strict: bool) {
        diagnostics.retain_mut(|diagnostic| {
            match self.of(diagnostic) {
                Some(Level::Off) => return false,
                Some(Level::Error) => diagnostic.severity = Severity::Error,
                Some(Level::Warning) => diagnostic.severity = Severity::Warning,
                None => {}
            }
            if strict {
                diagnostic.severity = Severity::Error;
            }
            true
        });
    }

    fn of(&self, diagnostic: &Diagnostic) -> Option<Level> {
        if diagnostic.code.rule().fixed {
            return None;
        }
        let path = diagnostic.place.as_ref().map_or("", |place| place.path.as_str());
        let inside = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.folders
            .iter()
            .filter(|(folder, levels)| inside(folder) && levels.contains_key(&diagnostic.code))
            .max_by_key(|(folder, _)| folder.len())
            .and_then(|(_, levels)| levels.get(&diagnostic.code))
            .or_else(|| self.library.get(&diagnostic.code))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severities(levels: &Levels, strict: bool, faults: &[(Code, Option<&str>)]) -> Vec<Option<Severity>> {
        let after = |(code, path): &(Code, Option<&str>)| {
            let fault = Diagnostic::new(*code, "m");
            let mut faults = vec![path.map_or(fault.clone(), |path| fault.at(path, 0..1))];
            levels.apply(&mut faults, strict);
            faults.first().map(|fault| fault.severity)
        };
        faults.iter().map(after).collect()
    }

    const ERROR: Option<Severity> = Some(Severity::Error);
    const WARNING: Option<Severity> = Some(Severity::Warning);

    #[test]
    fn the_longest_folder_wins_over_the_shorter_and_over_the_library() {
        let broken = |level| BTreeMap::from([(Code::BrokenLink, level)]);
        let levels = Levels {
            library: broken(Level::Warning),
            folders: [
                ("content/old".to_owned(), broken(Level::Off)),
                ("content/old/board".to_owned(), broken(Level::Error)),
                ("content/old/board/quiet".to_owned(), BTreeMap::from([(Code::TooLong, Level::Off)])),
            ]
            .into(),
        };
        let at = |path| (Code::BrokenLink, Some(path));
        let faults = [
            at("content/a.md"),
            at("content/older/a.md"),
            at("content/old/a.md"),
            at("content/old/board/a.md"),
            at("content/old/board/quiet/a.md"),
            (Code::BrokenLink, None),
            (Code::BrokenAnchor, Some("content/old/a.md")),
        ];
        let expected = [WARNING, WARNING, None, ERROR, ERROR, WARNING, ERROR];
        assert_eq!(severities(&levels, false, &faults), expected);
    }

    #[test]
    fn a_fixed_code_stays_what_it_is() {
        let levels = Levels { library: [(Code::SameUrl, Level::Off)].into(), ..Levels::default() };
        assert_eq!(severities(&levels, false, &[(Code::SameUrl, Some("content/a.md"))]), [ERROR]);
    }

    #[test]
    fn strict_makes_warnings_errors_but_brings_nothing_back() {
        let library = [(Code::TooLong, Level::Off), (Code::BrokenLink, Level::Warning)].into();
        let levels = Levels { library, ..Levels::default() };
        let faults = [Code::TooLong, Code::BrokenLink, Code::EmptySection].map(|code| (code, None));
        assert_eq!(severities(&levels, true, &faults), [None, ERROR, ERROR]);
        assert_eq!(severities(&levels, false, &faults), [None, WARNING, WARNING]);
    }
}
