//! Baselines: pinned states of the plan, one of which the present state is compared with at every edit.

use std::collections::HashSet;

use crate::flows::changes::{GroupBy, State};
use crate::flows::{ChangeList, Comparison, Delta, Flows};
use crate::plan::actions::Action;
use crate::plan::{Baseline, Edit, HostId, Plan, PlanName};

use super::command::{Command, Context};
use super::layers::baseline_list::{BaselineEntry, Standing};
use super::layers::{BaselineList, Layer, Prompt, PromptKind};
use super::list::ListState;
use super::message::Tone;
use super::work::delta_text;
use super::{App, View};

/// A pinned state, resolved once for as long as it is compared with.
#[derive(Debug)]
pub struct Pinned {
    baseline: Baseline,
    /// The state as it would be in the place of the present plan.
    plan: Plan,
    flows: Flows,
    comparison: Comparison,
    /// Whether hosts of the present plan have the ids of hosts with their names.
    numbers: Numbers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Own,
    Aligned,
}

impl Pinned {
    /// The baseline's name.
    pub fn name(&self) -> &PlanName {
        self.baseline.name()
    }

    /// The pinned state, called as the present plan is.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Its flows.
    pub fn flows(&self) -> &Flows {
        &self.flows
    }

    /// How many flows came and went since.
    pub fn delta(&self) -> Delta {
        self.comparison.delta()
    }
}

/// What the plan is compared with, and the list of what came and went.
#[derive(Debug, Default)]
pub(super) struct Compare {
    pinned: Option<Pinned>,
    /// Counts the comparisons, so that what was made from one can be told from what was made from the next.
    number: u64,
    pub(super) changes: Option<ChangeList>,
    /// The comparison that the list was made from.
    pub(super) listed: u64,
    pub(super) by: GroupBy,
    pub(super) list: ListState,
}

impl Compare {
    pub(super) fn number(&self) -> u64 {
        self.number
    }
}

/// Whether a host of the plan has the name of another host of the baseline: it was deleted and put in again.
fn has_twins(baseline: &Plan, plan: &Plan) -> bool {
    let ids: HashSet<HostId> = baseline.hosts().iter().map(|host| host.id).collect();
    let fresh: HashSet<&str> =
        plan.hosts().iter().filter(|host| !ids.contains(&host.id)).map(|host| host.name.as_str()).collect();
    if fresh.is_empty() {
        return false;
    }
    let present: HashSet<HostId> = plan.hosts().iter().map(|host| host.id).collect();
    let mut gone = baseline.hosts().iter().filter(|host| !present.contains(&host.id));
    gone.any(|host| fresh.contains(host.name.as_str()))
}

impl App {
    /// What the plan is compared with.
    pub fn comparison(&self) -> Option<&Pinned> {
        self.compare.pinned.as_ref()
    }

    /// Compares anew after the plan changed. The baseline stays the one that was chosen; without it, it is the last one.
    pub(super) fn compare_again(&mut self) {
        self.compare.number += 1;
        let old = self.compare.pinned.take();
        let chosen = old.as_ref().and_then(|pinned| self.plan.baseline(pinned.name().as_str()));
        let Some(baseline) = chosen.or(self.plan.baselines().last()).cloned() else { return };
        let numbers = if has_twins(baseline.plan(), &self.plan) { Numbers::Aligned } else { Numbers::Own };
        let as_pinned = || match numbers {
            Numbers::Own => self.plan.as_in(&baseline),
            Numbers::Aligned => self.plan.as_in(&baseline).numbered_like(&self.plan),
        };
        let kept = old.filter(|pinned| {
            pinned.baseline.is_same(&baseline) && pinned.numbers == numbers && numbers == Numbers::Own
        });
        let (plan, flows) = match kept {
            Some(pinned) if pinned.plan.name() == self.plan.name() => (pinned.plan, pinned.flows),
            Some(pinned) => (as_pinned(), pinned.flows),
            None => {
                let plan = as_pinned();
                let flows = Flows::new(&self.catalogue, &plan);
                (plan, flows)
            }
        };
        let comparison = Comparison::new(&flows, &self.flows);
        self.compare.pinned = Some(Pinned { baseline, plan, flows, comparison, numbers });
    }

