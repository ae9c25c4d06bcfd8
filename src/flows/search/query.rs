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
    /// The zone of the host that opens the connection.
    FromZone,
    /// The zone of the host it goes to.
    ToZone,
    /// The page and section of a rule.
    Page,
}

impl Field {
    /// The fields that a word can be pinned to, with the text before the word.
    pub const PINS: [(&'static str, Self); 10] = [
        ("from-zone:", Self::FromZone),
        ("to-zone:", Self::ToZone),
        ("from:", Self::From),
        ("to:", Self::To),
        ("port:", Self::Port),
        ("proto:", Self::Proto),
        ("role:", Self::Role),
        ("zone:", Self::Zone),
        ("site:", Self::Site),
        ("page:", Self::Page),
    ];

    /// Whether a word that is pinned to the field can ask for a whole name.
    fn has_names(self) -> bool {
        matches!(self, Self::From | Self::To | Self::Role | Self::Zone | Self::FromZone | Self::ToZone)
    }
}

/// Pins a word to a host's whole name: `from:=vbr01` is vbr01 and not vbr011.
const WHOLE: char = '=';

/// What a pin and `=` in front make an exact word; a name with spaces, or none at all, stands in quotes.
pub fn whole(pin: &str, name: &str) -> String {
    let bare = !name.is_empty() && !name.contains(|letter: char| letter == '"' || letter.is_whitespace());
    if bare {
        format!("{pin}{WHOLE}{name}")
    } else {
        format!("{pin}{WHOLE}\"{}\"", name.replace('"', "\"\""))
    }
}

/// The words of a query: spaces part them, except between quotes behind `=`, where `""` is a quote.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = end_of_word(rest);
        let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        words.push(word.to_owned());
        rest = behind.trim_start();
    }
    words
}

fn end_of_word(text: &str) -> usize {
    let (field, pinned) = pinned(marked(text).1);
    let Some(quoted) = pinned.strip_prefix("=\"").filter(|_| field.has_names()) else {
        return text.find(char::is_whitespace).unwrap_or(text.len());
    };
    let start = text.len() - quoted.len();
    let mut letters = text.char_indices().skip_while(|(at, _)| *at < start).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '"' && letters.next_if(|(_, next)| *next == '"').is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// Whether flows that match the word are left out, and the word without the mark that says so.
fn marked(word: &str) -> (bool, &str) {
    match word.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, word),
    }
}

/// The field that the word is pinned to, and what stands behind the pin.
fn pinned(word: &str) -> (Field, &str) {
    let pinned = |(pin, field): &(&str, Field)| {
        let (start, rest) = word.split_at_checked(pin.len())?;
        start.eq_ignore_ascii_case(pin).then_some((*field, rest))
    };
    Field::PINS.iter().find_map(pinned).unwrap_or((Field::Any, word))
}

/// The name that an exact word is pinned to, without its quotes.
fn name_of(text: &str) -> String {
    match text.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted).replace("\"\"", "\""),
        None => text.to_owned(),
    }
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
    /// The whole name that is asked for, letter by letter; an empty one asks for hosts without a zone.
    pub whole: Option<String>,
}

impl Term {
    fn parse(word: &str) -> Option<Self> {
        let (excluded, word) = marked(word);
        let (field, text) = pinned(word);
        if let Some(name) = text.strip_prefix(WHOLE).filter(|_| field.has_names()) {
            return Self::whole(field, excluded, &name_of(name));
        }
        let text = text.to_lowercase();
        if text.is_empty() {
            return None;
        }
        let range = text.parse::<PortItem>().ok().map(|item| item.range);
        Some(Self { field, excluded, range, ip: text.parse().ok(), text, whole: None })
    }

    fn whole(field: Field, excluded: bool, name: &str) -> Option<Self> {
        let may_be_empty = matches!(field, Field::Zone | Field::FromZone | Field::ToZone);
        let text = name.to_lowercase();
        (may_be_empty || !name.is_empty()).then(|| Self {
            field,
            excluded,
            text,
            range: None,
            ip: None,
            whole: Some(name.to_owned()),
        })
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
            Field::Role | Field::Zone | Field::FromZone | Field::ToZone | Field::Site | Field::Page => false,
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
        let mut terms: Vec<Term> = words(text).iter().filter_map(|word| Term::parse(word)).collect();
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
