//! Two hosts, or one flow, in words.

use crate::flows::explain;
use crate::flows::why::near::Nearby;
use crate::flows::why::pair::{FlowAnswer, PairAnswer, Wanted, Why};
use crate::flows::why::trial::Proposal;
use crate::flows::why::{Scene, words};
use crate::flows::{FlowRef, Tag};
use crate::plan::Host;

use super::{LineKind, Telling, rule_line};

/// So many flows that were not asked about are listed.
const LISTED: usize = 12;

impl Telling {
    pub(super) fn pair(&mut self, scene: Scene<'_>, answer: &PairAnswer) {
        let (Some(from), Some(to)) = (scene.plan.host(answer.from), scene.plan.host(answer.to)) else {
            return;
        };
        self.title = match &answer.wanted {
            Wanted::All => format!("{} → {}", from.name, to.name),
            Wanted::Port(port) => format!("{} → {} at port {port}", from.name, to.name),
            Wanted::Flow(transport, ports) => format!("{} → {} {transport} {ports}", from.name, to.name),
        };
        self.hosts = if from.id == to.id { vec![from.id] } else { vec![from.id, to.id] };
        if answer.flows.is_empty() {
            self.no_flow(scene, answer, from, to);
        } else {
            self.add(
                LineKind::Quiet,
                0,
                format!("{} → {}", words::with_address(from), words::with_address(to)),
            );
            for flow in &answer.flows {
                self.flow(scene, flow);
            }
            self.listed("Other flows the same way", scene, &answer.others);
            self.listed("Flows the other way round", scene, &answer.back);
        }
    }

    fn flow(&mut self, scene: Scene<'_>, answer: &FlowAnswer) {
        let shape = scene.flows.shape(answer.flow.shape);
        self.heading(format!("{} {}", shape.transport, shape.ports));
        for tag in scene.flows.tags(answer.flow) {
            let kind = if tag == Tag::Doubt { LineKind::Doubt } else { LineKind::Quiet };
            self.add(kind, 1, tag_text(tag));
        }
        let many = answer.reasons.len() > 1;
        for (at, why) in answer.reasons.iter().enumerate() {
            self.reason(scene, why, many.then_some((at + 1, answer.reasons.len())));
            if many {
                self.one_reason_removals(why, answer);
            }
        }
        self.flow_removals(answer, many);
    }

    fn reason(&mut self, scene: Scene<'_>, why: &Why, place: Option<(usize, usize)>) {
        let purpose = explain::purpose(scene.catalogue, scene.plan, why.rule);
        match place {
            Some((number, all)) => {
                self.add(LineKind::Text, 1, format!("reason {number} of {all}: {purpose}"));
            }
            None => self.add(LineKind::Text, 1, purpose),
        }
        self.source(scene, why.rule, 2);
        let because: Vec<&str> = why.ends.iter().chain(&why.because).map(String::as_str).collect();
        self.add(LineKind::Text, 2, format!("because {}", because.join("; ")));
    }

    /// What takes the whole flow away stands below all reasons.
    fn one_reason_removals(&mut self, why: &Why, answer: &FlowAnswer) {
        let of_all = |proposal: &&Proposal| {
            answer.removals.iter().any(|known| known.change.action.edit == proposal.change.action.edit)
        };
        let own: Vec<Proposal> = why.removals.iter().filter(|proposal| !of_all(proposal)).cloned().collect();
        if why.removals.is_empty() {
            self.add(LineKind::Quiet, 2, "no single change takes this reason away");
        } else if !own.is_empty() {
            self.add(LineKind::Text, 2, "this reason alone goes if you");
            self.proposals(3, &own);
        }
    }

    fn flow_removals(&mut self, answer: &FlowAnswer, many: bool) {
        match (answer.removals.is_empty(), many) {
            (true, true) => {
                let text = "Every reason has to go before the flow does, and no single change takes all of them away.";
                self.add(LineKind::Text, 1, text);
            }
            (true, false) => self.add(LineKind::Text, 1, "No single change of the plan takes it away."),
            (false, true) => {
                self.add(LineKind::Text, 1, "Every reason has to go before the flow does. All go if you");
                self.proposals(2, &answer.removals);
            }
            (false, false) => {
                self.add(LineKind::Text, 1, "It goes if you");
                self.proposals(2, &answer.removals);
            }
        }
    }

