//! How documents look: the colours of the theme, and measures.

use crate::model::Paper;

/// The family of all text but code: it is on the machines that open such files, or one of the same widths is.
pub(super) const FONT: &str = "Arial";

/// The family of code.
pub(super) const FONT_CODE: &str = "Courier New";

/// The width of the text in twentieths of a point: A4 less its margins.
pub(super) const WIDTH: i32 = 11_906 - 2 * MARGIN;

/// The margins beside the text.
pub(super) const MARGIN: i32 = 1_247;

/// How far each level of a list goes in.
pub(super) const STEP: i32 = 397;

/// English Metric Units, in which pictures are measured, to a twentieth of a point.
pub(super) const EMU: i64 = 635;

/// Colours as Word writes them: six digits.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) tint: String,
    pub(super) ink: String,
    pub(super) quiet: String,
    pub(super) line: String,
    pub(super) action: String,
    pub(super) strong: String,
    pub(super) on_action: String,
    pub(super) due: String,
    pub(super) due_tint: String,
}

impl Look {
    /// That of the theme; plain black and grey where it has no such token.
    pub(super) fn new(paper: &Paper) -> Self {
        let token = |name: &str, otherwise: &str| {
            let colour = paper.tokens.get(name).and_then(|value| digits(value));
            colour.unwrap_or_else(|| otherwise.to_owned())
        };
        Self {
            tint: token("tint", "F2F2F2"),
            ink: token("ink", "000000"),
            quiet: token("ink-quiet", "404040"),
            line: token("line", "BFBFBF"),
            action: token("action", "1F1F1F"),
            strong: token("action-strong", "000000"),
            on_action: token("on-action", "FFFFFF"),
            due: token("due", "7F7F7F"),
            due_tint: token("due-tint", "F2F2F2"),
        }
    }
}

/// `#0a5260` or `#0ae` as six digits.
fn digits(colour: &str) -> Option<String> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    match digits.len() {
        3 => Some(digits.chars().flat_map(|digit| [digit, digit]).collect::<String>().to_uppercase()),
        6 => Some(digits.to_uppercase()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_of_the_theme_is_six_digits() {
        assert_eq!(digits("#0ae").as_deref(), Some("00AAEE"));
        assert_eq!(digits("#0a5260").as_deref(), Some("0A5260"));
        assert_eq!([digits("red"), digits("#12345"), digits("#ggg")], [None, None, None]);
    }
}
