//! The connections that a test script tries, by the host that has to try them.

use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::catalogue::{Key, Os, Port, PortRange, Transport};
use crate::flows::explain::{Origin, origin};
use crate::flows::{FlowRef, HostIx, RuleRef};
use crate::plan::{Address, Host};

use super::Request;
use super::gather;
use super::model::label;
use super::row::addresses;
use super::text;

/// How long one connection may take, in seconds. A host that answers needs far less, and Windows asks a second time
/// after one second where a connection is refused.
pub(super) const SECONDS: u32 = 3;

/// How many connections are tried at once: 200 that are dropped take some 20 seconds.
pub(super) const AT_ONCE: u32 = 32;

/// All that a script tries.
#[derive(Debug, Default)]
pub(super) struct Probes {
    sources: BTreeMap<HostIx, Source>,
    /// Flows from hosts of other systems: the system, the hosts, and how many.
    elsewhere: Vec<(Os, Vec<String>, u64)>,
}

/// What one host tries.
#[derive(Debug)]
pub(super) struct Source {
    at: HostIx,
    /// Its clean name, without spaces.
    pub name: String,
    /// Its addresses, to tell it by.
    pub addresses: String,
    /// Connections to try.
    pub tries: Vec<Try>,
    /// What cannot be tried, one clean line each.
    pub untried: Vec<String>,
}

impl Source {
    fn new(host: &Host, at: HostIx) -> Self {
        let name = label(host, at).replace(' ', "-");
        let addresses = text::list(&addresses(host));
        Self { at, name, addresses, tries: Vec::new(), untried: Vec::new() }
    }

    /// Its number in the plan, from 1; names may look alike once they are clean.
    pub fn number(&self) -> usize {
        self.at.position() + 1
    }
}

/// One connection.
#[derive(Debug)]
pub(super) struct Try {
    /// An IP address or a DNS name.
    pub address: String,
    /// The port.
    pub port: Port,
    /// The flow in words, clean: `db, first of 2500-3300: Move data`.
    pub text: String,
}

impl Probes {
    /// What the hosts of these systems try.
    pub fn new(request: &Request<'_>, systems: &[Os]) -> Self {
        let mut probes = Self::default();
        let Ok(()) = request.selection.each(request.flows, |flow| {
            probes.add(request, systems, flow);
            Ok::<(), Infallible>(())
        });
        probes
    }

    fn add(&mut self, request: &Request<'_>, systems: &[Os], flow: FlowRef) {
        let (Some(from), Some(to)) = (gather::host(request, flow.from), gather::host(request, flow.to))
        else {
            return;
        };
        if flow.from == flow.to {
            return;
        }
        if systems.contains(&from.os) {
            let new = || Source::new(from, flow.from);
            self.sources.entry(flow.from).or_insert_with(new).add(request, to, flow);
        } else {
            self.add_elsewhere(from.os, label(from, flow.from));
        }
    }

    /// The hosts that it runs on, in the plan's order.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    fn add_elsewhere(&mut self, os: Os, host: String) {
        match self.elsewhere.iter_mut().find(|(known, _, _)| *known == os) {
            Some((_, hosts, flows)) => {
                if !hosts.contains(&host) {
                    hosts.push(host);
                }
                *flows += 1;
            }
            None => self.elsewhere.push((os, vec![host], 1)),
        }
    }

    /// The lines of comment that start a script, without their sign; `run` says how to start it.
    pub fn header(&self, request: &Request<'_>, run: &[&str]) -> Vec<String> {
        let tries: usize = self.sources().map(|source| source.tries.len()).sum();
        let untried: usize = self.sources().map(|source| source.untried.len()).sum();
        let date = request.date.map_or_else(String::new, |date| format!(", {date}"));
        let (name, edition) = (request.plan.name().as_str(), request.catalogue.edition_words());
        let mut lines = vec![
            format!(
                "portplan, {}: plan {}, edition {}{date}",
                request.target.label(),
                text::comment(name),
                text::comment(&edition)
            ),
            format!(
                "Scope: {}. {} from {}; {untried} not testable.",
                text::comment(&request.scope),
                text::count(tries as u64, "TCP connection"),
                text::count(self.sources.len() as u64, "host")
            ),
        ];
        lines.extend(run.iter().map(|&line| line.to_owned()));
        lines.extend(MEANING.map(str::to_owned));
        lines.extend(self.elsewhere.iter().map(elsewhere));
        lines
    }
}

