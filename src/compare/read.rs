//! A text as readers get to see it: what stands between and within its words without being seen is dropped.

use crate::markdown::events;
use pulldown_cmark::{Event, TagEnd};
use unicode_normalization::UnicodeNormalization;

/// Elements that leave the words around them in one line.
const RUNNING: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// The words of Markdown as a page shows them: no marks, no tags, no addresses; entities as what they stand for.
pub(super) fn shown(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut html = String::new();
    for (event, _) in events(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::InlineHtml(tag) => out.push_str(&untagged(&tag)),
            // A block of HTML comes line by line, and a tag may be longer than one.
            Event::Html(line) => html.push_str(&line),
            Event::End(TagEnd::HtmlBlock) => {
                out.push_str(&words_of(&std::mem::take(&mut html)));
                out.push(' ');
            }
            Event::Start(tag) if is_running(&tag.to_end()) => {}
            Event::End(tag) if is_running(&tag) => {}
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::Start(_) | Event::End(_) => out.push(' '),
            _ => {}
        }
    }
    visible(&out)
}

/// A text without the signs that nobody sees, and with one form for letters that have several.
pub(super) fn visible(text: &str) -> String {
    if text.is_ascii() {
        return text.to_lowercase();
    }
    text.chars().filter(|c| !is_unseen(*c)).nfkc().collect::<String>().to_lowercase()
}

fn is_unseen(c: char) -> bool {
    let formats = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    let others = matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}');
    formats || others || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn is_running(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// The words of HTML; what looks like Markdown among them is no matter, as only words are asked for.
fn words_of(html: &str) -> String {
    let bare = untagged(html);
    let line = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let texts = events(&line).map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => text.into_string(),
        _ => String::new(),
    });
    texts.collect()
}

/// HTML without its tags and comments.
fn untagged(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((words, behind)) = rest.split_once('<') {
        out.push_str(words);
        let opens = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
        if !behind.starts_with(opens) {
            out.push('<');
            rest = behind;
            continue;
        }
        let end = match behind.strip_prefix("!--") {
            Some(comment) => comment.find("-->").map(|end| end + "!---->".len()),
            None => end_of_tag(behind),
        };
        if !behind.starts_with('!') && !is_running_element(behind) {
            out.push(' ');
        }
        rest = end.and_then(|end| behind.get(end..)).unwrap_or_default();
    }
    out + rest
}

fn is_running_element(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    RUNNING.iter().any(|running| name.eq_ignore_ascii_case(running))
}

/// Where a tag ends that has begun: a `>` in quotation marks ends none.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_readers_see_is_left() {
        let words = |markdown: &str| shown(markdown).split_whitespace().collect::<Vec<_>>().join(" ");
        for (written, seen) in [
            ("The [council](a.md \"b\") says **so**.", "the council says so."),
            ("ann**oun**ce g<b class='>'>e</b>ts <!-- x -->it", "announce gets it"),
            (
                "an\u{ad}nounce th\u{200b}at ann&#111;unce spri&shy;ng &amp; a\u{a0}b",
                "announce that announce spring & a b",
            ),
            ("<p>The\ncouncil <b>w</b>ill &amp;<br>pay</p>", "the council will & pay"),
            ("<div>\n  a < b <!-- <p>c</p> -->d\n</div>", "a < b d"),
            (
                "one<br>two\nthree\\\nfour\n\n- five\n- six\n\n| a | b |\n| - | - |\n| c | d |",
                "one two three four five six a b c d",
            ),
            ("cafe\u{301} \u{ff46}ree", "caf\u{e9} free"),
        ] {
            assert_eq!(words(written), seen, "{written}");
        }
    }
}
