//! Hosts from pasted text: one a line, with addresses behind or before the name, as people keep them in lists and in
//! `/etc/hosts`.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use thiserror::Error;

use super::Plan;
use super::actions::Action;
use super::address::{Address, AddressError};
use super::edit::Edit;
use super::host::Host;
use super::text::{HostName, Note, TextError};

/// How many lines are taken at once.
pub const MOST_LINES: usize = 10_000;
/// How many bytes are taken at once.
pub const MOST_BYTES: usize = 1_000_000;

/// More than is taken at once; nothing of it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TooMuch {
    /// Too many lines.
    #[error("the pasted text has {0} lines; paste at most {MOST_LINES} at once")]
    Lines(usize),
    /// Too many bytes.
    #[error("the pasted text has {0} bytes; paste at most {MOST_BYTES} at once")]
    Bytes(usize),
}

/// A host that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedHost {
    /// Its name.
    pub name: HostName,
    /// Its addresses, without repeats.
    pub addresses: Vec<Address>,
    /// Its further names, as `/etc/hosts` has them; they become the host's note.
    pub aliases: Vec<HostName>,
}

/// A line that made no host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
    /// Why it made no host.
    pub why: Reason,
}

/// Why a line made no host.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Reason {
    /// Addresses alone.
    #[error("no name stands beside the address")]
    NoName,
    /// The name cannot be one.
    #[error("{0}")]
    Name(#[from] TextError),
    /// The address cannot be one.
    #[error("{0}")]
    Address(#[from] AddressError),
    /// A word where an address should be.
    #[error("\"{0}\" is neither an IP address nor a full DNS name; write one host a line")]
    Word(String),
    /// An address that no other host can use to reach this one.
    #[error("{0} is no address that other hosts can reach this one at")]
    Unreachable(IpAddr),
    /// The plan has a host of this name.
    #[error("there is a host called \"{0}\" already")]
    Taken(HostName),
}

/// What a pasted text holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// The hosts, in the text's order.
    pub hosts: Vec<PastedHost>,
    /// The lines that made no host.
    pub left_out: Vec<LeftOut>,
}

/// Reads pasted text for a plan. Empty lines and comments behind `#` say nothing. A name that comes again brings its
/// addresses to the first of its kind.
///
/// # Errors
/// If there is more than is taken at once.
pub fn read(text: &str, plan: &Plan) -> Result<Pasted, TooMuch> {
    if text.len() > MOST_BYTES {
        return Err(TooMuch::Bytes(text.len()));
    }
    let lines: Vec<&str> = lines(text).collect();
    if lines.len() > MOST_LINES {
        return Err(TooMuch::Lines(lines.len()));
    }
    let taken: HashSet<&str> = plan.hosts().iter().map(|host| host.name.as_str()).collect();
    let mut pasted = Pasted::default();
    let mut places: HashMap<HostName, usize> = HashMap::new();
    for (number, line) in (1..).zip(lines) {
        let words = words(line);
        if words.is_empty() {
            continue;
        }
        match host(&words).and_then(|host| free(host, &taken)) {
            Ok(host) => pasted.put(host, &mut places),
            Err(why) => pasted.left_out.push(LeftOut { line: number, text: shown(line), why }),
        }
    }
    Ok(pasted)
}

impl Pasted {
    fn put(&mut self, host: PastedHost, places: &mut HashMap<HostName, usize>) {
        let place = *places.entry(host.name.clone()).or_insert(self.hosts.len());
        match self.hosts.get_mut(place) {
            Some(first) => {
                append(&mut first.addresses, host.addresses);
                append(&mut first.aliases, host.aliases);
            }
            None => self.hosts.push(host),
        }
    }
}

fn append<T: PartialEq>(items: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !items.contains(&item) {
            items.push(item);
        }
    }
}

/// Lines end as on Unix, as on Windows, or as terminals paste them: with a carriage return alone.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\n', '\r']);
    text.split('\n').flat_map(|line| line.trim_end_matches('\r').split('\r'))
}

/// The words of a line up to a comment, without the quotes around them.
pub(super) fn words(line: &str) -> Vec<&str> {
    let separates = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
    let words = line.split(separates).take_while(|word| !word.starts_with('#'));
    words.map(|word| word.trim_matches(['"', '\'', '`'])).filter(|word| !word.is_empty()).collect()
}

/// A line as it can be shown: a name that hides text must not hide in the message about it.
fn shown(line: &str) -> String {
    let visible = |letter: &char| !super::text::is_hidden(*letter);
    line.trim().replace('\t', " ").chars().filter(visible).take(200).collect()
}

pub(super) fn host(words: &[&str]) -> Result<PastedHost, Reason> {
    let (mut addresses, mut names): (Vec<Address>, Vec<HostName>) = (Vec::new(), Vec::new());
    let address_first = words.first().is_some_and(|word| is_numeric(word));
    for word in words {
        if is_numeric(word) {
            append(&mut addresses, vec![reachable(word.parse()?)?]);
        } else if names.is_empty() || address_first {
            append(&mut names, vec![word.parse()?]);
        } else if word.contains('.') {
            append(&mut addresses, vec![word.parse()?]);
        } else {
            return Err(Reason::Word((*word).to_owned()));
        }
    }
    let mut names = names.into_iter();
    let name = names.next().ok_or(Reason::NoName)?;
    let host = PastedHost { name, addresses, aliases: names.collect() };
    host.note()?;
    Ok(host)
}

/// Digits and dots, a colon or a slash: what is no address then is a mistake in one, never a name.
fn is_numeric(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') || word.contains([':', '/'])
}

fn reachable(address: Address) -> Result<Address, Reason> {
    match address {
        Address::Ip(ip) if ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() => {
            Err(Reason::Unreachable(ip))
        }
        address => Ok(address),
    }
}

fn free(host: PastedHost, taken: &HashSet<&str>) -> Result<PastedHost, Reason> {
    if taken.contains(host.name.as_str()) { Err(Reason::Taken(host.name)) } else { Ok(host) }
}

impl PastedHost {
    /// The further names as a remark; `None` if there are none.
    pub(super) fn note(&self) -> Result<Option<Note>, TextError> {
        let names: Vec<&str> = self.aliases.iter().map(HostName::as_str).collect();
        if names.is_empty() {
            Ok(None)
        } else {
            format!("also called {}", names.join(", ")).parse().map(Some)
        }
    }
}

/// Puts the hosts behind the others, as one step; `None` if there are none.
pub fn add_hosts(plan: &mut Plan, hosts: &[PastedHost]) -> Option<Action> {
    let label = match hosts {
        [] => return None,
        [only] => format!("add {}", only.name),
        many => format!("add {} hosts", many.len()),
    };
    let first = plan.hosts().len();
    let mut edits = Vec::with_capacity(hosts.len());
    for (at, pasted) in (first..).zip(hosts) {
        let mut host = Host::new(plan.fresh_id(), pasted.name.clone());
        host.addresses.clone_from(&pasted.addresses);
        // Merged lines can have more names than a note has room for; the name and the addresses count.
        host.note = pasted.note().ok().flatten();
        edits.push(Edit::Insert { at, host: Box::new(host) });
    }
    Some(Action { label, edit: Edit::Many(edits), also: Vec::new() })
}
