//! How deep a style sheet nests, before anybody reads it who calls himself for each level.

/// How deep brackets of all sorts may stand in each other. Nobody could read a quarter of that.
pub(super) const DEEPEST: usize = 64;

/// Where the first bracket stands that is deeper in others than [`DEEPEST`].
pub(super) fn too_deep(css: &str) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = 0;
    while let Some(byte) = css.as_bytes().get(at) {
        let rest = css.get(at..).unwrap_or_default();
        at += match byte {
            b'\\' => 2,
            b'"' | b'\'' => string(rest, *byte),
            b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            b'u' | b'U' if is_url(rest) => rest.find(')').map_or(rest.len(), |end| end + 1),
            b'(' | b'[' | b'{' if open == DEEPEST => return Some(at),
            b'(' | b'[' | b'{' => {
                open += 1;
                1
            }
            b')' | b']' | b'}' => {
                open = open.saturating_sub(1);
                1
            }
            _ => 1,
        };
    }
    None
}

/// The length of a text in quotation marks. A line ends it, be it closed or not.
fn string(rest: &str, quote: u8) -> usize {
    let mut escaped = false;
    let end = rest.bytes().skip(1).position(|byte| {
        let ends = !escaped && (byte == quote || byte == b'\n');
        escaped = !escaped && byte == b'\\';
        ends
    });
    end.map_or(rest.len(), |end| end + 2)
}

/// True for an address without quotation marks, in which nothing is a comment or a text.
fn is_url(rest: &str) -> bool {
    let opens = rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("));
    opens && rest.get(4..).is_some_and(|inside| !inside.trim_ascii_start().starts_with(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_and_what_is_no_bracket_does_not() {
        let nested = |levels: usize, inside: &str| format!("{}{inside}{}", "a{".repeat(levels), "}".repeat(levels));
        assert_eq!(too_deep(&nested(DEEPEST, "")), None);
        assert_eq!(too_deep(&nested(DEEPEST + 1, "")), Some(2 * DEEPEST + 1));
        for inside in ["/* {{{ */", "b:\"{\\\"{\"", "b:'('", "b:url({({)", "\\{"] {
            assert_eq!(too_deep(&nested(DEEPEST, inside)), None, "{inside}");
        }
        for before in ["a{b:url(/*)}", "a{b:url( \"x\" )}", "/* */", "a{b:'\n}"] {
            assert!(too_deep(&format!("{before}{}", nested(DEEPEST + 1, ""))).is_some(), "{before}");
        }
        assert_eq!(too_deep(&"a{b:c(d)}ŵ\\".repeat(10_000)), None);
    }
}
