//! English.

/// Articles, pronouns, prepositions, conjunctions, auxiliaries and the commonest adverbs, folded and in order.
#[rustfmt::skip]
pub(super) const STOP_WORDS: &[&str] = &[
    "a", "about", "above", "across", "after", "again", "against", "all", "almost", "along", "already", "also",
    "although", "always", "am", "among", "an", "and", "another", "any", "are", "arent", "around", "as", "at", "be",
    "became", "because", "become", "been", "before", "being", "below", "between", "both", "but", "by", "can",
    "cannot", "cant", "could", "couldnt", "did", "didnt", "do", "does", "doesnt", "doing", "done", "dont", "down",
    "during", "each", "either", "else", "etc", "even", "ever", "every", "few", "for", "from", "further", "get",
    "gets", "give", "given", "had", "hadnt", "has", "hasnt", "have", "havent", "having", "he", "her", "here", "hers",
    "him", "himself", "his", "how", "however", "i", "if", "im", "in", "into", "is", "isnt", "it", "its",
    "itself", "ive", "just", "least", "less", "let", "like", "made", "make", "many", "may", "me", "might", "more",
    "most", "much", "must", "my", "myself", "neither", "never", "no", "nor", "not", "now", "of", "off", "often", "on",
    "once", "one", "only", "onto", "or", "other", "others", "otherwise", "ought", "our", "ours", "ourselves", "out",
    "over", "own", "per", "perhaps", "quite", "rather", "really", "same", "shall", "she", "should", "shouldnt",
    "since", "so", "some", "such", "than", "that", "thats", "the", "their", "theirs", "them", "themselves", "then",
    "there", "thereby", "therefore", "theres", "these", "they", "theyre", "theyve", "this", "those", "though",
    "through", "throughout", "thus", "to", "together", "too", "toward", "towards", "under", "unless", "until", "up",
    "upon", "us", "use", "used", "very", "via", "was", "wasnt", "we", "were", "werent", "weve", "what", "whatever",
    "whats", "when", "whenever", "where", "whereas", "whereby", "wherever", "whether", "which", "while", "who",
    "whoever", "whom", "whose", "why", "will", "with", "within", "without", "wont", "would", "wouldnt", "yet", "you",
    "your", "youre", "yours", "yourself", "youve",
];

/// Plurals, pasts and spellings that no ending tells, each with the form that it is read as, in order.
#[rustfmt::skip]
const IRREGULAR: &[(&str, &str)] = &[
    ("ageing", "aging"), ("analyses", "analysis"), ("bought", "buy"), ("brought", "bring"), ("caught", "catch"),
    ("centre", "center"), ("centred", "center"), ("centres", "center"), ("children", "child"), ("childrens", "child"),
    ("chose", "choose"), ("chosen", "choose"), ("criteria", "criterion"), ("enrol", "enroll"),
    ("enrolment", "enrollment"), ("enrols", "enroll"), ("feet", "foot"), ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"), ("fulfils", "fulfill"), ("gave", "give"), ("geese", "goose"), ("grey", "gray"),
    ("halves", "half"), ("held", "hold"), ("judgement", "judgment"), ("kept", "keep"), ("knives", "knife"),
    ("lives", "life"), ("men", "man"), ("mens", "man"), ("mice", "mouse"), ("paid", "pay"), ("people", "person"),
    ("peoples", "person"), ("persons", "person"), ("programme", "program"), ("programmes", "program"),
    ("sought", "seek"), ("spoke", "speak"), ("spoken", "speak"), ("taken", "take"), ("taught", "teach"),
    ("teeth", "tooth"), ("theatre", "theater"), ("theatres", "theater"), ("thieves", "thief"), ("took", "take"),
    ("wives", "wife"), ("women", "woman"), ("womens", "woman"), ("written", "write"), ("wrote", "write"),
];

/// The form that a word is read as before its ending is looked at.
pub(super) fn regular(form: &str) -> &str {
    match IRREGULAR.binary_search_by(|(irregular, _)| (*irregular).cmp(form)) {
        Ok(place) => IRREGULAR.get(place).map_or(form, |(_, regular)| regular),
        Err(_) => form,
    }
}

/// A stem in one spelling, British or American: `organiz` as `organis`, `behaviour` as `behavior`.
pub(super) fn spelling(stem: String) -> String {
    const SHORTEST: usize = 5;
    let other = [("iz", "is"), ("yz", "ys"), ("our", "or")];
    let found = other.iter().find_map(|(from, to)| Some((stem.strip_suffix(from)?, to)));
    match found {
        Some((start, end)) if stem.len() >= SHORTEST => format!("{start}{end}"),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(STOP_WORDS.is_sorted());
        assert!(IRREGULAR.is_sorted());
    }
}
