//! The list of zones, the hosts that stand in one, and the form of one zone.

use std::collections::BTreeMap;

use ipnet::IpNet;

use crate::app::field::Field;
use crate::app::list::ListState;
use crate::app::unfinished::{self, Fields};
use crate::plan::typed::NetworkError;
use crate::plan::{Address, Host, HostId, Plan, Standing, TextError, Zone, ZoneName, typed};

/// What a line of the list speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ZoneRow {
    /// A zone that the plan describes, or that hosts name.
    Zone(ZoneName),
    /// Hosts whose addresses lie in several zones.
    Torn,
    /// Hosts that stand in no zone.
    Nowhere,
}

impl ZoneRow {
    fn of(plan: &Plan, host: &Host) -> (Self, How) {
        match plan.standing(host) {
            Standing::Named(zone) => (Self::Zone(zone.clone()), How::Named),
            Standing::ByAddress(zone) => (Self::Zone(zone.clone()), How::ByAddress),
            Standing::Torn(..) => (Self::Torn, How::ByAddress),
            Standing::Nowhere => (Self::Nowhere, How::ByAddress),
        }
    }
}

/// Why a host stands in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Named,
    ByAddress,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneLine {
    /// What it speaks of.
    pub row: ZoneRow,
    /// The zone's networks; `None` for one that hosts merely name.
    pub networks: Option<Vec<IpNet>>,
    /// How many hosts name it.
    pub named: usize,
    /// How many hosts stand there by their addresses, or stand nowhere.
    pub by_address: usize,
}

/// The lines of the list: the described zones in the plan's order, those that hosts merely name, the hosts that stand
/// in none.
pub fn lines(plan: &Plan) -> Vec<ZoneLine> {
    let mut counts: BTreeMap<ZoneRow, (usize, usize)> = BTreeMap::new();
    for host in plan.hosts() {
        let (row, how) = ZoneRow::of(plan, host);
        let count = counts.entry(row).or_default();
        match how {
            How::Named => count.0 += 1,
            How::ByAddress => count.1 += 1,
        }
    }
    let described = plan.zones().iter().map(|zone| {
        let row = ZoneRow::Zone(zone.name.clone());
        let (named, by_address) = counts.remove(&row).unwrap_or_default();
        ZoneLine { row, networks: Some(zone.networks.clone()), named, by_address }
    });
    let mut lines: Vec<ZoneLine> = described.collect();
    lines.extend(counts.into_iter().map(|(row, (named, by_address))| ZoneLine {
        row,
        networks: None,
        named,
        by_address,
    }));
    lines
}

/// The hosts of one line of the list.
#[derive(Debug)]
pub struct ZoneHosts {
    /// Which line.
    pub row: ZoneRow,
    /// The cursor.
    pub list: ListState,
}

impl ZoneHosts {
    /// The hosts, in the plan's order.
    pub fn hosts(&self, plan: &Plan) -> Vec<HostId> {
        let stands = |host: &&Host| ZoneRow::of(plan, host).0 == self.row;
        plan.hosts().iter().filter(stands).map(|host| host.id).collect()
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneField {
    /// The name.
    Name,
    /// The networks.
    Networks,
}

/// The form of one zone. Nothing reaches the plan before it is accepted.
#[derive(Debug)]
pub struct ZoneForm {
    /// The zone that is changed; `None` for a new one.
    pub before: Option<ZoneName>,
    /// Its name.
    pub name: Field,
    /// Its networks, separated by commas or spaces.
    pub networks: Field,
    /// The field with the cursor.
    pub field: ZoneField,
    /// What is wrong, and in which field.
    pub error: Option<(ZoneField, String)>,
    untouched: [String; 2],
}

impl ZoneForm {
    /// What stands in its fields.
    pub fn texts(&self) -> Fields {
        unfinished::texts([("Name", &self.name), ("Networks", &self.networks)])
    }

    /// Puts texts into its fields.
    pub fn restore(&mut self, fields: &Fields) {
        unfinished::restore(fields, [("Name", &mut self.name), ("Networks", &mut self.networks)]);
    }

    /// A form for a new zone, or for one that is there.
    pub fn new(plan: &Plan, before: Option<ZoneName>) -> Self {
        let zone = plan.zones().iter().find(|zone| Some(&zone.name) == before.as_ref());
        let networks: Vec<String> =
            zone.map(|zone| zone.networks.iter().map(ToString::to_string).collect()).unwrap_or_default();
        let untouched = [before.as_ref().map(ToString::to_string).unwrap_or_default(), networks.join(", ")];
        Self {
            before,
            name: Field::new(untouched[0].clone()),
            networks: Field::new(untouched[1].clone()),
            field: ZoneField::Name,
            error: None,
            untouched,
        }
    }

    /// Whether anything differs from when the form was opened.
    pub fn is_touched(&self) -> bool {
        [self.name.text(), self.networks.text()] != self.untouched
    }

    /// The field with the cursor.
    pub fn text_field(&mut self) -> &mut Field {
        match self.field {
            ZoneField::Name => &mut self.name,
            ZoneField::Networks => &mut self.networks,
        }
    }

    /// Moves the cursor to the other field.
    pub fn other_field(&mut self) {
        self.field = match self.field {
            ZoneField::Name => ZoneField::Networks,
            ZoneField::Networks => ZoneField::Name,
        };
    }

    /// The zone that the form describes.
    ///
    /// # Errors
    /// The first field that does not hold what it should, and why.
    pub fn zone(&self) -> Result<Zone, (ZoneField, String)> {
        let name =
            self.name.text().parse().map_err(|error: TextError| (ZoneField::Name, error.to_string()))?;
        let networks = typed::networks(self.networks.text())
            .map_err(|error: NetworkError| (ZoneField::Networks, error.to_string()))?;
        Ok(Zone { name, networks })
    }

    /// What the networks come to as they stand: where they overlap with those of other zones, how many hosts would
    /// stand there, and which do not though an address of theirs lies inside. Empty while they cannot be understood.
    pub fn notes(&self, plan: &Plan) -> Vec<String> {
        let Ok(networks) = typed::networks(self.networks.text()) else { return Vec::new() };
        let survey = Survey { plan, before: self.before.as_ref(), networks: &networks };
        let mut notes = survey.hosts();
        notes.extend(survey.overlaps());
        notes
    }
}

/// Looks at a plan as if the zone had these networks.
struct Survey<'a> {
    plan: &'a Plan,
    before: Option<&'a ZoneName>,
    networks: &'a [IpNet],
}

impl Survey<'_> {
    fn others(&self) -> impl Iterator<Item = (&Zone, &IpNet)> {
        let others = self.plan.zones().iter().filter(|zone| Some(&zone.name) != self.before);
        others.flat_map(|zone| zone.networks.iter().map(move |network| (zone, network)))
    }

