//! A query applied to a resolved plan: for every host and shape, which words it matches.

use std::collections::HashMap;
use std::fmt::Write;

use crate::catalogue::{Catalogue, Key, Role, RoleId, RoleSet, Rule, Transport};
use crate::flows::RuleRef;
use crate::flows::explain::{Origin, origin};
use crate::flows::resolve::{Flows, HostIx};
use crate::flows::shape::{Shape, ShapeId};
use crate::flows::zones::{HostZones, ZoneId};
use crate::plan::{Address, Host, Plan, ZoneName};

use super::matcher::{Fit, Matcher, Skim};
use super::query::{Field, Query, Term};
use super::whole::Whole;

/// Which flows of a host are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Those that come to it.
    Inbound,
    /// Those that it opens.
    Outbound,
    /// Both.
    Both,
}

/// Only flows of one host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The host.
    pub host: HostIx,
    /// Which of its flows.
    pub direction: Direction,
}

/// For every host and shape, the words of a query that it matches. A flow matches if its two hosts and its shape
/// together match every word.
#[derive(Debug, Clone)]
pub struct Matches {
    from: Vec<u64>,
    to: Vec<u64>,
    shapes: Vec<u64>,
    words: u64,
    excluded: u64,
    scope: u64,
}

const LITERAL: u32 = 16;
const NEVER: u32 = 32;
const SCOPE: u64 = 1 << 48;

impl Matches {
    /// Applies a query, and a host's scope, to a resolved plan.
    pub fn new(
        catalogue: &Catalogue,
        plan: &Plan,
        flows: &Flows,
        query: &Query,
        scope: Option<Scope>,
    ) -> Self {
        let matcher = Skim::default();
        let judge = Judge { catalogue, plan, matcher: &matcher };
        let mut matches = Self {
            from: vec![0; plan.hosts().len()],
            to: vec![0; plan.hosts().len()],
            shapes: vec![0; flows.shapes().len()],
            words: 0,
            excluded: 0,
            scope: 0,
        };
        for (at, term) in (0..).zip(query.terms()) {
            matches.add(&judge, flows, at, term);
        }
        if let Some(scope) = scope {
            matches.limit(scope);
        }
        matches
    }

    fn add(&mut self, judge: &Judge<'_>, flows: &Flows, at: u32, term: &Term) {
        if term.excluded {
            self.excluded |= 1 << at;
        } else {
            self.words |= 1 << at;
        }
        let bits = |fit: Option<Fit>| match (fit, term.excluded) {
            (None, _) | (Some(Fit::Fuzzy), true) => 0,
            (Some(Fit::Literal), true) => 1 << (at + NEVER),
            (Some(Fit::Fuzzy), false) => 1 << at,
            (Some(Fit::Literal), false) => 1 << at | 1 << (at + LITERAL),
        };
        let mut known = judge.known(term, flows);
        let whole = term.whole.as_ref().map(|name| Whole::new(judge, term.field, name));
        let hosts = flows.hosts().keys().zip(judge.plan.hosts());
        for (((at, host), from), to) in hosts.zip(&mut self.from).zip(&mut self.to) {
            let zone = known.zones.and_then(|zones| zones.of(at));
            let fit = bits(match &whole {
                Some(whole) => whole.is_called(judge, host).then_some(Fit::Literal),
                None => judge.host(term, host, zone, &mut known),
            });
            if !matches!(term.field, Field::To | Field::ToZone) {
                *from |= fit;
            }
            if !matches!(term.field, Field::From | Field::FromZone) {
                *to |= fit;
            }
        }
        let mut rules = HashMap::new();
        for (shape, own) in flows.shapes().entries().iter().zip(&mut self.shapes).filter(|_| whole.is_none())
        {
            *own |= bits(judge.shape(term, shape, &mut rules));
        }
    }

    fn limit(&mut self, scope: Scope) {
        self.scope = SCOPE;
        let at = scope.host.position();
        if let Some(bits) = self.from.get_mut(at).filter(|_| scope.direction != Direction::Inbound) {
            *bits |= SCOPE;
        }
        if let Some(bits) = self.to.get_mut(at).filter(|_| scope.direction != Direction::Outbound) {
            *bits |= SCOPE;
        }
    }

