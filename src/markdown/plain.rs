//! The words of a Markdown text, without markup.

use super::events;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// The words of a text: a blank line between paragraphs, a hyphen before the items of a list. Raw HTML, with the
/// notes to themselves that people leave in its comments, and blocks that are data are left out.
pub fn plain(text: &str, is_data: impl Fn(&str) -> bool) -> String {
    let mut words = Words::default();
    for (event, _) in events(text) {
        words.see(event, &mut |name| is_data(name).then(String::new));
    }
    words.out.trim_end().to_owned()
}

/// The words of a text by its headings: those before the first, then those under each, without the headings' own.
/// `stand_in` gives the words of a fenced block of that name where it is data; it is asked once for each block.
pub fn sections(text: &str, mut stand_in: impl FnMut(&str) -> Option<String>) -> Vec<String> {
    let mut sections = Vec::new();
    let mut words = Words::default();
    let mut in_heading = false;
    for (event, _) in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                sections.push(std::mem::take(&mut words).out);
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            event if !in_heading => words.see(event, &mut stand_in),
            _ => {}
        }
    }
    sections.push(words.out);
    sections
}

#[derive(Default)]
struct Words {
    out: String,
    /// True within a block of data.
    skips: bool,
    /// What stands between what is there and the next word.
    gap: &'static str,
    /// True where the next words open an item of a list.
    item: bool,
}

impl Words {
    fn see(&mut self, event: Event<'_>, stand_in: &mut impl FnMut(&str) -> Option<String>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.say(&text),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\n"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                self.apart("\n\n");
                let words = stand_in(info.split([' ', ',', '{']).next().unwrap_or_default());
                self.skips = words.is_some();
                if let Some(words) = words.filter(|words| !words.is_empty()) {
                    self.put(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                self.skips = false;
                self.apart("\n\n");
            }
            Event::Start(Tag::Item) => {
                self.apart("\n");
                self.item = true;
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => self.apart("\n"),
            Event::End(TagEnd::TableCell) => self.apart("\t"),
            Event::Start(Tag::Paragraph) if self.item => {}
            Event::Start(tag) if is_block(&tag) => self.apart("\n\n"),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::Table) => self.apart("\n\n"),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if !self.skips {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        // What was left out between two words leaves one space.
        let text = if self.out.ends_with(' ') { text.trim_start_matches(' ') } else { text };
        if text.trim().is_empty() {
            if self.gap.is_empty() {
                self.out += text;
            }
            return;
        }
        let gap = std::mem::take(&mut self.gap);
        if !gap.is_empty() && !self.out.is_empty() {
            self.out.truncate(self.out.trim_end().len());
            self.out += gap;
        }
        if std::mem::take(&mut self.item) {
            self.out += "- ";
        }
        self.out += text;
    }

    /// The wider of two gaps is kept.
    fn apart(&mut self, gap: &'static str) {
        if gap.len() > self.gap.len() || self.gap == "\t" {
            self.gap = gap;
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_kept_and_the_markup_is_not() {
        let text = "## A *head*\n\nOne [link](x.md) and\n`code`. <!-- not this -->\n\n- first\n- second\n\n  more\n\n```chart\ntitle: data\n```\n\n```\nkept\n```\n\n| a | b |\n| - | - |\n| c | d |\n";
        let expected = "A head\n\nOne link and code.\n\n- first\n\n- second\n\nmore\n\nkept\n\na\tb\nc\td";
        assert_eq!(plain(text, |name| name == "chart"), expected);
    }

    #[test]
    fn words_stand_under_their_headings() {
        let text =
            "before\n\n# One *a*\n\nunder one\n\n```chart\ntitle: data\n```\n\nafter\n\n> ## Two\n> two\n\n## Three\n";
        let stand_in = |name: &str| (name == "chart").then(|| "its words".to_owned());
        assert_eq!(sections(text, stand_in), ["before", "under one\n\nits words\n\nafter", "two", ""]);
    }
}
