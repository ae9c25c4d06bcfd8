//! What the operator typed: words, some pinned to a field, some excluded.

use std::net::IpAddr;

use crate::catalogue::{PortItem, PortRange};

/// The field that a word is pinned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Any field.
    Any,
    /// Name, address, zone, site or role of the host that opens the connection.
    From,
    /// Name, address, zone, site or role of the host it goes to.
    To,
    /// The ports.
    Port,
    /// The transport.
    Proto,
    /// A role of either host.
    Role,
    /// The zone of either host.
    Zone,
    /// The site of either host.
    Site,
    /// The page and section of a rule.
    Page,
}

impl Field {
    /// The fields that a word can be pinned to, with the text before the word.
    pub const PINS: [(&'static str, Self); 8] = [
        ("from:", Self::From),
        ("to:", Self::To),
        ("port:", Self::Port),
        ("proto:", Self::Proto),
        ("role:", Self::Role),
        ("zone:", Self::Zone),
        ("site:", Self::Site),
        ("page:", Self::Page),
    ];
}

/// A column of a flow table, for marking what matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The source host.
    From,
    /// The destination host.
    To,
    /// The transport.
    Proto,
    /// One entry of the ports.
    Port,
    /// The purpose.
    Purpose,
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The field that it is pinned to.
    pub field: Field,
    /// Whether flows that match it are left out.
    pub excluded: bool,
    /// The word in lower case.
    pub text: String,
    /// The ports it names, if it is a number or a range.
    pub range: Option<PortRange>,
    /// The address it names, if it is one.
    pub ip: Option<IpAddr>,
}

impl Term {
    fn parse(word: &str) -> Option<Self> {
        let (excluded, word) = match word.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, word),
        };
        let lower = word.to_lowercase();
        let pin = Field::PINS.iter().find_map(|(pin, field)| Some((*field, lower.strip_prefix(pin)?)));
        let (field, text) = pin.unwrap_or((Field::Any, &lower));
        if text.is_empty() {
            return None;
        }
        let range = text.parse::<PortItem>().ok().map(|item| item.range);
        Some(Self { field, excluded, range, ip: text.parse().ok(), text: text.to_owned() })
    }

    /// Whether the word is a number: such words match exactly or not at all.
    pub fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether the word may match a text of this column.
    pub fn speaks_of(&self, column: Column) -> bool {
        match self.field {
            Field::Any => true,
            Field::From => column == Column::From,
            Field::To => column == Column::To,
            Field::Port => column == Column::Port,
            Field::Proto => column == Column::Proto,
            Field::Role | Field::Zone | Field::Site | Field::Page => false,
        }
    }
}

/// A whole query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    terms: Vec<Term>,
    ignored: usize,
}

impl Query {
    /// How many words a query can have.
    pub const LIMIT: usize = 16;

    /// Reads what the operator typed; anything is a query.
    pub fn parse(text: &str) -> Self {
        let mut terms: Vec<Term> = text.split_whitespace().filter_map(Term::parse).collect();
        let ignored = terms.len().saturating_sub(Self::LIMIT);
        terms.truncate(Self::LIMIT);
        Self { terms, ignored }
    }

    /// The words, without empty ones.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// How many words stand beyond the limit and do not count.
    pub fn ignored(&self) -> usize {
        self.ignored
    }

    /// Whether every flow matches.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}
