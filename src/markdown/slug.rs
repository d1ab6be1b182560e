//! Names for addresses and anchors.

use std::{borrow::Cow, collections::HashMap};

/// A name for an address: ASCII letters and digits in lower case, single hyphens between.
///
/// `Bolton: LASE & Quest` becomes `bolton-lase-quest`; letters of other scripts are transliterated.
pub fn slug(text: &str) -> String {
    let ascii = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(deunicode::deunicode(text)) };
    let mut slug = String::with_capacity(ascii.len());
    for c in ascii.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Gives each heading of a page an anchor of its own.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// `wanted` where nobody has it yet, else the first free of `wanted-2`, `wanted-3`, …
    pub fn take(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        let mut count = self.taken.get(wanted).copied().unwrap_or(0);
        let mut id = wanted.to_owned();
        loop {
            count += 1;
            if count > 1 {
                id = format!("{wanted}-{count}");
            }
            if count == 1 || !self.taken.contains_key(&id) {
                break;
            }
        }
        self.taken.insert(wanted.to_owned(), count);
        if count > 1 {
            self.taken.insert(id.clone(), 1);
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_lower_case_ascii_with_single_hyphens() {
        assert_eq!(slug("Bolton: LASE & Quest!"), "bolton-lase-quest");
        assert_eq!(slug("Plant mewn gofal — tŷ"), "plant-mewn-gofal-ty");
        assert_eq!(slug("Children's  voice"), "childrens-voice");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn equal_headings_get_anchors_of_their_own() {
        let mut anchors = Anchors::default();
        let taken: Vec<_> = ["a", "a", "a-2", "a", ""].iter().map(|wanted| anchors.take(wanted)).collect();
        assert_eq!(taken, ["a", "a-2", "a-2-2", "a-3", "section"]);
    }

    #[test]
    fn a_great_many_equal_headings_take_linear_time() {
        let mut anchors = Anchors::default();
        let last = (0..50_000).map(|_| anchors.take("same")).last();
        assert_eq!(last.as_deref(), Some("same-50000"));
    }
}
