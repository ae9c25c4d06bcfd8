//! Names and notes that are safe to show once they exist: no control characters, no text that hides or reorders itself.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use unicode_width::UnicodeWidthChar;

pub use crate::catalogue::hidden::is_hidden;

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the {what} is empty")]
    Empty {
        /// Which text: "host name", "zone", …
        what: &'static str,
    },
    /// Longer than allowed.
    #[error("the {what} has {found} characters; at most {limit} are allowed")]
    TooLong {
        /// Which text.
        what: &'static str,
        /// Its length in characters.
        found: usize,
        /// The limit in characters.
        limit: usize,
    },
    /// A character that is not allowed.
    #[error("the {what} holds {} at position {position}; {allowed}", describe(*.found))]
    Character {
        /// Which text.
        what: &'static str,
        /// The character.
        found: char,
        /// Its place, from 1, in characters.
        position: usize,
        /// What is allowed.
        allowed: &'static str,
    },
}

fn describe(found: char) -> String {
    if is_hidden(found) || found.is_whitespace() && found != ' ' || is_mark(found) {
        format!("the character U+{:04X}", u32::from(found))
    } else {
        format!("\"{found}\"")
    }
}

/// Whether the character is drawn on the one before it.
fn is_mark(letter: char) -> bool {
    letter.width() == Some(0)
}

struct Form {
    what: &'static str,
    limit: usize,
    allowed: &'static str,
    accepts: fn(char) -> bool,
}

impl Form {
    fn check(&self, text: &str) -> Result<String, TextError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextError::Empty { what: self.what });
        }
        let found = text.chars().count();
        if found > self.limit {
            return Err(TextError::TooLong { what: self.what, found, limit: self.limit });
        }
        let refused = |found, at, allowed| {
            Err(TextError::Character { what: self.what, found, position: at + 1, allowed })
        };
        match text.chars().enumerate().find(|(_, letter)| !(self.accepts)(*letter)) {
            Some((at, found)) => refused(found, at, self.allowed),
            None => match text.chars().next().filter(|first| is_mark(*first)) {
                Some(found) => refused(found, 0, "a mark needs a letter before it"),
                None => Ok(text.to_owned()),
            },
        }
    }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $form:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                $form.check(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

const NO_HIDDEN: &str = "control characters and characters that hide or reorder text are not allowed";

text!(
    /// A host's name: letters and digits of any script, hyphens, dots and underscores, up to 253 characters.
    HostName,
    Form {
        what: "host name",
        limit: HostName::LIMIT,
        allowed: "letters, digits, hyphens, dots and underscores are allowed",
        accepts: |letter| letter.is_alphanumeric() && !is_hidden(letter) || matches!(letter, '-' | '.' | '_'),
    }
);
text!(
    /// The name of a zone: up to 64 characters.
    ZoneName,
    Form { what: "zone", limit: 64, allowed: NO_HIDDEN, accepts: |letter| !is_hidden(letter) }
);
text!(
    /// The name of a site: up to 64 characters.
    SiteName,
    Form { what: "site", limit: 64, allowed: NO_HIDDEN, accepts: |letter| !is_hidden(letter) }
);
text!(
    /// An id of the catalogue or of a check, as files keep it: a later program may know more of them than this one.
    Id,
    Form {
        what: "id",
        limit: 253,
        allowed: "unaccented letters, digits, and - _ . : , / are allowed",
        accepts: |letter| letter.is_ascii_alphanumeric() || "-_.:,/ ".contains(letter),
    }
);
text!(
    /// The name of a plan: up to 100 characters.
    PlanName,
    Form { what: "plan name", limit: 100, allowed: NO_HIDDEN, accepts: |letter| !is_hidden(letter) }
);
text!(
    /// A remark of the operator: one line, up to 1000 characters.
    Note,
    Form { what: "note", limit: 1000, allowed: NO_HIDDEN, accepts: |letter| !is_hidden(letter) }
);

impl HostName {
    /// How many characters a name can have.
    const LIMIT: usize = 253;

    /// This name with 2, 3, … behind it; a number that is there already is counted on: `sql01`, `sql02`, …. A name that
    /// is too long for its number loses letters before it.
    pub fn numbered(&self) -> impl Iterator<Item = Self> + use<> {
        let stem = self.0.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned();
        let digits = self.0.get(stem.len()..).unwrap_or_default();
        let width = digits.len();
        let next = digits.parse::<u64>().ok().and_then(|number| number.checked_add(1));
        let (stem, width, first) = match next {
            Some(next) => (stem, width, next),
            None => (self.0.clone(), 0, 2),
        };
        (first..=u64::MAX).take(1_000_000).filter_map(move |number| {
            let number = format!("{number:0width$}");
            let room = Self::LIMIT.saturating_sub(number.len());
            let stem: String = stem.chars().take(room).collect();
            format!("{stem}{number}").parse().ok()
        })
    }
}

impl PlanName {
    /// The name of a plan that was not given one yet.
    pub fn unnamed() -> Self {
        Self("Unnamed plan".to_owned())
    }
}
