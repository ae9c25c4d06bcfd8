//! Checks the words of a project file against the catalogue and makes a plan of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::str::FromStr;

use crate::catalogue::port::PortError;
use crate::catalogue::{
    Catalogue, CustomPortId, OptionId, OptionScope, OptionSet, Port, PortItem, PortRange, PortSet, Ports,
    RoleId, RoleSet, Transport,
};
use crate::plan::host::HostSetting;
use crate::plan::shown::brief;
use crate::plan::{
    Address, AddressError, Edit, EditError, Host, HostId, HostName, HostOptions, OwnRule, Party, Plan,
    PlanName, TextError,
};

use super::fault::{Fault, Hint};
use super::locate::Step;
use super::raw::{Pairs, RawBaseline, RawHost, RawParty, RawPlan, RawPort, RawRule};
use super::sections;
use super::{FORMAT, FORMATS};

/// A value that does not fit, and the way to it through the file, its last step first.
pub(super) struct Misfit {
    pub fault: Fault,
    pub path: Vec<Step>,
}

pub(super) fn misfit(fault: impl Into<Fault>) -> Misfit {
    Misfit { fault: fault.into(), path: Vec::new() }
}

pub(super) type Fit<T> = Result<T, Misfit>;

/// Adds the next outer step to the way of a misfit.
pub(super) trait At {
    fn at(self, step: Step) -> Self;
}

impl<T> At for Fit<T> {
    fn at(self, step: Step) -> Self {
        self.map_err(|mut misfit| {
            misfit.path.push(step);
            misfit
        })
    }
}

/// Makes the plan, or says what does not fit.
pub(super) fn build(raw: RawPlan, catalogue: &Catalogue) -> Fit<Plan> {
    format(raw.format).at(Step::Field("format"))?;
    sections::check_format(&raw)?;
    sections::check_catalogues(&raw.catalogues, catalogue).at(Step::Field("catalogues"))?;
    let name = text(&raw.name).at(Step::Field("name"))?;
    let (state_of_plan, baselines) = raw.split();
    let mut plan = state(name, state_of_plan, catalogue)?;
    let baselines = sections::baselines(baselines, &mut plan, catalogue).at(Step::Field("baselines"))?;
    apply(&mut plan, Edit::Baselines(baselines))?;
    Ok(plan)
}

/// Makes what a plan and a baseline both say.
pub(super) fn state(name: PlanName, mut raw: RawBaseline, catalogue: &Catalogue) -> Fit<Plan> {
    edition(&raw.edition, catalogue).at(Step::Field("edition"))?;
    let mut plan = Plan::new(name, catalogue);
    if let Some(words) = &raw.options {
        let options = options(words, catalogue).at(Step::Field("options"))?;
        apply(&mut plan, Edit::Options(options))?;
    }
    let zones = sections::zones(&raw.zones).at(Step::Field("zones"))?;
    apply(&mut plan, Edit::Zones(zones))?;
    let hosts = hosts(&mut plan, std::mem::take(&mut raw.hosts), catalogue).at(Step::Field("hosts"))?;
    plan.extend(hosts).map_err(|error| unfit(&error))?;
    for (key, ports) in ports(&raw.ports, catalogue).at(Step::Field("ports"))? {
        apply(&mut plan, Edit::Ports { key, ports: Some(ports) })?;
    }
    let named = Named::new(&plan, &raw);
    let partners = sections::partners(&raw.partners, &named).at(Step::Field("partners"))?;
    let rules = rules(&raw.rules, &named, catalogue).at(Step::Field("rules"))?;
    let acknowledged = sections::acknowledged(&raw.acknowledged, &named).at(Step::Field("acknowledged"))?;
    apply(&mut plan, Edit::Partners(partners))?;
    apply(&mut plan, Edit::Rules(rules))?;
    apply(&mut plan, Edit::Acknowledged(acknowledged))?;
    Ok(plan)
}

fn apply(plan: &mut Plan, edit: Edit) -> Fit<()> {
    plan.apply(edit).map(|_| ()).map_err(|error| unfit(&error))
}

/// No edit that comes from a checked file is refused; this is for the day when one is.
fn unfit(error: &EditError) -> Misfit {
    misfit(Fault::Syntax(error.to_string()))
}

/// The hosts of a plan by their names.
pub(super) struct Named(HashMap<HostName, HostId>);

impl Named {
    /// Empty where nothing in the file speaks of a host: most plans are read faster for it.
    fn new(plan: &Plan, raw: &RawBaseline) -> Self {
        if raw.rules.is_empty() && raw.partners.is_empty() && raw.acknowledged.is_empty() {
            return Self(HashMap::new());
        }
        Self(plan.hosts().iter().map(|host| (host.name.clone(), host.id)).collect())
    }

