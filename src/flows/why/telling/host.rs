//! A host in words.

use crate::flows::search::Direction;
use crate::flows::why::host::{HostAnswer, Need, Peers};
use crate::flows::why::{Scene, lack, words};

use super::{LineKind, Telling, rule_line};

impl Telling {
    pub(super) fn host(&mut self, scene: Scene<'_>, answer: &HostAnswer) {
        let Some(host) = scene.plan.host(answer.host) else { return };
        let what = match answer.direction {
            Direction::Both => format!("All that {} needs", host.name),
            Direction::Outbound => format!("All that {} opens", host.name),
            Direction::Inbound => format!("All that comes to {}", host.name),
        };
        self.title = answer.port.map_or_else(|| what.clone(), |port| format!("{what} at port {port}"));
        self.hosts = vec![host.id];
        let text = lack::roles_text(scene, host);
        self.add(
            LineKind::Quiet,
            0,
            format!("{} {text}, and runs {}.", words::with_address(host), host.os.label()),
        );
        if answer.direction != Direction::Inbound {
            self.way("Out", scene, &answer.out, answer.flows.0);
        }
        if answer.direction != Direction::Outbound {
            self.way("In", scene, &answer.into, answer.flows.1);
        }
        if !answer.itself.is_empty() {
            self.heading("With itself, which needs no firewall rule");
            for need in &answer.itself {
                self.need(scene, need, false);
            }
        }
        self.missing(scene, answer);
        if host.roles.is_empty() && answer.flows == (0, 0) {
            self.heading("What is missing");
            self.add(LineKind::Text, 1, format!("{} needs nothing because it has no role yet.", host.name));
        }
    }

    fn way(&mut self, name: &str, scene: Scene<'_>, peers: &[Peers], flows: u64) {
        if flows == 0 {
            self.heading(format!("{name}: nothing"));
            return;
        }
        let rules: usize = peers.iter().map(|peers| peers.needs.len()).sum();
        self.heading(format!(
            "{name}: {} by {}",
            words::count(flows, "flow"),
            words::count(rules as u64, "rule")
        ));
        for peers in peers {
            let word = if name == "Out" { "to" } else { "from" };
            let hosts = words::count(peers.hosts.all, "host");
            let named = words::hosts(scene, &peers.hosts.first, peers.hosts.all);
            self.add(LineKind::Text, 1, format!("{word} {}: {hosts}, {named}", peers.who));
            for need in &peers.needs {
                self.need(scene, need, need.hosts != peers.hosts.all);
            }
        }
    }

    fn need(&mut self, scene: Scene<'_>, need: &Need, some: bool) {
        let transports: Vec<&str> = need.transports.iter().map(|transport| transport.name()).collect();
        let of = if some { format!(", with {} of them", need.hosts) } else { String::new() };
        let text =
            format!("{} {}{of}: {}", transports.join(" and "), need.ports, rule_line(scene, need.rule));
        self.add(LineKind::Quiet, 2, text);
    }

    fn missing(&mut self, scene: Scene<'_>, answer: &HostAnswer) {
        if answer.missing.is_empty() {
            return;
        }
        self.heading("What it would need if the other end were in the plan");
        for gap in &answer.missing {
            let missing = scene.role_names(&gap.missing, "or");
            self.add(LineKind::Quiet, 1, format!("no host is {missing}: {}", rule_line(scene, gap.rule)));
        }
    }
}
