//! Which way a language is written.

/// The languages that are written from right to left, as CLDR's `characterOrder` has them.
const LANGUAGES: [&str; 17] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "sdh", "syr", "ug", "ur", "yi"];

/// The scripts that are written from right to left, by their ISO 15924 codes.
const SCRIPTS: [&str; 9] = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];

/// The value of HTML's attribute `dir` for a language tag: `ar` and `az-Arab` are `rtl`, `en` and `ks-Deva` are `ltr`.
pub(super) fn direction(language: &str) -> &'static str {
    let tag = language.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.chars().all(|c| c.is_ascii_alphabetic()));
    let is_from_right = script.map_or_else(|| LANGUAGES.contains(&language), |script| SCRIPTS.contains(&script));
    if is_from_right { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn the_script_decides_before_the_language() {
        let tags = ["en", "cy", "ar", "ur-PK", "fa", "az-Arab", "ks-Deva", "zh-Hant-HK", ""];
        assert_eq!(tags.map(direction), ["ltr", "ltr", "rtl", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]);
    }
}
