//! Addresses in running words: nobody may spell those otherwise.

/// How many bytes of an address are looked at before and behind a place.
const REACH: usize = 2048;

/// True for a place in a web address, an e-mail address, the name of an account or a hashtag.
pub(super) fn is_in_address(words: &str, at: usize) -> bool {
    let parts = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”');
    let from = words.floor_char_boundary(at.saturating_sub(REACH));
    let to = words.floor_char_boundary(at.saturating_add(REACH));
    let (before, after) = (words.get(from..at).unwrap_or_default(), words.get(at..to).unwrap_or_default());
    let start =
        before.char_indices().rev().find(|(_, c)| parts(*c)).map_or(from, |(place, c)| from + place + c.len_utf8());
    let end = after.find(parts).map_or(to, |place| at + place);
    words.get(start..end).is_some_and(is_address)
}

/// True for words without a space that hold an address.
fn is_address(piece: &str) -> bool {
    let bare = piece.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '#' | '/'));
    let lower = bare.to_ascii_lowercase();
    lower.contains("://")
        || ["www.", "mailto:", "@", "#", "/"].iter().any(|start| lower.starts_with(start))
        || is_host(bare)
}

/// True for what has an `@` between letters, or a dot and then small letters, as `example.org/plan` has.
fn is_host(piece: &str) -> bool {
    piece.char_indices().filter(|(_, c)| matches!(c, '@' | '.')).any(|(at, mark)| {
        let is_behind_letters = piece.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let after = piece.get(at + 1..).unwrap_or_default();
        let small = after.bytes().take_while(u8::is_ascii_lowercase).count();
        is_behind_letters && (small > 1 || mark == '@' && after.starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        for (words, expected) in [
            ("see https://example.org/¦color.", true),
            ("(www.¦color.org)", true),
            ("¦color@example.org", true),
            ("jo@¦color, or", true),
            ("at ¦color.org/plan", true),
            ("https://example.org/program_(¦color)", true),
            ("follow @¦color", true),
            ("use #¦color", true),
            ("the ¦color. Then", false),
            ("the ¦color.Then", false),
            ("¦color/shape, e.g. grey", false),
            ("¦color… and", false),
            ("¦color https://example.org", false),
            ("“¦color”www.example.org", false),
        ] {
            let at = words.find('¦').unwrap();
            assert_eq!(is_in_address(&words.replacen('¦', "", 1), at), expected, "{words}");
        }
    }
}
