//! Places in a paper as Typst carries them along.

use super::world::PAPER;
use crate::model::paper::Spot;
use std::{cell::RefCell, num::NonZeroU64};
use typst::syntax::{DiagSpan, DiagSpanKind, Span};

/// The layout of a span that names a range of bytes (typst-syntax 0.15, `Span::from_range`): the file, a mark, and
/// two numbers. There is no other way to make one from outside, and no other kind that Typst carries from where it
/// fails to who called.
const FILE_SHIFT: u32 = 48;
const RANGES: u64 = (1 << 47) + (1 << 46);
const NUMBER_BITS: u32 = 23;
const GREATEST: usize = (1 << NUMBER_BITS) - 2;

/// Places, each known to Typst by its number.
#[derive(Debug, Default)]
pub(super) struct Spots(RefCell<Vec<Spot>>);

impl Spots {
    /// The span that stands for a place.
    pub(super) fn span(&self, spot: &Spot) -> Span {
        let mut spots = self.0.borrow_mut();
        if spots.last() != Some(spot) {
            spots.push(spot.clone());
        }
        let number = (spots.len() - 1).min(GREATEST) as u64;
        let file = PAPER.map_or(0, |id| u64::from(id.into_raw().get()));
        let raw = (file << FILE_SHIFT) | (RANGES + ((number << NUMBER_BITS) | (number + 1)));
        NonZeroU64::new(raw).map_or(Span::detached(), Span::from_raw)
    }

    /// The place that a span stands for.
    pub(super) fn spot(&self, span: impl Into<DiagSpan>) -> Option<Spot> {
        match span.into().get() {
            DiagSpanKind::Range { id, range } if Some(id) == *PAPER => self.0.borrow().get(range.start).cloned(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;

    #[test]
    fn a_place_is_known_again() {
        let spots = Spots::default();
        let at = |start| Spot::At(model::Span::at(start));
        let spans: Vec<Span> = [7, 7, 9].iter().map(|start| spots.span(&at(*start))).collect();
        assert_eq!(spans.iter().map(|span| spots.spot(*span)).collect::<Vec<_>>(), [7, 7, 9].map(|n| Some(at(n))));
        assert_eq!((spans[0], spots.spot(Span::detached())), (spans[1], None));
    }
}
