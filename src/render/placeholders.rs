//! What a reader has to fill in before using a text: whatever stands in square brackets.

use super::markdown::escaped;

/// The longest placeholder, in bytes; brackets that are farther apart belong to something else.
const LONGEST: usize = 300;

/// The HTML with every `[placeholder]` of its text in a `mark`, brackets and all: they tell it without colour.
pub(super) fn marked(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find(['<', '[']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = if from.starts_with('<') { from.find('>') } else { placeholder(from) };
        let Some(end) = end else {
            out.push_str(&from[..1]);
            rest = &from[1..];
            continue;
        };
        let (whole, after) = from.split_at(end + 1);
        if whole.starts_with('[') {
            out.push_str("<mark class=\"placeholder\">");
            out.push_str(whole);
            out.push_str("</mark>");
        } else {
            out.push_str(whole);
        }
        rest = after;
    }
    out + rest
}

/// The same of plain text.
pub(super) fn marked_text(text: &str) -> String {
    marked(&escaped(text))
}

/// Where the bracket that opens a text is closed, with words and no tag or bracket between.
fn placeholder(text: &str) -> Option<usize> {
    let end = text.find(']').filter(|end| (2..LONGEST).contains(end))?;
    let inside = text.get(1..end)?;
    (!inside.contains(['<', '[']) && inside.contains(char::is_alphabetic)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_brackets_are_marked_and_nothing_else() {
        assert_eq!(marked("<p>By [name].</p>"), "<p>By <mark class=\"placeholder\">[name]</mark>.</p>");
        assert_eq!(marked("<a title=\"[x]\">a[] [1] [b</a> c]"), "<a title=\"[x]\">a[] [1] [b</a> c]");
        assert_eq!(marked("[[name]"), "[<mark class=\"placeholder\">[name]</mark>");
    }

    #[test]
    fn plain_text_is_escaped_first() {
        assert_eq!(marked_text("A & [B]"), "A &amp; <mark class=\"placeholder\">[B]</mark>");
    }
}