    fn no_flow(&mut self, scene: Scene<'_>, answer: &PairAnswer, from: &Host, to: &Host) {
        let what = match &answer.wanted {
            Wanted::All => "No rule asks for a flow".to_owned(),
            Wanted::Port(port) => format!("No rule asks for port {port}"),
            Wanted::Flow(transport, ports) => format!("No rule asks for {transport} {ports} any more"),
        };
        let ends = format!("{what} from {} to {}.", words::with_address(from), words::with_address(to));
        self.add(LineKind::Text, 0, ends);
        if from.id == to.id {
            self.add(
                LineKind::Quiet,
                0,
                "Both are the same host: what it does with itself needs no firewall rule.",
            );
        }
        for host in if from.id == to.id { vec![from] } else { vec![from, to] } {
            let text = crate::flows::why::lack::roles_text(scene, host);
            self.add(LineKind::Quiet, 0, format!("{} {text} and runs {}.", host.name, host.os.label()));
        }
        self.listed("Flows the same way, at other ports", scene, &answer.others);
        self.listed("Only the other way round", scene, &answer.back);
        self.near(scene, answer, from, to);
    }

    fn near(&mut self, scene: Scene<'_>, answer: &PairAnswer, from: &Host, to: &Host) {
        let near = &answer.near;
        if near.groups.is_empty() {
            let rules = if matches!(answer.wanted, Wanted::Port(_)) { "rule at this port" } else { "rule" };
            self.heading(format!("No {rules} comes close"));
            self.add(LineKind::Text, 1, "None has one of the two hosts at the right end.");
        } else {
            self.heading("What came close, nearest first");
        }
        for (at, group) in near.groups.iter().take(near.tried).enumerate() {
            self.group(scene, group, at + 1, from, to);
        }
        let untried = near.groups.len() - near.tried;
        if untried > 0 {
            let rules = words::count(near.untried_rules() as u64, "more rule");
            self.add(LineKind::Quiet, 0, format!("{rules} lack as much or more than these."));
        }
        if near.other_forms > 0 {
            let forms = words::count(near.other_forms as u64, "more rule");
            self.add(LineKind::Quiet, 0, format!("{forms} of the same rows, for other settings."));
        }
        if near.far > 0 {
            let text =
                format!("{} have neither host at its end.", words::count(near.far as u64, "more rule"));
            self.add(LineKind::Quiet, 0, text);
        }
    }

    fn group(&mut self, scene: Scene<'_>, group: &Nearby, number: usize, from: &Host, to: &Host) {
        /// So many rules of a group are named; the others are counted.
        const RULES: usize = 6;
        let lacks: Vec<String> = group.lacks.iter().map(|lack| lack.text(scene, from, to)).collect();
        self.add(LineKind::Text, 0, format!("{number}. {}", lacks.join("; ")));
        for near in group.rules.iter().take(RULES) {
            let transports: Vec<&str> = near.transports.iter().map(|transport| transport.name()).collect();
            let text =
                format!("{} {}: {}", transports.join(" and "), near.ports, rule_line(scene, near.rule));
            self.add(LineKind::Quiet, 2, text);
        }
        if group.rules.len() > RULES {
            let more = words::count((group.rules.len() - RULES) as u64, "more rule");
            self.add(
                LineKind::Quiet,
                2,
                format!(
                    "and {more} that {} the same",
                    if group.rules.len() == RULES + 1 { "lacks" } else { "lack" }
                ),
            );
        }
        if group.brings.is_empty() {
            self.add(LineKind::Quiet, 1, "no change of roles, options or systems brings it");
        } else {
            self.add(
                LineKind::Text,
                1,
                if group.rules.len() == 1 { "it comes if you" } else { "they come if you" },
            );
            self.proposals(2, &group.brings);
        }
    }

    fn listed(&mut self, heading: &str, scene: Scene<'_>, flows: &[FlowRef]) {
        if flows.is_empty() {
            return;
        }
        self.heading(heading);
        for flow in flows.iter().take(LISTED) {
            let shape = scene.flows.shape(flow.shape);
            let first = shape.reasons.first().map_or_else(String::new, |rule| rule_line(scene, *rule));
            let (from, to) = (scene.name(flow.from), scene.name(flow.to));
            self.add(
                LineKind::Text,
                1,
                format!("{from} → {to} {} {}: {first}", shape.transport, shape.ports),
            );
        }
        if flows.len() > LISTED {
            self.add(LineKind::Quiet, 1, format!("and {} more", flows.len() - LISTED));
        }
    }
}

fn tag_text(tag: Tag) -> &'static str {
    match tag {
        Tag::SameHost => "same host: no network flow, so it stands in no firewall rule",
        Tag::AutomaticOnHost => {
            "automatic on the host: setup opens it in the default Windows firewall; firewalls between still need it"
        }
        Tag::OpenEnded => "open-ended: if the port is taken, the next free one is used",
        Tag::Fallback => {
            "fallback: the ports behind \"or\" are used only if the first choice cannot be reached"
        }
        Tag::Overridden => "overridden: own ports stand in place of the printed ones",
        Tag::Doubt => "doubtful: a row looks wrong on its page; see below",
    }
}
