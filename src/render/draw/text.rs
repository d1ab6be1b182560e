//! How wide words are, about: no font is at hand when a drawing is made, so every estimate is on the wide side.

/// The width of a text in em.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(of_character).sum()
}

fn of_character(c: char) -> f64 {
    match c {
        ' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '(' | ')' => 0.34,
        'f' | 'r' | 't' | '-' | '"' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 0.95,
        'A'..='Z' | '&' => 0.72,
        // Ideographs, kana, hangul, emoji: as wide as they are high.
        c if c >= '\u{2e80}' => 1.05,
        _ => 0.6,
    }
}

/// The text in lines of at most a width in em, broken between words; a word that is wider is broken too.
pub(super) fn wrapped(text: &str, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined) <= limit {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            if !line.is_empty() && width(&line) + of_character(c) > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_into_lines_that_fit() {
        assert_eq!(wrapped("children in care", 30.0), ["children in care"]);
        assert_eq!(wrapped("children in care", 5.0), ["children", "in care"]);
        for text in ["a".repeat(200), "word ".repeat(40), "漢字".repeat(50)] {
            let lines = wrapped(&text, 8.0);
            assert!(lines.iter().all(|line| width(line) <= 8.0), "{lines:?}");
            assert_eq!(lines.join("").replace(' ', ""), text.replace(' ', ""));
        }
        assert!(wrapped("  ", 8.0).is_empty());
    }
}
