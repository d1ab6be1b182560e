//! Welsh. Snowball has no rules for it, so its forms stand each for itself.

/// Articles, pronouns, prepositions, conjunctions and forms of "to be", folded and in order.
#[rustfmt::skip]
pub(super) const STOP_WORDS: &[&str] = &[
    "a", "ac", "ai", "am", "ar", "arall", "at", "atoch", "bod", "bron", "bydd", "byddai", "byddwn", "byth", "can",
    "cyn", "dan", "dim", "dros", "drwy", "dy", "dyma", "dyna", "ef", "efallai", "ei", "eich", "ein", "eisoes", "er",
    "erbyn", "eto", "eu", "fe", "fel", "felly", "fo", "fy", "fydd", "fyddai", "gall", "gallu", "gan", "ganddo",
    "gellir", "gennym", "gyda", "heb", "hefyd", "hi", "hon", "honno", "hwn", "hwnnw", "hwy", "hyd", "hyn", "hynny",
    "i", "iawn", "ich", "ill", "ir", "iw", "llawer", "lle", "mae", "maer", "mai", "mewn", "mi", "mor", "mwy", "na",
    "nac", "nad", "nawr", "neu", "neur", "ni", "nid", "o", "oedd", "oes", "ohono", "ond", "or", "os", "pa", "pam",
    "pan", "pawb", "pe", "pob", "pryd", "pwy", "rhag", "rhai", "rhwng", "rhy", "roedd", "rwyn", "sef", "sy", "sydd",
    "syn", "tan", "ti", "trwy", "tua", "tuag", "un", "unrhyw", "wedi", "wedyn", "wrth", "y", "ychydig", "ydych",
    "ydym", "ydyn", "ydynt", "ydyw", "yma", "yn", "yna", "ynglyn", "yno", "yr", "yw",
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_in_order() {
        assert!(super::STOP_WORDS.is_sorted());
    }
}
