//! Puts hosts together: one that is named again brings its addresses and roles to the first of its name.

use std::collections::{HashMap, HashSet};

use crate::catalogue::{Catalogue, Os, RoleSet};
use crate::plan::address::Address;
use crate::plan::shown::{brief, shown};
use crate::plan::text::{HostName, Note, SiteName, TextError, ZoneName, is_hidden};

use super::system::{Evidence, system_of};
use super::words::{Addresses, RoleWords, is_blank_word};
use super::{Guess, Guessed, Import, Kind, MOST_HOSTS, NewHost, Place, Reason, Unread};

/// The longest piece of a source that a message repeats.
const PIECE: usize = 200;

/// More addresses than any host has.
const MOST_ADDRESSES: usize = 1000;

/// What is said of a host in one place.
#[derive(Debug, Default)]
pub struct Draft {
    os: Option<Os>,
    addresses: Vec<Address>,
    roles: RoleSet,
    zone: Option<ZoneName>,
    site: Option<SiteName>,
    notes: Vec<String>,
    guesses: Vec<Guess>,
}

/// Hosts, and all that is to be said about a source.
#[derive(Debug)]
pub struct Collector {
    words: RoleWords,
    hosts: Vec<NewHost>,
    known: HashMap<HostName, usize>,
    unread: Vec<Unread>,
    listed: HashSet<(Place, String)>,
    notes: Vec<String>,
    link_local: usize,
}

impl Collector {
    /// Nothing yet.
    pub fn new(catalogue: &Catalogue) -> Self {
        Self {
            words: RoleWords::new(catalogue),
            hosts: Vec::new(),
            known: HashMap::new(),
            unread: Vec::new(),
            listed: HashSet::new(),
            notes: Vec::new(),
            link_local: 0,
        }
    }

    /// The names of roles.
    pub fn words(&self) -> &RoleWords {
        &self.words
    }

    /// Lists something that could not be read. What many hosts share is listed once.
    pub fn unread(&mut self, place: Place, text: &str, why: impl Into<Reason>) {
        let text = piece(text);
        if self.listed.insert((place.clone(), text.clone())) {
            self.unread.push(Unread { place, text, why: why.into() });
        }
    }

    /// Adds a remark on the source.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Reads a cell or value with addresses.
    pub fn addresses(&mut self, draft: &mut Draft, place: &Place, text: &str) {
        let read = Addresses::of(text);
        for (word, why) in read.wrong {
            self.unread(place.clone(), &word, why);
        }
        for word in read.of_interfaces {
            draft.guess(Guessed::Address, format!("{} in {place}", brief(&word)));
        }
        self.link_local += read.link_local.len();
        if read.found.len() > MOST_ADDRESSES {
            return self.unread(place.clone(), text, Reason::Crowded);
        }
        add(&mut draft.addresses, read.found);
    }

    /// Reads a cell or value with a system; `of` names it in the guess.
    pub fn system(&mut self, draft: &mut Draft, place: &Place, of: &str, text: &str) {
        if is_blank_word(text) {
            return;
        }
        match system_of(text) {
            Some(Evidence::Said(os)) => draft.os = Some(os),
            Some(Evidence::Guessed(os)) => draft.guess_system(os, format!("{of} \"{}\"", brief(text))),
            None => self.unread(place.clone(), text, Reason::System(text.to_owned())),
        }
    }

    /// Reads a cell or value with roles.
    pub fn roles(&mut self, draft: &mut Draft, place: &Place, text: &str) {
        let (roles, unknown) = self.words.in_cell(text);
        draft.roles = draft.roles.union(roles);
        for (word, why) in unknown {
            self.unread(place.clone(), &word, why);
        }
    }

    /// Reads a cell or value with a zone.
    pub fn zone(&mut self, draft: &mut Draft, place: &Place, text: &str) {
        match one_line(text).map(|text| text.parse()) {
            Some(Ok(zone)) => draft.zone = Some(zone),
            Some(Err(error)) => self.unread(place.clone(), text, error),
            None => {}
        }
    }

    /// Reads a cell or value with a site.
    pub fn site(&mut self, draft: &mut Draft, place: &Place, text: &str) {
        match one_line(text).map(|text| text.parse()) {
            Some(Ok(site)) => draft.site = Some(site),
            Some(Err(error)) => self.unread(place.clone(), text, error),
            None => {}
        }
    }

    /// Reads a cell or value with a remark.
    pub fn remark(&mut self, draft: &mut Draft, place: &Place, text: &str) {
        match one_line(text).map(|text| text.parse::<Note>()) {
            Some(Ok(note)) => draft.notes.push(note.as_str().to_owned()),
            Some(Err(error)) => self.unread(place.clone(), text, error),
            None => {}
        }
    }

    /// Puts a host to the others. A name that no host can have gives one that it can, as a guess; the name as it was
    /// written goes into the remark.
    pub fn put(&mut self, place: Place, name: &str, mut draft: Draft) {
        let name = match host_name(name) {
            Ok(NameForm::Asis(name)) => name,
            Ok(NameForm::Made(made)) => {
                let as_written = shown(name.trim());
                draft.guess(Guessed::Name, format!("\"{}\"", brief(&as_written)));
                draft.notes.insert(0, format!("called \"{as_written}\""));
                made
            }
            Err(why) => return self.unread(place, name, why),
        };
        if let Some(at) = self.known.get(&name).copied() {
            return self.join(at, &place, draft);
        }
        if self.hosts.len() >= MOST_HOSTS {
            return self.unread(place, name.as_str(), Reason::TooMany);
        }
        let note = self.join_notes(&place, &draft.notes);
        self.known.insert(name.clone(), self.hosts.len());
        self.hosts.push(NewHost {
            name,
            os: draft.os.unwrap_or_default(),
            addresses: draft.addresses,
            roles: draft.roles,
            zone: draft.zone,
            site: draft.site,
            note,
            guesses: draft.guesses,
            places: vec![place],
        });
    }

