//! The snippet that is shown, copied or written: its format and what it is for.

use crate::catalogue::Catalogue;
use crate::flows::search::{self, Matches, Query, Scope};
use crate::flows::{Crossing, FlowRef, Flows, Grouping, HostIx, Listing, SameHost, Since};
use crate::plan::{Plan, ZoneName};
use crate::snippets::{
    CROSSING, Direction, Kind, New, Purpose, Request, Selection, SnippetError, Target, ZonePair, bytes,
    outside_words, render, zone_words,
};

use super::baselines::Pinned;
use super::find::{Find, Follow};
use super::list::ListState;

/// What a snippet is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SnippetScope {
    /// The selected flow, on its destination.
    Flow,
    /// What comes to the selected host.
    HostInbound,
    /// What the selected host opens.
    HostOutbound,
    /// Everything between the zones of the selected flow, on a firewall between.
    Zones,
    /// What the search shows, on the destinations.
    Search,
    /// What the search shows, on a firewall between.
    SearchTransit,
    /// The whole plan, on the destinations.
    Plan,
    /// The whole plan, on a firewall between.
    PlanTransit,
    /// What came since the baseline, on the destinations.
    Added,
    /// What came since the baseline, on a firewall between.
    AddedTransit,
    /// What went since the baseline: the removal of its rules, on the destinations.
    Removed,
    /// What went since the baseline: the removal of its rules, on a firewall between.
    RemovedTransit,
}

const SCOPES: [SnippetScope; 12] = [
    SnippetScope::Flow,
    SnippetScope::HostInbound,
    SnippetScope::HostOutbound,
    SnippetScope::Zones,
    SnippetScope::Search,
    SnippetScope::SearchTransit,
    SnippetScope::Plan,
    SnippetScope::PlanTransit,
    SnippetScope::Added,
    SnippetScope::AddedTransit,
    SnippetScope::Removed,
    SnippetScope::RemovedTransit,
];

/// State of the rules view.
#[derive(Debug)]
pub struct SnippetView {
    /// The format that was used last.
    pub target: Target,
    /// What it is written for.
    pub scope: SnippetScope,
    /// Which part of the text is on the screen.
    pub list: ListState,
    /// The search in the text.
    pub find: Find,
    /// The text, or why there is none.
    pub text: Result<String, String>,
    /// How many rows the text takes on the screen.
    pub(super) rows: u64,
    /// What the text was written from; it is written again when this changes.
    pub(super) written_for: Option<Origin>,
}

/// Everything that a snippet depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub revision: u64,
    pub scope: SnippetScope,
    pub target: Target,
    pub flow: Option<FlowRef>,
    pub host: Option<HostIx>,
    pub search: String,
    pub crossing: Crossing,
    pub since: u64,
}

impl Default for SnippetView {
    fn default() -> Self {
        Self {
            target: Target::PowerShell,
            scope: SnippetScope::HostInbound,
            list: ListState::default(),
            find: Find::default(),
            text: Ok(String::new()),
            rows: 1,
            written_for: None,
        }
    }
}

impl SnippetView {
    /// The screen has gone to the present hit.
    pub(super) fn found_at(&mut self, offset: u64) {
        if self.find.awaited().is_some() {
            self.list.go(offset, self.rows);
            self.scroll_away();
        }
    }

    /// The operator has gone elsewhere in the text.
    pub(super) fn scroll_away(&mut self) {
        self.find.view = Follow::Scroll;
    }

    /// The lines of the text.
    pub fn line_count(&self) -> u64 {
        self.text.as_ref().map_or(1, |text| text.lines().count() as u64)
    }
}

/// What a snippet is made from.
pub(super) struct Material<'a> {
    pub catalogue: &'a Catalogue,
    pub plan: &'a Plan,
    pub flows: &'a Flows,
    pub shown: &'a Listing,
    pub search: &'a str,
    pub crossing: Crossing,
    pub flow: Option<FlowRef>,
    pub host: Option<HostIx>,
    pub since: Option<&'a Pinned>,
}

