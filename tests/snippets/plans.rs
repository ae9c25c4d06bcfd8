//! Small plans to write snippets of.

use portplan::catalogue::{Catalogue, Os, PortItem, Ports, Transport};
use portplan::flows::search::{Matches, Query, Scope};
use portplan::flows::{FlowRef, Flows, Grouping, HostIx, Listing, SameHost};
use portplan::plan::{Edit, Host, HostId, OwnRule, Party, Plan, actions};
use portplan::snippets::{self, Direction, Purpose, Request, Selection, SnippetError, Target};

pub struct World {
    pub catalogue: Catalogue,
    pub plan: Plan,
}

impl World {
    pub fn new(name: &str) -> Self {
        let catalogue = Catalogue::embedded().unwrap_or_else(|error| panic!("{error}"));
        let plan = Plan::new(name.parse().unwrap(), &catalogue);
        Self { catalogue, plan }
    }

    pub fn host(&mut self, name: &str, os: Os, role: &str, addresses: &[&str]) -> HostId {
        let id = self.plan.fresh_id();
        let mut host = Host::new(id, name.parse().unwrap());
        host.os = os;
        host.addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
        if !role.is_empty() {
            host.roles = host.roles.with(self.catalogue.role(role).unwrap());
        }
        let action = actions::put_host(&self.plan, &self.catalogue, host, self.plan.hosts().len());
        self.plan.apply(action.edit).unwrap();
        id
    }

    pub fn own(&mut self, from: HostId, to: HostId, transport: Transport, ports: &[&str], purpose: &str) {
        let ports: Ports = ports.iter().map(|item| item.parse::<PortItem>().unwrap()).collect();
        let mut rules = self.plan.rules().to_vec();
        rules.push(OwnRule {
            from: Party::Host(from),
            to: Party::Host(to),
            transports: vec![transport],
            ports,
            purpose: purpose.parse().unwrap(),
        });
        self.plan.apply(Edit::Rules(rules)).unwrap();
    }

    pub fn flows(&self) -> Flows {
        Flows::new(&self.catalogue, &self.plan)
    }

    pub fn all(flows: &Flows) -> Listing {
        Listing::new(flows, Grouping::Flow, SameHost::Hide, None)
    }

    pub fn search(&self, flows: &Flows, query: &str, scope: Option<Scope>) -> Listing {
        let matches = Matches::new(&self.catalogue, &self.plan, flows, &Query::parse(query), scope);
        Listing::new(flows, Grouping::Flow, SameHost::Hide, Some(matches))
    }

    pub fn at(&self, flows: &Flows, name: &str) -> HostIx {
        let id = self.plan.host_named(name).unwrap().id;
        flows.hosts().find(|host| *host == id).unwrap()
    }

    pub fn try_write(
        &self,
        flows: &Flows,
        selection: Selection<'_>,
        scope: &str,
        target: Target,
        (direction, purpose): (Direction, Purpose),
    ) -> Result<String, SnippetError> {
        snippets::render(&Request {
            catalogue: &self.catalogue,
            plan: &self.plan,
            flows,
            selection,
            scope: scope.to_owned(),
            target,
            direction,
            purpose,
            date: None,
        })
    }

    /// The snippet of the whole plan.
    pub fn write(&self, target: Target, direction: Direction, purpose: Purpose) -> String {
        let flows = self.flows();
        let listing = Self::all(&flows);
        self.try_write(&flows, Selection::Listing(&listing), "whole plan", target, (direction, purpose))
            .unwrap()
    }
}

/// Every flow.
pub fn rows(flows: &Flows) -> Vec<FlowRef> {
    World::all(flows).window(flows, 0, 100_000)
}

/// Hosts of each system and kind of address; own rules alone, so that the texts stay short.
pub fn small() -> World {
    let mut world = World::new("Small \"site\"");
    let app = world.host("app", Os::Linux, "", &["10.0.0.1", "2001:db8::1"]);
    let web = world.host("web", Os::Windows, "", &["10.0.1.0/24", "10.0.1.7"]);
    let db = world.host("db", Os::Linux, "", &["10.0.2.2", "2001:db8::2"]);
    let win = world.host("win", Os::Windows, "", &["10.0.3.3"]);
    let bare = world.host("bare", Os::Linux, "", &[]);
    let named = world.host("named", Os::Other, "", &["named.example.org"]);
    for to in [db, win] {
        world.own(app, to, Transport::Tcp, &["6162", "or 2500-3300"], "Move data");
        world.own(web, to, Transport::Tcp, &["6162", "or 2500-3300"], "Move data");
        world.own(bare, to, Transport::Udp, &["53"], "Names");
        world.own(named, to, Transport::Tcp, &["1058+"], "Mount");
    }
    world.own(app, web, Transport::Tcp, &["443"], "Console");
    world.own(app, named, Transport::Tcp, &["443"], "Updates");
    world
}
