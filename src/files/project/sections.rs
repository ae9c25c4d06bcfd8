//! The parts of a project file that came with format 2: zones, partners, acknowledged findings, baselines.

use ipnet::IpNet;

use crate::catalogue::Catalogue;
use crate::plan::shown::brief;
use crate::plan::{Acknowledged, Address, Baseline, Partners, Plan, Zone, ZoneName};

use super::build::{At, Fit, Named, addresses, misfit, state, text, twice};
use super::fault::Fault;
use super::locate::Step;
use super::raw::{RawAcknowledged, RawBaseline, RawPartners, RawPlan, RawZone};

/// A file says itself which format it has, and holds nothing that this format does not know: so an older program that
/// is given the file can refuse it before it reads on.
pub(super) fn check_format(raw: &RawPlan) -> Fit<()> {
    if raw.format > 1 {
        return Ok(());
    }
    let later = [
        ("catalogues", raw.catalogues.is_empty()),
        ("zones", raw.zones.is_empty()),
        ("partners", raw.partners.is_empty()),
        ("acknowledged", raw.acknowledged.is_empty()),
        ("baselines", raw.baselines.is_empty()),
    ];
    if let Some((field, _)) = later.into_iter().find(|(_, is_empty)| !is_empty) {
        return Err(misfit(Fault::NeedsFormat { field, format: 2 })).at(Step::Field(field));
    }
    for (at, host) in raw.hosts.iter().enumerate() {
        let later = [("site", host.site.is_none()), ("ports", host.ports.0.is_empty())];
        if let Some((field, _)) = later.into_iter().find(|(_, is_empty)| !is_empty) {
            let fault = misfit(Fault::NeedsFormat { field, format: 2 });
            return Err(fault).at(Step::Field(field)).at(Step::Item(at)).at(Step::Field("hosts"));
        }
    }
    Ok(())
}

/// Without a page that the plan was made with, its flows would be missing in silence.
pub(super) fn check_catalogues(pages: &[String], catalogue: &Catalogue) -> Fit<()> {
    for (at, page) in pages.iter().enumerate() {
        if !catalogue.own_pages().any(|own| own == page) {
            return Err(misfit(Fault::NeedsCatalogue(brief(page)))).at(Step::Item(at));
        }
    }
    Ok(())
}

pub(super) fn zones(raw: &[RawZone]) -> Fit<Vec<Zone>> {
    let mut zones: Vec<Zone> = Vec::with_capacity(raw.len());
    for (at, raw) in raw.iter().enumerate() {
        let name: ZoneName = text(&raw.name).at(Step::Field("name")).at(Step::Item(at))?;
        if zones.iter().any(|zone| zone.name == name) {
            return Err(twice("zone", name.as_str())).at(Step::Field("name")).at(Step::Item(at));
        }
        let networks = networks(&raw.networks).at(Step::Field("networks")).at(Step::Item(at))?;
        zones.push(Zone { name, networks });
    }
    Ok(zones)
}

fn networks(words: &[String]) -> Fit<Vec<IpNet>> {
    let network = |(at, address): (usize, &Address)| {
        let fault = || misfit(Fault::NoNetwork(brief(&address.to_string())));
        address.network().ok_or_else(fault).at(Step::Item(at))
    };
    addresses(words)?.iter().enumerate().map(network).collect()
}

pub(super) fn partners(raw: &[RawPartners], hosts: &Named) -> Fit<Vec<Partners>> {
    let mut all: Vec<Partners> = Vec::with_capacity(raw.len());
    for (at, raw) in raw.iter().enumerate() {
        let host = hosts.find(&raw.host).at(Step::Field("host")).at(Step::Item(at))?;
        let partner = hosts.find(&raw.partner).at(Step::Field("partner")).at(Step::Item(at))?;
        if host == partner {
            let fault = misfit(Fault::OwnPartner(brief(&raw.host)));
            return Err(fault).at(Step::Field("partner")).at(Step::Item(at));
        }
        if all.iter().any(|pair| pair.of(host) == Some(partner)) {
            let fault = twice("pair of partners", &format!("{} and {}", raw.host, raw.partner));
            return Err(fault).at(Step::Item(at));
        }
        all.push(Partners { host, partner });
    }
    Ok(all)
}

pub(super) fn acknowledged(raw: &[RawAcknowledged], hosts: &Named) -> Fit<Vec<Acknowledged>> {
    let entry = |(at, raw): (usize, &RawAcknowledged)| {
        let host = raw.host.as_deref().map(|name| hosts.find(name)).transpose();
        Ok(Acknowledged {
            check: text(&raw.check).at(Step::Field("check")).at(Step::Item(at))?,
            host: host.at(Step::Field("host")).at(Step::Item(at))?,
            about: raw.about.as_deref().map(text).transpose().at(Step::Field("about")).at(Step::Item(at))?,
            reason: text(&raw.reason).at(Step::Field("reason")).at(Step::Item(at))?,
        })
    };
    raw.iter().enumerate().map(entry).collect()
}

/// The hosts of a baseline are those of the plan if their names are.
pub(super) fn baselines(raw: Vec<RawBaseline>, plan: &mut Plan, catalogue: &Catalogue) -> Fit<Vec<Baseline>> {
    let mut baselines: Vec<Baseline> = Vec::with_capacity(raw.len());
    for (at, raw) in raw.into_iter().enumerate() {
        let name = text(&raw.name).at(Step::Field("name")).at(Step::Item(at))?;
        if baselines.iter().any(|baseline| *baseline.name() == name) {
            return Err(twice("baseline", name.as_str())).at(Step::Field("name")).at(Step::Item(at));
        }
        let state = state(name.clone(), raw, catalogue).at(Step::Item(at))?;
        let state = state.numbered_like(plan);
        plan.keep_clear_of(&state);
        baselines.push(Baseline::new(name, &state));
    }
    Ok(baselines)
}
