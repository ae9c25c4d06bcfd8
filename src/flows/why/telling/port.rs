//! A port in words.

use crate::catalogue::{PortKind, Reach};
use crate::flows::why::port::{Idle, PortAnswer, Use};
use crate::flows::why::{Scene, words};

use super::{LineKind, Telling, rule_line};

impl Telling {
    pub(super) fn port(&mut self, scene: Scene<'_>, answer: &PortAnswer) {
        self.title = format!("Who needs port {}", answer.port);
        let between = |entry: &&Use| entry.reach == Reach::Network;
        let pairs: u64 = answer.uses.iter().filter(between).map(|entry| entry.pairs).sum();
        if answer.uses.is_empty() {
            self.add(LineKind::Text, 0, format!("Nothing in this plan asks for port {}.", answer.port));
        } else {
            let rules = words::count(answer.uses.len() as u64, "rule");
            let hosts = if pairs == 1 { "1 pair".to_owned() } else { format!("{pairs} pairs") };
            let verb = if answer.uses.len() == 1 { "asks" } else { "ask" };
            self.add(
                LineKind::Text,
                0,
                format!("{rules} {verb} for it, for {hosts} of hosts (a pair counts once for each rule)."),
            );
        }
        for entry in &answer.uses {
            self.used(scene, entry);
        }
        for (rule, base) in &answer.rising {
            self.add(
                LineKind::Quiet,
                0,
                format!("{base}+ can rise to any free port above, this one too: {}", rule_line(scene, *rule)),
            );
        }
        if !answer.idle.is_empty() {
            self.heading("Rules at this port that ask for nothing here");
            self.idle(scene, &answer.idle);
        }
        if answer.uses.is_empty() && answer.idle.is_empty() {
            self.add(LineKind::Quiet, 0, "No rule of the catalogue speaks of it either.");
        }
    }

    /// Rules that the same thing keeps from asking stand together.
    fn idle(&mut self, scene: Scene<'_>, idle: &[Idle]) {
        let mut told: Vec<&str> = Vec::new();
        for one in idle {
            if !told.contains(&one.why.as_str()) {
                told.push(&one.why);
                self.add(LineKind::Text, 1, one.why.clone());
                for other in idle.iter().filter(|other| other.why == one.why) {
                    self.add(LineKind::Quiet, 2, rule_line(scene, other.rule));
                }
            }
        }
    }

    fn used(&mut self, scene: Scene<'_>, entry: &Use) {
        let transports: Vec<&str> = entry.transports.iter().map(|transport| transport.name()).collect();
        let kind = match entry.kind {
            PortKind::Exact => "",
            PortKind::OpenEnded => ", open-ended",
            PortKind::Fallback => ", as fallback",
        };
        self.heading(format!("{} {}{kind}", transports.join(" and "), entry.ports));
        self.add(LineKind::Text, 1, rule_line(scene, entry.rule));
        let hosts = |hosts: &crate::flows::why::Hosts| {
            format!("{}, {}", words::count(hosts.all, "host"), words::hosts(scene, &hosts.first, hosts.all))
        };
        if entry.reach == Reach::SameHost {
            self.add(LineKind::Text, 1, format!("on the host itself, no network flow: {}", hosts(&entry.to)));
            return;
        }
        self.add(LineKind::Text, 1, format!("listens: {}", hosts(&entry.to)));
        self.add(LineKind::Text, 1, format!("connects: {}", hosts(&entry.from)));
        let pairs = if entry.pairs == 1 { "1 pair".to_owned() } else { format!("{} pairs", entry.pairs) };
        self.add(LineKind::Quiet, 1, format!("{pairs} of hosts"));
        self.source(scene, entry.rule, 1);
    }
}
