//! docs/reliability.md names the tests that hold what it says. They have to be there.

use std::{collections::BTreeSet, fs, path::Path};

/// The text in backticks of a cell.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// True for a test of this name: `trust/disk::a_name` in `tests/it/` or `src/`, or a file of tests.
fn is_there(root: &Path, name: &str) -> bool {
    let Some((file, function)) = name.rsplit_once("::") else { return root.join(name).is_file() };
    let places = [format!("tests/it/{file}.rs"), format!("src/{file}.rs"), format!("src/{file}/mod.rs")];
    let texts = places.iter().filter_map(|place| fs::read_to_string(root.join(place)).ok());
    let head = format!("fn {function}(");
    texts.into_iter().any(|text| text.split(&head).nth(1).is_some() && text.contains("#[test]"))
}

#[test]
fn every_case_names_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/reliability.md")).unwrap();
    let cases: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| case ") && !line.starts_with("| ---"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .filter(|cells: &Vec<&str>| cells.len() == 3)
        .collect();
    let mut tests = BTreeSet::new();
    for cells in &cases {
        let named: Vec<&str> = names(cells[2]).collect();
        assert!(!named.is_empty(), "no test holds {:?}", cells[0]);
        for name in named {
            assert!(is_there(root, name), "there is no test {name}, which is to hold {:?}", cells[0]);
            tests.insert(name);
        }
    }
    let counted = format!("{} cases, held by {} tests", cases.len(), tests.len());
    assert!(page.contains(&counted), "the page is to say: {counted}");
}
