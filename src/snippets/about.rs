//! What a reader of a table must know beside its rows: the plan, the pages that the flows come from, and remarks.

use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::catalogue::{Key, Page};
use crate::flows::explain::{Origin, origin};
use crate::flows::{HostIx, Tag};
use crate::plan::{Address, Host};

use super::Request;
use super::gather;
use super::text::count;

/// About the flows of a request.
pub(super) struct About<'a> {
    /// Names and values, in the order to show.
    pub facts: Vec<(&'static str, String)>,
    /// The pages that ask for flows.
    pub pages: Vec<&'a Page>,
    /// One sentence each.
    pub remarks: Vec<String>,
}

/// What the flows are made of.
#[derive(Default)]
struct Seen<'a> {
    flows: u64,
    hosts: BTreeMap<HostIx, &'a Host>,
    pages: BTreeMap<usize, &'a Page>,
    tags: BTreeMap<Tag, u64>,
    doubts: BTreeMap<String, &'a str>,
}

impl<'a> About<'a> {
    /// Looks at every flow.
    pub fn new(request: &Request<'a>) -> Self {
        let mut seen = Seen::default();
        let Ok(()) = request.selection.each(request.flows, |flow| {
            seen.flows += 1;
            for at in [flow.from, flow.to] {
                seen.hosts.extend(gather::host(request, at).map(|host| (at, host)));
            }
            for tag in request.flows.tags(flow) {
                *seen.tags.entry(tag).or_default() += 1;
            }
            for rule in &request.flows.shape(flow.shape).reasons {
                let Some(origin) = origin(request.catalogue, request.plan, *rule) else { continue };
                if let Origin::Printed { rule, page } = origin {
                    seen.pages.insert(rule.source.page.position(), page);
                    seen.doubts.extend(rule.doubt.as_deref().map(|doubt| (origin.long(), doubt)));
                }
            }
            Ok::<(), Infallible>(())
        });
        Self {
            facts: facts(request, &seen),
            remarks: left_out(request).into_iter().chain(remarks(&seen)).collect(),
            pages: seen.pages.into_values().collect(),
        }
    }
}

fn facts(request: &Request<'_>, seen: &Seen<'_>) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("Plan", request.plan.name().to_string()),
        ("Edition of the requirements", request.catalogue.edition_words()),
        ("Scope", request.scope.clone()),
        ("Flows", seen.flows.to_string()),
        ("Hosts", seen.hosts.len().to_string()),
    ];
    facts.extend(request.date.map(|date| ("Date", date.to_string())));
    facts.push(("Written by", "portplan".to_owned()));
    facts
}

fn remarks(seen: &Seen<'_>) -> Vec<String> {
    let tags = seen.tags.iter().map(|(tag, flows)| {
        format!("{}, marked \"{}\": {}", count(*flows, "flow"), tag.text(), explained(*tag))
    });
    let doubts = seen.doubts.iter().map(|(place, doubt)| format!("The row looks wrong: {place}: {doubt}"));
    let hosts = seen.hosts.values().filter_map(|host| lack(host));
    tags.chain(doubts).chain(hosts).collect()
}

fn left_out(request: &Request<'_>) -> Option<String> {
    let flows = request.flows.left_out();
    let text = || format!("Sites and partners leave {} of the plan out.", count(flows, "flow"));
    (flows > 0).then(text)
}

/// What a tag means for whoever opens the ports, as a sentence.
pub(crate) fn explained(tag: Tag) -> &'static str {
    match tag {
        Tag::SameHost => "both ends are one host, so no firewall between hosts sees it.",
        Tag::AutomaticOnHost => {
            "the product opens the port itself in the default Windows firewall; firewalls between hosts still need it."
        }
        Tag::OpenEnded => "the port can be the next free one above; a rule opens the first one only.",
        Tag::Fallback => "the ports behind \"or\" are used only where the first choice cannot be reached.",
        Tag::Overridden => {
            "ports of the plan, or of the host that listens, stand in place of the printed ones."
        }
        Tag::Doubt => "the row on the vendor's page looks wrong; check it before you open the port.",
    }
}

fn lack(host: &Host) -> Option<String> {
    let name = |address: &Address| matches!(address, Address::Name(_));
    if host.addresses.is_empty() {
        Some(format!("{} has no address in the plan; no rule can name it.", host.name))
    } else if host.addresses.iter().all(name) {
        Some(format!("{} has only a DNS name in the plan; not every firewall takes one.", host.name))
    } else {
        None
    }
}
