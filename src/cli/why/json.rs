//! An answer as one JSON object, for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::catalogue::{PortKind, Ports, Reach, Transport};
use crate::flows::explain::{Origin, purpose};
use crate::flows::search::Direction;
use crate::flows::why::{
    Answer, FlowAnswer, HostAnswer, Hosts, Making, Nearby, Need, PairAnswer, Peers, PortAnswer, Proposal,
    Scene, Use, Why,
};
use crate::flows::{FlowRef, HostIx, RuleRef, Tag};
use crate::plan::HostId;

pub(super) fn write(
    scene: Scene<'_>,
    answer: &Answer,
    remarks: &[String],
    out: &mut impl Write,
) -> io::Result<()> {
    let mut value = match answer {
        Answer::Pair(answer) => pair(scene, answer),
        Answer::Host(answer) => host(scene, answer),
        Answer::Port(answer) => port(scene, answer),
    };
    if let Value::Object(fields) = &mut value {
        fields.insert("remarks".to_owned(), json!(remarks));
    }
    serde_json::to_writer_pretty(&mut *out, &value).map_err(io::Error::from)?;
    writeln!(out)
}

fn pair(scene: Scene<'_>, answer: &PairAnswer) -> Value {
    let near: Vec<Value> = answer
        .near
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| nearby(scene, answer, group, at < answer.near.tried))
        .collect();
    json!({
        "question": "pair",
        "from": name(scene, answer.from),
        "to": name(scene, answer.to),
        "flows": answer.flows.iter().map(|known| explained(scene, known)).collect::<Vec<_>>(),
        "other_flows": answer.others.iter().map(|known| flow(scene, *known)).collect::<Vec<_>>(),
        "other_way_round": answer.back.iter().map(|known| flow(scene, *known)).collect::<Vec<_>>(),
        "near": near,
        "other_forms_of_these_rows": answer.near.other_forms,
        "rules_about_neither": answer.near.far,
    })
}

fn explained(scene: Scene<'_>, answer: &FlowAnswer) -> Value {
    let mut value = flow(scene, answer.flow);
    if let Value::Object(fields) = &mut value {
        let tags: Vec<&str> = scene.flows.tags(answer.flow).into_iter().map(Tag::text).collect();
        fields.insert("tags".to_owned(), json!(tags));
        let reasons: Vec<Value> = answer.reasons.iter().map(|why| reason(scene, why)).collect();
        fields.insert("reasons".to_owned(), json!(reasons));
        fields.insert("removed_by".to_owned(), proposals(&answer.removals));
    }
    value
}

fn flow(scene: Scene<'_>, flow: FlowRef) -> Value {
    let shape = scene.flows.shape(flow.shape);
    json!({
        "from": scene.name(flow.from),
        "to": scene.name(flow.to),
        "transport": shape.transport.name(),
        "ports": ports(&shape.ports),
    })
}

fn reason(scene: Scene<'_>, why: &Why) -> Value {
    let mut value = rule(scene, why.rule);
    if let Value::Object(fields) = &mut value {
        fields.insert("ends".to_owned(), json!(why.ends));
        fields.insert("because".to_owned(), json!(why.because));
        fields.insert("removed_by".to_owned(), proposals(&why.removals));
    }
    value
}

fn rule(scene: Scene<'_>, rule: RuleRef) -> Value {
    let purpose = purpose(scene.catalogue, scene.plan, rule);
    match scene.origin(rule) {
        Some(Origin::Printed { rule, page }) => json!({
            "rule": rule.id,
            "page": page.id,
            "title": page.title,
            "section": rule.source.section,
            "row": rule.source.row,
            "build": page.build,
            "updated": page.updated.iso(),
            "url": page.url,
            "service": rule.service,
            "purpose": purpose,
            "doubt": rule.doubt,
        }),
        Some(origin @ Origin::Own { .. }) => json!({ "rule": origin.id(), "purpose": purpose }),
        None => Value::Null,
    }
}

fn proposals(proposals: &[Proposal]) -> Value {
    let all = proposals.iter().map(|proposal| {
        json!({
            "change": proposal.change.text,
            "needs_a_port": proposal.change.making == Making::ChoosePort,
            "flows_added": proposal.delta.added,
            "flows_removed": proposal.delta.removed,
        })
    });
    all.collect()
}

/// What would bring the rules is `null` where it was not tried.
fn nearby(scene: Scene<'_>, answer: &PairAnswer, group: &Nearby, tried: bool) -> Value {
    let (Some(from), Some(to)) = (scene.plan.host(answer.from), scene.plan.host(answer.to)) else {
        return Value::Null;
    };
    let rules = group.rules.iter().map(|near| {
        let mut value = rule(scene, near.rule);
        if let Value::Object(fields) = &mut value {
            fields.insert("transports".to_owned(), transports(&near.transports));
            fields.insert("ports".to_owned(), ports(&near.ports));
        }
        value
    });
    json!({
        "lacks": group.lacks.iter().map(|lack| lack.text(scene, from, to)).collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
        "brought_by": if tried { proposals(&group.brings) } else { Value::Null },
    })
}

