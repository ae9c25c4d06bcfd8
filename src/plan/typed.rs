//! Lists as an operator types them: ports, networks, names, with commas, semicolons or spaces between them.

use ipnet::IpNet;
use thiserror::Error;

use crate::catalogue::port::PortError;
use crate::catalogue::{PortItem, PortRange, PortSet, Ports};

use super::address::{Address, AddressError};
use super::shown::brief;

/// The entries of a list.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_separator).filter(|word| !word.is_empty())
}

/// Whether the character stands between two entries.
pub fn is_separator(letter: char) -> bool {
    matches!(letter, ',' | ';' | ' ')
}

/// Reads `7162`, `2500-2600`, and several of them; nothing at all is an empty set.
///
/// # Errors
/// The first entry that is no port and no range.
pub fn port_set(text: &str) -> Result<PortSet, PortError> {
    let text = joined(text);
    words(&text).map(|word| word.parse::<PortRange>().map_err(short)).collect()
}

/// Reads the ports of a rule as files write them: `465`, `2500-3300`, `1058+`, `6162 or 2500-3300`.
///
/// # Errors
/// The first entry that is none of these.
pub fn ports(text: &str) -> Result<Ports, PortError> {
    let text = joined(text);
    let mut items: Vec<PortItem> = Vec::new();
    let mut all = words(&text);
    while let Some(word) = all.next() {
        let item = match word {
            "or" => format!("or {}", all.next().unwrap_or_default()),
            word => word.to_owned(),
        };
        items.push(item.parse().map_err(short)?);
    }
    Ok(items.into_iter().collect())
}

/// Text that was copied from a page has dashes and spaces in its ranges.
fn joined(text: &str) -> String {
    let text = text.replace(['–', '−'], "-");
    let parts: Vec<&str> = text.split('-').map(str::trim).collect();
    parts.join("-")
}

/// The same error without a text of any length in it.
fn short(error: PortError) -> PortError {
    match error {
        PortError::NotANumber(found) => PortError::NotANumber(brief(&found)),
        PortError::OutOfRange(found) => PortError::OutOfRange(brief(&found)),
        error @ PortError::Reversed { .. } => error,
    }
}

/// Why a text is no list of networks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NetworkError {
    /// No address at all.
    #[error(transparent)]
    Address(AddressError),
    /// A DNS name.
    #[error("\"{0}\" is a name; write a zone's networks as 10.0.8.0/24 or 2001:db8::/64")]
    Name(String),
}

/// Reads the networks of a zone; one address is a network of its own. A repeated one is kept once.
///
/// # Errors
/// The first entry that is no network.
pub fn networks(text: &str) -> Result<Vec<IpNet>, NetworkError> {
    let mut networks: Vec<IpNet> = Vec::new();
    for word in words(text) {
        let address: Address = word.parse().map_err(short_address)?;
        let network = address.network().ok_or_else(|| NetworkError::Name(brief(word)))?;
        if !networks.contains(&network) {
            networks.push(network);
        }
    }
    Ok(networks)
}

fn short_address(error: AddressError) -> NetworkError {
    NetworkError::Address(match error {
        AddressError::BadIp(found) => AddressError::BadIp(brief(&found)),
        AddressError::BadName(found) => AddressError::BadName(brief(&found)),
        error => error,
    })
}