    /// Bits that a flow must have.
    pub(in crate::flows) fn any(&self) -> u64 {
        self.words | self.scope
    }

    /// Bits that a flow has if every word stands in it as it is.
    pub(in crate::flows) fn literal(&self) -> u64 {
        self.words << LITERAL
    }

    /// Bits that a flow must not have.
    pub(in crate::flows) fn never(&self) -> u64 {
        self.excluded << NEVER
    }

    pub(in crate::flows) fn from(&self, host: HostIx) -> u64 {
        self.from.get(host.position()).copied().unwrap_or(0)
    }

    pub(in crate::flows) fn to(&self, host: HostIx) -> u64 {
        self.to.get(host.position()).copied().unwrap_or(0)
    }

    pub(in crate::flows) fn shape(&self, shape: ShapeId) -> u64 {
        self.shapes.get(shape.position()).copied().unwrap_or(0)
    }
}

/// What is known about a word before the hosts are asked.
struct Known<'a> {
    roles: Vec<(RoleId, Fit)>,
    /// Where the hosts stand, if the word may be a zone.
    zones: Option<&'a HostZones>,
    /// How the word fits each zone; many hosts share one.
    zone_fits: Vec<Option<Fit>>,
    /// Keeps its room from host to host.
    scratch: String,
}

/// How a word fits the rules that were asked about so far; many shapes share one.
type KnownRules = HashMap<RuleRef, Option<Fit>>;

/// The better of two fits, the second only asked for where the first is not the best there is.
trait LiteralOr {
    fn literal_or(self, other: impl FnOnce() -> Self) -> Self;
}

impl LiteralOr for Option<Fit> {
    fn literal_or(self, other: impl FnOnce() -> Self) -> Self {
        if self == Some(Fit::Literal) { self } else { self.max(other()) }
    }
}

/// Judges how a word fits hosts and shapes.
pub(super) struct Judge<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) plan: &'a Plan,
    matcher: &'a Skim,
}