    pub fn find(&self, name: &str) -> Fit<HostId> {
        let known = name.parse().ok().and_then(|name: HostName| self.0.get(&name).copied());
        known.ok_or_else(|| {
            // Sorted, so that the same file gives the same message every time.
            let mut known: Vec<&str> = self.0.keys().map(HostName::as_str).collect();
            known.sort_unstable();
            unknown("host", name, known)
        })
    }
}

fn format(format: u64) -> Fit<()> {
    match format {
        known if FORMATS.contains(&known) => Ok(()),
        later if later > FORMAT => Err(misfit(Fault::LaterFormat(later.to_string()))),
        other => Err(misfit(Fault::NoSuchFormat(other.to_string()))),
    }
}

pub(super) fn text<T: FromStr<Err = TextError>>(text: &str) -> Fit<T> {
    text.parse().map_err(misfit)
}

fn edition(word: &str, catalogue: &Catalogue) -> Fit<()> {
    if word == catalogue.edition() {
        return Ok(());
    }
    Err(unknown("edition", word, [catalogue.edition()]))
}

/// The message for a word that is not known.
fn unknown<'a>(kind: &'static str, word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Misfit {
    let found = brief(word);
    let hint = Hint::towards(&found, known);
    misfit(Fault::Unknown { kind, found, hint })
}

fn role(word: &str, catalogue: &Catalogue) -> Fit<RoleId> {
    let known = catalogue.roles().entries().iter().map(|role| role.id.as_str());
    catalogue.role(word).ok_or_else(|| unknown("role", word, known))
}

fn option(word: &str, catalogue: &Catalogue) -> Fit<OptionId> {
    let known = catalogue.options().entries().iter().map(|option| option.id.as_str());
    catalogue.option(word).ok_or_else(|| unknown("option", word, known))
}

fn custom_port(word: &str, catalogue: &Catalogue) -> Fit<CustomPortId> {
    let known = catalogue.custom_ports().entries().iter().map(|port| port.id.as_str());
    catalogue.custom_port(word).ok_or_else(|| unknown("customisable port", word, known))
}

pub(super) fn twice(kind: &'static str, word: &str) -> Misfit {
    misfit(Fault::Twice { kind, found: brief(word) })
}

fn options(words: &[String], catalogue: &Catalogue) -> Fit<OptionSet> {
    let mut options = OptionSet::EMPTY;
    for (at, word) in words.iter().enumerate() {
        let known = option(word, catalogue).at(Step::Item(at))?;
        if options.contains(known) {
            return Err(twice("option", word)).at(Step::Item(at));
        }
        options = options.with(known);
    }
    Ok(options)
}

fn hosts(plan: &mut Plan, raw: Vec<RawHost>, catalogue: &Catalogue) -> Fit<Vec<Host>> {
    let mut places: HashMap<HostName, usize> = HashMap::with_capacity(raw.len());
    let mut hosts = Vec::with_capacity(raw.len());
    for (at, raw) in raw.into_iter().enumerate() {
        let host = host(plan.fresh_id(), &raw, catalogue).at(Step::Item(at))?;
        match places.entry(host.name.clone()) {
            Entry::Vacant(place) => {
                place.insert(at + 1);
            }
            Entry::Occupied(place) => {
                let fault = Fault::HostTwice { name: brief(host.name.as_str()), first: *place.get() };
                return Err(misfit(fault)).at(Step::Field("name")).at(Step::Item(at));
            }
        }
        hosts.push(host);
    }
    Ok(hosts)
}

fn host(id: HostId, raw: &RawHost, catalogue: &Catalogue) -> Fit<Host> {
    let mut host = Host::new(id, text(&raw.name).at(Step::Field("name"))?);
    host.os = raw.os;
    host.addresses = addresses(&raw.addresses).at(Step::Field("addresses"))?;
    host.roles = roles(&raw.roles, catalogue).at(Step::Field("roles"))?;
    host.zone = raw.zone.as_deref().map(text).transpose().at(Step::Field("zone"))?;
    host.site = raw.site.as_deref().map(text).transpose().at(Step::Field("site"))?;
    host.options = host_options(&raw.options, catalogue).at(Step::Field("options"))?;
    host.ports = ports(&raw.ports, catalogue).at(Step::Field("ports"))?.into_iter().collect();
    host.note = raw.note.as_deref().map(text).transpose().at(Step::Field("note"))?;
    Ok(host)
}

pub(super) fn addresses(words: &[String]) -> Fit<Vec<Address>> {
    let address = |(at, word): (usize, &String)| word.parse().map_err(short_address).at(Step::Item(at));
    words.iter().enumerate().map(address).collect()
}

/// The same error without a text of any length in it.
fn short_address(error: AddressError) -> Misfit {
    misfit(match error {
        AddressError::BadIp(found) => AddressError::BadIp(brief(&found)),
        AddressError::BadName(found) => AddressError::BadName(brief(&found)),
        error => error,
    })
}