fn host(scene: Scene<'_>, answer: &HostAnswer) -> Value {
    let way = |peers: &[Peers]| -> Value { peers.iter().map(|group| peers_of(scene, group)).collect() };
    let missing = answer.missing.iter().map(|gap| {
        let mut value = rule(scene, gap.rule);
        if let Value::Object(fields) = &mut value {
            let ids: Vec<&str> =
                gap.missing.iter().map(|role| scene.catalogue.roles()[*role].id.as_str()).collect();
            fields.insert("missing_roles".to_owned(), json!(ids));
        }
        value
    });
    let (outbound, inbound) = answer.flows;
    json!({
        "question": match answer.direction {
            Direction::Both => "host",
            Direction::Outbound => "from",
            Direction::Inbound => "to",
        },
        "host": name(scene, answer.host),
        "port": answer.port.map(crate::catalogue::Port::number),
        "flows_out": outbound,
        "flows_in": inbound,
        "out": way(&answer.out),
        "in": way(&answer.into),
        "itself": answer.itself.iter().map(|known| need(scene, known)).collect::<Vec<_>>(),
        "missing": missing.collect::<Vec<_>>(),
    })
}

fn peers_of(scene: Scene<'_>, peers: &Peers) -> Value {
    json!({
        "who": peers.who,
        "hosts": some(scene, &peers.hosts),
        "rules": peers.needs.iter().map(|known| need(scene, known)).collect::<Vec<_>>(),
    })
}

fn need(scene: Scene<'_>, need: &Need) -> Value {
    let mut value = rule(scene, need.rule);
    if let Value::Object(fields) = &mut value {
        fields.insert("transports".to_owned(), transports(&need.transports));
        fields.insert("ports".to_owned(), ports(&need.ports));
        fields.insert("hosts".to_owned(), json!(need.hosts));
    }
    value
}

/// How many hosts, and the names of the first.
fn some(scene: Scene<'_>, hosts: &Hosts) -> Value {
    let first: Vec<&str> = hosts.first.iter().map(|host: &HostIx| scene.name(*host)).collect();
    json!({ "count": hosts.all, "first": first })
}

fn port(scene: Scene<'_>, answer: &PortAnswer) -> Value {
    let idle = answer.idle.iter().map(|idle| {
        let mut value = rule(scene, idle.rule);
        if let Value::Object(fields) = &mut value {
            fields.insert("why_not".to_owned(), json!(idle.why));
        }
        value
    });
    let rising = answer.rising.iter().map(|(known, base)| {
        let mut value = rule(scene, *known);
        if let Value::Object(fields) = &mut value {
            fields.insert("rises_from".to_owned(), json!(base.number()));
        }
        value
    });
    json!({
        "question": "port",
        "port": answer.port.number(),
        "uses": answer.uses.iter().map(|known| used(scene, known)).collect::<Vec<_>>(),
        "can_rise_to_it": rising.collect::<Vec<_>>(),
        "not_asked_for": idle.collect::<Vec<_>>(),
    })
}

fn used(scene: Scene<'_>, entry: &Use) -> Value {
    let mut value = rule(scene, entry.rule);
    if let Value::Object(fields) = &mut value {
        fields.insert("transports".to_owned(), transports(&entry.transports));
        fields.insert("ports".to_owned(), ports(&entry.ports));
        let kind = match entry.kind {
            PortKind::Exact => "exact",
            PortKind::OpenEnded => "open",
            PortKind::Fallback => "fallback",
        };
        fields.insert("kind".to_owned(), json!(kind));
        fields.insert("same_host".to_owned(), json!(entry.reach == Reach::SameHost));
        fields.insert("pairs".to_owned(), json!(entry.pairs));
        fields.insert("connects".to_owned(), some(scene, &entry.from));
        fields.insert("listens".to_owned(), some(scene, &entry.to));
    }
    value
}

fn name(scene: Scene<'_>, id: HostId) -> &str {
    scene.plan.host(id).map_or("", |host| host.name.as_str())
}

fn transports(transports: &[Transport]) -> Value {
    transports.iter().map(|transport| transport.name()).collect()
}

fn ports(ports: &Ports) -> Value {
    let items = ports.items().map(|item| {
        json!({
            "from": item.range.from().number(),
            "to": item.range.to().number(),
            "open": item.kind == PortKind::OpenEnded,
            "fallback": item.kind == PortKind::Fallback,
        })
    });
    items.collect()
}
