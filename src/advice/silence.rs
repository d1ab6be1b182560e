//! Faults that somebody has looked at and means to leave: `<!-- casebook-ignore CB1004: reason -->` before a block of
//! Markdown, `# casebook-ignore CB1004: reason` before a field.

use crate::{
    diagnostic::{Code, Diagnostic},
    markdown::{IGNORE, events, is_inline},
    model::{Entry, PageText, Place, Span},
    nearest::nearest,
    yaml,
};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The word that such a note begins with.
const MARK: &str = IGNORE;

/// A note that silences faults.
#[derive(Clone, Debug)]
pub struct Silence {
    /// Where it stands in the file.
    pub place: Span,
    /// The part of the file that it is about.
    pub covers: Span,
    /// What it silences there; none where something is wrong with it.
    pub codes: Vec<Code>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

impl Silence {
    /// True where it is about a fault in this file.
    pub fn holds(&self, fault: &Diagnostic) -> bool {
        let inside = |span: Span| self.covers.start <= span.start && span.start < self.covers.end;
        self.codes.contains(&fault.code) && fault.place.as_ref().is_some_and(|place| inside(place.span))
    }

    /// What to say where a code of it was not needed.
    pub fn idle(&self, code: Code, path: &str) -> Diagnostic {
        let message = format!("There is no fault {code} ({}) here to ignore", code.rule().name);
        let help = "Delete the note, or put it right before what it is about: a block of text or a field.";
        Diagnostic::new(Code::InvalidIgnore, message).at(path, self.place).help(help)
    }
}

/// The notes of a page.
pub fn silences(entry: &Entry) -> Vec<Silence> {
    if !entry.source.text.contains(MARK) {
        return Vec::new();
    }
    let mut silences = in_front_matter(entry);
    for text in &entry.texts {
        let markdown = text.markdown(&entry.source.text);
        if markdown.contains(MARK) {
            silences.extend(Notes::of(markdown).into_iter().map(|note| resolved(entry, text, note)));
        }
    }
    silences
}

/// A note in a text of Markdown. Places are those there.
struct Note<'a> {
    place: Range<usize>,
    words: &'a str,
    covers: Covers,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Covers {
    /// The page, for a note at the top of its body; else the whole of the text.
    All,
    Block(Range<usize>),
    Nothing,
}

fn resolved(entry: &Entry, text: &PageText, note: Note<'_>) -> Silence {
    let file = &entry.source.text;
    let in_file = |place: Range<usize>| yaml::markdown_span(file, entry.front_span, text, place.into());
    let covers = match note.covers {
        Covers::All if matches!(text.place, Place::Body(_)) => Some(Span::new(0, file.len() + 1)),
        Covers::All => Some(in_file(0..text.markdown(file).len())),
        Covers::Block(block) => Some(in_file(block)),
        Covers::Nothing => None,
    };
    silence(entry, in_file(note.place), note.words, covers, "block of text")
}

/// The note of these words; `thing` is what it should stand before.
fn silence(entry: &Entry, place: Span, words: &str, covers: Option<Span>, thing: &str) -> Silence {
    let (list, reason) = words.split_once(':').unwrap_or((words, ""));
    let mut silence = Silence { place, covers: covers.unwrap_or(place), codes: Vec::new(), faults: Vec::new() };
    let mut report = |message: String, help: String| {
        silence.faults.push(Diagnostic::new(Code::InvalidIgnore, message).at(&entry.source.path, place).help(help));
    };
    let mut codes = Vec::new();
    for name in list.split([',', ' ']).filter(|name| !name.is_empty()) {
        match Code::find(name) {
            Some(code) if code.rule().fixed => {
                let message = format!("{code} ({}) can't be ignored", code.rule().name);
                report(message, format!("It would break the site. `casebook explain {code}` says how to mend it."));
            }
            Some(code) => codes.push(code),
            None => {
                let names = crate::diagnostic::rules().iter().map(|rule| rule.name);
                let help = match nearest(name, names) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Write the code that stands in front of the fault, such as CB1001.".to_owned(),
                };
                report(format!("There is no fault called “{name}” to ignore"), help);
            }
        }
    }
    if list.trim().is_empty() {
        report("This note doesn't say what to ignore".to_owned(), HOW.to_owned());
    } else if reason.trim().is_empty() {
        report("This note gives no reason, so nothing is ignored".to_owned(), HOW.to_owned());
        codes.clear();
    } else if covers.is_none() {
        report(format!("There is no {thing} behind this note"), "Put it right before what it is about.".to_owned());
        codes.clear();
    }
    silence.codes = codes;
    silence
}

const HOW: &str = "Write the code, a colon and why it is right here: `casebook-ignore CB1001: the law says it so`.";

/// Reads the notes of a text, each with the block that follows it.
#[derive(Default)]
struct Notes<'a> {
    found: Vec<Note<'a>>,
    /// Blocks that are open.
    open: Vec<Range<usize>>,
    /// Notes that wait for the block behind them: as many blocks are open around each as were then.
    waiting: Vec<(usize, usize)>,
    /// True once there was anything but notes.
    begun: bool,
}

