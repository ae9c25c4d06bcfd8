//! The findings: going to them, mending them, and letting them stand.

use crate::flows::{HostIx, RuleRef};
use crate::plan::actions::{self, Action};
use crate::plan::{Acknowledged, Edit, HostId, Note};
use crate::review::{Entry, Finding, HostField, Mend};

use super::command::Command;
use super::layers::{Acknowledging, FormField, Layer, Prompt, PromptKind};
use super::message::Tone;
use super::{App, Focus, View};

impl App {
    /// The line of the review under the cursor.
    pub fn selected_entry(&self) -> Option<Entry<'_>> {
        self.review.entry(self.checks.index())
    }

    pub(super) fn is_useful_here(&self, command: Command) -> bool {
        match (command, self.selected_entry()) {
            (_, None) => false,
            (Command::GoToFinding, Some(entry)) => {
                entry.finding().is_some_and(|finding| finding.mend() != Mend::Nothing)
            }
            (_, Some(_)) => true,
        }
    }

    /// Whether going to the finding shows something and changes nothing.
    pub(super) fn goes_nowhere_but_there(&self) -> bool {
        let mend = self.selected_entry().and_then(Entry::finding).map(Finding::mend);
        mend.is_some_and(|mend| matches!(mend, Mend::Option(_) | Mend::Flow(..) | Mend::Host(_)))
    }

    pub(super) fn go_to_finding(&mut self) {
        let mend = self.selected_entry().and_then(Entry::finding).map(Finding::mend);
        match mend {
            Some(Mend::AddHost(role)) => self.open_form([role].into_iter().collect()),
            Some(Mend::Roles(host)) => {
                self.follow_host(Some(host));
                self.pick_roles();
            }
            Some(Mend::Field(host, field)) => self.edit_field(host, form_field(field)),
            Some(Mend::Switch(option)) => {
                let action = actions::switch_option(&self.plan, &self.catalogue, option);
                self.act(action);
            }
            Some(Mend::Option(option)) => {
                let mut options = self.catalogue.options().keys();
                let line = options.position(|known| known == option).unwrap_or(0) as u64;
                self.options.go(line, self.catalogue.options().len() as u64);
                self.focus = Focus::Options;
            }
            Some(Mend::Flow(from, to, rule)) => self.go_to_flow(from, to, rule),
            Some(Mend::Host(host)) => {
                self.follow_host(Some(host));
                self.focus = Focus::Hosts;
            }
            Some(Mend::Nothing) | None => {}
        }
    }

    fn go_to_flow(&mut self, from: HostIx, to: HostIx, rule: RuleRef) {
        self.flow_view.search.set("");
        self.relist_in_place();
        let asks = |shape| self.flows.shape(shape).reasons.contains(&rule);
        let place = self.flow_view.listing().position(&self.flows, from, to, asks);
        self.show(View::Flows);
        self.focus = Focus::Main;
        if let Some(place) = place {
            self.flow_view.list.go(place, self.flow_view.listing().len());
        }
    }

    /// From wherever the cursor is, round the end.
    pub(super) fn next_finding(&mut self) {
        let (open, all) = (self.review.open().len() as u64, self.review.len() as u64);
        if open == 0 {
            self.say(Tone::Done, "no finding is open");
            return;
        }
        let here = self.pane_context() == super::Context::Checks;
        let next = if here { self.checks.cursor() + 1 } else { self.checks.cursor() };
        self.checks.go(if next < open { next } else { 0 }, all);
        self.show(View::Checks);
        self.focus = Focus::Main;
    }

    pub(super) fn acknowledge_or_withdraw(&mut self) {
        match self.selected_entry() {
            None => {}
            Some(Entry::Open(finding)) => {
                let Ok(check) = finding.id().parse() else { return };
                let asked = Acknowledging {
                    check,
                    host: finding.host(),
                    about: finding.about(&self.catalogue),
                    text: finding.text(&self.catalogue, &self.plan),
                };
                let kind = PromptKind::Acknowledge(Box::new(asked));
                self.layers.push(Layer::Prompt(Prompt::new(kind, "")));
            }
            Some(Entry::Acknowledged(_, entry) | Entry::Outdated(entry)) => {
                let gone = entry.clone();
                self.withdraw(&gone);
            }
        }
    }

    pub(super) fn acknowledge(&mut self, finding: Acknowledging, reason: Note) {
        let Acknowledging { check, host, about, .. } = finding;
        let label = format!("acknowledge {}", self.named(check.as_str(), host));
        let mut all = self.plan.acknowledged().to_vec();
        all.push(Acknowledged { check, host, about, reason });
        self.act(Action { label, edit: Edit::Acknowledged(all), also: Vec::new() });
    }

    fn withdraw(&mut self, gone: &Acknowledged) {
        let label = format!("withdraw {}", self.named(gone.check.as_str(), gone.host));
        let stays = |entry: &&Acknowledged| {
            (&entry.check, entry.host, &entry.about) != (&gone.check, gone.host, &gone.about)
        };
        let all: Vec<Acknowledged> = self.plan.acknowledged().iter().filter(stays).cloned().collect();
        self.act(Action { label, edit: Edit::Acknowledged(all), also: Vec::new() });
    }

    /// `no-address of repo01`.
    fn named(&self, check: &str, host: Option<HostId>) -> String {
        match host.and_then(|host| self.plan.host(host)) {
            Some(host) => format!("{check} of {}", host.name),
            None => check.to_owned(),
        }
    }
}

fn form_field(field: HostField) -> FormField {
    match field {
        HostField::System => FormField::System,
        HostField::Addresses => FormField::Addresses,
        HostField::Zone => FormField::Zone,
    }
}
