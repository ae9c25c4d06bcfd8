//! What the operator must know about a rule, in words that stand in a comment beside it.

use ipnet::IpNet;

use crate::catalogue::Ports;
use crate::flows::explain::origin;
use crate::flows::{HostIx, RuleRef, Tag};
use crate::plan::{Address, Host};

use super::Request;
use super::gather::Group;
use super::model::label;
use super::target::DnsNames;
use super::text;

/// The remarks about a rule, one clean line each. `named` are the hosts whose DNS names the rule would need but cannot
/// take; `taken` says whether their IPv6 addresses are left out as well.
pub(super) fn remarks(
    request: &Request<'_>,
    group: &Group,
    named: &[(&Host, HostIx)],
    taken: DnsNames,
) -> Vec<String> {
    let facts = [
        open_ended(&group.ports),
        fallback(&group.ports),
        group.has_all(Tag::AutomaticOnHost).then(automatic),
        group.has_some(Tag::Doubt).then(|| doubt(request, group)),
        names(named),
        if taken == DnsNames::LeftOutWithIpv6 { ipv6(named) } else { None },
    ];
    facts.into_iter().flatten().map(|line| text::clean(&line)).collect()
}

fn open_ended(ports: &Ports) -> Option<String> {
    let first: Vec<String> = ports.open_ended().iter().map(ToString::to_string).collect();
    let note = || {
        format!(
            "open-ended: {} can be the next free port above, but this opens the first one only",
            text::list(&first)
        )
    };
    (!first.is_empty()).then(note)
}

fn fallback(ports: &Ports) -> Option<String> {
    let ranges: Vec<String> = ports.fallback().ranges().iter().map(ToString::to_string).collect();
    let note =
        || format!("fallback: {} is used only where the first choice cannot be reached", text::list(&ranges));
    (!ranges.is_empty()).then(note)
}

fn automatic() -> String {
    "automatic on the host: the product opens this itself in the default Windows firewall".to_owned()
}

fn doubt(request: &Request<'_>, group: &Group) -> String {
    let doubtful = |rule: &RuleRef| {
        let origin = origin(request.catalogue, request.plan, *rule)?;
        origin.doubt().map(|_| origin.short())
    };
    let rows: Vec<String> = group.reasons.iter().filter_map(doubtful).collect();
    format!("check: the row on the page looks wrong: {}", text::list(&rows))
}

/// Addresses of hosts that have an IP address too, and that the rule therefore passes over.
fn names(peers: &[(&Host, HostIx)]) -> Option<String> {
    let mixed =
        peers.iter().filter(|(host, _)| host.addresses.iter().any(|address| address.network().is_some()));
    let names: Vec<String> = mixed.flat_map(|(host, at)| names_of(host, *at)).collect();
    let note = || format!("TODO DNS names are not opened: {}", text::list(&names));
    (!names.is_empty()).then(note)
}

fn names_of(host: &Host, at: HostIx) -> impl Iterator<Item = String> {
    let label = label(host, at);
    host.addresses.iter().filter_map(move |address| match address {
        Address::Name(name) => Some(format!("{} of {label}", text::comment(name))),
        Address::Ip(_) | Address::Network(_) => None,
    })
}

/// IPv6 addresses of hosts that have an IPv4 address too, for a target that has IPv4 only.
fn ipv6(peers: &[(&Host, HostIx)]) -> Option<String> {
    let mut left = Vec::new();
    for (host, at) in peers {
        let nets = || host.addresses.iter().filter_map(Address::network);
        if nets().any(|net| matches!(net, IpNet::V4(_))) {
            let six = nets().filter(|net| matches!(net, IpNet::V6(_)));
            left.extend(six.map(|net| format!("{net} of {}", label(host, *at))));
        }
    }
    (!left.is_empty()).then(|| format!("TODO IPv6 addresses are not opened: {}", text::list(&left)))
}
