//! The letters that documents can show: those that the fonts have.

use super::fault;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::Paper,
};
use rustc_hash::FxHashMap;
use skrifa::{
    FontRef, MetadataProvider as _,
    instance::{LocationRef, Size},
};
use std::collections::BTreeSet;
use typst::text::{Font, is_default_ignorable};
use unicode_normalization::UnicodeNormalization as _;

/// What stands for letters that no font has.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// Where a line may break although nothing is to be seen there.
const BREAKS: [char; 2] = ['\u{ad}', '\u{200b}'];

/// How many letters may stand without a place to break: those of an address would run off the page.
const LONGEST: usize = 30;

/// The letters that every font has, and how wide the first font has them.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    /// In sizes of the letters.
    widths: FxHashMap<char, f32>,
}

impl Glyphs {
    /// Those of the fonts that the program carries, which come first, and of those that a theme adds.
    pub(super) fn of(fonts: &[Font]) -> Self {
        let mut widths = FxHashMap::default();
        for font in fonts.iter().filter_map(|font| FontRef::new(font.data()).ok()) {
            let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
            for (code, glyph) in font.charmap().mappings() {
                let (Some(letter), Some(width)) = (char::from_u32(code), metrics.advance_width(glyph)) else {
                    continue;
                };
                widths.entry(letter).or_insert(width);
            }
        }
        Self { widths }
    }

    /// A text with what can be shown, in the fewest letters: `w` with a circumflex is one.
    pub(super) fn shown(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut unbroken = 0;
        for letter in text.nfc() {
            unbroken = if letter.is_whitespace() || BREAKS.contains(&letter) { 0 } else { unbroken + 1 };
            if unbroken > LONGEST {
                shown.push(BREAKS[1]);
                unbroken = 1;
            }
            self.push(letter, &mut shown);
        }
        shown
    }

    /// The same of a text that keeps its lines.
    pub(super) fn lines(&self, text: &str) -> String {
        let lines: Vec<String> = text.lines().map(|line| self.shown(&line.replace('\t', "    "))).collect();
        lines.join("\n")
    }

    fn push(&self, letter: char, shown: &mut String) {
        let letter = if self.has(letter) { letter } else { meant(letter) };
        if BREAKS.contains(&letter) || (self.has(letter) && !letter.is_control() && !is_default_ignorable(letter)) {
            shown.push(letter);
        } else if letter.is_whitespace() {
            shown.push(' ');
        } else if letter.is_control() || is_default_ignorable(letter) {
        } else if self.is_alike(letter) {
            shown.extend(letter.nfkc());
        } else if !shown.ends_with(UNKNOWN) {
            // One mark for a sign of many parts, such as a flag.
            shown.push(UNKNOWN);
        }
    }

    fn has(&self, letter: char) -> bool {
        self.widths.contains_key(&letter)
    }

    /// True for a letter that is a form of others that the fonts have, such as a number in a circle.
    fn is_alike(&self, letter: char) -> bool {
        let mut plain = letter.nfkc();
        plain.all(|part| part != letter && self.has(part))
    }

    /// The parts of a text for which a mark is shown.
    fn missing(&self, text: &str) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        let mut is_open = false;
        for letter in text.nfc() {
            let mut shown = String::new();
            self.push(letter, &mut shown);
            let is_missing = letter != UNKNOWN && shown.ends_with(UNKNOWN);
            match parts.last_mut().filter(|_| is_open) {
                Some(part) if is_missing => part.push(letter),
                _ if is_missing => parts.push(letter.to_string()),
                _ => {}
            }
            is_open = is_missing;
        }
        parts
    }

    /// How wide a text is, in sizes of its letters.
    pub(super) fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|letter| self.widths.get(&letter)).sum()
    }
}

/// What Word means by a letter that it has of its own: its hyphens, and the bullets of its fonts of signs.
fn meant(letter: char) -> char {
    match letter {
        '\u{2010}' | '\u{2011}' => '-',
        '\u{f0b7}' => '•',
        '\u{f0a7}' => '▪',
        other => other,
    }
}

/// Warns of letters that no font has: each once, at its first place.
pub(super) fn check(paper: &Paper, glyphs: &Glyphs) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut told = Vec::new();
    super::text::each(paper, &mut |text, spot| {
        for part in glyphs.missing(text) {
            let is_new = part.chars().filter(|letter| seen.insert(*letter)).count() > 0;
            if !is_new {
                continue;
            }
            let message = format!("No font of the PDF has “{part}”, so the PDF shows “{UNKNOWN}” in its place");
            let (path, span) = fault::place(paper, spot);
            let within = span.of(&paper.source.text).find(&part).map(|at| span.start + at);
            let span = within.map_or(span, |at| (at..at + part.len()).into());
            let fault = Diagnostic::new(Code::MissingGlyph, message).at(path, span);
            told.push(fault.help("Leave it out, or say in words what it says."));
        }
    });
    told
}