    fn join_notes(&mut self, place: &Place, notes: &[String]) -> Option<Note> {
        if notes.is_empty() {
            return None;
        }
        let text = notes.join("; ");
        match text.parse() {
            Ok(note) => Some(note),
            Err(error) => {
                self.unread(place.clone(), &text, error);
                None
            }
        }
    }

    fn join(&mut self, at: usize, place: &Place, draft: Draft) {
        let more = self.join_notes(place, &draft.notes);
        let Some(host) = self.hosts.get_mut(at) else { return };
        let first = host.places.first().cloned().unwrap_or_else(|| place.clone());
        let mut differing: Vec<(&'static str, String)> = Vec::new();
        let mut crowded = None;
        if let Some(os) = draft.os {
            if host.os == Os::Other {
                host.os = os;
            } else if host.os != os {
                differing.push(("system", os.to_string()));
            }
        }
        keep_first(&mut host.zone, draft.zone, "zone", &mut differing);
        keep_first(&mut host.site, draft.site, "site", &mut differing);
        keep_first(&mut host.note, more, "note", &mut differing);
        if host.addresses.len() + draft.addresses.len() <= MOST_ADDRESSES {
            add(&mut host.addresses, draft.addresses);
        } else {
            let text = draft.addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            crowded = Some(text);
        }
        host.roles = host.roles.union(draft.roles);
        add(&mut host.guesses, draft.guesses);
        host.places.push(place.clone());
        if let Some(text) = crowded {
            self.unread(place.clone(), &text, Reason::Crowded);
        }
        for (what, text) in differing {
            self.unread(place.clone(), &text, Reason::Differs { what, first: first.clone() });
        }
    }

    /// What was read.
    pub fn finish(mut self, kind: Kind) -> Import {
        match self.link_local {
            0 => {}
            1 => {
                let note = "a link-local address was left out: no other network can reach it";
                self.notes.push(note.to_owned());
            }
            many => {
                let note =
                    format!("{many} link-local addresses were left out: no other network can reach them");
                self.notes.push(note);
            }
        }
        self.unread.sort_by_key(|unread| unread.place.line());
        Import { kind, hosts: self.hosts, unread: self.unread, notes: self.notes }
    }
}

impl Draft {
    /// A draft that says no more than a note.
    pub fn with_note(note: Option<&Note>) -> Self {
        Self { notes: note.map(|note| note.as_str().to_owned()).into_iter().collect(), ..Self::default() }
    }

    /// Adds addresses that were read already.
    pub fn add_addresses(&mut self, addresses: Vec<Address>) {
        add(&mut self.addresses, addresses);
    }

    /// Gives the host roles that a group or service of this name is likely to stand for.
    pub fn guess_roles(&mut self, roles: RoleSet, from: &str) {
        for role in roles.minus(self.roles).iter() {
            self.roles = self.roles.with(role);
            self.guess(Guessed::Role(role), from.to_owned());
        }
    }

    /// Takes a system for granted that nothing says in so many words; what was said or guessed before stays.
    pub fn guess_system(&mut self, os: Os, from: String) {
        if self.os.is_none() {
            self.os = Some(os);
            self.guess(Guessed::System(os), from);
        }
    }

    fn guess(&mut self, what: Guessed, from: String) {
        self.guesses.push(Guess { what, from });
    }
}

fn keep_first<T: PartialEq + ToString>(
    mine: &mut Option<T>,
    theirs: Option<T>,
    what: &'static str,
    differing: &mut Vec<(&'static str, String)>,
) {
    match (&mine, theirs) {
        (_, None) => {}
        (None, theirs) => *mine = theirs,
        (Some(mine), Some(theirs)) if *mine == theirs => {}
        (Some(_), Some(theirs)) => differing.push((what, theirs.to_string())),
    }
}

fn add<T: PartialEq>(items: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !items.contains(&item) {
            items.push(item);
        }
    }
}

/// A piece of the source as a message can repeat it: in one line, and not without end.
fn piece(text: &str) -> String {
    let mut letters = shown(text.trim()).chars().take(PIECE + 1).collect::<Vec<_>>();
    if letters.len() > PIECE {
        letters.truncate(PIECE);
        letters.push('…');
    }
    letters.into_iter().collect()
}

/// The text in one line; `None` if it says nothing.
fn one_line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.join(" ")).filter(|text| !is_blank_word(text))
}

enum NameForm {
    Asis(HostName),
    Made(HostName),
}

/// Spaces and signs become hyphens. What hides or reorders text is never smoothed over.
fn host_name(text: &str) -> Result<NameForm, Reason> {
    let text = text.trim();
    if is_blank_word(text) {
        return Err(Reason::NoName);
    }
    let error: TextError = match text.parse() {
        Ok(name) => return Ok(NameForm::Asis(name)),
        Err(error) => error,
    };
    if text.chars().any(is_hidden) {
        return Err(error.into());
    }
    let mut made = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_') {
            made.push(letter);
        } else if !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
    }
    match made.trim_matches('-').parse() {
        Ok(name) if made.chars().any(char::is_alphanumeric) => Ok(NameForm::Made(name)),
        _ => Err(error.into()),
    }
}
