//! A vector that is indexed by its own id type, so that ids of one kind cannot index another.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A small number that names one entry of a [`Table`].
pub trait Key: Copy + Eq {
    /// The id of entry number `position`, or `None` where the id type has no room for it.
    fn from_position(position: usize) -> Option<Self>;
    /// The entry's position in its table.
    fn position(self) -> usize;
}

/// Entries of one kind in a fixed order, each with an id that only this table hands out.
#[derive(Debug, Clone)]
pub struct Table<K, T> {
    entries: Vec<T>,
    key: PhantomData<K>,
}

impl<K: Key, T> Table<K, T> {
    /// Takes the entries in order, or `None` if there are more of them than ids.
    pub fn new(entries: Vec<T>) -> Option<Self> {
        if let Some(last) = entries.len().checked_sub(1) {
            K::from_position(last)?;
        }
        Some(Self { entries, key: PhantomData })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Puts an entry behind the others, or gives `None` if the id type has no room for it.
    pub fn push(&mut self, entry: T) -> Option<K> {
        let key = K::from_position(self.entries.len())?;
        self.entries.push(entry);
        Some(key)
    }

    /// All entries, in order.
    pub fn entries(&self) -> &[T] {
        &self.entries
    }

    /// All ids, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = K> + use<K, T> {
        (0..self.entries.len()).filter_map(K::from_position)
    }

    /// All entries with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &T)> {
        self.entries.iter().enumerate().filter_map(|(at, entry)| Some((K::from_position(at)?, entry)))
    }

    /// The first entry that `wanted` accepts.
    pub fn find(&self, mut wanted: impl FnMut(&T) -> bool) -> Option<K> {
        self.iter().find(|(_, entry)| wanted(entry)).map(|(key, _)| key)
    }
}

impl<K: Key, T> Index<K> for Table<K, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "a key is only made by the table that it indexes")]
    fn index(&self, key: K) -> &T {
        &self.entries[key.position()]
    }
}

impl<K: Key, T> IndexMut<K> for Table<K, T> {
    #[expect(clippy::indexing_slicing, reason = "a key is only made by the table that it indexes")]
    fn index_mut(&mut self, key: K) -> &mut T {
        &mut self.entries[key.position()]
    }
}

impl<K: Key, T> Default for Table<K, T> {
    fn default() -> Self {
        Self { entries: Vec::new(), key: PhantomData }
    }
}

/// Defines an id type that is a number below a limit.
macro_rules! key {
    ($(#[$doc:meta])* $name:ident($number:ty), $limit:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($number);

        impl $crate::catalogue::table::Key for $name {
            fn from_position(position: usize) -> Option<Self> {
                if position < $limit { <$number>::try_from(position).ok().map(Self) } else { None }
            }

            fn position(self) -> usize {
                usize::try_from(self.0).unwrap_or(usize::MAX)
            }
        }
    };
}

pub(crate) use key;
