//! Short forms that a page uses before it says what they stand for.

use super::{
    Look,
    addresses::is_in_address,
    block::Block,
    sentences::{is_within, quotations},
    words::Token,
};
use crate::diagnostic::Code;
use rustc_hash::FxHashSet;

/// More letters than these are a word that is shouted.
const LONGEST: usize = 7;

impl Look<'_> {
    /// Looks at the first place of each short form in the running text, and of those that headings and tables alone
    /// have there.
    pub(super) fn abbreviations(&mut self, blocks: &[(Block<'_>, Vec<Token>)]) {
        // A language without a list of those that everybody knows would have all of them told.
        if self.language.wording.known.is_empty() {
            return;
        }
        let mut met = FxHashSet::default();
        let (labels, running): (Vec<_>, Vec<_>) = blocks.iter().partition(|(block, _)| block.label);
        for (block, tokens) in running.into_iter().chain(labels) {
            if block.quoted || is_shouted(tokens) {
                continue;
            }
            let quotations = quotations(&block.words);
            for (index, token) in tokens.iter().enumerate() {
                let Some(short) = short_form(token, &block.words) else { continue };
                // The words of others explain nothing.
                let is_left = is_within(&quotations, token.start)
                    || is_in_address(&block.words, token.start)
                    || is_shouted_beside(tokens, index, &block.words);
                if is_left || is_part(token, tokens.get(index + 1), &block.words) || !met.insert(short.to_owned()) {
                    continue;
                }
                let is_linked = is_within(&block.explained, token.start);
                // What should not be written at all needs no explanation.
                let is_known = self.language.known.contains(short) || self.language.dictionary.advises_on(short);
                if is_known || is_linked || is_written_out(short, index, tokens, &block.words) {
                    continue;
                }
                let message = format!("“{short}” is not written out where this page first uses it");
                let help = format!(
                    "Write the words out and the short form behind them in brackets, as in “the words ({short})”. What \
                     many pages use can go into a glossary, such as content/_data/glossary.yaml."
                );
                let place = block.place(self.entry, token.start..token.start + short.len());
                self.report(Code::UnexplainedAbbreviation, place, message, help);
            }
        }
    }
}

/// `NEET` of `NEET`, `NEETs` and `NEET's`.
fn short_form<'a>(token: &Token, words: &'a str) -> Option<&'a str> {
    let written = token.of(words);
    let bare = written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")).unwrap_or(written);
    let bare = bare.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(bare);
    let is_short = (2..=LONGEST).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_number = || bare.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    (is_short && !is_number()).then_some(bare)
}

/// True for a part of a longer name or code: that of `LG Inform`, of `GOV.UK`, of `A/B`, of an address.
fn is_part(token: &Token, next: Option<&Token>, words: &str) -> bool {
    let names = |next: &Token| next.capital && !next.capitals && next.end - next.start > 2;
    if next.is_some_and(|next| names(next) && words.get(token.end..next.start) == Some(" ")) {
        return true;
    }
    let before = words.get(..token.start).and_then(|before| before.chars().next_back());
    let after = words.get(token.end..).and_then(|after| after.chars().next());
    let joins = |c: char| matches!(c, '/' | '@' | '.' | '_' | '#' | '&');
    let goes_on =
        after == Some('.') && words.get(token.end + 1..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    goes_on || before.is_some_and(joins) || after.is_some_and(|c| matches!(c, '/' | '@' | '_' | '&'))
}

/// True for words most of which are in capitals.
fn is_shouted(tokens: &[Token]) -> bool {
    let shouted = tokens.iter().filter(|token| token.capitals).count();
    shouted > 2 && shouted * 2 > tokens.len()
}

/// True for one of two longer words that are shouted together: `LONG-TERM`.
fn is_shouted_beside(tokens: &[Token], index: usize, words: &str) -> bool {
    let is_long = |token: &Token| token.capitals && token.of(words).chars().count() > 3;
    let shouts = |pair: &[Token]| {
        let [left, right] = pair else { return false };
        is_long(left) && is_long(right) && matches!(words.get(left.end..right.start), Some(" " | "-"))
    };
    let around = tokens.get(index.saturating_sub(1)..(index + 2).min(tokens.len())).unwrap_or_default();
    tokens.get(index).is_some_and(is_long) && around.windows(2).any(shouts)
}

/// True where the words that a short form stands for are beside it: before or behind it, and one of the two in brackets,
/// or with a comma between.
fn is_written_out(short: &str, index: usize, tokens: &[Token], words: &str) -> bool {
    let reach = short.len() * 2 + 2;
    let Some(token) = tokens.get(index) else { return false };
    let before = words.get(..token.start).unwrap_or_default();
    let after = words.get(token.end..).unwrap_or_default().trim_start_matches(['s', '’', '\'']);
    let earlier = tokens.get(index.saturating_sub(reach)..index).unwrap_or_default();
    let later = tokens.get(index + 1..(index + 1 + reach).min(tokens.len())).unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| before.ends_with(ending));
    let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| after.starts_with(beginning));
    // Brackets are put there to explain, so letters inside words count: `postgraduate apprenticeship (PGA)`.
    ends(&["(", "(the ", "["]) && are_letters(short, earlier, words)
        || starts(&[" ("]) && are_letters(short, later, words)
        || ends(&[" or ", "– "]) && are_initials(short, earlier, words)
        || starts(&[", ", " – ", " stands for "]) && are_initials(short, later, words)
}

