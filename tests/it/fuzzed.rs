//! The bytes that `fuzz/` keeps, put through its targets: what was once found there stays found.

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::{fs, path::Path};
pub use targets::Desk;

/// What takes bytes.
type Target = fn(&[u8]);

/// The targets by the folders of their corpora.
const TARGETS: [(&str, Target); 6] = [
    ("calendar", targets::calendar),
    ("front_matter", targets::front_matter),
    ("index_files", targets::index_files),
    ("kind_files", targets::kind_files),
    ("markdown", targets::markdown),
    ("queries", targets::queries),
];

#[test]
fn what_was_kept_of_the_fuzzing_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names
    };
    let folders: Vec<_> = TARGETS.iter().map(|(name, _)| corpus.join(name)).collect();
    assert_eq!(names(&corpus), folders, "a folder a target");
    for ((name, target), folder) in TARGETS.iter().zip(folders) {
        let files = names(&folder);
        assert!(files.len() > 4, "{name} has next to nothing to try");
        for file in files {
            let held = std::panic::catch_unwind(|| target(&fs::read(&file).unwrap()));
            assert!(held.is_ok(), "{}", file.display());
        }
    }
}
