//! A host's address: an IP address, a network that stands for many hosts, or a DNS name.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use thiserror::Error;

/// Where a host, or a group of hosts that are planned as one, can be reached.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// One IPv4 or IPv6 address.
    Ip(IpAddr),
    /// A network in CIDR form.
    Network(IpNet),
    /// A DNS name, in lower case.
    Name(String),
}

/// Why a text is not an address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Nothing there.
    #[error("the address is empty")]
    Empty,
    /// The bits behind the prefix are not zero.
    #[error("{found} has bits set behind its prefix; write {network} for the network or {host} for the host")]
    HostBits {
        /// As written.
        found: String,
        /// The network it lies in.
        network: IpNet,
        /// The address without the prefix.
        host: IpAddr,
    },
    /// Looks like an IP address or network but is none.
    #[error("\"{0}\" is not a valid IP address or network; write 10.0.0.10, 10.0.8.0/24 or 2001:db8::7")]
    BadIp(String),
    /// Neither an IP address nor a DNS name.
    #[error(
        "\"{0}\" is not an address; write an IPv4 or IPv6 address, a network such as 10.0.8.0/24, or a DNS name"
    )]
    BadName(String),
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if let Ok(ip) = text.parse() {
            return Ok(Self::Ip(ip));
        }
        if text.contains('/') {
            return network(text);
        }
        let looks_numeric =
            text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') || text.contains(':');
        if looks_numeric {
            return Err(AddressError::BadIp(text.to_owned()));
        }
        if is_dns_name(text) {
            Ok(Self::Name(text.trim_end_matches('.').to_ascii_lowercase()))
        } else {
            Err(AddressError::BadName(text.to_owned()))
        }
    }
}

fn network(text: &str) -> Result<Address, AddressError> {
    let net: IpNet = text.parse().map_err(|_| AddressError::BadIp(text.to_owned()))?;
    if net.prefix_len() == net.max_prefix_len() {
        return Ok(Address::Ip(net.addr()));
    }
    if net.trunc() != net {
        return Err(AddressError::HostBits {
            found: text.to_owned(),
            network: net.trunc(),
            host: net.addr(),
        });
    }
    Ok(Address::Network(net))
}

/// RFC 1123 names, with underscores because Windows allows them; the last label is not all digits.
fn is_dns_name(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let label_is_valid = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let last_is_word =
        text.rsplit('.').next().is_some_and(|last| last.bytes().any(|byte| !byte.is_ascii_digit()));
    text.len() <= 253 && last_is_word && text.split('.').all(label_is_valid)
}

impl Address {
    /// Whether `ip` is this address or lies in this network.
    pub fn contains(&self, ip: IpAddr) -> bool {
        match self {
            Self::Ip(own) => *own == ip,
            Self::Network(net) => net.contains(&ip),
            Self::Name(_) => false,
        }
    }

    /// The address as a network; `None` for a DNS name.
    pub fn network(&self) -> Option<IpNet> {
        match self {
            Self::Ip(ip) => Some(IpNet::from(*ip)),
            Self::Network(net) => Some(*net),
            Self::Name(_) => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(ip) => ip.fmt(out),
            Self::Network(net) => net.fmt(out),
            Self::Name(name) => out.write_str(name),
        }
    }
}
