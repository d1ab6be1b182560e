//! Several values in one text.

/// The items of a text: a line each, where there are several or they have marks in front; else what semicolons or
/// upright strokes part.
///
/// Of boxes to tick only the ticked ones count.
pub(super) fn items(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_marked = |line: &&str| mark(line).is_some();
    if lines.len() > 1 || lines.iter().any(is_marked) {
        return lines.into_iter().filter_map(item).collect();
    }
    let separator = [';', '|'].into_iter().find(|separator| text.contains(*separator));
    let parts = match separator {
        Some(separator) => text.split(separator).collect(),
        None => vec![text],
    };
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The items of a list in Markdown: an item may go on over several lines.
pub(super) fn passages(text: &str) -> Vec<String> {
    let is_list = text.lines().any(|line| mark(line).is_some());
    let mut passages: Vec<String> = Vec::new();
    for line in text.lines() {
        match mark(line) {
            Some(rest) => passages.push(rest.trim().to_owned()),
            None if !is_list && !line.trim().is_empty() => passages.push(line.trim().to_owned()),
            None if is_list => match passages.last_mut() {
                Some(last) => last.extend(["\n", line.strip_prefix("  ").unwrap_or(line).trim_end()]),
                None => passages.push(line.trim().to_owned()),
            },
            None => {}
        }
    }
    passages.iter().map(|passage| passage.trim().to_owned()).filter(|passage| !passage.is_empty()).collect()
}

fn item(line: &str) -> Option<String> {
    let rest = mark(line).unwrap_or(line);
    let ticked = ["[x] ", "[X] ", "☑", "☒", "✓", "✔"].iter().find_map(|tick| rest.strip_prefix(tick));
    let is_open = ["[ ]", "☐"].iter().any(|open| rest.starts_with(open));
    let words = ticked.unwrap_or(rest).trim().trim_end_matches([';', ',']).trim();
    (!is_open && !words.is_empty()).then(|| words.to_owned())
}

/// What stands behind the mark of an item: `- `, `• `, `1. `.
fn mark(line: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "+ ", "• ", "· ", "– ", "◦ ", "▪ "].iter().find_map(|mark| line.strip_prefix(mark))
    {
        return Some(rest.trim_start());
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < line.len() && line.len() - rest.len() < 4;
    rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).filter(|_| numbered)
}
