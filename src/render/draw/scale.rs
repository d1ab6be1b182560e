//! Scales: from figures to positions, and the round numbers to mark on the way.

/// From one round number to another, with marks between.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    /// The round numbers, the least first; at least two.
    pub(super) ticks: Vec<f64>,
    /// How many decimals tell the ticks apart.
    pub(super) decimals: usize,
}

/// How many steps a scale should have, about.
const STEPS: f64 = 4.0;

impl Scale {
    /// The scale that holds all these numbers. It starts at nought unless that would press the numbers together.
    pub(super) fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = numbers.fold((f64::MAX, f64::MIN), |(low, high), n| (low.min(n), high.max(n)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if low >= 0.0 && (low <= high / 2.0 || low == high) {
            low = 0.0;
        } else if high <= 0.0 && (high >= low / 2.0 || low == high) {
            high = 0.0;
        }
        if low == high {
            high = low + 1.0;
        }
        let step = step((high - low) / STEPS);
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        let ticks = (first..=last).map(|tick| tick as f64 * step).collect();
        Self { ticks, decimals: decimals(step) }
    }

    /// Where a number lies: 0 at the first tick, 1 at the last.
    pub(super) fn share(&self, number: f64) -> f64 {
        let (low, high) = (self.low(), self.ticks.last().copied().unwrap_or(1.0));
        (number - low) / (high - low)
    }

    /// The first tick.
    pub(super) fn low(&self) -> f64 {
        self.ticks.first().copied().unwrap_or_default()
    }
}

/// The round step next to a raw one: 1, 2 or 5 times a power of ten.
fn step(raw: f64) -> f64 {
    let power = 10f64.powf(raw.log10().floor());
    let times = [1.0, 2.0, 5.0].into_iter().find(|times| raw <= times * power * 1.0001).unwrap_or(10.0);
    times * power
}

fn decimals(step: f64) -> usize {
    (-step.log10().floor()).max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(numbers: &[f64]) -> Vec<f64> {
        Scale::of(numbers.iter().copied()).ticks
    }

    #[test]
    fn ticks_are_round_and_hold_every_number() {
        assert_eq!(ticks(&[13.0, 58.0]), [0.0, 20.0, 40.0, 60.0]);
        assert_eq!(ticks(&[-3.0, 9.0]), [-5.0, 0.0, 5.0, 10.0]);
        assert_eq!(ticks(&[980.0, 1010.0]), [980.0, 990.0, 1000.0, 1010.0]);
        assert_eq!(ticks(&[-80.0, -20.0]), [-80.0, -60.0, -40.0, -20.0, 0.0]);
    }

    #[test]
    fn numbers_that_are_all_the_same_have_a_scale() {
        assert_eq!(ticks(&[0.0, 0.0]).first(), Some(&0.0));
        assert_eq!(Scale::of([0.0].into_iter()).share(0.0), 0.0);
        assert_eq!(Scale::of([7.0, 7.0].into_iter()).low(), 0.0);
        assert_eq!(Scale::of([].into_iter()).low(), 0.0);
    }

    #[test]
    fn every_number_lies_within() {
        for numbers in [[0.001, 0.004], [1e12, -1e12], [99.0, 100.0], [0.3, 0.31]] {
            let scale = Scale::of(numbers.into_iter());
            assert!(numbers.iter().all(|number| (-1e-9..=1.0 + 1e-9).contains(&scale.share(*number))), "{scale:?}");
            assert!((2..=8).contains(&scale.ticks.len()), "{scale:?}");
        }
    }
}
