//! What the texts of a library have in common, for each of their files to be packed as its continuation.
//!
//! The runs of text are chosen whose short runs of letters stand most often in a sample, each short run counted once
//! (Liao, Petri, Moffat and Wirth, "Effective construction of relative Lempel-Ziv dictionaries", 2016). A preface of
//! what is common packs the same texts in a tenth less than one of what stands anywhere.

use super::page::boundary;

/// How long a run of text is, in bytes.
const RUN: usize = 100;

/// How many bytes are told from others.
const SHORT: usize = 8;

/// How many bits of a hash tell them.
const BITS: u32 = 18;

/// About `size` bytes of the sample, what is commonest last, where it is nearest to what follows.
pub(super) fn preface(sample: &str, size: usize) -> String {
    let mut often = Often::of(sample.as_bytes());
    let stretch = sample.len() * RUN / size.max(1);
    let mut runs: Vec<(u32, &str)> = Vec::new();
    for start in (0..sample.len()).step_by(stretch.max(RUN)) {
        let bytes = sample.as_bytes().get(start..).unwrap_or_default();
        let (best, worth) = often.best(bytes.get(..stretch).unwrap_or(bytes));
        let (from, to) = (boundary(sample, start + best), boundary(sample, (start + best + RUN).min(sample.len())));
        let run = sample.get(from..to).unwrap_or_default();
        often.forget(run.as_bytes());
        runs.push((worth, run));
    }
    runs.sort_by_key(|(worth, _)| *worth);
    let most = (size / RUN).min(runs.len());
    runs.get(runs.len() - most..).unwrap_or_default().iter().map(|(_, run)| *run).collect()
}

/// How often short runs stand in the sample, by hash.
struct Often(Vec<u32>);

impl Often {
    fn of(sample: &[u8]) -> Self {
        let mut often = Self(vec![0; 1 << BITS]);
        for short in sample.windows(SHORT) {
            if let Some(count) = often.count(short) {
                *count += 1;
            }
        }
        often
    }

    /// Where the run that is worth most begins, and what it is worth.
    fn best(&mut self, stretch: &[u8]) -> (usize, u32) {
        const SHORTS: usize = RUN - SHORT + 1;
        // What stands but once saves nothing.
        let worth = |short| self.count(short).map_or(0, |often| if *often > 1 { *often } else { 0 });
        let worths: Vec<u32> = stretch.windows(SHORT).map(worth).collect();
        let mut sum: u32 = worths.iter().take(SHORTS).sum();
        let mut best = (0, sum);
        for (place, (gone, come)) in worths.iter().zip(worths.iter().skip(SHORTS)).enumerate() {
            sum = sum + come - gone;
            if sum > best.1 {
                best = (place + 1, sum);
            }
        }
        best
    }

    fn forget(&mut self, run: &[u8]) {
        for short in run.windows(SHORT) {
            if let Some(count) = self.count(short) {
                *count = 0;
            }
        }
    }

    fn count(&mut self, short: &[u8]) -> Option<&mut u32> {
        let number = u64::from_le_bytes(*short.first_chunk()?);
        // The multiplier of Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
        let hash = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS);
        self.0.get_mut(hash as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_is_chosen() {
        let common =
            "what everybody says of the same thing in the very same words, again and again, wherever they are.";
        let page = |number: usize| {
            let own: String = (0..100).map(|word| format!("{:x} ", (number * 100 + word) * 7_919 % 99_991)).collect();
            format!("{own}é{common}")
        };
        let sample: String = (0..20).map(page).collect();
        let preface = preface(&sample, 4 * RUN);
        assert!(preface.contains(common), "{preface}");
        assert_eq!(preface.matches("again and again").count(), 1, "once is enough: {preface}");
        assert!(preface.len() <= 4 * RUN + 4);
    }

    #[test]
    fn little_or_nothing_gives_little_or_nothing() {
        assert_eq!(preface("", 0), "");
        assert_eq!(preface("short", 0), "");
        assert_eq!(preface("ŵŵŵŵŵŵ", RUN), "ŵŵŵŵŵŵ");
    }
}
