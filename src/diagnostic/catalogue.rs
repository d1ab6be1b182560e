//! Every fault that Casebook knows: code, name, usual level, and the longer story.

use super::Severity;

/// What the catalogue says of one code.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code itself.
    pub code: Code,
    /// Its number: 401 is `CB0401`.
    pub number: u16,
    /// Its name in `casebook.yaml` and in words: `broken-link`.
    pub name: &'static str,
    /// Its level where the library sets none.
    pub severity: Severity,
    /// True where the library may not change the level, as the output would break.
    pub fixed: bool,
    /// What `casebook explain` says, in Markdown: what it means, why it matters, a wrong and a right example.
    pub explanation: &'static str,
}

macro_rules! catalogue {
    ($($number:literal $code:ident $name:literal $severity:ident $fixed:literal)*) => {
        /// A fault by its meaning; `CB` and four digits by its number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[allow(missing_docs, reason = "each is told in its explanation file")]
        pub enum Code { $($code),* }

        const RULES: &[Rule] = &[$(Rule {
            code: Code::$code,
            number: $number,
            name: $name,
            severity: Severity::$severity,
            fixed: $fixed,
            explanation: include_str!(concat!("../../docs/diagnostics/", $name, ".md")),
        }),*];
    };
}

catalogue! {
    101 UnreadableFile "unreadable-file" Error true
    102 NotUtf8 "not-utf8" Error false
    103 SkippedFile "skipped-file" Warning false
    104 FileTooLarge "file-too-large" Error true
    105 UnusableName "unusable-name" Error false
    106 ControlCharacter "control-character" Error true
    201 UnclosedFrontMatter "unclosed-front-matter" Error false
    202 InvalidYaml "invalid-yaml" Error false
    203 DuplicateKey "duplicate-key" Error false
    204 FrontMatterNotFields "front-matter-not-fields" Error false
    301 UnknownField "unknown-field" Error false
    302 MissingField "missing-field" Error false
    303 WrongType "wrong-type" Error false
    304 UnknownTerm "unknown-term" Error false
    305 ImpossibleDate "impossible-date" Error false
    306 TermVariant "term-variant" Warning false
    307 TooLong "too-long" Warning false
    308 UnknownKind "unknown-kind" Error false
    309 OutOfRange "out-of-range" Error false
    310 DatesOutOfOrder "dates-out-of-order" Error false
    311 UnknownPlaceholder "unknown-placeholder" Error false
    312 ConsentEnded "consent-ended" Error true
    313 OutsideDays "outside-days" Warning false
    401 BrokenLink "broken-link" Error false
    402 BrokenAnchor "broken-anchor" Error false
    403 MissingAsset "missing-asset" Error false
    404 MissingAltText "missing-alt-text" Error false
    405 SkippedHeadingLevel "skipped-heading-level" Warning false
    406 VagueLinkText "vague-link-text" Warning false
    407 EmptySection "empty-section" Warning false
    408 TitleInBody "title-in-body" Warning false
    409 HiddenTarget "hidden-target" Error false
    410 UnusablePicture "unusable-picture" Error true
    411 MissingGlyph "missing-glyph" Warning false
    412 WideTable "wide-table" Warning false
    413 UnsafePicture "unsafe-picture" Error true
    414 ActiveFile "active-file" Error true
    501 UnknownComponent "unknown-component" Error false
    502 InvalidComponent "invalid-component" Error false
    601 SameUrl "same-url" Error true
    602 InvalidAddress "invalid-address" Error false
    603 InvalidSettings "invalid-settings" Error true
    604 InvalidRegister "invalid-register" Error true
    605 MissingRegister "missing-register" Error false
    606 AliasTaken "alias-taken" Error false
    607 UnfilledPlaceholder "unfilled-placeholder" Error true
    608 MissingSettings "missing-settings" Error true
    609 MissingOverlay "missing-overlay" Error false
    701 InvalidTemplate "invalid-template" Error true
    702 MissingTranslation "missing-translation" Warning false
    703 InvalidThemeFile "invalid-theme-file" Error true
    801 OutputNotOurs "output-not-ours" Error true
    802 OutputFailed "output-failed" Error true
    803 OutputBusy "output-busy" Error true
    804 PageRemoved "page-removed" Warning false
    901 InternalFault "internal-fault" Error true
    1001 LongSentence "long-sentence" Warning false
    1002 UnexplainedAbbreviation "unexplained-abbreviation" Warning false
    1003 PlainEnglish "plain-english" Warning false
    1004 CareLanguage "care-language" Warning false
    1005 PersonalData "personal-data" Warning false
    1006 BritishSpelling "british-spelling" Warning false
    1007 LayoutTable "layout-table" Warning false
    1008 ImageOfText "image-of-text" Warning false
    1009 InvalidIgnore "invalid-ignore" Warning false
    1101 UnusableImport "unusable-import" Error true
    1102 PageExists "page-exists" Error true
    1103 NotUnderstood "not-understood" Warning false
    1104 NotPlaced "not-placed" Warning false
    1105 ImportChanged "import-changed" Warning false
    1106 HeavyFiles "heavy-files" Warning false
}

/// The whole catalogue, by number.
pub fn rules() -> &'static [Rule] {
    RULES
}

impl Code {
    /// What the catalogue says of this code.
    #[allow(clippy::indexing_slicing, reason = "the catalogue has one rule for each code, in the same order")]
    pub fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// The code by its number (`CB0401`, `cb401`, `401`) or name (`broken-link`).
    pub fn find(text: &str) -> Option<Self> {
        let wanted = text.trim().to_ascii_lowercase();
        let number = wanted.strip_prefix("cb").unwrap_or(&wanted).parse().ok();
        RULES.iter().find(|rule| Some(rule.number) == number || rule.name == wanted).map(|rule| rule.code)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CB{:04}", self.rule().number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ascend_and_names_are_in_kebab_case_and_unique() {
        assert!(rules().is_sorted_by(|a, b| a.number < b.number));
        let names: std::collections::BTreeSet<_> = rules().iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), rules().len());
        let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        assert!(names.iter().all(|name| name.split('-').all(part)));
    }

    #[test]
    fn a_code_is_found_by_its_number_and_by_its_name() {
        for rule in rules() {
            assert_eq!(rule.code.rule().number, rule.number);
            let code = rule.code.to_string();
            for form in [code.clone(), code.to_lowercase(), rule.number.to_string(), rule.name.to_owned()] {
                assert_eq!(Code::find(&form), Some(rule.code), "{form}");
            }
        }
        assert_eq!(["", "CB", "CB9999", "99999999", "broken"].map(Code::find), [None; 5]);
    }

    #[test]
    fn every_code_is_explained_by_a_sentence_and_two_examples() {
        for Rule { name, explanation, fixed, .. } in rules() {
            let mut lines = explanation.lines();
            let first = lines.next().unwrap_or_default();
            assert!(first.starts_with(char::is_uppercase), "{name}");
            assert!(first.ends_with('.') && lines.next() == Some(""), "{name}");
            assert_eq!(explanation.contains("This is always an error."), *fixed, "{name}");

            let mut fence: Option<&str> = None;
            let mut examples = 0;
            for line in explanation.lines() {
                let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
                match fence {
                    Some(open) => fence = fence.filter(|_| line != open),
                    None if ticks.len() >= 3 => (fence, examples) = (Some(ticks), examples + 1),
                    // The reference page gives each explanation the only heading that it has.
                    None => assert!(!line.starts_with('#'), "{name}: {line}"),
                }
            }
            assert_eq!((examples, fence), (2, None), "{name}");
        }
    }
}
