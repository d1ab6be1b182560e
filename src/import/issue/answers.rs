//! An answer as hosts write it down, to what somebody answered.

use super::sections::sections;

/// An answer, without the words that hosts put where there is none.
pub(super) fn answered(written: &str) -> String {
    let is_none = ["_no response_", "*no response*", "no response"].contains(&written.trim().to_lowercase().as_str());
    if is_none { String::new() } else { written.to_owned() }
}

/// A text whose first headings are those of a page's text: of the second rank. People give them the rank that the
/// questions around them have.
pub(super) fn raised(written: &str) -> String {
    let sections = sections(written);
    let highest = sections.iter().map(|section| section.rank).filter(|rank| *rank > 0).min().unwrap_or_default();
    let Some(by) = highest.checked_sub(2).filter(|by| *by > 0) else { return written.to_owned() };
    let parts = sections.iter().map(|section| match section.rank {
        0 => section.text.clone(),
        rank => format!("{} {}\n\n{}", "#".repeat(rank - by), section.heading, section.text),
    });
    parts.map(|part| part.trim_end().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The labels of the boxes that are ticked; `None` where there are no boxes.
pub(super) fn ticked(written: &str) -> Option<Vec<String>> {
    let boxes: Vec<(bool, &str)> = written.lines().filter_map(box_of).collect();
    let lines = written.lines().filter(|line| !line.trim().is_empty()).count();
    let all = !boxes.is_empty() && boxes.len() == lines;
    all.then(|| boxes.into_iter().filter(|(ticked, _)| *ticked).map(|(_, label)| label.to_owned()).collect())
}

/// `- [x] Label`
fn box_of(line: &str) -> Option<(bool, &str)> {
    let rest = line.trim().strip_prefix(['-', '*', '+'])?.trim_start().strip_prefix('[')?;
    let (mark, label) = rest.split_once(']')?;
    matches!(mark, "x" | "X" | " " | "").then(|| (mark.eq_ignore_ascii_case("x"), label.trim()))
}

/// An answer with the ids of what there was to choose from in place of their labels, a line each.
pub(super) fn with_ids(options: &[(String, String)], written: &str) -> String {
    let id = |label: &str| {
        let label = label.trim();
        options.iter().find(|(_, known)| known.eq_ignore_ascii_case(label)).map(|(id, _)| id.as_str())
    };
    let line = |line: &str| {
        if let Some((ticked, label)) = box_of(line) {
            let mark = if ticked { 'x' } else { ' ' };
            return format!("- [{mark}] {}", id(label).unwrap_or(label));
        }
        if let Some(id) = id(line) {
            return id.to_owned();
        }
        // Several that were chosen of one list.
        let ids: Option<Vec<&str>> = line.split(", ").map(id).collect();
        ids.map_or(line.to_owned(), |ids| ids.join("\n"))
    };
    written.lines().map(line).collect::<Vec<_>>().join("\n")
}
