//! Words on a drawing: how large they can be, and where their lines break.

use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};
use std::{collections::HashMap, sync::LazyLock};

/// The rulers of the two fonts: each is made once, as ten thousand cards ask for the same widths.
static REGULAR: LazyLock<Ruler> = LazyLock::new(|| Ruler::of(notosans::REGULAR_TTF));
static BOLD: LazyLock<Ruler> = LazyLock::new(|| Ruler::of(notosans::BOLD_TTF));

/// A text set within a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Lettering {
    /// The size of the letters: one of those allowed.
    pub size: f32,
    /// The lines; none where the font has not the letters for the text.
    pub lines: Vec<String>,
}

/// The box that a text has to fit into.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Its width and height.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// From line to line, in sizes of the letters.
    pub leading: f32,
    /// The sizes that the letters may have, the best first.
    pub sizes: &'a [f32],
    /// True for bold letters.
    pub bold: bool,
}

/// Sets a text at the first size at which it fits without a broken word. At the last one a word may be broken, and
/// what does not fit is left out behind an ellipsis.
///
/// What the font can't show is left out: emoji, other scripts. Where that is more than half of the text's letters,
/// all of it is, as the rest would be no text.
pub fn letter(text: &str, frame: Frame<'_>) -> Lettering {
    let last = frame.sizes.last().copied().unwrap_or(16.0);
    let none = Lettering { size: last, lines: Vec::new() };
    let ruler: &Ruler = if frame.bold { &BOLD } else { &REGULAR };
    let Some(words) = ruler.words(text) else { return none };
    for size in frame.sizes {
        let most = most(&frame, *size);
        let (lines, broken) = ruler.lines(&words, frame.width / size);
        if lines.len() <= most && !broken {
            return Lettering { size: *size, lines: ruler.balanced(&words, frame.width / size, lines) };
        }
    }
    let (mut lines, _) = ruler.lines(&words, frame.width / last);
    if lines.len() > most(&frame, last) {
        lines.truncate(most(&frame, last));
        if let Some(end) = lines.last_mut() {
            ruler.cut(end, frame.width / last);
        }
    }
    Lettering { size: last, lines }
}

/// How many lines the box holds.
fn most(frame: &Frame<'_>, size: f32) -> usize {
    // A negative or endless number becomes the least or the greatest.
    ((frame.height / (size * frame.leading)) as usize).max(1)
}

/// The width of each letter that a font has, in sizes of the letters.
#[derive(Default)]
struct Ruler(HashMap<char, f32>);

impl Ruler {
    /// The ruler of a font; one that can't be read has no letters.
    fn of(font: &[u8]) -> Self {
        let Ok(font) = FontRef::new(font) else { return Self::default() };
        let widths = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let width = |(code, glyph)| Some((char::from_u32(code)?, widths.advance_width(glyph)?));
        Self(font.charmap().mappings().filter_map(width).collect())
    }

    /// The words of a text as far as the font has letters for them.
    fn words(&self, text: &str) -> Option<Vec<String>> {
        let has = |c: char| self.0.contains_key(&c);
        let letters = || text.chars().filter(|c| c.is_alphanumeric());
        let (all, shown) = (letters().count(), letters().filter(|c| has(*c)).count());
        let words = text.split_whitespace().map(|word| word.chars().filter(|c| has(*c)).collect::<String>());
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        (shown * 2 > all && !words.is_empty()).then_some(words)
    }

    fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|c| self.0.get(&c)).sum()
    }

    /// The words in lines of at most this width, and whether one of them had to be broken.
    fn lines(&self, words: &[String], width: f32) -> (Vec<String>, bool) {
        let mut lines = vec![String::new()];
        let mut broken = false;
        for word in words {
            let line = lines.last().map_or("", String::as_str);
            let joined = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            if self.width(&joined) <= width {
                lines.pop();
                lines.push(joined);
                continue;
            }
            lines.retain(|line| !line.is_empty());
            let mut pieces = self.pieces(word, width);
            broken |= pieces.len() > 1;
            lines.append(&mut pieces);
        }
        (lines, broken)
    }

    /// A word in pieces of at most this width, each of at least one letter.
    fn pieces(&self, word: &str, width: f32) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for c in word.chars() {
            let piece = pieces.last().map_or("", String::as_str);
            if !piece.is_empty() && self.width(piece) + self.width(c.encode_utf8(&mut [0; 4])) > width {
                pieces.push(String::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        pieces
    }

    /// As many lines, of widths as even as may be: no word alone on the last.
    fn balanced(&self, words: &[String], width: f32, lines: Vec<String>) -> Vec<String> {
        let mut best = lines;
        for share in (60..100).rev().step_by(2) {
            let (lines, broken) = self.lines(words, width * share as f32 / 100.0);
            if broken || lines.len() > best.len() {
                break;
            }
            best = lines;
        }
        best
    }

    /// Takes words off the end of a line until an ellipsis fits behind it.
    fn cut(&self, line: &mut String, width: f32) {
        const ELLIPSIS: char = '…';
        while self.width(line) + self.width("…") > width {
            match line.rfind(' ') {
                Some(at) => line.truncate(at),
                None if line.pop().is_none() => break,
                None => {}
            }
        }
        line.push(ELLIPSIS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame<'static> =
        Frame { width: 1000.0, height: 240.0, leading: 1.2, sizes: &[72.0, 56.0, 40.0], bold: true };

    fn set(text: &str) -> Lettering {
        letter(text, FRAME)
    }

    #[test]
    fn a_short_text_is_large_and_a_long_one_small_and_cut() {
        assert_eq!(set("Mentoring"), Lettering { size: 72.0, lines: vec!["Mentoring".into()] });
        let long = set(&"Independent visitors and mentoring ".repeat(9));
        assert_eq!((long.size, long.lines.len()), (40.0, 5));
        assert!(long.lines.last().is_some_and(|line| line.ends_with('…')));
    }

    #[test]
    fn lines_are_even_and_no_word_stands_alone() {
        let lines = set("Young people keep the same adult at their side when they leave care").lines;
        assert!(lines.len() > 1 && lines.iter().all(|line| line.split(' ').count() > 2), "{lines:?}");
    }

    #[test]
    fn a_word_without_end_is_broken_at_the_least_size() {
        let word = set(&"x".repeat(80));
        assert_eq!((word.size, word.lines.concat()), (40.0, "x".repeat(80)));
        assert!(word.lines.len() > 1);
    }

    #[test]
    fn what_the_font_has_not_is_left_out() {
        assert_eq!(set("A \u{1f600} good week \u{4e16}").lines, ["A good week"]);
        for nothing in ["\u{5d0}\u{5d1}\u{5d2} a", "\u{4e16}\u{754c}", "\u{1f600}", "", " \u{7} "] {
            assert_eq!(set(nothing).lines, Vec::<String>::new(), "{nothing:?}");
        }
        assert_eq!(set("Tŷ’r Ysgol: Ελλάδα, Київ").lines.concat(), "Tŷ’r Ysgol: Ελλάδα, Київ");
    }
}