/// True where each letter begins one of the words, in order.
fn are_initials(short: &str, tokens: &[Token], words: &str) -> bool {
    let mut initials = tokens.iter().filter_map(|token| token.of(words).bytes().next());
    short.bytes().all(|letter| initials.any(|initial| initial.eq_ignore_ascii_case(&letter)))
}

/// True where the first letter begins one of the words and the others follow in that word or behind it, as Schwartz and
/// Hearst have it ("A simple algorithm for identifying abbreviation definitions in biomedical text", 2003).
fn are_letters(short: &str, tokens: &[Token], words: &str) -> bool {
    let begins = |token: &&Token| {
        let first = token.of(words).bytes().next();
        first.zip(short.bytes().next()).is_some_and(|(first, letter)| first.eq_ignore_ascii_case(&letter))
    };
    let (Some(first), Some(last)) = (tokens.iter().find(begins), tokens.last()) else { return false };
    let mut letters = words.get(first.start..last.end).unwrap_or_default().bytes();
    short.bytes().all(|letter| letters.any(|other| other.eq_ignore_ascii_case(&letter)))
}

#[cfg(test)]
mod tests {
    use super::super::words::tokens;
    use super::*;

    #[test]
    fn a_short_form_is_written_out_beside_its_first_place() {
        for (words, expected) in [
            ("The National Leaving Care Benchmarking Forum (NLCBF) met.", true),
            ("young people not in education, employment or training (NEET)", true),
            ("NVQ (national vocational qualification) courses", true),
            ("an NVQ, or national vocational qualification, is", true),
            ("A postgraduate teaching apprenticeship (PGTA) is a route.", true),
            ("HM Courts & Tribunals Service (HMCTS)", true),
            ("PGTA (postgraduate teaching apprenticeship)", true),
            ("a postgraduate teaching apprenticeship or PGTA", false),
            ("a charity for children (NSPCC)", false),
            ("children's charities (NSPCC)", false),
            ("the NVQ was (often) long", false),
            ("the NVQ", false),
        ] {
            let tokens = tokens(words);
            let index = tokens.iter().rposition(|token| token.capitals).unwrap();
            let short = short_form(&tokens[index], words).unwrap();
            assert_eq!(is_written_out(short, index, &tokens, words), expected, "{words}");
        }
    }

    #[test]
    fn two_words_that_are_shouted_are_no_short_forms() {
        for (words, expected) in [
            ("LONG-TERM aims", true),
            ("all MONTHLY ACTIONS", true),
            ("the NVQ TEAM", false),
            ("CAMHS, NEET", false),
            ("the CAMHS team", false),
        ] {
            let tokens = tokens(words);
            let index = tokens.iter().position(|token| token.capitals).unwrap();
            assert_eq!(is_shouted_beside(&tokens, index, words), expected, "{words}");
        }
    }

    #[test]
    fn parts_of_names_are_told_from_short_forms() {
        for (words, expected) in [
            ("GOV.UK is", true),
            ("on GOV. Then", false),
            ("ends with GOV.", false),
            ("LG Inform", true),
            ("the LG informs", false),
            ("GET/POST", true),
        ] {
            let tokens = tokens(words);
            let index = tokens.iter().position(|token| token.capitals).unwrap();
            assert_eq!(is_part(&tokens[index], tokens.get(index + 1), words), expected, "{words}");
        }
    }

    #[test]
    fn short_forms_are_told_from_other_words() {
        for (words, expected) in [
            ("NEETs", Some("NEET")),
            ("LGA's", Some("LGA")),
            ("CAMHS", Some("CAMHS")),
            ("As", None),
            ("III", None),
            ("A4", None),
            ("CORPORATE", None),
            ("DfE", None),
        ] {
            assert_eq!(short_form(&tokens(words)[0], words), expected, "{words}");
        }
    }
}