fn roles(words: &[String], catalogue: &Catalogue) -> Fit<RoleSet> {
    let mut roles = RoleSet::EMPTY;
    for (at, word) in words.iter().enumerate() {
        let known = role(word, catalogue).at(Step::Item(at))?;
        if roles.contains(known) {
            return Err(twice("role", word)).at(Step::Item(at));
        }
        roles = roles.with(known);
    }
    Ok(roles)
}

fn host_options(pairs: &Pairs<bool>, catalogue: &Catalogue) -> Fit<HostOptions> {
    let mut options = HostOptions::default();
    for (at, (word, on)) in pairs.0.iter().enumerate() {
        let option = host_option(word, options, catalogue).at(Step::Key(at))?;
        options = options.with(option, if *on { HostSetting::On } else { HostSetting::Off });
    }
    Ok(options)
}

fn host_option(word: &str, present: HostOptions, catalogue: &Catalogue) -> Fit<OptionId> {
    let known = option(word, catalogue)?;
    if catalogue.options()[known].scope == OptionScope::Plan {
        return Err(misfit(Fault::PlanOnly(brief(word))));
    }
    if present.setting(known) != HostSetting::Inherit {
        return Err(twice("option", word));
    }
    Ok(known)
}

fn ports(pairs: &Pairs<Vec<RawPort>>, catalogue: &Catalogue) -> Fit<Vec<(CustomPortId, PortSet)>> {
    let mut all: Vec<(CustomPortId, PortSet)> = Vec::with_capacity(pairs.0.len());
    for (at, (word, raw)) in pairs.0.iter().enumerate() {
        let key = custom_port(word, catalogue).at(Step::Key(at))?;
        if all.iter().any(|(present, _)| *present == key) {
            return Err(twice("customisable port", word)).at(Step::Key(at));
        }
        all.push((key, port_set(raw).at(Step::Value(at))?));
    }
    Ok(all)
}

fn port_set(raw: &[RawPort]) -> Fit<PortSet> {
    let range = |(at, raw)| port_range(raw).map_err(short_port).at(Step::Item(at));
    listed("ports", raw)?;
    raw.iter().enumerate().map(range).collect()
}

fn port_range(raw: &RawPort) -> Result<PortRange, PortError> {
    match raw {
        RawPort::Number(number) => {
            let port = u16::try_from(*number).ok().and_then(Port::new);
            port.map(PortRange::single).ok_or_else(|| PortError::OutOfRange(number.to_string()))
        }
        RawPort::Text(text) => text.parse(),
    }
}

/// The same error without a text of any length in it.
fn short_port(error: PortError) -> Misfit {
    misfit(match error {
        PortError::NotANumber(found) => PortError::NotANumber(brief(&found)),
        PortError::OutOfRange(found) => PortError::OutOfRange(brief(&found)),
        error @ PortError::Reversed { .. } => error,
    })
}

fn listed<T>(what: &'static str, list: &[T]) -> Fit<()> {
    if list.is_empty() { Err(misfit(Fault::NothingListed(what))) } else { Ok(()) }
}

fn rules(raw: &[RawRule], hosts: &Named, catalogue: &Catalogue) -> Fit<Vec<OwnRule>> {
    raw.iter().enumerate().map(|(at, raw)| rule(raw, hosts, catalogue).at(Step::Item(at))).collect()
}

fn rule(raw: &RawRule, hosts: &Named, catalogue: &Catalogue) -> Fit<OwnRule> {
    Ok(OwnRule {
        from: party(&raw.from, hosts, catalogue).at(Step::Field("from"))?,
        to: party(&raw.to, hosts, catalogue).at(Step::Field("to"))?,
        transports: transports(&raw.transports).at(Step::Field("transports"))?,
        ports: rule_ports(&raw.ports).at(Step::Field("ports"))?,
        purpose: text(&raw.purpose).at(Step::Field("purpose"))?,
    })
}

fn party(raw: &RawParty, hosts: &Named, catalogue: &Catalogue) -> Fit<Party> {
    let party = match raw {
        RawParty::Role(word) => role(word, catalogue).map(Party::Role),
        RawParty::Host(name) => hosts.find(name).map(Party::Host),
    };
    party.at(Step::Inner)
}

fn transports(raw: &[Transport]) -> Fit<Vec<Transport>> {
    listed("transports", raw)?;
    for (at, transport) in raw.iter().enumerate() {
        if raw.iter().take(at).any(|before| before == transport) {
            return Err(twice("transport", transport.name())).at(Step::Item(at));
        }
    }
    Ok(raw.to_vec())
}

fn rule_ports(raw: &[RawPort]) -> Fit<Ports> {
    let item = |(at, raw): (usize, &RawPort)| {
        let item: Fit<PortItem> = match raw {
            RawPort::Text(text) => text.parse().map_err(short_port),
            RawPort::Number(number) => Err(misfit(Fault::PortWithoutQuotes(number.to_string()))),
        };
        item.at(Step::Item(at))
    };
    listed("ports", raw)?;
    raw.iter().enumerate().map(item).collect()
}
