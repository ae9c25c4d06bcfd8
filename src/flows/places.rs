//! A set of small numbers: places in a list of requirements.

/// A set of places. Sets over the same list have the same length, so that equal sets are equal values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Places(Vec<u64>);

impl Places {
    /// The places below `len` that `wanted` accepts.
    pub fn matching(len: usize, mut wanted: impl FnMut(usize) -> bool) -> Self {
        let mut words = vec![0; len.div_ceil(64)];
        for place in (0..len).filter(|place| wanted(*place)) {
            if let Some(word) = words.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        Self(words)
    }

    /// What is in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(left, right)| left & right).collect())
    }

    /// What is in either set; the empty default takes the length of the other.
    pub fn union(mut self, other: &Self) -> Self {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
        self
    }

    /// Takes out what is in the other set.
    pub fn subtract(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }

    /// Takes out the places that `wanted` does not accept.
    pub fn retain(&mut self, mut wanted: impl FnMut(usize) -> bool) {
        let gone: Vec<usize> = self.iter().filter(|place| !wanted(*place)).collect();
        for place in gone {
            if let Some(word) = self.0.get_mut(place / 64) {
                *word &= !(1 << (place % 64));
            }
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The places, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        let of_word = |word: u64| (0..64).filter(move |bit| word >> bit & 1 == 1);
        self.0.iter().enumerate().flat_map(move |(at, word)| of_word(*word).map(move |bit| at * 64 + bit))
    }
}