    /// For each network of the zone, the narrowest one of another zone around it, and those of others inside it.
    fn overlaps(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for own in self.networks {
            let around = self.others().filter(|(_, other)| other.contains(own));
            match around.max_by_key(|(_, other)| other.prefix_len()) {
                Some((zone, other)) if other == own => {
                    let first = if self.is_before(&zone.name) { "this zone" } else { zone.name.as_str() };
                    notes.push(format!("{own} is {}'s, too; {first} stands first and has it.", zone.name));
                }
                Some((zone, other)) => {
                    notes.push(format!("{own} lies in {other} of {}: the longer prefix wins.", zone.name));
                }
                None => {}
            }
            let inside = self.others().filter(|(_, other)| own.contains(*other) && *other != own);
            notes.extend(inside.map(|(zone, other)| {
                format!("{other} inside {own} stays with {}: the longer prefix wins.", zone.name)
            }));
        }
        notes
    }

    /// Whether the zone stands before another in the plan's list.
    fn is_before(&self, other: &ZoneName) -> bool {
        let place = |name: &ZoneName| self.plan.zones().iter().position(|zone| zone.name == *name);
        self.before.and_then(place).zip(place(other)).is_some_and(|(own, other)| own < other)
    }

    /// Whether the address would fall into the zone.
    fn holds(&self, address: &Address) -> bool {
        let Some(network) = address.network() else { return false };
        let own = self.networks.iter().filter(|own| own.contains(&network));
        let others = self.others().filter(|(_, other)| other.contains(&network));
        let Some(own) = own.map(IpNet::prefix_len).max() else { return false };
        others
            .map(|(zone, other)| (other.prefix_len(), zone))
            .all(|(prefix, zone)| prefix < own || prefix == own && self.is_before(&zone.name))
    }

    fn lies_inside(&self, address: &Address) -> bool {
        address.network().is_some_and(|network| self.networks.iter().any(|own| own.contains(&network)))
    }

    /// How many hosts would stand here, and which do not though an address of theirs lies inside.
    fn hosts(&self) -> Vec<String> {
        let (mut here, mut elsewhere) = (0_usize, Vec::new());
        for host in self.plan.hosts() {
            let Some(inside) = host.addresses.iter().find(|address| self.lies_inside(address)) else {
                continue;
            };
            let mut addresses = host.addresses.iter().filter(|address| address.network().is_some());
            let away = addresses.find(|address| !self.holds(address));
            match (&host.zone, away) {
                (Some(zone), _) if Some(zone) == self.before => {}
                (Some(zone), _) => {
                    elsewhere.push(format!("{} has {inside}, but is put into {zone}.", host.name));
                }
                (None, None) => here += 1,
                (None, Some(away)) if away == inside => {
                    elsewhere.push(format!("{inside} of {} lies inside, but falls elsewhere.", host.name));
                }
                (None, Some(away)) => {
                    elsewhere.push(format!("{} has {inside} here and {away} elsewhere.", host.name));
                }
            }
        }
        let mut notes = Vec::new();
        if here > 0 {
            let verb = if here == 1 { "host stands" } else { "hosts stand" };
            notes.push(format!("{here} {verb} here by address."));
        }
        let more = elsewhere.len().saturating_sub(2);
        notes.extend(elsewhere.into_iter().take(2));
        if more > 0 {
            notes.push(format!("{more} more with an address inside stand elsewhere."));
        }
        notes
    }
}