impl Judge<'_> {
    fn best<'a>(&self, term: &Term, texts: impl IntoIterator<Item = &'a str>) -> Option<Fit> {
        let mut best = None;
        for text in texts {
            match self.matcher.fit(text, &term.text) {
                Some(Fit::Literal) => return Some(Fit::Literal),
                fit => best = best.max(fit),
            }
        }
        best
    }

    /// What can be known about a word before the hosts are asked.
    fn known<'b>(&self, term: &Term, flows: &'b Flows) -> Known<'b> {
        let asks = matches!(
            term.field,
            Field::Any | Field::From | Field::To | Field::Zone | Field::FromZone | Field::ToZone
        );
        let zones = asks.then(|| flows.zones(self.plan));
        let fit = |zone: &ZoneName| self.best(term, [zone.as_str()]);
        let zone_fits =
            zones.map_or_else(Vec::new, |zones| zones.names().entries().iter().map(fit).collect());
        Known { roles: self.roles(term), zones, zone_fits, scratch: String::new() }
    }

    /// The roles that the word fits, with how it fits them.
    fn roles(&self, term: &Term) -> Vec<(RoleId, Fit)> {
        if !matches!(term.field, Field::Any | Field::From | Field::To | Field::Role) || term.is_number() {
            return Vec::new();
        }
        let fit = |role: &Role| {
            let names = [role.id.as_str(), role.label.as_str()];
            self.best(term, names.into_iter().chain(role.aliases.iter().map(String::as_str)))
        };
        self.catalogue.roles().iter().filter_map(|(id, role)| Some((id, fit(role)?))).collect()
    }

    fn host(&self, term: &Term, host: &Host, zone: Option<ZoneId>, known: &mut Known<'_>) -> Option<Fit> {
        let Known { roles, zone_fits, scratch, .. } = known;
        let role = best_role(self.catalogue.with_implied(host.roles), roles);
        let zone = || zone.and_then(|zone| zone_fits.get(zone.position()).copied().flatten());
        let site = || host.site.as_ref().and_then(|site| self.best(term, [site.as_str()]));
        match term.field {
            Field::Any | Field::From | Field::To => {
                let own = role
                    .literal_or(|| self.best(term, [host.name.as_str()]))
                    .literal_or(|| address(term, host, scratch))
                    .literal_or(zone)
                    .literal_or(site);
                // A number is first of all a port; where it only stands in a name, the flow comes later.
                if term.is_number() && term.field == Field::Any { own.map(|_| Fit::Fuzzy) } else { own }
            }
            Field::Role => role,
            Field::Zone | Field::FromZone | Field::ToZone => zone(),
            Field::Site => site(),
            Field::Port | Field::Proto | Field::Page => None,
        }
    }

    fn shape(&self, term: &Term, shape: &Shape, rules: &mut KnownRules) -> Option<Fit> {
        match term.field {
            Field::Any => port(term, shape)
                .literal_or(|| transport(term, shape.transport))
                .literal_or(|| self.best(term, shape.tags.iter().map(|tag| tag.text())))
                .literal_or(|| self.rules(term, shape, rules)),
            Field::Port => port(term, shape),
            Field::Proto => transport(term, shape.transport),
            Field::Page => self.rules(term, shape, rules),
            Field::From
            | Field::To
            | Field::Role
            | Field::Zone
            | Field::FromZone
            | Field::ToZone
            | Field::Site => None,
        }
    }

    fn rules(&self, term: &Term, shape: &Shape, known: &mut KnownRules) -> Option<Fit> {
        if term.is_number() {
            return None;
        }
        let mut fit = |rule: RuleRef| {
            *known.entry(rule).or_insert_with(|| self.rule(term, &origin(self.catalogue, self.plan, rule)?))
        };
        shape.reasons.iter().map(|rule| fit(*rule)).max().flatten()
    }

    fn rule(&self, term: &Term, origin: &Origin<'_>) -> Option<Fit> {
        match origin {
            Origin::Printed { rule, page } => {
                let place = [page.id.as_str(), page.title.as_str(), rule.source.section.as_str()];
                if term.field == Field::Page {
                    return self.best(term, place);
                }
                let Rule { service, purpose, id, .. } = rule;
                self.best(term, place.into_iter().chain([service.as_str(), purpose.as_str(), id.as_str()]))
            }
            Origin::Own { rule, .. } => {
                let texts = ["own rule", rule.purpose.as_str()];
                self.best(term, texts.into_iter().take(if term.field == Field::Page { 1 } else { 2 }))
            }
        }
    }
}

/// `scratch` keeps its room from host to host.
fn address(term: &Term, host: &Host, scratch: &mut String) -> Option<Fit> {
    let fits = host.addresses.iter().any(|address| {
        term.ip.is_some_and(|ip| address.contains(ip)) || is_written_in(&term.text, address, scratch)
    });
    fits.then_some(Fit::Literal)
}

fn is_written_in(text: &str, address: &Address, scratch: &mut String) -> bool {
    if let Address::Name(name) = address {
        return name.contains(text);
    }
    let is_part = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':' | b'/');
    if !text.bytes().all(is_part) {
        return false;
    }
    scratch.clear();
    write!(scratch, "{address}").is_ok() && scratch.contains(text)
}

fn port(term: &Term, shape: &Shape) -> Option<Fit> {
    let range = term.range?;
    shape.ports.overlaps(range).then_some(Fit::Literal)
}

fn transport(term: &Term, transport: Transport) -> Option<Fit> {
    let fits = if term.field == Field::Proto {
        transport.name().starts_with(&term.text)
    } else {
        transport.name() == term.text
    };
    fits.then_some(Fit::Literal)
}

fn best_role(roles: RoleSet, fits: &[(RoleId, Fit)]) -> Option<Fit> {
    fits.iter().filter(|(role, _)| roles.contains(*role)).map(|(_, fit)| *fit).max()
}
