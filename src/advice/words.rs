//! The words of a text, one by one.

use std::borrow::Cow;

/// A word of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    /// True where it begins with a capital letter.
    pub capital: bool,
    /// True where all its letters, of which there are two at least, are capitals.
    pub capitals: bool,
}

impl Token {
    /// Its letters.
    pub fn of<'a>(&self, words: &'a str) -> &'a str {
        words.get(self.start..self.end).unwrap_or_default()
    }

    /// Its letters without an `'s` behind them.
    pub fn bare<'a>(&self, words: &'a str) -> &'a str {
        let own = self.of(words);
        ["'s", "’s", "'S", "’S"].iter().find_map(|ending| own.strip_suffix(ending)).unwrap_or(own)
    }

    /// Its letters, small.
    pub fn small<'a>(&self, words: &'a str) -> Cow<'a, str> {
        let own = self.of(words);
        if own.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            return Cow::Borrowed(own);
        }
        Cow::Owned(own.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect())
    }
}

/// The words of a text: letters and digits, and apostrophes between them. A hyphen parts two words.
pub(super) fn tokens(words: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.len() / 5);
    let mut chars = words.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let (mut letters, mut small) = (usize::from(first.is_alphabetic()), first.is_lowercase());
        while let Some((at, c)) = chars.peek().copied() {
            let joins = |rest: &str| rest.chars().nth(1).is_some_and(char::is_alphanumeric);
            let is_inner = matches!(c, '\'' | '’') && joins(words.get(at..).unwrap_or_default());
            if !c.is_alphanumeric() && !is_inner {
                break;
            }
            letters += usize::from(c.is_alphabetic());
            small |= c.is_lowercase();
            end = at + c.len_utf8();
            chars.next();
        }
        tokens.push(Token { start, end, capital: first.is_uppercase(), capitals: letters > 1 && !small });
    }
    tokens
}
