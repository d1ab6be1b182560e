//! HTML that would take too long to sanitise.
//!
//! The time of an HTML parser grows with the number of tags times the depth at which they stand. Both are bounded
//! here, by a count that may take HTML for deeper than it is and never for shallower.

/// How deep elements may stand in each other.
const DEPTH: usize = 256;
/// How large the number of tags times the depth may be.
const WORK: usize = 4_000_000;
/// How many bytes of a name are looked at. One that is longer is of no element that anybody knows.
const NAME: usize = 32;

/// Elements that have no content, or end by themselves before the next of their sort.
const SHALLOW: [&str; 26] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup",
];

/// True where HTML is nested so deeply, or has so many tags so deep, that parsing it could take minutes.
pub(super) fn is_tangled(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let (mut tags, mut deepest) = (0_usize, 0);
    // False once a closing tag might not be one, inside of a comment or an attribute: from there on none counts.
    let mut sure = true;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let closes = rest.starts_with('/');
        let inside = rest.strip_prefix('/').unwrap_or(rest);
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            if sure && let Some(after) = rest.strip_prefix("!--").and_then(comment) {
                rest = after;
            } else {
                sure &= !closes && !rest.starts_with(['!', '?']);
            }
            continue;
        }
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let whole = inside.bytes().take(NAME).position(|byte| ends(&byte));
        let name = whole.and_then(|end| inside.get(..end)).unwrap_or_default();
        if closes {
            sure &= !name.is_empty()
                && inside.get(name.len()..).is_some_and(|after| after.trim_ascii_start().starts_with('>'));
            if sure && open.last().is_some_and(|last| last.eq_ignore_ascii_case(name)) {
                open.pop();
            }
            continue;
        }
        tags += 1;
        if !SHALLOW.iter().any(|shallow| shallow.eq_ignore_ascii_case(name)) {
            open.push(name);
        }
        deepest = deepest.max(open.len());
        if open.len() > DEPTH || tags.saturating_mul(deepest) > WORK {
            return true;
        }
        if sure {
            let tag =
                tag_end(inside).and_then(|end| inside.split_at_checked(end)).filter(|(tag, _)| !tag.contains('<'));
            sure = tag.is_some() && !is_text_only(name);
            rest = tag.map_or(rest, |(_, after)| after);
        }
    }
    false
}

/// What follows a comment that nobody can take to be shorter or longer than it is.
fn comment(inside: &str) -> Option<&str> {
    let (body, after) = inside.split_once("-->")?;
    let plain = !body.starts_with('>') && !body.starts_with("->") && !body.contains("--!") && !body.contains("<!--");
    plain.then_some(after)
}

/// Where a tag ends whose quotation marks are all where they belong.
fn tag_end(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'"' | b'\'' | b'<') => return None,
            (None, b'>') => return Some(at),
            (None, _) => {}
        }
        before = byte;
    }
    None
}

/// True for elements whose content is not read as tags, or by other rules.
fn is_text_only(name: &str) -> bool {
    const NAMES: [&str; 13] = [
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "svg",
        "math",
        "template",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::mpsc, thread, time::Duration};

    #[test]
    fn depth_counts_and_length_does_not() {
        assert!(is_tangled(&"<div>".repeat(DEPTH + 1)));
        assert!(!is_tangled(&"<div class=\"a\">b</div><br><p>".repeat(100_000)));
    }

    #[test]
    fn closing_tags_that_are_none_do_not_help() {
        for piece in [
            "<div title=\"</div>\">",
            "<div><!-- </div> -->",
            "<div a=\"'\" b='</div>'>",
            "<b></i>",
            "<div><table></div></table>",
            "<div><div></div a=\"</div>\">",
            "<div></ div>",
            "<div =\"></div>",
            "<div a= \"></div>\">",
        ] {
            assert!(is_tangled(&piece.repeat(5 * DEPTH)), "{piece}");
        }
        assert!(is_tangled(&format!("<textarea>{}", "<div></div>".repeat(DEPTH + 1))));
        assert!(is_tangled(&format!("<textarea><!--</textarea>{}-->", "<div>".repeat(DEPTH + 1))));
    }

    #[test]
    fn a_name_without_end_is_looked_at_once() {
        for piece in ["<?", "<![CDATA[", "<a", "</a", "</a ", "<!", "<", "<!--", "<a b='"] {
            let (sender, receiver) = mpsc::channel();
            thread::spawn(move || sender.send(is_tangled(&piece.repeat(1_000_000))));
            assert!(receiver.recv_timeout(Duration::from_secs(60)).is_ok(), "{piece} takes for ever");
        }
        let long = "x".repeat(NAME + 1);
        assert!(is_tangled(&format!("<{long}1></{long}2>").repeat(DEPTH + 1)));
    }

    #[test]
    fn comments_are_no_tags() {
        assert!(!is_tangled(&"<!-- <div> --><div></div>".repeat(DEPTH + 1)));
    }

    #[test]
    fn many_tags_at_some_depth_are_too_much_together() {
        let html = format!("{}{}", "<b>".repeat(DEPTH), "<p>".repeat(WORK / DEPTH));
        assert!(is_tangled(&html));
    }
}
