//! What every system and every format can hold: names of files, and characters of texts.

/// How many bytes the name of a file has at most on the systems in use.
const LONGEST: usize = 255;

/// What is wrong with the name of a file or folder on some system, in words that follow "its name"; `None` for one
/// that can be copied everywhere. See "Naming Files, Paths, and Namespaces" in the documentation of Windows.
pub fn name_fault(name: &str) -> Option<&'static str> {
    if name.len() > LONGEST {
        return Some("is longer than 255 bytes");
    }
    if name.chars().any(is_control) || name.contains(['\t', '\r', '\n']) {
        return Some("has a character that nobody sees");
    }
    if name.contains(['<', '>', ':', '"', '\\', '|', '?', '*']) {
        return Some("has one of the characters < > : \" \\ | ? *, which Windows does not allow");
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends with a dot or a blank, which Windows drops");
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_port = |kind: &str| {
        stem.strip_prefix(kind).is_some_and(|port| {
            let mut port = port.chars();
            matches!((port.next(), port.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    let is_device = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str());
    (is_device || is_port("COM") || is_port("LPT")).then_some("is that of a device on Windows")
}

/// True for a character that nobody sees and that files for machines may not hold (XML 1.0, section 2.2), and for the
/// controls of the eighties, which no text of today has (U+0080 to U+009F): they come of a wrong encoding.
pub fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_some_system_refuses_is_known() {
        let long = "x".repeat(300);
        for wrong in [
            "CON.md",
            "con",
            "Aux",
            "nul.tar.gz",
            "com1.pdf",
            "LPT9",
            "COM¹",
            "prn .md",
            "a.",
            "b ",
            "...",
            "a:b",
            "a?",
            "a*b",
            "a\"b",
            "a<b",
            "a>b",
            "a|b",
            "a\\b",
            "a\nb",
            "a\u{7}",
            "a\u{85}",
            &long,
        ] {
            assert!(name_fault(wrong).is_some(), "{wrong:?}");
        }
        for sound in [
            "about.md",
            "contact.md",
            "com10.md",
            "null.md",
            "auxiliary",
            ".x",
            "Tŷ Gwyn’s (2) & co.pdf",
            "a,b;c=d",
            "日本",
        ] {
            assert_eq!(name_fault(sound), None, "{sound:?}");
        }
    }
}