    fn compare_with(&mut self, name: &PlanName) {
        let Some(baseline) = self.plan.baseline(name.as_str()).cloned() else { return };
        let plan = self.plan.as_in(&baseline);
        let flows = Flows::new(&self.catalogue, &plan);
        let comparison = Comparison::new(&flows, &self.flows);
        self.compare.pinned = Some(Pinned { baseline, plan, flows, comparison, numbers: Numbers::Own });
        self.compare.list = ListState::default();
        self.compare_again();
    }

    pub(super) fn run_baseline_command(&mut self, command: Command) {
        match command {
            Command::Baselines if self.plan.baselines().is_empty() => self.ask_baseline_name(),
            Command::Baselines => self.open_baselines(),
            Command::PinBaseline => self.ask_baseline_name(),
            Command::ReplaceBaseline => self.pin_anew(),
            Command::RenameBaseline => {
                if let Some(name) = self.selected_baseline() {
                    let text = name.to_string();
                    self.layers.push(Layer::Prompt(Prompt::new(PromptKind::RenameBaseline(name), text)));
                }
            }
            Command::DeleteBaseline => self.delete_baseline(),
            Command::GoBack => self.go_back(),
            Command::TakeBack => self.take_back_selected(),
            _ => {}
        }
    }

    fn ask_baseline_name(&mut self) {
        // Pinning needs the right to change the plan, wherever it is asked for.
        if self.refuses(Command::PinBaseline) {
            return;
        }
        let name = self.plan.free_baseline_name("baseline");
        self.layers.push(Layer::Prompt(Prompt::new(PromptKind::PinBaseline, name.as_str())));
    }

    fn open_baselines(&mut self) {
        let entries = self.baseline_entries();
        let active = self.comparison().map(|pinned| pinned.name().clone());
        let line = entries.iter().position(|entry| Some(&entry.name) == active.as_ref()).unwrap_or(0);
        let mut list = ListState::default();
        list.go(line as u64, entries.len() as u64);
        self.layers.push(Layer::Baselines(BaselineList { list, entries }));
    }

    fn baseline_entries(&self) -> Vec<BaselineEntry> {
        let entry = |baseline: &Baseline| {
            let state = self.plan.as_in(baseline);
            let aligned = if has_twins(&state, &self.plan) { state.numbered_like(&self.plan) } else { state };
            let flows = Flows::new(&self.catalogue, &aligned);
            let same = self.plan.is_as_in(baseline);
            BaselineEntry {
                name: baseline.name().clone(),
                delta: Comparison::new(&flows, &self.flows).delta(),
                hosts: baseline.plan().hosts().len(),
                standing: if same { Standing::Same } else { Standing::Different },
            }
        };
        self.plan.baselines().iter().map(entry).collect()
    }

    fn selected_baseline(&self) -> Option<PlanName> {
        match self.layers.last() {
            Some(Layer::Baselines(dialog)) => dialog.selected().map(|entry| entry.name.clone()),
            _ => None,
        }
    }

    /// Lists the baselines anew after one was changed; without any, the dialog has nothing to show.
    fn refresh_baselines(&mut self) {
        let entries = self.baseline_entries();
        if let Some(Layer::Baselines(dialog)) = self.layers.last_mut() {
            let line = dialog.list.cursor();
            dialog.list.go(line, entries.len() as u64);
            dialog.entries = entries;
            if dialog.entries.is_empty() {
                self.layers.pop();
            }
        }
    }

    /// Takes the name that was typed for a baseline, or says what is wrong with it.
    pub(super) fn accept_baseline_name(&mut self, mut prompt: Prompt, text: &str) {
        let old = match &prompt.kind {
            PromptKind::RenameBaseline(old) => Some(old.clone()),
            _ => None,
        };
        let name = text.parse::<PlanName>().map_err(|error| error.to_string());
        let taken =
            |name: &PlanName| self.plan.baseline(name.as_str()).is_some() && Some(name) != old.as_ref();
        match name {
            Ok(name) if taken(&name) => {
                prompt.error =
                    Some(format!("there is a baseline called \"{name}\" already; type another name"));
                self.layers.push(Layer::Prompt(prompt));
            }
            Ok(name) => match old {
                Some(old) => self.rename_baseline(&old, &name),
                None => self.pin(&name),
            },
            Err(error) => {
                prompt.error = Some(error);
                self.layers.push(Layer::Prompt(prompt));
            }
        }
    }

