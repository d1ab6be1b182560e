//! Words that stand where somebody has yet to write the true ones.

/// What people write for "later", and what samples and forms have in place of a name.
const PHRASES: [&str; 9] = [
    "replace me",
    "lorem ipsum",
    "to be confirmed",
    "to be decided",
    "name of organisation",
    "your organisation",
    "your council",
    "yyyy-mm-dd",
    "???",
];

/// The same in one word.
const WORDS: [&str; 7] = ["tbc", "tba", "tbd", "todo", "fixme", "placeholder", "xxx"];

/// The part of a text that still has to be replaced. A name or an address can be out of an example as well, which
/// a sentence may give.
pub(super) fn unfilled(text: &str, is_name: bool) -> Option<&str> {
    bracketed(text).or_else(|| {
        let lower = text.to_ascii_lowercase();
        let phrase = PHRASES.iter().find_map(|phrase| Some(lower.find(phrase)?..lower.find(phrase)? + phrase.len()));
        let word = |word: &&str| {
            let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
            WORDS.contains(&bare.as_str()) || is_name && bare.contains("example")
        };
        phrase.and_then(|at| text.get(at)).or_else(|| text.split_whitespace().find(word))
    })
}

/// What stands in square or pointed brackets, with them.
fn bracketed(text: &str) -> Option<&str> {
    [('[', ']'), ('<', '>')].iter().find_map(|(open, close)| {
        let start = text.find(*open)?;
        let end = start + text.get(start..)?.find(*close)?;
        text.get(start..=end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_found_and_true_words_are_not() {
        assert_eq!(unfilled("Write to [name of team].", false), Some("[name of team]"));
        assert_eq!(unfilled("<organisation>", true), Some("<organisation>"));
        assert_eq!(unfilled("The date is TBC.", false), Some("TBC."));
        assert_eq!(unfilled("Replace me: who tested", false), Some("Replace me"));
        assert_eq!(unfilled("https://www.example.org/contact", true), Some("https://www.example.org/contact"));
        assert_eq!(unfilled("Exampleshire Council", true), Some("Exampleshire"));
        assert_eq!(unfilled("For example, wide tables scroll.", false), None);
        assert_eq!(unfilled("Tŷ Gwyn Council", true), None);
    }
}