impl<'a> Notes<'a> {
    fn of(markdown: &'a str) -> Vec<Note<'a>> {
        let mut notes = Self::default();
        for (event, range) in events(markdown) {
            notes.see(markdown, &event, range);
        }
        notes.found
    }

    fn see(&mut self, markdown: &'a str, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let own = in_comments(markdown, range.clone());
                if own.is_empty() {
                    self.block(&range);
                }
                for (place, words) in own {
                    let covers = if self.begun { Covers::Nothing } else { Covers::All };
                    if self.begun {
                        self.waiting.push((self.open.len(), self.found.len()));
                    }
                    self.found.push(Note { place, words, covers });
                }
                self.open.push(range);
            }
            Event::InlineHtml(_) => {
                for (place, words) in in_comments(markdown, range) {
                    let covers = self.open.last().map_or(Covers::All, |block| Covers::Block(block.clone()));
                    self.found.push(Note { place, words, covers });
                }
            }
            Event::Start(tag) if !is_inline(tag) => {
                self.block(&range);
                self.open.push(range);
            }
            Event::End(tag) if is_end_of_block(tag) => {
                self.open.pop();
                let depth = self.open.len();
                self.waiting.retain(|(around, _)| *around <= depth);
            }
            Event::Rule => self.block(&range),
            _ => {}
        }
    }

    /// A block begins: notes right before it are about it.
    fn block(&mut self, range: &Range<usize>) {
        self.begun = true;
        for (_, note) in self.waiting.drain(..) {
            if let Some(note) = self.found.get_mut(note) {
                note.covers = Covers::Block(range.clone());
            }
        }
    }
}

fn is_end_of_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// The notes among the comments of a piece of HTML: the place of each comment, and what stands behind the mark.
fn in_comments(markdown: &str, range: Range<usize>) -> Vec<(Range<usize>, &str)> {
    let html = markdown.get(range.clone()).unwrap_or_default();
    let comment = |(at, _): (usize, &str)| {
        let inner = html.get(at + "<!--".len()..)?;
        let inner = inner.get(..inner.find("-->")?)?;
        let words = inner.trim().strip_prefix(MARK)?;
        let start = range.start + at;
        Some((start..start + "<!---->".len() + inner.len(), words))
    };
    html.match_indices("<!--").filter_map(comment).collect()
}

/// The notes among the comments of the front matter.
fn in_front_matter(entry: &Entry) -> Vec<Silence> {
    let Some(front) = entry.front_span else { return Vec::new() };
    let text = front.of(&entry.source.text);
    if !text.contains(MARK) {
        return Vec::new();
    }
    let values = yaml::values(text);
    let mut silences = Vec::new();
    for line in Span::lines(text, 0) {
        let written = line.of(text);
        let Some(at) = written.find(MARK) else { continue };
        let Some(hash) = written.get(..at).and_then(|before| before.rfind('#')) else { continue };
        let between = written.get(hash + 1..at).unwrap_or_default();
        let before = written.get(..hash).unwrap_or_default();
        let place = Span::new(line.start + hash, line.end);
        let is_text =
            values.iter().any(|value| value.is_single && value.start < place.start && place.start < value.end);
        if !between.trim().is_empty() || is_text || !(before.is_empty() || before.ends_with([' ', '\t'])) {
            continue;
        }
        let covered = if before.trim().is_empty() {
            let next = values.iter().filter(|value| value.start >= line.end);
            next.min_by_key(|value| (value.start, std::cmp::Reverse(value.end)))
        } else {
            // Behind a value it is about that one.
            values
                .iter()
                .filter(|value| line.start <= value.start && value.start < place.start)
                .max_by_key(|value| value.end)
        };
        let covers = covered.map(|value| Span::new(value.start, value.end.max(value.start + 1)).shifted(front.start));
        let words = written.get(at + MARK.len()..).unwrap_or_default();
        silences.push(silence(entry, place.shifted(front.start), words, covers, "field"));
    }
    silences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(markdown: &str) -> Vec<&str> {
        let text = |note: Note<'_>| match note.covers {
            Covers::All => "all",
            Covers::Block(range) => markdown[range].trim(),
            Covers::Nothing => "nothing",
        };
        Notes::of(markdown).into_iter().map(text).collect()
    }

    #[test]
    fn a_note_is_about_the_next_block() {
        for (markdown, expected) in [
            ("<!-- casebook-ignore x: y -->\n\none\n\ntwo\n", vec!["all"]),
            ("<!-- casebook-ignore x: y -->\n<!-- casebook-ignore z: y -->\n\none\n", vec!["all", "all"]),
            ("one\n\n<!-- casebook-ignore x: y -->\ntwo\nlines\n\nthree\n", vec!["two\nlines"]),
            ("one\n\n<!-- casebook-ignore x: y -->\n\n- a\n- b\n\nthree\n", vec!["- a\n- b"]),
            ("- a\n\n  <!-- casebook-ignore x: y -->\n\n  b\n- c\n\nd\n", vec!["b"]),
            ("- a\n\n  <!-- casebook-ignore x: y -->\n\nd\n", vec!["nothing"]),
            ("one\n\n<!-- casebook-ignore x: y -->\n", vec!["nothing"]),
            ("one\n\n<!-- casebook-ignore x: y -->\n\n## Two\n\nthree\n", vec!["## Two"]),
            ("one <!-- casebook-ignore x: y --> two\n\nthree\n", vec!["one <!-- casebook-ignore x: y --> two"]),
            ("one\n\n<!-- casebook-ignore x: y -->\n\n```\ncode\n```\n", vec!["```\ncode\n```"]),
            ("```\n<!-- casebook-ignore x: y -->\n```\n", vec![]),
            ("<!-- another note -->\n\n<!-- casebook-ignore x: y -->\n\none\n", vec!["one"]),
        ] {
            assert_eq!(covered(markdown), expected, "{markdown}");
        }
    }
}
