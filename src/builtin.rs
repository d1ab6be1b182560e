//! The theme that the program carries with it, and the small library that `casebook init` writes.

use include_dir::{Dir, include_dir};

/// The name of the built-in theme.
pub const NAME: &str = "civic";

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/civic");

/// Every file of the built-in theme: its path there, and its bytes; sorted.
pub fn theme() -> Vec<(String, &'static [u8])> {
    files_below("").into_iter().filter(|(path, _)| !path.starts_with("starter/")).collect()
}

/// Every file of a new library: its path there, and its bytes; sorted.
pub fn starter() -> Vec<(String, &'static [u8])> {
    files_below("starter/")
}

fn files_below(prefix: &str) -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(&THEME, prefix, &mut files);
    files.sort();
    files
}

fn collect(folder: &'static Dir<'static>, prefix: &str, files: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let Some(rest) = path.strip_prefix(prefix) {
            files.push((rest.to_owned(), file.contents()));
        }
    }
    for inner in folder.dirs() {
        collect(inner, prefix, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_carries_a_whole_theme_and_a_whole_library() {
        let has = |files: &[(String, &[u8])], path: &str| files.iter().any(|(name, _)| name == path);
        for path in ["theme.yaml", "kinds/_every.yaml", "templates/base.html", "i18n/en.yaml"] {
            assert!(has(&theme(), path), "{path}");
        }
        assert!(has(&starter(), "casebook.yaml") && has(&starter(), "content/_data/themes.yaml"));
        assert!(!theme().iter().any(|(path, _)| path.contains("starter")));
    }
}