impl Material<'_> {
    /// The scopes that differ from each other at the moment, in the order of the dialog: without a search, what it shows
    /// is the whole plan, and without zones there is no pair of them.
    pub fn scopes(&self) -> Vec<SnippetScope> {
        let differs = |scope: &SnippetScope| match scope {
            SnippetScope::Search | SnippetScope::SearchTransit => self.is_narrowed(),
            SnippetScope::Zones => !self.flows.zones(self.plan).names().is_empty(),
            SnippetScope::Added
            | SnippetScope::AddedTransit
            | SnippetScope::Removed
            | SnippetScope::RemovedTransit => self.since.is_some(),
            _ => true,
        };
        SCOPES.into_iter().filter(differs).collect()
    }

    /// What the scope is at the moment, in words.
    pub fn words(&self, scope: SnippetScope) -> String {
        let host = |at: HostIx| self.plan.host(self.flows.hosts()[at]).map_or("?", |host| host.name.as_str());
        let selected = || self.host.map_or("no host", host);
        match scope {
            SnippetScope::Flow => match self.flow {
                Some(flow) => format!("flow {} to {}", host(flow.from), host(flow.to)),
                None => "no flow".to_owned(),
            },
            SnippetScope::HostInbound => format!("host {}, inbound", selected()),
            SnippetScope::HostOutbound => format!("host {}, outbound", selected()),
            SnippetScope::Zones => match self.zones() {
                Some((from, to)) => zone_words(from, to),
                None => "no flow".to_owned(),
            },
            SnippetScope::Search if !self.is_narrowed() => self.words(SnippetScope::Plan),
            SnippetScope::SearchTransit if !self.is_narrowed() => self.words(SnippetScope::PlanTransit),
            SnippetScope::Search => self.narrowed_words("on each destination"),
            SnippetScope::SearchTransit => self.narrowed_words("on a firewall between"),
            SnippetScope::Plan => "whole plan, on each destination".to_owned(),
            SnippetScope::PlanTransit => "whole plan, on a firewall between".to_owned(),
            SnippetScope::Added => format!("new on each destination since {}", self.baseline()),
            SnippetScope::AddedTransit => format!("new on a firewall between since {}", self.baseline()),
            SnippetScope::Removed => format!("gone from each destination since {}", self.baseline()),
            SnippetScope::RemovedTransit => format!("gone from a firewall between since {}", self.baseline()),
        }
    }

    /// Whether the list shows other flows than the whole plan.
    fn is_narrowed(&self) -> bool {
        !self.search.trim().is_empty() || self.crossing == Crossing::Only
    }

    fn narrowed_words(&self, place: &str) -> String {
        let search = (!self.search.trim().is_empty()).then(|| format!("search \"{}\"", self.search));
        let (crossing, outside) = match self.crossing {
            Crossing::All => (None, String::new()),
            Crossing::Only => {
                (Some(CROSSING.to_owned()), outside_words(self.flows.zones(self.plan).outside()))
            }
        };
        let parts: Vec<String> = [search, crossing, Some(place.to_owned())].into_iter().flatten().collect();
        format!("{}{outside}", parts.join(", "))
    }

    fn baseline(&self) -> String {
        self.since.map_or_else(|| "the baseline".to_owned(), |since| format!("\"{}\"", since.name()))
    }

    /// The snippet as text, or why there is none.
    pub fn text(&self, scope: SnippetScope, target: Target) -> Result<String, String> {
        self.write(scope, target, render)
    }

    /// What a file of the snippet is to hold, or why there is none.
    pub fn content(&self, scope: SnippetScope, target: Target) -> Result<Vec<u8>, String> {
        self.write(scope, target, bytes)
    }

    /// How many flows the snippet is written from, or why there is none.
    pub fn len(&self, scope: SnippetScope, target: Target) -> Result<u64, String> {
        self.write(scope, target, |request| Ok(request.selection.len(request.flows)))
    }

    fn write<T>(
        &self,
        scope: SnippetScope,
        target: Target,
        write: impl Fn(&Request<'_>) -> Result<T, SnippetError>,
    ) -> Result<T, String> {
        let direction = match scope {
            SnippetScope::HostOutbound => Direction::Outbound,
            SnippetScope::SearchTransit
            | SnippetScope::PlanTransit
            | SnippetScope::AddedTransit
            | SnippetScope::RemovedTransit => Direction::Transit,
            SnippetScope::Zones if target.directions().contains(&Direction::Transit) => Direction::Transit,
            _ => Direction::Inbound,
        };
        if let SnippetScope::Removed | SnippetScope::RemovedTransit = scope {
            return self.write_removed(scope, target, direction, write);
        }
        let (listing, zones, among, since);
        let selection = match scope {
            SnippetScope::Added | SnippetScope::AddedTransit => {
                let pinned = self.since.ok_or("pin a baseline first")?;
                listing = self.listing(scope)?;
                among = Selection::Listing(&listing);
                since = Since::tracked(pinned.flows(), self.flows);
                Selection::New(New { among: &among, since: &since, gone: pinned.delta().removed })
            }
            SnippetScope::Flow => Selection::Flow(self.flow.ok_or("select a flow first")?),
            SnippetScope::Search | SnippetScope::SearchTransit => Selection::Listing(self.shown),
            SnippetScope::Zones => {
                let (from, to) = self.zones().ok_or("select a flow first")?;
                zones = ZonePair::new(self.plan, self.flows, from, to);
                Selection::Zones(&zones)
            }
            _ => {
                listing = self.listing(scope)?;
                Selection::Listing(&listing)
            }
        };
        let request = Request {
            catalogue: self.catalogue,
            plan: self.plan,
            flows: self.flows,
            selection,
            scope: self.words(scope),
            target,
            direction: target.direction_near(direction),
            purpose: Purpose::Apply,
            date: None,
        };
        write(&request).map_err(|error| error.to_string())
    }

    /// What the baseline has and the plan has not: as a table, or as the removal of its rules.
    fn write_removed<T>(
        &self,
        scope: SnippetScope,
        target: Target,
        direction: Direction,
        write: impl Fn(&Request<'_>) -> Result<T, SnippetError>,
    ) -> Result<T, String> {
        let pinned = self.since.ok_or("pin a baseline first")?;
        let listing = Listing::new(pinned.flows(), Grouping::Flow, SameHost::Hide, None);
        let since = Since::tracked(self.flows, pinned.flows());
        let request = Request {
            catalogue: self.catalogue,
            plan: pinned.plan(),
            flows: pinned.flows(),
            selection: Selection::Gone(New { among: &Selection::Listing(&listing), since: &since, gone: 0 }),
            scope: self.words(scope),
            target,
            direction: target.direction_near(direction),
            purpose: match target.kind() {
                Kind::Rules => Purpose::Remove,
                Kind::Table => Purpose::Apply,
            },
            date: None,
        };
        write(&request).map_err(|error| error.to_string())
    }

    /// The zones of the selected flow's hosts.
    fn zones(&self) -> Option<(Option<&ZoneName>, Option<&ZoneName>)> {
        let flow = self.flow?;
        let zones = self.flows.zones(self.plan);
        Some((zones.name_of(flow.from), zones.name_of(flow.to)))
    }

    fn listing(&self, scope: SnippetScope) -> Result<Listing, String> {
        let direction = match scope {
            SnippetScope::HostInbound => search::Direction::Inbound,
            SnippetScope::HostOutbound => search::Direction::Outbound,
            _ => return Ok(Listing::new(self.flows, Grouping::Flow, SameHost::Hide, None)),
        };
        let host = self.host.ok_or("select a host first")?;
        let scope = Some(Scope { host, direction });
        let matches = Matches::new(self.catalogue, self.plan, self.flows, &Query::default(), scope);
        Ok(Listing::new(self.flows, Grouping::Flow, SameHost::Hide, Some(matches)))
    }
}