const MEANING: [&str; 7] = [
    "It opens connections and closes them at once; it sends nothing and changes nothing.",
    "open: something listens. refused: the way is open and nothing listens yet, or a firewall answers with a reset.",
    "timed out: dropped on the way, or the host is off. unreachable: no route, or a firewall that says so.",
    "Of a range the first and the last port are tried; the others are not. Of 1058+ only 1058 is tried.",
    "UDP cannot be tested in this way: no answer says nothing. Such flows are listed as not tested.",
    "Exit code 0: every connection is open or refused. 1: something is blocked. 2: the test could not run.",
    "Refused counts as passed, because before the install nothing listens.",
];

fn elsewhere((os, hosts, flows): &(Os, Vec<String>, u64)) -> String {
    let (on, instead) = match os {
        Os::Windows => ("Windows hosts", "use test-powershell there"),
        Os::Linux => ("Linux hosts", "use test-bash there"),
        Os::Other => ("hosts of another or unknown system", "use test-bash there, if they have bash"),
    };
    format!(
        "Not in this script: {} from {on} ({}): {instead}.",
        text::count(*flows, "flow"),
        text::list(hosts)
    )
}

impl Source {
    fn add(&mut self, request: &Request<'_>, to: &Host, flow: FlowRef) {
        let shape = request.flows.shape(flow.shape);
        let to_label = label(to, flow.to);
        let services = services(request, &shape.reasons);
        let what = |which: &str| text::comment(&format!("{to_label}{which}: {services}"));
        let ports = shape.ports.to_open();
        let all = || {
            let ports: Vec<String> = ports.ranges().iter().map(ToString::to_string).collect();
            format!("{} {}", shape.transport, text::list(&ports))
        };
        let untried = |why: &str| text::clean(&format!("{}: {} ({why})", what(""), all()));
        if shape.transport == Transport::Udp {
            self.untried.push(untried("UDP"));
            return;
        }
        if to.addresses.is_empty() {
            self.untried.push(untried("the host has no address in the plan"));
        }
        for address in &to.addresses {
            let address = match address {
                Address::Ip(ip) => ip.to_canonical().to_string(),
                Address::Name(name) => name.clone(),
                Address::Network(net) => {
                    self.untried.push(untried(&format!("{net} is a network, try one of its hosts")));
                    continue;
                }
            };
            for (port, which) in ports.ranges().iter().flat_map(|range| ends(*range)) {
                self.tries.push(Try { address: address.clone(), port, text: what(&which) });
            }
        }
    }
}

/// What listens, in a few words; an own rule says what it is for.
fn services(request: &Request<'_>, rules: &[RuleRef]) -> String {
    let mut services: Vec<&str> = Vec::new();
    for origin in rules.iter().filter_map(|rule| origin(request.catalogue, request.plan, *rule)) {
        let service = match origin {
            Origin::Printed { rule, .. } => rule.service.as_str(),
            Origin::Own { rule, .. } => rule.purpose.as_str(),
        };
        if !services.contains(&service) {
            services.push(service);
        }
    }
    services.join(", ")
}

/// The ports of a range that are tried, and what they are.
fn ends(range: PortRange) -> Vec<(Port, String)> {
    if range.is_single() {
        return vec![(range.from(), String::new())];
    }
    vec![(range.from(), format!(", first of {range}")), (range.to(), format!(", last of {range}"))]
}
