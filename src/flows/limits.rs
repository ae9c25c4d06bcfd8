//! Limits on who works with whom: sites and partners, as the resolver sees them.

use std::collections::HashMap;

use crate::catalogue::Key;
use crate::catalogue::table::{Table, key};
use crate::plan::{Host, HostId, Plan, SiteName};

use super::looks::Looks;
use super::places::Places;
use super::requirement::{End, Requirement};

key!(
    /// A site of one resolved plan.
    SiteId(u32), 1 << 31
);
key!(
    /// Partners that some host of a resolved plan has.
    CircleId(u32), 1 << 31
);

/// Whether sites and partners count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limiting {
    /// They leave flows out.
    Obeyed,
    /// Every host works with every other; this tells what is left out.
    Ignored,
}

/// What keeps a rule from holding between two hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// The hosts are of different sites.
    Site,
    /// One of them has partners for this, and the other is none of them.
    Partners,
}

/// With whom a host works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Who {
    site: Option<SiteId>,
    circle: Option<CircleId>,
}

impl Who {
    /// Whether the host works with everybody, as far as it is concerned.
    pub fn is_free(self) -> bool {
        self == Self::default()
    }
}

/// The sites and the partners of a plan's hosts. Being partners is symmetric, so hosts with the same partners are the
/// same to every other host.
#[derive(Debug, Default)]
pub(super) struct Ties {
    sites: HashMap<SiteName, SiteId>,
    circle_of: HashMap<HostId, CircleId>,
    circles: Table<CircleId, Vec<HostId>>,
}

impl Ties {
    pub fn new(plan: &Plan, limiting: Limiting) -> Self {
        let mut ties = Self::default();
        if limiting == Limiting::Ignored {
            return ties;
        }
        for site in plan.hosts().iter().filter_map(|host| host.site.as_ref()) {
            if !ties.sites.contains_key(site)
                && let Some(id) = SiteId::from_position(ties.sites.len())
            {
                ties.sites.insert(site.clone(), id);
            }
        }
        ties.add_partners(plan);
        ties
    }

    fn add_partners(&mut self, plan: &Plan) {
        let mut partners: HashMap<HostId, Vec<HostId>> = HashMap::new();
        for pair in plan.partners().iter().filter(|pair| pair.host != pair.partner) {
            partners.entry(pair.host).or_default().push(pair.partner);
            partners.entry(pair.partner).or_default().push(pair.host);
        }
        let mut known: HashMap<Vec<HostId>, CircleId> = HashMap::new();
        for host in plan.hosts() {
            let Some(mut circle) = partners.remove(&host.id) else { continue };
            circle.sort_unstable();
            circle.dedup();
            let id = match known.get(&circle) {
                Some(id) => Some(*id),
                None => self.circles.push(circle.clone()),
            };
            let Some(id) = id else { return };
            known.insert(circle, id);
            self.circle_of.insert(host.id, id);
        }
    }

    /// Whether there is no limit in the plan.
    pub fn are_none(&self) -> bool {
        self.sites.is_empty() && self.circles.is_empty()
    }

    /// With whom the host works.
    pub fn who(&self, host: &Host) -> Who {
        if self.are_none() {
            return Who::default();
        }
        let site = host.site.as_ref().and_then(|site| self.sites.get(site).copied());
        Who { site, circle: self.circle_of.get(&host.id).copied() }
    }
}

/// What the limits do to a plan's requirements.
#[derive(Debug)]
pub(super) struct Limits<'a> {
    ties: &'a Ties,
    /// The requirements that limits speak of: not those of one host, and no own rule that names one.
    limited: Places,
    /// For each circle, the requirements whose source, and whose destination, one of the partners is.
    partners: Table<CircleId, (Places, Places)>,
}

impl<'a> Limits<'a> {
    pub fn new(requirements: &[Requirement], plan: &Plan, looks: &'a Looks) -> Option<Self> {
        let ties = &looks.ties;
        if ties.are_none() {
            return None;
        }
        let by_role = |rule: &Requirement| matches!((&rule.from, &rule.to), (End::Roles(_), End::Roles(_)));
        let len = requirements.len();
        let limited = Places::matching(len, |at| requirements.get(at).is_some_and(by_role));
        let places: HashMap<HostId, usize> =
            plan.hosts().iter().enumerate().map(|(place, host)| (host.id, place)).collect();
        let of_circle = |circle: &Vec<HostId>| {
            let looks: Vec<_> =
                circle.iter().filter_map(|host| looks.at(places.get(host).copied()?)).collect();
            let fits = |end: &End| looks.iter().any(|look| end.fits(look));
            let matching = |end: fn(&Requirement) -> &End| {
                Places::matching(len, |at| requirements.get(at).is_some_and(|rule| fits(end(rule))))
            };
            (matching(|rule| &rule.from), matching(|rule| &rule.to))
        };
        let partners = Table::new(ties.circles.entries().iter().map(of_circle).collect())?;
        Some(Self { ties, limited, partners })
    }

    /// With whom hosts work, as far as it matters to these requirements.
    pub fn bearing(&self, who: Who, fits: &Places) -> Who {
        if who.is_free() || fits.intersection(&self.limited).is_empty() { Who::default() } else { who }
    }

    /// Takes out what does not hold from the one host to the other.
    pub fn apply(&self, places: &mut Places, from: (HostId, Who), to: (HostId, Who)) {
        if let Some((gone, _)) = self.gone(from, to) {
            places.subtract(&gone);
        }
    }

    /// The requirements that do not hold, and why.
    pub fn gone(&self, from: (HostId, Who), to: (HostId, Who)) -> Option<(Places, Limit)> {
        let ((from, source), (to, target)) = (from, to);
        if source.is_free() && target.is_free()
            || self.are_partners(source, to)
            || self.are_partners(target, from)
        {
            return None;
        }
        if let (Some(left), Some(right)) = (source.site, target.site)
            && left != right
        {
            return Some((self.limited.clone(), Limit::Site));
        }
        let mut gone = Places::default();
        if let Some(circle) = source.circle {
            gone = self.partners[circle].1.clone();
        }
        if let Some(circle) = target.circle {
            gone = gone.union(&self.partners[circle].0);
        }
        Some((gone.intersection(&self.limited), Limit::Partners))
    }

    fn are_partners(&self, one: Who, other: HostId) -> bool {
        one.circle.is_some_and(|circle| self.ties.circles[circle].binary_search(&other).is_ok())
    }
}