    fn pin(&mut self, name: &PlanName) {
        let mut all = self.plan.baselines().to_vec();
        all.push(Baseline::new(name.clone(), &self.plan));
        self.layers.retain(|layer| !matches!(layer, Layer::Baselines(_)));
        if self.set_baselines(all, format!("pin {name}")) {
            self.compare_with(name);
            let ask = self.keys.ask(Context::Hosts, Command::ViewChanges);
            self.say(
                Tone::Done,
                format!("pinned as \"{name}\"; the title counts what changes, {ask} to see it"),
            );
        }
    }

    fn set_baselines(&mut self, all: Vec<Baseline>, label: String) -> bool {
        self.act(Action { label, edit: Edit::Baselines(all), also: Vec::new() })
    }

    fn rename_baseline(&mut self, old: &PlanName, name: &PlanName) {
        if old == name {
            return;
        }
        let was_active = self.comparison().is_some_and(|pinned| pinned.name() == old);
        let renamed = |baseline: &Baseline| {
            if baseline.name() == old { baseline.renamed(name.clone()) } else { baseline.clone() }
        };
        let all = self.plan.baselines().iter().map(renamed).collect();
        if self.set_baselines(all, format!("call baseline {old} {name}")) && was_active {
            self.compare_with(name);
        }
        self.refresh_baselines();
    }

    fn pin_anew(&mut self) {
        let Some(name) = self.selected_baseline() else { return };
        let anew = |baseline: &Baseline| {
            if *baseline.name() == name { Baseline::new(name.clone(), &self.plan) } else { baseline.clone() }
        };
        let all = self.plan.baselines().iter().map(anew).collect();
        self.set_baselines(all, format!("pin {name} anew"));
        self.refresh_baselines();
    }

    fn delete_baseline(&mut self) {
        let Some(name) = self.selected_baseline() else { return };
        let kept =
            self.plan.baselines().iter().filter(|baseline| *baseline.name() != name).cloned().collect();
        self.set_baselines(kept, format!("delete baseline {name}"));
        self.refresh_baselines();
    }

    pub(super) fn compare_with_selected(&mut self) {
        let Some(name) = self.selected_baseline() else { return };
        self.layers.pop();
        self.compare_with(&name);
        self.view = View::Changes;
        self.focus = super::Focus::Main;
        let delta = self.comparison().map(Pinned::delta).unwrap_or_default();
        self.say(Tone::Done, format!("compared with \"{name}\": {}", delta_text(delta)));
    }

    /// Makes the plan as it was pinned. What it is now is pinned first, unless it already is, and then compared with: so
    /// what was tried can be taken over piece by piece.
    fn go_back(&mut self) {
        let Some(name) = self.selected_baseline() else { return };
        let Some(baseline) = self.plan.baseline(name.as_str()).cloned() else { return };
        if self.plan.is_as_in(&baseline) {
            self.say(Tone::Done, format!("the plan is as in \"{name}\" already"));
            return;
        }
        let known =
            self.plan.baselines().iter().find(|own| self.plan.is_as_in(own)).map(Baseline::name).cloned();
        let left = known.clone().unwrap_or_else(|| self.plan.free_baseline_name("tried"));
        let mut all = self.plan.baselines().to_vec();
        if known.is_none() {
            all.push(Baseline::new(left.clone(), &self.plan));
        }
        let mut next = self.plan.clone();
        if next.apply(Edit::Baselines(all)).is_err() {
            return;
        }
        let whole = Edit::Whole(Box::new(next.as_in(&baseline)));
        let also = vec![format!("what you had is baseline \"{left}\"")];
        self.layers.pop();
        if self.act(Action { label: format!("go back to {name}"), edit: whole, also }) {
            self.compare_with(&left);
            let ask = self.keys.ask(Context::Hosts, Command::ViewChanges);
            self.say(
                Tone::Done,
                format!("as in \"{name}\" again; what you had is \"{left}\", {ask} to compare"),
            );
        }
    }

    /// Lists what came and went, while it is on the screen.
    pub(super) fn refresh_changes(&mut self) {
        if self.view != View::Changes
            || self.compare.changes.is_some() && self.compare.listed == self.compare.number
        {
            return;
        }
        let compare = &mut self.compare;
        compare.listed = compare.number;
        compare.changes = compare.pinned.as_ref().map(|pinned| {
            let before = State { plan: &pinned.plan, flows: &pinned.flows };
            let after = State { plan: &self.plan, flows: &self.flows };
            ChangeList::new(&self.catalogue, before, after, compare.by)
        });
        let len = compare.changes.as_ref().map_or(0, ChangeList::len);
        compare.list.go(compare.list.cursor(), len);
    }
}
