//! From what was typed to a question about the plan.

use thiserror::Error;

use crate::catalogue::{Port, nearest, port::PortError};
use crate::flows::search::Direction;
use crate::plan::shown::brief;
use crate::plan::{Address, Host, HostId, Plan};

use super::Wanted;
use super::words;

/// A question about a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Why, or why not.
    Pair {
        /// The host that opens connections.
        from: HostId,
        /// The host they go to.
        to: HostId,
        /// Which flows.
        wanted: Wanted,
    },
    /// What does it need?
    Host {
        /// The host.
        host: HostId,
        /// Which way.
        direction: Direction,
        /// At this port alone.
        port: Option<Port>,
    },
    /// Who uses it?
    Port(Port),
}

/// The words of a question, not yet looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked<'a> {
    /// The host that opens connections.
    pub from: Option<&'a str>,
    /// The host they go to.
    pub to: Option<&'a str>,
    /// A host, both ways.
    pub host: Option<&'a str>,
    /// A port.
    pub port: Option<&'a str>,
}

/// A question that was looked up, with remarks about what was taken for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The question.
    pub question: Question,
    /// One sentence each.
    pub remarks: Vec<String>,
}

/// Why a text is no question about the plan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotUnderstood {
    /// Nothing was asked.
    #[error("name two hosts (sql01 -> repo01), a host, or a port")]
    Nothing,
    /// There is no such host.
    #[error("there is no host \"{}\" in the plan{}", brief(found), hint(nearest.as_deref()))]
    Host {
        /// As written.
        found: String,
        /// The name that is most like it.
        nearest: Option<String>,
    },
    /// Not a port.
    #[error("{0}")]
    Port(#[from] PortError),
}

fn hint(nearest: Option<&str>) -> String {
    match nearest {
        Some(name) => format!("; did you mean \"{name}\"?"),
        None => "; write a host's name or one of its addresses".to_owned(),
    }
}

impl<'a> Asked<'a> {
    /// Reads `sql01 -> repo01`, `sql01 -> repo01 6162`, `sql01 ->`, `-> repo01`, `sql01`, `sql01 443` and `6162`.
    pub fn parse(text: &'a str) -> Self {
        let arrow = ["->", "→", "=>"].into_iter().find_map(|arrow| text.split_once(arrow));
        let Some((left, right)) = arrow else { return Self::without_arrow(text) };
        let mut right = right.split_whitespace();
        let to = right.next();
        let filled = |word: &'a str| Some(word.trim()).filter(|word| !word.is_empty());
        let port = right.next_back().map(bare_port);
        Self { from: filled(left), to, host: None, port }
    }

    fn without_arrow(text: &'a str) -> Self {
        let words: Vec<&str> = text.split_whitespace().filter(|word| !is_filler(word)).collect();
        match words.as_slice() {
            [] => Self::default(),
            [only] if is_number(only) => Self { port: Some(bare_port(only)), ..Self::default() },
            [host] => Self { host: Some(host), ..Self::default() },
            [host, port] if is_number(port) => {
                Self { host: Some(host), port: Some(bare_port(port)), ..Self::default() }
            }
            [from, to, rest @ ..] => Self {
                from: Some(from),
                to: Some(to),
                host: None,
                port: rest.last().map(|port| bare_port(port)),
            },
        }
    }

    /// Looks hosts and ports up.
    ///
    /// # Errors
    /// If nothing is asked, or a host is not in the plan, or a port is none.
    pub fn look_up(self, plan: &Plan) -> Result<Understood, NotUnderstood> {
        // The error repeats the text.
        let port = self.port.map(|text| brief(text.trim()).parse::<Port>()).transpose()?;
        let mut remarks = Vec::new();
        let mut find = |name: Option<&str>| -> Result<Option<HostId>, NotUnderstood> {
            let Some(name) = name else { return Ok(None) };
            let (host, remark) = host_named(plan, name)?;
            remarks.extend(remark);
            Ok(Some(host))
        };
        let (from, to, host) = (find(self.from)?, find(self.to)?, find(self.host)?);
        let of = |host, direction| Question::Host { host, direction, port };
        let question = match (from, to, host) {
            (Some(from), Some(to), _) => {
                Question::Pair { from, to, wanted: port.map_or(Wanted::All, Wanted::Port) }
            }
            (Some(from), None, _) => of(from, Direction::Outbound),
            (None, Some(to), _) => of(to, Direction::Inbound),
            (None, None, Some(host)) => of(host, Direction::Both),
            (None, None, None) => Question::Port(port.ok_or(NotUnderstood::Nothing)?),
        };
        Ok(Understood { question, remarks })
    }
}

/// Words that people put in between.
fn is_filler(word: &str) -> bool {
    ["from", "to", "who", "needs", "uses", "why", "port", "tcp", "udp", "needs?", "?"]
        .contains(&word.to_lowercase().as_str())
}

fn is_number(word: &str) -> bool {
    let bare = bare_port(word);
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())
}

/// `6162` of `6162/tcp`, `:6162` and `6162?`.
fn bare_port(word: &str) -> &str {
    let word = word.trim_start_matches(':').trim_end_matches('?');
    word.strip_suffix("/tcp").or_else(|| word.strip_suffix("/udp")).unwrap_or(word)
}

/// The host with this name, or the one whose address or network this is; and a remark where that is not plain.
///
/// # Errors
/// If there is none.
pub fn host_named(plan: &Plan, text: &str) -> Result<(HostId, Option<String>), NotUnderstood> {
    let text = text.trim();
    if let Some(host) = plan.host_named(text) {
        return Ok((host.id, None));
    }
    let lower = text.to_lowercase();
    if let Some(host) = plan.hosts().iter().find(|host| host.name.as_str().to_lowercase() == lower) {
        return Ok((host.id, None));
    }
    let holders = holders(plan, text);
    let text = brief(text);
    match holders.as_slice() {
        [] => {
            let names = plan.hosts().iter().map(|host| host.name.as_str());
            Err(NotUnderstood::Host { nearest: nearest(&text, names).map(str::to_owned), found: text })
        }
        [only] => Ok((only.id, Some(format!("{text} is {}", only.name)))),
        [first, rest @ ..] => {
            const NAMED: usize = 3;
            let mut names: Vec<String> = rest.iter().take(NAMED).map(|host| host.name.to_string()).collect();
            if rest.len() > NAMED {
                names.push(format!("{} more", rest.len() - NAMED));
            }
            let others = words::list(&names, "and");
            Ok((first.id, Some(format!("{text} is {} here; it is also in {others}", first.name))))
        }
    }
}

/// The hosts that an address belongs to, the closest networks first.
fn holders<'a>(plan: &'a Plan, text: &str) -> Vec<&'a Host> {
    let Ok(address) = text.parse::<Address>() else { return Vec::new() };
    let closeness = |own: &Address| -> Option<u8> {
        match (&address, own) {
            (Address::Name(name), Address::Name(own)) => (name == own).then_some(0),
            (Address::Name(_), _) | (_, Address::Name(_)) => None,
            _ => {
                let (wanted, own) = (address.network()?, own.network()?);
                own.contains(&wanted).then(|| own.max_prefix_len() - own.prefix_len())
            }
        }
    };
    let mut found: Vec<(u8, &Host)> = plan
        .hosts()
        .iter()
        .filter_map(|host| Some((host.addresses.iter().filter_map(closeness).min()?, host)))
        .collect();
    found.sort_by_key(|(closeness, _)| *closeness);
    found.into_iter().map(|(_, host)| host).collect()
}
