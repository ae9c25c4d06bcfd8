//! Asks about the plan: two hosts, a host, or a port; proposes what fits what was typed.

use crate::app::field::Field;
use crate::app::list::ListState;
use crate::flows::Flows;
use crate::flows::search::{Fit, Matcher, Skim};
use crate::plan::{Host, Plan};

/// So many choices are proposed; who does not see the right one types on.
const MOST: usize = 60;

/// The dialog.
#[derive(Debug, Default)]
pub struct Ask {
    /// What was typed.
    pub field: Field,
    /// The cursor among the choices.
    pub list: ListState,
    /// Why what was typed is no question.
    pub error: Option<String>,
}

/// Something to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The question as it would be typed.
    pub text: String,
    /// What it asks.
    pub about: String,
}

impl Ask {
    pub(in crate::app) fn typed(&mut self) {
        self.error = None;
        self.list.go(0, u64::MAX);
    }

    /// What fits what was typed, the best first.
    pub fn choices(&self, plan: &Plan, flows: &Flows) -> Vec<Choice> {
        let text = self.field.text().trim_start();
        if let Some((from, to)) = split(text) {
            return pairs(plan, from.trim(), to.trim());
        }
        let text = text.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return ports(flows, text);
        }
        let exact = plan.host_named(text);
        let mut choices: Vec<Choice> = matching(plan, text)
            .into_iter()
            .map(|host| Choice { text: host.name.to_string(), about: "all it needs, out and in".to_owned() })
            .collect();
        if let Some(host) = exact {
            choices.truncate(1);
            choices.extend(pairs(plan, host.name.as_str(), ""));
        }
        choices.truncate(MOST);
        choices
    }

    /// The choice under the cursor.
    pub fn selected(&self, plan: &Plan, flows: &Flows) -> Option<Choice> {
        self.choices(plan, flows).into_iter().nth(self.list.index())
    }

    /// Puts the choice under the cursor into the line.
    pub(in crate::app) fn take_over(&mut self, plan: &Plan, flows: &Flows) {
        if let Some(choice) = self.selected(plan, flows) {
            self.field.set(choice.text);
            self.typed();
        }
    }
}

fn split(text: &str) -> Option<(&str, &str)> {
    ["->", "→", "=>"].into_iter().find_map(|arrow| text.split_once(arrow))
}

/// Hosts whose name or address has what was typed; those that begin with it first.
fn matching<'a>(plan: &'a Plan, typed: &str) -> Vec<&'a Host> {
    let word = typed.to_lowercase();
    let matcher = Skim::default();
    let fit = |host: &Host| -> Option<(bool, Option<Fit>)> {
        let name = host.name.as_str();
        let begins = name.to_lowercase().starts_with(&word);
        let by_name = matcher.fit(name, &word);
        let by_address = || host.addresses.iter().any(|address| address.to_string().contains(&word));
        (word.is_empty() || by_name.is_some() || by_address()).then_some((begins, by_name))
    };
    let mut found: Vec<((bool, Option<Fit>), &Host)> =
        plan.hosts().iter().filter_map(|host| Some((fit(host)?, host))).collect();
    found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    found.truncate(MOST);
    found.into_iter().map(|(_, host)| host).collect()
}

fn pairs(plan: &Plan, from: &str, to: &str) -> Vec<Choice> {
    // Behind the second name a port may follow; that is the operator's to type.
    let mut words = to.split_whitespace();
    let (to, port) = (words.next().unwrap_or_default(), words.next());
    let Some(source) = matching(plan, from).into_iter().next().filter(|_| !from.is_empty()) else {
        return Vec::new();
    };
    let source = plan.host_named(from).unwrap_or(source);
    let port = port.map_or_else(String::new, |port| format!(" {port}"));
    matching(plan, to)
        .into_iter()
        .filter(|target| target.id != source.id)
        .map(|target| Choice {
            text: format!("{} -> {}{port}", source.name, target.name),
            about: "why there are flows, or none".to_owned(),
        })
        .collect()
}

/// Ports of the plan's flows that begin with these digits.
fn ports(flows: &Flows, digits: &str) -> Vec<Choice> {
    let mut ports: Vec<u16> = flows
        .shapes()
        .entries()
        .iter()
        .flat_map(|shape| shape.ports.items().map(|item| item.range.from().number()).collect::<Vec<_>>())
        .filter(|port| port.to_string().starts_with(digits))
        .collect();
    ports.extend(digits.parse::<u16>().ok().filter(|port| *port > 0));
    ports.sort_unstable();
    ports.dedup();
    ports.truncate(MOST);
    let choice = |port: u16| Choice { text: port.to_string(), about: "who needs this port".to_owned() };
    ports.into_iter().map(choice).collect()
}
