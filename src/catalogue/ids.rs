//! Ids of the catalogue's entries: small numbers inside the program, stable words in files.

use super::table::{Key, key};

key!(
    /// A role of the catalogue, such as `worker`.
    RoleId(u8), 64
);
key!(
    /// A yes/no option of the catalogue, such as `mongodb`.
    OptionId(u8), 32
);
key!(
    /// A rule of the catalogue.
    RuleId(u16), 65_536
);
key!(
    /// A vendor page that rules come from.
    PageId(u8), 256
);
key!(
    /// A port that the vendor lets the operator change, such as the one of `mongodb`.
    CustomPortId(u8), 64
);

macro_rules! set {
    ($(#[$doc:meta])* $name:ident($bits:ty) of $key:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name($bits);

        impl $name {
            /// The set that holds nothing.
            pub const EMPTY: Self = Self(0);

            /// Whether `key` is in the set.
            #[must_use]
            pub fn contains(self, key: $key) -> bool {
                self.0 & (1 << key.0) != 0
            }

            /// The set with `key` in it.
            #[must_use]
            pub fn with(self, key: $key) -> Self {
                Self(self.0 | 1 << key.0)
            }

            /// The set without `key`.
            #[must_use]
            pub fn without(self, key: $key) -> Self {
                Self(self.0 & !(1 << key.0))
            }

            /// What is in either set.
            #[must_use]
            pub fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// What is in both sets.
            #[must_use]
            pub fn intersection(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// What is in this set and not in `other`.
            #[must_use]
            pub fn minus(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// Whether the set holds nothing.
            #[must_use]
            pub fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// How many keys the set holds.
            #[must_use]
            pub fn len(self) -> usize {
                self.0.count_ones() as usize
            }

            /// The keys in the catalogue's order.
            pub fn iter(self) -> impl Iterator<Item = $key> {
                (0..<$bits>::BITS)
                    .filter(move |bit| self.0 & (1 << bit) != 0)
                    .filter_map(|bit| $key::from_position(bit as usize))
            }
        }

        impl FromIterator<$key> for $name {
            fn from_iter<I: IntoIterator<Item = $key>>(keys: I) -> Self {
                keys.into_iter().fold(Self::EMPTY, Self::with)
            }
        }
    };
}

set!(
    /// Some roles.
    RoleSet(u64) of RoleId
);
set!(
    /// Some options, usually those that are on.
    OptionSet(u32) of OptionId
);
