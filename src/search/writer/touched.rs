//! Which numbers of many were changed.

/// Places, each noted once. Whether one is new can't be foretold, so it is written down in any case and kept only if
/// it is: no processor guesses wrong.
#[derive(Default)]
pub(super) struct Touched {
    of: Vec<u32>,
    count: usize,
}

impl Touched {
    /// Makes room for so many more.
    pub(super) fn expect(&mut self, more: usize) {
        if self.of.len() < self.count + more {
            self.of.resize(self.count + more, 0);
        }
    }

    /// Notes a place, for which there is room, if it is new.
    pub(super) fn note(&mut self, place: u32, is_new: bool) {
        if let Some(next) = self.of.get_mut(self.count) {
            *next = place;
        }
        self.count += usize::from(is_new);
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// One of those that were noted.
    pub(super) fn at(&self, place: usize) -> u32 {
        self.of.get(place).copied().unwrap_or_default()
    }

    /// All that were noted.
    pub(super) fn all(&self) -> &[u32] {
        self.of.get(..self.count).unwrap_or_default()
    }

    pub(super) fn clear(&mut self) {
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_noted() {
        let mut touched = Touched::default();
        touched.expect(3);
        [(7, true), (7, false), (9, true)].into_iter().for_each(|(place, is_new)| touched.note(place, is_new));
        assert_eq!(touched.all(), [7, 9]);
        touched.clear();
        assert_eq!(touched.len(), 0);
    }
}
