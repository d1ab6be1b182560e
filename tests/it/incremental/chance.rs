//! Chance that can be had again: what a seed gives is the same for ever.

/// Numbers after SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Chance(u64);

const WORDS: [&str; 48] = [
    "care",
    "council",
    "young",
    "people",
    "home",
    "school",
    "mentor",
    "board",
    "promise",
    "year",
    "visit",
    "report",
    "family",
    "work",
    "support",
    "meeting",
    "panel",
    "leaver",
    "foster",
    "carer",
    "member",
    "service",
    "plan",
    "question",
    "answer",
    "evidence",
    "training",
    "skill",
    "budget",
    "partner",
    "health",
    "housing",
    "offer",
    "college",
    "reading",
    "sport",
    "music",
    "travel",
    "advice",
    "friend",
    "trust",
    "review",
    "summer",
    "winter",
    "naïve",
    "Llangefni",
    "co-operate",
    "24",
];

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below another one, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// One of these, if there is any.
    pub fn any<T>(&mut self, mut things: Vec<T>) -> Option<T> {
        if things.is_empty() { None } else { Some(things.swap_remove(self.below(things.len()))) }
    }

    pub fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    /// So many words, with a capital and without a full stop.
    pub fn phrase(&mut self, words: usize) -> String {
        let all = (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ");
        let mut letters = all.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
    }

    pub fn paragraph(&mut self) -> String {
        let sentences = 1 + self.below(4);
        (0..sentences)
            .map(|_| {
                let words = 4 + self.below(10);
                self.phrase(words) + "."
            })
            .collect::<Vec<_>>()
            .join(" ")
    }
}
